import { actionsOf, type Catalog } from './catalog.ts';
import { parseExpression } from './expression.ts';
import { boundPath } from './items.ts';
import { commandFindings, commandsIn } from './lint-commands.ts';
import type { Finding, Path } from './lint-finding.ts';
import { known } from './lint-finding.ts';
import type { Topic } from './schema.ts';
import type { Item, Read } from './schema-checks.ts';
import { computer } from './verify/sources.ts';

/** What is read besides resources, what the checks of items name, and the answers that show them passing and failing. */
export function lintChecks(catalog: Catalog): Finding[] {
  const reads = catalog.topics.flatMap((topic) => topic.reads ?? []).map(({ id }) => id);
  const resources = resourcesOf(catalog);
  const names = new Set([...resources, ...reads, computer]);
  return [
    ...repeated(catalog, reads, new Set([...resources, computer])),
    ...catalog.topics.flatMap((topic) => topicFindings(catalog, topic, names)),
    ...shownFindings(catalog),
  ];
}

function resourcesOf(catalog: Catalog): string[] {
  return catalog.topics.flatMap((topic) => topic.resources ?? []).map(({ id }) => id);
}

function topicFindings(catalog: Catalog, topic: Topic, names: ReadonlySet<string>): Finding[] {
  const at: Path = ['topics', topic.topic];
  return [
    ...(topic.reads ?? []).flatMap((read, index) => readFindings(catalog, read, [...at, 'reads', index])),
    ...(topic.items ?? []).flatMap((item, index) => itemFindings(catalog, topic, item, names, [...at, 'items', index])),
  ];
}

function repeated(catalog: Catalog, reads: readonly string[], taken: ReadonlySet<string>): Finding[] {
  return catalog.topics.flatMap((topic) =>
    (topic.reads ?? []).flatMap(({ id }, index) =>
      taken.has(id) || reads.filter((one) => one === id).length > 1
        ? [{ path: ['topics', topic.topic, 'reads', index, 'id'], message: `there is already something called «${id}» to read` }]
        : [],
    ),
  );
}

function readFindings(catalog: Catalog, read: Read, at: Path): Finding[] {
  const ways = (['get', 'post', 'graph', 'run'] as const).filter((key) => read[key] !== undefined);
  const versioned = read.get !== undefined || read.post !== undefined;
  return [
    ...(ways.length === 1 ? [] : [{ path: at, message: 'a read has one of get, post, graph and run' }]),
    ...(versioned && read.api === undefined ? [{ path: at, message: 'get and post need api: an api-version' }] : []),
    ...(read.body !== undefined && read.post === undefined ? [{ path: [...at, 'body'], message: 'only post sends something' }] : []),
    ...(read.run === undefined ? [] : runFindings(catalog, read.run, [...at, 'run'])),
  ];
}

function runFindings({ manifest }: Catalog, run: string, path: Path): Finding[] {
  const commands = commandsIn(run);
  const program = run.trim().split(/\s+/)[0] ?? '';
  return [
    ...(commands.length === 1 ? [] : [{ path, message: 'a read runs one command' }]),
    ...known([...manifest.programs, ...Object.keys(manifest.tools ?? {})], program, path, 'program'),
  ];
}

function itemFindings(
  catalog: Catalog,
  topic: Topic,
  { check, fix, redo, remake, must, manual, facts, local }: Item,
  names: ReadonlySet<string>,
  at: Path,
): Finding[] {
  const nothing = must === undefined && check === undefined && manual === undefined;
  return [
    ...(nothing ? [{ path: at, message: 'an item needs must, check or manual' }] : []),
    ...(facts.length === 0 && !local
      ? [{ path: [...at, 'facts'], message: 'unsourced: name at least one fact under facts:', hint: 'the ids stand in facts/*.yaml' }]
      : []),
    ...(fix === undefined ? [] : commandFindings(catalog, `${topic.topic}/${fix}`)),
    ...([fix, redo, remake].filter((one) => one !== undefined).length > 1
      ? [{ path: at, message: 'an item has one of fix, redo and remake' }]
      : []),
    ...(redo ?? []).flatMap((name, index) =>
      known([...resourcesOf(catalog), ...actionsOf(catalog).keys()], name, [...at, 'redo', index], 'resource or action'),
    ),
    ...(remake ?? []).flatMap((name, index) => known(resourcesOf(catalog), name, [...at, 'remake', index], 'resource')),
    ...(check ? known(names, check.read, [...at, 'check', 'read'], 'resource or read') : []),
    ...Object.entries(check?.also ?? {}).flatMap(([name, read]) => known(names, read, [...at, 'check', 'also', name], 'resource or read')),
    ...(check ? expressionFindings(boundPath(check.path, topic.lets ?? {}), [...at, 'check', 'path']) : []),
    ...(check?.tells === undefined ? [] : tellsFindings(boundPath(check.tells, topic.lets ?? {}), manual, [...at, 'check', 'tells'])),
  ];
}

function tellsFindings(text: string, manual: string | undefined, path: Path): Finding[] {
  const alone = { path, message: 'tells: leaves it to a person, so the item needs manual: what to look at' };
  return [...(manual === undefined ? [alone] : []), ...expressionFindings(text, path)];
}

function expressionFindings(text: string, path: Path): Finding[] {
  // Holes are filled before it is evaluated; what they hold is looked at elsewhere.
  const filled = text.replaceAll(/\$\{[^}]*\}/g, 'x');
  try {
    parseExpression(filled);
    return [];
  } catch (cause) {
    return [{ path, message: `«${text}» is no expression: ${cause instanceof Error ? cause.message : String(cause)}` }];
  }
}

/** Answers stand for checks that exist. */
function shownFindings(catalog: Catalog): Finding[] {
  return Object.entries(catalog.answers).flatMap(([topic, shown]) => {
    const items = catalog.topics.find((one) => one.topic === topic)?.items ?? [];
    const checked = items.filter(({ check }) => check).map(({ id }) => id);
    return Object.keys(shown).flatMap((id) =>
      known(checked, id, ['answers', topic, id], 'item with a check').map((one) => ({ ...one, key: true })),
    );
  });
}
