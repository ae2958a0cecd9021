/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object that is being built. */
export type JsonObject = { [key: string]: Json };

/** The value of a JSON text; undefined when it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Tells whether a value is an object with keys (no list, not null). */
export function isObject(value: unknown): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells whether two JSON values are equal, whatever the order of keys. */
export function sameJson(a: Json, b: Json): boolean {
  return canonical(a) === canonical(b);
}

/** JSON text with sorted keys: equal values give equal text. */
export function canonical(value: Json | undefined): string {
  return JSON.stringify(value, (_key, part: Json) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

/** Reads the value at a dotted path; undefined where there is none. */
export function getPath(tree: Json | undefined, path: readonly string[]): Json | undefined {
  let at: Json | undefined = tree;
  for (const step of path) {
    if (Array.isArray(at)) at = at[Number(step)] as Json | undefined;
    else if (isObject(at)) at = at[step];
    else return undefined;
  }
  return at;
}

/** Writes a value at a dotted path, making objects (and lists for number steps) on the way. */
export function setPath(tree: JsonObject, path: readonly string[], value: Json): void {
  let at: Record<string, unknown> = tree;
  path.slice(0, -1).forEach((step, depth) => {
    const next = path[depth + 1] ?? '';
    if (typeof at[step] !== 'object' || at[step] === null) at[step] = /^\d+$/.test(next) ? [] : {};
    at = at[step] as Record<string, unknown>;
  });
  const last = path[path.length - 1];
  if (last !== undefined) at[last] = value;
}
