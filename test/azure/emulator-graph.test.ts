import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { put, type Reply, send } from './arm-request.ts';
import { type Emulator, startEmulator } from './emulator/emulator.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './emulator/json.ts';
import { workspaceWorld } from './world.ts';

const other = '33333333-3333-4333-8333-333333333333';
let emulator: Emulator;
let group: string;
let seeded: Set<string>;

beforeAll(async () => {
  emulator = await startEmulator({ ...workspaceWorld({ group: 'Rg-ML' }), subscriptions: [other] });
  emulator.slow(0);
  group = `/subscriptions/${emulator.subscription}/resourceGroups/Rg-ML`;
  seeded = new Set(emulator.resources().keys());
});

afterEach(() => {
  for (const id of [...emulator.resources().keys()]) if (!seeded.has(id)) emulator.plant(id, undefined);
});

afterAll(() => emulator.stop());

describe('rows', () => {
  test('carry every column, types in lower case and what is missing as Resource Graph shows it', async () => {
    await put(emulator, `${group}/providers/Microsoft.Network/virtualNetworks/Net`, {
      location: 'West Europe',
      tags: { Owner: 'me' },
      properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } },
    });
    const [row = {}] = await rows("resources | where type == 'microsoft.network/virtualnetworks'");
    expect(row).toMatchObject({
      id: `${group}/providers/Microsoft.Network/virtualNetworks/Net`,
      name: 'Net',
      type: 'microsoft.network/virtualnetworks',
      tenantId: emulator.tenant,
      location: 'westeurope',
      resourceGroup: 'rg-ml',
      subscriptionId: emulator.subscription,
      tags: { Owner: 'me' },
      kind: '',
      managedBy: '',
      sku: null,
      plan: null,
      identity: null,
      zones: null,
      extendedLocation: null,
    });
    expect(row.properties).toEqual(propertiesOf(emulator.resource(textOf(row.id))));
  });

  test('of resources are those of no child, save links of private zones', async () => {
    const network = `${group}/providers/Microsoft.Network`;
    await put(emulator, `${network}/virtualNetworks/net`, {
      location: 'westeurope',
      properties: {
        addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
        subnets: [{ name: 'a', properties: { addressPrefix: '10.0.0.0/24' } }],
      },
    });
    await put(emulator, `${network}/privateDnsZones/a.example`, { location: 'global' });
    await put(emulator, `${network}/privateDnsZones/a.example/virtualNetworkLinks/net`, {
      location: 'global',
      properties: { virtualNetwork: { id: `${network}/virtualNetworks/net` }, registrationEnabled: false },
    });
    await put(emulator, `${network}/privateDnsZones/a.example/A/host`, {
      properties: { ttl: 60, aRecords: [{ ipv4Address: '10.0.0.9' }] },
    });
    emulator.plant(`${workspace()}/computes/cpu`, { location: 'westeurope', properties: { computeType: 'AmlCompute' } });
    emulator.plant(`${workspace()}/providers/Microsoft.Insights/diagnosticSettings/d`, { properties: {} });
    emulator.plant(`${group}/providers/Microsoft.Authorization/locks/l`, { properties: { level: 'CanNotDelete' } });
    expect(await column('type', "resources | where type startswith 'microsoft.network/'")).toEqual([
      'microsoft.network/privatednszones',
      'microsoft.network/privatednszones/virtualnetworklinks',
      'microsoft.network/virtualnetworks',
    ]);
    expect(await column('name', 'resources')).not.toEqual(expect.arrayContaining(['cpu']));
    expect(await column('type', 'resources')).not.toEqual(expect.arrayContaining([expect.stringMatching(/diagnostic|lock/)]));
    const [record = {}] = await rows("dnsresources | where type == 'microsoft.network/privatednszones/a'");
    expect(record).toMatchObject({ name: 'host', properties: { aRecords: [{ ipv4Address: '10.0.0.9' }] } });
  });

  test('of the other tables are containers, assignments, extensions and policies', async () => {
    emulator.plant(`${group}/providers/Microsoft.Authorization/roleAssignments/a1`, { properties: { principalId: 'p', scope: group } });
    emulator.plant(`${group}/providers/Microsoft.Authorization/policyAssignments/p1`, { properties: { displayName: 'Deny it' } });
    emulator.plant(`${group}/providers/Microsoft.ContainerService/managedClusters/aks`, { location: 'westeurope', properties: {} });
    emulator.plant(
      `${group}/providers/Microsoft.ContainerService/managedClusters/aks/providers/Microsoft.KubernetesConfiguration/extensions/ml`,
      {
        properties: { extensionType: 'microsoft.azureml.kubernetes' },
      },
    );
    expect(await column('type', 'resourcecontainers')).toEqual([
      'microsoft.resources/subscriptions',
      'microsoft.resources/subscriptions',
      'microsoft.resources/subscriptions/resourcegroups',
    ]);
    expect(await column('name', "AuthorizationResources | where type =~ 'Microsoft.Authorization/roleAssignments'")).toEqual(['a1']);
    expect(await column('id', "authorizationresources | where properties.roleName == 'Owner'")).toEqual([
      '/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
    ]);
    expect(await column('name', 'kubernetesconfigurationresources')).toEqual(['ml']);
    expect(await column('name', 'policyresources')).toEqual(['p1']);
    expect(await column('name', "resources | where type contains 'kubernetes'")).toEqual([]);
  });

  test('are those of the subscriptions that are asked about', async () => {
    emulator.plant(`/subscriptions/${other}/resourceGroups/far`, { location: 'westeurope', properties: {} });
    const asked = "resourcecontainers | where type has 'resourcegroups'";
    expect(await column('name', asked)).toEqual(['Rg-ML', 'far']);
    expect(await column('name', asked, { subscriptions: [other] })).toEqual(['far']);
    expect(await column('name', asked, { subscriptions: [other, '44444444-4444-4444-8444-444444444444'] })).toEqual(['far']);
    const none = await query(asked, { subscriptions: ['44444444-4444-4444-8444-444444444444'] });
    expect([none.status, detailCodes(none)]).toEqual([400, ['NoValidSubscriptionsInQueryRequest']]);
  });
});

