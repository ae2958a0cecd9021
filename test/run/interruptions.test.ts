import { describe, expect, it } from 'vitest';
import { RunControl } from '../../src/io/run/control.ts';
import { catalog, planOfExample } from '../azure/acceptance/planned.ts';
import { apply, chanceOf, failuresOf, repeatedIn, type Stage, stageOf, undo, wordsIn } from './rehearsing.ts';

const names = Object.keys(catalog.examples);
type Way = 'stop' | 'end' | 'leave';

/** Runs until a person ends it at a random moment in some way, and a little later perhaps in a harder one. */
async function interrupted(stage: Stage, perform: typeof apply, took: number, way: Way, chance: () => number) {
  const control = new RunControl();
  void stage.clock.sleep(Math.floor(chance() * took)).then(() => control[way]());
  if (chance() < 0.3) void stage.clock.sleep(Math.floor(chance() * took * 1.5)).then(() => control.leave());
  const outcome = await perform(stage, { control });
  const { entries } = stage.journals.at(-1) ?? { entries: [] };
  const open = new Set<string>();
  for (const { event } of entries) {
    if (event.type === 'run') open.clear();
    if (event.type === 'change') open.add(event.step);
    if (event.type === 'done' || event.type === 'left') open.delete(event.step);
  }
  return { outcome, open, control };
}

describe.each(['stop', 'end', 'leave'] as const)('after «%s» at a random moment', (way) => {
  it.each(names)('%s goes on and is complete', async (name) => {
    const chance = chanceOf(names.indexOf(name) + 100);
    const quiet = stageOf(planOfExample(name));
    const beginning = quiet.cloud.snapshot();
    await apply(quiet);
    const [took, end, words] = [quiet.clock.now(), quiet.cloud.snapshot(), wordsIn(quiet.cloud.applied)];
    const stage = stageOf(planOfExample(name));
    for (let times = 0; times < 3; times++) {
      const { outcome, open, control } = await interrupted(stage, apply, took, way, chance);
      expect(failuresOf(stage)).toEqual([]);
      expect(outcome).toMatch(/complete|stopped|interrupted/);
      // Nothing goes on in Azure that the journal does not tell of.
      if (way === 'stop' && !control.leaving.aborted) expect([...open]).toEqual([]);
      if (chance() < 0.5) await stage.clock.sleep(Math.floor(chance() * 1_200_000));
    }
    expect(await apply(stage)).toBe('complete');
    expect(stage.cloud.snapshot()).toEqual(end);
    expect(repeatedIn(stage.cloud.applied)).toEqual([]);
    expect(wordsIn(stage.cloud.applied)).toEqual(words);
    const changes = stage.cloud.applied.length;
    await interrupted(stage, undo, took, way, chance);
    expect(failuresOf(stage)).toEqual([]);
    expect(await undo(stage)).toBe('complete');
    expect(repeatedIn(stage.cloud.applied.slice(changes))).toEqual([]);
    expect(stage.cloud.snapshot().things).toEqual(beginning.things);
  });
});
