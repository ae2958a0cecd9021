import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { wordText } from '../../src/core/words.ts';
import { chosen } from './acceptance/chosen.ts';
import { clearStages, type Stage, stageFor } from './acceptance/journey.ts';
import { idOf, planOfExample, settled } from './acceptance/planned.ts';
import { run, runProgram } from './acceptance/run.ts';
import { isCompute, worldWithoutComputes } from './acceptance/seed.ts';
import { unmet } from './acceptance/wants.ts';
import { publicKey, python, sdkEnvironment } from './az.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './emulator/json.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

/** Examples with every setting of a cluster and of an instance between them. */
const examples = chosen('managed-approved-only', 'instance-settings', 'arc-training');
const plans = new Map(examples.map((name) => [name, planOfExample(name)]));

/** Every compute of every example, as its YAML describes it. */
const described = [...plans].flatMap(([example, plan]) =>
  plan.files
    .filter(({ format, data }) => format === 'yml' && /compute/.test(textOf(objectOf(data as JsonObject).type)))
    .map((file) => ({
      example,
      file: file.path,
      spec: objectOf(file.data as JsonObject),
      name: textOf(objectOf(file.data as JsonObject).name),
    })),
);

describeWith(['sdk'], 'the Python programs through the real azure-ai-ml', { timeout: 200_000, concurrent: true }, () => {
  test.each(described)('$example: the program of $name makes the compute as planned, and only once', async ({ example, name, spec }) => {
    const stage = await stageWithNetwork(example);
    const program = stage.plan.files.find(({ format, path }) => format === 'python' && path.includes(name));
    const environment = sdkEnvironment(stage.emulator, stage.folder);
    const first = await runProgram(stage.folder, program?.path ?? '', environment);
    expect([first.exitCode, withoutWarnings(first.stderr)]).toEqual([0, '']);
    expect(settingsOf(received(stage, name))).toEqual(expected(spec));
    const steps = stage.plan.steps.filter((step) => isCompute(step) && idOf(step).endsWith(`/${name}`));
    expect(steps.flatMap((step) => unmet(step, stage.emulator.resource(idOf(step))))).toEqual([]);

    const done = stage.emulator.changes().length;
    const second = await runProgram(stage.folder, program?.path ?? '', environment);
    expect([second.exitCode, second.stderr]).toEqual([0, '']);
    expect(stage.emulator.changes().slice(done)).toEqual([]);
    expect(stage.emulator.foreign).toEqual([]);
  });
});

describeWith(['az', 'reference'], 'the YAML files through az ml compute create --file', { timeout: 200_000, concurrent: true }, () => {
  test.each(described)('$example: $file sends what the step of the script sends', async ({ example, name, file, spec }) => {
    const stage = await stageWithNetwork(example);
    const step = stage.plan.steps.find((one) => one.create.length > 0 && isCompute(one) && idOf(one).endsWith(`/${name}`));
    const command = step?.create[0]?.map((word) => wordText(word) ?? '') ?? [];
    const byStep = await created(stage, command.slice(1), name);
    expect(settingsOf(byStep)).toEqual(expected(spec));
    // A step that gives the file to az has nothing else to compare.
    if (command.includes('--file')) return expect(command).toContain(file);
    stage.emulator.plant(step === undefined ? '' : idOf(step), undefined);
    const at = ['--workspace-name', 'workspace.name', '--resource-group', 'workspace.group', '--subscription', 'subscription'];
    const words = at.map((word) => (word.startsWith('--') ? word : String(settled(stage.plan, word))));
    const byFile = await created(stage, ['ml', 'compute', 'create', '--file', file, ...words], name);
    expect(byFile).toEqual(byStep);
  });
});

describeWith(['sdk'], 'the YAML of instances as the real azure-ai-ml reads it', { timeout: 200_000, concurrent: true }, () => {
  const instances = described.filter(({ spec }) => spec.type === 'computeinstance');
  test.each(instances)('$example: $file means the same to the SDK', async ({ example, file, spec }) => {
    const stage = await stageWithNetwork(example);
    const key = spec.ssh_public_access_enabled === true ? [publicKey] : [];
    const program = join(import.meta.dirname, 'python/compute_yaml.py');
    const ran = await run(python, [program, file, ...key], stage.folder, sdkEnvironment(stage.emulator, stage.folder));
    expect([ran.exitCode, withoutWarnings(ran.stderr)]).toEqual([0, '']);
    expect(settingsOf(JSON.parse(ran.stdout) as JsonObject)).toEqual(expected(spec));
  });
});

/** What a program says, save that azure-ai-ml calls some of its parts experimental. */
function withoutWarnings(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.includes('This is an experimental'))
    .join('\n');
}

async function stageWithNetwork(example: string): Promise<Stage> {
  const plan = plans.get(example) ?? planOfExample(example);
  return await stageFor(plan, worldWithoutComputes(plan));
}

