import { platform } from 'node:os';
import { type Instance, render, useCursor, useInput, usePaste, useWindowSize } from 'ink';
import { useMemo, useSyncExternalStore } from 'react';
import type { Frame, Size } from './frame.ts';
import { type Press, pressesOf } from './keys.ts';
import { Rows } from './rows.tsx';
import type { Seen } from './state.ts';

/** The terminal that is taken over. */
export interface InkOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** false keeps to weight and signs, for NO_COLOR. */
  readonly colour?: boolean;
}

/** What is shown, and who takes the keys. */
export interface Source<Scene> {
  readonly subscribe: (listener: () => void) => () => void;
  readonly scene: () => Scene;
  readonly press: (press: Press, seen: Seen) => void;
  /** The terminal is gone. */
  readonly end: () => void;
  readonly fail: (error: unknown) => void;
}

/** Lays a scene out for a size of the terminal. */
export type Layout<Scene> = (scene: Scene, size: Size) => Frame;

/** A screen that takes the terminal over and gives it back, any number of times. */
export interface InkScreen {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** The full screen for a source of scenes. */
export function inkScreen<Scene>(options: InkOptions, source: Source<Scene>, layout: Layout<Scene>): InkScreen {
  let instance: Instance | undefined;
  let painting = 0;
  const over = (): void => source.end();
  const screen = () => (
    <Screen
      source={source}
      layout={layout}
      colour={options.colour ?? true}
      lastRow={platform() !== 'win32'}
      painting={painting}
      repaint={repaint}
    />
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
    const begun = render(screen(), {
      stdin: options.stdin,
      stdout: options.stdout,
      alternateScreen: true,
      incrementalRendering: true,
      maxFps: 60,
      exitOnCtrlC: false,
      patchConsole: false,
      interactive: true,
    });
    instance = begun;
    begun.waitUntilExit().then(
      () => (instance === begun ? over() : undefined),
      (error: unknown) => source.fail(error),
    );
  };
  const stop = async (): Promise<void> => {
    options.stdin.off('end', over);
    const ended = instance;
    instance = undefined;
    ended?.unmount();
    await ended?.waitUntilExit().catch(() => undefined);
    if (ended && options.stdin.isTTY) options.stdin.setRawMode(false);
    options.stdin.pause();
  };
  return { start, stop };
}

interface ScreenProps<Scene> {
  readonly source: Source<Scene>;
  readonly layout: Layout<Scene>;
  readonly colour: boolean;
  /** Whether the last row may be written: a Windows console would scroll. */
  readonly lastRow: boolean;
  /** How often everything was painted anew. */
  readonly painting: number;
  readonly repaint: () => void;
}

/** Paints the scene, and hands keys and pasted text to its source. */
function Screen<Scene>({ source, layout, colour, lastRow, painting, repaint }: ScreenProps<Scene>) {
  const { columns, rows } = useWindowSize();
  const scene = useSyncExternalStore(source.subscribe, source.scene);
  const frame = useMemo(() => layout(scene, { columns, rows: lastRow ? rows : rows - 1 }), [layout, scene, columns, rows, lastRow]);
  const { setCursorPosition } = useCursor();
  setCursorPosition(frame.cursor);
  useInput((input, key) => {
    for (const press of pressesOf(input, key)) {
      if (press.id === 'ctrl+l') repaint();
      else source.press(press, frame.seen);
    }
  });
  usePaste((text) => source.press({ id: 'paste', text }, frame.seen));
  return <Rows key={painting} lines={frame.lines} colour={colour} />;
}
