import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { put, type Reply, send } from './arm-request.ts';
import { type Emulator, startEmulator } from './emulator/emulator.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './emulator/json.ts';
import { emptyWorld, makeNetwork, makeWorkspace, type PrivateIds } from './private-world.ts';

let emulator: Emulator;
let ids: PrivateIds;

beforeEach(async () => {
  ({ emulator, ids } = await emptyWorld());
  await makeNetwork(emulator, ids);
  await makeWorkspace(emulator, ids);
});

afterEach(() => emulator.stop());

describe('workspaces', () => {
  test('have an identity of their own, which stays', async () => {
    const identity = objectOf(emulator.resource(ids.workspace)?.identity);
    await send(emulator, 'PATCH', ids.workspace, { properties: { imageBuildCompute: 'cpu' } });
    const after = emulator.resource(ids.workspace);
    expect(after?.identity).toEqual(identity);
    expect(propertiesOf(after)).toMatchObject({
      imageBuildCompute: 'cpu',
      v1LegacyMode: false,
      managedNetwork: { isolationMode: 'Disabled' },
    });
    const other = ids.workspace.replace(/private$/, 'second');
    const second = await put(emulator, other, { location: 'westeurope', properties: parts() });
    expect(textOf(objectOf(second.identity).principalId)).not.toBe(identity.principalId);
  });

  test.each([
    ['a hierarchical namespace', { properties: { isHnsEnabled: true } }],
    ['the Premium tier', { sku: { name: 'Premium_LRS' } }],
    ['a kind without files', { kind: 'BlobStorage' }],
  ])('refuse a storage account with %s', async (_what, account) => {
    const id = ids.storage.replace('privatestorage', 'otherstorage');
    await put(emulator, id, { location: 'westeurope', ...(account as JsonObject) });
    expect((await workspace({ storageAccount: id })).status).toBe(400);
  });

  test('refuse what does not exist, and a change of storage account or vault', async () => {
    for (const name of ['storageAccount', 'keyVault', 'applicationInsights', 'containerRegistry'])
      expect((await workspace({ [name]: `${ids.storage}none` })).body).toMatchObject({ error: { message: expect.stringContaining(name) } });
    expect((await workspace({ keyVault: '' })).body).toMatchObject({ error: { message: 'Missing dependent resources in workspace json' } });
    const other = ids.storage.replace('privatestorage', 'otherstorage');
    await put(emulator, other, { location: 'westeurope' });
    expect((await send(emulator, 'PATCH', ids.workspace, { properties: { storageAccount: other } })).status).toBe(400);
  });

  test('the service may give the identity roles by itself', async () => {
    const seed = { identityRoles: { 'Key Vault Administrator': 'keyVault', 'Azure AI Administrator': 'group' } };
    const other = await startEmulator({ groups: { rg: 'westeurope' }, ...seed });
    other.slow(0);
    const made = await makeWorkspace(other, ids);
    const listed = await send(other, 'GET', `${ids.vault}/providers/Microsoft.Authorization/roleAssignments`);
    const principals = listOf(listed.body.value).map((one) => propertiesOf(one).principalId);
    await other.stop();
    expect(principals).toEqual([objectOf(made.identity).principalId, objectOf(made.identity).principalId]);
  });
});

