import type { Catalog } from './catalog.ts';
import type { Finding, Path } from './lint-finding.ts';
import type { Resource } from './schema.ts';

/** Something with an id, and where it stands. */
interface Named {
  readonly id: string;
  readonly is: 'question' | 'value' | 'table' | 'resource' | 'name of the language';
  readonly path: Path;
  readonly key?: boolean;
  readonly resource?: Resource;
}

/** Ids that are given twice, or that stand in each other's way. */
export function lintIds(catalog: Catalog): Finding[] {
  const tree = treeOf(catalog);
  return [...twice(tree), ...clashes(tree), ...resourceClashes(tree), ...fieldIds(catalog), ...otherIds(catalog), ...orders(catalog)];
}

function treeOf(catalog: Catalog): Named[] {
  const named: Named[] = ['row', 'index', 'targets_offered'].map((id) => ({ id, is: 'name of the language', path: [] }));
  for (const topic of catalog.topics) {
    const at: Path = ['topics', topic.topic];
    topic.questions?.forEach(({ id }, index) => void named.push({ id, is: 'question', path: [...at, 'questions', index, 'id'] }));
    for (const id of Object.keys(topic.values ?? {})) named.push({ id, is: 'value', path: [...at, 'values', id], key: true });
    topic.resources?.forEach(
      (resource, index) => void named.push({ id: resource.id, is: 'resource', path: [...at, 'resources', index, 'id'], resource }),
    );
  }
  for (const id of Object.keys(catalog.tables)) named.push({ id, is: 'table', path: ['tables', id], key: true });
  return named;
}

/** Reports each that has the same key as one before it. */
function repeated<T extends { readonly path: Path; readonly key?: boolean }>(
  list: readonly T[],
  keyOf: (one: T) => string,
  say: (one: T, first: T) => string,
): Finding[] {
  const first = new Map<string, T>();
  return list.flatMap((one) => {
    const before = first.get(keyOf(one));
    if (!before) first.set(keyOf(one), one);
    return before ? [{ path: one.path, ...(one.key ? { key: true } : {}), message: say(one, before) }] : [];
  });
}

function twice(tree: readonly Named[]): Finding[] {
  return repeated(
    tree,
    ({ id }) => id,
    ({ id }, first) =>
      first.path.length === 0 ? `«${id}» is a name of the language` : `there is already a ${first.is} «${id}» (${where(first.path)})`,
  );
}

function where(path: Path): string {
  return path[0] === 'topics' ? `topic ${path[1]}` : String(path[0]);
}

/** An id that is the beginning of another; a resource may share its root with questions. */
function clashes(tree: readonly Named[]): Finding[] {
  const leaves = tree.filter(({ is }) => is !== 'resource');
  return leaves.flatMap((one) => {
    const other = leaves.find(({ id }) => one.id.startsWith(`${id}.`));
    return other
      ? [
          {
            path: one.path,
            ...(one.key ? { key: true } : {}),
            message: `the ${other.is} «${other.id}» is the beginning of «${one.id}»; one of them needs another id`,
          },
        ]
      : [];
  });
}

/** A resource gives `id`, `name`, `group` and its outputs; answers below the same root must not mean something else. */
function resourceClashes(tree: readonly Named[]): Finding[] {
  const resources = new Map(tree.flatMap(({ resource }) => (resource ? [[resource.id, resource] as const] : [])));
  return tree.flatMap((one) => {
    const [root = '', property = ''] = one.id.split('.');
    const resource = resources.get(root);
    const message = resource && one.is !== 'resource' && property !== '' ? clashWith(one, resource, property, resources) : undefined;
    return message === undefined ? [] : [{ path: one.path, ...(one.key ? { key: true } : {}), message }];
  });
}

function clashWith({ id, is }: Named, resource: Resource, property: string, resources: ReadonlyMap<string, Resource>): string | undefined {
  const root = resource.id;
  if (resource.each !== undefined) return `the resource «${root}» repeats, so «${id}» cannot stand below its name`;
  if (property === 'name') {
    const same = resource.name.trim() === `\${${root}.name}`;
    return same ? undefined : `«${id}» is the name of the resource «${root}», whose name is «${resource.name}»; they have to be the same`;
  }
  const parent = resources.get(resource.parent ?? '');
  // The question says in which group the resource is: then both mean the same.
  if (property === 'group' && parent?.kind === 'resource_group' && parent.name.trim() === `\${${root}.group}`) return undefined;
  const taken = property === 'id' || property === 'group' || property in (resource.outputs ?? {});
  return taken ? `«${root}.${property}» is what the resource «${root}» gives; the ${is} needs another id` : undefined;
}

function fieldIds(catalog: Catalog): Finding[] {
  return catalog.topics.flatMap((topic) =>
    (topic.questions ?? []).flatMap((question, index) => {
      if (question.kind !== 'group') return [];
      const fields = question.fields.map(
        ({ id }, at): Named => ({ id, is: 'question', path: ['topics', topic.topic, 'questions', index, 'fields', at, 'id'] }),
      );
      const more = fields
        .filter(({ id }) => id === 'more')
        .map(({ path }) => ({ path, message: '«more» asks for another row; the field needs another id' }));
      return [
        ...repeated(
          fields,
          ({ id }) => id,
          ({ id }) => `the group has two fields «${id}»`,
        ),
        ...clashes(fields),
        ...more,
      ];
    }),
  );
}

/** Items, notes, and what makes steps: each kind of thing has ids of its own. */
function otherIds(catalog: Catalog): Finding[] {
  const lists = { items: 'item', notes: 'note', actions: 'action' } as const;
  const found = Object.entries(lists).flatMap(([list, is]) => {
    const all = catalog.topics.flatMap((topic) =>
      (topic[list as keyof typeof lists] ?? []).map(({ id }, index) => ({ id, path: ['topics', topic.topic, list, index, 'id'] })),
    );
    return repeated(
      all,
      ({ id }) => id,
      ({ id }, first) => `there is already an ${is} «${id}» (${where(first.path)})`.replace('an note', 'a note'),
    );
  });
  const steps = catalog.topics.flatMap((topic) => [
    ...(topic.resources ?? []).map(({ id }, index) => ({ id, is: 'resource', path: ['topics', topic.topic, 'resources', index, 'id'] })),
    ...(topic.actions ?? []).map(({ id }, index) => ({ id, is: 'action', path: ['topics', topic.topic, 'actions', index, 'id'] })),
  ]);
  const mixed = repeated(
    steps,
    ({ id }) => id,
    ({ id }, first) => `there is already a ${first.is} «${id}» (${where(first.path)})`,
  ).filter(({ path }) => path[2] === 'actions');
  const targets = catalog.topics.flatMap(({ topic, target }) =>
    target ? [{ id: target.id, path: ['topics', topic, 'target', 'id'] }] : [],
  );
  const actionsTwice = new Set(found.map(({ path }) => path.join('/')));
  return [
    ...found,
    ...mixed.filter(({ path }) => !actionsTwice.has(path.join('/'))),
    ...repeated(
      targets,
      ({ id }) => id,
      ({ id }, first) => `there is already a target «${id}» (${where(first.path)})`,
    ),
  ];
}

function orders(catalog: Catalog): Finding[] {
  const all = catalog.topics.map(({ topic, order }) => ({ order, topic, path: ['topics', topic, 'order'] }));
  return repeated(
    all,
    ({ order }) => String(order),
    ({ order }, first) => `topic ${first.topic} has order ${order} too`,
  );
}
