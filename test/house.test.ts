import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';
import { namesInTemplates } from '../scripts/az-reference.ts';
import { ownCatalog } from '../scripts/golden.ts';
import { questionsOf } from '../src/core/catalog.ts';

/** The top folder of the repository, without a slash at its end. */
const root: string = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** A file of the repository with its text. */
interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A node of a syntax tree, as far as the tests look at it. */
interface SyntaxNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Every file that is tracked or would be, by its path below the top folder. */
function trackedPaths(): string[] {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  return [...new Set(list.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path))).sort();
}

/** Reads a file of the repository. */
function readSource(path: string): SourceFile {
  return { path, text: readFileSync(join(root, path), 'utf8') };
}

const parsed = new WeakMap<SourceFile, readonly SyntaxNode[]>();

/** All nodes of a TypeScript file, outermost first. */
function nodesOf(file: SourceFile): readonly SyntaxNode[] {
  const known = parsed.get(file) ?? parseNodes(file);
  parsed.set(file, known);
  return known;
}

function parseNodes({ path, text }: SourceFile): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    if (!isNode(value)) return;
    found.push(value);
    for (const [key, part] of Object.entries(value)) if (key !== 'parent') visit(part);
  };
  visit(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }));
  return found;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The texts that a file spells: strings, pieces of template strings, and text between tags; not what it imports. */
function textsOf(file: SourceFile): string[] {
  const nodes = nodesOf(file);
  const imports = new Set(nodes.flatMap(({ type, source }) => (/^(Import|Export)/.test(type) && isNode(source) ? [source] : [])));
  return nodes.flatMap((node) => {
    if (imports.has(node)) return [];
    if (node.type === 'Literal' && typeof node.value === 'string') return [node.value];
    if (node.type === 'TemplateElement') return [String((node.value as { cooked?: string }).cooked ?? '')];
    return node.type === 'JSXText' ? [String(node.value)] : [];
  });
}

/** The numbers that a file spells. */
function numbersOf(file: SourceFile): number[] {
  return nodesOf(file).flatMap(({ type, value }) => (type === 'Literal' && typeof value === 'number' ? [value] : []));
}

/** What a file imports, as it is written, both at its top and on demand. */
function importsOf(file: SourceFile): string[] {
  return nodesOf(file).flatMap(({ type, source }) => {
    const from = /^(Import|Export)/.test(type) && isNode(source) ? source.value : undefined;
    return typeof from === 'string' ? [from] : [];
  });
}

const catalog = await ownCatalog();
const paths = trackedPaths();
const typed = paths.filter((path) => /\.(ts|tsx)$/.test(path)).map(readSource);
const sources = typed.filter(({ path }) => path.startsWith('src/'));
const core = sources.filter(({ path }) => path.startsWith('src/core/'));

/** Words of the checklists that src may spell, because they mean something else there. */
const plainWords: Readonly<Record<string, string>> = {
  name: 'every resource has one',
  subscription: 'a part of every Resource Manager id',
  targets: 'the language itself says that targets holds what was chosen',
  cluster: 'where a fact is verified: on the cluster',
};
/** Ids that a file may spell all the same. */
const excused: Readonly<Record<string, string>> = {
  'src/core/schema-words.ts: subnet.prefix': 'an example for authors, in schema.json',
  'src/core/schema-words.ts: training_subnet': 'an example for authors, in schema.json',
  'src/io/answers-file.ts: subnet.prefix': 'an example in a message about the form of the file',
  'src/core/effective.ts: VirtualNetwork': 'nsg_allows works out what a rule is about, and this tag is the network itself',
  'src/core/effective.ts: Internet': 'nsg_allows works out what a rule is about, and this tag is every address outside',
  'src/core/lint-topics.ts: where': 'the language says which rows of a list are kept',
  'src/core/lint-ids.ts: resource_group': 'the language says that a kind without parent lives in a resource group',
  'src/core/lint-resources.ts: resource_group': 'the language says that a kind without parent lives in a resource group',
};
/** Numbers that are ports in a table, and something else in src. */
const plainNumbers: Readonly<Record<number, string>> = { 80: 'columns of a terminal' };

/** Where a text of a file holds one of the words, as file: word. */
function everySpelling(words: Iterable<string>, files: readonly SourceFile[]): string[] {
  const wanted = [...words].map((word) => ({ word, holds: holder(word) }));
  return files.flatMap((file) => {
    // A sample line of the help shows what a person types; the last test below holds it against the catalog.
    const texts = textsOf(file).filter((text) => !text.startsWith('amlguide '));
    return wanted.filter(({ holds }) => texts.some(holds)).map(({ word }) => `${file.path}: ${word}`);
  });
}

