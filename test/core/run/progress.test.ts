import { describe, expect, test } from 'vitest';
import type { Progress, RunEvent } from '../../../src/core/run/events.ts';
import { countsOf, elapsedOf, plannedRun, progressed, type RunView, timeOf } from '../../../src/core/run/progress.ts';
import { restOf, spanOf } from '../../../src/core/run/rest.ts';

const head = { name: 'a', kind: 'apply', rehearsal: false } as const;
const lines = [
  { key: 'a', what: 'group a', takes: 'a minute', finished: false },
  { key: 'b', what: 'net b', takes: '2 to 5 minutes', finished: false },
  { key: 'c', what: 'key c', takes: 'up to ten minutes', finished: false },
];
const order: RunEvent = {
  type: 'run',
  kind: 'apply',
  rehearsal: false,
  program: '1',
  catalog: '1',
  steps: [
    { key: 'a', what: 'group a', digest: 'a', after: [] },
    { key: 'b', what: 'net b', digest: 'b', after: ['a'] },
    { key: 'c', what: 'key c', digest: 'c', after: ['a'] },
  ],
};

/** A run after events, each with its second. */
function viewAfter(...happened: readonly (readonly [number, RunEvent | Progress])[]): RunView {
  return happened.reduce((view, [second, event]) => progressed(view, event, second * 1000), plannedRun(head, lines));
}

const at = (view: RunView, key: string) => view.steps.find((step) => step.key === key);
const start = (step: string): RunEvent => ({ type: 'start', step, digest: step });
const change = (step: string, call = 0, of = 1): RunEvent => ({ type: 'change', step, what: 'create', call, of, words: [] });

describe('a step', () => {
  test('waits for others until it begins, and then for its place', () => {
    expect(viewAfter().steps.map(({ status }) => status)).toEqual(['open', 'open', 'open']);
    const view = viewAfter([1, start('a')]);
    expect(at(view, 'a')).toMatchObject({ status: 'queued', begun: 1000 });
    expect(countsOf(view)).toMatchObject({ all: 3, running: 0, open: 2 });
  });

  test('says what it does, Azure what it does, and since when', () => {
    const view = viewAfter(
      [1, start('a')],
      [2, change('a', 1, 3)],
      [2, { type: 'progress', step: 'a', doing: 'changing' }],
      [4, { type: 'progress', step: 'a', doing: 'waiting', note: 'Creating' }],
      [9, { type: 'progress', step: 'a', doing: 'waiting', note: 'Updating' }],
    );
    expect(at(view, 'a')).toMatchObject({ status: 'waiting', note: 'Updating', since: 4000, begun: 1000 });
    expect(at(viewAfter([1, change('a', 1, 3)], [2, { type: 'progress', step: 'a', doing: 'changing' }]), 'a')?.change).toEqual({
      what: 'create',
      call: 2,
      of: 3,
    });
  });

  test('keeps the reason and the moment of the next try, and drops both when it looks again', () => {
    const retrying = viewAfter(
      [1, start('a')],
      [3, { type: 'retry', step: 'a', after: 17_000, message: 'too many requests' }],
      [3, { type: 'progress', step: 'a', doing: 'retrying', note: 'other words' }],
    );
    expect(at(retrying, 'a')).toMatchObject({ status: 'retrying', note: 'too many requests', until: 20_000 });
    const looking = progressed(retrying, { type: 'progress', step: 'a', doing: 'looking' }, 20_000);
    expect(at(looking, 'a')).toEqual({
      key: 'a',
      what: 'group a',
      takes: 'a minute',
      after: [],
      status: 'looking',
      since: 20_000,
      begun: 1000,
    });
  });

  test('tells how it came to be right, and how long that took', () => {
    const view = viewAfter([1, start('a')], [2, change('a')], [13, { type: 'done', step: 'a', how: 'made' }]);
    expect(at(view, 'a')).toMatchObject({ status: 'done', how: 'made', took: 12_000 });
    expect(timeOf(at(view, 'a')!, 99_000)).toBe(12_000);
  });

  test('that failed and is skipped keeps why; what needed it took no time', () => {
    const view = viewAfter(
      [1, start('a')],
      [5, { type: 'failed', step: 'a', message: 'refused' }],
      [60, { type: 'skipped', step: 'a', because: 'group a' }],
      [60, { type: 'skipped', step: 'b', because: 'group a' }],
    );
    expect(at(view, 'a')).toMatchObject({ status: 'skipped', failure: 'refused', took: 4000 });
    expect(at(view, 'b')).toMatchObject({ status: 'skipped', note: 'group a' });
    expect(at(view, 'b')).not.toHaveProperty('took');
    expect(countsOf(view)).toMatchObject({ failed: 0, skipped: 2, open: 1 });
  });

  test('that failed and is tried again has no trace of it', () => {
    const view = viewAfter([1, start('a')], [5, { type: 'failed', step: 'a', message: 'refused' }], [60, start('a')]);
    expect(at(view, 'a')).toEqual({
      key: 'a',
      what: 'group a',
      takes: 'a minute',
      after: [],
      status: 'queued',
      since: 60_000,
      begun: 60_000,
    });
  });

  test('that was under way when the run ended is open again', () => {
    const view = viewAfter(
      [1, start('a')],
      [2, start('b')],
      [3, { type: 'left', step: 'a' }],
      [4, { type: 'end', outcome: 'interrupted' }],
    );
    expect(view.steps.map(({ status }) => status)).toEqual(['left', 'open', 'open']);
    expect(elapsedOf(view, 99_000)).toBe(3000);
  });

  test('of an earlier run is done, and no longer earlier once it is done again', () => {
    const view = plannedRun(head, [{ key: 'a', what: 'x', finished: true }]);
    expect(view.steps[0]).toMatchObject({ status: 'done', earlier: true });
    expect(progressed(view, start('a'), 1).steps[0]).not.toHaveProperty('earlier');
  });
});

