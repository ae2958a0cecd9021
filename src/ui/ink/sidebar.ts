import type { ChecklistLine } from '../../core/items.ts';
import type { SectionView, View } from '../../core/view.ts';
import { remembered } from './remembered.ts';
import { ends, fill, hang, type Line, type Span, widthOf, wrap } from './text.ts';
import { signs } from './theme.ts';

/** The left column: the sections, and the checklist as it fills in; exactly `height` rows of `width` columns. */
export const sidebarRows = remembered((view: View, width: number, height: number): readonly Line[] => {
  const inner = width - 4;
  const checklist = checklistRows(view, inner);
  const least = Math.min(checklist.length, Math.max(3, Math.floor((height - 3) / 3)));
  const room = Math.max(1, height - 3 - least);
  const sections = around(
    view.sections.map((one) => sectionRow(one, inner)),
    view.sections.findIndex(({ state }) => state === 'current'),
    room,
  );
  const items = upTo(checklist, Math.max(0, height - 3 - sections.length));
  const blank = Math.max(0, height - 3 - sections.length - items.length);
  return [
    border('┌', 'Setup', '┐', width),
    ...sections.map((row) => sided(row, inner)),
    border('├', 'Checklist', '┤', width),
    ...items.map((row) => sided(row, inner)),
    ...Array.from({ length: blank }, () => sided([], inner)),
    border('└', '', '┘', width),
  ].slice(0, height);
});

function sectionRow({ title, state, answered, total }: SectionView, width: number): Line {
  const { sign, tone } = signs[state];
  const text: Line = [
    { text: `${sign} `, tone },
    { text: title, tone: state === 'current' ? 'chosen' : state === 'open' ? 'dim' : 'plain' },
  ];
  return state === 'current' || (answered > 0 && answered < total)
    ? ends(text, [{ text: `${answered}/${total}`, tone: 'dim' }], width)
    : text;
}

/** What is contradicted, and the section that is asked, in full; the others in numbers. */
function checklistRows({ checklist, ask }: View, width: number): Line[] {
  const wrong = checklist.filter(({ state, topic }) => state === 'contradicted' && topic !== ask?.topic);
  const current = checklist.filter(({ topic }) => topic === ask?.topic);
  const shown = [...wrong, ...current];
  const others = checklist.filter((one) => !shown.includes(one));
  return [...shown.flatMap((one) => itemRows(one, width)), ...othersRows(others, shown.length > 0, width)];
}

function itemRows({ state, label }: ChecklistLine, width: number): Line[] {
  const { sign, tone } = signs[state];
  return hang([{ text: `${sign} `, tone }], [{ text: label, tone: state === 'contradicted' ? 'bad' : 'plain' }], width);
}

function othersRows(others: readonly ChecklistLine[], more: boolean, width: number): Line[] {
  if (others.length === 0) return [];
  const counts = (['met', 'verify', 'by hand', 'open'] as const).flatMap((state) => {
    const count = others.filter((one) => one.state === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  return wrap([{ text: `${others.length} ${more ? 'more' : 'items'}: ${counts.join(', ')}`, tone: 'dim' }], width);
}

/** As many rows as fit, around the one that matters. */
function around(rows: readonly Line[], at: number, room: number): Line[] {
  const top = Math.max(0, Math.min(at - Math.floor(room / 2), rows.length - room));
  return rows.slice(top, top + room);
}

function upTo(rows: readonly Line[], room: number): Line[] {
  if (rows.length <= room) return [...rows];
  return room < 1 ? [] : [...rows.slice(0, room - 1), [{ text: `  ${rows.length - room + 1} more`, tone: 'dim' }]];
}

function border(left: string, title: string, right: string, width: number): Line {
  const name = title === '' ? '' : ` ${title} `;
  return [{ text: `${left}${name}${'─'.repeat(Math.max(0, width - 2 - widthOf(name)))}${right}`, tone: 'dim' }];
}

function sided(row: Line, inner: number): Line {
  return [{ text: '│ ', tone: 'dim' }, ...fill(row, inner), { text: ' │', tone: 'dim' }];
}

/** The sidebar in one row, for terminals without room for it: a sign for each section, and the checklist in numbers. */
export function progressRow({ sections, checklist }: View): Line {
  const done = sections.filter(({ state }) => state === 'done').length;
  const count = (state: keyof typeof signs): Span[] => {
    const found = checklist.filter((one) => one.state === state).length;
    return found === 0
      ? []
      : [
          { text: ` ${signs[state].sign}`, tone: signs[state].tone },
          { text: `${found}`, tone: 'dim' },
        ];
  };
  return [
    { text: ' ' },
    ...sections.map(({ state }): Span => ({ text: signs[state].sign, tone: signs[state].tone })),
    { text: ` ${done} of ${sections.length} sections`, tone: 'dim' },
    ...(checklist.length > 0 ? [{ text: ' · checklist', tone: 'dim' as const }] : []),
    ...(['contradicted', 'met', 'verify', 'by hand', 'open'] as const).flatMap(count),
  ];
}
