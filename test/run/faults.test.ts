import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/core/run/cloud.ts';
import { type Fault, faults } from '../../src/core/run/faults.ts';
import type { Job } from '../../src/core/run/job.ts';
import type { Decision, Failure } from '../../src/io/run/ports.ts';
import { planOfExample } from '../azure/acceptance/planned.ts';
import { apply, copyOf, failuresOf, jobsFor, repeatedIn, type Stage, stageOf, usual, wordsIn } from './rehearsing.ts';

const plan = planOfExample('all-targets');
const changing = jobsFor(plan).filter(({ looksOnly }) => !looksOnly);

/** What a person sees of each fault: nothing, or the known error at which the run stops. */
const known: Readonly<Record<Fault, string | undefined>> = {
  throttled: undefined,
  '500': undefined,
  '503': undefined,
  conflict: undefined,
  dropped: undefined,
  'dropped-after': undefined,
  forbidden: 'auth-failed',
  quota: 'quota-operation-not-allowed',
  policy: 'policy-denied',
  lock: 'lock-scope',
  late: 'late-failure',
  expired: 'signin-expired-grant',
  hang: 'too-late',
};

/** One time is enough where Azure is asked only once; rights may be about to arrive, so those are asked for again before the run stops. */
function timesOf(fault: Fault): number {
  const entry = plan.situation.catalog.errors.find(({ id }) => id === known[fault]);
  return entry?.retry === undefined ? 1 : 1 + (entry.tries ?? usual.retries);
}

/** A step that is about to begin in an undisturbed run, what had begun by then, and how those end when nothing goes wrong. */
interface Beginning {
  readonly stage: Stage;
  readonly only: (job: Job) => boolean;
  readonly end: Snapshot;
  readonly words: readonly string[];
}

async function beginnings(): Promise<Map<string, Beginning>> {
  const found = new Map<string, Beginning>();
  const stages = new Map<string, Stage>();
  const stage = stageOf(plan);
  await apply(stage, {
    around: (moment, event) => {
      if (moment === 'before' && event.type === 'start') stages.set(event.step, copyOf(stage));
    },
  });
  for (const [key, moment] of stages) {
    const begun = new Set([
      key,
      ...(moment.journals[0]?.entries ?? []).flatMap(({ event }) => (event.type === 'start' ? [event.step] : [])),
    ]);
    const only = (job: Job): boolean => begun.has(job.key);
    const quiet = copyOf(moment);
    expect(await apply(quiet, { only })).toBe('complete');
    found.set(key, { stage: moment, only, end: quiet.cloud.snapshot(), words: wordsIn(quiet.cloud.applied) });
  }
  return found;
}

const begun = await beginnings();

/** Lets one step go wrong; gives the failures that a person was asked about, and how the run ended. */
async function gone(stage: Stage, only: Beginning['only']) {
  const asked: Failure[] = [];
  const decide = (failure: Failure): Decision => {
    asked.push(failure);
    return failure.signIn ? 'signed in' : 'stop';
  };
  const outcome = await apply(stage, { only, decide, options: { timeout: 2_400_000 } });
  return { outcome, asked: asked.map(({ step, error }) => [step, error]) };
}

describe.each(faults)('%s at every step of all-targets that changes something', (fault) => {
  const error = known[fault];
  const stops = error !== undefined && fault !== 'expired';

  it(stops ? 'stops with what is known about it, and a resumed run is complete' : 'is got over', async () => {
    expect(changing.length).toBeGreaterThan(85);
    for (const [index, { key }] of changing.entries()) {
      const { stage: moment, only, end, words } = begun.get(key) as Beginning;
      const stage = copyOf(moment);
      stage.cloud.plant(key, fault, timesOf(fault));
      const { outcome, asked } = await gone(stage, only);
      expect(asked, key).toEqual(error === undefined ? [] : [[key, error]]);
      expect(outcome, key).toBe(stops ? 'failed' : 'complete');
      if (stops) expect(await apply(stage, { only }), `${key}\n${failuresOf(stage).join('\n')}`).toBe('complete');
      expect(stage.cloud.snapshot(), key).toEqual(end);
      expect(repeatedIn(stage.cloud.applied), key).toEqual([]);
      expect(wordsIn(stage.cloud.applied), key).toEqual(words);
      // The rest of the plan goes on as well; some times are enough to see it.
      if (index % 10 === 0) expect(await apply(stage), key).toBe('complete');
    }
  });
});
