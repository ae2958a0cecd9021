import type { ChecklistLine } from '../../core/items.ts';
import { drawRows, narrowPicture } from '../../core/picture-text.ts';
import type { Permission } from '../../core/plan.ts';
import type { Problem } from '../../core/rules.ts';
import type { AnswerView, View } from '../../core/view.ts';
import { agoText } from '../ago.ts';
import { permissionCount, shortId, unaskedCount } from '../review-words.ts';
import type { Turn } from '../ui.ts';
import { filterLine, wordsOf } from './filter.ts';
import { windowTop } from './list.ts';
import { pictureLine } from './network.ts';
import { remembered } from './remembered.ts';
import { type Entry, entriesWith, reviewEntries } from './review-entries.ts';
import type { Layer } from './state.ts';
import { cut, hang, type Line, type Span, widthOf } from './text.ts';
import { signs } from './theme.ts';

type Review = Extract<Layer, { at: 'review' }>;

interface Look {
  readonly here: boolean;
  readonly width: number;
  /** When it is looked at, in minutes since 1970. */
  readonly now: number;
  /** The rows of the picture by the number of the thing that they show. */
  readonly drawn: readonly (readonly Line[])[];
}

/** The review in so many rows: what always stands above it, the words that filter it, and its lines. */
export function reviewColumn({ view, now }: Turn, { cursor, filter }: Review, width: number, height: number) {
  const head = reviewHead(view, width, height);
  const { row, x } = filter ? filterLine(filter, width) : {};
  const above = row ? [...head, row] : head;
  const { rows, page, count } = reviewRows(view, cursor, width, Math.max(1, height - above.length), now, wordsOf(filter));
  return { rows: [...above, ...rows], page, count, ...(x === undefined ? {} : { cursor: { x, y: head.length } }) };
}

/** The rows of the review that are in sight, and how far a page goes. */
function reviewRows(
  view: View,
  cursor: number,
  width: number,
  height: number,
  time: Date,
  words: readonly string[] = [],
): { readonly rows: Line[]; readonly page: number; readonly count: number } {
  const now = Math.floor(time.getTime() / 60_000);
  const entries = reviewEntries(view);
  const shown = words.length > 0 ? entriesWith(view, words) : undefined;
  const { all, headings, drawn } = shown
    ? layOut(
        shown.flatMap((index) => entries[index] ?? []),
        { width, now, drawn: [] },
      )
    : laidOut(view, width, now);
  const at = shown ? shown.indexOf(cursor) : cursor;
  const entry = entries[cursor];
  const here = entry ? entryRows(entry, { here: true, width, now, drawn }) : [];
  const rows = all.flatMap((lines, index) => [...(headings[index] ?? []), ...(index === at ? here : lines)]);
  if (rows.length === 0) return { rows: [[{ text: '  nothing has these words', tone: 'dim' }]], page: 1, count: 0 };
  const before = all.slice(0, Math.max(0, at)).reduce((sum, lines, index) => sum + lines.length + (headings[index]?.length ?? 0), 0);
  const first = before + (headings[at]?.length ?? 0);
  // The cursor stays in the middle, so that what comes before and after it is in sight; of what is too tall the beginning is shown.
  const top = Math.min(first, windowTop(first + here.length - 1, Math.max(0, first - Math.floor((height - 1) / 2)), rows.length, height));
  return { rows: rows.slice(top, top + height), page: Math.max(1, height - 4), count: rows.length };
}

/** What does not depend on the cursor: once a turn and width. */
const laidOut = remembered((view: View, width: number, now: number) =>
  layOut(reviewEntries(view), { width, now, drawn: drawnRows(view, width) }),
);

function layOut(entries: readonly Entry[], look: Omit<Look, 'here'>) {
  return {
    drawn: look.drawn,
    all: entries.map((entry) => entryRows(entry, { here: false, ...look })),
    headings: entries.map((entry, index): Line[] => {
      if (entry.heading === entries[index - 1]?.heading) return [];
      const heading: Line = [{ text: entry.heading, tone: 'accent' }];
      return index > 0 ? [[], heading] : [heading];
    }),
  };
}

/** The picture, cut into the rows of each thing: its own and the end of the boxes that end with it. */
function drawnRows({ outcome, picture }: View, width: number): Line[][] {
  if (!outcome || width < narrowPicture + 2) return [];
  const things: Line[][] = [];
  for (const row of drawRows(picture(), { width: Math.min(width - 2, 100), flows: false, beside: false })) {
    if (row.begins === undefined) things[things.length - 1]?.push(pictureLine(row));
    else things.push([pictureLine(row)]);
  }
  return things;
}

function entryRows(entry: Entry, look: Look): Line[] {
  if ('answer' in entry) return answerRows(entry.answer, look);
  if ('item' in entry) return itemRows(entry.item, look);
  if ('problem' in entry) return problemRows(entry.problem, look);
  if ('permission' in entry) return permissionRows(entry.permission, look);
  if ('node' in entry) return nodeRows(entry, look);
  const note: Span[] = entry.note === undefined ? [] : [{ text: ` · ${entry.note}`, tone: 'dim' }];
  return fitted([marker(look)], [{ text: entry.text }, ...note], look);
}

function marker({ here }: Look): Span {
  return { text: here ? '❯ ' : '  ', tone: 'chosen' };
}

/** In full at the cursor, cut to one row elsewhere. */
function fitted(begin: Line, spans: Line, { here, width }: Look): Line[] {
  return here ? hang(begin, spans, width) : [cut([...begin, ...spans], width)];
}

