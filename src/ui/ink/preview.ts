import type { PreviewLine, PreviewWord } from '../../core/preview.ts';
import type { Layer, Paragraph } from './state.ts';
import { cut, fill, type Line, type Span, widthOf, wrap } from './text.ts';

/** A box with the commands that the answer changes; commands that are too long go on in the next row. */
export function previewBox(preview: readonly PreviewLine[], width: number): Line[] {
  const inner = width - 4;
  if (inner < 16 || preview.length === 0) return [];
  const title = cut([{ text: 'what this adds to your script' }], inner - 2);
  const size = title.reduce((sum, { text }) => sum + widthOf(text), 0);
  const top: Line = [{ text: '┌ ', tone: 'dim' }, ...title, { text: ` ${'─'.repeat(width - size - 4)}┐`, tone: 'dim' }];
  const rows = preview.flatMap((one) => [...wrap([{ text: `# ${one.step}`, tone: 'dim' }], inner), ...commandRows(one.words, inner)]);
  const sides = rows.map((row): Line => [{ text: '│ ', tone: 'dim' }, ...fill(row, inner), { text: ' │', tone: 'dim' }]);
  return [top, ...sides, [{ text: `└${'─'.repeat(width - 2)}┘`, tone: 'dim' }]];
}

/** A command in rows that fit, each but the last ending in a backslash as in a shell. */
export function commandRows(words: readonly PreviewWord[], width: number): Line[] {
  const rows: Span[][] = [[]];
  let used = 0;
  for (const word of words) {
    const span = wordSpan(word);
    const size = widthOf(span.text);
    const row = rows[rows.length - 1] ?? [];
    if (used > 0 && used + 1 + size > width - 2) {
      row.push({ text: ' \\', tone: 'dim' });
      rows.push([{ text: '  ' }, span]);
      used = 2 + size;
    } else {
      row.push(...(used > 0 ? [{ text: ' ' }] : []), span);
      used += size + (used > 0 ? 1 : 0);
    }
  }
  return rows.flatMap((row) => wrap(keepIndent(row), width));
}

/** Wrapping drops leading spaces; no-break spaces stay. */
function keepIndent(row: readonly Span[]): Line {
  return row.map((span, index) => (index === 0 && span.text === '  ' ? { text: '\u00A0\u00A0' } : span));
}

function wordSpan({ text, changed, missing }: PreviewWord): Span {
  const shown = /[\s"'$`\\|&;<>(){}*?[\]#~!]/.test(text) && !missing ? `'${text.replaceAll("'", "'\\''")}'` : text;
  if (missing) return { text: shown, tone: changed ? 'changed' : 'missing' };
  return { text: shown, tone: changed ? 'changed' : 'plain' };
}

/** The commands on a page of their own, for screens where the box has no room. */
export function previewPages(preview: readonly PreviewLine[]): Layer {
  const text = preview.flatMap(({ step, words }): Paragraph[] => [
    { text: [{ text: `# ${step}`, tone: 'dim' }] },
    { begin: [{ text: '  ' }], text: words.flatMap((word) => [wordSpan(word), { text: ' ' }]) },
    { text: [] },
  ]);
  return { at: 'pages', what: 'preview', title: 'What this adds to your script', text, top: 0 };
}
