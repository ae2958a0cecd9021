import type { PreviewLine, PreviewWord } from '../../core/preview.ts';
import { remembered } from './remembered.ts';
import type { Layer, Paragraph } from './state.ts';
import { cut, fill, hang, type Line, lineWidth, type Span, wrap } from './text.ts';

/** A box with the first `count` commands that the answer changes; commands that are too long go on in the next row. */
export const previewBox = remembered((preview: readonly PreviewLine[], width: number, count: number): readonly Line[] => {
  const inner = width - 4;
  if (inner < 16 || preview.every(({ words }) => words.length === 0)) return [];
  const title = cut([{ text: 'what this adds to your script' }], inner - 2);
  const top: Line = [{ text: '┌ ', tone: 'dim' }, ...title, { text: ` ${'─'.repeat(width - lineWidth(title) - 4)}┐`, tone: 'dim' }];
  const rows = preview
    .slice(0, count)
    .flatMap((one) => [...wrap([{ text: `# ${one.step}`, tone: 'dim' }], inner), ...commandRows(one.words, inner)]);
  const sides = rows.map((row): Line => [{ text: '│ ', tone: 'dim' }, ...fill(row, inner), { text: ' │', tone: 'dim' }]);
  return [top, ...sides, [{ text: `└${'─'.repeat(width - 2)}┘`, tone: 'dim' }]];
});

/** A command in rows that fit, each but the last ending in a backslash as in a shell; a flag stays with its value where it can. */
export function commandRows(words: readonly PreviewWord[], width: number): Line[] {
  const rows: Span[][] = [];
  for (const unit of unitsOf(words)) {
    const row = rows[rows.length - 1];
    if (row && lineWidth(row) + 1 + lineWidth(unit) <= width - 2) row.push({ text: ' ' }, ...unit);
    else rows.push([...unit]);
  }
  return rows.flatMap((row, index) => {
    const more: Span[] = index < rows.length - 1 ? [{ text: ' \\', tone: 'dim' }] : [];
    return index === 0 ? wrap([...row, ...more], width) : hang([{ text: '  ' }], [...row, ...more], width);
  });
}

/** The command itself, then each flag with its values. */
function unitsOf(words: readonly PreviewWord[]): Span[][] {
  const units: Span[][] = [];
  for (const word of words) {
    const unit = units[units.length - 1];
    if (unit && !word.text.startsWith('--')) unit.push({ text: ' ' }, wordSpan(word));
    else units.push([wordSpan(word)]);
  }
  return units;
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

/** The commands as a shell takes them, each below what it is for. */
export function previewText(preview: readonly PreviewLine[]): string {
  return preview.map(({ step, words }) => `# ${step}\n${words.map((word) => wordSpan(word).text).join(' ')}\n`).join('\n');
}
