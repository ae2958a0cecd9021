import type { Writable } from 'node:stream';
import type { Progress, RunEvent } from '../core/run/events.ts';
import { RunClock } from './run-clock.ts';
import type { RunUi } from './run-ui.ts';

/** A run for programs: one JSON object a line. It asks nothing: whoever starts it has said yes already, and a failure stops it. */
export function jsonRunUi({ output }: { readonly output: Writable }): RunUi {
  const clock = new RunClock();
  clock.set(Date.now());
  const write = (line: object, at = clock.now()): void => {
    output.write(`${JSON.stringify({ at: new Date(at).toISOString(), ...line })}\n`);
  };
  return {
    confirm: async (overview) => {
      write({ type: 'overview', ...overview });
      return true;
    },
    begin: (head, lines) => write({ type: 'begin', ...head, steps: lines }),
    event: (event, now) => {
      clock.set(now);
      write(told(event), now);
    },
    decide: async (trouble) => {
      write({ type: 'trouble', ...trouble });
      return 'stop';
    },
    aside: (task) => task(),
    end: async (ending) => write({ type: 'ending', ...ending }),
    close: () => undefined,
  };
}

/** An event without what is only there for an undo: whole bodies of resources are nobody's progress. */
function told(event: RunEvent | Progress): object {
  if (event.type === 'change') {
    const { undo: _, before: __, ...rest } = event;
    return rest;
  }
  if (event.type !== 'done') return event;
  const { body: _, ...rest } = event;
  return rest;
}
