import type { Drawn, Flow } from './picture.ts';

/** The picture in sentences, for who listens to it: what holds what, and what may talk to what. */
export function pictureSentences(nodes: readonly Drawn[]): string[] {
  const names = namesOf(nodes);
  return nodes.flatMap((node) => sentencesOf(node, names));
}

function sentencesOf(node: Drawn, names: ReadonlyMap<string, string>, within = false): string[] {
  const links = node.links.flatMap((key) => names.get(key) ?? []);
  // What stands in a box was named with it.
  const first = within && node.inner.length === 0 && node.notes.length === 0 ? [] : [`${named(node)}${holding(node)}.`];
  const more = [...(links.length > 0 ? [`leads to ${listed(links)}`] : []), ...node.flows.map(flowWords)];
  return [
    ...first,
    ...more.map((words, index) => `${first.length + index > 0 ? 'It' : capital(node.label)} ${words}.`),
    ...node.inner.filter(hasMore).flatMap((child) => sentencesOf(child, names, true)),
  ];
}

/** Whether a thing gets sentences of its own. */
function hasMore({ inner, flows, links }: Drawn): boolean {
  return inner.length > 0 || flows.length > 0 || links.length > 0;
}

function named({ label, notes }: Drawn): string {
  return [capital(label), ...notes].join(', ');
}

function holding({ notes, inner }: Drawn): string {
  if (inner.length === 0) return '';
  const things = inner.map((child) =>
    hasMore(child) || child.notes.length === 0 ? child.label : `${child.label} (${child.notes.join(', ')})`,
  );
  return `${notes.length > 0 ? ',' : ''} holds ${listed(things)}`;
}

/** What may talk to what, behind the name of the box. */
function flowWords({ denied, way, who, ports, why }: Flow): string {
  const may = denied ? 'may not' : 'may';
  const reach = way === 'out' ? `${may} reach ${who}` : `${may} be reached by ${who}`;
  return [`${reach}${onPorts(ports)}`, ...(why === '' ? [] : [why])].join(': ');
}

function onPorts(ports: string): string {
  if (ports === '') return '';
  const all = ports.split(', ');
  return all.every((port) => /^\d+$/.test(port)) ? ` on port${all.length > 1 ? 's' : ''} ${listed(all)}` : ` on ${listed(all)}`;
}

function listed(texts: readonly string[]): string {
  return texts.length > 1 ? `${texts.slice(0, -1).join(', ')} and ${texts[texts.length - 1]}` : (texts[0] ?? '');
}

/** The name of each thing by its key. */
function namesOf(nodes: readonly Drawn[]): Map<string, string> {
  return new Map(nodes.flatMap((node) => [[node.key, node.label] as const, ...namesOf(node.inner)]));
}

function capital(text: string): string {
  // Only plain letters: others may become several when they grow.
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}
