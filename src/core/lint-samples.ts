import type { Catalog } from './catalog.ts';
import { parseExpression } from './expression.ts';
import { type Finding, known, type Path } from './lint-finding.ts';

/** What the made-up subscription holds: resources once, and reads that exist. */
export function lintSamples(catalog: Catalog): Finding[] {
  const reads = catalog.topics.flatMap((topic) => topic.reads ?? []).map(({ id }) => id);
  const seen = new Set<string>();
  return Object.entries(catalog.samples).flatMap(([file, { resources = [], lists = {}, forbidden = {}, reads: answers = {} }]) => {
    const at: Path = ['samples', file];
    const twice = resources.flatMap(({ id }, index): Finding[] => {
      const there = seen.has(id.toLowerCase());
      seen.add(id.toLowerCase());
      return there ? [{ path: [...at, 'resources', index, 'id'], message: `there is already a resource ${id}` }] : [];
    });
    const named = (key: 'lists' | 'reads' | 'forbidden', ids: readonly string[]) =>
      ids.flatMap((id) => known(reads, id, [...at, key, id], 'read').map((one) => ({ ...one, key: true })));
    return [
      ...twice,
      ...named('lists', Object.keys(lists)),
      ...named('reads', Object.keys(answers)),
      ...named('forbidden', Object.keys(forbidden)),
      ...Object.entries(lists).flatMap(([id, { row }]) => rowFindings(row, [...at, 'lists', id, 'row'])),
    ];
  });
}

function rowFindings(row: string, path: Path): Finding[] {
  try {
    parseExpression(row);
    return [];
  } catch (cause) {
    return [{ path, message: `«${row}» is no expression: ${cause instanceof Error ? cause.message : String(cause)}` }];
  }
}
