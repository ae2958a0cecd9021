import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog } from '../src/core/catalog.ts';
import { parseCommands } from '../src/core/words.ts';
import { ownCatalog } from './golden.ts';
import { root } from './places.mjs';

/** Refreshes the small copy of the az reference: node scripts/az-reference.ts FILE, where FILE is the full reference. */
const copy = join(root, 'test', 'azure', 'az-reference.json');
const standIn = join(root, 'test', 'azure', 'python', 'ml_commands.py');

interface FullReference {
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly commands: Readonly<Record<string, { readonly extension: string | null }>>;
  readonly [key: string]: unknown;
}

/** The names of the commands that the catalog's templates and kinds hold, without az. */
export function namesInTemplates(catalog: Catalog): string[] {
  const texts = Object.entries(catalog.templates).flatMap(([path, text]) => (path.endsWith('.az') ? [text] : []));
  const { probe, remove, read, restore } = catalog.manifest;
  const kinds = Object.values(catalog.kinds).flatMap(({ undo, purge, empty }) =>
    [undo, purge, empty?.run].filter((text) => text !== undefined),
  );
  const looks = catalog.topics.flatMap(({ actions = [] }) => actions.flatMap(({ empty }) => empty?.run ?? []));
  const commands = [probe, remove, read, restore, ...kinds, ...looks, ...texts].flatMap(parseCommands);
  return commands.flatMap(({ words }) => {
    const plain = words.map(([first]) => (first && 'text' in first ? first.text : ''));
    const option = plain.findIndex((text) => text.startsWith('-'));
    return plain[0] === 'az' ? [plain.slice(1, option < 0 ? undefined : option).join(' ')] : [];
  });
}

/** The commands that the stand-in for extensions acts out. */
async function namesInStandIn(): Promise<string[]> {
  const text = await readFile(standIn, 'utf8');
  return [...text.matchAll(/^ {4}'([a-z][a-z0-9 -]*)':/gm)].map(([, name = '']) => name);
}

async function copyReference(path: string): Promise<void> {
  const full = JSON.parse(await readFile(path, 'utf8')) as FullReference;
  const names = [...new Set([...namesInTemplates(await ownCatalog()), ...(await namesInStandIn())])].sort();
  const unknown = names.filter((name) => !Object.hasOwn(full.commands, name));
  if (unknown.length > 0) throw new Error(`the reference does not know: ${unknown.join(', ')}`);
  const commands = Object.fromEntries(names.map((name) => [name, full.commands[name]]));
  const used = new Set(names.map((name) => full.commands[name]?.extension));
  const extensions = Object.fromEntries(Object.entries(full.extensions).filter(([name]) => used.has(name)));
  const { groups: _, ...rest } = full;
  await writeFile(copy, `${linesOf({ ...rest, extensions, commands })}\n`);
  process.stdout.write(`${names.length} commands\n`);
}

/** JSON with a line for each command, so that a change shows which one it is. */
function linesOf({ commands, ...rest }: Record<string, unknown>): string {
  const head = Object.entries(rest).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const list = Object.entries(commands as object).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{\n${[...head, `"commands": {\n${list.join(',\n')}\n}`].join(',\n')}\n}`;
}

if (import.meta.main) {
  const [path] = process.argv.slice(2);
  if (path === undefined) throw new Error('usage: node scripts/az-reference.ts FILE');
  await copyReference(path);
}
