import type { Key } from 'ink';

/** One key as the screens know it: a name such as up, enter, ctrl+p or the letter, and the text that it types. */
export interface Press {
  readonly id: string;
  readonly text?: string;
}

const named = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, string])[];

const controls: Readonly<Record<string, string>> = { '\r': 'enter', '\n': 'enter', '\t': 'tab', '\u007F': 'backspace', '\b': 'backspace' };

/** The keys in what Ink hands over: usually one, but keys that were typed fast come in one piece. */
export function pressesOf(input: string, key: Key): Press[] {
  if (key.eventType === 'release') return [];
  const name = named.find(([flag]) => key[flag] === true)?.[1];
  if (name !== undefined) return [{ id: key.shift && name === 'tab' ? 'shift+tab' : name }];
  if (key.ctrl) return [{ id: `ctrl+${input}` }];
  if (key.meta) return [{ id: `alt+${input}` }];
  return Array.from(input, pressOf);
}

function pressOf(character: string): Press {
  const known = controls[character];
  if (known !== undefined) return { id: known };
  const code = character.codePointAt(0) ?? 0;
  if (code < 27) return { id: `ctrl+${String.fromCodePoint(code + 96)}` };
  if (code > 27 && code < 32) return { id: `ctrl+${String.fromCodePoint(code + 64)}` };
  return code < 32 ? { id: 'unknown' } : { id: character === ' ' ? 'space' : character, text: character };
}

/** The screen's keys: which they are, how the key bar names them, and what they do. The bar and the keyboard read the same list. */
export interface Binding<Context, Step> {
  readonly press: readonly string[];
  /** How the bar shows the key, such as ↑↓; absent for keys that only the help lists. */
  readonly glyph: string;
  readonly does: string;
  /** Lower numbers stay in the bar when it is narrow; none keeps the key out of it. */
  readonly weight?: number;
  readonly run: (context: Context, press: Press) => Step;
}

/** A key that is a letter, but needs ctrl where letters are text. */
export function letterOr(letter: string, control: string, typing: boolean): Pick<Binding<never, never>, 'press' | 'glyph'> {
  const glyph = `ctrl+${control}`;
  return typing ? { press: [glyph], glyph } : { press: [letter, glyph], glyph: letter };
}

/** The binding of a key, or undefined when it does nothing here. */
export function bindingFor<Context, Step>(bindings: readonly Binding<Context, Step>[], press: Press): Binding<Context, Step> | undefined {
  const exact = bindings.find((one) => one.press.includes(press.id));
  return exact ?? (press.text === undefined ? undefined : bindings.find((one) => one.press.includes('text')));
}
