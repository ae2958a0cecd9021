import { isObject, type Json } from '../emulator/json.ts';

/** By these an entry of a list is found again. */
const identities = ['id', 'name', 'service', 'resourceId', 'value'];

/** The paths of everything in `before` that is gone or different in `after`; more in `after` is no loss. */
export function losses(before: Json, after: Json | undefined, path = ''): string[] {
  if (Array.isArray(before)) return before.flatMap((entry) => lostEntry(entry, Array.isArray(after) ? after : [], path));
  if (!isObject(before)) return sameScalar(before, after) ? [] : [path];
  const there = isObject(after) ? after : {};
  return Object.entries(before).flatMap(([key, value]) => losses(value, there[key], path === '' ? key : `${path}.${key}`));
}

function lostEntry(entry: Json, after: Json[], path: string): string[] {
  if (!isObject(entry)) return after.some((other) => sameScalar(entry, other)) ? [] : [`${path}[]`];
  const identity = identities.find((key) => key in entry);
  if (identity === undefined) return after.some((other) => losses(entry, other).length === 0) ? [] : [`${path}[]`];
  const same = after.find((other) => isObject(other) && sameScalar(entry[identity] ?? null, other[identity]));
  return losses(entry, same, `${path}[]`);
}

/** Ids may come back in another spelling; Azure does not tell them apart. */
function sameScalar(one: Json, other: Json | undefined): boolean {
  if (typeof one === 'string' && typeof other === 'string' && one.startsWith('/')) return one.toLowerCase() === other.toLowerCase();
  return one === other;
}
