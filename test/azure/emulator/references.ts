import { isObject, type Json, type JsonObject, propertiesOf, textOf } from './json.ts';
import type { Write } from './kind.ts';
import { type Refusal, refusal } from './refusal.ts';
import { isResource, parsePath, type ResourceId, sameId } from './resource-id.ts';
import type { Store } from './store.ts';

/** The refusal if a body refers (`id`) to a resource that does not exist or lies in another region. */
export function refuseReferences(write: Write): Refusal | undefined {
  const location = textOf(write.body.location) || locationAbove(write);
  for (const reference of references(propertiesOf(write.body))) {
    if (isOwn(reference, write.id)) continue;
    const target = write.store.get(reference);
    if (target === undefined || otherRegion(target, location)) return invalidReference(reference, write.id);
  }
  return undefined;
}

/** The refusal if another network resource refers to the one that is to be deleted. */
export function refuseDeleteInUse(id: ResourceId, store: Store): Refusal | undefined {
  for (const [key, resource] of store.all()) {
    const family = key === id.key || key.startsWith(`${id.key}/`) || id.key.startsWith(`${key}/`);
    if (family || !key.includes('/providers/microsoft.network/')) continue;
    const used = references(propertiesOf(resource)).some(
      (reference) => reference.toLowerCase() === id.key || reference.toLowerCase().startsWith(`${id.key}/`),
    );
    if (used) return inUse(id, textOf(resource.id));
  }
  return undefined;
}

const referring = ['id', 'privateDnsZoneId', 'privateLinkServiceId'];

/** Every id inside a value that names a resource. */
export function references(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isObject(value)) return [];
  const here = referring.map((key) => textOf(value[key])).filter(isResourceId);
  return [...here, ...Object.values(value).flatMap(references)];
}

function isResourceId(text: string): boolean {
  const parsed = parsePath(text);
  return parsed !== undefined && isResource(parsed);
}

function isOwn(reference: string, id: ResourceId): boolean {
  const root = (id.parent ?? id.text).toLowerCase();
  return sameId(reference, root) || reference.toLowerCase().startsWith(`${root}/`);
}

function locationAbove(write: Write): string {
  return textOf(write.id.parent === undefined ? undefined : write.store.get(write.id.parent)?.location);
}

function otherRegion(target: JsonObject, location: string): boolean {
  const there = textOf(target.location).toLowerCase().replaceAll(' ', '');
  const sameRegionTypes = ['networksecuritygroups', 'routetables', 'natgateways', 'publicipaddresses', 'serviceendpointpolicies'];
  const bound = sameRegionTypes.includes(textOf(target.type).toLowerCase().split('/')[1] ?? '');
  return bound && there !== '' && location !== '' && there !== location.toLowerCase().replaceAll(' ', '');
}

function invalidReference(reference: string, id: ResourceId): Refusal {
  const message = `Resource ${reference} referenced by resource ${id.text} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`;
  return refusal(400, 'InvalidResourceReference', message);
}

/** The refusal to delete what something else uses. */
export function inUse(id: ResourceId, user: string): Refusal {
  const singular = (id.type.split('/').at(-1) ?? '')
    .replace(/ies$/, 'y')
    .replace(/(s|ss)es$/, '$1')
    .replace(/([^s])s$/, '$1');
  const noun = singular.charAt(0).toUpperCase() + singular.slice(1);
  return refusal(
    400,
    // Only this one has no InUse in its code.
    noun === 'PublicIPAddress' ? `${noun}CannotBeDeleted` : `InUse${noun}CannotBeDeleted`,
    `${noun} ${id.name} is in use by ${user} and cannot be deleted. In order to delete the ${noun}, delete all the resources within it or remove the references to it.`,
  );
}
