import type { PreviewLine } from '../../core/preview.ts';
import type { Ask } from '../../core/view.ts';
import { agoText } from '../ago.ts';
import { choicesOf, isFound, standingAt } from './choosing.ts';
import { changeRows } from './confirm.ts';
import { factRows } from './facts.ts';
import { inputRow } from './input.ts';
import { filterRow, found, type ListLook, type ListState, listDetail, listRows, windowTop } from './list.ts';
import { previewBox } from './preview.ts';
import { remembered } from './remembered.ts';
import { type Part, type Stacked, stack } from './stack.ts';
import { type Context, draftText, offeredOf, topOf } from './state.ts';
import { ends, hang, type Line, paragraph, widthOf, wrap } from './text.ts';

/** The column of a question: its rows, where the cursor is, and what there was room for. */
export interface Column {
  readonly rows: readonly Line[];
  readonly cursor?: { readonly x: number; readonly y: number };
  readonly page: number;
  readonly count: number;
  readonly preview: boolean;
}

interface Control {
  readonly rows: readonly Line[];
  readonly cursor?: { readonly x: number; readonly y: number };
  readonly page: number;
}

/** Lays a question out for a width and a height: question and answer always, then what is wrong, the reasons, and the preview last. */
export function questionColumn(context: Pick<Context, 'turn' | 'state'>, ask: Ask, width: number, height: number): Column {
  const { turn, state } = context;
  const top = topOf(state);
  const question = wrap([{ text: ask.ask, tone: 'strong' }], width);
  const problems = problemRows(context, width);
  const control = controlOf(context, ask, width, Math.max(3, height - 1 - question.length - problems.length));
  const confirm = top.at === 'confirm' ? changeRows(top.changes, width, height - question.length - control.rows.length) : [];
  const parts: Part[] = [
    { rows: [titleRow(context, ask, width)], rank: 1 },
    { rows: noticeRows(state.notice, width), rank: 4, gap: true, mayBeCut: true },
    { rows: question, rank: 0, gap: true },
    { rows: control.rows, rank: 0, gap: true, name: 'control' },
    { rows: problems, rank: 0, gap: problems.length > 0 && width >= 40 },
    { rows: confirm, rank: 0, gap: true },
    ...(confirm.length > 0 ? [] : reasons(ask, width)),
  ];
  const stacked = withPreview(parts, state.preview && confirm.length === 0 ? turn.view.preview : [], width, height);
  const base = stacked.at.control ?? 0;
  const cursor = top.at === 'question' && control.cursor ? { cursor: { x: control.cursor.x, y: base + control.cursor.y } } : {};
  return { rows: stacked.rows, ...cursor, page: control.page, count: 0, preview: stacked.at.preview !== undefined };
}

/** Why the question is asked, why the default, and where both come from: the same for every key. */
const reasons = remembered((ask: Ask, width: number): readonly Part[] => [
  {
    rows: ask.because === undefined ? [] : paragraph('Proposed', [{ text: ask.because }], width),
    rank: 2,
    gap: true,
    mayBeCut: true,
  },
  {
    rows: ask.why === undefined ? [] : paragraph('Why', [{ text: ask.why }], width),
    rank: 3,
    gap: ask.because === undefined,
    mayBeCut: true,
  },
  { rows: factRows(ask.facts, width), rank: 5, gap: ask.because === undefined && ask.why === undefined, mayBeCut: true },
]);

/** The column with as many commands of the preview as there is room for. */
function withPreview(parts: readonly Part[], preview: readonly PreviewLine[], width: number, height: number): Stacked {
  for (let count = preview.length; count > 0; count--) {
    const stacked = stack([...parts, { rows: previewBox(preview, width, count), rank: 6, gap: true, name: 'preview' }], height);
    if (stacked.at.preview !== undefined) return stacked;
  }
  return stack(parts, height);
}

function titleRow({ turn }: Pick<Context, 'turn'>, ask: Ask, width: number): Line {
  const { title, number, sections } = turn.view;
  const row = ask.row === undefined ? title : `${title} · ${ask.row}`;
  // How many questions there will be is not known before they are answered; how many sections is.
  const section = `section ${sections.findIndex(({ topic }) => topic === ask.topic) + 1} of ${sections.length}`;
  const place = width < 56 ? section : `question ${number} · ${section}`;
  return ends([{ text: row, tone: 'accent' }], [{ text: place, tone: 'dim' }], width);
}

function noticeRows(notice: readonly string[], width: number): Line[] {
  return notice.flatMap((text) => hang([{ text: '· ', tone: 'accent' }], [{ text, tone: 'dim' }], width));
}

function problemRows({ state }: Pick<Context, 'state'>, width: number): Line[] {
  return state.problems.flatMap(({ level, say }) => {
    const sign = level === 'warn' || !state.insisted ? '! ' : '✖ ';
    const tone = level === 'warn' || !state.insisted ? 'warn' : 'bad';
    return hang([{ text: sign, tone }], [{ text: say, tone }], width);
  });
}

