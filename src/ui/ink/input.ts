import type { Press } from './keys.ts';
import { clean, graphemes, type Line, type Span, widthOf } from './text.ts';

/** A line of text that is being typed; the cursor counts characters as a person sees them. */
export interface InputState {
  readonly text: string;
  readonly at: number;
}

/** An input that holds a text, with the cursor behind it. */
export function inputWith(text: string): InputState {
  return { text, at: graphemes(text).length };
}

/** The keys that edit a text, beside those that type. */
export const editingKeys = [
  'left',
  'right',
  'home',
  'end',
  'backspace',
  'delete',
  'ctrl+a',
  'ctrl+e',
  'ctrl+w',
  'ctrl+u',
  'ctrl+k',
  'alt+b',
  'alt+f',
  'alt+backspace',
] as const;

/** The input after a key; the same input when the key changes nothing. */
export function edited(input: InputState, press: Press): InputState {
  const all = graphemes(input.text);
  const { at } = input;
  switch (press.id) {
    case 'left':
      return moved(input, at - 1, all.length);
    case 'right':
      return moved(input, at + 1, all.length);
    case 'home':
    case 'ctrl+a':
      return moved(input, 0, all.length);
    case 'end':
    case 'ctrl+e':
      return moved(input, all.length, all.length);
    case 'alt+b':
      return moved(input, wordStart(all, at), all.length);
    case 'alt+f':
      return moved(input, wordEnd(all, at), all.length);
    case 'backspace':
      return without(all, at - 1, at);
    case 'delete':
      return without(all, at, at + 1);
    case 'ctrl+w':
    case 'alt+backspace':
      return without(all, wordStart(all, at), at);
    case 'ctrl+u':
      return without(all, 0, at);
    case 'ctrl+k':
      return without(all, at, all.length);
    default:
      return press.text === undefined ? input : typed(all, at, press.text);
  }
}

function moved(input: InputState, to: number, length: number): InputState {
  const at = Math.min(Math.max(0, to), length);
  return at === input.at ? input : { ...input, at };
}

function without(all: readonly string[], from: number, to: number): InputState {
  const start = Math.max(0, from);
  return { text: [...all.slice(0, start), ...all.slice(to)].join(''), at: start };
}

function typed(all: readonly string[], at: number, text: string): InputState {
  const before = all.slice(0, at).join('') + clean(text);
  return { text: before + all.slice(at).join(''), at: graphemes(before).length };
}

function wordStart(all: readonly string[], at: number): number {
  let start = at;
  while (start > 0 && /[\s,]/.test(all[start - 1] ?? '')) start--;
  while (start > 0 && !/[\s,]/.test(all[start - 1] ?? '')) start--;
  return start;
}

function wordEnd(all: readonly string[], at: number): number {
  let end = at;
  while (end < all.length && /[\s,]/.test(all[end] ?? '')) end++;
  while (end < all.length && !/[\s,]/.test(all[end] ?? '')) end++;
  return end;
}

/** The row of an input: the part of the text around the cursor that fits, or what Enter would accept while it is empty. */
export function inputRow(input: InputState, offered: string, width: number): { readonly row: Line; readonly x: number } {
  const prompt: Span = { text: '❯ ', tone: 'chosen' };
  const room = Math.max(2, width - 3);
  if (input.text === '') return { row: [prompt, { text: offered, tone: 'dim' }], x: 2 };
  const all = graphemes(input.text);
  const from = firstShown(all, input.at, room);
  // No more than fits has to be cut afterwards.
  const shown = all.slice(from, from + room + 1).join('');
  const left: Line = from > 0 ? [{ text: '…', tone: 'dim' }] : [];
  return { row: [prompt, ...left, { text: shown, tone: 'strong' }], x: 2 + left.length + widthOf(all.slice(from, input.at).join('')) };
}

/** The first character in sight, so that the cursor is the last; one column less where … stands before it. */
function firstShown(all: readonly string[], at: number, room: number): number {
  let from = at;
  let used = 0;
  while (from > 0) {
    used += widthOf(all[from - 1] ?? '');
    if (used > room - (from > 1 ? 1 : 0)) break;
    from--;
  }
  return from;
}
