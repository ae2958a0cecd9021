import type { Word } from '../../core/glossary.ts';
import type { HomeChoice, SavedSession, Ui } from '../ui.ts';
import { frameOf } from './frame.ts';
import { type InkOptions, inkScreen } from './ink-screen.ts';
import { Wizard } from './wizard.ts';

/** The full-screen wizard: a Ui, and the home screen before it on the same screen. */
export interface InkUi extends Ui {
  readonly home: (saved: readonly SavedSession[], words?: () => readonly Word[]) => Promise<HomeChoice>;
  readonly leave: () => void;
}

/** Takes the terminal over until it is closed. */
export function inkUi(options: InkOptions): InkUi {
  const wizard = new Wizard();
  const screen = inkScreen(
    options,
    {
      subscribe: wizard.subscribe,
      scene: wizard.scene,
      press: wizard.press,
      end: () => wizard.end(),
      fail: (error) => wizard.fail(error),
    },
    frameOf,
  );
  // The scene is set before the first frame, so that the first frame is the question.
  const shown = <T>(answer: Promise<T>): Promise<T> => {
    screen.start();
    return answer;
  };
  return {
    ask: (turn) => shown(wizard.ask(turn)),
    ready: screen.ready,
    update: (turn) => wizard.update(turn),
    home: (saved, words) => shown(wizard.home(saved, words)),
    leave: () => wizard.end(),
    close: screen.stop,
  };
}
