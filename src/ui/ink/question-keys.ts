import type { Change } from '../../core/interview.ts';
import type { Json } from '../../core/json.ts';
import type { Ask } from '../../core/view.ts';
import { explainPages } from './explain.ts';
import { edited, editingKeys, inputWith } from './input.ts';
import type { Binding, Press } from './keys.ts';
import { filtered, found, type ListState, movedTo, toggled } from './list.ts';
import { previewPages } from './preview.ts';
import { type Context, choicesOf, draftText, opened, type Step, type WizardState } from './state.ts';

/** A key of the wizard. */
export type WizardKey = Binding<Context, Step>;

/** The keys of a question: those of its list or its input, and those that every question has. */
export function questionKeys(context: Context): WizardKey[] {
  const { ask } = context.turn.view;
  if (!ask) return [];
  const typing = choicesOf(ask) === undefined || context.state.list.filtering;
  const own = choicesOf(ask) === undefined ? inputKeys(context, ask) : listKeys(context, ask);
  return [...own, ...commonKeys(context, ask, typing)];
}

const leave: WizardKey = {
  press: ['ctrl+c'],
  glyph: 'ctrl+c',
  does: 'save and leave',
  weight: 2,
  run: ({ state }) => ({ state, move: { type: 'leave' } }),
};

/** Keys that every question has; where letters are text they need ctrl. */
function commonKeys({ turn, state, seen }: Context, ask: Ask, typing: boolean): WizardKey[] {
  const { view } = turn;
  const key = (letter: string, control: string) =>
    typing ? { press: [`ctrl+${control}`], glyph: `ctrl+${control}` } : { press: [letter, `ctrl+${control}`], glyph: letter };
  const keys: WizardKey[] = [];
  if (view.preview.length > 0) {
    const does = state.preview && seen.preview ? 'hide preview' : 'preview';
    keys.push({ ...key('p', 'p'), does, weight: 6, run: (context) => ({ state: previewPressed(context) }) });
  }
  if (ask.facts.length > 0 || ask.why !== undefined) {
    keys.push({ ...key('e', 'x'), does: 'explain', weight: 5, run: (context) => ({ state: opened(context.state, explainPages(ask)) }) });
  }
  if (ask.value === undefined && ask.default !== undefined && state.input.text === '') {
    keys.push({
      ...key('d', 'd'),
      does: 'section defaults',
      weight: 8,
      run: (context) => ({ state: context.state, move: { type: 'defaults' } }),
    });
  }
  if (view.answers.length > 0)
    keys.push({
      ...key('r', 'r'),
      does: 'review',
      weight: 7,
      run: ({ state }) => ({ state: opened(state, { at: 'review', cursor: 0, top: 0 }) }),
    });
  return [...keys, leave];
}

function previewPressed({ turn, state, seen }: Context): WizardState {
  if (!state.preview || seen.preview) return { ...state, preview: !state.preview };
  return opened(state, previewPages(turn.view.preview));
}

function back({ turn, state }: Context): Step {
  return { state, ...(turn.view.number > 1 ? { move: { type: 'back' as const } } : {}) };
}

function backKey({ turn }: Context): WizardKey[] {
  return turn.view.number > 1 ? [{ press: ['esc'], glyph: 'esc', does: 'back', weight: 3, run: back }] : [];
}

function listKeys(context: Context, ask: Ask): WizardKey[] {
  const choices = choicesOf(ask) ?? [];
  const { list } = context.state;
  const hits = found(choices, list.filter);
  const here = hits[list.cursor];
  const open = here !== undefined && choices[here]?.refused === undefined;
  const many = ask.kind === 'choices';
  const keys: WizardKey[] = [...movingKeys(hits.length, list)];
  if (many && open) {
    keys.push({
      press: ['space'],
      glyph: 'space',
      does: list.marked.includes(here) ? 'unmark' : 'mark',
      weight: 1,
      run: ({ state }) => ({ state: freshly(state, { list: toggled(state.list, here) }) }),
    });
  }
  if (many || open) {
    keys.push({ press: ['enter'], glyph: '⏎', does: 'accept', weight: 0, run: (now) => give(now, ask, chosen(now.state, ask)) });
  }
  if (list.filtering) return [...keys, ...filterKeys(choices)];
  if (ask.kind === 'yes_no')
    keys.push(
      ...[true, false].map(
        (value): WizardKey => ({
          press: [value ? 'y' : 'n'],
          glyph: value ? 'y' : 'n',
          does: value ? 'yes' : 'no',
          weight: 1,
          run: (now) => give(now, ask, value),
        }),
      ),
    );
  keys.push(...backKey(context));
  if (choices.length > 8)
    keys.push({
      press: ['/'],
      glyph: '/',
      does: 'filter',
      weight: 4,
      run: ({ state }) => ({ state: { ...state, list: { ...state.list, filtering: true } } }),
    });
  if (list.filter !== '')
    keys.unshift({
      press: ['esc'],
      glyph: 'esc',
      does: 'show all',
      weight: 3,
      run: ({ state }) => ({ state: { ...state, list: filtered(state.list, '', choices) } }),
    });
  return keys;
}

