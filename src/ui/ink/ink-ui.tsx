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
  const over = (): void => wizard.end();
  const start = (): void => {
    if (instance) return;
    options.stdin.once('end', over);
    instance = render(<Screen wizard={wizard} colour={options.colour ?? true} lastRow={platform() !== 'win32'} />, {
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
    options.stdin.pause();
  };
  // The scene is set before the first frame, so that the first frame is the question.
  const shown = <T,>(answer: Promise<T>): Promise<T> => {
    start();
    return answer;
  };
  return { ask: (turn) => shown(wizard.ask(turn)), home: (saved) => shown(wizard.home(saved)), close };
}

/** The home screen alone, for callers that have no wizard yet. */
export async function inkHome(saved: readonly SavedSession[], options: InkOptions): Promise<HomeChoice> {
  const ui = inkUi(options);
  try {
    return await ui.home(saved);
  } finally {
    await ui.close();
  }
}

interface ScreenProps {
  readonly wizard: Wizard;
  readonly colour: boolean;
  /** Whether the last row may be written: a Windows console would scroll. */
  readonly lastRow: boolean;
}

/** Paints the scene, and hands keys and pasted text to the wizard. */
export function Screen({ wizard, colour, lastRow }: ScreenProps) {
  const { columns, rows } = useWindowSize();
  const scene = useSyncExternalStore(wizard.subscribe, wizard.scene);
  const frame = useMemo(() => frameOf(scene, { columns, rows: lastRow ? rows : rows - 1 }), [scene, columns, rows, lastRow]);
  const { setCursorPosition } = useCursor();
  setCursorPosition(frame.cursor);
  useInput((input, key) => {
    for (const press of pressesOf(input, key)) wizard.press(press, frame.seen);
  });
  usePaste((text) => wizard.press({ id: 'paste', text }, frame.seen));
  return <Rows lines={frame.lines} colour={colour} />;
}
