import { afterEach, beforeEach, expect, test } from 'vitest';
import { put, send } from './arm-request.ts';
import type { Emulator } from './emulator/emulator.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './emulator/json.ts';
import { serviceTags } from './emulator/service-tags.ts';
import { emptyWorld, makeNetwork, type PrivateIds } from './private-world.ts';

let emulator: Emulator;
let ids: PrivateIds;

beforeEach(async () => {
  ({ emulator, ids } = await emptyWorld());
});

afterEach(() => emulator.stop());

test('a route table takes 25 routes with service tags, and any number of ranges', async () => {
  const tags = serviceTags.filter((tag) => tag.startsWith('Storage.')).slice(0, 26);
  const routes = (names: string[]) => names.map((addressPrefix, at) => route(`route-${at}`, { addressPrefix, nextHopType: 'Internet' }));
  const ranges = ['198.51.100.0/24', '203.0.113.0/24'];
  expect((await table(routes([...tags.slice(0, 25), ...ranges]))).status).toBe(201);
  expect((await table(routes(tags))).code).toBe('RouteTableServiceTagLimitReached');
  const one = { properties: { addressPrefix: tags[25] ?? '', nextHopType: 'Internet' } };
  expect((await send(emulator, 'PUT', `${ids.network}/routeTables/routes/routes/more`, one)).code).toBe('RouteTableServiceTagLimitReached');
});

test.each([
  ['NextHopIpAddressNotSpecified', { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance' }],
  ['InvalidNextHopIpAddress', { addressPrefix: '0.0.0.0/0', nextHopType: 'Internet', nextHopIpAddress: '10.0.0.4' }],
  ['InvalidAddressPrefixFormat', { addressPrefix: 'AzureMachineLearnig', nextHopType: 'Internet' }],
  ['InvalidAddressPrefixFormat', { addressPrefix: '10.0.0.4', nextHopType: 'Internet' }],
  ['InvalidRequestFormat', { addressPrefix: '0.0.0.0/0', nextHopType: 'Firewall' }],
])('a route is refused: %s %o', async (code, properties) => {
  expect((await table([route('wrong', properties)])).code).toBe(code);
});

test('two routes cannot have the same prefix', async () => {
  const same = { addressPrefix: '0.0.0.0/0', nextHopType: 'Internet' };
  expect((await table([route('one', same), route('two', same)])).code).toBe('RouteConflict');
});

test('a service endpoint policy names accounts or aliases, and needs the service endpoint', async () => {
  const policy = `${ids.network}/serviceEndpointPolicies/policy`;
  await put(emulator, policy, { location: 'westeurope' });
  const define = (service: string, resource: string) =>
    send(emulator, 'PUT', `${policy}/serviceEndpointPolicyDefinitions/one`, { properties: { service, serviceResources: [resource] } });
  const replies = [
    await define('Microsoft.Storage', ids.group),
    await define('Global', '/services/Azure/MachineLearning'),
    await define('Microsoft.Storage', '/services/Azure/MachineLearning'),
    await define('Global', '/services/Azure/Nothing'),
    await define('Microsoft.Storage', ids.storage),
    await define('Microsoft.Sql', ids.group),
  ];
  expect(replies.map(({ status }) => status)).toEqual([201, 200, 400, 400, 400, 400]);
  const network = await makeNetwork(emulator, ids);
  const guarded = { addressPrefix: '10.0.1.0/24', serviceEndpointPolicies: [{ id: policy }] };
  const subnet = (properties: JsonObject) => send(emulator, 'PUT', `${network}/subnets/training`, { properties });
  expect((await subnet(guarded)).status).toBe(400);
  expect((await subnet({ ...guarded, serviceEndpoints: [{ service: 'Microsoft.Storage' }] })).status).toBe(200);
});

test('each cloud has its own regions and service tags', async () => {
  const { emulator: government } = await emptyWorld({ cloud: 'AzureUSGovernment' }, 'usgovvirginia');
  const list = (where: Emulator, region: string) =>
    send(where, 'GET', `/subscriptions/${where.subscription}/providers/Microsoft.Network/locations/${region}/serviceTags`);
  const [there, here] = [await list(government, 'usgovvirginia'), await list(emulator, 'westeurope')];
  const group = await send(government, 'PUT', `/subscriptions/${government.subscription}/resourceGroups/new`, { location: 'westeurope' });
  await government.stop();
  const prefixes = ({ body }: typeof here, name: string) =>
    listOf(propertiesOf(listOf(body.value ?? body.values).find((tag) => textOf(objectOf(tag).name) === name)).addressPrefixes).length;
  expect([there.body.cloud, here.body.cloud, group.status]).toEqual(['AzureGovernment', 'Public', 400]);
  expect([prefixes(there, 'BatchNodeManagement.usgovvirginia'), prefixes(here, 'BatchNodeManagement.usgovvirginia')]).toEqual([2, 0]);
  expect(prefixes(here, 'AzureMachineLearning.westeurope')).toBe(2);
});

function route(name: string, properties: JsonObject): JsonObject {
  return { name, properties };
}

function table(routes: JsonObject[]) {
  return send(emulator, 'PUT', `${ids.network}/routeTables/routes`, { location: 'westeurope', properties: { routes } });
}
