import { afterEach, beforeEach, expect, test } from 'vitest';
import { put, type Reply, send } from './arm-request.ts';
import type { Emulator } from './emulator/emulator.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './emulator/json.ts';
import { emptyWorld, type PrivateIds } from './private-world.ts';

let emulator: Emulator;
let ids: PrivateIds;
let vnet: string;

const delegations = [{ name: '0', properties: { serviceName: 'Microsoft.Databricks/workspaces' } }];

beforeEach(async () => {
  ({ emulator, ids } = await emptyWorld());
  vnet = `${ids.network}/virtualNetworks/vnet`;
  const group = `${ids.network}/networkSecurityGroups/databricks`;
  await put(emulator, group, { location: 'westeurope' });
  const networkSecurityGroup = { id: group };
  const subnets: [string, JsonObject][] = [
    ['private', { addressPrefix: '10.0.0.0/26', delegations, networkSecurityGroup }],
    ['public', { addressPrefix: '10.0.0.64/26', delegations, networkSecurityGroup }],
    ['plain', { addressPrefix: '10.0.0.128/26', networkSecurityGroup }],
    ['unguarded', { addressPrefix: '10.0.0.192/26', delegations }],
    ['small', { addressPrefix: '10.0.1.0/27', delegations, networkSecurityGroup }],
  ];
  const properties = {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
    subnets: subnets.map(([name, one]) => ({ name, properties: one })),
  };
  await put(emulator, vnet, { location: 'westeurope', properties });
});

afterEach(() => emulator.stop());

test('a workspace gets an address, a group of its own, and rules in the security group', async () => {
  expect((await workspace('one')).status).toBeLessThan(300);
  const made = propertiesOf(emulator.resource(path('one')));
  expect(textOf(made.workspaceUrl)).toMatch(/^adb-\d+\.\d+\.azuredatabricks\.net$/);
  expect(objectOf(objectOf(made.parameters).enableNoPublicIp)).toEqual({ type: 'Bool', value: true });
  expect(emulator.resource(textOf(made.managedResourceGroupId))).toBeDefined();
  const rules = listOf(propertiesOf(emulator.resource(`${ids.network}/networkSecurityGroups/databricks`)).securityRules).map(objectOf);
  expect(rules.map(({ name }) => textOf(name).split('-worker-to-')[1])).toEqual([
    'worker-inbound',
    'databricks-webapp',
    'sql',
    'storage',
    'worker-outbound',
    'eventhub',
  ]);
});

const wrong: [code: string, properties: JsonObject, body: JsonObject, parameters?: Record<string, string | boolean>][] = [
  ['SkuNotAvailable', {}, { sku: { name: 'standard' } }],
  ['InvalidManagedResourceGroupId', { managedResourceGroupId: 'managed' }, {}],
  ['InvalidRequiredNsgRules', { requiredNsgRules: 'NoAzureDatabricksRules' }, {}, { enableNoPublicIp: false }],
  ['InvalidVirtualNetworkRegion', {}, { location: 'northeurope' }],
  ['InvalidSubnets', {}, {}, { customPublicSubnetName: 'private' }],
  ['InvalidSubnet', {}, {}, { customPublicSubnetName: 'nowhere' }],
  ['SubnetNotDelegated', {}, {}, { customPublicSubnetName: 'plain' }],
  ['SubnetWithoutNetworkSecurityGroup', {}, {}, { customPublicSubnetName: 'unguarded' }],
  ['SubnetTooSmall', {}, {}, { customPublicSubnetName: 'small' }],
];

test.each(wrong)('a workspace is refused: %s', async (code, properties, body, parameters = {}) => {
  expect((await workspace('one', properties, body, parameters)).code).toBe(code);
});

test('its subnets and its group are nobody else’s, and it never moves', async () => {
  await workspace('one');
  expect((await workspace('two')).code).toBe('NetworkIntentPolicyConflict');
  const managedResourceGroupId = `/subscriptions/${emulator.subscription}/resourceGroups/managed-one`;
  expect((await workspace('two', { managedResourceGroupId })).code).toBe('ApplianceManagedResourceGroupExists');
  expect((await workspace('one', {}, {}, { customPrivateSubnetName: 'public', customPublicSubnetName: 'private' })).code).toBe(
    'InvalidParameterChange',
  );
});

function path(name: string): string {
  return `${ids.group}/providers/Microsoft.Databricks/workspaces/${name}`;
}

function workspace(
  name: string,
  properties: JsonObject = {},
  body: JsonObject = {},
  parameters: Readonly<Record<string, string | boolean>> = {},
): Promise<Reply> {
  const values = {
    customVirtualNetworkId: vnet,
    customPrivateSubnetName: 'private',
    customPublicSubnetName: 'public',
    enableNoPublicIp: true,
    ...parameters,
  };
  const held = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]));
  const managedResourceGroupId = `/subscriptions/${emulator.subscription}/resourceGroups/managed-${name}`;
  const whole = {
    location: 'westeurope',
    sku: { name: 'premium' },
    properties: { managedResourceGroupId, parameters: held, ...properties },
  };
  return send(emulator, 'PUT', path(name), { ...whole, ...body });
}
