import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/core/run/job.ts';
import { allBefore, scheduleOf } from '../../src/core/run/schedule.ts';
import { Slots, Turns } from '../../src/io/run/slots.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Jobs of which each may wait for any before it, and for one that is not in the list. */
const jobs: fc.Arbitrary<Job[]> = fc
  .array(
    fc.record({
      looksOnly: fc.boolean(),
      after: fc.array(fc.nat(20), { maxLength: 4 }),
      takes: fc.constantFrom('a minute', '5 to 15 minutes'),
    }),
    {
      maxLength: 20,
    },
  )
  .map((list) =>
    list.map(({ looksOnly, after, takes }, index) => ({
      key: String(index),
      what: '',
      after: [...after.filter((one) => one < index).map(String), 'elsewhere'],
      looksOnly,
      digest: '',
      takes,
      facts: [],
      look: () => [],
      judge: () => ({ state: 'right' }),
      change: () => undefined,
    })),
  );

describe('a schedule', () => {
  it('keeps every order that is asked for, waits for nothing that is not there, and never in a circle', () => {
    fc.assert(
      fc.property(jobs, (list) => {
        const { before } = scheduleOf(list);
        const keys = new Set(list.map(({ key }) => key));
        for (const { key, after } of list) {
          const waits = before.get(key) ?? new Set();
          for (const one of after) expect(waits.has(one)).toBe(keys.has(one));
          for (const one of waits) expect(keys.has(one)).toBe(true);
          expect(allBefore(key, before).has(key)).toBe(false);
        }
      }),
    );
  });

  it('puts looks that wait for no change before every change', () => {
    fc.assert(
      fc.property(jobs, (list) => {
        const { before } = scheduleOf(list);
        const changing = new Set(list.filter(({ looksOnly }) => !looksOnly).map(({ key }) => key));
        const after = new Map(list.map((job) => [job.key, new Set(job.after)]));
        const free = list.filter(({ key }) => !changing.has(key) && ![...allBefore(key, after)].some((one) => changing.has(one)));
        for (const key of changing) for (const look of free) expect(before.get(key)?.has(look.key)).toBe(true);
      }),
    );
  });

  it('ranks a job above all that wait for it', () => {
    fc.assert(
      fc.property(jobs, (list) => {
        const { before, rank } = scheduleOf(list);
        for (const [key, waits] of before) for (const one of waits) expect(rank.get(one)).toBeGreaterThan(rank.get(key) ?? 0);
      }),
    );
  });
});

const tasks = fc.array(fc.record({ takes: fc.nat(9), rank: fc.nat(3), text: fc.constantFrom('a', 'b', undefined), fails: fc.boolean() }), {
  maxLength: 25,
});

describe('slots', () => {
  it('never run more at once, always as many as they can, and all of them, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(tasks, fc.integer({ min: 1, max: 5 }), async (list, count) => {
        const [clock, slots] = [new VirtualClock(), new Slots(count)];
        let [running, most, ran] = [0, 0, 0];
        const all = list.map(({ takes, rank, fails }) =>
          slots.use(rank, async () => {
            most = Math.max(most, ++running);
            await clock.sleep(takes);
            running--;
            ran++;
            if (fails) throw new Error('planted');
          }),
        );
        const ends = await Promise.allSettled(all);
        expect(ran).toBe(list.length);
        expect(most).toBe(Math.min(count, list.length));
        expect(ends.map(({ status }) => status === 'rejected')).toEqual(list.map(({ fails }) => fails));
      }),
    );
  });

  it('let the highest rank go first, and who waited longest among equals', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 12 }), async (ranks) => {
        const [clock, slots] = [new VirtualClock(), new Slots(1)];
        const order: number[] = [];
        const first = slots.use(0, () => clock.sleep(1));
        const others = ranks.map((rank, index) => slots.use(rank, async () => void order.push(index)));
        await Promise.all([first, ...others]);
        const wanted = ranks.map((rank, index) => ({ rank, index })).toSorted((a, b) => b.rank - a.rank || a.index - b.index);
        expect(order).toEqual(wanted.map(({ index }) => index));
      }),
    );
  });
});

describe('turns', () => {
  it('go one after another for one text, in their order, and side by side otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(tasks, async (list) => {
        const [clock, turns] = [new VirtualClock(), new Turns()];
        const times: { begun: number; ended: number; waited: boolean }[] = [];
        const all = list.map(({ takes, text, fails }, index) =>
          turns.use(text, async (waited) => {
            const begun = clock.now();
            await clock.sleep(takes);
            times[index] = { begun, ended: clock.now(), waited };
            if (fails) throw new Error('planted');
          }),
        );
        await Promise.allSettled(all);
        const wanted = list.map(({ takes, text }, index) => {
          const earlier = text === undefined ? [] : list.slice(0, index).filter((one) => one.text === text);
          const begun = earlier.reduce((sum, one) => sum + one.takes, 0);
          return { begun, ended: begun + takes, waited: earlier.length > 0 };
        });
        expect(times).toEqual(wanted);
      }),
    );
  });
});
