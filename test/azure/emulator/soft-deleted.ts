import { type JsonObject, objectOf, propertiesOf, textOf } from './json.ts';
import { type ResourceId, sameId } from './resource-id.ts';
import type { Store } from './store.ts';

/** Where a deleted resource is kept; Azure has no path of this kind for workspaces, so nothing but the emulator reads it. */
function place(id: ResourceId): string {
  const [namespace = '', type = ''] = id.type.split('/');
  const deleted = `deleted${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  return `/subscriptions/${id.subscription}/providers/${namespace}/locations/kept/${deleted}/${id.group}.${id.name}`;
}

/** Tells whether a stored resource is one that was deleted and is kept. */
export function isKept(resource: JsonObject): boolean {
  return /\/locations\/deleted[a-z]+$/i.test(textOf(resource.type));
}

/** Keeps a deleted resource, so that its name stays taken. */
export function keepDeleted(id: ResourceId, before: JsonObject, store: Store): void {
  store.put(place(id), { location: before.location ?? '', properties: { deleted: id.text, held: propertiesOf(before) } });
}

/** What a deleted resource of this id held; undefined when none is kept. */
export function keptOf(id: ResourceId, store: Store): JsonObject | undefined {
  const found = store.get(place(id));
  return found !== undefined && sameId(textOf(propertiesOf(found).deleted), id.text) ? objectOf(propertiesOf(found).held) : undefined;
}

/** The deleted Log Analytics workspaces of a subscription or a group, as their own list shows them. */
export function deletedLogWorkspaces(scope: string, store: Store): JsonObject[] {
  return [...store.all().values()]
    .filter((resource) => sameId(textOf(resource.type), 'Microsoft.OperationalInsights/locations/deletedWorkspaces'))
    .map((kept) => {
      const { deleted, held } = propertiesOf(kept);
      const id = textOf(deleted);
      const name = id.split('/').at(-1) ?? '';
      return { id, name, type: 'Microsoft.OperationalInsights/workspaces', location: kept.location ?? '', properties: objectOf(held) };
    })
    .filter(({ id }) => id.toLowerCase().startsWith(`${scope.toLowerCase()}/`));
}

/** Forgets a deleted resource. */
export function forgetDeleted(id: ResourceId, store: Store): void {
  store.remove(place(id));
}
