import type { WizardKey } from './question-keys.ts';
import { closed, type Layer, type Paragraph, replaced, type Seen, type Step, type WizardState } from './state.ts';
import { hang, type Line, wrap } from './text.ts';

type Pages = Extract<Layer, { at: 'pages' }>;

/** The keys of a page of text that lies over the question. */
export function pagesKeys(pages: Pages, { page, count }: Seen): WizardKey[] {
  const scrolls = count > page;
  const to = (
    press: readonly string[],
    glyph: string,
    does: string,
    where: (top: number, page: number) => number,
    weight?: number,
  ): WizardKey => ({
    press,
    glyph,
    does,
    ...(weight === undefined || !scrolls ? {} : { weight }),
    run: ({ state, seen }) => scrolled(state, pages, where(pages.top, seen.page), seen.count - seen.page),
  });
  return [
    to(['up', 'k'], '↑', 'a row up', (top) => top - 1),
    to(['down', 'j'], '↑↓', 'scroll', (top) => top + 1, 1),
    to(['pagedown', 'space'], 'space', 'next page', (top, page) => top + page - 1, 2),
    to(['pageup', 'b'], 'b', 'page before', (top, page) => top - page + 1),
    to(['home', 'g'], 'home', 'beginning', () => 0),
    to(['end', 'G'], 'end', 'end', () => Number.MAX_SAFE_INTEGER),
    {
      press: ['esc', 'q', 'enter', ...closingKeys[pages.what]],
      glyph: 'esc',
      does: 'close',
      weight: 0,
      run: ({ state }) => ({ state: closed(state) }),
    },
    { press: ['ctrl+c'], glyph: 'ctrl+c', does: 'save and leave', weight: 3, run: ({ state }) => ({ state, move: { type: 'leave' } }) },
  ];
}

const closingKeys = { help: ['?'], explain: ['e', 'ctrl+x'], preview: ['p', 'ctrl+p'] } as const;

function scrolled(state: WizardState, pages: Pages, to: number, most: number): Step {
  return { state: replaced(state, { ...pages, top: Math.max(0, Math.min(to, most)) }) };
}

/** The rows of a text, wrapped. */
export function pageRows(text: readonly Paragraph[], width: number): Line[] {
  return text.flatMap(({ begin, text: words }) => (words.length === 0 ? [[]] : begin ? hang(begin, words, width) : wrap(words, width)));
}
