import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog } from '../core/catalog.ts';
import { UserError } from '../core/errors.ts';
import { rememberExpressions } from '../core/expression.ts';
import type { Sample } from '../core/schema-sample.ts';

/** The catalog that the build wrote, or the one in a folder with checklists/ and templates/. */
export async function loadCatalog(folder?: string): Promise<Catalog> {
  if (folder === undefined) {
    const { expressions, ...catalog } = (await import('amlguide:catalog')).catalog as Catalog & { expressions?: Record<string, unknown> };
    rememberExpressions(expressions ?? {});
    return catalog;
  }
  await expectChecklists(folder);
  const { problemLine, readCatalog } = await import('./read-catalog.ts');
  const { catalog, problems } = await readCatalog(folder);
  if (catalog && problems.length === 0) return catalog;
  throw new UserError(problems.map((problem) => ({ what: problemLine(problem) })));
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
