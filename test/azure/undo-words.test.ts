import { afterAll, expect, test } from 'vitest';
import { clearStages, stageFor } from './acceptance/journey.ts';
import { planOfExample } from './acceptance/planned.ts';
import { runScript } from './acceptance/run.ts';
import { worldBefore } from './acceptance/seed.ts';
import { foundBefore, heldNow, keptNow, takeBack } from './acceptance/undo.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

const examples = (process.env['UNDO_EXAMPLES'] ?? 'compute-cluster,private-from-nothing').split(',');

describeWith(['az', 'reference'], 'what run.sh made, taken back by the words of the plan', { timeout: 600_000 }, () => {
  test.each(examples)('%s: Azure then holds what it held before', async (example) => {
    const plan = planOfExample(example);
    const stage = await stageFor(plan, worldBefore(plan));
    const before = heldNow(stage.emulator);
    const found = await foundBefore(stage);
    const first = await runScript(stage.folder, stage.environment);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(heldNow(stage.emulator)).not.toEqual(before);
    const said = await takeBack(stage, found, false);
    console.log(example, said, keptNow(stage.emulator));
    expect(said).toEqual([]);
    expect(heldNow(stage.emulator)).toEqual(before);
  });
});
