import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog } from '../core/catalog.ts';
import { UserError } from '../core/errors.ts';
import { rememberExpressions } from '../core/expression.ts';
import type { Sample } from '../core/schema-sample.ts';
import { lateOf, lazily } from './late.ts';

/** The catalog that the build wrote, or the one in a folder with checklists/ and templates/. */
export async function loadCatalog(folder?: string): Promise<Catalog> {
  if (folder === undefined) {
    const built = await import('amlguide:catalog');
    const { expressions, facts, errors, glossary } = lateOf(built.late);
    rememberExpressions(expressions);
    const catalog = { ...(built.catalog as Catalog), facts: lazily<Catalog['facts'][string]>(facts) };
    return withLate(withLate(catalog, 'errors', errors), 'glossary', glossary);
  }
  await expectChecklists(folder);
  const { problemLine, readCatalog } = await import('./read-catalog.ts');
  const { catalog, problems } = await readCatalog(folder);
  if (catalog && problems.length === 0) return catalog;
  throw new UserError(problems.map((problem) => ({ what: problemLine(problem) })));
}

/** A catalog of which one list is parsed only when somebody asks for it: what failures mean, what words mean. */
function withLate(catalog: Catalog, name: 'errors' | 'glossary', entries: ReadonlyMap<string, string>): Catalog {
  let list: readonly unknown[] | undefined;
  return Object.defineProperty(catalog, name, {
    enumerable: true,
    get: () => {
      list ??= Object.values(lazily(entries));
      return list;
    },
  });
}

/** The made-up subscription: the one that the build wrote, or the one of a folder. */
export async function loadSample(folder?: string): Promise<readonly Sample[]> {
  if (folder === undefined) return (await import('amlguide:sample')).sample as readonly Sample[];
  return Object.values((await loadCatalog(folder)).samples);
}

/** Refuses a folder that is no catalog at all, with one sentence in place of a complaint for each file that it does not hold. */
export async function expectChecklists(folder: string): Promise<void> {
  const isFolder = await stat(join(folder, 'checklists')).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return;
  throw new UserError({
    what: 'There is no folder checklists/ in here.',
    where: folder,
    hint: 'Name the folder that holds checklists/ and templates/.',
  });
}
