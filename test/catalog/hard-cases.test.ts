import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Catalog } from '../../src/core/catalog.ts';
import { defaultOf } from '../../src/core/defaults.ts';
import type { Json } from '../../src/core/json.ts';
import { type Plan, planOf } from '../../src/core/plan.ts';
import { defaultFormats, render } from '../../src/core/render.ts';
import { findingOf, plannedItems } from '../../src/core/verify/findings.ts';
import { situationOf } from '../../src/core/walk.ts';
import { wordText } from '../../src/core/words.ts';
import { parsePowerShell } from '../powershell-grammar.ts';
import { argv, caseCatalog, keyed, planned, refused, stepOf, valuesOf } from './case-catalog.ts';

const group = '/subscriptions/sub-1/resourceGroups/rg-1';

/** The rendered files of a plan by path; the scripts have to parse. */
async function rendered(plan: Plan): Promise<Record<string, string>> {
  const files = Object.fromEntries(render(plan, defaultFormats, '0').map(({ path, text }) => [path, text]));
  execFileSync('bash', ['-n'], { input: files['run.sh'] ?? '' });
  expect((await parsePowerShell(files['run.ps1'] ?? '')).errors).toEqual([]);
  return files;
}

/** The default of a question while the given answers stand. */
function proposed(catalog: Catalog, given: Readonly<Record<string, Json>>, key: string): Json | undefined {
  const situation = situationOf(catalog, keyed(catalog, given));
  const asked = situation.asked.find((one) => one.key === key);
  return asked && defaultOf(situation, asked);
}

const states = (plan: Plan) => Object.fromEntries(plan.checklist.map(({ id, state }) => [id, state]));
const keysOf = (plan: Plan) => plan.steps.map(({ key }) => key);

describe('an existing or a new subnet, with address arithmetic', () => {
  let catalog: Catalog;
  beforeAll(async () => {
    catalog = await caseCatalog('subnet');
  });
  const network = { vnet: { name: 'vnet-1', prefixes: ['10.0.0.0/24'], taken: ['10.0.0.0/26'] }, nodes: 10 };
  const fresh = { ...network, 'subnet.origin': 'new', 'subnet.name': 'snet-1', 'subnet.prefix': '10.0.0.64/27' };
  const existing = { ...fresh, 'subnet.origin': 'existing', 'subnet.prefix': '10.0.0.0/26', 'subnet.used': 3 };

  it('makes the new one by one command, and only looks at the existing one', async () => {
    const made = stepOf(planned(catalog, fresh), 'subnet');
    expect(made.type).toBe('ensure');
    expect(argv(made.create)).toEqual([
      'az network vnet subnet create --name snet-1 --vnet-name vnet-1 --resource-group rg-1 --address-prefixes 10.0.0.64/27 --subscription sub-1'.split(
        ' ',
      ),
    ]);
    const looked = stepOf(planned(catalog, existing), 'subnet');
    expect([looked.type, looked.create, looked.update]).toEqual(['require', [], []]);
    expect(wordText(looked.id ?? [])).toBe(`${group}/providers/Microsoft.Network/virtualNetworks/vnet-1/subnets/snet-1`);
    expect(looked.wants.map(({ path, word }) => [path, wordText(word)])).toEqual([
      ['properties.addressPrefix', '10.0.0.0/26'],
      ['length(properties.delegations || `[]`)', '0'],
    ]);
    for (const answers of [fresh, existing]) await rendered(planned(catalog, answers));
  });

  it('proposes a block that follows the network, what is taken, and the nodes', () => {
    const open = { ...network, 'subnet.origin': 'new', 'subnet.name': 'snet-1' };
    expect(proposed(catalog, open, 'subnet.prefix')).toBe('10.0.0.64/27');
    expect(proposed(catalog, { ...open, nodes: 40 }, 'subnet.prefix')).toBe('10.0.0.128/25');
    expect(proposed(catalog, { ...open, vnet: { ...network.vnet, prefixes: ['192.168.0.0/24'] } }, 'subnet.prefix')).toBe('192.168.0.0/27');
    expect(proposed(catalog, { ...open, nodes: 200 }, 'subnet.prefix')).toBeUndefined();
  });

  it('proposes the existing one where there is no room, and refuses a new one there', () => {
    const full = { ...network, vnet: { ...network.vnet, taken: ['10.0.0.0/24'] } };
    expect(proposed(catalog, network, 'subnet.origin')).toBe('new');
    expect(proposed(catalog, full, 'subnet.origin')).toBe('existing');
  });

  it.each([
    ['outside', { 'subnet.prefix': '10.1.0.0/27' }, 'subnet.prefix: Choose a block inside 10.0.0.0/24.'],
    ['taken', { 'subnet.prefix': '10.0.0.32/27' }, 'subnet.prefix: 10.0.0.0/26 is taken.'],
    ['too small', { 'subnet.prefix': '10.0.0.64/29' }, 'subnet.prefix: 10.0.0.64/29 has 3 free addresses and you need 10. Take a /28.'],
  ])('refuses a block that is %s', (_name, change, problem) => {
    expect(refused(catalog, { ...fresh, ...change })).toEqual([problem]);
  });

  it('counts what is used in the existing one, and only warns of many nodes', () => {
    const text = 'subnet.prefix: 10.0.0.0/26 has 9 free addresses and you need 10. Take a /28.';
    expect(refused(catalog, { ...existing, 'subnet.used': 50 })).toEqual([text]);
    const large = { ...existing, vnet: { ...network.vnet, prefixes: ['10.0.0.0/16'] }, nodes: 101, 'subnet.prefix': '10.0.4.0/24' };
    expect(planned(catalog, large).warnings.map(({ say }) => say)).toEqual(['That is a lot of nodes.']);
  });

  it('shows the checklist as it stands', () => {
    expect(states(planned(catalog, fresh))).toEqual({ enough_addresses: 'met', not_delegated: 'verify', agreed: 'by hand' });
    const tight = planOf(situationOf(catalog, keyed(catalog, { ...fresh, 'subnet.prefix': '10.0.0.64/29' })));
    expect(states(tight).enough_addresses).toBe('contradicted');
    const early = planOf(situationOf(catalog, keyed(catalog, network)));
    expect(states(early).enough_addresses).toBe('open');
  });

  it('asks for the right to write the network for a new one only', () => {
    const rights = (given: Readonly<Record<string, Json>>) => planned(catalog, given).permissions.flatMap(({ actions }) => actions);
    expect(rights(fresh)).toContain('subnet/write');
    expect(rights(existing)).not.toContain('subnet/write');
  });
});

