import { describe, expect, it } from 'vitest';
import { type Fault, faults } from '../../src/core/run/faults.ts';
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
  late: 'arm-late-failure',
  expired: 'signin-expired-grant',
  hang: 'too-late',
};

/** One time is enough where Azure is asked only once; rights may be about to arrive, so those are asked for again before the run stops. */
function timesOf(fault: Fault): number {
  const entry = plan.situation.catalog.errors.find(({ id }) => id === known[fault]);
  return entry?.retry === undefined ? 1 : 1 + (entry.tries ?? usual.retries);
}

/** The moment before each step begins, in an undisturbed run, and how that one ends. */
async function undisturbed() {
  const stage = stageOf(plan);
  const before = new Map<string, { readonly stage: Stage; readonly applied: typeof stage.cloud.applied }>();
  await apply(stage, {
    around: (moment, event) => {
      if (moment === 'before' && event.type === 'start')
        before.set(event.step, { stage: copyOf(stage), applied: [...stage.cloud.applied] });
    },
  });
  return { before, end: stage.cloud.snapshot(), words: wordsIn(stage.cloud.applied) };
}

const { before, end, words } = await undisturbed();

describe.each(faults)('%s at every step of all-targets that changes something', (fault) => {
  it(
    known[fault] === undefined ? 'is got over without a question' : 'stops with what is known about it, and a resumed run is complete',
    async () => {
      expect(changing.length).toBeGreaterThan(85);
      for (const { key } of changing) {
        const begun = before.get(key);
        if (!begun) throw new Error(key);
        const stage = copyOf(begun.stage);
        stage.cloud.plant(key, fault, timesOf(fault));
        const asked: Failure[] = [];
        const decide = (failure: Failure): Decision => {
          asked.push(failure);
          return failure.signIn ? 'signed in' : 'stop';
        };
        const outcome = await apply(stage, { decide, options: { timeout: 2_400_000 } });
        const error = known[fault];
        expect(
          asked.map((one) => [one.step, one.error]),
          key,
        ).toEqual(error === undefined ? [] : [[key, error]]);
        if (fault !== 'expired' && error !== undefined) {
          expect(outcome, key).toBe('failed');
          expect(
            failuresOf(stage).map((line) => line.split(':')[0]),
            `${key}\n${failuresOf(stage).join('\n')}`,
          ).toEqual([key]);
          expect(await apply(stage), key).toBe('complete');
        } else expect(outcome, key).toBe('complete');
        expect(stage.cloud.snapshot(), key).toEqual(end);
        const applied = [...begun.applied, ...stage.cloud.applied];
        expect(repeatedIn(applied), key).toEqual([]);
        expect(wordsIn(applied), key).toEqual(words);
      }
    },
  );
});
