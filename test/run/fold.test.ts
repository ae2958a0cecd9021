import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventSchema, type JournalEntry, type RunEvent } from '../../src/core/run/events.ts';
import { fold, madeBy } from '../../src/core/run/fold.ts';
import type { Outputs, Undoing } from '../../src/core/run/job.ts';
import { undoJobsOf } from '../../src/core/run/undo-jobs.ts';
import { planOfExample } from '../azure/acceptance/planned.ts';
import { apply, jobsFor, stageOf, undo } from './rehearsing.ts';

const steps = ['a', 'b'];
const step = fc.constantFrom(...steps);
const event: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.record({ type: fc.constant('start' as const), step, digest: fc.constantFrom('1', '2') }),
  fc.record({
    type: fc.constant('change' as const),
    step,
    what: fc.constantFrom('create' as const, 'update' as const, 'act' as const),
    call: fc.nat(1),
    of: fc.constant(2),
    words: fc.constant(['az']),
  }),
  fc.record({ type: fc.constant('child' as const), step, child: fc.constant({ pid: 7, started: 'then' }) }),
  fc.record({ type: fc.constant('ended' as const), step, code: fc.constantFrom(0, 1) }),
  fc.record({ type: fc.constant('seen' as const), step, ours: fc.boolean() }),
  fc.record({ type: fc.constant('retry' as const), step, after: fc.constant(1), message: fc.constant('') }),
  fc.record({ type: fc.constant('done' as const), step, how: fc.constantFrom('made' as const, 'there' as const) }),
  fc.record({ type: fc.constant('failed' as const), step, message: fc.constant('no') }),
  fc.record({ type: fc.constant('skipped' as const), step, because: fc.constant('b') }),
  fc.record({ type: fc.constant('left' as const), step }),
);

function journalOf(events: readonly RunEvent[]): JournalEntry[] {
  return events.map((one, seq) => ({ seq, at: '2026-01-01T00:00:00Z', event: one }));
}

describe('a folded journal', () => {
  it('says done only of a step whose last word is done, with nothing half done about it', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        for (let length = 0; length <= events.length; length++) {
          const { steps: states } = fold(journalOf(events.slice(0, length)));
          for (const key of steps) {
            const last = events
              .slice(0, length)
              .findLast((one) => 'step' in one && one.step === key && one.type !== 'retry' && one.type !== 'child');
            const state = states.get(key);
            if (state?.status !== 'done') continue;
            expect(['done', 'ended', 'seen']).toContain(last?.type);
            expect(state.pending).toBeUndefined();
          }
        }
      }),
    );
  });

  it('remembers a change until its end, and never forgets one that nobody knows the end of', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), step, (events, key) => {
        const change: RunEvent = { type: 'change', step: key, what: 'create', call: 0, of: 1, words: ['az'] };
        const others = events.filter((one) => !('step' in one) || one.step !== key);
        const state = fold(journalOf([...events, { type: 'start', step: key, digest: '1' }, change, ...others])).steps.get(key);
        expect(state).toMatchObject({ status: 'unknown', pending: { call: 0, begun: true } });
      }),
    );
  });

  it('is the same after it was written down and read', async () => {
    const stage = stageOf(planOfExample('existing-subnet'));
    await apply(stage);
    await undo(stage);
    for (const { entries } of stage.journals)
      for (const { event: one } of entries) expect(eventSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
  });

  it('says done of nothing that is not right in the cloud, at any moment of a run', async () => {
    const stage = stageOf(planOfExample('compute-cluster'));
    const pace = { look: 0, accept: 0, change: () => 0 };
    let looks = 0;
    await apply(stage, {
      around: (moment) => {
        if (moment === 'before') return;
        const { steps: states } = fold(stage.journals[0]?.entries ?? []);
        const outputs: Outputs = Object.assign({}, ...[...states.values()].map((state) => state.outputs));
        for (const job of jobsFor(stage.plan).filter(({ key }) => states.get(key)?.status === 'done')) {
          const now = stage.clock.now();
          const pid = stage.cloud.send({ words: job.look(outputs) }, { step: job.key, purpose: 'look' }, now, pace);
          stage.cloud.advance(now);
          const { state } = job.judge(stage.cloud.ended(pid) ?? { stdout: '', stderr: '' }, outputs);
          // A later step may be at work on the same object.
          expect(['right', 'busy'], job.key).toContain(state);
          looks++;
        }
      },
    });
    expect(looks).toBeGreaterThan(500);
  });
});

describe('what is taken back', () => {
  const undoing: Undoing = { object: 'x', look: ['look', 'x'], remove: [], restore: { words: ['write', 'x'], file: 'x.json' } };
  const update = (key: string, before: number, after: number): RunEvent[] => [
    { type: 'start', step: key, digest: key },
    { type: 'change', step: key, what: 'update', call: 0, of: 1, words: [key], undo: undoing, before: { x: before } },
    { type: 'ended', step: key, code: 0 },
    { type: 'done', step: key, how: 'changed', body: { x: after } },
  ];

  it('is each of two updates of one object, the later one first', () => {
    const made = madeBy(journalOf([...update('a', 1, 2), ...update('b', 2, 3)]));
    expect(made.map(({ step: key, before, body }) => [key, before, body])).toEqual([
      ['a', { x: 1 }, { x: 2 }],
      ['b', { x: 2 }, { x: 3 }],
    ]);
    const jobs = undoJobsOf(made, false);
    expect(jobs.map(({ key, after }) => [key, after])).toEqual([
      ['a', ['b']],
      ['b', []],
    ]);
    expect(new Set(jobs.map(({ digest }) => digest)).size).toBe(2);
  });

  it('is one update by a step that made it twice, from what was there first to what is there last', () => {
    const made = madeBy(journalOf([...update('a', 1, 2), ...update('a', 2, 3)]));
    expect(made.map(({ before, body }) => [before, body])).toEqual([[{ x: 1 }, { x: 3 }]]);
  });

  it('is still the first update of a step when its second one changed nothing', () => {
    const [start, change] = update('a', 2, 3) as [RunEvent, RunEvent];
    const made = madeBy(journalOf([...update('a', 1, 2), start, change, { type: 'seen', step: 'a', ours: false }]));
    expect(made.map(({ before, body }) => [before, body])).toEqual([[{ x: 1 }, { x: 2 }]]);
  });

  it('is nothing that was removed already', async () => {
    const stage = stageOf(planOfExample('compute-cluster'));
    await apply(stage);
    await undo(stage);
    const left = madeBy(stage.journals.flatMap(({ entries }) => entries));
    expect(left.filter(({ undo: { kept } }) => kept === undefined)).toEqual([]);
    const { acts } = stage.cloud.snapshot();
    expect(acts).toEqual(
      left
        .filter(({ change }) => change === 'act')
        .map(({ undo: one }) => one.object)
        .sort(),
    );
  });
});
