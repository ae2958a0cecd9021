import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/core/run/events.ts';
import { fold } from '../../src/core/run/fold.ts';
import type { Job } from '../../src/core/run/job.ts';
import { RunControl } from '../../src/io/run/control.ts';
import type { RunWorld } from '../../src/io/run/ports.ts';
import { run } from '../../src/io/run/runner.ts';
import { usual } from './rehearsing.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A world in which every program prints the same. */
function worldOf(stdout: string, code = 0) {
  const clock = new VirtualClock();
  const events: RunEvent[] = [];
  const calls: string[] = [];
  const world: RunWorld = {
    exec: async ({ words }) => {
      calls.push(words.join(' '));
      return { ended: Promise.resolve({ code: words[0] === 'look' ? 0 : code, stdout, stderr: '' }), end: () => {}, leave: () => {} };
    },
    clock,
    random: () => 0,
    write: async (event) => void events.push(event),
    tell: () => {},
    alive: async () => false,
    endChild: async () => {},
    explain: () => ({ message: 'refused', refused: true }),
    decide: async () => 'stop',
  };
  return { world, events, calls, clock };
}

/** Looks whether a name is free; when it is not, asks whether the one who has it is ours. */
const nameCheck: Job = {
  key: 'name',
  what: 'the name',
  after: [],
  looksOnly: false,
  digest: '1',
  facts: [],
  look: () => ['look'],
  judge: ({ stdout }) => (stdout === 'true' ? { state: 'right' } : { state: 'different', difference: stdout }),
  change: () => ({ what: 'act', calls: [{ words: ['ask'] }] }),
};

describe('an action', () => {
  it('whose probe stays as it is, is done when its words say so, without waiting for the probe', async () => {
    const { world, events, calls, clock } = worldOf('false');
    expect(await run([nameCheck], fold([]), world, new RunControl(), usual)).toBe('complete');
    expect(calls).toEqual(['look', 'ask']);
    expect(events.find(({ type }) => type === 'done')).toMatchObject({ how: 'acted' });
    expect(clock.now()).toBe(0);
  });

  it('whose words refuse has failed', async () => {
    const { world, events } = worldOf('false', 1);
    expect(await run([nameCheck], fold([]), world, new RunControl(), usual)).toBe('failed');
    expect(events.find(({ type }) => type === 'failed')).toMatchObject({ message: 'refused' });
  });
});
