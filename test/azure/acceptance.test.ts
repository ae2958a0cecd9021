import { afterAll, expect, test } from 'vitest';
import { clearStages, type Journey, journeyOf } from './acceptance/journey.ts';
import { losses } from './acceptance/kept.ts';
import { examples, idOf } from './acceptance/planned.ts';
import { runProgram } from './acceptance/run.ts';
import { unmet } from './acceptance/wants.ts';
import { sdkEnvironment } from './az.ts';
import { textOf } from './emulator/json.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

describeWith(['az', 'reference'], 'the run.sh of every example through the real az', { timeout: 300_000, concurrent: true }, () => {
  test.each(examples)('%s: run.sh ends well and makes what it plans', async (example) => {
    const { plan, emulator, first } = await journeyOf(example);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.stdout).toBe('');
    expect(first.stderr).toMatch(/\nDone\.$/);
    const resources = plan.steps.filter(({ id }) => id !== undefined);
    expect(resources.flatMap((step) => unmet(step, emulator.resource(idOf(step))))).toEqual([]);
    const states = resources.map(
      (step) => (emulator.resource(idOf(step))?.properties as { provisioningState?: string })?.provisioningState,
    );
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

describeWith(['az', 'sdk', 'reference'], 'the Python programs after run.sh', { timeout: 300_000, concurrent: true }, () => {
  test.each(examples)('%s: the programs find what run.sh made and change nothing', async (example) => {
    const { plan, emulator, folder } = await journeyOf(example);
    const done = emulator.changes().length;
    for (const { path } of plan.files.filter(({ format }) => format === 'python')) {
      const ran = await runProgram(folder, path, sdkEnvironment(emulator, folder));
      expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
      expect(ran.stdout).toContain('is there already');
    }
    expect(emulator.changes().slice(done)).toEqual([]);
  });
});

function afterwards({ after }: Journey, id: string) {
  return after.find((resource) => textOf(resource.id).toLowerCase() === id.toLowerCase());
}

/** A property that the plan says it changes is not lost. */
function isWanted({ plan }: Journey, line: string): boolean {
  return plan.steps.some((step) => step.update.length > 0 && step.wants.some(({ path }) => line === `${idOf(step)}: ${path}`));
}