/** The spellings that nothing excuses. */
function spelled(words: Iterable<string>, files = sources): string[] {
  return everySpelling(words, files).filter(
    (line) => !Object.hasOwn(excused, line) && !Object.hasOwn(plainWords, line.split(': ')[1] ?? ''),
  );
}

/** A word of two parts is looked for anywhere in a text; a single word may be English, so only as the whole text. */
function holder(word: string): (text: string) => boolean {
  if (/^[a-z]+$/.test(word)) return (text) => text === word;
  const pattern = new RegExp(`(?<![\\w.-])${word.replaceAll('.', '\\.')}(?![\\w-])`);
  return (text) => pattern.test(text);
}

describe('TypeScript knows nothing about Azure', () => {
  const groups = [...questionsOf(catalog).values()].flatMap(({ question }) => (question.kind === 'group' ? question.fields : []));
  const questions = [...questionsOf(catalog).keys(), ...groups.map(({ id }) => id).filter((id) => id.includes('_'))];
  const parts = catalog.topics.flatMap(({ topic, target, resources = [], actions = [], items = [] }) => [
    topic,
    ...(target ? [target.id] : []),
    ...[...resources, ...actions, ...items].map(({ id }) => id),
  ]);
  const ids = new Set([...parts, ...Object.keys(catalog.kinds)]);
  const rows = Object.values(catalog.tables).flat();
  const tags = rows
    .flatMap((row) => [row.to, row.from, row.tag])
    .filter((tag): tag is string => typeof tag === 'string' && /^[A-Z]/.test(tag));
  const names = new Set([...tags, ...Object.values(catalog.kinds).map(({ type }) => type.split('/')[0] ?? type)]);
  const ports = new Set(rows.flatMap(({ ports: list }) => (Array.isArray(list) ? list.map(Number) : [])));
  const looked = [...ports].filter((port) => Number.isInteger(port) && !Object.hasOwn(plainNumbers, port));
  const azGroups = new Set([
    'login',
    'account',
    'extension',
    'rest',
    'ad',
    'lock',
    'quota',
    ...namesInTemplates(catalog).map((name) => name.split(' ')[0]),
  ]);
  const azCommand = new RegExp(`\\baz (${[...azGroups].join('|')})\\b`);

  const numbersAmong = (files: readonly SourceFile[]) =>
    files.flatMap((file) =>
      numbersOf(file)
        .filter((number) => looked.includes(number))
        .map((number) => `${file.path}: ${number}`),
    );
  const commandsAmong = (files: readonly SourceFile[]) =>
    files.flatMap((file) =>
      textsOf(file)
        .filter((text) => azCommand.test(text))
        .map((text) => `${file.path}: ${text}`),
    );

  it('spells no question', () => expect(spelled(questions)).toEqual([]));

  it('spells no topic, target, resource, action, item or kind of resource', () => expect(spelled(ids)).toEqual([]));

  it('spells no service tag and no type of resource', () => {
    expect(tags.length).toBeGreaterThan(5);
    expect(spelled(names)).toEqual([]);
  });

  it('spells no port', () => {
    expect(looked.length).toBeGreaterThan(3);
    expect(numbersAmong(sources)).toEqual([]);
    expect(spelled(looked.filter((port) => port > 999).map(String))).toEqual([]);
  });

  it('spells no az command', () => expect(commandsAmong(sources)).toEqual([]));

  it('would be found to spell each of them', () => {
    const text = "const a = `x ${b} subnet.prefix`; f('compute-cluster', 'Storage.eu'); run('az network vnet create', 44224, '18881');";
    const planted = [{ path: 'src/planted.ts', text }];
    expect(spelled(questions, planted)).toEqual(['src/planted.ts: subnet.prefix']);
    expect(spelled(ids, planted)).toEqual(['src/planted.ts: compute-cluster']);
    expect(spelled(names, planted)).toContain('src/planted.ts: Storage');
    expect(numbersAmong(planted)).toEqual(['src/planted.ts: 44224']);
    expect(spelled(['18881'], planted)).toEqual(['src/planted.ts: 18881']);
    expect(commandsAmong(planted)).toEqual(['src/planted.ts: az network vnet create']);
  });

  it('has no excuse that nothing needs', () => {
    const lines = everySpelling(new Set([...questions, ...ids, ...names]), sources);
    expect(Object.keys(excused).filter((line) => !lines.includes(line))).toEqual([]);
    const words = new Set(lines.map((line) => line.split(': ')[1]));
    expect(Object.keys(plainWords).filter((word) => !words.has(word))).toEqual([]);
  });

  it('names only examples, topics and facts that exist in the sample lines of its help', () => {
    const lines = sources.flatMap(textsOf).filter((text) => text.startsWith('amlguide '));
    const named = lines.flatMap((line) => /--example (\S+)/.exec(line)?.[1] ?? []);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !Object.hasOwn(catalog.examples, name))).toEqual([]);
    const facts = lines.flatMap((line) => /^amlguide facts ([a-z0-9-]+)$/.exec(line)?.[1] ?? []);
    expect(facts.filter((fact) => !Object.hasOwn(catalog.facts, fact))).toEqual([]);
  });
});

