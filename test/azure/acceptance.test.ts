import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { chosen } from './acceptance/chosen.ts';
import { clearStages, type Journey, journeyOf } from './acceptance/journey.ts';
import { losses } from './acceptance/kept.ts';
import {
  computesWithoutRecords,
  endpointsWithoutRecords,
  pendingConnections,
  publicResources,
  subnetsWithoutWayOut,
  unreachableResources,
} from './acceptance/network-state.ts';
import { idOf, planOfExample, settled } from './acceptance/planned.ts';
import { runProgram } from './acceptance/run.ts';
import { unmet } from './acceptance/wants.ts';
import { sdkEnvironment } from './az.ts';
import { textOf } from './emulator/json.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

/** Both ways to own a network, what exists and what is new, the harder ways out, and every target. */
const examples = chosen('private-from-nothing', 'forced-tunnel-routes', 'all-targets');

describeWith(['az', 'reference'], 'the run.sh of every example through the real az', { timeout: 300_000, concurrent: true }, () => {
  test.each(examples)('%s: run.sh ends well and makes what it plans', async (example) => {
    const { plan, emulator, first } = await journeyOf(example);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.stdout).toBe('');
    expect(first.stderr).toMatch(/\nDone\.$/);
    const resources = plan.steps.filter(({ id }) => id !== undefined);
    expect(resources.flatMap((step) => unmet(step, emulator.resource(idOf(step))))).toEqual([]);
    // A role assignment is there at once, so Azure gives it no state.
    const states = resources
      .filter(({ kind }) => kind !== 'role_assignment')
      .map((step) => (emulator.resource(idOf(step))?.properties as { provisioningState?: string })?.provisioningState);
    expect(new Set(states)).toEqual(new Set(['Succeeded']));
    expect(emulator.foreign).toEqual([]);
  });

  test.each(examples)('%s: run.sh takes away nothing that was there', async (example) => {
    const journey = await journeyOf(example);
    const lost = journey.before.flatMap((resource) =>
      losses(resource, afterwards(journey, textOf(resource.id))).map((path) => `${textOf(resource.id)}: ${path}`),
    );
    expect(lost.filter((line) => !isWanted(journey, line))).toEqual([]);
  });

  test.each(examples)('%s: run.sh again changes nothing', async (example) => {
    const { second, changed } = await journeyOf(example);
    expect(second.exitCode, second.stderr).toBe(0);
    expect(changed).toEqual([]);
    expect(second.stderr).not.toMatch(/making it|changing it/);
  });
});

/** The examples after which everything has to be reached by private endpoints alone. */
const closed = examples.filter((example) => settled(planOfExample(example), 'endpoints.origin') === 'new');
/** The examples whose dependencies are all new. */
const allNew = closed.filter((example) => settled(planOfExample(example), 'dependencies.origin') === 'new');

describeWith(['az', 'reference'], 'the network as Azure then holds it', { timeout: 300_000, concurrent: true }, () => {
  test.each(closed)('%s: every endpoint is approved and has its records, every compute subnet a way out', async (example) => {
    const { emulator } = await journeyOf(example);
    expect(closed).toContain('private-from-nothing');
    expect(endpointsWithoutRecords(emulator)).toEqual([]);
    expect(computesWithoutRecords(emulator)).toEqual([]);
    expect(pendingConnections(emulator)).toEqual([]);
    expect(subnetsWithoutWayOut(emulator)).toEqual([]);
  });

  test.each(allNew)('%s: no resource has public access, and each can be reached', async (example) => {
    const { emulator } = await journeyOf(example);
    const targets = [...emulator.resources().values()].filter(({ type }) => textOf(type).toLowerCase().endsWith('/privateendpoints'));
    expect(targets).toHaveLength(5);
    expect(publicResources(emulator).filter(isOurs(example))).toEqual([]);
    expect(unreachableResources(emulator)).toEqual([]);
  });
});

describeWith(['az', 'sdk', 'reference'], 'the Python programs after run.sh', { timeout: 300_000, concurrent: true }, () => {
  test.each(examples)('%s: the programs find what run.sh made and change nothing', async (example) => {
    const { plan, emulator, folder } = await journeyOf(example);
    const done = emulator.changes().length;
    // A program that asks for a secret does what run.sh cannot; it has tests of its own.
    const asks = (path: string) => readFileSync(join(folder, path), 'utf8').includes('getpass');
    const programs = plan.files.filter(({ path }) => /^(create|attach)-.*\.py$/.test(path) && !path.endsWith('-v1.py') && !asks(path));
    for (const { path } of programs) {
      const ran = await runProgram(folder, path, sdkEnvironment(emulator, folder));
      expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
      expect(ran.stdout).toContain('is there already');
    }
    expect(emulator.changes().slice(done)).toEqual([]);
  });
});

describeWith(['az', 'sdk', 'reference'], 'the other Python programs', { timeout: 300_000 }, () => {
  test('existing-hub-dns: list-dns-records.py prints every name with its zone and address', async () => {
    const { emulator, folder } = await journeyOf('existing-hub-dns');
    const ran = await runProgram(folder, 'list-dns-records.py', sdkEnvironment(emulator, folder));
    expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
    const rows = ran.stdout
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(','));
    expect(rows[0]).toEqual(['zone', 'record', 'type', 'address', 'host']);
    expect(rows).toContainEqual([
      'privatelink.blob.core.windows.net',
      'stfabrikamml',
      'A',
      expect.stringMatching(/^10\.96\.0\./),
      'stfabrikamml.blob.core.windows.net',
    ]);
    const zones = new Set(rows.slice(1).map(([zone]) => zone));
    expect(zones.size).toBe(8);
    expect(rows.slice(1).filter(([zone, , , , host]) => zone === '' && !host?.includes('instances'))).toEqual([]);
  });

  test('forced-tunnel-routes: routes-by-address.py adds a route for each address of both regions, and then nothing', async () => {
    const { emulator, folder } = await journeyOf('forced-tunnel-routes');
    const environment = sdkEnvironment(emulator, folder);
    const ran = await runProgram(folder, 'routes-by-address.py', environment);
    expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toMatch(/AzureMachineLearning\.eastus2\): route made/);
    expect(ran.stdout).toMatch(/AzureMachineLearning\.centralus\): route made/);
    const done = emulator.changes().length;
    const again = await runProgram(folder, 'routes-by-address.py', environment);
    expect([again.exitCode, again.stdout.includes('route made')]).toEqual([0, false]);
    expect(emulator.changes().slice(done)).toEqual([]);
  });
});

/** Tells whether a fault is at something that the plan makes or uses, not at what a rule of a managed network only names. */
function isOurs(example: string): (fault: { readonly id: string }) => boolean {
  const plan = planOfExample(example);
  const ids = plan.steps.map((step) => idOf(step).toLowerCase()).filter((id) => id.split('/').length > 5);
  // HDInsight writes to an account of its own over the public address, and the plan says so.
  const open = `/${String(settled(plan, 'hdinsight.storage'))}`;
  return (fault) => !fault.id.endsWith(open) && ids.some((id) => fault.id.toLowerCase().startsWith(id));
}

function afterwards({ after }: Journey, id: string) {
  return after.find((resource) => textOf(resource.id).toLowerCase() === id.toLowerCase());
}

/** A property that the plan says it changes is not lost. */
function isWanted({ plan }: Journey, line: string): boolean {
  return plan.steps.some((step) => step.update.length > 0 && step.wants.some(({ path }) => line === `${idOf(step)}: ${path}`));
}
