import type { Fact } from '../../core/schema.ts';
import { remembered } from './remembered.ts';
import type { Paragraph } from './state.ts';
import { cut, type Line, paragraph, type Span, type Tone } from './text.ts';

const standing = {
  valid: { sign: '✔', tone: 'good', says: 'still true today' },
  changed: { sign: '!', tone: 'warn', says: 'changed since the documents' },
  retired: { sign: '!', tone: 'warn', says: 'no longer needed' },
  unknown: { sign: '?', tone: 'dim', says: 'could not be checked' },
} as const satisfies Record<Fact['status'], { sign: string; tone: Tone; says: string }>;

/** Where a question comes from and whether that is still true: one row, or at most four with the old rule where one changed. */
export const factRows = remembered((facts: readonly Fact[], width: number): readonly Line[] => {
  const changed = facts.find(({ status }) => status === 'changed' || status === 'retired');
  const fact = changed ?? facts[0];
  if (!fact) return [];
  const more: Span = { text: facts.length > 1 ? ` · ${facts.length - 1} more: explain` : '', tone: 'dim' };
  const { sign, tone, says } = standing[fact.status];
  if (!changed) return [row('Source', [{ text: `${sign} ${says}`, tone }, { text: ` · ${sourceText(fact)}` }, more], width)];
  const since = fact.since === undefined ? says : `${fact.status === 'retired' ? `${says}, ` : ''}stated since ${fact.since}`;
  return [
    ...(fact.was === undefined ? [] : [row('Then', [{ text: fact.was, tone: 'dim' }], width)]),
    ...twoRows(paragraph('Now', [{ text: fact.says }], width, 'warn'), width),
    row('', [{ text: `${sign} ${since}`, tone }, more, { text: ` · ${sourceText(fact)}`, tone: 'dim' }], width),
  ];
});

/** A paragraph of one row: what does not fit is cut. */
function row(heading: string, spans: Line, width: number): Line {
  const name = width >= 56 ? heading.padEnd(9) : heading === '' ? '' : `${heading}: `;
  return cut([{ text: name, tone: 'dim' }, ...spans], width);
}

function twoRows(rows: readonly Line[], width: number): Line[] {
  const [first, second] = rows;
  return rows.length <= 2 || !first || !second ? [...rows] : [first, cut([...second, { text: ' …', tone: 'dim' }], width)];
}

function sourceText({ sources }: Fact): string {
  const [first] = sources;
  if (!first) return '';
  return first.date === undefined ? first.page : `${first.page} (${first.date})`;
}

/** A fact in full, for the explanation. */
export function factPages(fact: Fact): Paragraph[] {
  const { sign, tone, says } = standing[fact.status];
  const named = (name: string, text: string | undefined): Paragraph[] =>
    text === undefined ? [] : [{ begin: [{ text: `    ${name.padEnd(8)}`, tone: 'dim' }], text: [{ text }] }];
  return [
    { begin: [{ text: `  ${sign} `, tone }], text: [{ text: fact.says, tone: 'strong' }] },
    { begin: [{ text: '    ' }], text: [{ text: `${says}${fact.since === undefined ? '' : ` · stated since ${fact.since}`}`, tone }] },
    ...named('Was', fact.was),
    ...named('In', fact.editions && `the documents of ${Object.keys(fact.editions).join(', ')}`),
    ...named('Differ', fact.disagreement),
    ...named('Check', fact.check),
    ...named('Mend', fact.fix === 'none' ? undefined : fact.fix),
    ...fact.sources.flatMap((source) =>
      named('Source', [source.page, source.date, source.note].filter((part) => part !== undefined).join(' · ')).concat(linkPages(source)),
    ),
    { text: [] },
  ];
}

function linkPages({ repo, path }: Fact['sources'][number]): Paragraph[] {
  if (repo === undefined || path === undefined) return [];
  return [{ begin: [{ text: ' '.repeat(12) }], text: [{ text: `https://github.com/${repo}/blob/main/${path}`, tone: 'accent' }] }];
}
