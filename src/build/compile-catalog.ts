import { parsedExpressions } from '../core/expression.ts';
import { lateText } from '../io/late.ts';
import { problemLine, readCatalog } from '../io/read-catalog.ts';

/** What the build takes: the catalog as it goes into the module, and the problems as file:line:col. */
export interface CompiledCatalog {
  /** What every start needs. */
  readonly catalog: unknown;
  /** What a start needs little of, in a form that costs nothing before it is wanted. */
  readonly late: string;
  /** The made-up subscription, which is read only where somebody asks for it. */
  readonly sample: unknown;
  readonly problems: readonly string[];
  readonly watchFiles: readonly string[];
}

/** Compiles `checklists/` and `templates/` below a folder for the build. */
export async function compileCatalog(root: string): Promise<CompiledCatalog> {
  const { catalog, problems, files } = await readCatalog(root);
  // Answers that show checks passing and failing are for authors and tests.
  return {
    catalog: { ...catalog, answers: {}, samples: {}, facts: {}, errors: [], glossary: [] },
    late: lateText({
      expressions: parsedExpressions(),
      facts: catalog?.facts ?? {},
      errors: Object.fromEntries((catalog?.errors ?? []).entries()),
      glossary: Object.fromEntries((catalog?.glossary ?? []).entries()),
    }),
    sample: Object.values(catalog?.samples ?? {}),
    problems: problems.map(problemLine),
    watchFiles: files,
  };
}
