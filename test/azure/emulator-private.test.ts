import { afterEach, describe, expect, test } from 'vitest';
import { put, send } from './arm-request.ts';
import { defaults, type Emulator, type Seed } from './emulator/emulator.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './emulator/json.ts';
import { emptyWorld, idsIn, makeEndpoint, makeNetwork, makeWorkspace, makeZone, makeZoneGroup, type PrivateIds } from './private-world.ts';

let emulator: Emulator;
let ids: PrivateIds;
const running: Emulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

describe('names that are unique in all of Azure', () => {
  test.each([
    ['Microsoft.Storage/storageAccounts', 'takenname', 'StorageAccountAlreadyTaken'],
    ['Microsoft.KeyVault/vaults', 'takenname', 'VaultAlreadyExists'],
    ['Microsoft.ContainerRegistry/registries', 'takenname', 'AlreadyInUse'],
    ['Microsoft.KeyVault/vaults', 'deleted-vault', 'ConflictError'],
  ])('%s %s: %s', async (type, name, code) => {
    const taken = ['Storage/storageAccounts', 'KeyVault/vaults', 'ContainerRegistry/registries'].map((one) => `Microsoft.${one}/takenname`);
    await begin({ taken, deletedVaults: { 'deleted-vault': 'westeurope' } });
    const made = await send(emulator, 'PUT', `${ids.group}/providers/${type}/${name}`, { location: 'westeurope', sku: { name: 'Basic' } });
    expect([made.status, made.code]).toEqual([409, code]);
    const namespace = type.split('/')[0];
    const path = `/subscriptions/${emulator.subscription}/providers/${namespace}/checkNameAvailability`;
    const asked = await Promise.all([name, 'freename'].map((one) => send(emulator, 'POST', path, { name: one, type })));
    expect(asked.map(({ body }) => [body.nameAvailable, body.reason])).toEqual([
      [false, 'AlreadyExists'],
      [true, undefined],
    ]);
  });

  test('an account of the same subscription in another group holds its name', async () => {
    await begin({ groups: { rg: 'westeurope', other: 'westeurope' } });
    await put(emulator, ids.storage, { location: 'westeurope' });
    const again = await send(emulator, 'PUT', ids.storage.replace('/rg/', '/other/'), { location: 'westeurope' });
    expect(again.code).toBe('StorageAccountAlreadyExists');
    expect((await send(emulator, 'PUT', ids.storage, { location: 'westeurope' })).status).toBe(200);
  });

  test('a deleted vault keeps its name until it is purged, and can be recovered', async () => {
    await begin();
    await put(emulator, ids.vault, { location: 'westeurope', properties: { enableRbacAuthorization: true } });
    await send(emulator, 'DELETE', ids.vault);
    expect((await send(emulator, 'PUT', ids.vault, { location: 'westeurope' })).code).toBe('ConflictError');
    const back = await send(emulator, 'PUT', ids.vault, { location: 'westeurope', properties: { createMode: 'recover' } });
    expect([back.status, propertiesOf(back.body).enableRbacAuthorization]).toEqual([200, true]);
  });
});

describe('resource providers', () => {
  test('what is not registered refuses writes until it is', async () => {
    await begin({ unregistered: ['Microsoft.KeyVault'] });
    const provider = `/subscriptions/${emulator.subscription}/providers/Microsoft.KeyVault`;
    expect((await send(emulator, 'GET', provider)).body.registrationState).toBe('NotRegistered');
    expect((await send(emulator, 'PUT', ids.vault, { location: 'westeurope' })).code).toBe('MissingSubscriptionRegistration');
    expect((await send(emulator, 'POST', `${provider}/register`)).body.registrationState).toBe('Registering');
    await expect.poll(async () => (await send(emulator, 'GET', provider)).body.registrationState).toBe('Registered');
    expect((await send(emulator, 'PUT', ids.vault, { location: 'westeurope' })).status).toBe(200);
  });
});

