import { afterAll, expect, test } from 'vitest';
import { wantsAll } from './acceptance/chosen.ts';
import { clearStages, type Stage, snapshot, stageFor } from './acceptance/journey.ts';
import { losses } from './acceptance/kept.ts';
import { withoutLaterConnections } from './acceptance/later.ts';
import { planOfExample } from './acceptance/planned.ts';
import { runScript } from './acceptance/run.ts';
import { worldBefore } from './acceptance/seed.ts';
import { foundBefore, heldNow, keptNow, takeBack, writeBack } from './acceptance/undo.ts';
import { type JsonObject, textOf } from './emulator/json.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

/** A world before run.sh, what run.sh made of it, and what the undo words of the plan left. */
interface Return extends Stage {
  readonly seeded: readonly JsonObject[];
  readonly before: ReadonlyMap<string, JsonObject>;
  readonly between: ReadonlyMap<string, JsonObject>;
  readonly after: ReadonlyMap<string, JsonObject>;
  readonly said: readonly string[];
}

async function thereAndBack(example: string, purges = false): Promise<Return> {
  const plan = planOfExample(example);
  const stage = await stageFor(plan, withoutLaterConnections(plan, worldBefore(plan)));
  const seeded = snapshot(stage.emulator);
  await writeBack(stage);
  const before = heldNow(stage.emulator);
  const found = await foundBefore(stage);
  const first = await runScript(stage.folder, stage.environment);
  expect(first.exitCode, first.stderr).toBe(0);
  const between = heldNow(stage.emulator);
  const said = await takeBack(stage, found, purges);
  return { ...stage, seeded, before, between, after: heldNow(stage.emulator), said };
}

/** What was seeded and is no longer there as it was; writing everything back must not hide it. */
function lost({ seeded, emulator }: Return): string[] {
  const all = emulator.resources();
  return seeded.flatMap((one) => losses(one, all.get(textOf(one.id).toLowerCase())).map((path) => `${textOf(one.id)}: ${path}`));
}

/** The ids, without the names that Azure makes up for role assignments. */
function namesOf(held: ReadonlyMap<string, JsonObject>): string[] {
  return [...held.keys()].map((key) => key.replace(/\/roleassignments\/.*$/, '/roleassignments')).toSorted();
}

/** Every example takes minutes; UNDO_EXAMPLES names others. */
// In CI amlguide undo itself says as much, in run-real.test.ts.
const examples = wantsAll ? ['compute-cluster', 'existing-hub-dns', 'managed-approved-only'] : [];

describeWith(['az', 'reference'], 'what run.sh made, taken back by the words of the plan', { timeout: 600_000, concurrent: true }, () => {
  test.each(examples)('%s: Azure then holds what it held before', async (example) => {
    const back = await thereAndBack(example);
    expect(back.between).not.toEqual(back.before);
    expect(back.said).toEqual([]);
    expect(back.after).toEqual(back.before);
    expect(lost(back)).toEqual([]);
    expect(back.emulator.foreign).toEqual([]);
  });

  test.runIf(wantsAll)('private-from-nothing: what Azure keeps of deleted things makes the next run stop', async () => {
    const back = await thereAndBack('private-from-nothing');
    expect(back.said).toEqual([]);
    expect(back.after).toEqual(back.before);
    expect(keptNow(back.emulator).map((id) => id.split('/').slice(-2, -1)[0])).toEqual(
      expect.arrayContaining(['deletedWorkspaces', 'deletedVaults']),
    );
    const again = await runScript(back.folder, back.environment);
    expect(again.exitCode).not.toBe(0);
    expect(again.stderr).toMatch(/deleted/i);
  });

  test.runIf(wantsAll)('private-from-nothing: with purge nothing is kept, and the next run makes everything again', async () => {
    const back = await thereAndBack('private-from-nothing', true);
    expect(back.said).toEqual([]);
    expect(back.after).toEqual(back.before);
    expect(keptNow(back.emulator)).toEqual([]);
    const again = await runScript(back.folder, back.environment);
    expect([again.exitCode, again.stderr.match(/\nDone\.$/)?.[0]]).toEqual([0, '\nDone.']);
    expect(namesOf(heldNow(back.emulator))).toEqual(namesOf(back.between));
  });
});

describeWith(['az', 'kubectl', 'reference'], 'what came with an extension of a cluster', { timeout: 600_000, concurrent: true }, () => {
  test.runIf(wantsAll)('all-targets: only the Relay namespace stays, of which the plan says so', async () => {
    const back = await thereAndBack('all-targets');
    expect(back.said).toEqual([]);
    const left = [...back.after.keys()].filter((key) => !back.before.has(key));
    expect(left.every((key) => key.includes('/providers/microsoft.relay/namespaces/'))).toBe(true);
    expect(left).toHaveLength(3);
    expect(back.plan.steps.find(({ key }) => key === 'arc_extension')?.undo?.softly).toContain('Azure Relay namespace');
    expect(new Map([...back.after].filter(([key]) => !left.includes(key)))).toEqual(back.before);
    expect(lost(back)).toEqual([]);
  });
});
