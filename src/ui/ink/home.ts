import type { Offered } from '../../core/answers.ts';
import type { HomeChoice, SavedSession } from '../ui.ts';
import type { Frame, Size } from './frame.ts';
import { helpText } from './help.ts';
import { keyBar } from './key-bar.ts';
import type { Binding } from './keys.ts';
import {
  filtered,
  filterRow,
  findingIn,
  found,
  type ListLook,
  listAt,
  listDetail,
  listRows,
  movedTo,
  unfiltered,
  windowTop,
} from './list.ts';
import { type PageText, pagesColumn, readingKeys } from './pages.ts';
import type { Scene } from './scene.ts';
import type { Seen } from './state.ts';
import { clean, cut, type Line, widthOf, wrap } from './text.ts';

type Home = Extract<Scene, { at: 'home' }>;

/** What a key on the home screen leads to. */
export interface HomeStep {
  readonly scene: Home;
  readonly choice?: HomeChoice;
}

interface HomeContext {
  readonly scene: Home;
  readonly seen: Seen;
}

interface Entry extends Offered {
  readonly choice: HomeChoice;
}

const made = new WeakMap<readonly SavedSession[], readonly Entry[]>();

/** The lines of the home screen. */
function entriesOf(saved: readonly SavedSession[]): readonly Entry[] {
  const known = made.get(saved);
  if (known) return known;
  const entry = (label: string, hint: string, choice: HomeChoice, refused?: string): Entry => ({
    value: label,
    label,
    hint,
    facts: [],
    choice,
    ...(refused === undefined ? {} : { refused }),
  });
  const entries = [
    entry('Start a new setup', '', { type: 'new' }),
    ...saved.map(({ name, about, damaged }) => entry(`Resume  ${name}`, about, { type: 'resume', name }, damaged)),
    entry('Check this computer', 'az, sign-in, terminal, proxy; nothing is changed', { type: 'doctor' }),
    entry('Try it with a made-up subscription', 'no sign-in, nothing is reached', { type: 'sample' }),
    entry('Read the checklists', 'no questions, nothing is changed', { type: 'checklist' }),
  ];
  made.set(saved, entries);
  return entries;
}

/** The home screen as it opens. */
export function homeScene(saved: readonly SavedSession[], words: Home['words'] = () => []): Home {
  return { at: 'home', saved, list: listAt(0), words };
}

/** The keys of the home screen. */
export function homeKeys({ scene, seen }: HomeContext): Binding<HomeContext, HomeStep>[] {
  if (scene.help) return helpKeys(scene.help, seen);
  const entries = entriesOf(scene.saved);
  const { list } = scene;
  const hits = found(entries, list.filter);
  const here = entries[hits[list.cursor] ?? -1];
  const by = (
    press: readonly string[],
    glyph: string,
    does: string,
    to: (cursor: number, page: number) => number,
    weight?: number,
  ): Binding<HomeContext, HomeStep> => ({
    press: list.finding ? press.filter((id) => id.length > 1) : press,
    glyph,
    does,
    ...(weight === undefined ? {} : { weight }),
    run: ({ scene: now, seen }) => ({
      scene: { ...now, list: movedTo(now.list, to(now.list.cursor, seen.page), hits.length, seen.page) },
    }),
  });
  const moving = [
    by(['up', 'k'], '↑', 'up', (cursor) => cursor - 1),
    by(['down', 'j'], '↑↓', 'move', (cursor) => cursor + 1, 1),
    by(['pageup'], 'pgup', 'a page up', (cursor, page) => cursor - page),
    by(['pagedown'], 'pgdn', 'a page down', (cursor, page) => cursor + page),
    by(['home', 'g'], 'home', 'first', () => 0),
    by(['end', 'G'], 'end', 'last', () => hits.length - 1),
  ];
  return [
    ...(hits.length > 1 ? moving : []),
    ...(here && here.refused === undefined
      ? [
          {
            press: ['enter'],
            glyph: '⏎',
            does: 'open',
            weight: 0,
            run: ({ scene: now }: HomeContext) => ({ scene: now, choice: here.choice }),
          },
        ]
      : []),
    ...(list.finding ? filterKeys(entries) : [findKey, helpKey]),
    list.finding ? { ...quit, press: ['ctrl+c'], glyph: 'ctrl+c' } : quit,
  ];
}

function helpKeys(help: PageText, seen: Seen): Binding<HomeContext, HomeStep>[] {
  const close: Binding<HomeContext, HomeStep> = {
    press: ['esc', '?', 'q', 'enter'],
    glyph: 'esc',
    does: 'close',
    weight: 0,
    run: ({ scene: { help: _, ...scene } }) => ({ scene }),
  };
  const to = ({ scene }: HomeContext, text: PageText): HomeStep => ({ scene: { ...scene, help: text } });
  return [...readingKeys(help, seen, { close, to }), { ...quit, press: ['ctrl+c'], glyph: 'ctrl+c' }];
}

const findKey: Binding<HomeContext, HomeStep> = {
  press: ['/'],
  glyph: '/',
  does: 'filter',
  weight: 3,
  run: ({ scene }) => ({ scene: { ...scene, list: findingIn(scene.list) } }),
};

