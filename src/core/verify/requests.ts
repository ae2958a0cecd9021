import type { Ask, Reading } from '../asks.ts';
import { evaluate } from '../expression.ts';
import { isObject, type Json } from '../json.ts';
import type { Instance } from '../resources.ts';
import { wordText } from '../words.ts';
import type { Ref } from './sources.ts';

/** One request to Azure, and what it says about everything that is read through it. */
export interface Request {
  readonly ask: Ask;
  /** The readings by key of what is read. */
  readonly split: (reading: Reading) => ReadonlyMap<string, Reading>;
}

/** How one thing is found in the answer to a request; undefined when it is not in it. */
interface Way {
  readonly ask: Ask;
  readonly find: (value: Json) => Json | undefined;
}

/** As few requests as answer everything: one for each table of Resource Graph, one for each list, one for each of the rest. */
export function requestsFor(refs: readonly Ref[]): Request[] {
  const unique = [...new Map(refs.map((ref) => [ref.key, ref])).values()];
  const tables = tablesOf(unique);
  const ways = new Map<string, { readonly ask: Ask; readonly refs: (readonly [Ref, Way['find']])[] }>();
  for (const ref of unique) {
    const way = wayOf(ref, tables);
    if (!way) continue;
    const key = JSON.stringify(way.ask);
    const known = ways.get(key) ?? { ask: way.ask, refs: [] };
    known.refs.push([ref, way.find]);
    ways.set(key, known);
  }
  return [...ways.values()].map(({ ask, refs: through }) => ({
    ask,
    split: (reading) => new Map(through.map(([ref, find]) => [ref.key, foundIn(reading, ref, find)])),
  }));
}

/** The request that asks Resource Manager for one resource and nothing else. */
export function directRequest(ref: Ref): Request | undefined {
  if (ref.source.type !== 'resource') return undefined;
  const { id, api } = ref.source;
  return { ask: { get: id, api }, split: (reading) => new Map([[ref.key, foundIn(reading, ref, (value) => value)]]) };
}

/** Tells whether a resource is read otherwise than by a request of its own. */
export function isIndirect({ source }: Ref): boolean {
  return source.type === 'resource' && Boolean(source.instance.kind.graph ?? source.instance.kind.within ?? source.instance.kind.listed);
}

const columns = 'id, name, type, location, kind, sku, identity, tags, zones, plan, extendedLocation, managedBy, properties';

/** The queries of Resource Graph: by table, with the ids that are wanted of it. */
function tablesOf(refs: readonly Ref[]): ReadonlyMap<string, Ask> {
  const ids = new Map<string, Set<string>>();
  for (const { source } of refs) {
    const carrier = source.type === 'resource' ? carrierOf(source.instance) : undefined;
    const id = carrier && wordText(carrier.id);
    if (carrier?.kind.graph === undefined || id === undefined) continue;
    ids.set(carrier.kind.graph, (ids.get(carrier.kind.graph) ?? new Set()).add(id));
  }
  return new Map(
    [...ids].map(([table, wanted]) => {
      const list = [...wanted].map((id) => `'${id.replace(/[\\']/g, '\\$&')}'`).join(', ');
      return [table, { graph: `${table} | where id in~ (${list}) | project ${columns}` }];
    }),
  );
}

/** What holds an instance in its answer: a parent, or the instance itself. */
function carrierOf(instance: Instance): Instance {
  return instance.kind.within !== undefined && instance.parent ? carrierOf(instance.parent) : instance;
}

function wayOf(ref: Ref, tables: ReadonlyMap<string, Ask>): Way | undefined {
  const { source } = ref;
  if (source.type === 'ask') return { ask: source.ask, find: (value) => value };
  return source.type === 'resource' ? wayTo(source.instance, source.id, tables) : undefined;
}

function wayTo(instance: Instance, id: string, tables: ReadonlyMap<string, Ask>): Way {
  const { kind, parent } = instance;
  const above = parent && wordText(parent.id);
  if (kind.within !== undefined && parent && above !== undefined) {
    const way = wayTo(parent, above, tables);
    return { ask: way.ask, find: (value) => inParent(way.find(value), kind.within ?? '', id) };
  }
  const table = kind.graph === undefined ? undefined : tables.get(kind.graph);
  if (table) return { ask: table, find: (value) => withId(value, id) };
  if (kind.listed && above !== undefined) {
    return {
      ask: { get: id.slice(0, id.lastIndexOf('/')), api: kind.api, list: true },
      find: (value) => withId(isObject(value) ? value['value'] : null, id),
    };
  }
  return { ask: { get: id, api: kind.api }, find: (value) => value };
}

function inParent(parent: Json | undefined, path: string, id: string): Json | undefined {
  return parent === undefined ? undefined : withId(evaluate(path, parent), id);
}

function withId(list: Json | undefined, id: string): Json | undefined {
  if (!Array.isArray(list)) throw new Error('The answer holds no list.');
  return (list as Json[]).find((one) => isObject(one) && String(one['id']).toLowerCase() === id.toLowerCase());
}

function foundIn(reading: Reading, ref: Ref, find: Way['find']): Reading {
  const { at } = reading;
  if (!reading.ok) return reading.why === 'partial' ? inPart(reading, ref, find) : reading;
  try {
    const value = find(reading.value);
    if (value === undefined) return { ok: false, why: 'absent', message: '', at };
    return answerOf(value, ref, at);
  } catch (cause) {
    return { ok: false, why: 'unexpected', message: cause instanceof Error ? cause.message : String(cause), at };
  }
}

/** Of an answer that broke off, what came counts; what did not come is not known. */
function inPart(reading: Extract<Reading, { ok: false }>, ref: Ref, find: Way['find']): Reading {
  if (ref.source.type !== 'resource' || reading.value === undefined) return reading;
  const found = foundIn({ ok: true, value: reading.value, at: reading.at }, ref, find);
  return found.ok ? found : reading;
}

/** A resource has to come with the id that was asked for; anything else is no answer to the question. */
function answerOf(value: Json, ref: Ref, at: string): Reading {
  if (ref.source.type !== 'resource') return { ok: true, value, at };
  const id = isObject(value) ? value['id'] : undefined;
  if (typeof id === 'string' && id.toLowerCase() === ref.source.id.toLowerCase()) return { ok: true, value, at };
  return { ok: false, why: 'unexpected', message: 'The answer is about something else.', at };
}
