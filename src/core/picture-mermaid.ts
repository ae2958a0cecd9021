import type { Drawn, Flow } from './picture.ts';
import { pictureSentences } from './picture-words.ts';

/** The picture as a Mermaid flow chart: boxes as subgraphs, what may talk to what as arrows with their ports, and all of it in sentences for who listens. */
export function drawMermaid(nodes: readonly Drawn[]): string[] {
  const ids = new Map<Drawn, string>();
  const boxes = nodes.flatMap((node) => boxLines(node, ids, '  '));
  const byKey = new Map([...ids].map(([{ key }, id]) => [key, id]));
  const links = [...ids].flatMap(([{ links: keys }, id]) =>
    keys.flatMap((key) => (byKey.has(key) ? [`  ${id} -.-> ${byKey.get(key)}`] : [])),
  );
  return ['flowchart LR', ...description(nodes), ...boxes, ...links, ...flowLines(ids)];
}

/** Mermaid hands this on to screen readers; a brace would end it, and a percent sign may begin a directive. */
function description(nodes: readonly Drawn[]): string[] {
  const sentences = pictureSentences(nodes).map((one) => `    ${one.replace(/[{}%]/g, ' ').replace(/\s+/g, ' ')}`);
  return ['  accTitle: The network', '  accDescr {', ...sentences, '  }'];
}

function boxLines(node: Drawn, ids: Map<Drawn, string>, indent: string): string[] {
  const id = `n${ids.size}`;
  ids.set(node, id);
  if (node.inner.length === 0) return [`${indent}${id}[${quoted([node.label, ...node.notes])}]`];
  // Mermaid keeps room for one line above what a box holds.
  return [
    `${indent}subgraph ${id}[${quoted([[node.label, ...node.notes].join(' · ')])}]`,
    ...node.inner.flatMap((child) => boxLines(child, ids, `${indent}  `)),
    `${indent}end`,
  ];
}

/** The ends of flows once each, then an arrow for each flow. */
function flowLines(ids: ReadonlyMap<Drawn, string>): string[] {
  const ends = new Map<string, string>();
  const arrows: string[] = [];
  for (const [node, id] of ids)
    for (const flow of node.flows) {
      const end = ends.get(flow.who) ?? `e${ends.size}`;
      ends.set(flow.who, end);
      arrows.push(`  ${arrowOf(flow, id, end)}`);
    }
  return [...[...ends].map(([who, end]) => `  ${end}([${quoted([who])}])`), ...arrows];
}

function arrowOf(flow: Flow, box: string, end: string): string {
  const [from, to] = flow.way === 'out' ? [box, end] : [end, box];
  const label = flow.ports === '' ? '' : `|${quoted([flow.ports])}|`;
  return `${from} ${flow.denied ? '--x' : '-->'}${label} ${to}`;
}

/** Lines of text between quotes; what would end them, begin Markdown, a directive or an entity is written as its number. */
function quoted(lines: readonly string[]): string {
  const text = lines.map((line) => line.replace(/["&<>#`\\%{}]/g, (character) => `#${character.codePointAt(0)};`).replace(/\s+/g, ' '));
  // Mermaid refuses an empty text.
  return `"${text.join('<br>') || ' '}"`;
}
