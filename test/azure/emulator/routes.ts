import { isAddress } from './addresses.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { refuseReferences } from './references.ts';
import { type Refusal, refusal } from './refusal.ts';
import { sameId } from './resource-id.ts';
import { usedBySubnets } from './security-groups.ts';
import { isServiceTag } from './service-tags.ts';

const mostTags = 25;
const hops = ['VirtualNetworkGateway', 'VnetLocal', 'Internet', 'VirtualAppliance', 'None'];

/** A route table, its routes inside. */
export const routeTables: Kind = {
  ...usedBySubnets,
  shape: ({ body }) => ({ ...body, properties: { disableBgpRoutePropagation: false, routes: [], ...propertiesOf(body) } }),
  refuse: (write) => refuseRoutes(routesIn(write.body)) ?? refuseReferences(write),
};

/** A route of a route table. */
export const routes: Kind = {
  takes: 50,
  busyOn: (id) => id.parent,
  shape: ({ body }) => ({ ...body, properties: { ...propertiesOf(body), hasBgpOverride: false } }),
  refuse: (write) => refuseRoutes(withRoute(write)),
};

/** The routes of a route table. */
export function routesIn(table: JsonObject | undefined): JsonObject[] {
  return listOf(propertiesOf(table).routes).map(objectOf);
}

function withRoute({ id, body, store }: Write): JsonObject[] {
  const others = routesIn(store.get(id.parent ?? '')).filter((route) => !sameId(textOf(route.name), id.name));
  return [...others, { ...body, name: id.name }];
}

function refuseRoutes(all: JsonObject[]): Refusal | undefined {
  const wrong = all.map((route, index) => refuseRoute(route) ?? refuseSame(route, all.slice(0, index)));
  return wrong.find((refused) => refused !== undefined) ?? refuseTags(all);
}

function refuseRoute(route: JsonObject): Refusal | undefined {
  const { addressPrefix, nextHopType, nextHopIpAddress } = propertiesOf(route);
  const prefix = textOf(addressPrefix);
  const hop = textOf(nextHopType);
  const address = textOf(nextHopIpAddress);
  const name = textOf(route.name);
  if (!(isAddress(prefix) && prefix.includes('/')) && !isServiceTag(prefix))
    return refusal(400, 'InvalidAddressPrefixFormat', `Address prefix ${prefix} of route ${name} is neither a range nor a service tag.`);
  if (!hops.some((one) => sameId(one, hop)))
    return refusal(400, 'InvalidRequestFormat', `The next hop type ${hop} of route ${name} is not known.`);
  if (sameId(hop, 'VirtualAppliance') && address === '')
    return refusal(
      400,
      'NextHopIpAddressNotSpecified',
      `NextHopIpAddress cannot be Null or Empty in route ${name} when NextHopType is VirtualAppliance.`,
    );
  if (address === '' || (sameId(hop, 'VirtualAppliance') && isAddress(address) && !address.includes('/'))) return undefined;
  return refusal(400, 'InvalidNextHopIpAddress', `The next hop address ${address} of route ${name} does not fit its next hop type ${hop}.`);
}

function refuseSame(route: JsonObject, earlier: JsonObject[]): Refusal | undefined {
  const prefix = textOf(propertiesOf(route).addressPrefix);
  const twin = earlier.find((other) => sameId(textOf(propertiesOf(other).addressPrefix), prefix));
  if (twin === undefined) return undefined;
  return refusal(
    400,
    'RouteConflict',
    `Route ${textOf(route.name)} conflicts with route ${textOf(twin.name)}. Routes cannot have the same AddressPrefix.`,
  );
}

function refuseTags(all: JsonObject[]): Refusal | undefined {
  const count = all.filter((route) => !textOf(propertiesOf(route).addressPrefix).includes('/')).length;
  if (count <= mostTags) return undefined;
  return refusal(
    400,
    'RouteTableServiceTagLimitReached',
    `The route table has ${count} routes with service tags, at most ${mostTags} are allowed.`,
  );
}
