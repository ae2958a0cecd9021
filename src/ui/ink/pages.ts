import { drawText } from '../../core/picture-text.ts';
import type { View } from '../../core/view.ts';
import { type Filter, filterKeys, filterLine, hasWords, wordsOf } from './filter.ts';
import type { Binding } from './keys.ts';
import type { WizardKey } from './question-keys.ts';
import { remembered } from './remembered.ts';
import { closed, type Layer, type Paragraph, replaced, type Seen, type Step } from './state.ts';
import { ends, hang, type Line, wrap } from './text.ts';

type Pages = Extract<Layer, { at: 'pages' }>;

/** A text that lies over a screen: its paragraphs, the first row in sight, and the words that its paragraphs have to have. */
export interface PageText {
  readonly title: string;
  readonly text: readonly Paragraph[];
  readonly top: number;
  readonly filter?: Filter;
}

/** What a text is read with: `close` leaves it, and `to` gets the text as a key makes it; `filteredTop` is the first row of a text that is filtered anew. */
interface Reading<Context, Next, Text extends PageText> {
  readonly close: Binding<Context, Next>;
  readonly to: (context: Context, text: Text) => Next;
  readonly filteredTop?: number;
}

/** The keys that scroll a text, find words in it and close it; while words are typed, letters are text. */
export function readingKeys<Context extends { readonly seen: Seen }, Next, Text extends PageText>(
  pages: Text,
  { page, count }: Seen,
  { close, to, filteredTop = 0 }: Reading<Context, Next, Text>,
): Binding<Context, Next>[] {
  const filtering = filterKeys<Context, Next>(pages.filter, (context, filter) => {
    const { filter: _, ...rest } = pages;
    return to(context, { ...rest, top: filteredTop, ...(filter ? { filter } : {}) } as Text);
  });
  if (pages.filter?.typing) return filtering;
  // What esc does first is to show all again.
  const others = close.press.filter((id) => id !== 'esc');
  const closing = pages.filter ? (others.length > 0 ? [{ ...close, press: others, glyph: 'q' }] : []) : [close];
  const scrolling = scrollingKeys<Context, Next>(count > page, (context, where) =>
    to(context, { ...pages, top: within(where(Math.min(pages.top, last(context.seen)), context.seen.page), context.seen) }),
  );
  return [...scrolling, ...filtering, ...closing];
}

/** The last row that may be the first in sight. */
export function last({ page, count }: Seen): number {
  return Math.max(0, count - page);
}

/** A first row that is within the text. */
export function within(top: number, seen: Seen): number {
  return Math.max(0, Math.min(top, last(seen)));
}

/** The keys that scroll a text; `to` gets where its first row shall be, from the one that it is now and the rows of a page. */
export function scrollingKeys<Context extends { readonly seen: Seen }, Next>(
  scrolls: boolean,
  to: (context: Context, where: (top: number, page: number) => number) => Next,
): Binding<Context, Next>[] {
  const by = (
    press: readonly string[],
    glyph: string,
    does: string,
    where: (top: number, page: number) => number,
    weight?: number,
  ): Binding<Context, Next> => ({
    press,
    glyph,
    does,
    ...(weight === undefined || !scrolls ? {} : { weight }),
    run: (context) => to(context, where),
  });
  return [
    by(['up', 'k'], '↑', 'a row up', (top) => top - 1),
    by(['down', 'j'], '↑↓', 'scroll', (top) => top + 1, 1),
    by(['pagedown', 'space'], 'space', 'next page', (top, page) => top + page - 1, 2),
    by(['pageup', 'b'], 'b', 'page before', (top, page) => top - page + 1),
    by(['home', 'g'], 'home', 'beginning', () => 0),
    by(['end', 'G'], 'end', 'end', () => Number.MAX_SAFE_INTEGER),
  ];
}

/** The keys of a page of text that lies over the question. */
export function pagesKeys(pages: Pages, seen: Seen): WizardKey[] {
  const leave: WizardKey = {
    press: ['ctrl+c'],
    glyph: 'ctrl+c',
    does: 'save and leave',
    weight: 3,
    run: ({ state }) => ({ state, move: { type: 'leave' } }),
  };
  if (pages.filter?.typing) return [...textKeys(pages, seen), leave];
  return [
    ...(pages.move ? consentKeys(pages.move) : []),
    ...textKeys(pages, seen),
    {
      press: ['c', 'ctrl+t'],
      glyph: 'c',
      does: 'copy this text',
      run: ({ state, turn }) => ({ state, copy: textToCopy(pages, turn.view) }),
    },
    leave,
  ];
}

function textToCopy(pages: Pages, view: View): string {
  return pages.what === 'network' ? `${[pages.title, '', ...drawText(view.picture(), 100)].join('\n')}\n` : pageText(pages);
}

