import type { ChecklistLine, ItemState } from '../../core/items.ts';
import type { AnswerView, View } from '../../core/view.ts';
import { itemPages } from './explain.ts';
import { windowTop } from './list.ts';
import type { WizardKey } from './question-keys.ts';
import { type Context, closed, type Layer, opened, replaced, type Step } from './state.ts';
import { cut, hang, type Line, type Span, widthOf } from './text.ts';
import { signs } from './theme.ts';

type Review = Extract<Layer, { at: 'review' }>;
type Entry = { readonly answer: AnswerView } | { readonly item: ChecklistLine };

const order: readonly ItemState[] = ['contradicted', 'open', 'by hand', 'verify', 'met'];
const entries = new WeakMap<View, readonly Entry[]>();

/** What the cursor of the review can stand on: the answers in order, then the checklist with the contradicted lines first. */
export function reviewEntries(view: View): readonly Entry[] {
  const known = entries.get(view);
  if (known) return known;
  const items = order.flatMap((state) => view.checklist.filter((one) => one.state === state));
  const made = [...view.answers.map((answer) => ({ answer })), ...items.map((item) => ({ item }))];
  entries.set(view, made);
  return made;
}

/** The keys of the review; when every question is answered it is the last screen and writes. */
export function reviewKeys({ turn }: Context, review: Review): WizardKey[] {
  const { view } = turn;
  const last = view.ask === undefined;
  const all = reviewEntries(view);
  const here = all[review.cursor];
  const keys: WizardKey[] = all.length > 1 ? movingKeys(review, all.length) : [];
  if (here && 'answer' in here)
    keys.push({
      press: ['enter', 'e'],
      glyph: '⏎',
      does: 'edit',
      weight: 0,
      run: ({ state }) => ({ state, move: { type: 'jump', key: here.answer.key } }),
    });
  if (here && 'item' in here)
    keys.push({
      press: ['enter', 'e'],
      glyph: '⏎',
      does: 'explain',
      weight: 0,
      run: ({ state }) => ({ state: opened(state, itemPages(here.item, view.facts)) }),
    });
  const checklist = all.findIndex((one) => 'item' in one);
  if (checklist > 0) {
    const away = review.cursor >= checklist;
    keys.push({
      press: ['tab'],
      glyph: 'tab',
      does: away ? 'answers' : 'checklist',
      weight: 3,
      run: ({ state }) => to(state, review, away ? 0 : checklist, all.length),
    });
  }
  if (last)
    keys.push({ press: ['w'], glyph: 'w', does: 'write the scripts', weight: 0, run: ({ state }) => ({ state, move: { type: 'write' } }) });
  if (last && view.answers.length > 0)
    keys.push({ press: ['esc'], glyph: 'esc', does: 'back', weight: 4, run: ({ state }) => ({ state, move: { type: 'back' } }) });
  if (!last)
    keys.push({
      press: ['esc', 'r', 'ctrl+r', 'q'],
      glyph: 'esc',
      does: 'back to the question',
      weight: 1,
      run: ({ state }) => ({ state: closed(state) }),
    });
  return [
    ...keys,
    {
      press: last ? ['ctrl+c', 'q'] : ['ctrl+c'],
      glyph: last ? 'q' : 'ctrl+c',
      does: 'save and leave',
      weight: 2,
      run: ({ state }) => ({ state, move: { type: 'leave' } }),
    },
  ];
}

function movingKeys(review: Review, count: number): WizardKey[] {
  const by = (press: readonly string[], glyph: string, does: string, where: (page: number) => number, weight?: number): WizardKey => ({
    press,
    glyph,
    does,
    ...(weight === undefined ? {} : { weight }),
    run: ({ state, seen }) => to(state, review, where(seen.page), count),
  });
  return [
    by(['up', 'k'], '↑', 'up', () => review.cursor - 1),
    by(['down', 'j'], '↑↓', 'choose', () => review.cursor + 1, 1),
    by(['pageup'], 'pgup', 'a page up', (page) => review.cursor - page),
    by(['pagedown'], 'pgdn', 'a page down', (page) => review.cursor + page),
    by(['home', 'g'], 'home', 'first', () => 0),
    by(['end', 'G'], 'end', 'last', () => count - 1),
  ];
}

function to(state: Context['state'], review: Review, where: number, count: number): Step {
  return { state: replaced(state, { ...review, cursor: Math.min(Math.max(0, where), count - 1) }) };
}

interface Row {
  readonly line: Line;
  /** The number of the entry that it belongs to. */
  readonly entry: number;
}

