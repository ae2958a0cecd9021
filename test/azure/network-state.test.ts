import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  computesWithoutRecords,
  endpointsWithoutRecords,
  pendingConnections,
  publicResources,
  subnetsWithoutWayOut,
  unreachableResources,
} from './acceptance/network-state.ts';
import { put, send } from './arm-request.ts';
import type { Emulator } from './emulator/emulator.ts';
import type { JsonObject } from './emulator/json.ts';
import { emptyWorld, makeEndpoint, makeNetwork, makeWorkspace, makeZone, makeZoneGroup, type PrivateIds } from './private-world.ts';

let emulator: Emulator;
let ids: PrivateIds;

beforeEach(async () => {
  ({ emulator, ids } = await emptyWorld());
  await makeNetwork(emulator, ids);
  await makeWorkspace(emulator, ids);
});

afterEach(() => emulator.stop());

const groups = { blob: 'storage', file: 'storage', vault: 'vault', registry: 'registry', amlworkspace: 'workspace' } as const;
const zones = {
  blob: ['blob.core.windows.net'],
  file: ['file.core.windows.net'],
  vault: ['vaultcore.azure.net'],
  registry: ['azurecr.io'],
  amlworkspace: ['api.azureml.ms', 'notebooks.azure.net'],
} as const;

describe('a network in which everything is as it should be', () => {
  test('has no fault', async () => {
    await makeEndpoints();
    await makeCluster();
    await makeNat(['pip']);
    expect(faults()).toEqual([]);
  });

  test('is one also where the zones are those of a hub that the network asks', async () => {
    await makeNetwork(emulator, ids, 'hub');
    await makeEndpoints('hub');
    const askers = { [network('net')]: network('hub') };
    expect(endpointsWithoutRecords(emulator)).toHaveLength(9);
    expect(endpointsWithoutRecords(emulator, askers)).toEqual([]);
  });
});

describe('endpointsWithoutRecords', () => {
  test('finds an endpoint without zone group', async () => {
    await makeZone(emulator, ids, 'privatelink.blob.core.windows.net');
    await makeEndpoint(emulator, ids, 'blob', { target: ids.storage, group: 'blob' });
    expect(endpointsWithoutRecords(emulator).map(({ reason }) => reason)).toEqual([
      `privatestorage.blob.core.windows.net does not lead to 10.0.0.4 in ${network('net').toLowerCase()}`,
    ]);
  });

  test('finds a zone that no network is linked to', async () => {
    await makeEndpoints();
    const link = `${zoneId('vaultcore.azure.net')}/virtualNetworkLinks/net`;
    await send(emulator, 'DELETE', link);
    expect(endpointsWithoutRecords(emulator)).toMatchObject([{ id: endpointId('vault') }]);
  });

  test('finds a record with an old address', async () => {
    await makeEndpoints();
    await put(emulator, `${zoneId('file.core.windows.net')}/A/privatestorage`, {
      properties: { aRecords: [{ ipv4Address: '10.0.0.99' }] },
    });
    expect(endpointsWithoutRecords(emulator)).toMatchObject([{ id: endpointId('file') }]);
  });

  test('finds a workspace endpoint with one of its two zones', async () => {
    const zone = await makeZone(emulator, ids, 'privatelink.api.azureml.ms');
    await makeEndpoint(emulator, ids, 'ws', { target: ids.workspace, group: 'amlworkspace' });
    await makeZoneGroup(emulator, ids, 'ws', [zone]);
    expect(endpointsWithoutRecords(emulator)).toEqual([
      expect.objectContaining({ reason: expect.stringContaining('notebooks.azure.net') }),
    ]);
  });

  test('finds an endpoint that nobody approved', async () => {
    await makeEndpoint(emulator, ids, 'blob', { target: ids.storage, group: 'blob', byHand: true });
    expect(endpointsWithoutRecords(emulator)).toMatchObject([{ reason: expect.stringContaining('not approved') }]);
    expect(pendingConnections(emulator)).toMatchObject([{ reason: 'is Pending' }]);
  });
});

describe('computesWithoutRecords', () => {
  test('finds a network of computes that the zones are not linked to', async () => {
    await makeNetwork(emulator, ids, 'other');
    await makeEndpoints();
    await makeCluster('other');
    expect(computesWithoutRecords(emulator)).toHaveLength(9);
    await makeZone(emulator, ids, 'privatelink.blob.core.windows.net', 'other');
    expect(computesWithoutRecords(emulator)).toHaveLength(8);
  });
});

