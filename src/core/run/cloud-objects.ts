import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Written, withWritten } from './meanings.ts';

/** One object of a made-up cloud; its values stand under the paths that plans ask for. */
export interface Thing {
  readonly id: string;
  values: Record<string, Json>;
  /** Ids of what it cannot do without. */
  uses: readonly string[];
  state: 'Succeeded' | 'Failed';
  writes: number;
}

/** The objects of a made-up cloud by lower-case id. */
export type Things = Record<string, Thing>;

/** Puts an object where none is; one that is there gets the values that it lacks. */
export function provide(things: Things, id: string, written: readonly Written[]): void {
  const key = id.toLowerCase();
  const there = things[key];
  const values = withWritten({}, written);
  if (there) there.values = { ...values, ...there.values };
  else things[key] = { id, values, uses: [], state: 'Succeeded', writes: 1 };
}

/** Takes an object away, and with it whatever lies in it. */
export function takeAway(things: Things, id: string): void {
  const key = id.toLowerCase();
  for (const one of Object.keys(things)) if (one === key || one.startsWith(`${key}/`)) delete things[one];
}

/** How many objects lie in one. */
export function countInside(things: Things, id: string): number {
  return Object.keys(things).filter((key) => key.startsWith(`${id.toLowerCase()}/`)).length;
}

/** The id of something outside of an object that cannot do without it. */
export function userOf(things: Things, id: string): string | undefined {
  const key = id.toLowerCase();
  const outside = Object.entries(things).filter(([one]) => one !== key && !one.startsWith(`${key}/`));
  return outside.find(([, { uses, values }]) => [...uses, ...textsIn(values)].some((one) => one.toLowerCase() === key))?.[1].id;
}

function textsIn(values: Readonly<Record<string, Json>>): string[] {
  return Object.values(values)
    .flatMap((value) => (Array.isArray(value) ? (value as Json[]) : [value]))
    .filter((one) => typeof one === 'string');
}

/** An object as Resource Manager tells it. */
export function bodyOf({ id, values, writes }: Thing, provisioningState: string): JsonObject {
  return { id, name: id.split('/').at(-1) ?? '', etag: `W/"${writes}"`, properties: { provisioningState, values } };
}

/** The values in a body that is written back. */
export function valuesIn(text: string | undefined): Record<string, Json> {
  const body = text === undefined ? undefined : (JSON.parse(text) as Json);
  const properties = isObject(body) ? body.properties : undefined;
  return isObject(properties) && isObject(properties.values) ? { ...properties.values } : {};
}

/** What is there, without what changes by itself, for comparing two moments. */
export function settledThings(things: Things): Readonly<Record<string, Json>> {
  const keys = Object.keys(things).sort();
  return Object.fromEntries(keys.map((key) => [key, { values: things[key]?.values ?? {}, state: things[key]?.state ?? '' }]));
}
