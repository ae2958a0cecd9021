import { platform } from 'node:os';
import { type Instance, render, useCursor, useInput, usePaste, useWindowSize } from 'ink';
import { useMemo, useSyncExternalStore } from 'react';
import type { Frame, Size } from './frame.ts';
import { type Press, pressesOf } from './keys.ts';
import { Rows } from './rows.tsx';
import type { Seen } from './state.ts';
import { asciiLine } from './text.ts';

/** The terminal that is taken over. */
export interface InkOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** false keeps to weight and signs, for NO_COLOR. */
  readonly colour?: boolean;
  /** true keeps to signs of ASCII. */
  readonly ascii?: boolean;
  readonly host?: Host;
}

/** What the program can do about its own life, for a screen that has to give the terminal back before. */
export interface Host {
  /** Stops the job as the shell does it, until it is told to go on; absent where there is no job control. */
  readonly stop?: () => Promise<void>;
  /** Hears that somebody else asks it to stop, until the returned function is called; meanwhile that does not stop it. */
  readonly onStop: (heard: () => void) => () => void;
  /** Hears of an error that nobody caught, before anything is said about it, until the returned function is called. */
  readonly onCrash: (heard: () => void) => () => void;
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

// Paste mode off, the cursor shown, the shell's own screen.
const usual = '\u001B[?2004l\u001B[?25h\u001B[?1049l';

/** The full screen for a source of scenes. */
export function inkScreen<Scene>(options: InkOptions, source: Source<Scene>, layout: Layout<Scene>): InkScreen {
  const { stdin, stdout, host } = options;
  let instance: Instance | undefined;
  let paused = false;
  let painting = 0;
  let listening: readonly (() => void)[] = [];
  const over = (): void => source.end();
  const screen = () => (
    <Screen
      source={source}
      layout={layout}
      colour={options.colour ?? true}
      ascii={options.ascii ?? false}
      lastRow={platform() !== 'win32'}
      painting={painting}
      keys={{ 'ctrl+l': repaint, ...(host?.stop ? { 'ctrl+z': () => void pause() } : {}) }}
    />
  );
  // What something else wrote on the screen is not in Ink's memory: all rows are painted anew.
  const repaint = (): void => {
    instance?.clear();
    stdout.write('\u001B[2J\u001B[H');
    painting++;
    instance?.rerender(screen());
  };
  const start = (): void => {
    if (instance || paused) return;
    stdin.once('end', over);
    listening = host ? [host.onCrash(abandon), host.onStop(() => void pause())] : [];
    // A key that comes before the first frame must not be echoed into it.
    if (stdin.isTTY) stdin.setRawMode(true);
    const begun = render(screen(), {
      stdin,
      stdout,
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
  const taken = (): Instance | undefined => {
    const ended = instance;
    instance = undefined;
    stdin.off('end', over);
    for (const off of listening) off();
    listening = [];
    return ended;
  };
  const release = async (): Promise<void> => {
    const ended = taken();
    ended?.unmount();
    await ended?.waitUntilExit().catch(() => undefined);
    if (ended) cooked(stdin);
    stdin.pause();
  };
  // The shell gets its terminal as it was, and the screen comes back when the shell goes on with the job.
  const pause = async (): Promise<void> => {
    if (!host?.stop || !instance) return;
    paused = true;
    await release();
    await host.stop();
    if (!paused) return;
    paused = false;
    start();
  };
  // Nothing can be waited for any more, and Ink itself may be what broke.
  const abandon = (): void => {
    const ended = taken();
    if (!ended) return;
    try {
      ended.unmount();
    } catch {
      // What broke is told already.
    }
    stdout.write(usual);
    cooked(stdin);
  };
  const stop = async (): Promise<void> => {
    paused = false;
    await release();
  };
  return { start, stop };
}

/** Gives lines and echo back to the shell; a terminal that is gone takes nothing. */
function cooked(stdin: NodeJS.ReadStream): void {
  if (!stdin.isTTY) return;
  try {
    stdin.setRawMode(false);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EIO') throw error;
  }
}

interface ScreenProps<Scene> {
  readonly source: Source<Scene>;
  readonly layout: Layout<Scene>;
  readonly colour: boolean;
  readonly ascii: boolean;
  /** Whether the last row may be written: a Windows console would scroll. */
  readonly lastRow: boolean;
  /** How often everything was painted anew. */
  readonly painting: number;
  /** The keys of the screen itself, whatever it shows. */
  readonly keys: Readonly<Record<string, () => void>>;
}

/** Paints the scene, and hands keys and pasted text to its source. */
function Screen<Scene>({ source, layout, colour, ascii, lastRow, painting, keys }: ScreenProps<Scene>) {
  const { columns, rows } = useWindowSize();
  const scene = useSyncExternalStore(source.subscribe, source.scene);
  const frame = useMemo(() => {
    const made = layout(scene, { columns, rows: lastRow ? rows : rows - 1, ascii });
    return ascii ? { ...made, lines: made.lines.map((line) => asciiLine(line, columns)) } : made;
  }, [layout, scene, columns, rows, lastRow, ascii]);
  const { setCursorPosition } = useCursor();
  setCursorPosition(frame.cursor);
  useInput((input, key) => {
    for (const press of pressesOf(input, key)) {
      const own = keys[press.id];
      if (own) own();
      else hand(press);
    }
  });
  usePaste((text) => hand({ id: 'paste', text }));
  function hand(press: Press): void {
    try {
      source.press(press, frame.seen);
    } catch (error) {
      source.fail(error);
    }
  }
  return <Rows key={painting} lines={frame.lines} colour={colour} />;
}