describe('private endpoints', () => {
  test('an endpoint takes addresses of its subnet for every host name of its target', async () => {
    await privateWorld();
    const workspace = propertiesOf(emulator.resource(ids.workspace));
    const guid = textOf(workspace.workspaceId);
    await makeEndpoint(emulator, ids, 'blob', { target: ids.storage, group: 'blob' });
    await makeEndpoint(emulator, ids, 'acr', { target: ids.registry, group: 'registry' });
    await makeEndpoint(emulator, ids, 'ws', { target: ids.workspace, group: 'amlworkspace' });
    expect(dnsOf('blob')).toEqual([['privatestorage.blob.core.windows.net', '10.0.0.4']]);
    expect(dnsOf('acr')).toEqual([
      ['privateregistry.westeurope.data.azurecr.io', '10.0.0.5'],
      ['privateregistry.azurecr.io', '10.0.0.6'],
    ]);
    expect(dnsOf('ws')).toEqual([
      [`${guid}.workspace.westeurope.api.azureml.ms`, '10.0.0.7'],
      [`${guid}.workspace.westeurope.cert.api.azureml.ms`, '10.0.0.7'],
      [`ml-private-westeurope-${guid}`.slice(0, 63).concat('.westeurope.notebooks.azure.net'), '10.0.0.8'],
      [`*.${guid}.inference.westeurope.api.azureml.ms`, '10.0.0.9'],
    ]);
    expect(statesAt(ids.workspace)).toEqual(['Approved']);
  });

  test('the same endpoint again keeps its addresses, and a deleted one gives them back', async () => {
    await privateWorld();
    await makeEndpoint(emulator, ids, 'blob', { target: ids.storage, group: 'blob' });
    await makeEndpoint(emulator, ids, 'vault', { target: ids.vault, group: 'vault' });
    await makeEndpoint(emulator, ids, 'blob', { target: ids.storage, group: 'blob' });
    expect([dnsOf('blob')[0]?.[1], dnsOf('vault')[0]?.[1]]).toEqual(['10.0.0.4', '10.0.0.5']);
    await send(emulator, 'DELETE', `${ids.network}/privateEndpoints/blob`);
    expect(statesAt(ids.storage)).toEqual([]);
    await makeEndpoint(emulator, ids, 'file', { target: ids.storage, group: 'file' });
    expect(dnsOf('file')[0]?.[1]).toBe('10.0.0.4');
  });

  test.each([
    ['vault', 'storage', 'InvalidValuesForRequestParameters'],
    ['Blob', 'storage', 'InvalidValuesForRequestParameters'],
    ['amlworkspace', 'vault', 'InvalidValuesForRequestParameters'],
  ] as const)('group %s of the %s is refused', async (group, target, code) => {
    await privateWorld();
    await expect(makeEndpoint(emulator, ids, 'wrong', { target: ids[target], group })).rejects.toThrow(code);
  });

  test('a registry that is not Premium gets no endpoint', async () => {
    await privateWorld();
    const basic = ids.registry.replace('privateregistry', 'basicregistry');
    await put(emulator, basic, { location: 'westeurope', sku: { name: 'Basic' } });
    await expect(makeEndpoint(emulator, ids, 'acr', { target: basic, group: 'registry' })).rejects.toThrow('PrivateEndpointConnections');
    const closed = { location: 'westeurope', sku: { name: 'Standard' }, properties: { publicNetworkAccess: 'Disabled' } };
    expect((await send(emulator, 'PUT', basic, closed)).code).toBe('DisablingPublicNetworkAccessNotSupported');
  });

  test('a full subnet is refused', async () => {
    await privateWorld();
    const small = { addressPrefix: '10.0.2.0/29' };
    await put(emulator, `${ids.network}/virtualNetworks/net/subnets/endpoints`, { properties: small });
    await makeEndpoint(emulator, ids, 'blob', { target: ids.storage, group: 'blob' });
    await expect(makeEndpoint(emulator, ids, 'ws', { target: ids.workspace, group: 'amlworkspace' })).rejects.toThrow('SubnetIsFull');
  });

  test('by hand it is pending, without names or records, until the owner approves', async () => {
    await privateWorld();
    await makeEndpoint(emulator, ids, 'vault', { target: ids.vault, group: 'vault', byHand: true });
    const zone = await makeZone(emulator, ids, 'privatelink.vaultcore.azure.net');
    await makeZoneGroup(emulator, ids, 'vault', [zone]);
    expect([statesAt(ids.vault), emulator.resource(`${zone}/A/private-vault`)]).toEqual([['Pending'], undefined]);
    const connection = textOf(objectOf(listOf(propertiesOf(emulator.resource(ids.vault)).privateEndpointConnections)[0]).id);
    await put(emulator, connection, { properties: { privateLinkServiceConnectionState: { status: 'Approved', description: 'ok' } } });
    expect(statesAt(ids.vault)).toEqual(['Approved']);
    expect(addressesAt(`${zone}/A/private-vault`)).toEqual(['10.0.0.4']);
  });

  test('a target may leave an endpoint pending that asked for approval', async () => {
    await privateWorld((one) => ({ leftPending: [one.vault] }));
    await makeEndpoint(emulator, ids, 'vault', { target: ids.vault, group: 'vault' });
    expect([statesAt(ids.vault), dnsOf('vault')]).toEqual([['Pending'], []]);
  });

  test('without the right to approve only one by hand is accepted', async () => {
    await privateWorld((one) => ({ noApprovalRight: [one.vault] }));
    await expect(makeEndpoint(emulator, ids, 'vault', { target: ids.vault, group: 'vault' })).rejects.toThrow('LinkedAuthorizationFailed');
    await makeEndpoint(emulator, ids, 'vault', { target: ids.vault, group: 'vault', byHand: true });
    expect(statesAt(ids.vault)).toEqual(['Pending']);
  });
});

