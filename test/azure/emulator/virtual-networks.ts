import { isInside, maskOf, overlap, refusePrefix } from './addresses.ts';
import { refusePolicyWithoutEndpoint } from './endpoint-policies.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf, textsOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { inUse, references, refuseDeleteInUse, refuseReferences } from './references.ts';
import { type Refusal, refusal } from './refusal.ts';
import { resourceId, sameId } from './resource-id.ts';
import type { Store } from './store.ts';
import { firstSubnetUser } from './subnet-users.ts';

const writeTime = 80;
const readOnly = [
  'privateEndpoints',
  'ipConfigurations',
  'provisioningState',
  'purpose',
  'resourceNavigationLinks',
  'serviceAssociationLinks',
  'applicationGatewayIPConfigurations',
];

/** A virtual network: PUT replaces it, subnets included. */
export const virtualNetworks: Kind = {
  takes: writeTime,
  busyOn: (id) => id.key,
  shape: ({ body }) => {
    const properties = propertiesOf(body);
    const subnets = listOf(properties.subnets).map((subnet) => shapeSubnet(objectOf(subnet)));
    return { ...body, properties: { virtualNetworkPeerings: [], enableDdosProtection: false, ...properties, subnets } };
  },
  refuse: (write) =>
    refuseRequiredLocation(write) ??
    refuseSpace(write) ??
    refuseSubnets(write.body, write.id.name) ??
    refuseReferences(write) ??
    refuseDropped(write),
  refuseDelete: (id, store) =>
    refuseSubnetsInUse(
      listOf(propertiesOf(store.get(id.text)).subnets).map((subnet) => textOf(objectOf(subnet).id)),
      store,
    ),
  view: (resource, store) => {
    const properties = propertiesOf(resource);
    return {
      ...resource,
      properties: { ...properties, subnets: listOf(properties.subnets).map((subnet) => viewSubnet(objectOf(subnet), store)) },
    };
  },
};

/** A subnet: PUT replaces it, so service endpoints and the like that are not named are gone. */
export const subnets: Kind = {
  takes: writeTime,
  busyOn: (id) => id.parent,
  shape: ({ body }) => shapeSubnet(body),
  refuse: (write) => refuseSubnets(withSubnet(write), resourceId(write.id.parent ?? '').name) ?? refuseReferences(write),
  refuseDelete: (id, store) => refuseSubnetsInUse([id.text], store),
  view: viewSubnet,
};

/** Prefixes of a subnet, however the body spells them. */
export function prefixesOf(subnet: JsonObject): string[] {
  const properties = propertiesOf(subnet);
  const single = textOf(properties.addressPrefix);
  return single === '' ? textsOf(properties.addressPrefixes) : [single];
}

function shapeSubnet(subnet: JsonObject): JsonObject {
  const kept = Object.entries(propertiesOf(subnet)).filter(([key]) => !readOnly.includes(key));
  const given = Object.fromEntries(kept);
  const serviceEndpoints = listOf(given.serviceEndpoints).map((endpoint) => ({ ...objectOf(endpoint), provisioningState: 'Succeeded' }));
  const delegations = listOf(given.delegations).map((delegation) => shapeDelegation(objectOf(delegation)));
  const properties: JsonObject = {
    privateEndpointNetworkPolicies: 'Disabled',
    privateLinkServiceNetworkPolicies: 'Enabled',
    ...given,
    delegations,
  };
  delete properties.serviceEndpoints;
  if (serviceEndpoints.length > 0) properties.serviceEndpoints = serviceEndpoints;
  return { ...subnet, properties };
}

function shapeDelegation(delegation: JsonObject): JsonObject {
  return {
    ...delegation,
    properties: { ...propertiesOf(delegation), provisioningState: 'Succeeded' },
    type: 'Microsoft.Network/virtualNetworks/subnets/delegations',
  };
}

function withSubnet({ id, body, store }: Write): JsonObject {
  const network = objectOf(store.get(id.parent ?? ''));
  const others = listOf(propertiesOf(network).subnets)
    .map(objectOf)
    .filter((subnet) => !sameId(textOf(subnet.name), id.name));
  return { ...network, properties: { ...propertiesOf(network), subnets: [...others, { ...body, name: id.name }] } };
}

