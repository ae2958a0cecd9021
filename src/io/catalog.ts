import type { Catalog } from '../core/catalog.ts';
import { UserError } from '../core/errors.ts';

/** The catalog that the build wrote, or the one in a folder with checklists/ and templates/. */
export async function loadCatalog(folder?: string): Promise<Catalog> {
  if (folder === undefined) return (await import('amlguide:catalog')).catalog as Catalog;
  const { problemLine, readCatalog } = await import('./read-catalog.ts');
  const { catalog, problems } = await readCatalog(folder);
  if (catalog && problems.length === 0) return catalog;
  throw new UserError(problems.map((problem) => ({ what: problemLine(problem) })));
}
