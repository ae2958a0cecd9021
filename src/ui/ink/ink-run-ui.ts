import type { Word } from '../../core/glossary.ts';
import type { RunUi } from '../run-ui.ts';
import { type InkOptions, inkScreen } from './ink-screen.ts';
import { runFrame } from './run-frame.ts';
import { RunScreen } from './run-screen.ts';

/** Shows a run on the whole terminal until it is closed; its help explains words. */
export function inkRunUi(options: InkOptions, words?: () => readonly Word[]): RunUi {
  // What turns is for eyes that want it: without colour the screen keeps still.
  const run = new RunScreen(options.colour ?? true, words);
  let failure: { readonly error: unknown } | undefined;
  const source = {
    subscribe: run.subscribe,
    scene: run.scene,
    press: run.press,
    end: () => run.gone(),
    fail: (error: unknown) => {
      failure ??= { error };
      run.gone();
    },
  };
  const screen = inkScreen(options, source, runFrame);
  const shown = <T>(answer: T): T => {
    screen.start();
    return answer;
  };
  return {
    confirm: (overview) => shown(run.confirm(overview)),
    begin: (head, lines, handles) => shown(run.begin(head, lines, handles)),
    event: (event, now) => run.event(event, now),
    decide: (trouble) => run.decide(trouble),
    aside: async (task) => {
      await screen.stop();
      try {
        return await task();
      } finally {
        screen.start();
      }
    },
    hurry: () => run.hurry(),
    end: (ending) => run.end(ending),
    close: async () => {
      run.stopClock();
      await screen.stop();
      // A screen that cannot be painted ends the run as a lost terminal does; whoever closes it hears why.
      if (failure) throw failure.error;
    },
  };
}