describe('managed networks', () => {
  test('cannot be loosened or switched off', async () => {
    expect((await isolate('AllowOnlyApprovedOutbound')).status).toBe(200);
    for (const mode of ['AllowInternetOutbound', 'Disabled']) expect((await isolate(mode)).status).toBe(400);
    expect((await isolate('AllowOnlyApprovedOutbound')).status).toBe(200);
  });

  test('bring the rules that the service needs, which nobody can change', async () => {
    await isolate('AllowOnlyApprovedOutbound');
    const tags = rules('ServiceTag').map(({ destination }) => textOf(objectOf(destination).serviceTag));
    expect([...new Set(tags)].toSorted()).toEqual([
      'AzureActiveDirectory',
      'AzureFrontDoor.FirstParty',
      'AzureMachineLearning',
      'AzureMonitor',
      'AzureResourceManager',
      'BatchNodeManagement.westeurope',
      'MicrosoftContainerRegistry',
      'VirtualNetwork',
    ]);
    const targets = rules('PrivateEndpoint').map(({ destination }) => textOf(objectOf(destination).subresourceTarget));
    expect(targets).toEqual(['amlworkspace', 'blob', 'file', 'vault', 'registry']);
    const name = Object.keys(outboundRules())[0] ?? '';
    expect((await send(emulator, 'DELETE', `${ids.workspace}/outboundRules/${name}`)).status).toBe(400);
  });

  test('with all of the internet allowed have endpoints only to what is closed', async () => {
    await send(emulator, 'PATCH', ids.registry, { properties: { publicNetworkAccess: 'Enabled' } });
    await isolate('AllowInternetOutbound');
    expect(rules('ServiceTag')).toEqual([]);
    expect(rules('PrivateEndpoint')).toHaveLength(4);
    expect((await rule('host', { type: 'FQDN', destination: 'pypi.org' })).status).toBe(400);
    expect((await rule('tag', { type: 'ServiceTag', destination: tag('Sql') })).status).toBe(400);
  });

  test('take rules only in a form that the service knows', async () => {
    expect((await rule('host', { type: 'FQDN', destination: 'pypi.org' })).status).toBe(400);
    await isolate('AllowOnlyApprovedOutbound');
    expect((await rule('host', { type: 'FQDN', destination: '*.anaconda.com' })).status).toBe(200);
    expect((await rule('tag', { type: 'ServiceTag', destination: tag('Sql') })).status).toBe(200);
    const refused = [
      await rule('url', { type: 'FQDN', destination: 'https://pypi.org' }),
      await rule('tag2', { type: 'ServiceTag', destination: tag('Nonsense') }),
      await rule('group', { type: 'PrivateEndpoint', destination: { serviceResourceId: ids.vault, subresourceTarget: 'blob' } }),
      await rule('twin', { type: 'PrivateEndpoint', destination: { serviceResourceId: ids.vault, subresourceTarget: 'vault' } }),
      await rule('none', { type: 'PrivateEndpoint', destination: { serviceResourceId: `${ids.vault}x`, subresourceTarget: 'vault' } }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
  });

  test('work once they are provisioned; that can be done again', async () => {
    await isolate('AllowOnlyApprovedOutbound');
    expect(network()).toMatchObject({ status: { status: 'Inactive' } });
    for (const _ of [1, 2]) expect((await send(emulator, 'POST', `${ids.workspace}/provisionManagedNetwork`, {})).status).toBe(202);
    expect(network()).toMatchObject({ status: { status: 'Active', sparkReady: false } });
    expect(new Set(Object.values(outboundRules()).map((one) => objectOf(one).status))).toEqual(new Set(['Active']));
  });

  test('are made with the first compute, which cannot stand in a subnet', async () => {
    await isolate('AllowInternetOutbound');
    const inside = { subnet: { id: `${ids.network}/virtualNetworks/net/subnets/training` } };
    expect((await compute('AmlCompute', inside)).status).toBe(400);
    expect((await compute('VirtualMachine', {})).status).toBe(400);
    expect((await compute('AmlCompute', { enableNodePublicIp: false })).status).toBe(201);
    expect(network()).toMatchObject({ status: { status: 'Active' } });
  });

  test('need the consent of a target that is not of the workspace', async () => {
    const target = ids.storage.replace('privatestorage', 'datastorage');
    await put(emulator, target, { location: 'westeurope', properties: { publicNetworkAccess: 'Disabled' } });
    await isolate('AllowOnlyApprovedOutbound');
    await send(emulator, 'POST', `${ids.workspace}/provisionManagedNetwork`, {});
    const destination = { serviceResourceId: target, subresourceTarget: 'blob' };
    expect(propertiesOf((await rule('data', { type: 'PrivateEndpoint', destination })).body).status).toBe('Inactive');
    await send(emulator, 'DELETE', `${ids.workspace}/outboundRules/data`);
    await approver(target);
    expect(propertiesOf((await rule('data', { type: 'PrivateEndpoint', destination })).body).status).toBe('Active');
  });
});

function parts(): JsonObject {
  return { storageAccount: ids.storage, keyVault: ids.vault, containerRegistry: ids.registry };
}

function workspace(properties: JsonObject): Promise<Reply> {
  const body = { location: 'westeurope', properties: { ...parts(), ...properties } };
  return send(emulator, 'PUT', ids.workspace.replace(/private$/, 'second'), body);
}

function isolate(isolationMode: string): Promise<Reply> {
  return send(emulator, 'PATCH', ids.workspace, { properties: { managedNetwork: { isolationMode } } });
}

function rule(name: string, properties: JsonObject): Promise<Reply> {
  return send(emulator, 'PUT', `${ids.workspace}/outboundRules/${name}`, { properties });
}

function compute(computeType: string, properties: JsonObject): Promise<Reply> {
  const body = { location: 'westeurope', properties: { computeType, properties: { vmSize: 'Standard_DS3_v2', ...properties } } };
  return send(emulator, 'PUT', `${ids.workspace}/computes/cpu`, body);
}

function tag(serviceTag: string): JsonObject {
  return { serviceTag, protocol: 'TCP', portRanges: '443' };
}

function approver(target: string): Promise<JsonObject> {
  const role = 'b556d68e-0be0-4f35-a333-ad7ee1ce17ea';
  const roleDefinitionId = `/subscriptions/${emulator.subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  const principalId = textOf(objectOf(emulator.resource(ids.workspace)?.identity).principalId);
  const id = `${target}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-0000000000a1`;
  return put(emulator, id, { properties: { roleDefinitionId, principalId, principalType: 'ServicePrincipal' } });
}

function network(): JsonObject {
  return objectOf(propertiesOf(emulator.resource(ids.workspace)).managedNetwork);
}

function outboundRules(): JsonObject {
  return objectOf(network().outboundRules);
}

function rules(type: string): JsonObject[] {
  return Object.values(outboundRules())
    .map(objectOf)
    .filter((one) => one.type === type);
}
