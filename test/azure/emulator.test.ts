import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { azEnvironment, keepCommandIndex, python, sdkEnvironment } from './az.ts';
import { type Emulator, startEmulator } from './emulator/emulator.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './emulator/json.ts';
import { describeWith } from './needs.ts';
import { workspaceWorld } from './world.ts';

let emulator: Emulator;
let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'az-test-'));
  emulator = await startEmulator(workspaceWorld({ approvedEndpoint: true }));
  environment = azEnvironment(emulator, folder);
});

afterAll(async () => {
  keepCommandIndex(environment);
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

describeWith(['az'], 'the real az against the emulator', { timeout: 90_000 }, () => {
  test('az resource show exits 3 where the resource, its parent or its group is absent', async () => {
    const network = `${providers()}/Microsoft.Network/virtualNetworks/none`;
    const ids = [network, `${network}/subnets/none`, network.replace('/rg/', '/other/')];
    const shown = await Promise.all(
      ids.map((id) => az('resource', 'show', '--ids', id, '--api-version', '2022-07-01', '--query', 'name', '--output', 'tsv')),
    );
    expect(shown.map(({ exitCode, stdout }) => [exitCode, stdout])).toEqual(ids.map(() => [3, '']));
    expect(emulator.changes()).toEqual([]);
  });

  test('vnet create over an existing network drops the subnets that it does not name', async () => {
    const subnets = [{ name: 'first', properties: { addressPrefix: '10.0.0.0/24' } }];
    plant('virtualNetworks/net', { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets });
    expect(subnetNames('net')).toEqual(['first']);
    await done('network', 'vnet', 'create', '-g', 'rg', '-n', 'net', '--address-prefixes', '10.0.0.0/16');
    expect(subnetNames('net')).toEqual([]);
  });

  test('subnet create over an existing subnet drops the service endpoints that it does not name', async () => {
    plant('virtualNetworks/net/subnets/train', { addressPrefix: '10.0.1.0/24', serviceEndpoints: [{ service: 'Microsoft.Storage' }] });
    expect(listOf(propertiesOf(subnet('train')).serviceEndpoints)).toHaveLength(1);
    await done('network', 'vnet', 'subnet', 'create', '-g', 'rg', '--vnet-name', 'net', '-n', 'train', '--address-prefixes', '10.0.1.0/24');
    expect(listOf(propertiesOf(subnet('train')).serviceEndpoints)).toHaveLength(0);
  });

  test('a subnet outside the network or over another one is refused', async () => {
    const create = ['network', 'vnet', 'subnet', 'create', '-g', 'rg', '--vnet-name', 'net', '-n', 'wrong', '--address-prefixes'];
    await Promise.all([
      refusedWith('NetcfgInvalidSubnet', ...create, '10.9.0.0/24'),
      refusedWith('NetcfgSubnetRangesOverlap', ...create, '10.0.1.128/25'),
    ]);
  });

  test('a subnet with an unknown security group is refused', async () => {
    await refusedWith(
      'InvalidResourceReference',
      'network',
      'vnet',
      'subnet',
      'update',
      '-g',
      'rg',
      '--vnet-name',
      'net',
      '-n',
      'train',
      '--network-security-group',
      'none',
    );
  });

  test('rules with an unknown tag or a used priority are refused', async () => {
    plant('networkSecurityGroups/nsg', { securityRules: [] });
    const rule = (name: string, tag: string) => [
      'network',
      'nsg',
      'rule',
      'create',
      '-g',
      'rg',
      '--nsg-name',
      'nsg',
      '-n',
      name,
      '--priority',
      '100',
      '--direction',
      'Outbound',
      '--access',
      'Allow',
      '--protocol',
      'Tcp',
      '--destination-address-prefixes',
      tag,
      '--destination-port-ranges',
      '443',
    ];
    await Promise.all([
      refusedWith('SecurityRuleInvalidAddressPrefix', ...rule('wrong', 'AzureCloud.norwayeast')),
      done(...rule('cloud', 'AzureCloud.norwaye')),
    ]);
    await refusedWith('SecurityRuleConflict', ...rule('twin', 'Internet'));
  });

  test('two writes on one network at a time are refused', async () => {
    emulator.slow(3000);
    const create = (name: string, range: string) =>
      az('network', 'vnet', 'subnet', 'create', '-g', 'rg', '--vnet-name', 'net', '-n', name, '--address-prefixes', range);
    const [one, two] = await Promise.all([create('one', '10.0.10.0/24'), create('two', '10.0.11.0/24')]);
    emulator.slow(undefined);
    expect([one.exitCode, two.exitCode].toSorted()).toEqual([0, 1]);
    expect(one.stderr + two.stderr).toContain('AnotherOperationInProgress');
  });

  test('storage lets in a subnet only with its service endpoint', async () => {
    const add = ['storage', 'account', 'network-rule', 'add', '-g', 'rg', '--account-name', 'wsstorage', '--subnet', subnetId('train')];
    await refusedWith('SubnetsHaveNoServiceEndpointsConfigured', ...add);
    plant('virtualNetworks/net/subnets/train', { addressPrefix: '10.0.1.0/24', serviceEndpoints: [{ service: 'Microsoft.Storage' }] });
    await done(...add);
  });
});

describeWith(['az', 'reference'], 'the stand-in for az ml', { timeout: 90_000 }, () => {
  test('ml compute create puts the cluster into the subnet', async () => {
    await done(
      'ml',
      'compute',
      'create',
      '-g',
      'rg',
      '-w',
      'ws',
      '-n',
      'cpu',
      '--type',
      'AmlCompute',
      '--size',
      'Standard_DS3_v2',
      '--min-instances',
      '0',
      '--max-instances',
      '4',
      '--idle-time-before-scale-down',
      '120',
      '--subnet',
      subnetId('train'),
      '--enable-node-public-ip',
      'false',
      '--tier',
      'dedicated',
    );
    const received = objectOf(propertiesOf(computePut('cpu')).properties);
    expect(received).toMatchObject({
      enableNodePublicIp: false,
      subnet: { id: subnetId('train') },
      scaleSettings: { minNodeCount: 0, maxNodeCount: 4, nodeIdleTimeBeforeScaleDown: 'PT120S' },
    });
    expect(propertiesOf(emulator.resource(computeId('cpu'))).provisioningState).toBe('Succeeded');
  });

  test('ml compute create reads a file', async () => {
    const file = join(folder, 'instance.yml');
    writeFileSync(
      file,
      `name: my-instance\ntype: computeinstance\nsize: Standard_DS3_v2\nenable_node_public_ip: false\nnetwork_settings:\n  subnet: ${subnetId('train')}\n`,
    );
    await done('ml', 'compute', 'create', '-g', 'rg', '-w', 'ws', '--file', file);
    expect(propertiesOf(emulator.resource(computeId('my-instance'))).computeType).toBe('ComputeInstance');
  });

  test('what the reference does not know is a usage error', async () => {
    const wrong = [
      ['ml', 'compute', 'create', '-g', 'rg', '-w', 'ws', '--nmae', 'x'],
      ['ml', 'compute', 'craete'],
      ['ml', 'compute', 'show', '-g', 'rg', '-w', 'ws'],
      ['ml', 'compute', 'create', '-g', 'rg', '-w', 'ws', '-n', 'x', '--type', 'Cluster'],
    ];
    const ran = await Promise.all(wrong.map((words) => az(...words)));
    expect(ran.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2]);
    expect(readFileSync(join(folder, 'az.log'), 'utf8')).toContain('["ml", "compute", "craete"]');
  });
});

describeWith(['sdk'], 'the real azure-ai-ml against the emulator', { timeout: 90_000 }, () => {
  test('a cluster without public IP arrives as it was meant', async () => {
    const ran = await execa(python, ['-c', program()], { env: sdkEnvironment(emulator, folder), extendEnv: false, reject: false });
    expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
    expect(objectOf(propertiesOf(computePut('py-cluster')).properties)).toMatchObject({
      enableNodePublicIp: false,
      subnet: { id: subnetId('train') },
    });
    expect(emulator.foreign).toEqual([]);
  });
});

function program(): string {
  return `
from azure.identity import DefaultAzureCredential
from azure.ai.ml import MLClient
from azure.ai.ml.entities import AmlCompute, NetworkSettings
client = MLClient(DefaultAzureCredential(), '${emulator.subscription}', 'rg', 'ws')
client.compute.begin_create_or_update(AmlCompute(
    name='py-cluster', size='Standard_DS3_v2', min_instances=0, max_instances=2,
    network_settings=NetworkSettings(subnet='${subnetId('train')}'), enable_node_public_ip=False)).result()
`;
}

function az(...words: string[]) {
  return execa('az', words, { env: environment, extendEnv: false, reject: false });
}

async function done(...words: string[]): Promise<void> {
  const ran = await az(...words);
  expect(ran.exitCode, ran.stderr).toBe(0);
}

async function refusedWith(code: string, ...words: string[]): Promise<void> {
  const ran = await az(...words);
  expect(ran.exitCode, ran.stdout).toBe(1);
  expect(ran.stderr).toContain(`(${code})`);
}

function plant(path: string, properties: JsonObject): void {
  emulator.plant(`${providers()}/Microsoft.Network/${path}`, { location: 'westeurope', properties });
}

function providers(): string {
  return `/subscriptions/${emulator.subscription}/resourceGroups/rg/providers`;
}

function subnetId(name: string): string {
  return `${providers()}/Microsoft.Network/virtualNetworks/net/subnets/${name}`;
}

function subnet(name: string): JsonObject | undefined {
  return emulator.resource(subnetId(name));
}

function subnetNames(network: string): string[] {
  const found = emulator.resource(`${providers()}/Microsoft.Network/virtualNetworks/${network}`);
  return listOf(propertiesOf(found).subnets).map((child) => textOf(objectOf(child).name));
}

function computeId(name: string): string {
  return `${providers()}/Microsoft.MachineLearningServices/workspaces/ws/computes/${name}`;
}

function computePut(name: string): JsonObject | undefined {
  return emulator.log.find((entry) => entry.method === 'PUT' && entry.path === computeId(name))?.body;
}
