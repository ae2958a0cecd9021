import type { Change, Move } from '../../core/interview.ts';
import { isObject, type Json, sameJson } from '../../core/json.ts';
import type { Problem } from '../../core/rules.ts';
import type { Ask } from '../../core/view.ts';
import type { Turn } from '../ui.ts';
import { choicesOf, standingAt } from './choosing.ts';
import type { Filter } from './filter.ts';
import { type InputState, inputWith } from './input.ts';
import { found, type ListState, listAt } from './list.ts';
import type { Line } from './text.ts';

/** What stands on the screen: the question or the review at the bottom, and what was opened over it. */
export type Layer =
  | { readonly at: 'question' }
  | { readonly at: 'review'; readonly cursor: number; readonly top: number; readonly filter?: Filter }
  | { readonly at: 'confirm'; readonly move: Move; readonly changes: readonly Change[] }
  | {
      readonly at: 'pages';
      readonly what: 'help' | 'explain' | 'preview' | 'network' | 'edited' | 'proposals';
      readonly title: string;
      readonly text: readonly Paragraph[];
      readonly top: number;
      /** The words that its paragraphs have to have. */
      readonly filter?: Filter;
      /** The file that cannot be taken, to go on with it. */
      readonly again?: string;
      /** What a yes to the text does. */
      readonly move?: Move;
    };

/** A paragraph of a page that is wrapped when it is shown; `begin` stands before it and the rest hangs below. */
export interface Paragraph {
  readonly begin?: Line;
  readonly text: Line;
}

/** All that a person did since the question came up. */
export interface WizardState {
  readonly layers: readonly Layer[];
  readonly preview: boolean;
  readonly list: ListState;
  readonly input: InputState;
  /** The answer is typed, though there is a list of what exists. */
  readonly typing: boolean;
  /** What is wrong with the draft. */
  readonly problems: readonly Problem[];
  /** Enter was pressed on a draft that is refused. */
  readonly insisted: boolean;
  /** What the last move changed besides. */
  readonly notice: readonly string[];
}

/** What the last painted screen had room for; keys that scroll need it. */
export interface Seen {
  readonly page: number;
  readonly count: number;
  readonly preview: boolean;
}

/** What a key works on. */
export interface Context {
  readonly turn: Turn;
  readonly state: WizardState;
  readonly seen: Seen;
}

/** What a key leads to: another state, and perhaps a move that ends the turn. */
export interface Step {
  readonly state: WizardState;
  readonly move?: Move;
  /** A text for the clipboard. */
  readonly copy?: string | Promise<string>;
  /** A text for the editor: the answers as a file. */
  readonly edit?: string | Promise<string>;
}

/** The state with which a turn begins; whether previews are wanted lives on, and the review begins at a line. */
export function begin(turn: Turn, preview: boolean, notice: readonly string[], line = 0): WizardState {
  const { ask } = turn.view;
  return {
    layers: [ask ? { at: 'question' } : { at: 'review', cursor: line, top: 0 }],
    preview,
    list: ask ? listFor(ask) : listAt(-1),
    typing: false,
    input: inputWith(ask ? startText(ask) : ''),
    problems: ask?.problems ?? [],
    insisted: false,
    notice,
  };
}

/** The layer on top. */
export function topOf(state: WizardState): Layer {
  return state.layers[state.layers.length - 1] ?? { at: 'question' };
}

/** The state with another layer on top. */
export function opened(state: WizardState, layer: Layer): WizardState {
  return { ...state, layers: [...state.layers, layer] };
}

/** The state without the layer on top. */
export function closed(state: WizardState): WizardState {
  return { ...state, layers: state.layers.slice(0, -1) };
}

/** The state with the layer on top replaced. */
export function replaced(state: WizardState, layer: Layer): WizardState {
  return { ...state, layers: [...state.layers.slice(0, -1), layer] };
}

/** What Enter accepts in an empty input: no answer where none was the answer, otherwise what is proposed. */
export function offeredOf(ask: Ask): Json | undefined {
  return ask.value !== undefined && draftText(ask.value) === '' ? ask.value : ask.default;
}

function listFor(ask: Ask): ListState {
  const choices = choicesOf(ask, { typing: false });
  if (!choices) return listAt(-1);
  const at = standingAt(ask, choices);
  if (ask.kind === 'choices') return listAt(0, at);
  // Nobody can answer a question without a default for the person: Enter alone must not.
  return listAt(at[0] ?? -1);
}

/** The state of a turn after something came from Azure: what a person did meanwhile stays. */
export function updated(state: WizardState, before: Turn, now: Turn): WizardState {
  const [old, ask] = [before.view.ask, now.view.ask];
  if (!old || !ask) return state;
  const [rows, next] = [choicesOf(old, state), choicesOf(ask, state)];
  // Who has begun to type goes on typing; a key leads to the list.
  if (!rows && next && state.input.text !== startText(ask)) return { ...state, typing: true };
  if (!next || rows === next) return state;
  if (!rows) return { ...state, list: listFor(ask) };
  const row = rows[found(rows, state.list.filter)[state.list.cursor] ?? -1];
  const hits = found(next, state.list.filter);
  const at = hits.findIndex(
    (index) => row !== undefined && next[index]?.label === row.label && sameJson(next[index]?.value ?? null, row.value),
  );
  return { ...state, list: { ...state.list, cursor: at, top: at < 0 ? 0 : state.list.top } };
}

function startText(ask: Ask): string {
  return ask.value === undefined ? '' : draftText(ask.value);
}

/** A value as a person would type it. */
export function draftText(value: Json): string {
  if (value === null) return '';
  if (Array.isArray(value)) return (value as Json[]).map(draftText).join(', ');
  if (isObject(value))
    return Object.entries(value)
      .map(([name, one]) => `${name}=${draftText(one)}`)
      .join(', ');
  return String(value);
}