async function created(stage: Stage, words: string[], name: string): Promise<JsonObject> {
  const ran = await run('az', words, stage.folder, stage.environment);
  expect(ran.exitCode, ran.stderr).toBe(0);
  return received(stage, name);
}

/** The last PUT of a compute as it reached Resource Manager. */
function received({ emulator }: Stage, name: string): JsonObject {
  const entry = emulator.log.findLast(({ method, path }) => method === 'PUT' && path.endsWith(`/computes/${name}`));
  return entry?.body ?? {};
}

/** What a compute was asked to be, in the words of the YAML. azure-ai-ml says nothing of SSH for an instance without key, which is closed then. */
function settingsOf(body: JsonObject): JsonObject {
  const settings = objectOf(propertiesOf(body).properties);
  const scale = objectOf(settings.scaleSettings);
  const ssh = settings.remoteLoginPortPublicAccess ?? objectOf(settings.sshSettings).sshPublicAccess;
  const owner = objectOf(objectOf(settings.personalComputeInstanceSettings).assignedUser);
  return known({
    type: textOf(propertiesOf(body).computeType).toLowerCase(),
    size: textOf(settings.vmSize),
    subnet: textOf(objectOf(settings.subnet).id) || undefined,
    enable_node_public_ip: settings.enableNodePublicIp,
    ssh_public_access_enabled: ssh === 'Enabled',
    tier: settings.vmPriority === undefined ? undefined : textOf(settings.vmPriority) === 'LowPriority' ? 'low_priority' : 'dedicated',
    min_instances: scale.minNodeCount,
    max_instances: scale.maxNodeCount,
    idle_time_before_scale_down:
      scale.nodeIdleTimeBeforeScaleDown === undefined ? undefined : seconds(textOf(scale.nodeIdleTimeBeforeScaleDown)),
    user_object_id: owner.objectId,
    user_tenant_id: owner.tenantId,
    ssh_key: objectOf(settings.sshSettings).adminPublicKey,
    idle_time_before_shutdown_minutes:
      settings.idleTimeBeforeShutdown === undefined ? undefined : seconds(textOf(settings.idleTimeBeforeShutdown)) / 60,
    schedules: listOf(objectOf(settings.schedules).computeStartStop).map(objectOf).map(scheduleSent),
    setup_scripts: Object.entries(objectOf(objectOf(settings.setupScripts).scripts)).map(([when, script]) =>
      scriptSent(when, objectOf(script)),
    ),
  });
}

function scheduleSent({ action, recurrence, status }: JsonObject): JsonObject {
  const { frequency, interval, timeZone, schedule } = objectOf(recurrence);
  const { weekDays, hours, minutes } = objectOf(schedule);
  return known({
    action,
    state: textOf(status).toLowerCase(),
    frequency,
    interval,
    time_zone: timeZone,
    week_days: weekDays,
    hours,
    minutes,
  });
}

function scriptSent(when: string, { scriptSource, scriptData, scriptArguments, timeout }: JsonObject): JsonObject {
  const minutes = Number(textOf(timeout).replace(/m$/, ''));
  return known({
    when: when.replace('Script', '_script'),
    scriptSource,
    path: scriptData,
    command: scriptArguments,
    timeout_minutes: minutes,
  });
}

function expected(spec: JsonObject): JsonObject {
  const owner = objectOf(spec.create_on_behalf_of);
  const same = [
    'type',
    'size',
    'enable_node_public_ip',
    'ssh_public_access_enabled',
    'tier',
    'min_instances',
    'max_instances',
    'idle_time_before_scale_down',
    'idle_time_before_shutdown_minutes',
  ];
  return known({
    ...Object.fromEntries(same.map((key) => [key, spec[key]])),
    subnet: objectOf(spec.network_settings).subnet,
    user_object_id: owner.user_object_id,
    user_tenant_id: owner.user_tenant_id,
    ssh_key: spec.type === 'computeinstance' && spec.ssh_public_access_enabled === true ? publicKey : undefined,
    schedules: listOf(objectOf(spec.schedules).compute_start_stop).map(objectOf).map(scheduleWanted),
    setup_scripts: Object.entries(objectOf(spec.setup_scripts)).map(([when, script]) => ({
      when,
      scriptSource: 'workspaceStorage',
      ...objectOf(script),
    })),
  });
}

function scheduleWanted({ action, state, trigger }: JsonObject): JsonObject {
  const { frequency, interval, time_zone, schedule } = objectOf(trigger);
  return known({ action, state, frequency, interval, time_zone, ...objectOf(schedule) });
}

function known(values: Record<string, JsonObject[string] | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries(values).filter((pair): pair is [string, JsonObject[string]] => pair[1] !== undefined && pair[1] !== null),
  );
}

/** Seconds of an ISO duration such as PT2M or PT120S. */
function seconds(duration: string): number {
  const [, hours = '0', minutes = '0', rest = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.0+)?S)?$/.exec(duration) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
}
