import { isObject, type Json, type JsonObject, sameJson } from '../json.ts';

/** One value that an update changed; undefined where there was none. */
interface Difference {
  readonly path: readonly string[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** What Azure changes by itself with every write. */
const passing = new Set(['etag', 'provisioningState', 'systemData', 'lastModifiedAt', 'lastModifiedBy', 'lastModifiedByType']);
/** What Resource Manager tells of a resource and nobody writes. */
const told = new Set(['id', 'name', 'type', 'etag', 'systemData']);

/** Whether and how what an update changed can be written back into what is there now. */
export type Restoring =
  | { readonly state: 'right' }
  | { readonly state: 'write'; readonly body: Json }
  | { readonly state: 'conflict'; readonly paths: readonly string[] };

/**
 * Takes an update back and lets everything else stand: only values that the update changed get their old value, and only while nobody else has
 * changed them since. Lists count as one value.
 */
export function restoring(before: Json, after: Json | undefined, now: Json): Restoring {
  const changed = differences(before, after ?? now, []);
  const open = changed.filter(({ path, before: old }) => !same(at(now, path), old));
  if (open.length === 0) return { state: 'right' };
  const foreign = open.filter(({ path, after: made }) => after === undefined || !same(at(now, path), made));
  if (foreign.length > 0 || !isObject(now)) return { state: 'conflict', paths: foreign.map(({ path }) => path.join('.')) };
  const body = structuredClone(now) as JsonObject;
  for (const { path, before: old } of open) write(body, path, old);
  for (const key of told) delete body[key];
  if (isObject(body.properties)) delete (body.properties as JsonObject).provisioningState;
  return { state: 'write', body };
}

function differences(one: Json | undefined, other: Json | undefined, path: readonly string[]): Difference[] {
  if (isObject(one) && isObject(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((key) => !passing.has(key));
    return keys.flatMap((key) => differences(one[key], other[key], [...path, key]));
  }
  return same(one, other) ? [] : [{ path, before: one, after: other }];
}

function same(one: Json | undefined, other: Json | undefined): boolean {
  return sameJson(settled(one), settled(other));
}

/** Without what changes by itself; no value reads as null. */
function settled(value: Json | undefined): Json {
  if (Array.isArray(value)) return (value as Json[]).map(settled);
  if (!isObject(value)) return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !passing.has(key))
      .map(([key, inner]) => [key, settled(inner)]),
  );
}

function at(tree: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), tree);
}

/** Writes a value at a path of keys, or takes the key away; keys may hold dots, so the path is no text. */
function write(tree: JsonObject, path: readonly string[], value: Json | undefined): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    if (value === undefined) delete tree[key];
    else tree[key] = value;
    return;
  }
  if (!isObject(tree[key])) tree[key] = {};
  write(tree[key] as JsonObject, rest, value);
}
