import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Json } from '../../src/core/json.ts';
import type { Plan } from '../../src/core/plan.ts';
import { clearStages, type Stage, stageFor, travel } from './acceptance/journey.ts';
import { catalog, idOf, planOfAnswers, typeOf } from './acceptance/planned.ts';
import { run, runProgram, runScript } from './acceptance/run.ts';
import { worldBefore } from './acceptance/seed.ts';
import { sdkEnvironment } from './az.ts';
import { startCluster } from './cluster/api-server.ts';
import { type JsonObject, objectOf, propertiesOf } from './emulator/json.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

const types = [{ name: 'big', labels: ['pool=big', 'a-b=1'], cpu: '500m', memory: '512Mi', gpu: 2, cpu_limit: '1', memory_limit: '1Gi' }];

/** The plan of the example aks with other answers. */
function planOf(changes: Readonly<Record<string, Json>> = {}): Plan {
  return planOfAnswers(catalog, { ...(catalog.examples.aks?.answers as Record<string, Json>), ...changes });
}

function computeIn({ plan, emulator }: Stage) {
  const step = plan.steps.find((one) => one.key === 'kubernetes_compute');
  return step === undefined ? undefined : emulator.resource(idOf(step));
}

/** The one call of run.sh that attaches, without what comes before it. */
function attachCall(folder: string, rename: (text: string) => string = (text) => text): string[] {
  const text = readFileSync(join(folder, 'guide.md'), 'utf8');
  const call = /^az ml compute attach \\\n(?: {2}.*\\\n)* {2}.*$/m.exec(text)?.[0] ?? '';
  return rename(call.replaceAll('\\\n', ' ')).trim().split(/\s+/).slice(1);
}

describeWith(['az', 'reference', 'kubectl'], 'attaching a Kubernetes cluster', { timeout: 300_000, concurrent: true }, () => {
  test('attaches with namespace and identity, and leaves the cluster alone the second time', async () => {
    const journey = await travel(planOf({ 'attach.own_types': true, instance_types: types, 'attach.default_type': 'big' }));
    expect([journey.first.exitCode, journey.first.stdout], journey.first.stderr).toEqual([0, '']);
    const compute = computeIn(journey);
    expect(propertiesOf(compute)).toMatchObject({ computeType: 'Kubernetes', properties: { namespace: 'team-vision' } });
    expect(objectOf(compute?.identity)).toMatchObject({ type: 'SystemAssigned', principalId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(journey.cluster?.object('/api/v1/namespaces/team-vision')).toBeDefined();
    for (const name of ['big', 'defaultinstancetype']) {
      expect(journey.cluster?.object(`/apis/amlarc.azureml.com/v1alpha1/instancetypes/${name}`)?.spec).toEqual({
        nodeSelector: { pool: 'big', 'a-b': '1' },
        resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi', 'nvidia.com/gpu': 2 } },
      });
    }
    expect(journey.second.exitCode, journey.second.stderr).toBe(0);
    expect(journey.changed).toEqual([]);

    const path = '/apis/amlarc.azureml.com/v1alpha1/instancetypes/big';
    journey.cluster?.plant(path, { spec: { resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } } } });
    const third = await runScript(journey.folder, journey.environment);
    expect(third.exitCode, third.stderr).toBe(0);
    expect(third.stderr).toContain('It is missing or different');
    expect(objectOf(objectOf(journey.cluster?.object(path)).spec)).toMatchObject({ nodeSelector: { pool: 'big' } });
  });

  test('stops where the namespace is missing and may not be made, and attaches nothing', async () => {
    const stage = await stageFor(planOf({ 'attach.make_namespace': false }), worldBefore(planOf()));
    const ran = await runScript(stage.folder, stage.environment);
    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toMatch(/Ask a cluster administrator[\s\S]*namespaces "team-vision" not found/);
    expect(computeIn(stage)).toBeUndefined();
  });

  test('stops where a cluster is attached under the name with another namespace, and says how to detach it', async () => {
    const stage = await stageFor(planOf(), worldBefore(planOf()));
    const first = await runScript(stage.folder, stage.environment);
    expect(first.exitCode, first.stderr).toBe(0);
    const other = attachCall(stage.folder, (text) => text.replace('team-vision', 'team-audio'));
    const again = await run('az', other, stage.folder, stage.environment);
    expect(again.exitCode, again.stderr).toBe(0);
    expect(propertiesOf(propertiesOf(computeIn(stage)))).toMatchObject({ namespace: 'team-vision' });

    const moved = await stageFor(planOf({ 'attach.namespace': 'team-audio' }), {
      ...worldBefore(planOf()),
      resources: [...stage.emulator.resources().values()],
    });
    const ran = await runScript(moved.folder, moved.environment);
    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toMatch(/wanted team-audio, found team-vision[\s\S]*az ml compute detach --name fabrikamaks-k8s .*--yes/);
    const words = /az (ml compute detach .*? --yes)/.exec(ran.stderr)?.[1]?.split(' ') ?? [];
    const gone = await run('az', [...words, '--subscription', moved.emulator.subscription], moved.folder, moved.environment);
    expect(gone.exitCode, gone.stderr).toBe(0);
    expect(computeIn(moved)).toBeUndefined();
    const last = await runScript(moved.folder, moved.environment);
    expect(last.exitCode, last.stderr).toBe(0);
    expect(propertiesOf(propertiesOf(computeIn(moved)))).toMatchObject({ namespace: 'team-audio' });
  });

  test('is refused by the service without the extension, and for AKS elsewhere in a private workspace', async () => {
    const plan = planOf();
    const { resources = [], ...seed } = worldBefore(plan);
    const extension = plan.steps.find((step) => typeOf(step) === 'Microsoft.KubernetesConfiguration/extensions');
    const bare = await stageFor(plan, { ...seed, resources: resources.filter(({ id }) => id !== (extension && idOf(extension))) });
    const refused = await run('az', attachCall(bare.folder), bare.folder, bare.environment);
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('extension is not installed')]);
    const gone = await run(
      'az',
      attachCall(bare.folder, (text) => text.replace('/aks-fabrikam', '/aks-other')),
      bare.folder,
      bare.environment,
    );
    expect([gone.exitCode, gone.stderr]).toEqual([1, expect.stringContaining('could not be found')]);

    const apart = resources.map((resource): JsonObject => {
      if (String(resource.id).endsWith('/aks-fabrikam')) return { ...resource, location: 'westeurope' };
      const connections = [{ name: 'one', properties: { privateLinkServiceConnectionState: { status: 'Approved' } } }];
      return String(resource.id).endsWith('/mlw-fabrikam')
        ? { ...resource, properties: { ...propertiesOf(resource), privateEndpointConnections: connections } }
        : resource;
    });
    const installed = { id: extension === undefined ? '' : idOf(extension), properties: { extensionType: 'microsoft.azureml.kubernetes' } };
    const far = await stageFor(plan, { ...seed, resources: [...apart, installed] });
    const away = await run('az', attachCall(far.folder), far.folder, far.environment);
    expect([away.exitCode, away.stderr]).toEqual([1, expect.stringContaining('must be in the region of the workspace')]);
  });

  test('gives a user-assigned identity of the workspace its roles first, and attaches with an identity that exists', async () => {
    const principal = '0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601';
    const changes = {
      'attach.workspace_identity': true,
      'attach.workspace_principal': principal,
      'attach.identity': 'user',
      'attach.identity_name': 'id-training',
      'attach.identity_group': 'rg-fabrikam-ml',
    };
    const journey = await travel(planOf(changes));
    expect(journey.first.exitCode, journey.first.stderr).toBe(0);
    const roles = [...journey.emulator.resources().values()].filter(({ id }) => /aks-fabrikam\/.*roleAssignments/i.test(String(id)));
    expect(roles.map((role) => propertiesOf(role).principalId)).toEqual([principal, principal, principal]);
    expect(objectOf(computeIn(journey)?.identity)).toMatchObject({ type: 'UserAssigned' });
    const puts = journey.emulator.changes().map(({ path }) => path.split('/').at(-2)?.toLowerCase());
    expect(puts.indexOf('computes')).toBeGreaterThan(puts.lastIndexOf('roleassignments'));
    expect([journey.second.exitCode, journey.changed], journey.second.stderr).toEqual([0, []]);
  });
});

