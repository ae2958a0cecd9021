import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { refuseReferences } from './references.ts';
import { type Refusal, refusal } from './refusal.ts';
import { type ResourceId, resourceId, sameId } from './resource-id.ts';
import type { Store } from './store.ts';

const zoneType = 'Microsoft.Network/privateDnsZones';
const linkType = `${zoneType}/virtualNetworkLinks`;

/** A private DNS zone. */
export const privateDnsZones: Kind = {
  takes: 40,
  shape: ({ body }) => ({ ...body, properties: { ...limits, ...propertiesOf(body) } }),
  refuse: ({ body, id }) => refuseLocation(body, id),
  refuseDelete: (id, store) => refuseLinked(id, store),
  after: ({ id, store, before }) => {
    if (before === undefined)
      store.put(`${id.text}/SOA/@`, { properties: { ttl: 3600, fqdn: `${id.name}.`, isAutoRegistered: false, soaRecord } });
  },
  view: (zone, store) => {
    const id = textOf(zone.id);
    const numberOfRecordSets = [...store.all().values()].filter(
      (resource) => isRecordType(textOf(resource.type)) && textOf(resource.id).toLowerCase().startsWith(`${id.toLowerCase()}/`),
    ).length;
    const numberOfVirtualNetworkLinks = store.list(linkType, id).length;
    return { ...zone, properties: { ...propertiesOf(zone), numberOfRecordSets, numberOfVirtualNetworkLinks } };
  },
};

/** A link of a private DNS zone: a network asks only one zone of a name. */
export const zoneLinks: Kind = {
  takes: 40,
  shape: ({ body }) => ({
    ...body,
    properties: { registrationEnabled: false, ...propertiesOf(body), virtualNetworkLinkState: 'Completed' },
  }),
  refuse: (write) =>
    refuseLocation(write.body, write.id) ?? refuseReferences(write) ?? refuseSecondZone(write) ?? refuseSecondRegistration(write),
};

/** A record set of a private DNS zone. */
export const zoneRecords: Kind = {
  shape: ({ id, body }) => ({
    ...body,
    properties: { isAutoRegistered: false, ...propertiesOf(body), fqdn: `${id.name === '@' ? '' : `${id.name}.`}${zoneName(id)}.` },
  }),
};

/** Tells whether a type is that of a record set. */
export function isRecordType(type: string): boolean {
  return /^microsoft\.network\/privatednszones\/(a|aaaa|cname|mx|ptr|soa|srv|txt)$/i.test(type);
}

/** Every record set of a zone. */
export function recordSetsOf(zone: string, store: Store): JsonObject[] {
  const below = `${zone.toLowerCase()}/`;
  return [...store.all()]
    .filter(([key, resource]) => key.startsWith(below) && isRecordType(textOf(resource.type)))
    .map(([, resource]) => resource);
}

/** Ids of the zones that a network asks. */
export function zonesLinkedTo(network: string, store: Store): string[] {
  return linksOf(store)
    .filter((link) => sameId(networkOfLink(link), network))
    .map((link) => resourceId(textOf(link.id)).parent ?? '');
}

const limits = { maxNumberOfRecordSets: 25_000, maxNumberOfVirtualNetworkLinks: 1000, maxNumberOfVirtualNetworkLinksWithRegistration: 100 };

const soaRecord: JsonObject = {
  email: 'azureprivatedns-host.microsoft.com',
  expireTime: 2_419_200,
  host: 'azureprivatedns.net',
  minimumTtl: 10,
  refreshTime: 3600,
  retryTime: 300,
  serialNumber: 1,
};

function linksOf(store: Store): JsonObject[] {
  return [...store.all().values()].filter((resource) => sameId(textOf(resource.type), linkType));
}

function networkOfLink(link: JsonObject): string {
  return textOf(objectOf(propertiesOf(link).virtualNetwork).id);
}

function zoneName(id: ResourceId): string {
  return resourceId(id.parent ?? '').name;
}

function refuseLocation(body: JsonObject, id: ResourceId): Refusal | undefined {
  if (textOf(body.location).toLowerCase() === 'global') return undefined;
  const message = `The provided location '${textOf(body.location)}' is not available for resource type '${id.type}'. List of available regions for the resource type is 'global'.`;
  return refusal(400, 'LocationNotAvailableForResourceType', message);
}

function refuseSecondZone({ id, body, store }: Write): Refusal | undefined {
  const mine = zoneName(id);
  const other = linksOf(store).find(
    (link) =>
      !sameId(textOf(link.id), id.text) &&
      sameId(networkOfLink(link), networkOfLink(body)) &&
      sameId(zoneName(resourceId(textOf(link.id))), mine),
  );
  if (other === undefined) return undefined;
  const message = `A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with '${mine}' and '${mine}' zones.`;
  return refusal(400, 'BadRequest', message);
}

function refuseSecondRegistration({ id, body, store }: Write): Refusal | undefined {
  if (propertiesOf(body).registrationEnabled !== true) return undefined;
  const other = linksOf(store).find(
    (link) =>
      !sameId(textOf(link.id), id.text) &&
      propertiesOf(link).registrationEnabled === true &&
      sameId(networkOfLink(link), networkOfLink(body)),
  );
  if (other === undefined) return undefined;
  return refusal(400, 'BadRequest', 'A virtual network can be linked to only one private zone with registration enabled.');
}

function refuseLinked(id: ResourceId, store: Store): Refusal | undefined {
  if (listOf(store.list(linkType, id.text)).length === 0) return undefined;
  const message = `The resource ${id.text} cannot be deleted because it has nested resources. Delete the virtual network links first.`;
  return refusal(409, 'CannotDeleteResource', message);
}