function refuseRequiredLocation({ body }: Write): Refusal | undefined {
  return textOf(body.location) === ''
    ? refusal(400, 'LocationRequired', 'The location property is required for this definition.')
    : undefined;
}

function refuseSpace({ id, body }: Write): Refusal | undefined {
  const space = textsOf(objectOf(propertiesOf(body).addressSpace).addressPrefixes);
  if (space.length === 0) return refusal(400, 'InvalidRequestFormat', `Virtual network ${id.name} has no address space.`);
  return first(space, (prefix) => refusePrefix(prefix, id.text));
}

function refuseSubnets(network: JsonObject, name: string): Refusal | undefined {
  const space = textsOf(objectOf(propertiesOf(network).addressSpace).addressPrefixes);
  const all = listOf(propertiesOf(network).subnets).map(objectOf);
  return first(all, (subnet) => refuseSubnet(subnet, space, name)) ?? refuseOverlap(all, name);
}

function refuseSubnet(subnet: JsonObject, space: string[], network: string): Refusal | undefined {
  const prefixes = prefixesOf(subnet);
  const name = textOf(subnet.name);
  if (prefixes.length === 0)
    return refusal(400, 'NoAddressPrefixOrPoolProvided', `No address prefix or pool is provided for subnet ${name}.`);
  const malformed = first(prefixes, (prefix) => refusePrefix(prefix, name));
  if (malformed !== undefined) return malformed;
  const fits = prefixes.every((prefix) => maskOf(prefix) <= 29 && space.some((range) => isInside(prefix, range)));
  if (!fits) return refusal(400, 'NetcfgInvalidSubnet', `Subnet '${name}' is not valid in virtual network '${network}'.`);
  return refusePolicyWithoutEndpoint(subnet);
}

function refuseOverlap(all: JsonObject[], network: string): Refusal | undefined {
  for (const [index, subnet] of all.entries()) {
    const earlier = all.slice(0, index).flatMap(prefixesOf);
    if (!prefixesOf(subnet).some((prefix) => earlier.some((other) => overlap(prefix, other)))) continue;
    const message = `Subnet '${textOf(subnet.name)}' is not valid because its IP address range overlaps with that of an existing subnet in virtual network '${network}'.`;
    return refusal(400, 'NetcfgSubnetRangesOverlap', message);
  }
  return undefined;
}

function refuseDropped({ body, before, store }: Write): Refusal | undefined {
  const kept = listOf(propertiesOf(body).subnets).map((subnet) => textOf(objectOf(subnet).name).toLowerCase());
  const dropped = listOf(propertiesOf(before).subnets)
    .map(objectOf)
    .filter((subnet) => !kept.includes(textOf(subnet.name).toLowerCase()));
  return refuseSubnetsInUse(
    dropped.map((subnet) => textOf(subnet.id)),
    store,
  );
}

function refuseSubnetsInUse(ids: string[], store: Store): Refusal | undefined {
  const found = firstSubnetUser(ids, store);
  return found === undefined ? first(ids, (id) => refuseDeleteInUse(resourceId(id), store)) : inUse(found.id, found.user);
}

function viewSubnet(subnet: JsonObject, store: Store): JsonObject {
  const id = textOf(subnet.id).toLowerCase();
  const users = [...store.all().values()].filter((resource) => usesSubnet(resource, id)).map((resource) => ({ id: textOf(resource.id) }));
  return users.length === 0 ? subnet : { ...subnet, properties: { ...propertiesOf(subnet), privateEndpoints: users } };
}

function usesSubnet(resource: JsonObject, subnet: string): boolean {
  if (textOf(resource.type).toLowerCase() !== 'microsoft.network/privateendpoints') return false;
  return references(propertiesOf(resource)).some((reference) => reference.toLowerCase() === subnet);
}

function first<T>(items: T[], check: (item: T) => Refusal | undefined): Refusal | undefined {
  for (const item of items) {
    const refused = check(item);
    if (refused !== undefined) return refused;
  }
  return undefined;
}