/** The rows of the review that are in sight, and how far a page goes. */
export function reviewRows(view: View, review: Review, width: number, height: number): { readonly rows: Line[]; readonly page: number } {
  const all = reviewEntries(view);
  const rows = all.flatMap((entry, index): Row[] => {
    const opens = index === 0 || headingOf(entry) !== headingOf(all[index - 1]);
    const lines = [...(opens ? headingRows(entry, view, index > 0) : []), ...entryRows(entry, index === review.cursor, width)];
    return lines.map((line) => ({ line, entry: index }));
  });
  const first = rows.findIndex((row) => row.entry === review.cursor);
  const last = rows.findLastIndex((row) => row.entry === review.cursor);
  // The cursor stays in the middle, so that what comes before and after it is in sight.
  const top = windowTop(last, Math.max(0, first - Math.floor((height - 1) / 2)), rows.length, height);
  return { rows: rows.slice(top, top + height).map(({ line }) => line), page: Math.max(1, height - 4) };
}

function headingOf(entry: Entry | undefined): string | undefined {
  return entry && ('answer' in entry ? entry.answer.title : 'Checklist');
}

function headingRows(entry: Entry, view: View, gap: boolean): Line[] {
  const heading: Line = 'answer' in entry ? [{ text: entry.answer.title, tone: 'accent' }] : countsRow(view);
  return gap ? [[], heading] : [heading];
}

function entryRows(entry: Entry, here: boolean, width: number): Line[] {
  return 'answer' in entry ? answerRows(entry.answer, here, width) : itemRows(entry.item, here, width);
}

function answerRows({ label, text, from, problems }: AnswerView, here: boolean, width: number): Line[] {
  const size = Math.min(28, Math.floor(width * 0.4));
  const tone = here ? 'chosen' : 'plain';
  const origin: Span[] = from === 'typed' ? [] : [{ text: ` (${originWords[from]})`, tone: 'dim' }];
  const name = cut([{ text: label, tone }], size);
  const gap = ' '.repeat(Math.max(0, size - name.reduce((sum, span) => sum + widthOf(span.text), 0)));
  const value: Span = { text, tone: here ? 'chosen' : 'plain' };
  const begin: Line = [{ text: here ? '❯ ' : '  ', tone: 'chosen' }, ...name, { text: `${gap}  ` }];
  const row = here ? hang(begin, [value, ...origin], width) : [cut([...begin, value, ...origin], width)];
  return [
    ...row,
    ...problems.flatMap((problem) =>
      hang(
        [{ text: problem.level === 'warn' ? '    ! ' : '    ✖ ', tone: problem.level === 'warn' ? 'warn' : 'bad' }],
        [{ text: problem.say }],
        width,
      ),
    ),
  ];
}

const originWords = { default: 'proposed', file: 'from a file', azure: 'from Azure' } as const;

function itemRows(item: ChecklistLine, here: boolean, width: number): Line[] {
  const { sign, tone } = signs[item.state];
  const begin: Line = [
    { text: here ? '❯ ' : '  ', tone: 'chosen' },
    { text: `${sign} `, tone },
  ];
  if (!here) return [cut([...begin, { text: item.label }], width)];
  return hang(
    begin,
    [
      { text: item.label, tone: 'chosen' },
      { text: ` · ${item.manual ?? item.says}`, tone: 'dim' },
    ],
    width,
  );
}

/** How many lines of the checklist are in each state, as a row. */
export function countsRow(view: View): Line {
  const counts = (['contradicted', 'met', 'verify', 'by hand', 'open'] as const).flatMap((state): Span[] => {
    const count = view.checklist.filter((one) => one.state === state).length;
    return count === 0 ? [] : [{ text: `  ${signs[state].sign} `, tone: signs[state].tone }, { text: `${count} ${countWords[state]}` }];
  });
  return [{ text: 'Checklist', tone: 'accent' }, ...counts];
}

const countWords = { contradicted: 'contradicted', met: 'met', verify: 'to verify after', 'by hand': 'by hand', open: 'open' } as const;

/** The head of the review: what it is, and what needs a look. */
export function reviewTitle(view: View): Line {
  const warnings = view.problems.filter(({ level }) => level === 'warn').length;
  const wrong = view.checklist.filter(({ state }) => state === 'contradicted').length;
  const notes: Span[] = [
    ...(wrong > 0 ? [{ text: ` · ✖ ${wrong} contradicted`, tone: 'bad' as const }] : []),
    ...(warnings > 0 ? [{ text: ` · ! ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`, tone: 'warn' as const }] : []),
  ];
  const how = view.ask ? `${view.answered} of ${view.total} answered` : 'every question is answered';
  return [{ text: 'Review', tone: 'strong' }, { text: ` · ${how}` }, ...notes];
}
