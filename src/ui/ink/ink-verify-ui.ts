import type { Word } from '../../core/glossary.ts';
import type { VerifyUi } from '../verify-ui.ts';
import { type InkOptions, inkScreen } from './ink-screen.ts';
import { verifyFrame } from './verify-frame.ts';
import { VerifyScreen } from './verify-screen.ts';

/** Shows a verification on the whole terminal until it is closed; its help explains words. */
export function inkVerifyUi(options: InkOptions, words?: () => readonly Word[]): VerifyUi {
  // What turns is for eyes that want it: without colour the screen keeps still.
  const verify = new VerifyScreen(options.colour ?? true, words);
  let failure: { readonly error: unknown } | undefined;
  const source = {
    subscribe: verify.subscribe,
    scene: verify.scene,
    press: verify.press,
    end: () => verify.leave(),
    fail: (error: unknown) => {
      failure ??= { error };
      verify.leave();
    },
  };
  const screen = inkScreen(options, source, verifyFrame);
  return {
    begin: (head, handles) => {
      verify.begin(head, handles);
      screen.start();
    },
    found: (finding) => verify.found(finding),
    settled: (result) => verify.settled(result),
    leave: () => verify.leave(),
    close: async () => {
      verify.stopClock();
      await screen.stop();
      if (failure) throw failure.error;
    },
  };
}