describe('imports point inward', () => {
  /** What each room may import from, besides itself. */
  const rooms: Readonly<Record<string, readonly string[]>> = {
    core: [],
    io: ['core'],
    build: ['core', 'io'],
    ui: ['core'],
    commands: ['core', 'io', 'ui', 'build'],
  };

  it.each(Object.entries(rooms))('of src/%s', (room, allowed) => {
    const inside = sources.filter(({ path }) => path.startsWith(`src/${room}/`));
    const wrong = inside.flatMap((file) =>
      importsOf(file)
        .filter((from) => from.startsWith('.') && ![room, ...allowed].includes(roomOf(file, from)))
        .map((from) => `${file.path}: ${from}`),
    );
    expect(inside.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  it('core has nothing of Node and waits for nothing', () => {
    const pure = new Set(['@jmespath-community/jmespath', 'ip-address', 'mustache', 'string-width', 'yaml', 'zod']);
    const wrong = core.flatMap((file) =>
      importsOf(file)
        .filter((from) => !from.startsWith('.') && !pure.has(from))
        .map((from) => `${file.path}: ${from}`),
    );
    expect(wrong).toEqual([]);
    const waiting = core.filter((file) => nodesOf(file).some(({ type, async }) => async === true || type === 'AwaitExpression'));
    expect(waiting.map(({ path }) => path)).toEqual([]);
  });

  it('core asks for no clock, no chance and no process', () => {
    const wrong = core.filter(({ text }) => /\bprocess\.|\bDate\.now|new Date\(|Math\.random|\bfetch\(|\bglobalThis\b/.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

function roomOf({ path }: SourceFile, from: string): string {
  const [, room = ''] = posix.join(dirname(path), from).split('/');
  return room;
}

describe('files', () => {
  it('have 400 lines at most', () => {
    const long = paths.filter((path) => /\.(ts|tsx|mjs|js|py)$/.test(path) && !path.startsWith('test/golden/')).map(readSource);
    expect(long.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 })).filter(({ lines }) => lines > 400)).toEqual([]);
  });

  it('export by name', () => {
    const wrong = typed.filter(
      (file) => !file.path.endsWith('.config.ts') && nodesOf(file).some(({ type }) => type === 'ExportDefaultDeclaration'),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('are called after what they hold', () => {
    const wrong = /^(index|utils?|helpers?|common|misc)$|(?<!^resource-)manager|service$|-(utils?|helpers?)$/;
    // Resource Manager is what Azure calls it.
    const named = paths.filter((path) => /\.(ts|tsx|mjs|js)$/.test(path)).filter((path) => wrong.test(basename(path).replace(/\..*$/, '')));
    expect(named).toEqual([]);
  });

  it('say what each export is for', () => {
    const bare = core.concat(sources.filter(({ path }) => path.startsWith('src/io/'))).flatMap(({ path, text }) => {
      const lines = text.split('\n');
      return lines.flatMap((line, index) =>
        /^export (async )?(function|class|interface)/.test(line) && !/\*\/$/.test(lines[index - 1] ?? '') ? [`${path}:${index + 1}`] : [],
      );
    });
    expect(bare).toEqual([]);
  });

  it('name no place of the machine that they were written on', () => {
    // A folder for everybody's temporary files says nothing about a machine.
    const places = [root, dirname(root), homedir()].filter((place) => place.length > 2 && place !== tmpdir()).map((place) => `${place}/`);
    const texts = paths.filter((path) => !/\.(png|gz|wasm|ico)$/.test(path)).map(readSource);
    const wrong = texts.flatMap(({ path, text }) => places.filter((place) => text.includes(place)).map((place) => `${path}: ${place}`));
    expect(wrong).toEqual([]);
  });

  it('name no host to install from', () => {
    const { packages } = JSON.parse(readSource('package-lock.json').text) as { packages: Record<string, { resolved?: string }> };
    const hosts = Object.entries(packages).filter(([, { resolved }]) => resolved?.includes('://'));
    expect(hosts.map(([name]) => name)).toEqual([]);
  });
});
