import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RunScreen } from '../../../src/ui/ink/run-screen.ts';
import { events, head, lines } from '../recorded-run.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const nothing = { stop: () => undefined, end: () => undefined, leave: () => undefined, log: () => [] };

/** A run at a second of the recorded one, and how often it was painted since. */
function watched(spins: boolean, second: number) {
  const run = new RunScreen(spins);
  run.begin(head, lines, nothing);
  for (const { event, now } of events) if (now <= events[0]!.now + second * 1000) run.event(event, now);
  vi.advanceTimersByTime(100);
  let painted = 0;
  run.subscribe(() => painted++);
  return { run, painted: () => painted };
}

test('what happens is painted with the next tick, ten times a second at most', () => {
  const { run, painted } = watched(false, 36);
  for (let index = 0; index < 1000; index++) {
    run.event({ type: 'progress', step: 'nat', doing: 'waiting', note: `State${index}` }, events[0]!.now + 36_100 + index);
    vi.advanceTimersByTime(1);
  }
  expect(painted()).toBeGreaterThanOrEqual(9);
  expect(painted()).toBeLessThanOrEqual(10);
});

test('a spinner turns ten times a second; without one the seconds alone are painted', () => {
  const turning = watched(true, 36);
  const still = watched(false, 36);
  const before = turning.painted();
  vi.advanceTimersByTime(3000);
  expect(turning.painted() - before).toBe(30);
  expect(still.painted()).toBe(3);
});

test('nothing turns while nothing runs, and nothing is painted after the end', () => {
  const { run, painted } = watched(true, 1);
  run.event({ type: 'done', step: 'look', how: 'there' }, events[0]!.now + 2000);
  vi.advanceTimersByTime(1000);
  expect(painted()).toBeLessThanOrEqual(2);
  void run.end({ outcome: 'stopped', next: [] });
  const after = painted();
  vi.advanceTimersByTime(5000);
  expect(painted()).toBe(after);
});

test('a log that lies over the run is not painted for a spinner', () => {
  const { run, painted } = watched(true, 36);
  run.press({ id: 'l', text: 'l' }, { page: 10, count: 15, preview: false });
  const opened = painted();
  vi.advanceTimersByTime(900);
  expect(painted() - opened).toBeLessThanOrEqual(1);
});
