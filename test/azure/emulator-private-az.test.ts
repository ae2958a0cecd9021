import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { azServer, stopAzServer } from './acceptance/az-server.ts';
import { wantsAll } from './acceptance/chosen.ts';
import {
  endpointsWithoutRecords,
  pendingConnections,
  publicResources,
  subnetsWithoutWayOut,
  unreachableResources,
} from './acceptance/network-state.ts';
import { azEnvironment, keepCommandIndex } from './az.ts';
import { defaults, type Emulator, startEmulator } from './emulator/emulator.ts';
import { objectOf, textOf } from './emulator/json.ts';
import { writeReference } from './ml-reference.ts';
import { describeWith } from './needs.ts';
import { idsIn } from './private-world.ts';

const hub = '33333333-3333-4333-8333-333333333333';
const ids = idsIn(`/subscriptions/${defaults.subscription}/resourceGroups/rg`);
const subnets = `${ids.network}/virtualNetworks/net/subnets`;
const logs = `${ids.group}/providers/Microsoft.OperationalInsights/workspaces/logs`;
const insights = `${ids.group}/providers/Microsoft.Insights/components/insights`;
const hubZone = (name: string) => `/subscriptions/${hub}/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/${name}`;
const here = ['-g', 'rg', '-l', 'westeurope'];

let emulator: Emulator;
let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'az-private-'));
  emulator = await startEmulator({
    subscriptions: [hub],
    unregistered: ['Microsoft.MachineLearningServices'],
    taken: ['Microsoft.Storage/storageAccounts/takenstorage'],
  });
  emulator.slow(0);
  environment = { ...azEnvironment(emulator, folder), ...(await azServer()), AMLGUIDE_AZ_REFERENCE: writeReference(folder) };
  const properties = { Application_Type: 'web', WorkspaceResourceId: logs };
  writeFileSync(join(folder, 'insights.json'), JSON.stringify({ location: 'westeurope', kind: 'web', properties }));
});

