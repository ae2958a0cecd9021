import type { Catalog } from './catalog.ts';
import type { Json, JsonObject } from './json.ts';
import type { Field, Group, Topic } from './schema.ts';
import { fillTemplate } from './template.ts';
import { textOf } from './words.ts';

/** Answers by key; a key is a question's id, or group.row.field for a row of a group. */
export type Answers = Readonly<Record<string, Json>>;

/** A question as it is asked: a field of a group once for each row, and after each row whether there is another. */
export interface Asked {
  readonly key: string;
  readonly topic: Topic;
  readonly question: Field;
  readonly row?: { readonly group: Group; readonly index: number };
  /** Nobody gave its answer: the default was taken, as the question is quiet now. */
  readonly quiet?: true;
}

/** The key of the question after a row: whether there is another. */
export function anotherKey(group: Pick<Group, 'id'>, index: number): string {
  return `${group.id}.${index}.more`;
}

/** The yes or no question that follows each row of a group. */
export function anotherQuestion({ id, noun }: Pick<Group, 'id' | 'noun'>): Field {
  return { id: `${id}.more`, kind: 'yes_no', ask: `Another ${noun}?`, label: `another ${noun}`, default: '`false`' };
}

/** Tells whether a key asks for another row; no other key has the number of a row before its last word `more`. */
export function asksForAnother({ key }: { readonly key: string }): boolean {
  return /\.\d+\.more$/.test(key);
}

/** What the answers given so far come to; everything else is derived from it. */
export interface Situation {
  readonly catalog: Catalog;
  /** The questions that apply, in order, whether answered or not. */
  readonly asked: readonly Asked[];
  /** The answers that hold: of questions that apply, with values of the right form, given or taken quietly. */
  readonly answers: Answers;
  /** What is wrong with the form of the other values that were given; they count as unanswered. */
  readonly wrong: ReadonlyMap<string, string>;
  /** Evaluates an expression; undefined while it waits for an answer. */
  readonly settle: (expression: string, extra?: JsonObject) => Json | undefined;
  /** The answers as a tree, with values and tables: what expressions see. */
  readonly scope: () => JsonObject;
  /** Tells whether a topic applies; undefined while that is open. */
  readonly applies: (topic: Topic) => boolean | undefined;
}

/** Fills a template for a person; what is not known yet reads as …. */
export function say(situation: Pick<Situation, 'settle'>, template: string, extra?: JsonObject): string {
  return fillTemplate(template, (expression) => {
    const value = situation.settle(expression, extra);
    if (value === undefined) return '…';
    if (Array.isArray(value)) return (value as Json[]).map(textOf).join(', ');
    return value === null ? '' : textOf(value);
  });
}

/** The scope of an expression that speaks of one row: the row, and its number from 0. */
export function rowScope(scope: Json, group: string, index: number): JsonObject {
  let rows: Json | undefined = scope;
  for (const step of group.split('.')) rows = (rows as JsonObject | undefined)?.[step];
  return { row: (rows as Json[] | undefined)?.[index] ?? {}, index };
}
