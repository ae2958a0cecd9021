import type { Emulator } from '../emulator/emulator.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from '../emulator/json.ts';
import { type PrivateName, privateNameOf } from '../emulator/private-link-names.ts';
import { isResource, parsePath, sameId } from '../emulator/resource-id.ts';

/** Something in the emulator's state that is not as a private network should be. */
export interface Fault {
  readonly id: string;
  readonly reason: string;
}

/** Networks whose name servers stand in another network: id of the one, then id of the other. */
export type Askers = Readonly<Record<string, string>>;

/** Private endpoints with a host name for which their network finds no record with the endpoint's address. */
export function endpointsWithoutRecords(emulator: Emulator, askers: Askers = {}): Fault[] {
  return ofType(emulator, 'Microsoft.Network/privateEndpoints').flatMap((endpoint) => {
    const id = textOf(endpoint.id);
    const names = namesOf(endpoint, emulator);
    if (names.length === 0) return [{ id, reason: 'has no host names: it has no interface or its connection is not approved' }];
    return names
      .filter(({ fqdn, address }) => !addressesFor(fqdn, networkOf(endpoint), emulator, askers).includes(address))
      .map(({ fqdn, address }) => ({ id, reason: `${fqdn} does not lead to ${address} in ${networkOf(endpoint)}` }));
  });
}

/** Networks with computes that do not find a private address for a host name of their workspace or of what it depends on. */
export function computesWithoutRecords(emulator: Emulator, askers: Askers = {}): Fault[] {
  const faults = computesIn(emulator).flatMap(({ compute, subnet }) => {
    const network = parentOf(subnet);
    const own = ownResources(emulator, parentOf(textOf(compute.id)));
    const endpoints = ofType(emulator, 'Microsoft.Network/privateEndpoints').filter((one) => targetsOf(one).some((id) => own.includes(id)));
    const names = endpoints.flatMap((endpoint) => namesOf(endpoint, emulator));
    return [...Map.groupBy(names, ({ fqdn }) => fqdn)]
      .filter(
        ([fqdn, known]) => !addressesFor(fqdn, network, emulator, askers).some((found) => known.some(({ address }) => address === found)),
      )
      .map(([fqdn]) => ({ id: network, reason: `${fqdn} does not lead to a private endpoint` }));
  });
  return [...new Map(faults.map((fault) => [`${fault.id} ${fault.reason}`, fault])).values()];
}

/** Subnets with a compute without public IP that have neither a NAT gateway nor a default route to an appliance. */
export function subnetsWithoutWayOut(emulator: Emulator): Fault[] {
  const closed = computesIn(emulator).filter(({ compute }) => propertiesOf(propertiesOf(compute)).enableNodePublicIp === false);
  return [...new Set(closed.map(({ subnet }) => subnet))].flatMap((id) => {
    const subnet = emulator.resource(id);
    const reason = subnet === undefined ? 'does not exist' : lackingWayOut(subnet, emulator);
    return reason === undefined ? [] : [{ id, reason }];
  });
}

/** Storage accounts, vaults, registries and workspaces that can still be reached from public networks. */
export function publicResources(emulator: Emulator): Fault[] {
  return guarded(emulator)
    .filter((resource) => !isClosed(resource))
    .map((resource) => {
      const acls = objectOf(propertiesOf(resource).networkAcls ?? propertiesOf(resource).networkRuleSet);
      const some = textOf(acls.defaultAction) === 'Deny';
      return { id: textOf(resource.id), reason: some ? 'is open to selected public networks' : 'is open to all networks' };
    });
}

/** Resources without public access to which no approved private endpoint leads: nobody can reach them. */
export function unreachableResources(emulator: Emulator): Fault[] {
  return guarded(emulator)
    .filter((resource) => isClosed(resource) && !connectionsOf(resource).some((connection) => statusOf(connection) === 'Approved'))
    .map((resource) => ({ id: textOf(resource.id), reason: 'has no public access and no approved private endpoint' }));
}

/** Connections of private endpoints that nobody has approved. */
export function pendingConnections(emulator: Emulator): Fault[] {
  return [...emulator.resources().values()]
    .flatMap(connectionsOf)
    .filter((connection) => statusOf(connection) !== 'Approved')
    .map((connection) => ({ id: textOf(connection.id), reason: `is ${statusOf(connection)}` }));
}

interface Name {
  readonly fqdn: string;
  readonly address: string;
}

function ofType(emulator: Emulator, type: string): JsonObject[] {
  return [...emulator.resources().values()].filter((resource) => sameId(textOf(resource.type), type));
}

function namesOf(endpoint: JsonObject, emulator: Emulator): Name[] {
  const id = textOf(objectOf(listOf(propertiesOf(endpoint).networkInterfaces)[0]).id);
  const configurations = id === '' ? [] : listOf(propertiesOf(emulator.resource(id)).ipConfigurations).map(propertiesOf);
  return configurations.flatMap((configuration) =>
    listOf(objectOf(configuration.privateLinkConnectionProperties).fqdns).map((fqdn) => ({
      fqdn: textOf(fqdn),
      address: textOf(configuration.privateIPAddress),
    })),
  );
}