test('time goes on while something runs', () => {
  const view = viewAfter([10, start('a')]);
  expect(elapsedOf(view, 25_000)).toBe(15_000);
  expect(timeOf(at(view, 'a')!, 25_000)).toBe(15_000);
  expect(timeOf(at(view, 'b')!, 25_000)).toBeUndefined();
});

test.each([
  ['a few seconds', [2, 10]],
  ['half a minute', [30, 30]],
  ['a minute', [60, 60]],
  ['a minute or two', [60, 120]],
  ['a few minutes', [120, 600]],
  ['5 to 15 minutes', [300, 900]],
  ['up to ten minutes', [0, 600]],
  ['half an hour', [1800, 1800]],
  ['1 to 10 minutes', [60, 600]],
] as const)('%s are seconds', (text, [least, most]) => expect(spanOf(text)).toEqual({ least: least * 1000, most: most * 1000 }));

test.each(['', 'long', 'some minutes', 'a moment', 'until it is over'])('%j says no number', (text) =>
  expect(spanOf(text)).toBeUndefined(),
);

describe('the rest', () => {
  test('is the longest chain, without the time that has gone', () => {
    expect(restOf(viewAfter([0, order]), 0)).toEqual({ least: 180_000, most: 660_000 });
    expect(restOf(viewAfter([0, order], [0, start('a')]), 40_000)).toEqual({ least: 140_000, most: 620_000 });
    expect(restOf(viewAfter([0, order], [0, start('a')], [5, { type: 'done', step: 'a', how: 'made' }]), 5000)).toEqual({
      least: 120_000,
      most: 600_000,
    });
  });

  test('is left away where it would be a guess', () => {
    const unknown = plannedRun(head, [...lines, { key: 'd', what: 'd', finished: false }]);
    expect(restOf(unknown, 0)).toBeUndefined();
    expect(restOf(plannedRun({ ...head, rehearsal: true }, lines), 0)).toBeUndefined();
    expect(restOf(viewAfter([1, { type: 'end', outcome: 'stopped' }]), 0)).toBeUndefined();
    expect(restOf(plannedRun(head, []), 0)).toBeUndefined();
  });
});
