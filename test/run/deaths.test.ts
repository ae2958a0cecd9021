import { describe, expect, it } from 'vitest';
import type { RunOptions } from '../../src/io/run/ports.ts';
import { catalog, planOfExample } from '../azure/acceptance/planned.ts';
import { apply, chanceOf, Death, type Disturbance, failuresOf, repeatedIn, type Stage, stageOf, undo, wordsIn } from './rehearsing.ts';

const names = Object.keys(catalog.examples);
const deaths = 200;

/** How an undisturbed run of an example goes, worked out once. */
async function undisturbed(name: string) {
  const stage = stageOf(planOfExample(name));
  const beginning = stage.cloud.snapshot();
  await apply(stage);
  const [took, end, made] = [stage.clock.now(), stage.cloud.snapshot(), wordsIn(stage.cloud.applied)];
  const changes = stage.cloud.applied.length;
  await undo(stage);
  return { took, undoTook: stage.clock.now() - took, beginning, end, made, removed: wordsIn(stage.cloud.applied.slice(changes)) };
}

/** Runs until a random moment kills the process, or until the end; a living one goes on after it. Gives how often it died. */
async function withDeaths(stage: Stage, perform: typeof apply, took: number, chance: () => number, options: Partial<RunOptions>) {
  let died = 0;
  for (;;) {
    const mortal: Disturbance = { options, random: chance };
    const lives = died > 2 || (died > 0 && chance() < 0.6);
    const outcome = await perform(stage, lives ? mortal : { ...mortal, death: deathAt(stage, Math.floor(chance() * took)) });
    if (outcome !== 'dead') return { died, outcome };
    died++;
    if (chance() < 0.5) stage.cloud.blackOut(stage.clock.now());
    // Nobody looks after it for a while.
    await stage.clock.sleep(chance() < 0.5 ? 0 : Math.floor(chance() * 900_000));
  }
}

function deathAt({ clock }: Stage, moment: number): Death {
  const death = new Death();
  void clock.sleep(moment).then(() => death.come());
  return death;
}

describe(`killed at ${deaths} random moments over all examples, runs and undos end as if nothing had happened`, () => {
  it.each(names)('%s', async (name) => {
    const chance = chanceOf(names.indexOf(name) + 1);
    const { took, undoTook, beginning, end, made, removed } = await undisturbed(name);
    let died = 0;
    while (died < Math.ceil(deaths / names.length)) {
      const stage = stageOf(planOfExample(name));
      const options = { parallel: 1 + Math.floor(chance() * 8) };
      const run = await withDeaths(stage, apply, took, chance, options);
      expect(failuresOf(stage)).toEqual([]);
      expect(run.outcome).toBe('complete');
      expect(stage.cloud.snapshot()).toEqual(end);
      expect(repeatedIn(stage.cloud.applied)).toEqual([]);
      expect(wordsIn(stage.cloud.applied)).toEqual(made);
      const changes = stage.cloud.applied.length;
      const back = await withDeaths(stage, undo, undoTook, chance, options);
      expect(failuresOf(stage)).toEqual([]);
      expect(back.outcome).toBe('complete');
      expect(stage.cloud.snapshot().things).toEqual(beginning.things);
      expect(repeatedIn(stage.cloud.applied.slice(changes))).toEqual([]);
      expect(wordsIn(stage.cloud.applied.slice(changes))).toEqual(removed);
      died += run.died + back.died;
    }
    expect(died).toBeGreaterThan(0);
  });
});
