import type { Entry } from '../../core/entries.ts';
import type { Json } from '../../core/json.ts';
import type { Ask } from '../../core/view.ts';
import { textOf } from '../../core/words.ts';

/** What a typed line means. */
export type Typed =
  | { readonly type: 'nothing' }
  | { readonly type: 'answer'; readonly text: string; readonly literal: boolean }
  | { readonly type: 'command'; readonly name: Command }
  | { readonly type: 'edit'; readonly what: string }
  /** Everything that is proposed, of what remains. */
  | { readonly type: 'all' }
  | { readonly type: 'find'; readonly text: string }
  /** A word to be explained. */
  | { readonly type: 'word'; readonly text: string };

const commands = [
  'help',
  'again',
  'list',
  'back',
  'undo',
  'glossary',
  'defaults',
  'review',
  'explain',
  'checklist',
  'network',
  'plan',
  'permissions',
  'preview',
  'refresh',
  'take',
  'leave',
  'write',
  'rehearse',
  'run',
] as const;

/** A word that is no answer. */
export type Command = (typeof commands)[number];

/** Reads a typed line: a command, `defaults all`, `edit KEY`, `glossary WORD`, or an answer; `=` in front makes anything an answer. */
export function typedOf(line: string): Typed {
  const text = line.trim();
  if (text === '') return { type: 'nothing' };
  if (text.startsWith('=')) return { type: 'answer', text: text.slice(1), literal: true };
  if (text === '?') return { type: 'command', name: 'help' };
  const command = commands.find((name) => name === text.toLowerCase());
  if (command) return { type: 'command', name: command };
  if (/^defaults\s+all$/i.test(text)) return { type: 'all' };
  const find = /^list\s+(.*)$/i.exec(text);
  if (find) return { type: 'find', text: find[1] ?? '' };
  const word = /^glossary\s+(.*)$/i.exec(text);
  if (word) return { type: 'word', text: word[1] ?? '' };
  const edit = /^edit(?:\s+(.*))?$/i.exec(text);
  return edit ? { type: 'edit', what: edit[1] ?? '' } : { type: 'answer', text, literal: false };
}

/** The value that a typed text means at a question: numbers stand for choices, unless `=` says that they are meant literally. */
export function meantBy(ask: Ask, typed: { readonly text: string; readonly literal: boolean }): Json {
  const one = (text: string): Json => chosen(ask, text, typed.literal) ?? text;
  if (ask.kind === 'choice') return one(typed.text);
  if (ask.kind !== 'choices') return typed.text;
  const parts = typed.text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (!typed.literal && /^all$/i.test(typed.text) && chosen(ask, 'all', true) === undefined) return numbered(ask).map(({ value }) => value);
  const onlyNumbers = !typed.literal && /^\d+(?:\s+\d+)+$/.test(typed.text);
  return (onlyNumbers ? typed.text.split(/\s+/) : parts).map(one);
}

function chosen(ask: Ask, text: string, literal: boolean): Json | undefined {
  const number = !literal && /^\d{1,4}$/.test(text) ? numbered(ask)[Number(text) - 1] : undefined;
  const byLabel = ask.choices.find(({ label }) => label.toLowerCase() === text.toLowerCase());
  return (number ?? ask.choices.find(({ value }) => textOf(value) === text) ?? byLabel)?.value;
}

/** Whether a question that can be typed offers what exists in Azure too. */
export function hasList({ kind, live }: Ask): boolean {
  return kind !== 'choice' && live?.state === 'there';
}

/** What is read out at a question: its choices, or what exists. */
export function offeredAt(ask: Ask): Ask['choices'] {
  return hasList(ask) ? (ask.live?.entries ?? []) : ask.choices;
}

/** What has a number: whatever can be taken now. */
export function numbered(ask: Ask): Ask['choices'] {
  return offeredAt(ask).filter(({ refused }) => refused === undefined);
}

/** What exists and a typed number stands for; a number after `=` is a name. */
export function entryMeant(ask: Ask, { text, literal }: { readonly text: string; readonly literal: boolean }): Entry | undefined {
  if (!hasList(ask) || literal || !/^\d{1,5}$/.test(text)) return undefined;
  return (ask.live?.entries ?? []).filter(({ refused }) => refused === undefined)[Number(text) - 1];
}

/** The numbers of the choices whose label or value holds a text. */
export function choicesWith(ask: Ask, text: string): number[] {
  const wanted = text.toLowerCase();
  return numbered(ask).flatMap(({ label, value }, index) =>
    `${label}\n${textOf(value)}`.toLowerCase().includes(wanted) ? [index + 1] : [],
  );
}

/** Whether a line is one of the words. */
export function isCommand(line: string, name: Command): boolean {
  const typed = typedOf(line);
  return typed.type === 'command' && typed.name === name;
}
