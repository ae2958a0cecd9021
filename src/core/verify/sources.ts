import type { Ask } from '../asks.ts';
import { isTrue } from '../expression.ts';
import { isObject, type Json } from '../json.ts';
import { type EachRow, eachRows, filledCommands, type Instance, sayIn, type World } from '../resources.ts';
import type { Read } from '../schema-checks.ts';
import { fillTemplate } from '../template.ts';
import { textOf, wordText } from '../words.ts';

/** Where an answer comes from: a resource, another question to Azure, a command of this computer or of a cluster, or this computer itself. */
export type Source =
  | { readonly type: 'resource'; readonly instance: Instance; readonly id: string; readonly api: string }
  | { readonly type: 'ask'; readonly ask: Ask }
  | { readonly type: 'command'; readonly words: readonly string[]; readonly text: boolean; readonly cluster: boolean }
  | { readonly type: 'computer' };

/** Something that checks read; equal keys mean the same reading. */
export interface Ref {
  readonly key: string;
  readonly what: string;
  readonly source: Source;
  /** What one has to be allowed to read it. */
  readonly permissions: readonly string[];
  /** It starts work of Azure that takes minutes. */
  readonly slow?: boolean;
  /** The id of the read of the catalog, where it is one. */
  readonly read?: string;
}

/** The name of the read that is this computer. */
export const computer = 'computer';

/** What a check names as its reading: for a row the one of that row. Undefined when the plan has no such thing, or a value is still open. */
export function refOf(world: World, name: string, each: EachRow | undefined): Ref | undefined {
  if (name === computer) return { key: computer, what: 'this computer', source: { type: 'computer' }, permissions: [] };
  const read = readNamed(world, name);
  if (read) return refOfRead(world, read, each);
  const instance = instanceOf(world, name, each);
  const id = instance && wordText(instance.id);
  if (!instance || id === undefined) return undefined;
  const source: Source = { type: 'resource', instance, id, api: instance.kind.api };
  return {
    key: `${id.toLowerCase()}?${source.api}`,
    what: sayIn(world, instance.resource.what, instance.each, instance),
    source,
    permissions: instance.kind.read,
  };
}

/** The instance of a resource that stands for a row, or the first one. The row itself counts before its number, as an item may take some of the rows. */
export function instanceOf(world: World, name: string, each: EachRow | undefined): Instance | undefined {
  const candidates = world.of(name);
  if (!each) return candidates[0];
  const row = JSON.stringify(each.row);
  return (
    candidates.find((one) => one.each && JSON.stringify(one.each.row) === row) ??
    candidates.find((one) => one.each?.index === each.index) ??
    candidates[0]
  );
}

function readNamed({ situation }: World, name: string): Read | undefined {
  for (const topic of situation.catalog.topics) for (const read of topic.reads ?? []) if (read.id === name) return read;
  return undefined;
}

function refOfRead(world: World, read: Read, each: EachRow | undefined): Ref | undefined {
  const row = read.each === undefined ? undefined : rowOf(world, read.each, each);
  if (read.each !== undefined && !row) return undefined;
  if (read.when !== undefined && !isTrue(world.settle(read.when, row) ?? null)) return undefined;
  const source = sourceOf(world, read, row);
  if (!source) return undefined;
  return {
    key: JSON.stringify(source),
    what: sayIn(world, read.what, row),
    source,
    permissions: read.permissions ?? [],
    read: read.id,
    ...(read.wait ? { slow: true } : {}),
  };
}

function rowOf(world: World, expression: string, each: EachRow | undefined): EachRow | undefined {
  const rows = eachRows(world.situation, expression) ?? [];
  return rows.find(({ index }) => index === each?.index) ?? rows[0];
}

function sourceOf(world: World, read: Read, row: EachRow | undefined): Source | undefined {
  const { get, post, graph, run, api = '' } = read;
  const pages = { ...(read.list ? { list: true } : {}) };
  if (run !== undefined) return commandOf(world, read, run, row);
  const text = filled(world, get ?? post ?? graph ?? '', row, graph === undefined ? inPath : inQuery);
  if (text === undefined) return undefined;
  if (graph !== undefined) return { type: 'ask', ask: { graph: text } };
  if (get !== undefined) return { type: 'ask', ask: { get: text, api, ...pages } };
  const body = filledTree(world, read.body ?? {}, row);
  return { type: 'ask', ask: { post: text, api, body, ...pages, ...(read.wait ? { wait: true } : {}) } };
}

function commandOf(world: World, read: Read, run: string, row: EachRow | undefined): Source | undefined {
  const [words = []] = filledCommands(world, run, (expression) => world.resolve(expression, row));
  const texts = words.map(wordText);
  if (texts.includes(undefined)) return undefined;
  return { type: 'command', words: texts.map(String), text: read.text ?? false, cluster: read.cluster ?? false };
}

/** Fills a template with values in a safe spelling; undefined while one of them is open. */
function filled(world: World, template: string, row: EachRow | undefined, spell: (value: string) => string): string | undefined {
  let open = false;
  const text = fillTemplate(template, (expression) => {
    const value = world.settle(expression, row);
    if (value === undefined) open = true;
    return spell(value === undefined || value === null ? '' : textOf(value));
  });
  return open ? undefined : text;
}

/** A value in a path: its slashes part segments, everything else stands for itself. */
function inPath(value: string): string {
  return value.split('/').map(encodeURIComponent).join('/');
}

/** A value between the quotes of a query. */
function inQuery(value: string): string {
  return value.replace(/[\\'"]/g, '\\$&').replace(/[\r\n]/g, ' ');
}

/** A tree of data whose texts are templates; a text that is one expression alone becomes its value. */
export function filledTree(world: World, tree: unknown, row: EachRow | undefined, self?: Instance): Json {
  if (typeof tree === 'string') {
    const whole = /^\$\{([^{}]+)\}$/.exec(tree)?.[1];
    if (whole !== undefined) return world.settle(whole, row, self) ?? null;
    return tree.includes('${') ? sayIn(world, tree, row, self) : tree;
  }
  if (Array.isArray(tree)) return tree.map((one) => filledTree(world, one, row, self));
  if (isObject(tree)) {
    return Object.fromEntries(
      Object.entries(tree).map(([key, one]) => [
        key.includes('${') ? sayIn(world, key, row, self) : key,
        filledTree(world, one, row, self),
      ]),
    );
  }
  return (tree ?? null) as Json;
}
