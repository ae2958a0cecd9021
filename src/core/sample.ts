import type { Why } from './asks.ts';
import { evaluate } from './expression.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { parseResourceId } from './resource-id.ts';
import type { Instance } from './resources.ts';
import type { Sample } from './schema-sample.ts';
import type { Ref } from './verify/sources.ts';
import { wordText } from './words.ts';

/** What a made-up subscription answers, or why it does not. */
export type SampleAnswers = (ref: Ref) => { readonly value: Json } | { readonly why: Why; readonly message: string };

/** A made-up subscription out of its parts: resources by their id, also inside of their parents, and lists by the name of their read. */
export function sampleOf(parts: readonly Sample[]): SampleAnswers {
  const resources = new Map(parts.flatMap((part) => part.resources ?? []).map((one) => [one.id.toLowerCase(), one as Json]));
  const lists = Object.assign({}, ...parts.map((part) => part.lists ?? {})) as NonNullable<Sample['lists']>;
  const reads = Object.assign({}, ...parts.map((part) => part.reads ?? {})) as Record<string, Json>;
  const forbidden = Object.assign({}, ...parts.map((part) => part.forbidden ?? {})) as Record<string, string>;
  const listed = new Map<string, Json>();
  const listOf = (read: string): Json | undefined => {
    const list = lists[read];
    if (!list) return undefined;
    const known = listed.get(read) ?? rowsOf([...resources.values()], list);
    listed.set(read, known);
    return known;
  };
  const byId = (id: string): Json | undefined => resources.get(id.toLowerCase());
  const found = ({ source, read }: Ref): Json | undefined => {
    if (source.type === 'resource') return resourceIn(byId, source.instance, source.id);
    const named = read === undefined ? undefined : (reads[read] ?? listOf(read));
    if (named !== undefined || source.type !== 'ask') return named;
    return 'get' in source.ask ? byId(source.ask.get) : undefined;
  };
  return (ref) => {
    const refused = forbidden[ref.read ?? ''];
    if (refused !== undefined) return { why: 'forbidden', message: refused };
    const value = found(ref);
    if (value !== undefined) return { value };
    const here = ref.source.type === 'command' || ref.source.type === 'computer';
    return here ? { why: 'unreachable', message: 'The made-up subscription knows nothing of it.' } : { why: 'absent', message: '' };
  };
}

function resourceIn(byId: (id: string) => Json | undefined, { kind, parent }: Instance, id: string): Json | undefined {
  const own = byId(id);
  const above = parent && wordText(parent.id);
  if (own !== undefined || kind.within === undefined || !parent || above === undefined) return own;
  const whole = resourceIn(byId, parent, above);
  const inside = whole === undefined ? null : evaluate(kind.within, whole);
  return Array.isArray(inside) ? (inside as Json[]).find((one) => isObject(one) && sameText(one['id'], id)) : undefined;
}

function sameText(one: Json | undefined, other: string): boolean {
  return typeof one === 'string' && one.toLowerCase() === other.toLowerCase();
}

function rowsOf(resources: readonly Json[], { of, row }: NonNullable<Sample['lists']>[string]): Json {
  const types = of.map((type) => type.toLowerCase());
  return resources
    .filter((one): one is JsonObject => isObject(one) && types.includes(String(one['type']).toLowerCase()))
    .map((one) => evaluate(row, { ...one, ...placeOf(String(one['id'])) }));
}

function placeOf(id: string): JsonObject {
  const { subscription, group } = parseResourceId(id) ?? {};
  const [, alone] = /^\/subscriptions\/([^/]+)/i.exec(id) ?? [];
  return { subscriptionId: subscription ?? alone ?? null, resourceGroup: group ?? null };
}
