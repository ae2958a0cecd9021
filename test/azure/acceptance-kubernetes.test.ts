import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type { Json as Answer } from '../../src/core/json.ts';
import type { Plan } from '../../src/core/plan.ts';
import { clearStages, type Journey, stageFor, travel } from './acceptance/journey.ts';
import { catalog, idOf, planOfAnswers } from './acceptance/planned.ts';
import { azCalls, runScript } from './acceptance/run.ts';
import { worldBefore } from './acceptance/seed.ts';
import { unmet } from './acceptance/wants.ts';
import { send } from './arm-request.ts';
import { objectOf, propertiesOf, textOf } from './emulator/json.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

/** The connected cluster of the example, answered otherwise in what a test is about. */
function planWith(more: Readonly<Record<string, Answer>>): Plan {
  const answers = (catalog.examples['arc-training']?.answers ?? {}) as Record<string, Answer>;
  return planOfAnswers(catalog, { ...answers, ...more });
}

const certificate = pem('CERTIFICATE');
const key = pem('PRIVATE KEY');

const connected = {
  'arc.origin': 'new',
  'arc.distribution': 'openshift',
  'arc.purpose': 'test',
  'arc.proxy': true,
  'arc.proxy_https': 'http://proxy.contoso.com:3128',
  'arc.service_cidr': '10.96.0.0/12',
  'arc.proxy_cert': certificate,
  'extension.inference': true,
  'extension.nodes': 3,
  'extension.router': 'nodePort',
  'extension.tls': 'files',
  'extension.cname': 'ml.contoso.com',
  'extension.cert_file': certificate,
  'extension.key_file': key,
  'extension.node_selectors': ['pool=training'],
  'extension.version': '1.1.78',
};

describeWith(['az', 'reference', 'kubectl'], 'run.sh for a Kubernetes cluster', { timeout: 300_000, concurrent: true }, () => {
  test('connects a cluster behind a proxy and installs training and inference; then nothing changes', async () => {
    const plan = planWith(connected);
    const journey = await travel(plan);
    expectDone(journey);
    const { emulator, cluster, folder } = journey;
    const skipped = '10.96.0.0/12,kubernetes.default.svc,.svc.cluster.local,.svc,127.0.0.1,localhost';
    expect(callOf(folder, 'connect')).toEqual(expect.arrayContaining(['--proxy-skip-range', skipped, '--proxy-cert', certificate]));
    expect(cluster?.object('/api/v1/namespaces/azure-arc/configmaps/azure-clusterconfig')).toMatchObject({
      data: { AZURE_RESOURCE_NAME: 'arc-contoso-edge' },
    });
    const extension = emulator.resource(idOf(stepOf(plan, 'arc_extension')));
    expect(extension).toMatchObject({
      identity: { type: 'SystemAssigned' },
      properties: {
        version: '1.1.78',
        autoUpgradeMinorVersion: false,
        configurationSettings: {
          enableTraining: 'True',
          enableInference: 'True',
          'nodeSelector.pool': 'training',
          openshift: 'true',
          'relayserver.enabled': 'true',
          'servicebus.enabled': 'false',
        },
        configurationProtectedSettings: { 'scoringFe.sslKey': '', relayServerConnectionString: '' },
      },
    });
    const made = [...emulator.resources().values()].filter(({ tags }) => objectOf(tags).created_by === 'Azure Arc-enabled ML');
    expect(made.map(({ type }) => type)).toEqual(['Microsoft.Relay/namespaces']);
  });

  test('changes settings of what is installed only when it may, and keeps the others', async () => {
    const before = planWith({ 'extension.present': ['nvidia', 'dcgm', 'volcano'] });
    const { emulator } = await travelled(before);
    const extension = idOf(stepOf(before, 'arc_extension'));
    const careful = await travel(planWith({}), { ...worldBefore(before), resources: [...emulator.resources().values()] });
    expect(careful.first.exitCode).toBe(1);
    expect(careful.first.stderr).toContain('It is installed with other settings.');
    expect(careful.emulator.changes()).toEqual([]);
    const changing = await travel(planWith({ 'extension.may_update': true }), {
      ...worldBefore(before),
      resources: [...emulator.resources().values()],
    });
    expectDone(changing);
    expect(propertiesOf(changing.emulator.resource(extension)).configurationSettings).toMatchObject({
      installVolcano: 'True',
      cluster_name: expect.stringContaining('arc-contoso-edge'),
    });
  });

  test('stops where the context is another cluster, before anything is installed', async () => {
    const plan = planWith({});
    const stage = await stageFor(plan, worldBefore(plan));
    stage.cluster?.plant('/api/v1/namespaces/azure-arc/configmaps/azure-clusterconfig', { data: { AZURE_RESOURCE_NAME: 'another' } });
    const ran = await runScript(stage.folder, stage.environment);
    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toContain('This context is another cluster');
    expect(stage.emulator.changes()).toEqual([]);
  });

  test('waits for an extension that somebody else is changing', async () => {
    const plan = planWith({});
    const stage = await stageFor(plan, worldBefore(plan));
    const id = idOf(stepOf(plan, 'arc_extension'));
    const properties = {
      extensionType: 'Microsoft.AzureML.Kubernetes',
      scope: { cluster: { releaseNamespace: 'azureml' } },
      configurationSettings: { enableTraining: 'True', enableInference: 'False', installNvidiaDevicePlugin: 'False' },
    };
    stage.emulator.plant(id, { properties });
    const running = runScript(stage.folder, stage.environment);
    // Their change begins when the script has looked at the extension for the first time.
    while (!stage.emulator.log.some(({ path }) => path.toLowerCase() === id.toLowerCase())) await setTimeout(50);
    stage.emulator.slow(30_000);
    await send(stage.emulator, 'PATCH', id, { properties: { configurationSettings: { theirs: 'yes' } } });
    stage.emulator.slow(undefined);
    const ran = await running;
    expect(ran.stderr).toContain('If it is being installed, this waits.');
    expect(ran.exitCode, ran.stderr).toBe(0);
  });
});

/** A file that stands for a certificate or its key. */
function pem(what: string): string {
  const file = join(tmpdir(), `amlguide-${what.toLowerCase().replace(' ', '-')}-${process.pid}.pem`);
  writeFileSync(file, `-----BEGIN ${what}-----\nYQ==\n-----END ${what}-----\n`, { mode: 0o600 });
  return file;
}

async function travelled(plan: Plan): Promise<Journey> {
  const journey = await travel(plan);
  expectDone(journey);
  return journey;
}

function expectDone({ plan, emulator, first, second, changed }: Journey): void {
  expect([first.exitCode, first.stdout], first.stderr).toEqual([0, '']);
  expect(plan.steps.filter(({ id }) => id !== undefined).flatMap((step) => unmet(step, emulator.resource(idOf(step))))).toEqual([]);
  expect([second.exitCode, changed], second.stderr).toEqual([0, []]);
  expect(emulator.foreign).toEqual([]);
}

function stepOf(plan: Plan, key: string): Plan['steps'][number] {
  const step = plan.steps.find((one) => one.key === key);
  if (step === undefined) throw new Error(`the plan has no step ${key}`);
  return step;
}

/** The words of the only call of a command. */
function callOf(folder: string, word: string): string[] {
  return azCalls(folder).find((words) => words.includes(word)) ?? [textOf(word)];
}
