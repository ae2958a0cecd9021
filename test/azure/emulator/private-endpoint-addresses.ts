import { Address4 } from 'ip-address';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import { type Member, membersOf } from './private-link-names.ts';
import { resourceId, sameId } from './resource-id.ts';
import type { Store } from './store.ts';
import { guidFor } from './surroundings.ts';
import { prefixesOf } from './virtual-networks.ts';

/** Where an endpoint keeps its connections. */
export const connectionLists = ['privateLinkServiceConnections', 'manualPrivateLinkServiceConnections'] as const;

/** A host name of a private endpoint and its private address. */
export interface EndpointName {
  readonly fqdn: string;
  readonly address: string;
}

/** The connections that an endpoint asks for, approved by itself or by hand. */
export function connectionsOf(endpoint: JsonObject): JsonObject[] {
  return connectionLists.flatMap((list) => listOf(propertiesOf(endpoint)[list]).map(objectOf));
}

/** Id of the network interface of an endpoint. */
export function interfaceOf(endpoint: JsonObject): string {
  return textOf(objectOf(listOf(propertiesOf(endpoint).networkInterfaces)[0]).id);
}

/** The host names that an endpoint answers for, with their addresses, as its network interface shows them. */
export function endpointNames(endpoint: JsonObject, store: Store): EndpointName[] {
  return configurationsOf(store.get(interfaceOf(endpoint))).flatMap((configuration) => {
    const properties = propertiesOf(configuration);
    const fqdns = listOf(objectOf(properties.privateLinkConnectionProperties).fqdns);
    return fqdns.map((fqdn) => ({ fqdn: textOf(fqdn), address: textOf(properties.privateIPAddress) }));
  });
}

/** How many addresses an endpoint needs. */
export function addressesNeeded(endpoint: JsonObject, store: Store): number {
  return wantedMembers(endpoint, store).length;
}

/** The free addresses of a subnet, lowest first; Azure keeps the first four and the last one of every range. */
export function freeAddresses(subnet: JsonObject, store: Store, except: string): string[] {
  const used = new Set(usedAddresses(store, except));
  return prefixesOf(subnet)
    .flatMap(addressesIn)
    .filter((address) => !used.has(address));
}

/** Gives an endpoint its network interface; addresses that it has already stay. */
export function writeInterface(endpoint: JsonObject, store: Store): void {
  const id = interfaceOf(endpoint);
  if (id === '') return;
  const subnetId = textOf(objectOf(propertiesOf(endpoint).subnet).id);
  const before = configurationsOf(store.get(id)).map((configuration) => textOf(propertiesOf(configuration).privateIPAddress));
  const free = freeAddresses(objectOf(store.get(subnetId)), store, id).filter((address) => !before.includes(address));
  const addresses = [...before, ...free];
  const ipConfigurations = wantedMembers(endpoint, store).map(({ member, group, approved }, index) => ({
    name: `privateEndpointIpConfig.${guidFor(`${id}/${member.name}`)}`,
    id: `${id}/ipConfigurations/privateEndpointIpConfig.${guidFor(`${id}/${member.name}`)}`,
    type: 'Microsoft.Network/networkInterfaces/ipConfigurations',
    properties: {
      privateIPAddress: addresses[index] ?? '',
      privateIPAllocationMethod: 'Dynamic',
      privateIPAddressVersion: 'IPv4',
      primary: index === 0,
      subnet: { id: subnetId },
      privateLinkConnectionProperties: { groupId: group, requiredMemberName: member.name, fqdns: approved ? [...member.fqdns] : [] },
    },
  }));
  const properties = {
    ipConfigurations,
    privateEndpoint: { id: textOf(endpoint.id) },
    nicType: 'Standard',
    enableAcceleratedNetworking: false,
  };
  store.put(id, { location: textOf(endpoint.location), properties });
}

interface WantedMember {
  readonly member: Member;
  readonly group: string;
  readonly approved: boolean;
}

function wantedMembers(endpoint: JsonObject, store: Store): WantedMember[] {
  return connectionsOf(endpoint).flatMap((connection) => {
    const properties = propertiesOf(connection);
    const target = objectOf(store.get(textOf(properties.privateLinkServiceId)));
    const group = textOf(listOf(properties.groupIds)[0]);
    const approved = textOf(objectOf(properties.privateLinkServiceConnectionState).status) === 'Approved';
    return membersOf(target, group, store.surroundings.cloud).map((member) => ({ member, group, approved }));
  });
}

function configurationsOf(networkInterface: JsonObject | undefined): JsonObject[] {
  return listOf(propertiesOf(networkInterface).ipConfigurations).map(objectOf);
}

function usedAddresses(store: Store, except: string): string[] {
  return [...store.all().values()]
    .filter((resource) => sameId(textOf(resource.type), 'Microsoft.Network/networkInterfaces') && !sameId(textOf(resource.id), except))
    .flatMap((resource) => configurationsOf(resource).map((configuration) => textOf(propertiesOf(configuration).privateIPAddress)));
}

function addressesIn(prefix: string): string[] {
  const range = new Address4(prefix);
  const first = range.startAddress().bigInt();
  const last = range.endAddress().bigInt();
  const found: string[] = [];
  for (let at = first + 4n; at < last && found.length < 256; at++) found.push(Address4.fromBigInt(at).correctForm());
  return found;
}

/** Id of the virtual network in which an endpoint lies. */
export function networkOf(endpoint: JsonObject): string | undefined {
  const subnet = textOf(objectOf(propertiesOf(endpoint).subnet).id);
  return subnet === '' ? undefined : resourceId(subnet).parent;
}
