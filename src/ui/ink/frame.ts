import { choicesOf } from './choosing.ts';
import { changeRows, confirmKeys } from './confirm.ts';
import { homeFrame } from './home.ts';
import { keyBar } from './key-bar.ts';
import { networkColumn } from './network.ts';
import { pagesColumn, pagesKeys } from './pages.ts';
import { type Column, questionColumn } from './question.ts';
import { questionKeys, type WizardKey } from './question-keys.ts';
import { reviewKeys } from './review.ts';
import { reviewColumn } from './review-rows.ts';
import type { Scene } from './scene.ts';
import { progressRow, sidebarRows } from './sidebar.ts';
import { type Context, opened, type Seen, topOf } from './state.ts';
import { cut, ends, fill, type Line } from './text.ts';
import { helpPages } from './wizard-help.ts';

/** The size of the terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
  /** Keys are named in words, as their signs would not come out right. */
  readonly ascii?: boolean;
}

/** One screen, ready to paint. */
export interface Frame {
  readonly lines: readonly Line[];
  readonly cursor?: { readonly x: number; readonly y: number };
  readonly seen: Seen;
}

/** The keys that work on a screen, the help with them. */
export function keysOf(context: Context): WizardKey[] {
  const top = topOf(context.state);
  if (top.at === 'pages') return pagesKeys(top, context.seen);
  if (top.at === 'confirm') return confirmKeys(top);
  const keys = top.at === 'review' ? reviewKeys(context, top) : questionKeys(context);
  return helpWorks(context)
    ? [
        ...keys,
        { press: ['?'], glyph: '?', does: 'help', weight: 1, run: ({ state }) => ({ state: opened(state, helpPages(context, keys)) }) },
      ]
    : keys;
}

/** A question mark is text where something is being typed. */
function helpWorks({ turn, state }: Context): boolean {
  const { ask } = turn.view;
  const top = topOf(state);
  if (top.at === 'review') return !top.filter?.typing;
  if (top.at !== 'question' || !ask) return true;
  return choicesOf(ask, state) === undefined ? state.input.text === '' : state.list.filter === '';
}

/** The screen of a scene for a size of the terminal. */
export function frameOf(scene: Scene, size: Size): Frame {
  if (scene.at === 'home') return homeFrame(scene, size);
  if (scene.at === 'blank') return { lines: [], seen: { page: 1, count: 0, preview: false } };
  const { turn, state } = scene;
  // Whether the preview fits is known only after the layout, and the bar names the key after it.
  const guess = keyBar(keysOf({ turn, state, seen: { page: 1, count: 2, preview: true } }), size, barRows(size));
  const head = headRows(scene, size);
  const height = Math.max(1, size.rows - head.length - guess.length - (size.rows >= 18 ? 1 : 0));
  const column = columnOf(scene, size, height);
  const seen = { page: column.page, count: column.count, preview: column.preview };
  const bar = keyBar(keysOf({ turn, state, seen }), size, barRows(size));
  const body = bodyRows(scene, size, column, height);
  const gap: Line[] = Array.from({ length: Math.max(0, size.rows - head.length - body.length - bar.length) }, () => []);
  const lines = [...head, ...body, ...gap, ...bar].slice(0, Math.max(1, size.rows)).map((row) => cut(row, size.columns));
  const cursor = column.cursor && {
    x: Math.min(column.cursor.x + mainLeft(scene, size), size.columns - 1),
    y: column.cursor.y + head.length,
  };
  return { lines, seen, ...(cursor && cursor.y < size.rows ? { cursor } : {}) };
}

type TurnScene = Extract<Scene, { at: 'turn' }>;

function barRows({ columns, rows }: Size): number {
  return (columns >= 100 && rows < 24) || rows < 12 ? 1 : 2;
}

function headRows({ turn }: TurnScene, { columns, rows }: Size): Line[] {
  if (columns < 60 || rows < 12) return [];
  const saved = turn.view.answered > 0 ? 'saved' : 'nothing answered yet';
  const sample: Line = turn.live?.sample ? [{ text: ' · ' }, { text: 'made-up subscription', tone: 'warn' }] : [];
  const head = ends(
    [{ text: ` ${turn.name === '' ? 'new setup' : turn.name}`, tone: 'strong' }, ...sample],
    [{ text: `${saved} `, tone: 'dim' }],
    columns,
  );
  return columns >= 100 ? [head] : [head, progressRow(turn.view), []];
}

function sideWidth({ state }: TurnScene, { columns }: Size): number {
  const top = topOf(state).at;
  if (columns < 100 || top === 'pages' || top === 'review') return 0;
  return columns < 110 ? 30 : Math.max(36, Math.min(50, Math.floor(columns * 0.3)));
}

function mainLeft(scene: TurnScene, size: Size): number {
  const side = sideWidth(scene, size);
  return side > 0 ? side + 1 : size.columns >= 40 ? 1 : 0;
}

function mainWidth(scene: TurnScene, size: Size): number {
  const right = size.columns >= 40 ? 1 : 0;
  return Math.max(8, Math.min(110, size.columns - mainLeft(scene, size) - right));
}

/** The picture takes what the screen has. */
function networkWidth({ columns }: Size): number {
  return Math.max(8, Math.min(160, columns - (columns >= 40 ? 2 : 0)));
}

function columnOf(scene: TurnScene, size: Size, height: number): Column {
  const { turn, state } = scene;
  const top = topOf(state);
  const width = mainWidth(scene, size);
  if (top.at === 'review') {
    return { ...reviewColumn(turn, top, width, height), preview: false };
  }
  if (top.at === 'pages' && top.what === 'network') return { ...networkColumn(turn.view, top, networkWidth(size), height), preview: false };
  if (top.at === 'pages') {
    return { ...pagesColumn(top, width, height), preview: false };
  }
  if (top.at === 'confirm' && !turn.view.ask) return { rows: changeRows(top.changes, width, height), page: 1, count: 0, preview: false };
  return turn.view.ask ? questionColumn(scene, turn.view.ask, width, height) : { rows: [], page: 1, count: 0, preview: false };
}

function bodyRows(scene: TurnScene, size: Size, column: Column, height: number): Line[] {
  const side = sideWidth(scene, size);
  const left = mainLeft(scene, size);
  if (side === 0) return column.rows.map((row) => (row.length === 0 || left === 0 ? row : [{ text: ' ' }, ...row]));
  return sidebarRows(scene.turn.view, side, height).map((row, index) => [...fill(row, side), { text: ' ' }, ...(column.rows[index] ?? [])]);
}
