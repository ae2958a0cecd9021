import { fieldOf, questionsOf } from '../../../src/core/catalog.ts';
import { isObject, type Json } from '../../../src/core/json.ts';
import type { Field } from '../../../src/core/schema.ts';
import { catalog } from './planned.ts';

/** By format: what a name is filled up with, and how it ends; every character that the format allows is among them. */
const fillings: Readonly<Record<string, readonly [string, string]>> = {
  group_name: ['_(Xx.-9)', ')'],
  workspace_name: ['_-X9', 'x'],
  network_name: ['_.-X9', '_'],
  network_part_name: ['_.-X9', '_'],
  storage_name: ['x9', 'x'],
  compute_name: ['-X9', 'x'],
};

/** The answers with every name as long and as odd as its format allows; equal names stay equal. */
export function stretched(answers: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, stretchedAnswer(key, value)]));
}

function stretchedAnswer(key: string, value: Json): Json {
  const question = questionsOf(catalog).get(key)?.question;
  if (question === undefined) return value;
  if (question.kind !== 'group') return stretchedValue(question, value);
  if (!Array.isArray(value)) return value;
  return (value as Json[]).map((row) => {
    if (!isObject(row)) return row;
    return Object.fromEntries(Object.entries(row).map(([name, inner]) => [name, stretchedField(fieldOf(question, name), inner)]));
  });
}

function stretchedField(field: Field | undefined, value: Json): Json {
  return field === undefined ? value : stretchedValue(field, value);
}

function stretchedValue(field: Field, value: Json): Json {
  if (typeof value !== 'string' || (field.kind !== 'text' && field.kind !== 'resource')) return value;
  const filling = fillings[field.format];
  const max = catalog.formats[field.format]?.max;
  if (filling === undefined || max === undefined) return value;
  const [middle, end] = filling;
  return `${value}${middle.repeat(max)}`.slice(0, max - end.length) + end;
}
