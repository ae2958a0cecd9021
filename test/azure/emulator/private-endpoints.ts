import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import {
  addressesNeeded,
  connectionsOf,
  endpointNames,
  freeAddresses,
  interfaceOf,
  networkOf,
  writeInterface,
} from './private-endpoint-addresses.ts';
import { connect, connectionsTo, disconnect, stateFor } from './private-endpoint-connections.ts';
import { groupIdsOf } from './private-link-names.ts';
import { refuseReferences } from './references.ts';
import { type Refusal, refusal } from './refusal.ts';
import { resourceId, sameId } from './resource-id.ts';
import type { Store } from './store.ts';
import { guidFor } from './surroundings.ts';
import { hasZoneGroup, removeRecords, writeRecords } from './zone-groups.ts';

/** A private endpoint: it takes addresses of its subnet, and its target shows a connection. */
export const privateEndpoints: Kind = {
  takes: 80,
  busyOn: (_id, body) => networkOf(body),
  shape,
  refuse: (write) => refuseRegion(write) ?? refuseReferences(withoutInterface(write)) ?? refuseConnections(write) ?? refuseFull(write),
  after: ({ id, store }) => {
    const endpoint = objectOf(store.get(id.text));
    for (const connection of connectionsOf(endpoint)) connect(targetOf(connection), id.text, stateOf(connection), store);
    writeInterface(endpoint, store);
    writeRecords(id.text, store);
  },
  afterDelete: (id, before, store) => {
    for (const connection of connectionsOf(before)) disconnect(targetOf(connection), id.text, store);
    removeRecords(id.text, store);
    if (interfaceOf(before) !== '') store.remove(interfaceOf(before));
  },
  view,
};

function shape({ id, body, before, store }: Write): JsonObject {
  const given = propertiesOf(body);
  const interfaceName = textOf(given.customNetworkInterfaceName) || `${id.name}.nic.${guidFor(id.text)}`;
  const interfaceId = `${id.scope}/providers/Microsoft.Network/networkInterfaces/${interfaceName}`;
  const shaped = (list: string, byHand: boolean) =>
    listOf(given[list]).map((connection) => shapeConnection(objectOf(connection), { id: id.text, list, byHand, before, store }));
  return {
    ...body,
    properties: {
      customNetworkInterfaceName: '',
      ipConfigurations: [],
      ...given,
      privateLinkServiceConnections: shaped('privateLinkServiceConnections', false),
      manualPrivateLinkServiceConnections: shaped('manualPrivateLinkServiceConnections', true),
      networkInterfaces: [{ id: before === undefined ? interfaceId : interfaceOf(before) || interfaceId }],
    },
  };
}

/** The interface comes with the endpoint, so it need not be there before. */
function withoutInterface(write: Write): Write {
  const { networkInterfaces: _, ...properties } = propertiesOf(write.body);
  return { ...write, body: { ...write.body, properties } };
}

interface Place {
  readonly id: string;
  readonly list: string;
  readonly byHand: boolean;
  readonly before: JsonObject | undefined;
  readonly store: Store;
}

function shapeConnection(connection: JsonObject, { id, list, byHand, before, store }: Place): JsonObject {
  const target = targetOf(connection);
  const held = connectionsOf(objectOf(before)).find((one) => sameId(targetOf(one), target));
  const pending = byHand || store.surroundings.leftPending.some((other) => sameId(other, target));
  const asked = stateFor(pending ? 'Pending' : 'Approved', textOf(propertiesOf(connection).requestMessage));
  const state = held === undefined ? asked : stateOf(held);
  const properties = { ...propertiesOf(connection), provisioningState: 'Succeeded', privateLinkServiceConnectionState: state };
  return { ...connection, id: `${id}/${list}/${textOf(connection.name)}`, properties };
}

/** With a zone group Azure leaves the list of names empty, as the group takes care of them. */
function view(endpoint: JsonObject, store: Store): JsonObject {
  const names = hasZoneGroup(textOf(endpoint.id), store) ? [] : endpointNames(endpoint, store);
  const customDnsConfigs = names.map(({ fqdn, address }) => ({ fqdn, ipAddresses: [address] }));
  return { ...endpoint, properties: { ...propertiesOf(endpoint), customDnsConfigs } };
}

function targetOf(connection: JsonObject): string {
  return textOf(propertiesOf(connection).privateLinkServiceId);
}

