import Mustache from 'mustache';
import { isTrue } from './expression.ts';
import { isObject, type Json } from './json.ts';
import { pythonLiteral } from './quote.ts';
import { type EachRow, eachRows, sayIn, type World } from './resources.ts';
import type { FileTemplate } from './schema.ts';
import { parseTemplate } from './template.ts';

/** A file that is written beside the scripts. */
export interface PlannedFile {
  readonly path: string;
  readonly format: FileTemplate['format'];
  readonly what: string;
  readonly facts: readonly string[];
  /** The tree of a YAML or JSON file. */
  readonly data?: Json;
  /** The text of a program. */
  readonly text?: string;
}

/** The files of a plan; those that wait for an answer are left out. */
export function plannedFiles(world: World): PlannedFile[] {
  const { situation } = world;
  return situation.catalog.topics
    .filter((topic) => situation.applies(topic))
    .flatMap((topic) => (topic.files ?? []).flatMap((file) => filesOf(world, topic.topic, file)));
}

function filesOf(world: World, topic: string, file: FileTemplate): PlannedFile[] {
  if (file.when !== undefined && !isTrue(world.settle(file.when) ?? null)) return [];
  const rows = file.each === undefined ? [undefined] : (eachRows(world.situation, file.each) ?? []);
  return rows.map((each) => ({
    path: sayIn(world, file.path, each),
    format: file.format,
    what: sayIn(world, file.what, each),
    facts: file.facts,
    ...(file.data === undefined ? {} : { data: withoutNulls(treeOf(world, file.data as Json, each)) }),
    ...(file.template === undefined ? {} : { text: programOf(world, `${topic}/${file.template}`, file.values ?? {}, each) }),
  }));
}

/** Fills a tree: a text that is one `${expression}` becomes its value; keys whose value is null vanish. */
export function treeOf(world: World, tree: Json, each: EachRow | undefined): Json {
  if (typeof tree === 'string') return leafOf(world, tree, each);
  if (Array.isArray(tree)) return (tree as Json[]).map((part) => treeOf(world, part, each)).filter((part) => part !== null);
  if (!isObject(tree)) return tree;
  const pairs = Object.entries(tree).map(([key, part]) => [key, treeOf(world, part, each)] as const);
  return Object.fromEntries(pairs.filter(([, part]) => part !== null));
}

/** A tree without keys and entries that are null, also inside what an expression gave. */
function withoutNulls(tree: Json): Json {
  if (Array.isArray(tree)) return (tree as Json[]).filter((part) => part !== null).map(withoutNulls);
  if (!isObject(tree)) return tree;
  const pairs = Object.entries(tree).filter(([, part]) => part !== null);
  return Object.fromEntries(pairs.map(([key, part]) => [key, withoutNulls(part)]));
}

function leafOf(world: World, text: string, each: EachRow | undefined): Json {
  const parts = parseTemplate(text);
  const [only] = parts;
  if (parts.length === 1 && only && 'expression' in only) return world.settle(only.expression, each) ?? null;
  return sayIn(world, text, each);
}

/** A Mustache program: each placeholder becomes a literal of Python, an unknown name is an error, sections take booleans and lists. */
function programOf(world: World, path: string, values: Readonly<Record<string, unknown>>, each: EachRow | undefined): string {
  const template = world.situation.catalog.templates[path];
  if (template === undefined) throw new Error(`no template ${path}`);
  const filled = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, treeOf(world, value as Json, each)]));
  return renderLiterals(template, filled, pythonLiteral, path);
}

/** Renders Mustache so that every placeholder is a literal of the target language. */
function renderLiterals(
  template: string,
  values: Readonly<Record<string, Json>>,
  literal: (value: Json) => string,
  path = 'template',
): string {
  const known = new Set(keysIn(values));
  const writer = writerOf(literal);
  for (const name of namesIn(writer.parse(template) as MustacheToken[])) {
    if (!known.has(name) && name !== '.') throw new Error(`${path}: nothing is called ${name}`);
  }
  return writer.render(template, values);
}

const writers = new Map<(value: Json) => string, InstanceType<typeof Mustache.Writer>>();

/** A Mustache writer that spells values as literals; kept, because it remembers the templates that it parsed. */
function writerOf(literal: (value: Json) => string): InstanceType<typeof Mustache.Writer> {
  const writer = writers.get(literal) ?? new Mustache.Writer();
  writer.escapedValue = (token, context) => literal((context.lookup(token[1] ?? '') ?? null) as Json);
  writers.set(literal, writer);
  return writer;
}

type MustacheToken = [string, string, number, number, MustacheToken[]?];

function namesIn(tokens: readonly MustacheToken[]): string[] {
  return tokens.flatMap(([type, name, , , inner]) => {
    if (type === '&') throw new Error(`{{{${name}}}} would put text into a program unquoted`);
    if (type === '#' || type === '^') return [name, ...namesIn(inner ?? [])];
    return type === 'name' ? [name] : [];
  });
}

function keysIn(tree: Json): string[] {
  if (Array.isArray(tree)) return (tree as Json[]).flatMap(keysIn);
  return isObject(tree) ? Object.entries(tree).flatMap(([key, part]) => [key, ...keysIn(part)]) : [];
}