function movingKeys(count: number, { cursor: at, filtering }: ListState): WizardKey[] {
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
    by(['up', ...(filtering ? [] : ['k'])], '↑', 'up', (cursor) => (cursor < 0 ? count - 1 : cursor - 1)),
    by(['down', ...(filtering ? [] : ['j'])], '↑↓', 'choose', (cursor) => cursor + 1, 1),
    by(['pageup'], 'pgup', 'a page up', (cursor, page) => cursor - page),
    by(['pagedown'], 'pgdn', 'a page down', (cursor, page) => cursor + page),
    by(['home'], 'home', 'first', () => 0),
    by(['end'], 'end', 'last', () => count - 1),
  ];
}

function filterKeys(choices: readonly Parameters<typeof found>[0][number][]): WizardKey[] {
  const filter = (state: WizardState, text: string): Step => ({ state: { ...state, list: filtered(state.list, text, choices) } });
  return [
    {
      press: ['esc'],
      glyph: 'esc',
      does: 'end filter',
      weight: 3,
      run: ({ state }) => ({ state: { ...state, list: { ...filtered(state.list, '', choices), filtering: false } } }),
    },
    { press: ['backspace'], glyph: '⌫', does: 'delete', run: ({ state }) => filter(state, state.list.filter.slice(0, -1)) },
    { press: ['ctrl+u', 'ctrl+w'], glyph: 'ctrl+u', does: 'clear the filter', run: ({ state }) => filter(state, '') },
    {
      press: ['text', 'space', 'paste'],
      glyph: 'a–z',
      does: 'filter',
      run: ({ state }, press) => filter(state, state.list.filter + (press.text ?? '')),
    },
  ];
}

/** The value that a list stands at. */
function chosen({ list }: WizardState, ask: Ask): Json {
  const choices = choicesOf(ask) ?? [];
  if (ask.kind === 'choices') return list.marked.flatMap((index) => choices[index]?.value ?? []);
  return choices[found(choices, list.filter)[list.cursor] ?? -1]?.value ?? null;
}

function inputKeys(context: Context, ask: Ask): WizardKey[] {
  const { state } = context;
  const { input } = state;
  const empty = input.text === '';
  const offered = ask.default !== undefined;
  const keys: WizardKey[] = [];
  if (!empty || offered) {
    // Enter on a draft that is refused says so louder, but the bar must not promise more.
    const fine = state.problems.every(({ level }) => level === 'warn');
    keys.push({
      press: ['enter'],
      glyph: '⏎',
      does: 'accept',
      ...(fine ? { weight: 0 } : {}),
      run: (now) => give(now, ask, empty ? (ask.default ?? null) : input.text),
    });
  }
  if (empty && offered && ask.default !== null && draftText(ask.default ?? null) !== '') {
    keys.push({
      press: ['tab', 'right'],
      glyph: 'tab',
      does: 'edit it',
      weight: 2,
      run: (now) => ({ state: drafted(now, ask, inputWith(draftText(ask.default ?? null))) }),
    });
  }
  if (ask.optional && (!empty || (offered && draftText(ask.default ?? null) !== ''))) {
    keys.push({ press: ['ctrl+n'], glyph: 'ctrl+n', does: 'none', weight: 4, run: (now) => give(now, ask, null) });
  }
  keys.push(...backKey(context));
  if (!empty) keys.push({ press: ['ctrl+u'], glyph: 'ctrl+u', does: 'clear', weight: 9, run: (now, press) => typed(now, ask, press) });
  return [
    ...keys,
    { press: [...editingKeys, 'text', 'space', 'paste'], glyph: 'a–z', does: 'type', run: (now, press) => typed(now, ask, press) },
  ];
}

function typed(context: Context, ask: Ask, press: Press): Step {
  const text = press.id === 'paste' ? { ...press, text: pasted(press.text ?? '', ask) } : press;
  return { state: drafted(context, ask, edited(context.state.input, text)) };
}

/** Pasted lines become entries of a list, or one line. */
function pasted(text: string, ask: Ask): string {
  const parts = text
    .split(/[\r\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.join(['texts', 'cidrs', 'tags'].includes(ask.kind) ? ', ' : ' ');
}

/** The state with another draft; what is wrong with it is looked up only when the text changed. */
function drafted({ turn, state }: Context, ask: Ask, input: WizardState['input']): WizardState {
  if (input.text === state.input.text) return { ...state, input };
  const problems = input.text.trim() === '' ? [] : turn.attempt({ type: 'answer', key: ask.key, value: input.text }).refused;
  return { ...state, input, problems, insisted: false };
}

/** The state after a move in a list: what was wrong with another choice no longer matters. */
function freshly(state: WizardState, change: Partial<WizardState>): WizardState {
  return { ...state, problems: [], insisted: false, ...change };
}

/** Gives an answer: refused ones stay on the screen with the reason, and what an edit changes besides is shown first. */
function give({ turn, state }: Context, ask: Ask, value: Json): Step {
  const move = { type: 'answer', key: ask.key, value } as const;
  const { refused, changes } = turn.attempt(move);
  if (refused.length > 0) return { state: { ...state, problems: refused, insisted: true } };
  return needsConsent(ask, changes) ? { state: opened(state, { at: 'confirm', move, changes }) } : { state, move };
}

function needsConsent(ask: Ask, changes: readonly Change[]): boolean {
  return changes.some(({ what }) => ask.value !== undefined || what === 'set aside' || what === 'no longer valid');
}
