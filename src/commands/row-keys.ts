import { type Catalog, fieldOf, questionsOf } from '../core/catalog.ts';
import { keysGiven } from '../core/given.ts';
import { isObject, type Json, type JsonObject } from '../core/json.ts';
import type { Group } from '../core/schema.ts';
import { anotherKey } from '../core/situation.ts';

type Values = Readonly<Record<string, Json>>;

/** A key with its row as a word: clusters[0].name is clusters.0.name. */
export function plainKey(key: string): string {
  return key.replace(/\[(\d+)\]/g, '.$1');
}

/**
 * Settings on top of given values; `clusters[0].name: x` goes into its row, so that the lines that name missing answers
 * can be given as they are, and one field of a row can be changed alone. Rows come from the saved answers where no list is given.
 */
export function foldRows(catalog: Catalog, given: Values, settings: Values, saved: Values): Record<string, Json> {
  // A map, as a key of a file may be called __proto__.
  const folded = new Map<string, Json>();
  const single: [Group, number, string, Json][] = [];
  const set = keysGiven(catalog, settings);
  const kept = set.reduce((values, { key }) => without(values, key), given);
  for (const [key, value] of [...Object.entries(kept), ...set.map((one) => [one.key, one.value] as const)]) {
    const spot = spotOf(catalog, key);
    if (spot) single.push([...spot, value]);
    else folded.set(key, value);
  }
  for (const [group, index, field, value] of single) {
    const rows = rowsOf(folded.get(group.id) ?? savedRows(group, saved));
    while (rows.length <= index) rows.push({});
    const row = rows[index] ?? {};
    // What is no row is left to the one who complains about it.
    if (isObject(row)) rows[index] = { ...row, [field]: value };
    folded.set(group.id, rows);
  }
  return Object.fromEntries(folded);
}

/** Values without the one that is set anew, whether its key is one word or stands in maps. */
function without(values: Values, key: string): Values {
  const left = Object.entries(values).flatMap(([name, value]): [string, Json][] => {
    if (name === key) return [];
    const within = key.startsWith(`${name}.`) && isObject(value);
    return [[name, within ? without(value, key.slice(name.length + 1)) : value]];
  });
  return Object.fromEntries(left);
}

/** The row and the field that a key names; undefined for other keys. */
function spotOf(catalog: Catalog, key: string): [Group, number, string] | undefined {
  const [, id, index, field] = /^(.+)\.(\d{1,3})\.([^.]+)$/.exec(plainKey(key)) ?? [];
  const group = id === undefined ? undefined : questionsOf(catalog).get(id)?.question;
  if (group?.kind !== 'group' || field === undefined || Number(index) >= group.max || !fieldOf(group, field)) return undefined;
  return [group, Number(index), field];
}

function rowsOf(value: Json): Json[] {
  return Array.isArray(value) ? [...(value as Json[])] : [value];
}

function savedRows(group: Group, saved: Values): Json[] {
  const rows: Json[] = [];
  for (let index = 0; index < group.max; index++) {
    const row: JsonObject = Object.fromEntries(
      group.fields.flatMap(({ id }) => {
        const value = saved[`${group.id}.${index}.${id}`];
        return value === undefined ? [] : [[id, value] as const];
      }),
    );
    if (Object.keys(row).length === 0 && !isSaved(group, saved, index)) break;
    rows.push(row);
  }
  return rows;
}

/** A row whose fields are all quiet has no answer of its own; what was said about further rows tells that it is there. */
function isSaved(group: Group, saved: Values, index: number): boolean {
  return saved[anotherKey(group, index)] !== undefined || (index > 0 && saved[anotherKey(group, index - 1)] === true);
}