describe('a table of ports with regional service tags', () => {
  let catalog: Catalog;
  beforeAll(async () => {
    catalog = await caseCatalog('ports');
  });
  const restricted = { region: 'norwayeast', public_ip: false, restrict: true };

  it('makes a rule of every row that applies, in the order of the table', async () => {
    const plan = planned(catalog, restricted);
    expect(keysOf(plan)).toEqual(['group', 'nsg', 'rule/batch', 'rule/storage', 'rule/entra', 'rule/deny']);
    expect(keysOf(planned(catalog, { ...restricted, public_ip: true, restrict: false }))).toEqual(['group', 'nsg', 'rule/inbound']);
    expect(keysOf(planned(catalog, { ...restricted, restrict: false }))).toEqual(['group', 'nsg']);
    const script = (await rendered(plan))['run.sh'] ?? '';
    expect(script.match(/az network nsg rule create/g)).toHaveLength(4);
  });

  it('uses the suffix of the region, also where it does not follow its name', () => {
    const tag = (region: string, rule: string) =>
      valuesOf(argv(stepOf(planned(catalog, { ...restricted, region }), rule).create)[0], '--destination-address-prefixes');
    expect(tag('norwayeast', 'rule/batch')).toEqual(['BatchNodeManagement.norwaye']);
    expect(tag('westeurope', 'rule/storage')).toEqual(['Storage.westeurope']);
    expect(tag('norwayeast', 'rule/entra')).toEqual(['AzureActiveDirectory']);
  });

  it('spreads ports to words, and quotes * in scripts', async () => {
    const plan = planned(catalog, restricted);
    expect(valuesOf(argv(stepOf(plan, 'rule/storage').create)[0], '--destination-port-ranges')).toEqual(['443', '445']);
    expect(valuesOf(argv(stepOf(plan, 'rule/deny').update)[0], '--source-address-prefixes')).toEqual(['*']);
    expect((await rendered(plan))['run.sh']).toContain(`--source-address-prefixes '*'`);
  });

  it('has an item for each rule, which is looked up at that rule', () => {
    const plan = planned(catalog, restricted);
    expect(plan.checklist.map(({ id, label, state }) => [id, label, state])).toEqual([
      ['rule_open.0', 'Outbound BatchNodeManagement 443', 'met'],
      ['rule_open.1', 'Outbound Storage 443 445', 'met'],
      ['rule_open.2', 'Outbound AzureActiveDirectory 80 443', 'met'],
      ['rule_open.3', 'Outbound Internet *', 'met'],
    ]);
    expect(plan.checklist[1]?.says).toBe('Allow Storage.norwaye on 443, 445.');
    const items = plannedItems(plan.world, plan.checklist);
    const read = items.map(({ main }) => main?.key.split('?')[0]?.split('/').at(-1));
    expect(read).toEqual(['batch', 'storage', 'entra', 'deny']);
    const [first] = items;
    if (!first?.main) throw new Error('the first item reads nothing');
    const nothing = new Map([[first.main.key, { ok: false, why: 'absent', message: '', at: '' } as const]]);
    expect(findingOf(plan.world, first, nothing)).toMatchObject({ verdict: 'fail', expected: 'BatchNodeManagement.norwaye' });
  });
});

