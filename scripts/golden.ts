import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Catalog } from '../src/core/catalog.ts';
import { answersGiven } from '../src/core/given.ts';
import type { Json } from '../src/core/json.ts';
import { plan } from '../src/core/plan.ts';
import { formats, type RenderedFile, render } from '../src/core/render.ts';
import { problemLine, readCatalog } from '../src/io/read-catalog.ts';
import { root } from './places.mjs';

/** Where the expected files of the examples stand. */
export const goldenFolder: string = join(root, 'test', 'golden');

/** Stands in for the version of the program, so that a release changes no expected file. */
const anyVersion = '0.0.0';

/** The checklists of this repository; fails with every problem. */
export async function ownCatalog(): Promise<Catalog> {
  const { catalog, problems } = await readCatalog(root);
  if (!catalog || problems.length > 0) throw new Error(problems.map(problemLine).join('\n'));
  return catalog;
}

/** Renders answers in every format, the retired ones too; fails with what is missing or refused. */
export function renderAnswers(catalog: Catalog, given: Readonly<Record<string, Json>>): RenderedFile[] {
  const { answers, problems } = answersGiven(catalog, given);
  const made = plan(catalog, answers);
  const wrong = [...problems, ...('problems' in made ? made.problems : [])];
  if ('problems' in made || wrong.length > 0) throw new Error(wrong.map(({ key, say }) => `${key} ${say}`).join('\n'));
  return render(made, formats, anyVersion);
}

/** The files of every example by path, such as compute-cluster/run.sh. */
export function expectedFiles(catalog: Catalog): Map<string, RenderedFile> {
  const all = Object.entries(catalog.examples).flatMap(([name, { answers }]) =>
    renderAnswers(catalog, answers as Record<string, Json>).map((file) => [`${name}/${file.path}`, file] as const),
  );
  return new Map(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

async function writeGolden(): Promise<void> {
  const catalog = await ownCatalog();
  const files = expectedFiles(catalog);
  for (const example of await examplesThere()) await rm(join(goldenFolder, example), { recursive: true });
  for (const [path, { text, executable }] of files) {
    const file = join(goldenFolder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    if (executable) await chmod(file, 0o755);
  }
  process.stdout.write(`${files.size} files of ${Object.keys(catalog.examples).length} examples\n`);
}

/** The folders of examples that were written before. */
export async function examplesThere(): Promise<string[]> {
  const entries = await readdir(goldenFolder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

if (import.meta.main) await writeGolden();
