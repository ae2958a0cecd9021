import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Json as Answer } from '../../src/core/json.ts';
import type { Plan, Step } from '../../src/core/plan.ts';
import { clearStages, journeyOf, type Stage, stageFor, travel } from './acceptance/journey.ts';
import { contentOf } from './acceptance/named-files.ts';
import { catalog, idOf, planOfAnswers, planOfExample, settled } from './acceptance/planned.ts';
import { azCalls, type Ran, run, runScript } from './acceptance/run.ts';
import { worldBefore } from './acceptance/seed.ts';
import { python, sdkEnvironment } from './az.ts';
import type { Emulator } from './emulator/emulator.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './emulator/json.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

const login = contentOf('~/secrets/hdinsight-login').trim();
const shell = contentOf('~/secrets/hdinsight-ssh').trim();

const oldMachine = {
  'machine.origin': 'existing',
  'machine.name': 'vm-old',
  'machine.group': 'rg-old',
  'machine.ubuntu': true,
  'machine.public_ip': true,
  'machine.user': 'anna',
  'machine.attached': false,
};

const oldCluster = {
  'hdinsight.origin': 'existing',
  'hdinsight.name': 'hdi-old',
  'hdinsight.group': 'rg-old',
  'hdinsight.public_ssh': true,
  'hdinsight.attached': false,
};

describeWith(['az', 'reference'], 'a virtual machine that is attached', { timeout: 300_000, concurrent: true }, () => {
  test('its key comes from the file, its card has no NSG, and nobody prints the private key', async () => {
    const { plan, emulator, first, folder } = await journeyOf('virtual-machine');
    expect(first.exitCode, first.stderr).toBe(0);
    const profile = objectOf(propertiesOf(resourceOf(plan, emulator, 'machine')).osProfile);
    const [key] = listOf(objectOf(objectOf(profile.linuxConfiguration).ssh).publicKeys).map(objectOf);
    expect(textOf(key?.keyData).trim()).toBe(readFileSync(join(folder, 'home', '.ssh', 'aml_vm.pub'), 'utf8').trim());
    const groups = [...emulator.resources().keys()].filter((id) => id.includes('/networksecuritygroups/') && id.includes('/rg-tailspin'));
    expect(groups.map((id) => id.split('/').at(-1))).toEqual(['nsg-tailspin-vm-machine']);
    expect(propertiesOf(resourceOf(plan, emulator, 'machine_nic')).networkSecurityGroup).toBeUndefined();
    const { properties } = propertiesOf(resourceOf(plan, emulator, 'machine_compute'));
    expect(properties).toEqual({ sshPort: 22, administratorAccount: { username: 'azureuser' } });
    const sent = emulator.changes().find(({ path }) => path.endsWith('/computes/tailspinvm-vm'));
    expect(JSON.stringify(sent?.body)).toContain('BEGIN RSA PRIVATE KEY');
    expect(everythingPrinted(first) + JSON.stringify(azCalls(folder))).not.toContain('BEGIN RSA PRIVATE KEY');
  });

  test('one that exists is only looked at and attached', async () => {
    const plan = planWith('virtual-machine', { ...oldMachine, 'machine.user': 'anna', 'machine.port': 2222 });
    const { emulator, first, changed } = await travel(plan);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(changed).toEqual([]);
    const touched = emulator.changes().map(({ path }) => path.split('/').at(-1));
    expect(touched).toEqual(['rg-tailspin-vm-net', 'vnet-tailspin-vm', 'tailspinvm-vm']);
  });

  test('one without a public IP is refused by the workspace, and the script says so', async () => {
    const plan = planWith('virtual-machine', oldMachine);
    const { emulator, folder, environment } = await stageFor(plan, worldBefore(plan));
    const [card] = [...emulator.resources().values()].filter(({ name }) => name === 'theirs-nic');
    emulator.plant(textOf(card?.id), { ...card, properties: {} });
    const ran = await runScript(folder, environment);
    expect([ran.exitCode !== 0, ran.stderr.includes('has no public IP address')]).toEqual([true, true]);
  });
});

describeWith(['az', 'reference'], 'an HDInsight cluster', { timeout: 300_000, concurrent: true }, () => {
  test('gets both passwords out of their files, without the end of the line and past argv and screen', async () => {
    const { emulator, first, folder } = await journeyOf('hdinsight');
    expect(first.exitCode, first.stderr).toBe(0);
    const sent = emulator.changes().find(({ path }) => path.includes('Microsoft.HDInsight/clusters'));
    const properties = propertiesOf(sent?.body);
    const gateway = objectOf(objectOf(objectOf(properties.clusterDefinition).configurations).gateway);
    const [head] = listOf(objectOf(properties.computeProfile).roles).map(objectOf);
    expect(gateway['restAuthCredential.password']).toBe(login);
    expect(objectOf(objectOf(head?.osProfile).linuxOperatingSystemProfile).password).toBe(shell);
    const seen = everythingPrinted(first) + JSON.stringify(azCalls(folder)) + JSON.stringify([...emulator.resources().keys()]);
    expect(seen).not.toContain(login);
    expect(seen).not.toContain(shell);
  });

  test('has the rules for its management before it is created', async () => {
    const { emulator } = await journeyOf('hdinsight');
    const order = emulator.changes().map(({ path }) => path.split('/').at(-1) ?? '');
    const cluster = order.findIndex((name) => name.startsWith('hdi-'));
    for (const rule of ['AllowHDInsight', 'AllowHDInsight2', 'AllowHDInsight3', 'AllowAzureMLSsh'])
      expect([rule, order.indexOf(rule) >= 0 && order.indexOf(rule) < cluster]).toEqual([rule, true]);
  });

  test('is not created when a file with a password is missing: the path is no password', async () => {
    const { emulator, folder, environment } = await stageFor(planOfExample('hdinsight'), worldBefore(planOfExample('hdinsight')));
    rmSync(join(folder, 'home', 'secrets', 'hdinsight-ssh'));
    const ran = await runScript(folder, environment);
    expect([ran.exitCode !== 0, ran.stderr.includes('a digit, a letter and a special character')]).toEqual([true, true]);
    expect([...emulator.resources().keys()].filter((id) => id.includes('/microsoft.hdinsight/'))).toEqual([]);
  });

  test('is not created under a name that somebody else has', async () => {
    const plan = planOfExample('hdinsight');
    const seed = { ...worldBefore(plan), taken: [`Microsoft.HDInsight/clusters/${String(settled(plan, 'hdinsight.name'))}`] };
    const { emulator, folder, environment } = await stageFor(plan, seed);
    const ran = await runScript(folder, environment);
    expect([ran.exitCode !== 0, ran.stderr.includes("somebody else's")]).toEqual([true, true]);
    expect(emulator.changes()).toEqual([]);
  });

  test('that exists is only looked at', async () => {
    const plan = planWith('hdinsight', oldCluster);
    const { emulator, first } = await travel(plan);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(emulator.changes().filter(({ path }) => path.includes('HDInsight'))).toEqual([]);
  });
});

