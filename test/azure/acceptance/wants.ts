import { search } from '@jmespath-community/jmespath';
import type { Step, Want } from '../../../src/core/plan.ts';
import { wordText } from '../../../src/core/words.ts';
import type { Json, JsonObject } from '../emulator/json.ts';

/** What a step wants and a resource is not; empty when all is well. */
export function unmet(step: Step, resource: JsonObject | undefined): string[] {
  if (resource === undefined) return [`${step.key} does not exist`];
  return step.wants.flatMap((want) => {
    const wanted = textOfWant(want).toLowerCase();
    const found = search(resource, want.path) as Json | undefined;
    // What only Azure knows is compared by the script itself; here it has to be there.
    if (want.word.some((part) => 'output' in part)) return plain(found) === '' ? [`${step.key}: ${want.path} is empty`] : [];
    const met = want.how === 'is' ? plain(found) === wanted : (Array.isArray(found) ? found : []).map(plain).includes(wanted);
    return met ? [] : [`${step.key}: ${want.path} ${want.how} ${wanted}, found ${JSON.stringify(found)}`];
  });
}

/** The text that a want compares with. */
export function textOfWant(want: Want): string {
  return wordText(want.word) ?? '';
}

/** A value as az prints it. */
function plain(value: Json | undefined): string {
  return value === null || value === undefined ? '' : String(value).toLowerCase();
}

interface Place {
  readonly key: string;
  /** A new entry of a list, or its first one. */
  readonly list?: 'new' | 'first';
}

/** The plain path behind a want, as far as a resource can be made to fit it; undefined where absence fits, or where it is computed. */
export function placeOf(want: Want): readonly Place[] | undefined {
  const [first = '', ...others] = want.path.split('||').map((part) => part.trim());
  if (others.includes(`'${textOfWant(want)}'`)) return undefined;
  const step = /(?:"([^"]+)"|([A-Za-z]+))(\[0?\])?/g;
  if (!/^(?:"[^"]+"|[A-Za-z]+)(\[0?\])?(?:\.(?:"[^"]+"|[A-Za-z]+)(\[0?\])?)*$/.test(first)) return undefined;
  return [...first.matchAll(step)].map(([, quoted, plainKey, list]) => ({
    key: quoted ?? plainKey ?? '',
    ...(list === undefined ? {} : { list: list === '[0]' ? ('first' as const) : ('new' as const) }),
  }));
}

/** Puts a value where a want looks; a list gets one more entry, or another first one. */
export function put(resource: JsonObject, place: readonly Place[], value: Json): JsonObject {
  const [here, ...rest] = place;
  if (here === undefined) return resource;
  const old = resource[here.key];
  const inner = (base: Json | undefined): Json => (rest.length === 0 ? value : put(isPlainObject(base) ? base : {}, rest, value));
  const entries = Array.isArray(old) ? old : [];
  if (here.list === 'first') return { ...resource, [here.key]: [inner(entries[0]), ...entries.slice(1)] };
  return { ...resource, [here.key]: here.list ? [...entries, inner(undefined)] : inner(old) };
}

/** The value behind the text of a want. */
export function typedValue(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d+$/.test(text) ? Number(text) : text;
}

function isPlainObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