const helpKey: Binding<HomeContext, HomeStep> = {
  press: ['?'],
  glyph: '?',
  does: 'help',
  weight: 2,
  run: ({ scene, seen }) => {
    const text = helpText({ keys: homeKeys({ scene, seen }), words: scene.words(), below: [] });
    return { scene: { ...scene, help: { title: 'Help', text, top: 0 } } };
  },
};

/** The keys while words are typed that a line has to hold. */
function filterKeys(entries: readonly Entry[]): Binding<HomeContext, HomeStep>[] {
  const to = (scene: Home, text: string): HomeStep => ({ scene: { ...scene, list: filtered(scene.list, text, entries) } });
  return [
    {
      press: ['esc'],
      glyph: 'esc',
      does: 'show all',
      weight: 1,
      run: ({ scene }) => ({ scene: { ...scene, list: unfiltered(scene.list, entries) } }),
    },
    { press: ['backspace'], glyph: '⌫', does: 'delete', run: ({ scene }) => to(scene, scene.list.filter.slice(0, -1)) },
    { press: ['ctrl+u', 'ctrl+w'], glyph: 'ctrl+u', does: 'clear', run: ({ scene }) => to(scene, '') },
    {
      press: ['text', 'paste', 'space'],
      glyph: 'a–z',
      does: 'filter',
      weight: 2,
      run: ({ scene }, { text = '' }) => to(scene, `${scene.list.filter}${clean(text)}`.trimStart()),
    },
  ];
}

const quit: Binding<HomeContext, HomeStep> = {
  press: ['q', 'ctrl+c'],
  glyph: 'q',
  does: 'quit',
  weight: 1,
  run: ({ scene }) => ({ scene, choice: { type: 'quit' } }),
};

/** The help over the home screen, scrolled where it does not fit. */
function helpFrame(scene: Home, help: PageText, size: Size): Frame {
  const left = size.columns >= 40 ? 1 : 0;
  const width = Math.max(8, Math.min(110, size.columns - 2 * left));
  const { rows, page, count, cursor } = pagesColumn(help, width, Math.max(1, size.rows - 2));
  const seen: Seen = { page, count, preview: false };
  const bar = keyBar(homeKeys({ scene, seen }), size, 1);
  const body = rows.slice(0, Math.max(0, size.rows - bar.length)).map((row): Line => (left === 0 ? row : [{ text: ' ' }, ...row]));
  const gap: Line[] = Array.from({ length: Math.max(0, size.rows - body.length - bar.length) }, () => []);
  const lines = [...body, ...gap, ...bar].map((row) => cut(row, size.columns));
  const x = cursor && Math.min(cursor.x + left, size.columns - 1);
  return { lines, seen, ...(x === undefined ? {} : { cursor: { x, y: 0 } }) };
}

/** The home screen, ready to paint. */
export function homeFrame(scene: Home, size: Size): Frame {
  if (scene.help) return helpFrame(scene, scene.help, size);
  const entries = entriesOf(scene.saved);
  const left = size.columns >= 40 ? 2 : 0;
  const width = Math.max(8, Math.min(100, size.columns - left * 2));
  const title: Line[] =
    size.rows < 8
      ? []
      : [
          [],
          ...wrap(
            [
              { text: 'amlguide', tone: 'strong' },
              { text: ' · secure Azure ML training, step by step', tone: 'dim' },
            ],
            width,
          ),
          [],
        ];
  const count = found(entries, scene.list.filter).length;
  const look: ListLook = { choices: entries, many: false, proposed: [], width, page: Math.max(1, count), parts: true };
  const detail = listDetail(scene.list, look);
  const filter = scene.list.finding ? [filterRow(scene.list.filter, false)] : [];
  const page = Math.max(1, Math.min(count, size.rows - title.length - filter.length - detail.length - 4));
  const seen: Seen = { page, count, preview: false };
  const keys = homeKeys({ scene, seen });
  const top = windowTop(scene.list.cursor, scene.list.top, count, page);
  const more: Line[] = count > page ? [[{ text: `  ${top + 1}–${top + page} of ${count}`, tone: 'dim' }]] : [];
  const body = [...filter, ...listRows(scene.list, { ...look, page }), ...more, ...(detail.length > 0 ? [[], ...detail] : [])];
  const rows = [...title, ...body].map((row): Line => (row.length === 0 || left === 0 ? row : [{ text: ' '.repeat(left) }, ...row]));
  const bar = keyBar(keys, size, 1);
  const gap: Line[] = Array.from({ length: Math.max(0, size.rows - rows.length - bar.length) }, () => []);
  const lines = [...rows.slice(0, Math.max(1, size.rows - bar.length)), ...gap, ...bar].map((row) => cut(row, size.columns));
  const cursor = { x: Math.min(size.columns - 1, left + 2 + widthOf(scene.list.filter)), y: title.length };
  return { lines, seen, ...(filter.length > 0 && cursor.y < size.rows ? { cursor } : {}) };
}
