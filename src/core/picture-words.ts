import type { Drawn, Flow } from './picture.ts';

/** The picture in sentences, for who listens to it: what holds what, and what may talk to what. */
export function pictureSentences(nodes: readonly Drawn[]): string[] {
  const names = namesOf(nodes);
  return nodes.flatMap((node) => sentencesOf(node, names));
}

function sentencesOf(node: Drawn, names: ReadonlyMap<string, string>): string[] {
  return [
    `${ofNode(node)}${holding(node)}.`,
    ...node.links.flatMap((key) => (names.has(key) ? [`${capital(node.label)} leads to ${names.get(key)}.`] : [])),
    ...node.flows.map((flow) => `${capital(node.label)} ${flowWords(flow)}.`),
    ...node.inner.filter(hasMore).flatMap((child) => sentencesOf(child, names)),
  ];
}

/** Whether a thing gets sentences of its own. */
function hasMore({ inner, flows, links }: Drawn): boolean {
  return inner.length > 0 || flows.length > 0 || links.length > 0;
}

function ofNode({ label, notes }: Drawn): string {
  return [capital(label), ...notes].join(', ');
}

function holding({ notes, inner }: Drawn): string {
  if (inner.length === 0) return '';
  const things = inner.map((child) =>
    hasMore(child) || child.notes.length === 0 ? child.label : `${child.label} (${child.notes.join(', ')})`,
  );
  const list = things.length === 1 ? things[0] : `${things.slice(0, -1).join(', ')} and ${things[things.length - 1]}`;
  return `${notes.length > 0 ? ',' : ''} holds ${list}`;
}

/** What may talk to what, behind the name of the box. */
function flowWords(flow: Flow): string {
  const may = flow.denied ? 'may not' : 'may';
  const who = flow.way === 'out' ? `${may} reach ${flow.who}` : `${may} be reached by ${flow.who}`;
  return [`${who}${onPorts(flow.ports)}`, ...(flow.why === '' ? [] : [flow.why])].join(': ');
}

function onPorts(ports: string): string {
  if (ports === '') return '';
  return /^\d+$/.test(ports) ? ` on port ${ports}` : /^[\d, ]+$/.test(ports) ? ` on ports ${ports}` : ` on ${ports}`;
}

/** The name of each thing by its key. */
function namesOf(nodes: readonly Drawn[]): Map<string, string> {
  return new Map(nodes.flatMap((node) => [[node.key, node.label] as const, ...namesOf(node.inner)]));
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
