/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** The value as an object; an empty one if it is something else. */
export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** Tells whether the value is a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as a list; an empty one if it is something else. */
export function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** The value as a text; an empty one if it is something else. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The `properties` of a resource. */
export function propertiesOf(resource: Json | undefined): JsonObject {
  return objectOf(objectOf(resource).properties);
}

/** The texts of a list of texts. */
export function textsOf(value: Json | undefined): string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}

/** A deep copy that shares nothing with the original. */
export function copyOf<T extends Json>(value: T): T {
  return structuredClone(value);
}

/** The first value under a property name that is compared without case, as Resource Manager does. */
export function valueUnder(object: JsonObject, name: string): Json | undefined {
  const key = Object.keys(object).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : object[key];
}

/** JSON merge as PATCH does it: objects are merged, everything else is replaced, null removes. */
export function merged(base: JsonObject, patch: JsonObject): JsonObject {
  const result = copyOf(base);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (isObject(value) && isObject(result[key])) result[key] = merged(objectOf(result[key]), value);
    else result[key] = copyOf(value);
  }
  return result;
}
