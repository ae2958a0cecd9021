import type { Finding, Verdict } from '../../core/verify/findings.ts';
import { hasWords, wordsOf } from './filter.ts';
import { windowTop } from './list.ts';
import { cut, ends, fill, type Line, lineWidth, type Span } from './text.ts';
import { type VerifyScene, verdicts } from './verify-scene.ts';

/** A row of the list: the title of a topic with how many of its items passed and are not listed, or an item. */
export type VerifyRow = { readonly heading: string; readonly passed: number } | { readonly finding: Finding };

const order: readonly Verdict[] = ['fail', 'unknown', 'by hand', 'pass'];
const severities: readonly Finding['severity'][] = ['high', 'medium', 'low'];

/** The rows that a person gets to see: all in the order of the checklist, or without what passed and the worst first; words search all of it. */
export function verifyRows(scene: VerifyScene): readonly VerifyRow[] {
  const wanted = wordsOf(scene.filter);
  const placeOf = new Map(scene.head.ids.map((id, index) => [id, index]));
  const place = ({ id }: Finding) => placeOf.get(id) ?? placeOf.size;
  const natural = scene.all && wanted.length === 0;
  const compare = (a: Finding, b: Finding) => (natural ? 0 : badness(a) - badness(b)) || place(a) - place(b);
  const groups = topicsOf(scene).flatMap(({ topic, title }) => {
    const own = [...scene.findings.values()].filter((one) => one.topic === topic);
    const shown = own
      .filter((one) => (wanted.length > 0 ? hasWords(textOf(one, title), wanted) : scene.all || one.verdict !== 'pass'))
      .sort(compare);
    const passed = wanted.length > 0 ? 0 : own.length - shown.length;
    return shown.length === 0 ? [] : [{ title, shown, passed, worst: natural ? 0 : order.indexOf(shown[0]?.verdict ?? 'pass') }];
  });
  return groups
    .sort((a, b) => a.worst - b.worst)
    .flatMap(({ title, shown, passed }) => [{ heading: title, passed }, ...shown.map((finding) => ({ finding }))]);
}

/** The topics of the checklist, and what else findings name. */
function topicsOf({ head, findings }: VerifyScene): readonly { readonly topic: string; readonly title: string }[] {
  const known = new Set(head.topics.map(({ topic }) => topic));
  const others = new Set([...findings.values()].map(({ topic }) => topic).filter((topic) => !known.has(topic)));
  return [...head.topics, ...[...others].map((topic) => ({ topic, title: topic }))];
}

function badness({ verdict, severity }: Finding): number {
  return order.indexOf(verdict) * severities.length + severities.indexOf(severity);
}

function textOf(finding: Finding, title: string): string {
  const { id, label, says, verdict, severity, what = '', found = '', why = '' } = finding;
  return [title, id, label, says, verdicts[verdict].word, severity, what, found, why].join(' ');
}

/** The items among the rows. */
export function itemsOf(rows: readonly VerifyRow[]): readonly Finding[] {
  return rows.flatMap((row) => ('finding' in row ? [row.finding] : []));
}

/** The item at the cursor: the one that a person went to while it is listed, otherwise the first. */
export function itemAt({ at }: VerifyScene, rows: readonly VerifyRow[]): Finding | undefined {
  const items = itemsOf(rows);
  return items.find(({ id }) => id === at) ?? items[0];
}

/** The first row of a window with the item at the cursor in it, and the title above that where there is one. */
export function topRow(scene: VerifyScene, rows: readonly VerifyRow[], page: number): number {
  const here = itemAt(scene, rows);
  const index = Math.max(
    0,
    rows.findIndex((row) => 'finding' in row && row.finding === here),
  );
  const top = windowTop(index, scene.top, rows.length, page);
  const above = rows[top - 1];
  return top === index && page > 1 && above && 'heading' in above ? top - 1 : top;
}

/** The list in so many rows; the last one says where that is in the whole when it does not fit. */
export function verifyList(
  scene: VerifyScene,
  width: number,
  room: number,
): { readonly rows: readonly Line[]; readonly page: number; readonly count: number } {
  const all = verifyRows(scene);
  if (all.length === 0) return { rows: [emptyRow(scene, width)], page: room, count: 0 };
  const page = all.length <= room ? room : Math.max(1, room - 1);
  const top = topRow(scene, all, page);
  const here = itemAt(scene, all);
  const rows = all
    .slice(top, top + page)
    .map((row) => ('heading' in row ? headingRow(row, width) : itemRow(scene, row.finding, row.finding === here, width)));
  const place: Line[] =
    all.length > page && room > 1 ? [[{ text: `  ${top + 1}–${Math.min(all.length, top + page)} of ${all.length}`, tone: 'dim' }]] : [];
  return { rows: [...rows, ...place], page, count: all.length };
}

function emptyRow(scene: VerifyScene, width: number): Line {
  if (wordsOf(scene.filter).length > 0) return cut([{ text: '  nothing has these words', tone: 'dim' }], width);
  if (scene.stage !== 'read') return cut([{ text: '  nothing to mend so far', tone: 'dim' }], width);
  if (scene.findings.size === 0) return cut([{ text: '  nothing had to be looked at', tone: 'dim' }], width);
  return cut([{ text: '✔ ', tone: 'good' }, { text: 'Everything is as it should be.' }], width);
}

function headingRow({ heading, passed }: Extract<VerifyRow, { heading: string }>, width: number): Line {
  const more: Line = passed === 0 ? [] : [{ text: `✔ ${passed} more`, tone: 'dim' }];
  return more.length === 0 ? cut([{ text: heading, tone: 'accent' }], width) : ends([{ text: heading, tone: 'accent' }], more, width);
}

function itemRow(scene: VerifyScene, finding: Finding, here: boolean, width: number): Line {
  const { sign, tone } = verdicts[finding.verdict];
  const word: Line =
    finding.verdict === 'fail' ? [{ text: ` ${finding.severity}`, tone: finding.severity === 'high' ? 'bad' : 'dim' }] : [];
  const begin: Line = [
    { text: here ? '❯ ' : '  ', tone: 'chosen' },
    ...markOf(scene, finding.id),
    { text: `${sign} `, tone },
    { text: finding.label, tone: here ? 'chosen' : finding.verdict === 'pass' ? 'dim' : 'plain' },
  ];
  return word.length === 0 || width < 24 ? cut(begin, width) : [...fill(begin, width - lineWidth(word)), ...word];
}

/** Marks stand before all items as soon as one was made. */
function markOf({ marked, mendable }: VerifyScene, id: string): Span[] {
  if (marked.size === 0) return [];
  if (marked.has(id)) return [{ text: '[✔] ', tone: 'good' }];
  return [{ text: mendable.has(id) ? '[ ] ' : '    ', tone: 'dim' }];
}