describeWith(['az', 'sdk', 'reference'], 'attach-hdinsight.py', { timeout: 300_000 }, () => {
  test('attaches the cluster with the password of the environment, says that this is unproven, and then does nothing', async () => {
    const stage = await journeyOf('hdinsight');
    const before = stage.emulator.changes().length;
    const first = await attach(stage);
    expect([first.exitCode, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/unproven[\s\S]*fabrikamspark-hdi: Succeeded/);
    const sent = stage.emulator.changes().slice(before);
    expect(sent).toHaveLength(1);
    expect(propertiesOf(sent[0]?.body)).toMatchObject({
      computeType: 'HDInsight',
      properties: {
        sshPort: 22,
        address: expect.stringMatching(/-ssh\.azurehdinsight\.net$/),
        administratorAccount: { username: 'sshuser', password: shell },
      },
    });
    const second = await attach(stage);
    expect([second.exitCode, second.stdout.includes('is there already')]).toEqual([0, true]);
    expect(everythingPrinted(first) + everythingPrinted(second)).not.toContain(shell);
    expect(stage.emulator.changes().slice(before)).toHaveLength(1);
  });

  test('attaches nothing twice, nothing that is not there and nothing without a public address', async () => {
    const plan = planOfExample('hdinsight');
    const stage = await stageFor(plan, worldBefore(plan));
    expect((await attach(stage)).stderr).toContain('Run run.sh first');
    const cluster = idOf(stepOf(plan, 'hdinsight'));
    stage.emulator.plant(cluster, { location: 'eastus2', properties: { connectivityEndpoints: [] } });
    expect((await attach(stage)).stderr).toContain('no public SSH address');
    const workspace = idOf(stepOf(plan, 'workspace'));
    stage.emulator.plant(`${workspace}/computes/other`, { properties: { computeType: 'HDInsight', resourceId: cluster.toUpperCase() } });
    expect((await attach(stage)).stderr).toContain('is attached already, as other');
    expect(stage.emulator.changes()).toEqual([]);
  });

  test('points to the studio when Azure refuses', async () => {
    const plan = planOfExample('hdinsight');
    const stage = await stageFor(plan, worldBefore(plan));
    const endpoint = { name: 'SSH', location: 'hdi-ssh.azurehdinsight.net', port: 22 };
    stage.emulator.plant(idOf(stepOf(plan, 'hdinsight')), { location: 'eastus2', properties: { connectivityEndpoints: [endpoint] } });
    stage.emulator.failNext('PUT', /\/computes\//, 400, 'BadRequest', 'Not supported.');
    const ran = await attach(stage);
    expect([ran.exitCode, ran.stderr.includes('Not supported.'), ran.stderr.includes('in the studio')]).toEqual([1, true, true]);
  });
});

/** The answers of an example with some others; what does not apply any more falls away. */
function planWith(example: string, more: Readonly<Record<string, Answer>>): Plan {
  const own = (catalog.examples[example]?.answers ?? {}) as Record<string, Answer>;
  const subject = example === 'hdinsight' ? 'hdinsight.' : 'machine.';
  const kept = ['machine.private_key', 'hdinsight.use'];
  const answers = Object.fromEntries(Object.entries(own).filter(([key]) => !key.startsWith(subject) || kept.includes(key)));
  return planOfAnswers(catalog, { ...answers, ...more });
}

function stepOf({ steps }: Plan, key: string): Step {
  const step = steps.find((one) => one.key === key);
  if (step === undefined) throw new Error(`no step ${key}`);
  return step;
}

function resourceOf(plan: Plan, emulator: Emulator, key: string): JsonObject {
  return emulator.resource(idOf(stepOf(plan, key))) ?? {};
}

function everythingPrinted({ stdout, stderr }: Ran): string {
  return stdout + stderr;
}

function attach({ emulator, folder }: Pick<Stage, 'emulator' | 'folder'>): Promise<Ran> {
  return run(python, ['attach-hdinsight.py'], folder, { ...sdkEnvironment(emulator, folder), HDINSIGHT_SSH_PASSWORD: shell });
}
