import type { Catalog } from './catalog.ts';
import { type Finding, known, type Path } from './lint-finding.ts';
import type { Topic } from './schema.ts';

/** Names in the picture of the network that nothing has, that two things have, or that lead in a circle. */
export function lintPicture(catalog: Catalog): Finding[] {
  const resources = catalog.topics.flatMap((topic) => (topic.resources ?? []).map(({ id, picture }) => ({ id, in: picture?.in })));
  const things = catalog.topics.flatMap(({ picture }) => picture?.things ?? []);
  const all = [...resources, ...things];
  const names = all.map(({ id }) => id);
  const holders = new Map(all.flatMap((one) => (one.in === undefined ? [] : [[one.id, one.in] as const])));
  const place = (id: string, path: Path): Finding[] => [
    ...known(names, holders.get(id) ?? id, path, 'resource or thing of a picture'),
    ...(inCircle(holders, id) ? [{ path, message: `«${id}» would stand in itself` }] : []),
  ];
  return catalog.topics.flatMap((topic) => topicFindings(topic, names, place));
}

function topicFindings(topic: Topic, names: readonly string[], place: (id: string, path: Path) => Finding[]): Finding[] {
  const at: Path = ['topics', topic.topic];
  const placed = (topic.resources ?? []).flatMap(({ id, picture }, index) =>
    picture?.in === undefined ? [] : place(id, [...at, 'resources', index, 'picture', 'in']),
  );
  const leads = (topic.resources ?? []).flatMap(({ picture }, index) =>
    (picture?.to ?? []).flatMap((id, number) =>
      known(names, id, [...at, 'resources', index, 'picture', 'to', number], 'resource or thing of a picture'),
    ),
  );
  const things = (topic.picture?.things ?? []).flatMap((one, index) => {
    const path = [...at, 'picture', 'things', index];
    const twice = names.indexOf(one.id) !== names.lastIndexOf(one.id);
    return [
      ...(twice ? [{ path: [...path, 'id'], message: `there are two resources or things of a picture «${one.id}»` }] : []),
      ...(one.in === undefined ? [] : place(one.id, [...path, 'in'])),
    ];
  });
  const flows = (topic.picture?.flows ?? []).flatMap(({ of }, index) =>
    of.flatMap((id, number) => known(names, id, [...at, 'picture', 'flows', index, 'of', number], 'resource or thing of a picture')),
  );
  return [...placed, ...leads, ...things, ...flows];
}

function inCircle(holders: ReadonlyMap<string, string>, id: string): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = holders.get(id); at !== undefined && !seen.has(at); at = holders.get(at)) {
    if (at === id) return true;
    seen.add(at);
  }
  return false;
}
