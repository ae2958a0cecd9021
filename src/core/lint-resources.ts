import type { Catalog } from './catalog.ts';
import { parseExpression } from './expression.ts';
import { commandFindings, commandsIn, isSilent } from './lint-commands.ts';
import type { Finding, Path } from './lint-finding.ts';
import { known } from './lint-finding.ts';
import { lintPicture } from './lint-picture.ts';
import { lintUndo } from './lint-undo.ts';
import type { Action, FileTemplate, Resource, Topic } from './schema.ts';
import { plainFunctions } from './shape-functions.ts';
import { notPlain } from './shape-of.ts';

/** Kinds, parents, look-ups and commands of everything that a step does. */
export function lintResources(catalog: Catalog): Finding[] {
  const resources = new Map(catalog.topics.flatMap((topic) => topic.resources ?? []).map((resource) => [resource.id, resource]));
  const kinds = Object.entries(catalog.kinds).flatMap(([id, { parent, serial }]) => [
    ...(parent === undefined ? [] : known(Object.keys(catalog.kinds), parent, ['kinds', id, 'parent'], 'kind')),
    ...(serial === undefined ? [] : known(Object.keys(catalog.kinds), serial, ['kinds', id, 'serial'], 'kind')),
  ]);
  return [
    ...kinds,
    ...catalog.topics.flatMap((topic) => topicFindings(catalog, topic, resources)),
    ...probeFindings(catalog),
    ...lintUndo(catalog),
    ...lintPicture(catalog),
  ];
}

type Resources = ReadonlyMap<string, Resource>;

function topicFindings(catalog: Catalog, topic: Topic, resources: Resources): Finding[] {
  const at: Path = ['topics', topic.topic];
  return [
    ...(topic.resources ?? []).flatMap((resource, index) =>
      resourceFindings(catalog, topic, resource, resources, [...at, 'resources', index]),
    ),
    ...(topic.actions ?? []).flatMap((action, index) => actionFindings(catalog, topic, action, resources, [...at, 'actions', index])),
    ...(topic.files ?? []).flatMap((file, index) => fileFindings(file, [...at, 'files', index])),
  ];
}

function resourceFindings(catalog: Catalog, topic: Topic, resource: Resource, resources: Resources, at: Path): Finding[] {
  const { after, joins, same, outputs, create, update } = resource;
  return [
    ...known(Object.keys(catalog.kinds), resource.kind, [...at, 'kind'], 'kind of resource'),
    ...parentFindings(catalog, resource, resources, at),
    ...afterFindings(catalog, after, resources, at),
    ...(joins ?? []).flatMap((id, index) => joinFindings(catalog, resources, id, [...at, 'joins', index])),
    ...Object.keys(same ?? {}).flatMap((path) => lookUp(path, [...at, 'same', path]).map((one) => ({ ...one, key: true }))),
    ...Object.entries(outputs ?? {}).flatMap(([name, path]) => lookUp(path, [...at, 'outputs', name])),
    ...(create === undefined ? [] : commandFindings(catalog, `${topic.topic}/${create}`)),
    ...(update === undefined ? [] : commandFindings(catalog, `${topic.topic}/${update}`)),
  ];
}

function parentFindings(catalog: Catalog, resource: Resource, resources: Resources, at: Path): Finding[] {
  const kind = catalog.kinds[resource.kind];
  if (!kind) return [];
  const wanted = kind.parent ?? (kind.id === undefined ? 'resource_group' : undefined);
  if (resource.scope !== undefined) return scopeFindings(resource, kind.extension === true, at);
  if (resource.parent === undefined) {
    return wanted === undefined
      ? []
      : [{ path: [...at, 'kind'], message: `a ${resource.kind} needs parent: a resource of kind ${wanted}` }];
  }
  const path = [...at, 'parent'];
  if (wanted === undefined) return [{ path, message: `a ${resource.kind} has no parent` }];
  const parent = resources.get(resource.parent);
  if (!parent) return known(resources.keys(), resource.parent, path, 'resource');
  if (parent.kind !== wanted && !kind.extension)
    return [{ path, message: `the parent of a ${resource.kind} is a ${wanted}, but «${parent.id}» is a ${parent.kind}` }];
  return parent.each === undefined || parent.each === resource.each
    ? []
    : [{ path, message: `«${parent.id}» repeats, so what lives in it needs the same each: ${parent.each}` }];
}

function scopeFindings(resource: Resource, extension: boolean, at: Path): Finding[] {
  const path = [...at, 'scope'];
  if (!extension) return [{ path, message: `only an extension resource has a scope, and a ${resource.kind} is none` }];
  return resource.parent === undefined ? [] : [{ path, message: 'give a parent or a scope, not both' }];
}

function afterFindings(catalog: Catalog, after: readonly string[] | undefined, resources: Resources, at: Path): Finding[] {
  const actions = new Set(catalog.topics.flatMap((topic) => topic.actions ?? []).map(({ id }) => id));
  return (after ?? []).flatMap((id, index) => known([...resources.keys(), ...actions], id, [...at, 'after', index], 'resource or action'));
}

function joinFindings(catalog: Catalog, resources: Resources, id: string, path: Path): Finding[] {
  const joined = resources.get(id);
  if (!joined) return known(resources.keys(), id, path, 'resource');
  const kind = catalog.kinds[joined.kind];
  return kind && !kind.join?.length ? [{ path, message: `the kind ${joined.kind} names no permission under join:` }] : [];
}

function actionFindings(catalog: Catalog, topic: Topic, action: Action, resources: Resources, at: Path): Finding[] {
  const probe = `${topic.topic}/${action.probe}`;
  const commands = commandsIn(catalog.templates[probe]);
  const path = [...at, 'probe'];
  return [
    ...afterFindings(catalog, action.after, resources, at),
    ...commandFindings(catalog, probe),
    ...(commands.length > 1 ? [{ path, message: 'a probe is one command' }] : []),
    ...(commands.some((command) => isSilent(command, catalog.manifest.programs[0]))
      ? [{ path, message: 'the scripts keep az quiet, so a probe needs --output tsv' }]
      : []),
    ...commandFindings(catalog, `${topic.topic}/${action.run}`),
  ];
}

function fileFindings(file: FileTemplate, at: Path): Finding[] {
  const program = file.format === 'python' || file.format === 'python-v1';
  if (program && file.template === undefined) return [{ path: at, message: `a ${file.format} file needs template:` }];
  if (!program && file.data === undefined) return [{ path: at, message: `a ${file.format} file needs data:` }];
  return [];
}

/** A look-up runs in az too, whose JMESPath is the plain one. */
function lookUp(text: string, path: Path): Finding[] {
  // Holes are filled before the look-up; what they hold is looked at elsewhere.
  const filled = text.replaceAll(/\$\{[^}]*\}/g, 'x');
  try {
    const wrong = notPlain(parseExpression(filled), plainFunctions);
    return wrong === undefined ? [] : [{ path, message: `«${text}» runs as az --query, and ${wrong}` }];
  } catch (cause) {
    return [{ path, message: `«${text}» is no expression: ${cause instanceof Error ? cause.message : String(cause)}` }];
  }
}

function probeFindings({ manifest }: Catalog): Finding[] {
  return manifest.probe.startsWith('az ') ? [] : [{ path: ['manifest', 'probe'], message: 'the probe is an az command' }];
}
