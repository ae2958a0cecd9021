import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { put, type Reply, send } from './arm-request.ts';
import { isChange } from './emulator/call.ts';
import type { Emulator } from './emulator/emulator.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './emulator/json.ts';
import { emptyWorld, makeEndpoint, makeNetwork, makeWorkspace, type PrivateIds } from './private-world.ts';

const lighthouse = '99999999-9999-4999-8999-999999999999';
let emulator: Emulator;
let ids: PrivateIds;
let subscription: string;

beforeAll(async () => {
  ({ emulator, ids } = await emptyWorld({
    groups: { rg: 'westeurope', other: 'westeurope' },
    permissions: {
      '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/other': [{ actions: ['*/read'] }],
      '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/other/providers/Microsoft.Network/virtualNetworks/v': [
        { actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'], notActions: ['x/y'] },
      ],
    },
    taken: ['Microsoft.Storage/storageAccounts/takenstorage', 'Microsoft.ContainerRegistry/registries/takenregistry'],
    unregistered: ['Microsoft.HDInsight'],
  }));
  subscription = `/subscriptions/${emulator.subscription}`;
  await makeNetwork(emulator, ids);
  await makeWorkspace(emulator, ids);
});

afterAll(() => emulator.stop());

describe('what holds at a scope', () => {
  test('permissions are those given there and above, and everything elsewhere', async () => {
    const at = (scope: string) => values(`${subscription}${scope}/providers/Microsoft.Authorization/permissions`);
    const all = { actions: ['*'], notActions: [], dataActions: [], notDataActions: [] };
    expect(await at('')).toEqual([all]);
    expect(await at('/resourceGroups/rg')).toEqual([all]);
    expect(await at('/resourcegroups/OTHER')).toEqual([{ ...all, actions: ['*/read'] }]);
    emulator.plant(`${subscription}/resourceGroups/other/providers/Microsoft.Network/virtualNetworks/v`, { properties: {} });
    expect(await at('/resourceGroups/other/providers/Microsoft.Network/virtualNetworks/v')).toEqual([
      { ...all, actions: ['*/read'] },
      { ...all, actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'], notActions: ['x/y'] },
    ]);
    expect((await get(`${subscription}/resourceGroups/none/providers/Microsoft.Authorization/permissions`)).code).toBe(
      'ResourceGroupNotFound',
    );
  });

  test('locks are those at it, above it and below it', async () => {
    const type = 'providers/Microsoft.Authorization/locks';
    for (const [scope, name] of [
      [subscription, 'whole'],
      [ids.group, 'group'],
      [ids.storage, 'storage'],
      [`${subscription}/resourceGroups/other`, 'aside'],
    ] as const) {
      emulator.plant(`${scope}/${type}/${name}`, { properties: { level: 'CanNotDelete' } });
    }
    expect(await names(`${ids.group}/${type}`)).toEqual(['group', 'storage', 'whole']);
    expect(await names(`${subscription}/${type}`)).toEqual(['aside', 'group', 'storage', 'whole']);
    expect(await names(`${ids.storage}/${type}`)).toEqual(['group', 'storage', 'whole']);
    expect(await names(`${ids.group}/${type}?$filter=atScope()`)).toEqual(['group', 'whole']);
    for (const [scope, name] of [
      [subscription, 'whole'],
      [ids.group, 'group'],
      [ids.storage, 'storage'],
    ]) {
      emulator.plant(`${scope}/${type}/${name}`, undefined);
    }
    expect((await get(`${ids.group}-none/${type}`)).code).toBe('ResourceGroupNotFound');
  });

  test('policies deny what they say, in the answer to the question and in a write', async () => {
    const type = 'Microsoft.ManagedIdentity/userAssignedIdentities';
    emulator.deny({ name: 'needs-owner', type, scope: subscription, missingTag: 'owner' });
    emulator.deny({ name: 'no-relays', type: 'Microsoft.Relay/namespaces', scope: ids.group });
    const ask = (content: JsonObject, pendingFields: JsonObject[] = [], version = '2023-03-01', scope = ids.group) =>
      send(emulator, 'POST', `${scope}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions?api-version=${version}`, {
        resourceDetails: { resourceContent: content, apiVersion: '2023-01-31' },
        pendingFields,
      });
    const bare = (await ask({ type }, [{ field: 'tags' }])).body;
    const policyAssignmentId = `${subscription}/providers/Microsoft.Authorization/policyAssignments/needs-owner`;
    expect(evaluations(bare)).toMatchObject([
      { policyInfo: { policyAssignmentId }, evaluationResult: 'NonCompliant', effectDetails: { policyEffect: 'Deny' } },
    ]);
    expect(bare.fieldRestrictions).toMatchObject([
      { field: 'tags.owner', restrictions: [{ result: 'Required', policy: { policyAssignmentId } }] },
    ]);
    expect((await ask({ type, tags: { Owner: 'me' } })).body).toEqual({
      fieldRestrictions: [],
      contentEvaluationResult: { policyEvaluations: [] },
    });
    expect(evaluations((await ask({ type: 'microsoft.relay/Namespaces' })).body)).toHaveLength(1);
    expect(evaluations((await ask({ type: 'Microsoft.Relay/namespaces' }, [], '2023-03-01', subscription)).body)).toEqual([]);
    expect(evaluations((await ask({ type }, [], '2022-03-01')).body)[0]).not.toHaveProperty('effectDetails');
    expect((await ask({})).status).toBe(400);

    const identity = `${ids.group}/providers/${type}/me`;
    const refused = await send(emulator, 'PUT', identity, { location: 'westeurope' });
    expect([refused.status, refused.code]).toEqual([403, 'RequestDisallowedByPolicy']);
    await put(emulator, identity, { location: 'westeurope', tags: { owner: 'me' } });
    expect(await names(`${ids.group}/providers/Microsoft.Authorization/policyAssignments`)).toEqual(['needs-owner', 'no-relays']);
    expect(await names(`${subscription}/providers/Microsoft.Authorization/policyAssignments?$filter=atScope()`)).toEqual(['needs-owner']);
  });
});

describe('what a region has', () => {
  test.each([
    ['Microsoft.Network', 'PrivateEndpoints', 65536],
    ['Microsoft.MachineLearningServices', 'standardDSv2Family', 100],
    ['Microsoft.Compute', 'cores', 100],
  ])('usages of %s can be set', async (namespace, name, usual) => {
    const path = `${subscription}/providers/${namespace}/locations/westeurope/usages`;
    const limitOf = async (where: string) =>
      (await values(where))
        .filter((usage) => objectOf(usage.name).value === name)
        .map(({ currentValue, limit }) => ({ currentValue, limit }))[0];
    expect((await limitOf(path))?.limit).toBe(usual);
    emulator.usage(namespace, 'WestEurope', name, { currentValue: 7, limit: 8 });
    expect(await limitOf(path)).toEqual({ currentValue: 7, limit: 8 });
    expect((await limitOf(path.replace('westeurope', 'northeurope')))?.limit).toBe(usual);
    emulator.usage(namespace, 'westeurope', 'brandNew', { limit: 3 });
    expect((await values(path)).find((usage) => objectOf(usage.name).value === 'brandNew')).toMatchObject({
      currentValue: 0,
      limit: 3,
      unit: 'Count',
    });
  });

  test('sizes of machines show what they can do and where they are restricted', async () => {
    const path = `${subscription}/providers/Microsoft.Compute/skus?$filter=location eq 'westeurope'`.replaceAll(' ', '%20');
    emulator.settings.restrictions.set('standard_d2s_v5', [
      {
        type: 'Location',
        values: ['westeurope'],
        restrictionInfo: { locations: ['westeurope'] },
        reasonCode: 'NotAvailableForSubscription',
      },
    ]);
    const sizes = await values(path);
    expect(sizes.every((size) => listOf(size.locations).includes('westeurope'))).toBe(true);
    const gpu = sizes.find(({ name }) => name === 'Standard_NC4as_T4_v3');
    expect(gpu).toMatchObject({
      resourceType: 'virtualMachines',
      capabilities: expect.arrayContaining([{ name: 'GPUs', value: '1' }]),
      restrictions: [],
    });
    expect(sizes.find(({ name }) => name === 'Standard_D2s_v5')?.restrictions).toMatchObject([
      { reasonCode: 'NotAvailableForSubscription' },
    ]);
  });

  test('versions of Kubernetes are called values', async () => {
    const { body } = await get(`${subscription}/providers/Microsoft.ContainerService/locations/westeurope/kubernetesVersions`);
    expect(listOf(body.values).map((one) => objectOf(one).version)).toEqual(['1.31', '1.32', '1.33']);
  });

  test('locations and providers are listed', async () => {
    expect(await names(`${subscription}/locations`)).toContain('westeurope');
    const states = (await values(`${subscription}/providers`)).map((one) => `${one.namespace} ${one.registrationState}`);
    expect(states).toEqual(expect.arrayContaining(['Microsoft.HDInsight NotRegistered', 'Microsoft.Network Registered']));
    expect((await get(`${subscription}/providers/Microsoft.HDInsight`)).body.registrationState).toBe('NotRegistered');
  });
});

test('a subscription shows its state and who manages it', async () => {
  expect((await get(subscription)).body).toMatchObject({ state: 'Enabled', managedByTenants: [] });
  emulator.settings.subscriptions.set(emulator.subscription, { state: 'Warned', managedByTenants: [{ tenantId: lighthouse }] });
  expect((await get(subscription)).body).toMatchObject({ state: 'Warned', managedByTenants: [{ tenantId: lighthouse }] });
  const { body } = await send(emulator, 'POST', '/providers/Microsoft.ResourceGraph/resources', {
    query: "resourcecontainers | where type == 'microsoft.resources/subscriptions'",
  });
  expect(listOf(body.data)[0]).toMatchObject({ properties: { state: 'Warned', managedByTenants: [{ tenantId: lighthouse }] } });
  emulator.settings.subscriptions.clear();
});

describe('names', () => {
  test.each([
    ['Microsoft.Storage', { name: 'takenstorage', type: 'Microsoft.Storage/storageAccounts' }, false],
    ['Microsoft.Storage', { name: 'freestorage', type: 'Microsoft.Storage/storageAccounts' }, true],
    ['Microsoft.KeyVault', { name: 'private-vault', type: 'Microsoft.KeyVault/vaults' }, false],
    ['Microsoft.KeyVault', { name: 'free-vault', type: 'Microsoft.KeyVault/vaults' }, true],
    ['Microsoft.ContainerRegistry', { name: 'takenregistry', type: 'Microsoft.ContainerRegistry/registries' }, false],
    ['Microsoft.ContainerRegistry', { name: 'freeregistry', type: 'Microsoft.ContainerRegistry/registries' }, true],
  ])('%s tells whether %o is free: %s', async (namespace, body, free) => {
    const { status, body: said } = await send(emulator, 'POST', `${subscription}/providers/${namespace}/checkNameAvailability`, body);
    expect([status, said.nameAvailable]).toEqual([200, free]);
  });

  test('of HDInsight are asked about in a region, once the provider is registered', async () => {
    const path = `${subscription}/providers/Microsoft.HDInsight/locations/westeurope/checkNameAvailability`;
    const ask = () => send(emulator, 'POST', path, { name: 'cluster', type: 'clusters' });
    expect((await ask()).code).toBe('MissingSubscriptionRegistration');
    await send(emulator, 'POST', `${subscription}/providers/Microsoft.HDInsight/register`);
    await expect.poll(async () => (await ask()).body.nameAvailable).toBe(true);
  });

  test('deleted Log Analytics workspaces are listed where they were', async () => {
    const logs = `${ids.group}/providers/Microsoft.OperationalInsights/workspaces/logs`;
    await put(emulator, logs, { location: 'westeurope', properties: {} });
    await send(emulator, 'DELETE', logs);
    const list = 'providers/Microsoft.OperationalInsights/deletedWorkspaces';
    expect(await values(`${subscription}/${list}`)).toMatchObject([{ id: logs, name: 'logs', location: 'westeurope' }]);
    expect(await names(`${ids.group}/${list}`)).toEqual(['logs']);
    expect(await names(`${subscription}/resourceGroups/other/${list}`)).toEqual([]);
  });
});

describe('a workspace', () => {
  test('lists its computes and the nodes of a cluster', async () => {
    const cluster = `${ids.workspace}/computes/cpu`;
    emulator.plant(cluster, { location: 'westeurope', properties: { computeType: 'AmlCompute', properties: {} } });
    emulator.plant(`${ids.workspace}/computes/one`, {
      location: 'westeurope',
      properties: { computeType: 'ComputeInstance', properties: {} },
    });
    expect(await names(`${ids.workspace}/computes`)).toEqual(['cpu', 'one']);
    expect((await send(emulator, 'POST', `${cluster}/listNodes`)).body).toEqual({ nodes: [] });
    const node = { nodeId: 'tvm-1', privateIpAddress: '10.0.1.4', port: 50000, nodeState: 'idle' };
    emulator.settings.nodes.set(cluster.toLowerCase(), [node]);
    expect((await send(emulator, 'POST', `${cluster}/listNodes`)).body).toEqual({ nodes: [node] });
    expect((await send(emulator, 'POST', `${ids.workspace}/computes/one/listNodes`)).status).toBe(400);
    expect((await send(emulator, 'POST', `${ids.workspace}/computes/none/listNodes`)).status).toBe(404);
  });

  test('is diagnosed: accepted, then polled to lists that are empty or hold what was found', async () => {
    const found = { code: 'CustomDNSInUse', level: 'Warning', message: 'A DNS server is configured.' };
    emulator.slow(60);
    const clean = await diagnosis();
    emulator.settings.diagnoses.set(ids.workspace.toLowerCase(), { dnsResolutionResults: [found] });
    const warned = await diagnosis();
    emulator.slow(0);
    expect(Object.values(objectOf(clean.value)).every((list) => Array.isArray(list) && list.length === 0)).toBe(true);
    expect(Object.keys(objectOf(clean.value))).toContain('storageAccountResults');
    expect(warned).toMatchObject({ value: { dnsResolutionResults: [found], keyVaultResults: [] } });
  });

  test('says what it has to reach outside', async () => {
    const groups = await values(`${ids.workspace}/outboundNetworkDependenciesEndpoints`);
    const notebooks = groups.map(propertiesOf).find(({ category }) => category === 'Integrated notebook');
    expect(listOf(notebooks?.endpoints).map((one) => objectOf(one).domainName)).toContain('privatestorage.blob.core.windows.net');
    expect((await get(`${ids.workspace}-none/outboundNetworkDependenciesEndpoints`)).status).toBe(404);
  });

  test('lists the connections of its private endpoints', async () => {
    await makeEndpoint(emulator, ids, 'ws', { target: ids.workspace, group: 'amlworkspace' });
    expect(await values(`${ids.workspace}/privateEndpointConnections`)).toMatchObject([
      { properties: { privateLinkServiceConnectionState: { status: 'Approved' } } },
    ]);
  });
});

test('a network lists its peerings, and how full its subnets are', async () => {
  const net = `${ids.network}/virtualNetworks/net`;
  await makeEndpoint(emulator, ids, 'vault', { target: ids.vault, group: 'vault' });
  const usages = await values(`${net}/usages`);
  expect(usages.find(({ id }) => textOf(id).endsWith('/training'))).toMatchObject({ currentValue: 0, limit: 251 });
  const used = usages.find(({ id }) => textOf(id).endsWith('/endpoints'));
  expect(used).toMatchObject({ limit: 27, name: { value: 'SubnetSpace' } });
  expect(used?.currentValue).toBeGreaterThan(0);
  await makeNetwork(emulator, ids, 'hub');
  const properties = { remoteVirtualNetwork: { id: `${ids.network}/virtualNetworks/hub` } };
  emulator.plant(`${net}/virtualNetworkPeerings/to-hub`, { properties });
  expect(await values(`${net}/virtualNetworkPeerings`)).toMatchObject([{ name: 'to-hub', properties }]);
  expect((await get(`${net}-none/usages`)).status).toBe(404);
});

test('none of the questions that are sent by POST is a change', () => {
  const actions = ['checkPolicyRestrictions', 'checkNameAvailability', 'listNodes', 'diagnose', 'resources'];
  expect(actions.map((action) => isChange('POST', `/a/${action}`))).toEqual(actions.map(() => false));
  expect(['diagnoses', 'start', 'register'].map((action) => isChange('POST', `/a/${action}`))).toEqual([true, true, true]);
});

/** Follows the Location of a diagnosis as a client does. */
async function diagnosis(): Promise<JsonObject> {
  let reply = await send(emulator, 'POST', `${ids.workspace}/diagnose`, { value: {} });
  expect(reply.status).toBe(202);
  for (let tries = 0; reply.status === 202 && tries < 100; tries++) {
    await setTimeout(20);
    const { pathname, search } = new URL(textOf(reply.headers.location));
    reply = await send(emulator, 'GET', pathname + search);
  }
  expect(reply.status).toBe(200);
  return reply.body;
}

function get(path: string): Promise<Reply> {
  return send(emulator, 'GET', path);
}

async function values(path: string): Promise<JsonObject[]> {
  const reply = await get(path);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return listOf(reply.body.value).map(objectOf);
}

async function names(path: string): Promise<string[]> {
  return (await values(path)).map(({ name }) => textOf(name)).toSorted();
}

function evaluations(body: JsonObject): JsonObject[] {
  return listOf(objectOf(body.contentEvaluationResult).policyEvaluations).map(objectOf);
}
