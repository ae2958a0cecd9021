import { describe, expect, it } from 'vitest';
import type { Pace } from '../../src/core/run/cloud.ts';
import type { Job } from '../../src/core/run/job.ts';
import { scheduleOf } from '../../src/core/run/schedule.ts';
import { planOfExample } from '../azure/acceptance/planned.ts';
import { apply, azurePace, failuresOf, jobsFor, stageOf } from './rehearsing.ts';

/** Every call takes half a second, whatever it does. */
const evenPace: Pace = { look: 500, accept: 250, change: () => 500 };
const plan = planOfExample('all-targets');
const jobs = jobsFor(plan);

const steps = new Map(plan.steps.map((step) => [step.key, step]));

/** What a step takes by itself: a look, and what it changes in turn. */
function costOf(job: Job, pace: Pace): number {
  return pace.look + turnOf(job, pace);
}

/** The part of it that goes in turn: the change and, but for an action, a look after it; an update is read before and after besides. */
function turnOf({ key, looksOnly, takes }: Job, pace: Pace): number {
  const step = steps.get(key);
  const looks = step?.id === undefined ? 0 : step.create.length === 0 ? 3 : 1;
  return looksOnly ? 0 : pace.change(takes) + looks * pace.look;
}

/** The least time that anybody could need for the jobs in their order, however many programs run at once. */
function criticalPath(pace: Pace): number {
  const byKey = new Map(jobs.map((job) => [job.key, job]));
  const { before } = scheduleOf(jobs);
  const ends = new Map<string, number>();
  const endOf = (key: string): number => {
    const job = byKey.get(key);
    if (!job) return 0;
    const known = ends.get(key) ?? Math.max(0, ...[...(before.get(key) ?? [])].map(endOf)) + costOf(job, pace);
    ends.set(key, known);
    return known;
  };
  const behind = new Map<string, string[]>();
  for (const [key, earlier] of before) for (const one of earlier) behind.set(one, [...(behind.get(one) ?? []), key]);
  const tails = new Map<string, number>();
  const tailOf = (key: string): number => {
    const known = tails.get(key) ?? Math.max(0, ...(behind.get(key) ?? []).map((one) => tailOf(one) + costOf(byKey.get(one) as Job, pace)));
    tails.set(key, known);
    return known;
  };
  const groups = Map.groupBy(
    jobs.filter(({ looksOnly }) => !looksOnly),
    ({ key, serial }) => serial ?? key,
  );
  // The first of those that go in turn looks before; of each the change and the look after it are made in its turn.
  const chains = [...groups.values()].map((group) => {
    const head = Math.min(...group.map((job) => endOf(job.key) - turnOf(job, pace)));
    return head + group.reduce((sum, job) => sum + turnOf(job, pace), 0) + Math.min(...group.map(({ key }) => tailOf(key)));
  });
  return Math.max(...chains, ...jobs.map(({ key }) => endOf(key)));
}

/** What it took, beside the critical path and beside what so many programs at once can do at best. */
async function measured(pace: Pace, parallel: number) {
  const stage = stageOf(plan);
  const outcome = await apply(stage, { pace, options: { parallel } });
  expect(failuresOf(stage)).toEqual([]);
  expect(outcome).toBe('complete');
  const [wall, critical] = [stage.clock.now(), criticalPath(pace)];
  const work = jobs.reduce((sum, job) => sum + costOf(job, pace), 0);
  const best = Math.max(critical, Math.ceil(work / parallel));
  return { parallel, wall, critical, ofCritical: wall / critical, best, ofBest: wall / best };
}

function line({ parallel, wall, critical, ofCritical, ofBest }: Awaited<ReturnType<typeof measured>>): string {
  return `${parallel} at once: ${wall / 1000} s, ${ofCritical.toFixed(2)} of the critical path (${critical / 1000} s), ${ofBest.toFixed(2)} of the best`;
}

describe('side by side', () => {
  it('all-targets takes at most 1.3 times its critical path when every call takes as long', async () => {
    const found = await Promise.all([2, 4, 8, 12, 16, 100].map((parallel) => measured(evenPace, parallel)));
    console.log(`every call 500 ms\n${found.map(line).join('\n')}`);
    for (const { parallel, ofCritical, ofBest } of found) {
      // Fewer than a dozen cannot do it, as so much work takes longer than the critical path; they come near to what so few can do.
      expect(ofBest).toBeLessThan(1.4);
      if (parallel >= 12) expect(ofCritical).toBeLessThan(1.3);
    }
  });

  it('all-targets takes at most 1.3 times its critical path with four programs at once when changes take as long as in Azure', async () => {
    const found = await Promise.all([1, 2, 4, 8, 100].map((parallel) => measured(azurePace, parallel)));
    console.log(`as long as in Azure\n${found.map(line).join('\n')}`);
    for (const { parallel, ofCritical, ofBest } of found) {
      expect(ofBest).toBeLessThan(1.3);
      if (parallel >= 4) expect(ofCritical).toBeLessThan(1.3);
    }
  });
});
