import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { Finding, Path, Place } from '../core/lint-finding.ts';

/** Something wrong in a file of the catalog, at its line and column (from 1). */
export interface CatalogProblem {
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly message: string;
  readonly hint?: string;
}

/** A YAML file: its tree, where everything in it stands, and what YAML itself finds wrong. */
export interface YamlSource {
  readonly file: string;
  readonly tree: unknown;
  readonly problems: readonly CatalogProblem[];
  readonly placeOf: (path: Path, key?: boolean) => Place;
}

/** The line that a person reads for a problem: file:line:col, what is wrong, and what helps. */
export function problemLine({ file, line, col, message, hint }: CatalogProblem): string {
  return `${file}:${line}:${col} ${message}${hint === undefined ? '' : ` (${hint})`}`;
}

/** Parses a YAML file and remembers where everything stands. */
export function readYaml(file: string, text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), col: Math.max(1, col) };
  };
  const wrong = [...document.errors, ...document.warnings];
  const problems = wrong.map(({ message, pos }) => ({ file, ...place(pos[0]), message }));
  const tree: unknown = problems.length > 0 ? undefined : document.toJS();
  const resolve = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  return { file, tree, problems, placeOf: (path, key) => place(offsetOf(document.contents, path, key === true, resolve)) };
}

/** Where the node at a path begins; of a path that leads nowhere the part that exists. */
function offsetOf(contents: unknown, path: Path, key: boolean, resolve: (node: unknown) => unknown): number {
  let node = contents;
  let offset = startOf(contents) ?? 0;
  for (const [depth, step] of path.entries()) {
    const holder = resolve(node);
    const pair = isMap(holder)
      ? (holder.items as Pair[]).find((one) => isScalar(one.key) && String(one.key.value) === String(step))
      : undefined;
    const next = pair ? pair.value : isSeq(holder) ? holder.items[Number(step)] : undefined;
    if (pair === undefined && next === undefined) break;
    const last = key && depth === path.length - 1;
    offset = (last ? undefined : startOf(next)) ?? startOf(pair?.key) ?? offset;
    node = next;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  const range = (node as Node | null | undefined)?.range;
  // A value that is left out has an empty range behind its key; the key says more.
  return range && range[1] > range[0] ? range[0] : undefined;
}

/** A problem of a file, from a finding whose path leads into its tree. */
export function problemAt(source: YamlSource, finding: Finding, path: Path = finding.path): CatalogProblem {
  const { message, hint, key } = finding;
  return { file: source.file, ...source.placeOf(path, key), message, ...(hint === undefined ? {} : { hint }) };
}
