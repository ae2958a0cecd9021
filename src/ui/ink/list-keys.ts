import type { Offered } from '../../core/answers.ts';
import type { Ask } from '../../core/view.ts';
import { backKey, give, giveEntry, saysWhatIsMissing } from './answering.ts';
import { choicesOf, isFound, mayBeFound, type Row } from './choosing.ts';
import type { Press } from './keys.ts';
import { filtered, findingIn, found, type ListState, movedTo, toggled, unfiltered } from './list.ts';
import type { WizardKey } from './question-keys.ts';
import type { Context, Step, WizardState } from './state.ts';
import { clean, graphemes } from './text.ts';

/** The keys of a question that is answered from a list. */
export function listKeys(context: Context, ask: Ask): WizardKey[] {
  const choices = choicesOf(ask, context.state) ?? [];
  const { list } = context.state;
  const hits = found(choices, list.filter);
  const here = hits[list.cursor];
  const open = here !== undefined && choices[here]?.refused === undefined;
  const many = ask.kind === 'choices';
  const byTyping = isFound(choices) || list.finding === true;
  const keys: WizardKey[] = [...movingKeys(hits.length, list, byTyping)];
  if (many) keys.push(...(open ? [markKey(here)] : []), allKey(choices, byTyping));
  if (many || open) keys.push(acceptKey(choices[here ?? -1], ask));
  else if (here === undefined) keys.push(saysWhatIsMissing('Choose one first.', ask));
  if (byTyping) return [...keys, ...(isFiltered(list) ? clearKeys(choices) : backKey(context)), ...filterKeys(choices, many)];
  return [...keys, ...yesNoKeys(ask), ...backKey(context), ...numberKeys(choices, many), ...(mayBeFound(choices) ? [findKey] : [])];
}

function markKey(here: number): WizardKey {
  return {
    press: ['space'],
    glyph: 'space',
    // The same at every row, so that the bar is not painted with every move.
    does: 'toggle',
    weight: 1,
    run: ({ state }) => ({ state: freshly(state, { list: toggled(state.list, here) }) }),
  };
}

function yesNoKeys(ask: Ask): WizardKey[] {
  if (ask.kind !== 'yes_no') return [];
  const key = (letter: string, does: string, value: boolean): WizardKey => ({
    press: [letter],
    glyph: letter,
    does,
    weight: 1,
    run: (now) => give(now, ask, value),
  });
  return [key('y', 'yes', true), key('n', 'no', false)];
}

const findKey: WizardKey = {
  press: ['/'],
  glyph: '/',
  does: 'filter',
  weight: 8,
  run: ({ state }) => ({ state: { ...state, list: findingIn(state.list) } }),
};

/** Marks everything that can be taken, or nothing when all of it is marked. */
function allKey(choices: readonly Offered[], byTyping: boolean): WizardKey {
  const open = choices.flatMap(({ refused }, index) => (refused === undefined ? [index] : []));
  const press = byTyping ? { press: ['ctrl+a'], glyph: 'ctrl+a' } : { press: ['a', 'ctrl+a'], glyph: 'a' };
  const run = ({ state }: Context): Step => {
    const marked = open.every((index) => state.list.marked.includes(index)) ? [] : open;
    return { state: freshly(state, { list: { ...state.list, marked } }) };
  };
  return { ...press, does: 'mark all', weight: 2, run };
}

/** In a list that is seen whole, a number goes to its row. */
function numberKeys(choices: readonly Offered[], many: boolean): WizardKey[] {
  if (choices.length < 2) return [];
  const press = choices.map((_, index) => String(index + 1));
  const run = ({ state, seen }: Context, { id }: Press): Step => ({
    state: freshly(state, { list: movedTo(state.list, Number(id) - 1, choices.length, seen.page) }),
  });
  return [{ press, glyph: `1–${choices.length}`, does: many ? 'go to that row' : 'choose that row', run }];
}

function movingKeys(count: number, { cursor: at }: ListState, byTyping: boolean): WizardKey[] {
  if (count === 0 || (count === 1 && at === 0)) return [];
  const by = (
    press: readonly string[],
    glyph: string,
    does: string,
    to: (cursor: number, page: number) => number,
    weight?: number,
  ): WizardKey => ({
    press,
    glyph,
    does,
    ...(weight === undefined ? {} : { weight }),
    run: ({ state, seen }) => ({
      state: freshly(state, { list: movedTo(state.list, to(state.list.cursor, seen.page), count, seen.page) }),
    }),
  });
  return [
    by(['up', ...(byTyping ? [] : ['k'])], '↑', 'up', (cursor) => (cursor < 0 ? count - 1 : cursor - 1)),
    by(['down', ...(byTyping ? [] : ['j'])], '↑↓', 'choose', (cursor) => cursor + 1, 1),
    by(['pageup'], 'pgup', 'a page up', (cursor, page) => cursor - page),
    by(['pagedown'], 'pgdn', 'a page down', (cursor, page) => cursor + page),
    by(['home'], 'home', 'first', () => 0),
    by(['end'], 'end', 'last', () => count - 1),
  ];
}

function filterTo(state: WizardState, text: string, choices: readonly Offered[]): Step {
  return { state: freshly(state, { list: filtered(state.list, text, choices) }) };
}

function clearKeys(choices: readonly Offered[]): WizardKey[] {
  const clear = ({ state }: Context): Step => ({ state: freshly(state, { list: unfiltered(state.list, choices) }) });
  return [{ press: ['esc', 'ctrl+u', 'ctrl+w'], glyph: 'esc', does: 'show all', weight: 3, run: clear }];
}

/** Letters find; a slash before them, as in other programs, is no part of the words. */
function filterKeys(choices: readonly Offered[], many: boolean): WizardKey[] {
  return [
    {
      press: ['backspace'],
      glyph: '⌫',
      does: 'delete',
      run: ({ state }) => filterTo(state, graphemes(state.list.filter).slice(0, -1).join(''), choices),
    },
    {
      press: ['text', 'paste', ...(many ? [] : ['space'])],
      glyph: 'a–z',
      does: 'filter',
      weight: 2,
      run: ({ state }, press) => filterTo(state, wordsAfter(state.list.filter, press), choices),
    },
  ];
}

function wordsAfter(filter: string, { text = '' }: Press): string {
  return `${filter}${clean(text)}`.replace(/^[/\s]+/, '');
}

function isFiltered({ filter, finding }: ListState): boolean {
  return filter !== '' || finding === true;
}

function acceptKey(row: Row | undefined, ask: Ask): WizardKey {
  return { press: ['enter'], glyph: '⏎', does: row?.types ? 'type' : 'accept', weight: 0, run: (now) => accepted(now, ask) };
}

/** Enter at a row: the answer that it is, or an input for another one. */
function accepted(context: Context, ask: Ask): Step {
  const { list } = context.state;
  const choices = choicesOf(ask, context.state) ?? [];
  if (ask.kind === 'choices')
    return give(
      context,
      ask,
      list.marked.flatMap((index) => choices[index]?.value ?? []),
    );
  const row = choices[found(choices, list.filter)[list.cursor] ?? -1];
  if (row?.types) return { state: freshly(context.state, { typing: true }) };
  return row?.entry ? giveEntry(context, ask, row.entry) : give(context, ask, row?.value ?? null);
}

/** The state after a move in a list: what was wrong with another choice no longer matters. */
function freshly(state: WizardState, change: Partial<WizardState>): WizardState {
  return { ...state, problems: [], insisted: false, ...change };
}
