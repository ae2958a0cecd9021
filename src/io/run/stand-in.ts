import type { Cloud, Pace } from '../../core/run/cloud.ts';
import type { Child } from '../../core/run/events.ts';
import type { Ended } from '../../core/run/job.ts';
import { secondsOf } from '../../core/run/takes.ts';
import type { Clock, RunWorld } from './ports.ts';

/** The longest that one wait for the clock takes; a program that hangs is waited for again and again. */
const longest = 600_000;

/** How fast a rehearsal goes: what takes twenty minutes in Azure takes about two seconds, a few seconds a tenth of one. */
export const rehearsalPace: Pace = { look: 25, accept: 15, change: (takes) => Math.round(60 * Math.sqrt(secondsOf(takes))) };

/** What a rehearsal has in place of programs. */
export type StandIn = Pick<RunWorld, 'exec' | 'alive' | 'endChild'>;

/**
 * Starts made-up programs against a made-up cloud. Several may share one cloud, one after another: what a program began goes on without the one
 * who started it. `changed` is told whenever the cloud has become another one, so that it can be written down.
 */
export function standIn(cloud: Cloud, clock: Clock, pace: Pace = rehearsalPace, changed: () => void = () => {}): StandIn {
  return {
    exec: async (call, about) => {
      const started = clock.now();
      const pid = cloud.send(call, about, started, pace);
      const over = new AbortController();
      changed();
      return {
        ...(about.purpose === 'change' ? { child: { pid, started: String(started) } } : {}),
        ended: endOf(cloud, clock, pid, over.signal, changed),
        end: () => {
          cloud.kill(pid, clock.now());
          over.abort('ended');
        },
        leave: () => over.abort('left'),
      };
    },
    alive: async ({ pid, started }: Child) => cloud.runs(pid, started, clock.now()),
    endChild: async ({ pid, started }: Child) => {
      if (cloud.runs(pid, started, clock.now())) cloud.kill(pid, clock.now());
      changed();
    },
  };
}

/** Waits until a program has ended, or nobody wants to know any more. */
async function endOf(cloud: Cloud, clock: Clock, pid: number, over: AbortSignal, changed: () => void): Promise<Ended> {
  for (;;) {
    const ended = cloud.ended(pid);
    if (ended || over.aborted) return ended ?? { stdout: '', stderr: '' };
    const next = cloud.next(pid) ?? Number.POSITIVE_INFINITY;
    await clock.sleep(Math.min(Math.max(next - clock.now(), 0), longest), over);
    cloud.advance(clock.now());
    changed();
  }
}