function nodeRows({ node, depth, label }: Extract<Entry, { node: number }>, look: Look): Line[] {
  const drawn = look.drawn[node];
  if (drawn) return drawn.map((row, index) => [index === 0 ? marker(look) : { text: '  ' }, ...row]);
  return fitted([marker(look), { text: `${'  '.repeat(depth)}${depth > 0 ? '└ ' : ''}`, tone: 'dim' }], [{ text: label }], look);
}

function permissionRows(permission: Permission, look: Look): Line[] {
  const count = ` · ${permissionCount(permission)}`;
  const id: Span = { text: shortId(permission.scope, Math.max(12, look.width - 2 - widthOf(count))), tone: look.here ? 'chosen' : 'plain' };
  return [cut([marker(look), id, { text: count, tone: 'dim' }], look.width)];
}

function problemRows({ say, level, label }: Problem & { readonly label: string }, look: Look): Line[] {
  const sign: Span = level === 'warn' ? { text: '! ', tone: 'warn' } : { text: '✖ ', tone: 'bad' };
  return hang([marker(look), sign], [{ text: label === '' ? '' : `${label}: `, tone: 'strong' }, { text: say }], look.width);
}

function answerRows(answer: AnswerView, look: Look): Line[] {
  const { label, text, from, problems } = answer;
  const size = Math.min(28, Math.floor(look.width * 0.4));
  const tone = look.here ? 'chosen' : 'plain';
  const origin: Span[] = from === 'typed' ? [] : [{ text: ` (${originOf(answer, new Date(look.now * 60_000))})`, tone: 'dim' }];
  const name = cut([{ text: label, tone }], size);
  const gap = ' '.repeat(Math.max(0, size - name.reduce((sum, span) => sum + widthOf(span.text), 0)));
  const row = fitted([marker(look), ...name, { text: `${gap}  ` }], [{ text, tone }, ...origin], look);
  return [
    ...row,
    ...problems.flatMap((problem) =>
      hang(
        [{ text: problem.level === 'warn' ? '    ! ' : '    ✖ ', tone: problem.level === 'warn' ? 'warn' : 'bad' }],
        [{ text: problem.say }],
        look.width,
      ),
    ),
  ];
}

const originWords = { typed: '', default: 'proposed', quiet: 'proposed, not asked', file: 'from a file', azure: 'from Azure' } as const;

function originOf({ from, at }: AnswerView, now: Date): string {
  return at === undefined ? originWords[from] : `${originWords[from]}, ${agoText(at, now)}`;
}

function itemRows(item: ChecklistLine, look: Look): Line[] {
  const { sign, tone } = signs[item.state];
  const begin: Line = [marker(look), { text: `${sign} `, tone }];
  if (!look.here) return [cut([...begin, { text: item.label }], look.width)];
  return hang(
    begin,
    [
      { text: item.label, tone: 'chosen' },
      { text: ` · ${item.manual ?? item.says}`, tone: 'dim' },
    ],
    look.width,
  );
}

const countWords = { contradicted: 'contradicted', met: 'met', verify: 'to verify', 'by hand': 'by hand', open: 'open' } as const;

/** How many lines of the checklist are in each state, as a row. */
export function countsRow({ checklist }: View): Line {
  const counts = (['contradicted', 'met', 'verify', 'by hand', 'open'] as const).flatMap((state): Span[] => {
    const count = checklist.filter((one) => one.state === state).length;
    return count === 0 ? [] : [{ text: `  ${signs[state].sign} `, tone: signs[state].tone }, { text: `${count} ${countWords[state]}` }];
  });
  return [{ text: `${checklist.length} checklist ${checklist.length === 1 ? 'item' : 'items'}`, tone: 'accent' }, ...counts];
}

/** What always stands above the review: the next key, how far the answers are, and what needs a look. */
function reviewHead(view: View, width: number, height: number): Line[] {
  const title = reviewTitle(view, width);
  const counts = height > 12 && width >= narrowPicture ? [countsRow(view)] : [];
  const gap: Line[] = height > 12 ? [[]] : [];
  return view.ask ? [title, ...counts, ...gap] : [...writeRow(view, width), ...(height > 12 ? [[]] : []), title, ...counts, ...gap];
}

function writeRow({ outcome }: View, width: number): Line[] {
  if (!outcome) return [];
  const write: Span = { text: ' w  write the scripts ', tone: 'button' };
  // Where it is narrow the bar names the other keys.
  if (width < narrowPicture) return [[write]];
  return [
    [
      write,
      { text: '  h', tone: 'accent' },
      { text: ' rehearse', tone: 'dim' },
      { text: '  x', tone: 'accent' },
      { text: ' run', tone: 'dim' },
      { text: '  q', tone: 'accent' },
      { text: ' save for later', tone: 'dim' },
    ],
  ];
}

function reviewTitle(view: View, width: number): Line {
  const warnings = view.problems.filter(({ level }) => level === 'warn').length;
  const wrong = view.checklist.filter(({ state }) => state === 'contradicted').length;
  const unasked = unaskedCount(view);
  const notes: Span[] = [
    ...(unasked > 0 ? [{ text: ` · ${unasked} not asked`, tone: 'accent' as const }] : []),
    ...(wrong > 0 ? [{ text: ` · ✖ ${wrong} contradicted`, tone: 'bad' as const }] : []),
    ...(warnings > 0 ? [{ text: ` · ! ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`, tone: 'warn' as const }] : []),
  ];
  const all = width < narrowPicture ? 'all answered' : 'every question is answered';
  const how = view.ask ? `${view.answered} answered so far` : all;
  return [{ text: 'Review', tone: 'strong' }, { text: ` · ${how}` }, ...notes];
}