describe('operators', () => {
  beforeEach(() => {
    for (const [name, properties, tags] of [
      ['nsg-one', { mode: 'Fast', open: true, size: 3, list: ['a', 'b'] }, { 'cost-centre': 'X1', env: 'test' }],
      ['nsg-two', { mode: 'fast', open: false, size: 4, list: [] }, { env: "it's" }],
      ['other', { note: 'private-link on', open: 'true' }, null],
    ] as [string, JsonObject, JsonObject | null][]) {
      emulator.plant(`${group}/providers/Microsoft.Example/things/${name}`, { location: 'westeurope', properties, ...(tags && { tags }) });
    }
  });

  test.each([
    ["properties.mode == 'Fast'", ['nsg-one']],
    ["properties.mode =~ 'Fast'", ['nsg-one', 'nsg-two']],
    ["properties.mode != 'Fast'", ['nsg-two', 'other']],
    ["properties.mode !~ 'FAST'", ['other']],
    ["name in~ ('NSG-ONE', 'other')", ['nsg-one', 'other']],
    ["name in ('NSG-ONE', 'other')", ['other']],
    ["name !in~ ('NSG-ONE', 'other')", ['nsg-two']],
    ["properties.note has 'link'", ['other']],
    ["properties.note has 'lin'", []],
    ["properties.note contains 'LIN'", ['other']],
    ["name startswith 'NSG'", ['nsg-one', 'nsg-two']],
    ['properties.open == true', ['nsg-one']],
    ["properties.open == 'true'", ['nsg-one', 'other']],
    ['properties.open != true', ['nsg-two', 'other']],
    ['properties.size == 4', ['nsg-two']],
    ['isnotempty(tags)', ['nsg-one', 'nsg-two']],
    ['isempty(properties.size)', ['other']],
    ["tags['cost-centre'] == 'X1'", ['nsg-one']],
    ["tags.env == \"test\" or tags.env == 'it\\'s'", ['nsg-one', 'nsg-two']],
    ["not(name == 'other') and (properties.size == 3 or properties.size == 5)", ['nsg-one']],
    ["name == 'other' or name == 'nsg-two' and properties.size == 3", ['other']],
    ["tostring(properties.size) == '4'", ['nsg-two']],
    ["properties.list[1] == 'b'", ['nsg-one']],
    ["type == 'Microsoft.Example/things'", []],
    ["properties['mode'] == 'Fast' // what follows is a comment", ['nsg-one']],
  ])('where %s', async (condition, names) => {
    expect(await column('name', `resources | where type =~ 'microsoft.example/things' | where ${condition}`)).toEqual(names);
  });

  test('project and extend name and rename columns', async () => {
    const things = "resources | where name == 'nsg-one'";
    expect(
      await rows(`${things} | project name, properties.mode, env = tags.env, open = tostring(properties.open), gone = properties.x.y`),
    ).toEqual([{ name: 'nsg-one', properties_mode: 'Fast', env: 'test', open: 'true', gone: null }]);
    const [row = {}] = await rows(`${things} | extend mode = properties.mode | where mode == 'Fast'`);
    expect(row).toMatchObject({ name: 'nsg-one', mode: 'Fast', tags: { env: 'test' } });
  });

  test('order, limit and take', async () => {
    const things = "resources | where type =~ 'microsoft.example/things'";
    expect(await column('name', `${things} | order by name desc`, {}, false)).toEqual(['other', 'nsg-two', 'nsg-one']);
    expect(await column('name', `${things} | order by name asc | limit 2`, {}, false)).toEqual(['nsg-one', 'nsg-two']);
    expect(await column('name', `${things} | order by location asc, name | take 1`, {}, false)).toEqual(['other']);
  });

  test('union joins tables, also ones that are narrowed first', async () => {
    const asked =
      "resources | where name == 'other' | union resourcecontainers, (authorizationresources | where properties.roleName == 'Owner') | project name, type";
    expect((await rows(asked)).map(({ type }) => type).toSorted()).toEqual([
      'microsoft.authorization/roledefinitions',
      'microsoft.example/things',
      'microsoft.resources/subscriptions',
      'microsoft.resources/subscriptions',
      'microsoft.resources/subscriptions/resourcegroups',
    ]);
    const many = await query('resources | union resourcecontainers, policyresources | union dnsresources');
    expect([many.status, detailCodes(many)]).toEqual([400, ['InvalidQuery', 'InvalidQuery']]);
  });

  test('mv-expand makes rows of items, drops a row with an empty list and keeps one without', async () => {
    const asked = "resources | where type =~ 'microsoft.example/things' | mv-expand item = properties.list | project name, item";
    expect(await rows(asked)).toEqual([
      { name: 'nsg-one', item: 'a' },
      { name: 'nsg-one', item: 'b' },
      { name: 'other', item: null },
    ]);
  });

  test('mv-expand stops at 128 rows of one row where no limit is given', async () => {
    const list = Array.from({ length: 200 }, (_, index) => index);
    emulator.plant(`${group}/providers/Microsoft.Example/things/long`, { properties: { list } });
    const asked = "resources | where name == 'long' | mv-expand properties.list";
    expect(await rows(asked)).toHaveLength(128);
    expect(await rows(`${asked} limit 400`)).toHaveLength(200);
  });
});

