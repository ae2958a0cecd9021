import type { Catalog } from './catalog.ts';
import { plainPath, referencesOf } from './expression.ts';
import type { Finding } from './lint-finding.ts';
import type { Spot } from './lint-spots.ts';
import type { Resource } from './schema.ts';

/** Outputs where nothing can read them: only Azure knows them, and only after the step. */
export function lintOutputs(catalog: Catalog, spots: readonly Spot[]): Finding[] {
  const resources = new Map(catalog.topics.flatMap((topic) => topic.resources ?? []).map((resource) => [resource.id, resource]));
  return [...repeated(catalog), ...spots.flatMap((spot) => outputsIn(spot).flatMap((path) => wrongIn(spot, path, resources)))];

  function outputsIn({ expression }: Spot): string[] {
    try {
      return referencesOf(expression).filter((path) => isOutput(path, resources));
    } catch {
      return [];
    }
  }
}

function isOutput(path: string, resources: ReadonlyMap<string, Resource>): boolean {
  const [root = '', property = ''] = path.split('.');
  return property in (resources.get(root)?.outputs ?? {});
}

function repeated(catalog: Catalog): Finding[] {
  return catalog.topics.flatMap((topic) =>
    (topic.resources ?? []).flatMap(({ id, each, outputs }, index) =>
      each === undefined || outputs === undefined
        ? []
        : [
            {
              path: ['topics', topic.topic, 'resources', index, 'outputs'],
              message: `«${id}» repeats, so nothing can name its outputs`,
            },
          ],
    ),
  );
}

function wrongIn({ path, at, expression, sees }: Spot, output: string, resources: ReadonlyMap<string, Resource>): Finding[] {
  const place = { path, ...(at ? { at } : {}) };
  const [root = ''] = output.split('.');
  const isRow = sees.row !== undefined && root === 'row';
  if (isRow || resources.get(root)?.each !== undefined) return [];
  if (!isWord({ path }) || plainPath(expression) === undefined)
    return [
      {
        ...place,
        message: `«${output}» is known only while the script runs: it stands alone in \${…}, in a command or a value under same:`,
      },
    ];
  return sees.self === root ? [{ ...place, message: `«${output}» is known only after the step of «${root}» itself` }] : [];
}

/** Words of commands and wanted values become parts of a script; all other text is filled before. */
function isWord({ path }: Pick<Spot, 'path'>): boolean {
  if (path[0] === 'templates') return true;
  return path[2] === 'resources' && path[4] === 'same' && !String(path[5]).includes('${');
}
