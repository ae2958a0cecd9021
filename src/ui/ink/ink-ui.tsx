import { platform } from 'node:os';
import { type Instance, render, useCursor, useInput, usePaste, useWindowSize } from 'ink';
import { useMemo, useSyncExternalStore } from 'react';
import type { HomeChoice, SavedSession, Ui } from '../ui.ts';
import { frameOf } from './frame.ts';
import { pressesOf } from './keys.ts';
import { Rows } from './rows.tsx';
import { Wizard } from './wizard.ts';

/** The terminal that the wizard takes over. */
export interface InkOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** false keeps to weight and signs, for NO_COLOR. */
  readonly colour?: boolean;
}

/** The full-screen wizard: a Ui, and the home screen before it on the same screen. */
export interface InkUi extends Ui {
  readonly home: (saved: readonly SavedSession[]) => Promise<HomeChoice>;
}

/** Takes the terminal over until it is closed. */
export function inkUi(options: InkOptions): InkUi {
  const wizard = new Wizard();
  let instance: Instance | undefined;
  let painting = 0;
  const over = (): void => wizard.end();
  const screen = () => (
    <Screen wizard={wizard} colour={options.colour ?? true} lastRow={platform() !== 'win32'} painting={painting} repaint={repaint} />
  );
  // What something else wrote on the screen is not in Ink's memory: all rows are painted anew.
  const repaint = (): void => {
    instance?.clear();
    options.stdout.write('\u001B[2J\u001B[H');
    painting++;
    instance?.rerender(screen());
  };
  const start = (): void => {
    if (instance) return;
    options.stdin.once('end', over);
    // A key that comes before the first frame must not be echoed into it.
    if (options.stdin.isTTY) options.stdin.setRawMode(true);
    instance = render(screen(), {
      stdin: options.stdin,
      stdout: options.stdout,
      alternateScreen: true,
      incrementalRendering: true,
      maxFps: 60,
      exitOnCtrlC: false,
      patchConsole: false,
      interactive: true,
    });
    instance.waitUntilExit().then(over, (error: unknown) => wizard.fail(error));
  };
  const close = async (): Promise<void> => {
    options.stdin.off('end', over);
    instance?.unmount();
    await instance?.waitUntilExit().catch(() => undefined);
    if (instance && options.stdin.isTTY) options.stdin.setRawMode(false);
    options.stdin.pause();
  };
  // The scene is set before the first frame, so that the first frame is the question.
  const shown = <T,>(answer: Promise<T>): Promise<T> => {
    start();
    return answer;
  };
  return { ask: (turn) => shown(wizard.ask(turn)), home: (saved) => shown(wizard.home(saved)), close };
}

interface ScreenProps {
  readonly wizard: Wizard;
  readonly colour: boolean;
  /** Whether the last row may be written: a Windows console would scroll. */
  readonly lastRow: boolean;
  /** How often everything was painted anew. */
  readonly painting: number;
  readonly repaint: () => void;
}

/** Paints the scene, and hands keys and pasted text to the wizard. */
export function Screen({ wizard, colour, lastRow, painting, repaint }: ScreenProps) {
  const { columns, rows } = useWindowSize();
  const scene = useSyncExternalStore(wizard.subscribe, wizard.scene);
  const frame = useMemo(() => frameOf(scene, { columns, rows: lastRow ? rows : rows - 1 }), [scene, columns, rows, lastRow]);
  const { setCursorPosition } = useCursor();
  setCursorPosition(frame.cursor);
  useInput((input, key) => {
    for (const press of pressesOf(input, key)) {
      if (press.id === 'ctrl+l') repaint();
      else wizard.press(press, frame.seen);
    }
  });
  usePaste((text) => wizard.press({ id: 'paste', text }, frame.seen));
  return <Rows key={painting} lines={frame.lines} colour={colour} />;
}