describe('private zones', () => {
  test('a zone group writes the records that belong to each of its zones, in another subscription too', async () => {
    const hub = '33333333-3333-4333-8333-333333333333';
    await privateWorld(() => ({ subscriptions: [hub] }));
    await put(emulator, `/subscriptions/${hub}/resourceGroups/dns`, { location: 'westeurope' });
    const zones = ['api.azureml.ms', 'notebooks.azure.net'].map(
      (name) => `/subscriptions/${hub}/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/privatelink.${name}`,
    );
    for (const zone of zones) await put(emulator, zone, { location: 'global' });
    await makeEndpoint(emulator, ids, 'ws', { target: ids.workspace, group: 'amlworkspace' });
    await makeZoneGroup(emulator, ids, 'ws', zones);
    const guid = textOf(propertiesOf(emulator.resource(ids.workspace)).workspaceId);
    expect(await recordNames(zones[0] ?? '')).toEqual([
      `${guid}.workspace.westeurope`,
      `${guid}.workspace.westeurope.cert`,
      `*.${guid}.inference.westeurope`,
    ]);
    expect(await recordNames(zones[1] ?? '')).toHaveLength(1);
    expect(dnsOf('ws')).toEqual([]);
    await makeZoneGroup(emulator, ids, 'ws', zones.slice(1));
    expect(await recordNames(zones[0] ?? '')).toEqual([]);
  });

  test.each([
    ['AzureUSGovernment', 'usgovvirginia', 'privatelink.blob.core.usgovcloudapi.net', 'privatelink.vaultcore.usgovcloudapi.net'],
    ['AzureChinaCloud', 'chinaeast2', 'privatelink.blob.core.chinacloudapi.cn', 'privatelink.vaultcore.azure.cn'],
  ] as const)('%s has zones of its own', async (cloud, location, blob, vault) => {
    await privateWorld(() => ({ cloud }), location);
    await makeEndpoint(emulator, ids, 'blob', { target: ids.storage, group: 'blob' });
    await makeEndpoint(emulator, ids, 'vault', { target: ids.vault, group: 'vault' });
    const zones = [await makeZone(emulator, ids, blob), await makeZone(emulator, ids, vault)];
    await makeZoneGroup(emulator, ids, 'blob', zones);
    await makeZoneGroup(emulator, ids, 'vault', zones);
    expect(await Promise.all(zones.map(recordNames))).toEqual([['privatestorage'], ['private-vault']]);
  });

  test('a network asks only one zone of a name', async () => {
    await privateWorld(() => ({ groups: { rg: 'westeurope', other: 'westeurope' } }));
    const zone = await makeZone(emulator, ids, 'privatelink.blob.core.windows.net');
    const twin = zone.replace('/rg/', '/other/');
    await put(emulator, twin, { location: 'global' });
    const link = { location: 'global', properties: { virtualNetwork: { id: `${ids.network}/virtualNetworks/net` } } };
    const refused = await send(emulator, 'PUT', `${twin}/virtualNetworkLinks/net`, link);
    expect(refused.code).toBe('BadRequest');
    expect(JSON.stringify(refused.body)).toContain('overlapping namespaces');
  });

  test('an endpoint has one zone group', async () => {
    await privateWorld();
    const zone = await makeZone(emulator, ids, 'privatelink.blob.core.windows.net');
    await makeEndpoint(emulator, ids, 'blob', { target: ids.storage, group: 'blob' });
    await makeZoneGroup(emulator, ids, 'blob', [zone]);
    const second = `${ids.network}/privateEndpoints/blob/privateDnsZoneGroups/second`;
    const config = { name: 'one', properties: { privateDnsZoneId: zone } };
    const refused = await send(emulator, 'PUT', second, { properties: { privateDnsZoneConfigs: [config] } });
    expect(refused.status).toBe(400);
  });
});

async function begin(seed: Seed = {}, location = 'westeurope'): Promise<void> {
  ({ emulator, ids } = await emptyWorld(seed, location));
  running.push(emulator);
}

async function privateWorld(seed: (ids: PrivateIds) => Seed = () => ({}), location = 'westeurope'): Promise<void> {
  const known = idsIn(`/subscriptions/${defaults.subscription}/resourceGroups/rg`);
  await begin({ groups: { rg: location }, ...seed(known) }, location);
  await makeNetwork(emulator, ids, 'net', location);
  await makeWorkspace(emulator, ids, location);
}

function dnsOf(endpoint: string): [string, string][] {
  const configs = listOf(propertiesOf(emulator.resource(`${ids.network}/privateEndpoints/${endpoint}`)).customDnsConfigs).map(objectOf);
  return configs.map(({ fqdn, ipAddresses }) => [textOf(fqdn), textOf(listOf(ipAddresses)[0])]);
}

function statesAt(target: string): string[] {
  const connections = listOf(propertiesOf(emulator.resource(target)).privateEndpointConnections);
  return connections.map((connection) => textOf(objectOf(propertiesOf(connection).privateLinkServiceConnectionState).status));
}

function addressesAt(record: string): string[] {
  return listOf(propertiesOf(emulator.resource(record)).aRecords).map((one) => textOf((one as JsonObject).ipv4Address));
}

async function recordNames(zone: string): Promise<string[]> {
  return listOf((await send(emulator, 'GET', `${zone}/A`)).body.value).map((record) => textOf(objectOf(record).name));
}