function stateOf(connection: JsonObject): JsonObject {
  return objectOf(propertiesOf(connection).privateLinkServiceConnectionState);
}

function refuseRegion({ id, body, store }: Write): Refusal | undefined {
  const network = store.get(networkOf(body) ?? '');
  const normal = (resource: JsonObject | undefined) => textOf(resource?.location).toLowerCase().replaceAll(' ', '');
  if (network === undefined || normal(network) === '' || normal(network) === normal(body)) return undefined;
  const message = `Resource ${textOf(network.id)} referenced by resource ${id.text} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`;
  return refusal(400, 'InvalidResourceReference', message);
}

function refuseConnections(write: Write): Refusal | undefined {
  const connections = connectionsOf(write.body);
  if (connections.length !== 1)
    return refusal(400, 'InvalidPrivateEndpointConnections', `Private endpoint ${write.id.text} must have exactly one connection.`);
  return connections.map((connection) => refuseConnection(connection, write)).find((refused) => refused !== undefined);
}

function refuseConnection(connection: JsonObject, write: Write): Refusal | undefined {
  const target = objectOf(write.store.get(targetOf(connection)));
  return refuseGroup(connection, target) ?? refuseTier(target) ?? refuseRight(target, write);
}

function refuseGroup(connection: JsonObject, target: JsonObject): Refusal | undefined {
  const offered = groupIdsOf(target);
  const asked = listOf(propertiesOf(connection).groupIds).map(textOf);
  if (offered === undefined) return undefined;
  if (asked.length > 1) {
    const message = `Private link service connection ${textOf(connection.id)} has the following group Ids: ${asked.join(', ')}. Only one group Id is permitted when connecting to a first-party resource (${textOf(target.id)}).`;
    return refusal(400, 'OnlyOneGroupIdPermitted', message);
  }
  const group = asked[0] ?? '';
  if (offered.includes(group)) return undefined;
  const message = `Call to ${textOf(target.type)} failed. Error message: Values for request parameters are invalid: GroupId: ${group}.`;
  return refusal(400, 'InvalidValuesForRequestParameters', message);
}

function refuseTier(target: JsonObject): Refusal | undefined {
  if (!sameId(textOf(target.type), 'Microsoft.ContainerRegistry/registries')) return undefined;
  const tier = textOf(objectOf(target.sku).name);
  if (sameId(tier, 'Premium')) return undefined;
  const message = `Call to Microsoft.ContainerRegistry/registries failed. Error message: Private endpoint connections are not supported for the SKU ${tier}. For more information, please visit https://aka.ms/acr/private-link.`;
  return refusal(400, 'PrivateEndpointConnectionsNotSupported', message);
}

function refuseRight(target: JsonObject, { id, body, before, store }: Write): Refusal | undefined {
  const byHand = listOf(propertiesOf(body).privateLinkServiceConnections).length === 0;
  const lacking = store.surroundings.noApprovalRight.some((other) => sameId(other, textOf(target.id)));
  if (byHand || !lacking || before !== undefined) return undefined;
  const message = `The client has permission to perform action 'Microsoft.Network/privateEndpoints/write' on scope '${id.text}'; however, it does not have permission to perform action(s) '${textOf(target.type)}/PrivateEndpointConnectionsApproval/action' on the linked scope(s) '${textOf(target.id)}' (respectively) or the linked scope(s) are invalid.`;
  return refusal(403, 'LinkedAuthorizationFailed', message);
}

function refuseFull({ body, before, store }: Write): Refusal | undefined {
  if (before !== undefined) return undefined;
  const subnetId = textOf(objectOf(propertiesOf(body).subnet).id);
  const needed = addressesNeeded(body, store);
  const subnet = objectOf(store.get(subnetId));
  if (freeAddresses(subnet, store, interfaceOf(body)).length >= needed) return undefined;
  const prefix = textOf(propertiesOf(subnet).addressPrefix);
  const message = `Subnet ${resourceId(subnetId).name} with address prefix ${prefix} does not have enough capacity for ${needed} IP addresses.`;
  return refusal(400, 'SubnetIsFull', message);
}

/** The connections of a target that nobody has approved. */
export function unapprovedConnections(target: JsonObject): JsonObject[] {
  return connectionsTo(target).filter((connection) => textOf(stateOf(connection).status) !== 'Approved');
}