/** The keys that read a page and close it. */
function textKeys(pages: Pages, seen: Seen): WizardKey[] {
  const { again } = pages;
  const to = (context: Parameters<WizardKey['run']>[0], next: Pages): Step => ({ state: replaced(context.state, next) });
  const close: WizardKey = {
    press: again === undefined ? ['esc', 'q', 'enter', ...closingKeys[pages.what]] : ['esc'],
    glyph: 'esc',
    does: again !== undefined ? 'drop the changes' : pages.move ? 'take none' : 'close',
    weight: 0,
    run: ({ state }) => ({ state: closed(state) }),
  };
  const reading = readingKeys(pages, seen, { close, to });
  if (again === undefined || pages.filter?.typing) return reading;
  return [
    { press: ['o'], glyph: 'o', does: 'edit it again', weight: 0, run: ({ state }) => ({ state: closed(state), edit: again }) },
    ...reading,
  ];
}

const closingKeys = {
  help: ['?'],
  explain: ['e', 'ctrl+x'],
  preview: ['p', 'ctrl+p'],
  network: ['v', 'ctrl+g'],
  proposals: ['n'],
  edited: [],
} as const;

/** A text that asks for a yes. */
function consentKeys(move: NonNullable<Pages['move']>): WizardKey[] {
  return [{ press: ['y'], glyph: 'y', does: 'yes, take them', weight: 0, run: ({ state }) => ({ state: closed(state), move }) }];
}

/** A page as a text of its own, its title first. */
export function pageText({ title, text }: { readonly title: string; readonly text: readonly Paragraph[] }): string {
  return `${[title, '', ...text.map(paragraphText)]
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()}\n`;
}

/** The rows of a text, wrapped. */
export function pageRows(text: readonly Paragraph[], width: number): Line[] {
  return text.flatMap(({ begin, text: words }) => (words.length === 0 ? [[]] : begin ? hang(begin, words, width) : wrap(words, width)));
}

const laidOut = remembered(pageRows);

/** A window into a text: what fits below its title, where that is in the whole, and how far a page goes. */
export function pageColumn(
  title: Line,
  text: readonly Paragraph[],
  top: number,
  width: number,
  height: number,
): { readonly rows: readonly Line[]; readonly page: number; readonly count: number } {
  return windowColumn(title, laidOut(text, width), top, width, height);
}

/** A text that lies over a screen, or the paragraphs of it that have the words, with the words above it. */
export function pagesColumn(
  { title, text, top, filter }: PageText,
  width: number,
  height: number,
): ReturnType<typeof pageColumn> & { readonly cursor?: { readonly x: number; readonly y: number } } {
  const head: Line = [{ text: title, tone: 'accent' }];
  return belowFilter(filter, width, height, (room) => pageColumn(head, filter ? filtered(text, filter) : text, top, width, room));
}

/** A window with the words above it, where there are any; `window` gets the room that is left. */
export function belowFilter(
  filter: Filter | undefined,
  width: number,
  height: number,
  window: (room: number) => ReturnType<typeof windowColumn>,
): ReturnType<typeof pagesColumn> {
  if (!filter) return window(height);
  const { row, x } = filterLine(filter, width);
  const { rows, page, count } = window(height - 1);
  return { rows: [row, ...rows], page, count, ...(x === undefined ? {} : { cursor: { x, y: 0 } }) };
}

/** What stands where nothing has the words. */
export const nothingHas: Line = [{ text: '  nothing has these words', tone: 'dim' }];

const found = new WeakMap<Filter, { readonly of: readonly Paragraph[]; readonly text: readonly Paragraph[] }>();

/** The paragraphs that have the words; the same ones while nobody types, so that they are laid out once. */
function filtered(of: readonly Paragraph[], filter: Filter): readonly Paragraph[] {
  const words = wordsOf(filter);
  const known = found.get(filter);
  if (words.length === 0) return of;
  if (known?.of === of) return known.text;
  const hits = of.filter((one) => hasWords(paragraphText(one), words));
  const text: readonly Paragraph[] = hits.length > 0 ? hits : [{ text: nothingHas }];
  found.set(filter, { of, text });
  return text;
}

function paragraphText({ begin = [], text }: Paragraph): string {
  return [...begin, ...text].map((span) => span.text).join('');
}

/** A window into rows that are laid out already. */
export function windowColumn(
  title: Line,
  rows: readonly Line[],
  top: number,
  width: number,
  height: number,
): { readonly rows: readonly Line[]; readonly page: number; readonly count: number } {
  const page = Math.max(1, height - 2);
  const from = Math.max(0, Math.min(top, rows.length - page));
  const place = rows.length > page ? `${from + 1}–${Math.min(rows.length, from + page)} of ${rows.length}` : '';
  return {
    rows: [ends(title, [{ text: place, tone: 'dim' }], width), [], ...rows.slice(from, from + page)],
    page,
    count: rows.length,
  };
}