function networkOf(endpoint: JsonObject): string {
  return parentOf(textOf(objectOf(propertiesOf(endpoint).subnet).id));
}

function parentOf(id: string): string {
  const parsed = parsePath(id);
  return parsed !== undefined && isResource(parsed) ? (parsed.parent ?? '').toLowerCase() : '';
}

/** What the name servers that a network asks answer for a host name. */
function addressesFor(fqdn: string, network: string, emulator: Emulator, askers: Askers): string[] {
  const name = privateNameOf(fqdn, emulator.surroundings.cloud);
  const asked = Object.entries(askers).find(([asker]) => sameId(asker, network))?.[1] ?? network;
  return name === undefined ? [] : zonesOf(asked, name, emulator).flatMap((zone) => recordIn(zone, name, emulator));
}

function zonesOf(network: string, { zone }: PrivateName, emulator: Emulator): string[] {
  return ofType(emulator, 'Microsoft.Network/privateDnsZones/virtualNetworkLinks')
    .filter((link) => sameId(textOf(objectOf(propertiesOf(link).virtualNetwork).id), network))
    .map((link) => parentOf(textOf(link.id)))
    .filter((id) => id.endsWith(`/privatednszones/${zone}`) && emulator.resource(id) !== undefined);
}

function recordIn(zone: string, { record }: PrivateName, emulator: Emulator): string[] {
  const found = emulator.resource(`${zone}/A/${record}`);
  return listOf(propertiesOf(found).aRecords).map((one) => textOf(objectOf(one).ipv4Address));
}

/** Computes that stand in a subnet of one's own. */
function computesIn(emulator: Emulator): { compute: JsonObject; subnet: string }[] {
  return ofType(emulator, 'Microsoft.MachineLearningServices/workspaces/computes')
    .map((compute) => ({ compute, subnet: textOf(objectOf(propertiesOf(propertiesOf(compute)).subnet).id).toLowerCase() }))
    .filter(({ subnet }) => subnet !== '');
}

/** A workspace and what it keeps its data in. */
function ownResources(emulator: Emulator, workspace: string): string[] {
  const { storageAccount, keyVault, containerRegistry } = propertiesOf(emulator.resource(workspace));
  return [workspace, storageAccount, keyVault, containerRegistry].map((id) => textOf(id).toLowerCase()).filter((id) => id !== '');
}

function targetsOf(endpoint: JsonObject): string[] {
  const { privateLinkServiceConnections, manualPrivateLinkServiceConnections } = propertiesOf(endpoint);
  return [...listOf(privateLinkServiceConnections), ...listOf(manualPrivateLinkServiceConnections)].map((connection) =>
    textOf(propertiesOf(connection).privateLinkServiceId).toLowerCase(),
  );
}

/** A default route wins over a NAT gateway, so it is looked at first. */
function lackingWayOut(subnet: JsonObject, emulator: Emulator): string | undefined {
  const { natGateway, routeTable } = propertiesOf(subnet);
  const table = textOf(objectOf(routeTable).id);
  const routes = table === '' ? [] : listOf(propertiesOf(emulator.resource(table)).routes).map(propertiesOf);
  const byDefault = routes.find(({ addressPrefix }) => addressPrefix === '0.0.0.0/0');
  const hop = textOf(byDefault?.nextHopType);
  if (hop === 'VirtualAppliance') return textOf(byDefault?.nextHopIpAddress) === '' ? 'has a default route without an address' : undefined;
  if (hop !== '' && hop !== 'Internet') return `has a default route to ${hop}`;
  const nat = textOf(objectOf(natGateway).id);
  if (nat === '') return 'has no NAT gateway and no default route to an appliance';
  const { publicIpAddresses, publicIpPrefixes } = propertiesOf(emulator.resource(nat));
  return listOf(publicIpAddresses).length + listOf(publicIpPrefixes).length === 0
    ? 'has a NAT gateway without a public address'
    : undefined;
}

function guarded(emulator: Emulator): JsonObject[] {
  const types = [
    'Microsoft.Storage/storageAccounts',
    'Microsoft.KeyVault/vaults',
    'Microsoft.ContainerRegistry/registries',
    'Microsoft.MachineLearningServices/workspaces',
  ];
  return types.flatMap((type) => ofType(emulator, type));
}

function isClosed(resource: JsonObject): boolean {
  return textOf(propertiesOf(resource).publicNetworkAccess) === 'Disabled';
}

function connectionsOf(resource: JsonObject): JsonObject[] {
  return listOf(propertiesOf(resource).privateEndpointConnections).map(objectOf);
}

function statusOf(connection: JsonObject): string {
  return textOf(objectOf(propertiesOf(connection).privateLinkServiceConnectionState).status);
}
