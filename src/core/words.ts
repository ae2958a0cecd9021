import type { Json } from './json.ts';
import { isObject } from './json.ts';
import { closingBrace, parseTemplate, type TemplatePart } from './template.ts';

/** A command as it stands in a .az file: words that still hold expressions. */
export interface CommandTemplate {
  readonly line: number;
  readonly words: readonly (readonly TemplatePart[])[];
}

/** A part of a word: fixed text, a named value (a variable of a script), what an earlier step tells at run time, or a value that is not known yet. */
export type Part =
  | { readonly text: string }
  | { readonly output: string }
  | { readonly name: string; readonly value: string; readonly made?: readonly Part[] }
  | { readonly missing: string };

/** One argument of a command; it stays one argument in every rendering. */
export type Word = readonly Part[];

/** What an expression of a word comes to: parts, a list or map to spread, nothing, or not known yet. */
export type Resolved = { readonly parts: Word } | { readonly value: Json } | { readonly missing: string };

const parsed = new Map<string, readonly CommandTemplate[]>();

/** Reads a .az file, once for each text: a command starts at the margin, indented lines continue it, # starts a comment line. */
export function parseCommands(text: string): readonly CommandTemplate[] {
  const known = parsed.get(text) ?? readCommands(text);
  parsed.set(text, known);
  return known;
}

function readCommands(text: string): CommandTemplate[] {
  const commands: { line: number; source: string }[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const last = commands[commands.length - 1];
    if (/^\s/.test(line) && last) last.source += ` ${line.trim()}`;
    else commands.push({ line: index + 1, source: line.trim() });
  });
  return commands.map(({ line, source }) => ({ line, words: splitWords(source).map(parseTemplate) }));
}

/** Splits at white space outside quotes and expressions; quotes hold words with spaces and are dropped. */
function splitWords(source: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < source.length; ) {
    const piece = pieceAt(source, at);
    if (piece.text !== undefined) word = (word ?? '') + piece.text;
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
    at = piece.next;
  }
  return word === undefined ? words : [...words, word];
}

/** The next expression, quoted text or character; without text it is white space. */
function pieceAt(source: string, at: number): { readonly text?: string; readonly next: number } {
  const character = source[at] ?? '';
  if (/\s/.test(character)) return { next: at + 1 };
  if (source.startsWith('${', at)) {
    const close = closingBrace(source, at + 2);
    return { text: source.slice(at, close + 1), next: close + 1 };
  }
  if (character !== '"') return { text: character, next: at + 1 };
  const close = source.indexOf('"', at + 1);
  if (close < 0) throw new Error('a quote is not closed');
  return { text: source.slice(at + 1, close), next: close + 1 };
}

/**
 * Fills the words of a command. A list spreads to words, a map to `key=value` words; a switch leaves its flag alone or takes it away;
 * an absent value vanishes and takes the flag before it along when nothing else follows that flag.
 */
export function fillWords(command: CommandTemplate, resolve: (expression: string) => Resolved): Word[] {
  const filled: { word: Word; flag: boolean; empty?: boolean }[] = [];
  for (const template of command.words) {
    const [only] = template;
    const hole = template.length === 1 && only && 'expression' in only ? only : undefined;
    const words = hole
      ? wordsOf(hole, resolve(hole.expression))
      : [isFixed(template) ? template : template.flatMap((part) => partsOf(part, resolve))];
    const last = filled.at(-1);
    if (words !== 'drop') filled.push(...words.map((word) => ({ word, flag: isFlag(template) })));
    else if (last?.flag) last.empty = true;
  }
  const alone = (index: number) => filled[index + 1]?.flag ?? true;
  return filled.filter(({ empty }, index) => !(empty && alone(index))).map(({ word }) => word);
}

function isFixed(template: readonly TemplatePart[]): template is readonly { readonly text: string }[] {
  return template.every((part) => 'text' in part);
}

function isFlag(template: readonly TemplatePart[]): boolean {
  const first = template[0];
  return template.length === 1 && first !== undefined && 'text' in first && first.text.startsWith('-');
}

/** The words that one expression comes to; `drop` takes the flag before it away. */
function wordsOf(part: Extract<TemplatePart, { expression: string }>, resolved: Resolved): readonly Word[] | 'drop' {
  if ('missing' in resolved) return [[{ missing: resolved.missing }]];
  if ('parts' in resolved) return part.how === 'switch' ? switched(wordText(resolved.parts) === 'true') : [resolved.parts];
  const { value } = resolved;
  if (part.how === 'switch') return switched(value === true);
  if (part.how === 'value') return value === null || value === '' ? 'drop' : [[{ text: textOf(value) }]];
  const words = spread(value);
  return words.length === 0 ? 'drop' : words;
}

function switched(on: boolean): readonly Word[] | 'drop' {
  return on ? [] : 'drop';
}

function spread(value: Json): Word[] {
  if (value === null) return [];
  if (Array.isArray(value)) return (value as Json[]).map((one) => [{ text: textOf(one) }]);
  if (isObject(value)) {
    return Object.entries(value)
      .filter(([, one]) => one !== null)
      .map(([key, one]) => [{ text: `${key}=${textOf(one)}` }]);
  }
  return [[{ text: textOf(value) }]];
}

function partsOf(part: TemplatePart, resolve: (expression: string) => Resolved): readonly Part[] {
  if ('text' in part) return [part];
  const resolved = resolve(part.expression);
  if ('parts' in resolved) return resolved.parts;
  if ('missing' in resolved) return [{ missing: resolved.missing }];
  return resolved.value === null ? [] : [{ text: textOf(resolved.value) }];
}

/** The text that az is given for a value. */
export function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The argument as it reaches the process; undefined while a part is missing. */
export function wordText(word: Word): string | undefined {
  let text = '';
  for (const part of word) {
    if ('missing' in part || 'output' in part) return undefined;
    text += 'text' in part ? part.text : part.value;
  }
  return text;
}
