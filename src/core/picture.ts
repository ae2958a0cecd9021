import { sayIn, type Instance, type World } from './resources.ts';

/** A thing of the picture with what stands in it. */
export interface Drawn {
  readonly key: string;
  readonly label: string;
  readonly shape: 'box' | 'inside' | 'line';
  readonly inner: readonly Drawn[];
}

/** The network as a tree: boxes in boxes, and beside them what is connected to them. */
export function pictureOf(world: World): Drawn[] {
  const drawn = world.instances.filter(({ kind }) => kind.draw && kind.draw !== 'none');
  const holder = (instance: Instance): Instance | undefined =>
    drawn.find((other) => other.kind.draw === 'box' && (instance.resource.joins ?? []).includes(other.resource.id)) ??
    drawn.find((other) => other.kind.draw === 'box' && other.resource.id === instance.resource.parent);
  const nodeOf = (instance: Instance): Drawn => ({
    key: instance.key,
    label: sayIn(world, instance.resource.what, instance.each, instance),
    shape: instance.kind.draw === 'box' ? 'box' : instance.kind.draw === 'inside' ? 'inside' : 'line',
    inner: drawn.filter((other) => other !== instance && holder(other) === instance).map(nodeOf),
  });
  return drawn.filter((instance) => holder(instance) === undefined).map(nodeOf);
}

/** The picture in characters; `width` is the most columns it may take. */
export function drawText(nodes: readonly Drawn[], width = 76): string[] {
  return nodes.flatMap((node) => drawNode(node, width));
}

function drawNode(node: Drawn, width: number): string[] {
  if (node.shape !== 'box') return [cut(`${node.shape === 'inside' ? '•' : '─'} ${node.label}`, width)];
  const inner = node.inner.flatMap((child) => drawNode(child, width - 4));
  const title = cut(node.label, width - 6);
  return [
    `┌─ ${title} ${'─'.repeat(Math.max(0, width - [...title].length - 5))}┐`,
    ...inner.map((line) => `│ ${line}${' '.repeat(Math.max(0, width - 4 - [...line].length))} │`),
    `└${'─'.repeat(width - 2)}┘`,
  ];
}

function cut(text: string, width: number): string {
  const characters = [...text];
  return characters.length > width ? `${characters.slice(0, width - 1).join('')}…` : text;
}

/** The picture as a Mermaid flow chart. */
export function drawMermaid(nodes: readonly Drawn[]): string[] {
  let next = 0;
  const lines = (node: Drawn, indent: string): string[] => {
    const id = `n${next++}`;
    const label = JSON.stringify(node.label.replace(/"/g, "'"));
    if (node.shape !== 'box') return [`${indent}${id}[${label}]`];
    return [`${indent}subgraph ${id}[${label}]`, ...node.inner.flatMap((child) => lines(child, `${indent}  `)), `${indent}end`];
  };
  return ['flowchart LR', ...nodes.flatMap((node) => lines(node, '  '))];
}
