import type { Binding } from './keys.ts';
import type { WizardKey } from './question-keys.ts';
import { remembered } from './remembered.ts';
import { closed, type Layer, type Paragraph, replaced, type Seen, type Step, type WizardState } from './state.ts';
import { ends, hang, type Line, wrap } from './text.ts';

type Pages = Extract<Layer, { at: 'pages' }>;

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
export function pagesKeys(pages: Pages, { page, count }: Seen): WizardKey[] {
  const { again } = pages;
  const edit: WizardKey[] =
    again === undefined
      ? []
      : [{ press: ['o'], glyph: 'o', does: 'edit it again', weight: 0, run: ({ state }) => ({ state: closed(state), edit: again }) }];
  return [
    ...edit,
    ...scrollingKeys<Parameters<WizardKey['run']>[0], Step>(count > page, ({ state, seen }, where) =>
      scrolled(state, pages, where(pages.top, seen.page), seen.count - seen.page),
    ),
    ...(pages.move ? consentKeys(pages.move) : []),
    {
      press: again === undefined ? ['esc', 'q', 'enter', ...closingKeys[pages.what]] : ['esc'],
      glyph: 'esc',
      does: again !== undefined ? 'drop the changes' : pages.move ? 'take none' : 'close',
      weight: 0,
      run: ({ state }) => ({ state: closed(state) }),
    },
    { press: ['c', 'ctrl+t'], glyph: 'c', does: 'copy this text', run: ({ state }) => ({ state, copy: pageText(pages) }) },
    { press: ['ctrl+c'], glyph: 'ctrl+c', does: 'save and leave', weight: 3, run: ({ state }) => ({ state, move: { type: 'leave' } }) },
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

function scrolled(state: WizardState, pages: Pages, to: number, most: number): Step {
  return { state: replaced(state, { ...pages, top: Math.max(0, Math.min(to, most)) }) };
}

/** A page as a text of its own, its title first. */
export function pageText({ title, text }: { readonly title: string; readonly text: readonly Paragraph[] }): string {
  const lines = text.map(({ begin = [], text: words }) => [...begin, ...words].map((span) => span.text).join(''));
  return `${[title, '', ...lines]
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
