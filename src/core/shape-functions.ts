import { pureFunctions } from './functions.ts';
import { anything, eitherShape, entryOf, listOf, type Shape, scalar } from './shapes.ts';

/** What a function gives, in terms of the shapes of its arguments. */
type Result = (args: readonly Shape[]) => Shape;

interface Known {
  readonly from: number;
  readonly to: number;
  readonly result: Result;
  /** The result still holds what went in, so going in reads nothing yet. */
  readonly keeps?: boolean;
}

const first: Result = ([one = anything]) => one;
const entry: Result = ([one = anything]) => entryOf(one);
const either: Result = (args) => args.reduce(eitherShape, scalar);
const text: Result = () => scalar;
const texts: Result = () => listOf(scalar);
const open: Result = () => anything;
const many = Number.POSITIVE_INFINITY;

/** JMESPath's own functions: fewest and most arguments, and what they give. */
const builtIn: Readonly<Record<string, Known>> = {
  ...Object.fromEntries(
    ['abs', 'avg', 'ceil', 'floor', 'lower', 'upper', 'max', 'min', 'sum', 'to_number', 'to_string', 'type'].map((name) => [
      name,
      { from: 1, to: 1, result: text },
    ]),
  ),
  ...Object.fromEntries(['contains', 'ends_with', 'join', 'starts_with'].map((name) => [name, { from: 2, to: 2, result: text }])),
  ...Object.fromEntries(['trim', 'trim_left', 'trim_right'].map((name) => [name, { from: 1, to: 2, result: text }])),
  ...Object.fromEntries(['find_first', 'find_last'].map((name) => [name, { from: 2, to: 4, result: text }])),
  ...Object.fromEntries(['pad_left', 'pad_right'].map((name) => [name, { from: 2, to: 3, result: text }])),
  ...Object.fromEntries(['reverse', 'sort'].map((name) => [name, { from: 1, to: 1, result: first, keeps: true }])),
  ...Object.fromEntries(['max_by', 'min_by'].map((name) => [name, { from: 2, to: 2, result: entry, keeps: true }])),
  length: { from: 1, to: 1, result: text, keeps: true },
  replace: { from: 3, to: 4, result: text },
  keys: { from: 1, to: 1, result: texts },
  split: { from: 2, to: 3, result: texts },
  sort_by: { from: 2, to: 2, result: first, keeps: true },
  map: { from: 2, to: 2, result: ([one = anything]) => listOf(one), keeps: true },
  not_null: { from: 1, to: many, result: either, keeps: true },
  merge: { from: 1, to: many, result: either, keeps: true },
  to_array: { from: 1, to: 1, result: ([one = anything]) => (one.is === 'list' ? one : listOf(one)), keeps: true },
  values: { from: 1, to: 1, result: () => listOf(anything) },
  items: { from: 1, to: 1, result: () => listOf(anything) },
  from_items: { from: 1, to: 1, result: open },
  group_by: { from: 2, to: 2, result: open },
  zip: { from: 1, to: many, result: () => listOf(anything) },
};

/** What the functions of functions.ts give, where that is more than a text, number or yes and no. */
const results: Readonly<Record<string, Pick<Known, 'result' | 'keeps'>>> = {
  unique: { result: first, keeps: true },
  first_row: { result: entry, keeps: true },
  pairs: { result: texts },
};

/** Every function that an expression may call. */
export const knownFunctions: ReadonlyMap<string, Known> = new Map([
  ...Object.entries(builtIn),
  ...Object.entries(pureFunctions).map(([name, { from, to }]): [string, Known] => [name, { from, to, result: text, ...results[name] }]),
]);

/** The functions of JMESPath as Python's az knows it. */
export const plainFunctions: ReadonlySet<string> = new Set(
  (
    'abs avg ceil contains ends_with floor join keys length map max max_by merge min min_by not_null reverse sort sort_by ' +
    'starts_with sum to_array to_number to_string type values'
  ).split(' '),
);

/** How many arguments a function takes, in words. */
export function arity({ from, to }: Pick<Known, 'from' | 'to'>): string {
  if (to === many) return `${from} or more arguments`;
  if (from === to) return from === 1 ? 'one argument' : `${from} arguments`;
  return `${from} to ${to} arguments`;
}
