import { type JsonObject, listOf, objectOf, propertiesOf, textOf, textsOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { endpointNames } from './private-endpoint-addresses.ts';
import { privateNameOf } from './private-link-names.ts';
import { refuseReferences } from './references.ts';
import { type Refusal, refusal } from './refusal.ts';
import { resourceId, sameId } from './resource-id.ts';
import type { Store } from './store.ts';
import { guidFor } from './surroundings.ts';

const groupType = 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups';
const recordType = 'Microsoft.Network/privateDnsZones/A';
const mostZones = 5;

/** The zone group of a private endpoint: Azure keeps its records in the zones up to date. */
export const zoneGroups: Kind = {
  takes: 60,
  busyOn: (id) => id.parent,
  shape: ({ body }) => ({
    ...body,
    properties: { ...propertiesOf(body), privateDnsZoneConfigs: configsOf(body).map((config) => ({ ...config })) },
  }),
  refuse: (write) => refuseSecondGroup(write) ?? refuseCount(write) ?? refuseTwice(write) ?? refuseReferences(write),
  after: ({ id, store }) => writeRecords(id.parent ?? '', store),
  afterDelete: (id, _before, store) => writeRecords(id.parent ?? '', store),
  view: (group, store) => withRecordSets(group, store),
};

/** Tells whether an endpoint has a zone group. */
export function hasZoneGroup(endpoint: string, store: Store): boolean {
  return store.list(groupType, endpoint).length > 0;
}

/** Writes the records of an endpoint into the zones of its group, and takes away those that it does not stand for any more. */
export function writeRecords(endpoint: string, store: Store): void {
  const wanted = recordsOf(endpoint, store);
  for (const record of ownRecords(endpoint, store)) {
    const stays = wanted.some(({ id }) => sameId(id, textOf(record.id)));
    if (!stays) store.remove(textOf(record.id));
  }
  for (const { id, fqdn, addresses } of wanted) {
    const properties = {
      ttl: 10,
      fqdn,
      isAutoRegistered: false,
      metadata: { creator: creatorOf(endpoint) },
      aRecords: addresses.map((ipv4Address) => ({ ipv4Address })),
    };
    store.put(id, { properties });
  }
}

/** Takes away every record of an endpoint. */
export function removeRecords(endpoint: string, store: Store): void {
  for (const record of ownRecords(endpoint, store)) store.remove(textOf(record.id));
}

interface ZoneRecord {
  readonly zone: string;
  readonly id: string;
  readonly name: string;
  readonly fqdn: string;
  readonly addresses: string[];
}

function recordsOf(endpointId: string, store: Store): ZoneRecord[] {
  const endpoint = store.get(endpointId);
  if (endpoint === undefined) return [];
  const zones = store.list(groupType, endpointId).flatMap((group) => configsOf(group).map(zoneOf));
  const found = new Map<string, ZoneRecord>();
  for (const { fqdn, address } of endpointNames(endpoint, store)) {
    const name = privateNameOf(fqdn, store.surroundings.cloud);
    for (const zone of zones.filter((id) => name !== undefined && store.get(id) !== undefined && sameId(resourceId(id).name, name.zone))) {
      const record = name?.record ?? '';
      const id = `${zone}/A/${record}`;
      const addresses = [...(found.get(id)?.addresses ?? []), address];
      found.set(id, { zone, id, name: record, fqdn: `${record}.${resourceId(zone).name}.`, addresses });
    }
  }
  return [...found.values()];
}

function ownRecords(endpoint: string, store: Store): JsonObject[] {
  return [...store.all().values()].filter(
    (resource) =>
      sameId(textOf(resource.type), recordType) && textOf(objectOf(propertiesOf(resource).metadata).creator) === creatorOf(endpoint),
  );
}

function creatorOf(endpoint: string): string {
  return `created by private endpoint ${resourceId(endpoint).name} with resource guid ${guidFor(endpoint)}`;
}

function withRecordSets(group: JsonObject, store: Store): JsonObject {
  const endpoint = resourceId(textOf(group.id)).parent ?? '';
  const records = recordsOf(endpoint, store);
  const privateDnsZoneConfigs = configsOf(group).map((config) => ({
    ...config,
    properties: { ...propertiesOf(config), recordSets: records.filter(({ zone }) => sameId(zone, zoneOf(config))).map(recordSet) },
  }));
  return { ...group, properties: { ...propertiesOf(group), privateDnsZoneConfigs } };
}

function recordSet({ name, fqdn, addresses }: ZoneRecord): JsonObject {
  return {
    recordType: 'A',
    recordSetName: name,
    fqdn: fqdn.replace(/\.$/, ''),
    ttl: 10,
    ipAddresses: addresses,
    provisioningState: 'Succeeded',
  };
}

function configsOf(group: JsonObject): JsonObject[] {
  return listOf(propertiesOf(group).privateDnsZoneConfigs).map(objectOf);
}

function zoneOf(config: JsonObject): string {
  return textOf(propertiesOf(config).privateDnsZoneId);
}

function refuseSecondGroup({ id, store }: Write): Refusal | undefined {
  const other = store.list(groupType, id.parent ?? '').find((group) => !sameId(textOf(group.id), id.text));
  if (other === undefined) return undefined;
  const message = `Private endpoint ${id.parent} has the private DNS zone group ${textOf(other.name)} already. It can have only one.`;
  return refusal(400, 'PrivateEndpointCannotHaveMoreThanOnePrivateDnsZoneGroup', message);
}

function refuseCount({ id, body }: Write): Refusal | undefined {
  const count = configsOf(body).length;
  if (count <= mostZones) return undefined;
  return refusal(
    400,
    'PrivateDnsZoneGroupLimitReached',
    `Private DNS zone group ${id.text} has ${count} zones, at most ${mostZones} are allowed.`,
  );
}

function refuseTwice({ id, body }: Write): Refusal | undefined {
  const names = configsOf(body).map((config) => textOf(config.name).toLowerCase());
  const zones = configsOf(body).map((config) => resourceId(zoneOf(config)).name.toLowerCase());
  const twice = [names, zones]
    .map((texts) => texts.find((text, index) => texts.indexOf(text) !== index))
    .find((text) => text !== undefined);
  if (twice === undefined) return undefined;
  return refusal(400, 'InvalidPrivateDnsZoneConfig', `Private DNS zone group ${id.text} names ${twice} twice.`);
}

/** The addresses of an A record. */
export function recordAddresses(record: JsonObject): string[] {
  return textsOf(listOf(propertiesOf(record).aRecords).map((one) => textOf(objectOf(one).ipv4Address)));
}
