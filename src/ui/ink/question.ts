import type { Ask } from '../../core/view.ts';
import { changeRows } from './confirm.ts';
import { factRows } from './facts.ts';
import { inputRow } from './input.ts';
import { found, type ListLook, listDetail, listRows, windowTop } from './list.ts';
import { previewBox } from './preview.ts';
import { type Part, stack } from './stack.ts';
import { type Context, choicesIn, choicesOf, draftText, topOf } from './state.ts';
import { ends, hang, type Line, paragraph, wrap } from './text.ts';

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
  const box = state.preview && confirm.length === 0 ? previewBox(turn.view.preview, width) : [];
  const stacked = stack(
    [
      { rows: [titleRow(context, ask, width)], rank: 1 },
      { rows: noticeRows(state.notice, width), rank: 4, gap: true, mayBeCut: true },
      { rows: question, rank: 0, gap: true },
      { rows: control.rows, rank: 0, gap: true, name: 'control' },
      { rows: problems, rank: 0, gap: problems.length > 0 && width >= 40 },
      { rows: confirm, rank: 0, gap: true },
      {
        rows: ask.because === undefined || confirm.length > 0 ? [] : paragraph('Proposed', [{ text: ask.because }], width),
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
      { rows: box, rank: 6, gap: true, name: 'preview' },
    ] satisfies Part[],
    height,
  );
  const base = stacked.at.control ?? 0;
  const cursor = top.at === 'question' && control.cursor ? { cursor: { x: control.cursor.x, y: base + control.cursor.y } } : {};
  return { rows: stacked.rows, ...cursor, page: control.page, count: 0, preview: stacked.at.preview !== undefined };
}

function titleRow({ turn }: Pick<Context, 'turn'>, ask: Ask, width: number): Line {
  const { title, number, total } = turn.view;
  const row = ask.row === undefined ? title : `${title} · ${ask.row}`;
  return ends([{ text: row, tone: 'accent' }], [{ text: `${number} of ${total}`, tone: 'dim' }], width);
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
  return choicesOf(ask) === undefined ? inputControl(context, ask, width) : listControl(context, ask, width, height);
}

function inputControl({ state }: Pick<Context, 'state'>, ask: Ask, width: number): Control {
  const { row, x } = inputRow(state.input, offeredText(ask), width);
  const hint = inputHint(ask, state.input.text === '');
  return { rows: [row, ...(hint === '' ? [] : wrap([{ text: hint, tone: 'dim' }], width))], cursor: { x, y: 0 }, page: 1 };
}

/** What stands in an empty input: what Enter accepts. */
function offeredText(ask: Ask): string {
  if (ask.default === undefined) return '';
  return draftText(ask.default) || 'none';
}

function inputHint(ask: Ask, empty: boolean): string {
  const several = ['texts', 'cidrs'].includes(ask.kind)
    ? 'several with commas'
    : ask.kind === 'tags'
      ? 'name=value, several with commas'
      : '';
  const example = ask.example !== undefined && (empty ? ask.default === undefined : false) ? `for example ${ask.example}` : '';
  return [ask.unit, several, example].filter((part) => part !== undefined && part !== '').join(' · ');
}

function listControl({ state }: Pick<Context, 'state'>, ask: Ask, width: number, height: number): Control {
  const choices = choicesOf(ask) ?? [];
  const { list } = state;
  const count = found(choices, list.filter).length;
  const filter: Line[] =
    list.filtering || list.filter !== ''
      ? [
          [
            { text: '/ ', tone: 'chosen' },
            { text: list.filter, tone: 'strong' },
          ],
        ]
      : [];
  const proposed = ask.default === undefined ? [] : choicesIn(choices, ask.default);
  const look = (page: number): ListLook => ({ choices, many: ask.kind === 'choices', proposed, width, page });
  const detail = listDetail(list, look(1));
  const wanted = Math.max(3, Math.min(height - filter.length - detail.length - 1, Math.max(10, Math.floor(height * 0.45))));
  const page = Math.max(1, Math.min(count, wanted));
  const top = windowTop(list.cursor, list.top, count, page);
  const rest: Line[] =
    count > page
      ? [[{ text: `  ${top + 1}–${top + page} of ${count}${list.filter === '' ? '' : ` (${choices.length} in all)`}`, tone: 'dim' }]]
      : [];
  const rows = [...filter, ...listRows(list, look(page)), ...rest, ...detail];
  return { rows, page, ...(list.filtering ? { cursor: { x: 2 + list.filter.length, y: 0 } } : {}) };
}