describe('subnetsWithoutWayOut', () => {
  test('finds a subnet with neither NAT gateway nor route', async () => {
    await makeEndpoints();
    await makeCluster();
    expect(subnetsWithoutWayOut(emulator)).toMatchObject([{ reason: 'has no NAT gateway and no default route to an appliance' }]);
  });

  test('finds a NAT gateway without an address', async () => {
    await makeEndpoints();
    await makeCluster();
    await makeNat([]);
    expect(subnetsWithoutWayOut(emulator)).toMatchObject([{ reason: 'has a NAT gateway without a public address' }]);
  });

  test('takes a default route to an appliance, and finds one to nowhere', async () => {
    await makeEndpoints();
    await makeCluster();
    await makeRoute({ nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.9.0.4' });
    expect(subnetsWithoutWayOut(emulator)).toEqual([]);
    await makeRoute({ nextHopType: 'None' });
    expect(subnetsWithoutWayOut(emulator)).toMatchObject([{ reason: 'has a default route to None' }]);
  });

  test('leaves computes with a public IP alone', async () => {
    await makeCluster('net', true);
    expect(subnetsWithoutWayOut(emulator)).toEqual([]);
  });
});

describe('publicResources and unreachableResources', () => {
  test.each(['storage', 'vault', 'registry', 'workspace'] as const)('find an open %s', async (name) => {
    await send(emulator, 'PATCH', ids[name], { properties: { publicNetworkAccess: 'Enabled' } });
    expect(publicResources(emulator).map(({ id }) => id)).toEqual([ids[name]]);
    expect(unreachableResources(emulator)).toHaveLength(3);
  });

  test('tell selected networks from all of them', async () => {
    await send(emulator, 'PATCH', ids.storage, { properties: { publicNetworkAccess: 'Enabled', networkAcls: { defaultAction: 'Allow' } } });
    await send(emulator, 'PATCH', ids.vault, { properties: { publicNetworkAccess: 'Enabled' } });
    expect(publicResources(emulator).map(({ reason }) => reason)).toEqual([
      'is open to all networks',
      'is open to selected public networks',
    ]);
  });
});

function faults(): unknown[] {
  return [
    ...endpointsWithoutRecords(emulator),
    ...computesWithoutRecords(emulator),
    ...subnetsWithoutWayOut(emulator),
    ...publicResources(emulator),
    ...unreachableResources(emulator),
    ...pendingConnections(emulator),
  ];
}

/** Endpoints for everything, with records in zones that one network asks. */
async function makeEndpoints(asker = 'net'): Promise<void> {
  for (const [group, name] of Object.entries(groups)) {
    await makeEndpoint(emulator, ids, group, { target: ids[name], group });
    const made: string[] = [];
    for (const zone of zones[group as keyof typeof zones]) made.push(await makeZone(emulator, ids, `privatelink.${zone}`, asker));
    await makeZoneGroup(emulator, ids, group, made);
  }
}

/** A cluster in the subnet for training; it needs an approved endpoint of the workspace. */
async function makeCluster(name = 'net', enableNodePublicIp = false): Promise<void> {
  const properties = { vmSize: 'Standard_DS3_v2', enableNodePublicIp, subnet: { id: `${network(name)}/subnets/training` } };
  await put(emulator, `${ids.workspace}/computes/cpu`, { location: 'westeurope', properties: { computeType: 'AmlCompute', properties } });
}

async function makeNat(addresses: string[]): Promise<void> {
  const nat = `${ids.network}/natGateways/nat`;
  const publicIpAddresses = addresses.map((name) => ({ id: `${ids.network}/publicIPAddresses/${name}` }));
  for (const { id } of publicIpAddresses) await put(emulator, id, { location: 'westeurope', sku: { name: 'Standard' }, properties: {} });
  await put(emulator, nat, { location: 'westeurope', sku: { name: 'Standard' }, properties: { publicIpAddresses } });
  await putSubnet({ natGateway: { id: nat } });
}

async function makeRoute(properties: JsonObject): Promise<void> {
  const table = `${ids.network}/routeTables/routes`;
  await put(emulator, table, {
    location: 'westeurope',
    properties: { routes: [{ name: 'all', properties: { addressPrefix: '0.0.0.0/0', ...properties } }] },
  });
  await putSubnet({ routeTable: { id: table } });
}

async function putSubnet(more: JsonObject): Promise<void> {
  await put(emulator, `${network('net')}/subnets/training`, { properties: { addressPrefix: '10.0.1.0/24', ...more } });
}

function network(name: string): string {
  return `${ids.network}/virtualNetworks/${name}`;
}

function zoneId(name: string): string {
  return `${ids.network}/privateDnsZones/privatelink.${name}`;
}

function endpointId(name: string): string {
  return `${ids.network}/privateEndpoints/${name}`;
}
