import { edited, editingKeys, type InputState, inputRow, inputWith } from './input.ts';
import type { Binding, Press } from './keys.ts';
import { cut, type Line } from './text.ts';

/** The words that filter a list, and whether they are being typed. */
export interface Filter {
  readonly input: InputState;
  readonly typing: boolean;
}

/** A filter that waits for its first word. */
export const openFilter: Filter = { input: inputWith(''), typing: true };

/** The words of a filter, in small letters. */
export function wordsOf(filter: Filter | undefined): readonly string[] {
  return (filter?.input.text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Whether a text has every word of a filter. */
export function hasWords(text: string, words: readonly string[]): boolean {
  const small = words.length === 0 ? '' : text.toLowerCase();
  return words.every((word) => small.includes(word));
}

/** The row in which the words are typed, with the place of the cursor. */
export function filterLine(filter: Filter, width: number): { readonly row: Line; readonly x?: number } {
  const { row, x } = inputRow(filter.input, 'words that a line has', width);
  // A slash stands where other inputs have their sign.
  return { row: cut([{ text: '/ ', tone: 'chosen' }, ...row.slice(1)], width), ...(filter.typing ? { x } : {}) };
}

/** The key that opens a filter, or those of one that is open; `to` gets the filter that follows, or undefined for none, and `weight` is the key's place in the bar. */
export function filterKeys<Context, Step>(
  filter: Filter | undefined,
  to: (context: Context, filter: Filter | undefined) => Step,
  weight = 5,
): Binding<Context, Step>[] {
  const find: Binding<Context, Step> = {
    press: ['/'],
    glyph: '/',
    does: 'filter',
    weight,
    run: (context) => to(context, { ...(filter ?? openFilter), typing: true }),
  };
  const clear: Binding<Context, Step> = {
    press: ['esc'],
    glyph: 'esc',
    does: 'no filter',
    weight: 1,
    run: (context) => to(context, undefined),
  };
  if (!filter) return [find];
  if (!filter.typing) return [find, clear];
  return [
    {
      press: ['enter'],
      glyph: '⏎',
      does: 'keep the words',
      weight: 0,
      run: (context) => to(context, wordsOf(filter).length === 0 ? undefined : { ...filter, typing: false }),
    },
    clear,
    {
      press: ['text', 'paste', 'space', ...editingKeys],
      glyph: 'a–z',
      does: 'filter',
      weight: 2,
      run: (context: Context, press: Press) => to(context, { ...filter, input: edited(filter.input, press) }),
    },
  ];
}
