import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Path, Place } from '../core/lint-finding.ts';

/** A YAML file: its tree, where everything in it stands, and what YAML itself finds wrong. */
export interface YamlSource {
  readonly file: string;
  readonly tree: unknown;
  readonly problems: readonly (Place & { readonly message: string })[];
  readonly placeOf: (path: Path, key?: boolean) => Place;
}

/** Parses a YAML file and remembers where everything stands. */
export function readYaml(file: string, text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), col: Math.max(1, col) };
  };
  // What follows a mistake is read wrongly too, so the first one says all that can be known.
  const wrong = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]).slice(0, 1);
  const problems = wrong.map(({ message, pos }) => ({ ...place(pos[0]), message }));
  const tree: unknown = problems.length > 0 ? undefined : document.toJS();
  const resolve = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  return { file, tree, problems, placeOf: (path, key) => place(offsetOf(document.contents, path, key === true, resolve)) };
}

/** Where the node at a path begins; of a path that leads nowhere the part that exists. */
function offsetOf(contents: unknown, path: Path, key: boolean, resolve: (node: unknown) => unknown): number {
  let node = contents;
  let offset = startOf(contents) ?? 0;
  for (const [depth, step] of path.entries()) {
    const child = childAt(resolve(node), step);
    if (!child) break;
    const keyOnly = key && depth === path.length - 1;
    offset = (keyOnly ? undefined : startOf(child.value)) ?? startOf(child.key) ?? offset;
    node = child.value;
  }
  return offset;
}

function childAt(holder: unknown, step: string | number): { readonly key?: unknown; readonly value: unknown } | undefined {
  if (isMap(holder)) return holder.items.find((one) => isScalar(one.key) && String(one.key.value) === String(step));
  const value = isSeq(holder) ? holder.items[Number(step)] : undefined;
  return value === undefined ? undefined : { value };
}

function startOf(node: unknown): number | undefined {
  const range = (node as Node | null | undefined)?.range;
  // A value that is left out has an empty range behind its key; the key says more.
  return range && range[1] > range[0] ? range[0] : undefined;
}
