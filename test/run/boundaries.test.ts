import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/core/plan.ts';
import type { Applied } from '../../src/core/run/cloud.ts';
import { planOfExample } from '../azure/acceptance/planned.ts';
import { apply, copyOf, failuresOf, repeatedIn, type Stage, stageOf, undo, wordsIn } from './rehearsing.ts';

/** A moment in which a runner may be killed: what the journal and the cloud hold, and which changes were carried out by then. */
interface Moment {
  readonly name: string;
  readonly stage: Stage;
  readonly applied: readonly Applied[];
}

/** Runs a plan undisturbed; gives every moment just before and just after an event was written. */
async function momentsOf(stage: Stage, perform: typeof apply): Promise<Moment[]> {
  const moments: Moment[] = [];
  const outcome = await perform(stage, {
    around: (moment, { type }, number) =>
      moments.push({ name: `${moment} ${number} ${type}`, stage: copyOf(stage), applied: [...stage.cloud.applied] }),
  });
  expect(outcome).toBe('complete');
  return moments;
}

/** Goes on in a new process after a death; every second time the computer lost its power, so that no program survives. */
async function resumed({ name, stage, applied }: Moment, index: number, perform: typeof apply): Promise<Applied[]> {
  if (index % 2 === 1) stage.cloud.blackOut(stage.clock.now());
  const events = stage.journals.flatMap(({ entries }) => entries);
  const outcome = await perform(stage);
  expect(failuresOf(stage), name).toEqual([]);
  expect(outcome, name).toBe('complete');
  expect(stage.journals.flatMap(({ entries }) => entries).slice(0, events.length), name).toEqual(events);
  return [...applied, ...stage.cloud.applied];
}

async function everyDeath(plan: Plan, undoes: (index: number) => boolean): Promise<number> {
  const stage = stageOf(plan);
  const beginning = stage.cloud.snapshot();
  const moments = await momentsOf(stage, apply);
  const [end, changes] = [stage.cloud.snapshot(), wordsIn(stage.cloud.applied)];
  for (const [index, moment] of moments.entries()) {
    const applied = await resumed(moment, index, apply);
    expect(moment.stage.cloud.snapshot(), moment.name).toEqual(end);
    expect(repeatedIn(applied), moment.name).toEqual([]);
    expect(wordsIn(applied), moment.name).toEqual(changes);
    if (!undoes(index)) continue;
    expect(await undo(moment.stage), moment.name).toBe('complete');
    expect(moment.stage.cloud.snapshot().things, moment.name).toEqual(beginning.things);
  }
  return moments.length;
}

async function everyDeathOfUndo(plan: Plan): Promise<number> {
  const stage = stageOf(plan);
  const beginning = stage.cloud.snapshot();
  await apply(stage);
  const before = stage.cloud.applied.length;
  const moments = await momentsOf(stage, undo);
  const changes = wordsIn(stage.cloud.applied.slice(before));
  for (const [index, moment] of moments.entries()) {
    const applied = await resumed(moment, index, undo);
    // Only of a call whose end was written down can anybody know that it is over when no look shows it.
    const unseen = /^after \d+ ended/.test(moment.name);
    expect(repeatedIn(applied.slice(before), unseen), moment.name).toEqual([]);
    expect(wordsIn(applied.slice(before)), moment.name).toEqual(changes);
    expect(moment.stage.cloud.snapshot().things, moment.name).toEqual(beginning.things);
  }
  return moments.length;
}

const small = ['existing-subnet', 'compute-instance', 'virtual-machine', 'arc-training', 'hdinsight'];

describe('killed just before or after any event is written, a run that goes on in a new process repeats nothing and ends the same', () => {
  it('all-targets', async () => {
    expect(await everyDeath(planOfExample('all-targets'), (index) => index % 16 === 0)).toBeGreaterThan(900);
  }, 240_000);

  it.each(small)('%s, and is taken back', async (name) => {
    expect(await everyDeath(planOfExample(name), () => true)).toBeGreaterThan(50);
  });
});

describe('killed just before or after any event is written, an undo goes on', () => {
  it.each([...small, 'compute-cluster'])('%s', async (name) => {
    expect(await everyDeathOfUndo(planOfExample(name))).toBeGreaterThan(20);
  });
});