describe('settings of an extension as key=value words, with conditions', () => {
  let catalog: Catalog;
  beforeAll(async () => {
    catalog = await caseCatalog('arc');
  });
  const training = { arc: { name: 'k8s-1', train: true, serve: false, gpu: true, pin: null, wait: true } };
  const serving = { arc: { name: 'k8s-1', train: false, serve: true, balancer: 'nodePort', secret: null, pin: '1.2.3', wait: false } };
  const words = (given: Readonly<Record<string, Json>>) => argv(stepOf(planned(catalog, given), 'extension').create)[0];

  it('spreads a map without its empty entries', () => {
    expect(valuesOf(words(training), '--configuration-settings')).toEqual(['enableTraining=true', 'installNvidiaDevicePlugin=true']);
    expect(valuesOf(words(serving), '--configuration-settings')).toEqual([
      'enableInference=true',
      'inferenceRouterServiceType=nodePort',
      'allowInsecureConnections=true',
    ]);
    const withSecret = { arc: { ...serving.arc, secret: 'tls-1' } };
    expect(valuesOf(words(withSecret), '--configuration-settings')).toEqual([
      'enableInference=true',
      'inferenceRouterServiceType=nodePort',
      'sslSecret=tls-1',
    ]);
  });

  it('keeps a switch only when it is on, and takes an empty flag away', () => {
    expect(words(training)).not.toContain('--no-wait');
    expect(words(training)).not.toContain('--version');
    expect(valuesOf(words(training), '--auto-upgrade-minor-version')).toEqual(['true']);
    expect(valuesOf(words(serving), '--no-wait')).toEqual([]);
    expect(valuesOf(words(serving), '--version')).toEqual(['1.2.3']);
  });

  it('compares only the settings that are wanted, at the id of the extension', async () => {
    const step = stepOf(planned(catalog, training), 'extension');
    expect(step.wants.map(({ path }) => path)).toEqual(['properties.configurationSettings.enableTraining']);
    expect(wordText(step.id ?? [])).toBe(
      `${group}/providers/Microsoft.Kubernetes/connectedClusters/k8s-1/providers/Microsoft.KubernetesConfiguration/extensions/amlextension`,
    );
    for (const answers of [training, serving]) await rendered(planned(catalog, answers));
  });

  it('refuses what makes no sense, and shows the items that apply', () => {
    const neither = { arc: { name: 'k8s-1', train: false, serve: false, pin: null, wait: true } };
    expect(refused(catalog, neither)).toEqual(['arc.serve: It has to train or to serve.']);
    expect(states(planned(catalog, training))).toEqual({ trains: 'verify' });
    expect(states(planned(catalog, serving))).toEqual({ has_balancer: 'met' });
  });
});

