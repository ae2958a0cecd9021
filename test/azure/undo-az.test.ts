import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { azServer, stopAzServer } from './acceptance/az-server.ts';
import { catalog } from './acceptance/planned.ts';
import { type Ran, run } from './acceptance/run.ts';
import { put } from './arm-request.ts';
import { azEnvironment, keepCommandIndex, standInFolder } from './az.ts';
import { type Cluster, startCluster } from './cluster/api-server.ts';
import type { Emulator } from './emulator/emulator.ts';
import { propertiesOf, textOf } from './emulator/json.ts';
import { describeWith } from './needs.ts';
import { emptyWorld, makeNetwork, makeWorkspace, type PrivateIds } from './private-world.ts';

let emulator: Emulator;
let ids: PrivateIds;
let cluster: Cluster;
let folder: string;
let environment: Record<string, string>;
let subscription: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'undo-az-'));
  ({ emulator, ids } = await emptyWorld());
  cluster = await startCluster();
  cluster.writeConfig(join(folder, 'kubeconfig'), ['edge']);
  environment = { ...azEnvironment(emulator, folder), KUBECONFIG: join(folder, 'kubeconfig'), ...(await azServer()) };
  subscription = ['--subscription', emulator.subscription];
});

afterAll(async () => {
  keepCommandIndex(environment);
  await stopAzServer();
  await Promise.all([emulator.stop(), cluster.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

const az = (...words: string[]): Promise<Ran> => run(join(standInFolder, 'az'), words, folder, environment);
/** A command of the catalog with its holes filled. */
const words = (text: string, fill: Readonly<Record<string, string>>) =>
  text
    .replaceAll(/\$\{(\w+)\}/g, (_, name: string) => fill[name] ?? '')
    .split(' ')
    .slice(1);
const { remove, read, restore } = catalog.manifest;

describeWith(['az', 'reference'], 'the words of undo in the real az', { timeout: 120_000 }, () => {
  test('a refused removal says why, with its code', async () => {
    const net = await makeNetwork(emulator, ids);
    await makeWorkspace(emulator, ids);
    await put(emulator, `${ids.network}/privateEndpoints/pe`, {
      location: 'westeurope',
      properties: {
        subnet: { id: `${net}/subnets/endpoints` },
        privateLinkServiceConnections: [{ name: 'one', properties: { privateLinkServiceId: ids.storage, groupIds: ['blob'] } }],
      },
    });
    const line = words(remove, { id: `${net}/subnets/endpoints`, api: '2024-05-01' });
    const refused = await az(...line, ...subscription);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('InUseSubnetCannotBeDeleted');
    const quiet = await az(...line.filter((word) => word !== '--verbose'), ...subscription);
    expect(quiet.stderr).not.toContain('InUseSubnetCannotBeDeleted');
    const done = await az(...words(remove, { id: `${ids.network}/privateEndpoints/pe`, api: '2024-05-01' }), ...subscription);
    expect([done.exitCode, done.stderr]).toEqual([0, expect.not.stringContaining('ERROR')]);
    expect(emulator.resource(`${ids.network}/privateEndpoints/pe`)).toBeUndefined();
  });

  test('what is read whole is written back byte for byte, without what az resource show adds', async () => {
    const acls = { defaultAction: 'Deny', ipRules: [{ value: '203.0.113.7' }] };
    emulator.plant(ids.workspace, {
      ...emulator.resource(ids.workspace),
      zones: ['1'],
      properties: { ...propertiesOf(emulator.resource(ids.workspace)), networkAcls: acls },
    });
    const before = emulator.resource(ids.workspace);
    const api = catalog.kinds['workspace']?.whole ?? '';
    const whole = await az(...words(read, { id: ids.workspace, api }));
    expect(JSON.parse(whole.stdout)).toEqual(before);
    const shown = await az('resource', 'show', '--ids', ids.workspace, '--api-version', api, '--output', 'json', ...subscription);
    expect([shown.stdout, whole.stdout].map((text) => text.includes('"resourceGroup"'))).toEqual([true, false]);
    const file = join(folder, 'before = ä.json');
    writeFileSync(file, whole.stdout);
    await put(emulator, ids.workspace, {
      ...before,
      zones: [],
      properties: { ...propertiesOf(before), networkAcls: { defaultAction: 'Allow' }, publicNetworkAccess: 'Disabled' },
    });
    const back = await az(...words(restore, { id: ids.workspace, api, file: '' }).slice(0, -1), `@${file}`);
    expect([back.exitCode, back.stderr]).toEqual([0, '']);
    expect(emulator.resource(ids.workspace)).toEqual(before);
  });
});

describeWith(['az', 'kubectl', 'reference'], 'the words of undo in a cluster', { timeout: 120_000 }, () => {
  test('the agents of Azure Arc go with the connected cluster, and a cluster of another name is left alone', async () => {
    const named = (name: string) => ['--name', name, '--resource-group', 'rg', '--kube-context', 'edge', ...subscription];
    const made = await az('connectedk8s', 'connect', ...named('arc-1'), '--location', 'westeurope');
    expect([made.exitCode, cluster.object('/api/v1/namespaces/azure-arc')]).toEqual([0, expect.anything()]);
    expect((await az('connectedk8s', 'delete', ...named('arc-2'), '--yes')).exitCode).not.toBe(0);
    expect((await az('connectedk8s', 'delete', ...named('arc-1'))).stderr).toContain('Use --yes');
    expect((await az('connectedk8s', 'delete', ...named('arc-1'), '--yes')).exitCode).toBe(0);
    expect(cluster.object('/api/v1/namespaces/azure-arc')).toBeUndefined();
    expect([...emulator.resources().values()].filter(({ type }) => textOf(type).includes('connectedClusters'))).toEqual([]);
  });

  test('a namespace is empty or not, and goes with what is in it', async () => {
    const action = catalog.topics.flatMap(({ actions = [] }) => actions).find(({ id }) => id === 'kubernetes_namespace');
    const look = (action?.empty?.run ?? '').replace('${arc.context}', 'edge').replace('${attach.namespace}', 'jobs').replaceAll('"', '');
    const kubectl = (line: string) => {
      const [program = '', ...rest] = line.match(/\{\{.*\}\}|\S+?=\{\{.*\}\}|\S+/g) ?? [];
      return run(program, rest, folder, environment);
    };
    cluster.plant('/api/v1/namespaces/jobs', {});
    expect((await kubectl(look)).stdout).toBe(action?.empty?.is);
    cluster.plant('/api/v1/namespaces/jobs/pods/one', {});
    cluster.plant('/api/v1/namespaces/jobs/persistentvolumeclaims/two', {});
    expect((await kubectl(look)).stdout).toBe('2');
    const undo = (catalog.templates['kubernetes_attach/namespace-undo.az'] ?? '')
      .trim()
      .replace('${arc.context}', 'edge')
      .replace('${attach.namespace}', 'jobs');
    const ran = await kubectl(undo);
    expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
    expect(['/api/v1/namespaces/jobs', '/api/v1/namespaces/jobs/pods/one'].map((path) => cluster.object(path))).toEqual([
      undefined,
      undefined,
    ]);
    expect((await kubectl(undo)).exitCode).toBe(0);
  });
});