describeWith(['az', 'sdk', 'reference', 'kubectl'], 'the program for SDK v2 that attaches', { timeout: 300_000, concurrent: true }, () => {
  test.each(['system', 'none'])('attaches with identity %s where nothing is attached, and then nothing', async (identity) => {
    const plan = planOf({ 'attach.identity': identity });
    const before = worldBefore(plan);
    const done = await travel(plan, before);
    const extended = [...done.emulator.resources().values()].filter(({ id }) => !String(id).endsWith('/fabrikamaks-k8s'));
    const stage = await stageFor(plan, { ...before, resources: extended });
    const environment = sdkEnvironment(stage.emulator, stage.folder);
    const first = await runProgram(stage.folder, 'attach-fabrikamaks-k8s.py', environment);
    // This version of the SDK says on the error stream what it leaves out of a request.
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.stdout).toContain('Succeeded');
    const attached = computeIn(stage);
    expect(propertiesOf(attached)).toMatchObject({ computeType: 'Kubernetes', properties: { namespace: 'team-vision' } });
    expect(objectOf(attached?.identity).type).toBe(identity === 'system' ? 'SystemAssigned' : undefined);
    const again = await runProgram(stage.folder, 'attach-fabrikamaks-k8s.py', environment);
    expect([again.exitCode, again.stdout]).toEqual([0, expect.stringContaining('nothing to do')]);
  });
});

test.each([
  ['GPUs in the requests', { requests: { cpu: '1', memory: '1Gi', 'nvidia.com/gpu': 1 } }, /limits alone/],
  ['a GPU number that is a text', { limits: { cpu: '1', memory: '1Gi', 'nvidia.com/gpu': '1' } }, /whole number/],
  ['no requests at all', { requests: {} }, /requests\.cpu: Required/],
  ['memory of zero', { limits: { cpu: '1', memory: '0Gi' } }, /must not be zero/],
])('the cluster refuses an instance type with %s', async (_what, resources, says) => {
  const cluster = await startCluster();
  const usual = { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } };
  const body = { metadata: { name: 'wrong' }, spec: { resources: { ...usual, ...resources } } };
  const url = `${cluster.url}/apis/amlarc.azureml.com/v1alpha1/instancetypes`;
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  expect([answer.status, (await answer.json()) as object]).toEqual([
    422,
    expect.objectContaining({ message: expect.stringMatching(says) }),
  ]);
  expect(cluster.object('/apis/amlarc.azureml.com/v1alpha1/instancetypes/wrong')).toBeUndefined();
  await cluster.stop();
});