describe('repeatable instance types, written as JSON and as Kubernetes YAML', () => {
  let catalog: Catalog;
  beforeAll(async () => {
    catalog = await caseCatalog('types');
  });
  const small = { name: 'small', cpu: 1, memory: 2, gpu: null, pool: null };
  const large = { name: 'large', cpu: 4, memory: 16, gpu: 1, pool: 'gpupool' };

  it('writes a YAML file for every row; what is empty vanishes', async () => {
    const files = await rendered(planned(catalog, { instance_types: [small, large] }));
    expect(parse(files['instance-type-small.yml'] ?? '')).toEqual({
      apiVersion: 'amlarc.azureml.com/v1alpha1',
      kind: 'InstanceType',
      metadata: { name: 'small' },
      spec: { resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '1', memory: '2Gi' } } },
    });
    expect(parse(files['instance-type-large.yml'] ?? '').spec).toEqual({
      nodeSelector: { agentpool: 'gpupool' },
      resources: { requests: { cpu: '4', memory: '16Gi' }, limits: { cpu: '4', memory: '16Gi', 'nvidia.com/gpu': 1 } },
    });
  });

  it('writes all rows into one JSON file, numbers as numbers and nothing that is null', async () => {
    const files = await rendered(planned(catalog, { instance_types: [small, large] }));
    expect(JSON.parse(files['instance-types.json'] ?? '')).toEqual({
      count: 2,
      types: [{ name: 'small', cpu: 1, memory: 2 }, large],
    });
  });

  it('proposes what follows from the row and from its number', () => {
    expect(proposed(catalog, { instance_types: [{ name: 'small' }] }, 'instance_types.0.cpu')).toBe(1);
    expect(proposed(catalog, { instance_types: [small, { name: 'large' }] }, 'instance_types.1.cpu')).toBe(4);
    expect(proposed(catalog, { instance_types: [{ name: 'small', cpu: 3 }] }, 'instance_types.0.memory')).toBe(6);
  });

  it('refuses a name that is there twice, and has an item for each row', () => {
    expect(refused(catalog, { instance_types: [small, small] })).toContain('instance_types.1.name: small is there twice.');
    const plan = planned(catalog, { instance_types: [small, { ...large, memory: 3 }] });
    expect(states(plan)).toEqual({ 'fits.0': 'met', 'fits.1': 'contradicted' });
    expect(plan.checklist[1]?.label).toBe('large has memory');
  });
});

describe('a private endpoint that needs an id, and then a zone group', () => {
  let catalog: Catalog;
  beforeAll(async () => {
    catalog = await caseCatalog('endpoint');
  });
  const zones = { region: 'westeurope', 'workspace.name': 'ws-1', 'vnet.name': 'vnet-1', 'subnet.name': 'snet-1', 'dns.kind': 'zones' };
  const records = { ...zones, 'dns.kind': 'records' };

  it('composes ids before anything exists', () => {
    const [create] = argv(stepOf(planned(catalog, zones), 'endpoint').create);
    expect(valuesOf(create, '--private-connection-resource-id')).toEqual([
      `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws-1`,
    ]);
    expect(valuesOf(create, '--subnet')).toEqual([`${group}/providers/Microsoft.Network/virtualNetworks/vnet-1/subnets/snet-1`]);
    const zoneGroup = stepOf(planned(catalog, zones), 'zone_group');
    expect(wordText(zoneGroup.id ?? [])).toBe(`${group}/providers/Microsoft.Network/privateEndpoints/pe-ws-1/privateDnsZoneGroups/default`);
    expect(argv(zoneGroup.create).map((words) => valuesOf(words, '--private-dns-zone'))).toEqual([
      [`${group}/providers/Microsoft.Network/privateDnsZones/privatelink.api.azureml.ms`],
      [`${group}/providers/Microsoft.Network/privateDnsZones/privatelink.notebooks.azure.net`],
    ]);
  });

  it('orders the steps by what their words name, whatever the order of the file', () => {
    const keys = keysOf(planned(catalog, zones));
    const comesFirst = (first: string, second: string) =>
      expect([first, second, keys.indexOf(first) < keys.indexOf(second)]).toEqual([first, second, true]);
    for (const first of ['workspace', 'subnet']) comesFirst(first, 'endpoint');
    for (const first of ['endpoint', 'zone_api', 'zone_notebooks']) comesFirst(first, 'zone_group');
    comesFirst('vnet', 'subnet');
  });

  it('reads what only Azure knows after the step, and uses it in a later one', async () => {
    const plan = planned(catalog, records);
    expect(keysOf(plan).indexOf('record')).toBeGreaterThan(keysOf(plan).indexOf('endpoint'));
    expect(valuesOf(argv(stepOf(plan, 'record').create)[0], '--ipv4-address')).toEqual(['‹endpoint.address›']);
    const files = await rendered(plan);
    expect(files['run.sh']).toContain('ENDPOINT_ADDRESS=$(az resource show --ids "$ENDPOINT_ID"');
    expect(files['run.sh']).toContain('--ipv4-address "$ENDPOINT_ADDRESS"');
    expect(files['run.ps1']).toContain(`'--ipv4-address' "$ENDPOINT_ADDRESS"`);
  });

  it('needs the right to join the subnet, and leaves the checks to Azure', async () => {
    const plan = planned(catalog, zones);
    const subnet = plan.permissions.find(({ scope }) => scope.endsWith('/subnets/snet-1'));
    expect(subnet?.actions).toEqual(['subnet/join', 'subnet/read']);
    expect(states(plan)).toEqual({ approved: 'verify', names: 'verify' });
    expect(states(planned(catalog, records))).toEqual({ approved: 'verify' });
    await rendered(plan);
  });
});
