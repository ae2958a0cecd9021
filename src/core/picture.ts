import type { Plan } from './plan.ts';
import { type Instance, sayIn } from './resources.ts';
import { wordText } from './words.ts';

/** A thing of the picture with what stands in it. */
export interface Drawn {
  readonly key: string;
  readonly label: string;
  readonly shape: 'box' | 'inside' | 'line';
  readonly inner: readonly Drawn[];
}

/** The network as a tree: boxes in boxes, and in each box what is put into it or connected to it. */
export function pictureOf(plan: Plan): Drawn[] {
  const { world } = plan;
  const seen = new Set<string>();
  const drawn = world.instances.filter(({ kind, id, key }) => {
    const text = (wordText(id) ?? key).toLowerCase();
    if (!kind.draw || kind.draw === 'none' || seen.has(text)) return false;
    seen.add(text);
    return true;
  });
  const holders = new Map(drawn.map((instance) => [instance, holderOf(plan, drawn, instance)]));
  const nodeOf = (instance: Instance): Drawn => ({
    key: instance.key,
    label: sayIn(world, instance.resource.what, instance.each, instance),
    shape: instance.kind.draw === 'box' ? 'box' : instance.kind.draw === 'inside' ? 'inside' : 'line',
    inner: drawn.filter((other) => holders.get(other) === instance).map(nodeOf),
  });
  return drawn.filter((instance) => holders.get(instance) === undefined).map(nodeOf);
}

/** The box that a thing stands in: what it joins, what its parent is, or the first box that is made with it. */
function holderOf(plan: Plan, drawn: readonly Instance[], instance: Instance): Instance | undefined {
  const boxes = drawn.filter((other) => other !== instance && other.kind.draw === 'box');
  // It is put into the first of them; the others it only needs.
  const joined = (instance.resource.joins ?? []).flatMap((id) => boxes.find((box) => box.resource.id === id) ?? []).at(0);
  if (joined) return joined;
  const parent = boxes.find((box) => box.resource.id === instance.resource.parent);
  if (parent || instance.kind.draw === 'box') return parent;
  const users = plan.steps.filter((step) => step.after.includes(instance.key)).map(({ key }) => key);
  const user = boxes.find((box) => users.includes(box.key));
  if (user) return user;
  // What only something in a box needs, such as the public IP of a NAT gateway, stands in that box too.
  const between = drawn.find((other) => other !== instance && users.includes(other.key));
  return between && holderOf(plan, drawn, between);
}

/** The picture in characters; `width` is the most columns it may take. */
export function drawText(nodes: readonly Drawn[], width = 76): string[] {
  return nodes.flatMap((node) => drawNode(node, width));
}

function drawNode(node: Drawn, width: number): string[] {
  if (node.shape !== 'box') return [cut(`${node.shape === 'inside' ? '•' : '─'} ${node.label}`, width)];
  const title = cut(node.label, width - 6);
  if (node.inner.length === 0) return [`[ ${title} ]`];
  const inner = node.inner.flatMap((child) => drawNode(child, width - 4));
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
    const label = `"${node.label.replace(/["&<>#]/g, (character) => `#${character.codePointAt(0)};`)}"`;
    if (node.inner.length === 0) return [`${indent}${id}[${label}]`];
    return [`${indent}subgraph ${id}[${label}]`, ...node.inner.flatMap((child) => lines(child, `${indent}  `)), `${indent}end`];
  };
  return ['flowchart LR', ...nodes.flatMap((node) => lines(node, '  '))];
}