describe('what is no query', () => {
  test.each([
    ["resources | where name = 'x'", ['InvalidQuery', 'ParserFailure']],
    ["resources | where name == 'x", ['InvalidQuery', 'ParserFailure']],
    ['resources | where', ['InvalidQuery', 'ParserFailure']],
    ['resources | where (name == "x"', ['InvalidQuery', 'ParserFailure']],
    ['resources |', ['InvalidQuery', 'ParserFailure']],
    ['', ['InvalidQuery', 'ParserFailure']],
    ['resources | summarize count() by type', ['InvalidQuery', 'InvalidQueryLanguage']],
    ['resource | limit 1', ['InvalidQuery', 'DisallowedLogicalTableName']],
    ["resources | where resourcegroup == 'x'", ['InvalidQuery', 'InvalidQuery']],
    ['resources | where name == 5', ['InvalidQuery', 'InvalidQuery']],
    ['resources | where properties.a == properties.b', ['InvalidQuery', 'InvalidQuery']],
    ['resources | order by properties.a asc', ['InvalidQuery', 'InvalidQuery']],
    ['resources | project name | where id == "x"', ['InvalidQuery', 'InvalidQuery']],
  ])('%s is refused', async (asked, codes) => {
    const reply = await query(asked);
    expect([reply.status, reply.code, detailCodes(reply)]).toEqual([400, 'BadRequest', codes]);
  });

  test('is refused with the place of the fault', async () => {
    const reply = await query("resources\n| where name = 'x'");
    expect(listOf(objectOf(reply.body.error).details)[1]).toMatchObject({ line: 2, characterPositionInLine: 13, token: '=' });
  });
});