afterAll(async () => {
  keepCommandIndex(environment);
  await stopAzServer();
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

describeWith(['az', 'reference'], 'a private workspace from nothing, made with the real az', { timeout: 90_000, skip: !wantsAll }, () => {
  test('a resource provider is registered', async () => {
    const state = [
      'provider',
      'show',
      '--namespace',
      'Microsoft.MachineLearningServices',
      '--query',
      'registrationState',
      '--output',
      'tsv',
    ];
    expect(await shown(...state)).toBe('NotRegistered');
    await done('provider', 'register', '--namespace', 'Microsoft.MachineLearningServices', '--wait');
    expect(await shown(...state)).toBe('Registered');
  });

  test('the dependencies are made, all but the vault twice', async () => {
    await done('group', 'create', '-n', 'rg', '-l', 'westeurope');
    await twice(...storage('privatestorage'));
    await Promise.all([
      done(...vault()),
      done(...registry()),
      done('monitor', 'log-analytics', 'workspace', 'create', ...here, '-n', 'logs'),
    ]);
    expect((await az(...vault())).stderr).toContain('already exist');
    await twice(...registry());
    await twice(
      'resource',
      'create',
      '--id',
      insights,
      '--api-version',
      '2020-02-02',
      '--is-full-object',
      '--properties',
      '@insights.json',
    );
    await refusedWith('StorageAccountAlreadyTaken', ...storage('takenstorage'));
  });

  test('the workspace is made, twice', async () => {
    await twice(
      ...['ml', 'workspace', 'create', '--name', 'private', '--resource-group', 'rg', '--location', 'westeurope'],
      ...['--storage-account', ids.storage, '--key-vault', ids.vault, '--container-registry', ids.registry],
      ...['--application-insights', insights, '--public-network-access', 'Disabled', '--tags', 'a=b'],
    );
    expect(publicResources(emulator)).toEqual([]);
    expect(unreachableResources(emulator)).toHaveLength(4);
  });

  test('a subnet gets NAT gateway, routes and a service endpoint policy', async () => {
    await Promise.all([
      done('network', 'vnet', 'create', ...here, '-n', 'net', '--address-prefixes', '10.0.0.0/16'),
      done('network', 'public-ip', 'create', ...here, '-n', 'pip', '--sku', 'Standard', '--allocation-method', 'Static'),
      done('network', 'route-table', 'create', ...here, '-n', 'routes', '--disable-bgp-route-propagation', 'true'),
      done('network', 'service-endpoint', 'policy', 'create', ...here, '-n', 'policy'),
    ]);
    await Promise.all([
      done('network', 'nat', 'gateway', 'create', ...here, '-n', 'nat', '--public-ip-addresses', 'pip'),
      done(...definition('accounts', 'Microsoft.Storage', ids.storage)),
      done(...subnet('endpoints', '10.0.0.0/27')),
    ]);
    await twice(...definition('alias', 'Global', '/services/Azure/MachineLearning'));
    await twice(...route('machines', 'AzureMachineLearning', 'Internet'));
    await refusedWith('NextHopIpAddressNotSpecified', ...route('all', '0.0.0.0/0', 'VirtualAppliance'));
    const more = ['--route-table', 'routes', '--service-endpoints', 'Microsoft.Storage', '--service-endpoint-policy', 'policy'];
    await twice(...subnet('training', '10.0.1.0/24'), ...more, '--nat-gateway', 'nat');
  });

  test('endpoints are made, also by hand and approved', async () => {
    await twice(...endpoint('blob', ids.storage, 'blob'), '--nic-name', 'blob-nic');
    await Promise.all([
      done(...endpoint('ws', ids.workspace, 'amlworkspace')),
      done(...endpoint('vault', ids.vault, 'vault')),
      done(...endpoint('acr', ids.registry, 'registry'), '--manual-request', 'true'),
      refusedWith('InvalidValuesForRequestParameters', ...endpoint('wrong', ids.storage, 'vault')),
    ]);
    const pending = "[?properties.privateLinkServiceConnectionState.status=='Pending'].id";
    const list = ['network', 'private-endpoint-connection', 'list', '--id', ids.registry, '--query', pending, '--output', 'tsv'];
    const connection = await shown(...list);
    expect(pendingConnections(emulator)).toEqual([{ id: connection, reason: 'is Pending' }]);
    await done('network', 'private-endpoint-connection', 'approve', '--id', connection, '--description', 'ok');
    expect([await shown(...list), pendingConnections(emulator)]).toEqual(['', []]);
  });

  test('zones are made once, and a network asks one of a name', async () => {
    await done('group', 'create', '--subscription', hub, '-n', 'dns', '-l', 'westeurope');
    const zone = (name: string, ...more: string[]) => done('network', 'private-dns', 'zone', 'create', '-n', name, ...more);
    const inHub = ['--subscription', hub, '-g', 'dns'];
    await Promise.all([
      ...zonesHere.map((name) => zone(name, '-g', 'rg')),
      ...[workspaceZone, zonesHere[0]].map((name) => zone(name, ...inHub)),
    ]);
    await Promise.all([...zonesHere.map((name) => done(...link(name, 'rg'))), done(...link(workspaceZone, 'dns'), '--subscription', hub)]);
    await Promise.all([
      refusedWith('BadRequest', ...link(zonesHere[0], 'dns'), '--subscription', hub),
      refusedWith('PreconditionFailed', ...link(zonesHere[0], 'rg')),
      refusedWith('PreconditionFailed', 'network', 'private-dns', 'zone', 'create', '-g', 'rg', '-n', zonesHere[0]),
    ]);
  });

  test('zone groups fill them, twice', async () => {
    const [blob, acr, vaults, notebooks] = zonesHere.map((name) => `${ids.network}/privateDnsZones/${name}`);
    await twice(...zoneGroup('create', 'blob', blob ?? '', 'blob'));
    await Promise.all([
      done(...zoneGroup('create', 'acr', acr ?? '', 'acr')),
      done(...zoneGroup('create', 'vault', vaults ?? '', 'vault')),
      done(...zoneGroup('create', 'ws', hubZone(workspaceZone), 'api')),
    ]);
    expect(endpointsWithoutRecords(emulator)).toHaveLength(1);
    await twice(...zoneGroup('add', 'ws', notebooks ?? '', 'notebooks'));
    expect(endpointsWithoutRecords(emulator)).toEqual([]);
    const list = ['network', 'private-dns', 'record-set', 'a', 'list', '-g', 'rg', '-z', 'privatelink.azurecr.io'];
    expect(await shown(...list, '--query', 'sort([].name)', '--output', 'tsv')).toBe('privateregistry\nprivateregistry.westeurope.data');
    const nic = ['network', 'nic', 'show', '-g', 'rg', '-n', 'blob-nic'];
    expect(await shown(...nic, '--query', 'ipConfigurations[0].privateLinkConnectionProperties.fqdns[0]', '--output', 'tsv')).toBe(
      'privatestorage.blob.core.windows.net',
    );
  });

  test('a role is given once, whatever the name of its assignment', async () => {
    const scope = `${ids.network}/privateEndpoints/blob`;
    const principal = textOf(objectOf(emulator.resource(ids.workspace)?.identity).principalId);
    const create = (name: string) => [
      ...['role', 'assignment', 'create', '--name', name, '--assignee-object-id', principal],
      ...['--assignee-principal-type', 'ServicePrincipal', '--role', 'Reader', '--scope', scope],
    ];
    const [one, two] = ['00000000-0000-4000-8000-0000000000a1', '00000000-0000-4000-8000-0000000000a2'];
    const look = (name: string) => [
      ...['resource', 'show', '--ids', `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`],
      ...['--api-version', '2022-04-01', '--query', 'name', '--output', 'tsv'],
    ];
    expect((await az(...look(one))).exitCode).toBe(3);
    await twice(...create(one));
    await done(...create(two));
    expect(emulator.log.filter(({ code }) => code === 'RoleAssignmentExists')).toHaveLength(1);
    expect([await shown(...look(one)), (await az(...look(two))).exitCode]).toEqual([one, 3]);
  });

  test('a cluster without public IP has a way out', async () => {
    await done(
      ...['ml', 'compute', 'create', '-g', 'rg', '-w', 'private', '-n', 'cpu', '--type', 'AmlCompute', '--size', 'Standard_DS3_v2'],
      ...['--subnet', `${subnets}/training`, '--enable-node-public-ip', 'false'],
    );
    expect([subnetsWithoutWayOut(emulator), unreachableResources(emulator), publicResources(emulator)]).toEqual([[], [], []]);
    expect(emulator.foreign).toEqual([]);
  });
});

const workspaceZone = 'privatelink.api.azureml.ms';
const zonesHere = [
  'privatelink.blob.core.windows.net',
  'privatelink.azurecr.io',
  'privatelink.vaultcore.azure.net',
  'privatelink.notebooks.azure.net',
] as const;

function storage(name: string): string[] {
  return [
    ...['storage', 'account', 'create', ...here, '-n', name, '--sku', 'Standard_LRS', '--kind', 'StorageV2'],
    ...['--enable-hierarchical-namespace', 'false', '--https-only', 'true', '--min-tls-version', 'TLS1_2', '--tags', 'a=b'],
    ...[
      '--allow-blob-public-access',
      'false',
      '--public-network-access',
      'Disabled',
      '--default-action',
      'Deny',
      '--bypass',
      'AzureServices',
    ],
  ];
}

function vault(): string[] {
  return [
    ...['keyvault', 'create', ...here, '-n', 'private-vault', '--enable-rbac-authorization', 'true', '--retention-days', '90'],
    ...['--public-network-access', 'Disabled', '--default-action', 'Deny', '--bypass', 'AzureServices'],
  ];
}

function registry(): string[] {
  return [
    ...['acr', 'create', ...here, '-n', 'privateregistry', '--sku', 'Premium', '--admin-enabled', 'true'],
    ...['--public-network-enabled', 'false', '--allow-trusted-services', 'true', '--default-action', 'Deny'],
  ];
}

function route(name: string, prefix: string, hop: string): string[] {
  const table = ['network', 'route-table', 'route', 'create', '-g', 'rg', '--route-table-name', 'routes', '-n', name];
  return [...table, '--address-prefix', prefix, '--next-hop-type', hop];
}

function definition(name: string, service: string, resource: string): string[] {
  const policy = ['network', 'service-endpoint', 'policy-definition', 'create', '-g', 'rg', '--policy-name', 'policy', '-n', name];
  return [...policy, '--service', service, '--service-resources', resource];
}

function subnet(name: string, prefix: string): string[] {
  return ['network', 'vnet', 'subnet', 'create', '-g', 'rg', '--vnet-name', 'net', '-n', name, '--address-prefixes', prefix];
}

function endpoint(name: string, target: string, group: string): string[] {
  return [
    ...['network', 'private-endpoint', 'create', ...here, '-n', name, '--subnet', `${subnets}/endpoints`],
    ...['--private-connection-resource-id', target, '--group-id', group, '--connection-name', name],
  ];
}

function link(zone: string, group: string): string[] {
  const network = `${ids.network}/virtualNetworks/net`;
  const create = ['network', 'private-dns', 'link', 'vnet', 'create', '-g', group, '-z', zone, '-n', 'net'];
  return [...create, '--virtual-network', network, '--registration-enabled', 'false'];
}

function zoneGroup(verb: 'create' | 'add', endpointName: string, zone: string, label: string): string[] {
  const group = ['network', 'private-endpoint', 'dns-zone-group', verb, '-g', 'rg', '--endpoint-name', endpointName, '-n', 'default'];
  return [...group, '--private-dns-zone', zone, '--zone-name', label];
}

function az(...words: string[]) {
  return execa('az', words, { env: environment, extendEnv: false, reject: false, cwd: folder });
}

async function done(...words: string[]): Promise<void> {
  const ran = await az(...words, '--output', 'none');
  expect(ran.exitCode, `${words.join(' ')}\n${ran.stderr}`).toBe(0);
}

/** The same call again must neither fail nor change what is there. */
async function twice(...words: string[]): Promise<void> {
  await done(...words);
  const before = structuredClone([...emulator.resources().entries()]);
  await done(...words);
  expect([...emulator.resources().entries()]).toEqual(before);
}

async function shown(...words: string[]): Promise<string> {
  const ran = await az(...words);
  expect(ran.exitCode, ran.stderr).toBe(0);
  return ran.stdout;
}

async function refusedWith(code: string, ...words: string[]): Promise<void> {
  const ran = await az(...words);
  expect(ran.exitCode, ran.stdout).toBe(1);
  expect(ran.stderr).toContain(`(${code})`);
}