function controlOf(context: Pick<Context, 'turn' | 'state'>, ask: Ask, width: number, height: number): Control {
  return choicesOf(ask, context.state) === undefined ? inputControl(context, ask, width) : listControl(context, ask, width, height);
}

function inputControl({ state }: Pick<Context, 'state'>, ask: Ask, width: number): Control {
  const { row, x } = inputRow(state.input, offeredText(ask), width);
  const hint = inputHint(ask, state.input.text);
  const dim = (text: string): Line[] => (text === '' ? [] : wrap([{ text, tone: 'dim' }], width));
  return { rows: [row, ...dim(hint), ...dim(liveText(ask))], cursor: { x, y: 0 }, page: 1 };
}

/** What Azure has for a question that is typed. */
function liveText({ live, kind }: Ask): string {
  if (!live || kind === 'choice') return '';
  if (live.state === 'waiting') return '◌ asking Azure what there is; type meanwhile';
  return live.state === 'there' ? 'ctrl+o: choose from what there is' : (live.why ?? '');
}

/** When a list was read, and what is missing of it. */
function ageRows({ live }: Ask, now: Date, width: number): Line[] {
  if (live?.state !== 'there' || live.at === undefined) return [];
  return cutRows([`from Azure, ${agoText(live.at, now)}`, live.why].filter((text) => text !== undefined).join('. '), width);
}

function cutRows(text: string, width: number): Line[] {
  return hang([{ text: '  ' }], [{ text, tone: 'dim' }], width).slice(0, 2);
}

/** What stands in an empty input: what Enter accepts. */
function offeredText(ask: Ask): string {
  const offer = offeredOf(ask);
  return offer === undefined ? '' : draftText(offer) || 'none';
}

function inputHint(ask: Ask, text: string): string {
  const given = ask.value !== undefined && text === draftText(ask.value) ? 'your answer' : undefined;
  const several = ['texts', 'cidrs'].includes(ask.kind)
    ? 'several with commas'
    : ask.kind === 'tags'
      ? 'name=value, several with commas'
      : '';
  const example = ask.example !== undefined && text === '' && offeredOf(ask) === undefined ? `for example ${ask.example}` : '';
  return [given, ask.unit, several, example].filter((part) => part !== undefined && part !== '').join(' · ');
}

/** As many choices as a person reads one by one. */
const few = 12;

/** The rows below a short list, as many at every choice, so that what stands below them keeps its place; `most` is the room there is. */
function steadyRows(rows: readonly Line[], list: ListState, look: ListLook, most: number): Line[] {
  if (look.choices.length > few || list.filter !== '') return [...rows];
  const heights = look.choices.map((_, cursor) => listDetail({ ...list, cursor }, look).length);
  const height = Math.max(rows.length, Math.min(most, Math.max(0, ...heights)));
  return Array.from({ length: height }, (_, index) => rows[index] ?? []);
}

function listControl({ turn, state }: Pick<Context, 'turn' | 'state'>, ask: Ask, width: number, height: number): Control {
  const choices = choicesOf(ask, state) ?? [];
  const { list } = state;
  const count = found(choices, list.filter).length;
  const filter = isFound(choices) || list.finding ? [filterRow(list.filter, list.cursor < 0)] : [];
  const how: Line[] = list.cursor < 0 && filter.length === 0 ? [[{ text: `  ↑↓ or 1–${choices.length} to choose`, tone: 'dim' }]] : [];
  const known = standingAt(ask, choices);
  const word = ask.value === undefined ? 'proposed' : 'your answer';
  const look = (page: number): ListLook => ({ choices, many: ask.kind === 'choices', proposed: known, word, width, page });
  const age = ageRows(ask, turn.now, width);
  const room = height - filter.length - how.length - age.length - 1;
  const all = Math.min(count, Math.max(10, Math.floor(height * 0.45)));
  const wide = look(Math.max(1, Math.min(all, room)));
  const below = steadyRows([...how, ...listDetail(list, wide)], list, wide, Math.max(0, room + how.length - Math.min(all, 6)));
  const page = Math.max(1, Math.min(all, Math.max(3, room + how.length - below.length)));
  const top = windowTop(list.cursor, list.top, count, page);
  const rest: Line[] =
    count > page
      ? [[{ text: `  ${top + 1}–${top + page} of ${count}${list.filter === '' ? '' : ` (${choices.length} in all)`}`, tone: 'dim' }]]
      : [];
  const rows = [...filter, ...listRows(list, look(page)), ...rest, ...below, ...age];
  return { rows, page, ...(filter.length > 0 ? { cursor: { x: 2 + widthOf(list.filter), y: 0 } } : {}) };
}
