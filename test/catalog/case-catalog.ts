import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Catalog } from '../../src/core/catalog.ts';
import { answersGiven } from '../../src/core/given.ts';
import type { Json } from '../../src/core/json.ts';
import { type Plan, plan, type Step } from '../../src/core/plan.ts';
import type { Answers } from '../../src/core/situation.ts';
import { type Word, wordText } from '../../src/core/words.ts';
import { problemLine, readCatalog } from '../../src/io/read-catalog.ts';

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const frames = fileURLToPath(new URL('../../templates/frames/', import.meta.url));

/** A hard case as a catalog: its files, those that all cases share, and the frames of the product. */
export async function caseCatalog(name: string): Promise<Catalog> {
  const root = await mkdtemp(join(tmpdir(), 'amlguide-case-'));
  for (const part of ['common', name]) await cp(join(fixtures, part), root, { recursive: true });
  await cp(frames, join(root, 'templates', 'frames'), { recursive: true });
  const { catalog, problems } = await readCatalog(root);
  if (!catalog || problems.length > 0) throw new Error(`the case ${name}:\n${problems.map(problemLine).join('\n')}`);
  return catalog;
}

/** What every case is answered with. */
export const start = { subscription: 'sub-1', name: 'case', group_name: 'rg-1' };

/** Answers by key, out of answers as a file holds them. */
export function keyed(catalog: Catalog, given: Readonly<Record<string, Json>>): Answers {
  const { answers, problems } = answersGiven(catalog, { ...start, ...given });
  if (problems.length > 0) throw new Error(problems.map(({ key, say }) => `${key} ${say}`).join('\n'));
  return answers;
}

/** The plan of complete answers; fails with what is missing or refused. */
export function planned(catalog: Catalog, given: Readonly<Record<string, Json>>): Plan {
  const made = plan(catalog, keyed(catalog, given));
  if ('problems' in made) throw new Error(made.problems.map(({ key, say }) => `${key}: ${say}`).join('\n'));
  return made;
}

/** What is missing or refused, as `key: sentence`. */
export function refused(catalog: Catalog, given: Readonly<Record<string, Json>>): string[] {
  const made = plan(catalog, keyed(catalog, given));
  return 'problems' in made ? made.problems.map(({ key, say }) => `${key}: ${say}`) : [];
}

/** The step with a key. */
export function stepOf({ steps }: Plan, key: string): Step {
  const step = steps.find((one) => one.key === key);
  if (!step) throw new Error(`no step ${key} among ${steps.map((one) => one.key).join(', ')}`);
  return step;
}

/** Commands as the arguments that the process gets; an output of an earlier step reads as ‹its name›. */
export function argv(commands: readonly (readonly Word[])[]): string[][] {
  return commands.map((words) =>
    words.map((word) => wordText(word) ?? word.map((part) => ('output' in part ? `‹${part.output}›` : JSON.stringify(part))).join('')),
  );
}

/** The value words of an option, or undefined when the command does not have it. */
export function valuesOf(words: readonly string[] | undefined, option: string): string[] | undefined {
  const at = words?.indexOf(option) ?? -1;
  if (!words || at < 0) return undefined;
  const rest = words.slice(at + 1);
  const end = rest.findIndex((word) => word.startsWith('--'));
  return end < 0 ? rest : rest.slice(0, end);
}