describe('pages', () => {
  beforeEach(() => {
    for (let index = 0; index < 1203; index++) {
      const name = `t${String(index).padStart(4, '0')}`;
      emulator.plant(`${group}/providers/Microsoft.Example/things/${name}`, { properties: {} });
    }
  });

  const things = "resources | where type =~ 'microsoft.example/things' | order by id asc | project id, name";

  test('hold 1000 rows, and a token leads to the rest', async () => {
    const first = await query(things);
    expect(first.body).toMatchObject({ totalRecords: 1203, count: 1000, facets: [], resultTruncated: 'false' });
    const second = await query(things, { options: { $skipToken: first.body.$skipToken ?? '' } });
    expect(second.body).toMatchObject({ totalRecords: 1203, count: 203, resultTruncated: 'false' });
    expect(second.body.$skipToken).toBeUndefined();
    expect(new Set([...namesOf(first), ...namesOf(second)]).size).toBe(1203);
  });

  test('hold $top rows, and a token belongs to its query', async () => {
    const first = await query(things, { options: { $top: 2 } });
    expect(namesOf(first)).toEqual(['t0000', 't0001']);
    const $skipToken = first.body.$skipToken ?? '';
    expect(namesOf(await query(things, { options: { $top: 3, $skipToken } }))).toEqual(['t0002', 't0003', 't0004']);
    expect((await query('resources', { options: { $skipToken } })).status).toBe(400);
    expect((await query(things, { options: { $top: 1001 } })).status).toBe(400);
  });

  test('are cut off without a token where the query has a limit or shows no plain column', async () => {
    for (const asked of [`${things} | limit 1100`, `${things.replace('project id, name', 'project properties')}`]) {
      const reply = await query(asked);
      expect(reply.body).toMatchObject({ count: 1000, resultTruncated: 'true' });
      expect(reply.body.$skipToken).toBeUndefined();
    }
  });
});

test('a query is no change, and an unknown api-version is refused', async () => {
  emulator.log.length = 0;
  const path = '/providers/Microsoft.ResourceGraph/resources';
  const replies = await Promise.all(
    ['2021-03-01', '2022-10-01', '2016-01-01'].map((version) =>
      send(emulator, 'POST', `${path}?api-version=${version}`, { query: 'resources' }),
    ),
  );
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 400]);
  expect(emulator.log).toHaveLength(3);
  expect(emulator.changes()).toEqual([]);
});

async function rows(text: string, more: JsonObject = {}): Promise<JsonObject[]> {
  const reply = await query(text, more);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return listOf(reply.body.data).map(objectOf);
}

async function column(name: string, text: string, more: JsonObject = {}, sorted = true): Promise<string[]> {
  const values = (await rows(text, more)).map((row) => textOf(row[name]));
  return sorted ? values.toSorted() : values;
}

function namesOf({ body }: Reply): string[] {
  return listOf(body.data).map((row) => textOf(objectOf(row).name));
}

function query(text: string, more: JsonObject = {}): Promise<Reply> {
  return send(emulator, 'POST', '/providers/Microsoft.ResourceGraph/resources', { query: text, ...more });
}

function detailCodes({ body }: Reply): string[] {
  return listOf(objectOf(body.error).details).map((detail) => textOf(objectOf(detail).code));
}

function workspace(): string {
  return `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws`;
}
