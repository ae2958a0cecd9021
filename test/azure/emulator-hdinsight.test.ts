import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from './arm-request.ts';
import { defaults, type Emulator, startEmulator } from './emulator/emulator.ts';
import type { JsonObject } from './emulator/json.ts';

const group = `/subscriptions/${defaults.subscription}/resourceGroups/rg`;
const network = `${group}/providers/Microsoft.Network`;
const subnet = `${network}/virtualNetworks/vnet/subnets/hdi`;
const account = `${group}/providers/Microsoft.Storage/storageAccounts/sthdi`;
const rules = (sourceAddressPrefix: string): JsonObject[] => [
  {
    name: 'in',
    properties: { direction: 'Inbound', access: 'Allow', protocol: 'Tcp', priority: 300, sourceAddressPrefix, destinationPortRange: '443' },
  },
];

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ groups: { rg: 'eastus2' } });
  plant(`${network}/networkSecurityGroups/nsg`, { securityRules: rules('HDInsight') });
  const inner = {
    name: 'hdi',
    properties: { addressPrefix: '10.0.0.0/27', networkSecurityGroup: { id: `${network}/networkSecurityGroups/nsg` } },
  };
  plant(`${network}/virtualNetworks/vnet`, { addressSpace: { addressPrefixes: ['10.0.0.0/24'] }, subnets: [inner] });
  plant(account, {});
});

afterAll(() => emulator.stop());

test.each<[what: string, change: () => JsonObject, code: string]>([
  ['a password without digit', () => cluster({ password: 'Long-enough-but' }), 'InvalidPassword'],
  ['a password that is short', () => cluster({ password: 'Ab-1' }), 'InvalidPassword'],
  ['a subnet that is not there', () => cluster({ subnet: `${subnet}2` }), 'InvalidNetworkConfigurationErrorCode'],
  ['an NSG that keeps HDInsight away', () => closed(cluster({})), 'InvalidNetworkSecurityGroupSecurityRules'],
  ['a storage account that takes no keys', () => withoutKeys(cluster({})), 'BadRequest'],
])('a cluster with %s is refused', async (_what, change, code) => {
  const answer = await send(emulator, 'PUT', `${group}/providers/Microsoft.HDInsight/clusters/hdi-one`, change());
  plant(account, {});
  plant(`${network}/networkSecurityGroups/nsg`, { securityRules: rules('HDInsight') });
  expect(answer.code).toBe(code);
});

test.each<[what: string, source: string, connection: string]>([
  ['the tag HDInsight', 'HDInsight', 'Inbound'],
  ['the tag of its region', 'HDInsight.EastUS2', 'Inbound'],
  ['nothing, as it calls out itself', '10.0.0.0/8', 'Outbound'],
])('a cluster is made when the NSG lets in %s, and shows neither passwords nor keys', async (_what, source, connection) => {
  plant(`${network}/networkSecurityGroups/nsg`, { securityRules: rules(source) });
  const id = `${group}/providers/Microsoft.HDInsight/clusters/hdi-${connection.toLowerCase()}-${source.length}`;
  const answer = await send(emulator, 'PUT', id, cluster({ connection }));
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  expect(JSON.stringify(emulator.resource(id))).not.toMatch(/Secret-1x|a2V5/);
});

function plant(id: string, properties: JsonObject): void {
  emulator.plant(id, { location: 'eastus2', properties });
}

function closed(body: JsonObject): JsonObject {
  plant(`${network}/networkSecurityGroups/nsg`, { securityRules: rules('10.0.0.0/8') });
  return body;
}

function withoutKeys(body: JsonObject): JsonObject {
  plant(account, { allowSharedKeyAccess: false });
  return body;
}

function cluster(change: { password?: string; subnet?: string; connection?: string }): JsonObject {
  const linux = { username: 'sshuser', password: change.password ?? 'Secret-1x-Secret' };
  const role = {
    osProfile: { linuxOperatingSystemProfile: linux },
    virtualNetworkProfile: { id: `${network}/virtualNetworks/vnet`, subnet: change.subnet ?? subnet },
  };
  return {
    location: 'eastus2',
    properties: {
      clusterDefinition: { kind: 'spark', configurations: { gateway: { 'restAuthCredential.password': 'Secret-1x-Secret' } } },
      computeProfile: {
        roles: [
          { ...role, name: 'headnode', targetInstanceCount: 2 },
          { ...role, name: 'workernode', targetInstanceCount: 1 },
        ],
      },
      storageProfile: { storageaccounts: [{ resourceId: account, key: 'a2V5', isDefault: true }] },
      ...(change.connection === undefined ? {} : { networkProperties: { resourceProviderConnection: change.connection } }),
    },
  };
}
