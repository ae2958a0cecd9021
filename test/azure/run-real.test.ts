import { afterAll, expect, test } from 'vitest';
import { chosen } from './acceptance/chosen.ts';
import { clearStages, type Stage, stageFor } from './acceptance/journey.ts';
import { withoutLaterConnections } from './acceptance/later.ts';
import { idOf, planOfExample } from './acceptance/planned.ts';
import { amlguide, answersOf, nameOf } from './acceptance/program.ts';
import { worldBefore } from './acceptance/seed.ts';
import { foundBefore, heldNow, writeBack } from './acceptance/undo.ts';
import { unmet } from './acceptance/wants.ts';
import type { JsonObject } from './emulator/json.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

/** A stage in which everything was written once as it is, so that the emulator has added what it adds to every write. */
export async function settledStage(example: string): Promise<Stage> {
  const plan = planOfExample(example);
  const stage = await stageFor(plan, withoutLaterConnections(plan, worldBefore(plan)));
  await foundBefore(stage);
  await writeBack(stage);
  return stage;
}

/** What an undo cannot take back, and says so. */
function withoutKept(held: ReadonlyMap<string, JsonObject>): Map<string, JsonObject> {
  return new Map([...held].filter(([id]) => !id.includes('/providers/microsoft.relay/namespaces/')));
}

describeWith(['az', 'reference'], 'amlguide run through the real az', { timeout: 600_000, concurrent: true }, () => {
  test.each(chosen('compute-cluster', 'private-from-nothing', 'arc-training'))('%s: run, again, and undo', async (example) => {
    const stage = await settledStage(example);
    const before = heldNow(stage.emulator);
    const answers = answersOf(stage);
    const first = await amlguide(stage, 'run', ...answers, '--yes', '--no-input');
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.stdout).toBe('');
    const resources = stage.plan.steps.filter(({ id }) => id !== undefined);
    expect(resources.flatMap((step) => unmet(step, stage.emulator.resource(idOf(step))))).toEqual([]);
    const done = [stage.emulator.changes().length, stage.cluster?.changes().length];
    const second = await amlguide(stage, 'run', ...answers, '--yes', '--no-input');
    expect(second.exitCode, second.stderr).toBe(0);
    expect([stage.emulator.changes().length, stage.cluster?.changes().length]).toEqual(done);
    const back = await amlguide(stage, 'undo', nameOf(stage), '--confirm', nameOf(stage), '--no-input', '--purge');
    expect(back.exitCode, back.stderr).toBe(0);
    expect(withoutKept(heldNow(stage.emulator))).toEqual(before);
    expect(stage.emulator.foreign).toEqual([]);
  });
});
