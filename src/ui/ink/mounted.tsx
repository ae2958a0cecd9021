import { render } from 'ink';
import { beginning, taking } from './first-frame.ts';
import { Screen, type ScreenProps } from './screen.tsx';

// From the cursor, which is at the beginning, to the end of the screen.
const erasing = '\u001B[J';

/** Ink on a terminal. */
export interface Mounted {
  /** Rejects with what broke while it was painting. */
  readonly ended: Promise<unknown>;
  readonly unmount: () => void;
  readonly clear: () => void;
  show<Scene>(props: ScreenProps<Scene>): void;
}

/** The streams of a terminal. */
interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/** Gives a terminal, on whose other screen the first frame stands, to Ink, which paints the same frame over it and all that follow. */
export function mounted<Scene>({ stdin, stdout }: Terminal, props: ScreenProps<Scene>): Mounted {
  const ink = render(<Screen {...props} />, {
    stdin,
    stdout: stdout.isTTY ? taken(stdout) : stdout,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
  });
  return {
    ended: ink.waitUntilExit(),
    unmount: ink.unmount,
    clear: ink.clear,
    show: (next) => ink.rerender(<Screen {...next} />),
  };
}

/** A terminal whose other screen is not taken a second time, as some clear it then: what stands there goes in the update that brings the next frame. */
function taken(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  let first = true;
  const write = (chunk: string, ...rest: []): boolean => {
    if (!first) return stdout.write(chunk, ...rest);
    if (chunk === taking) return true;
    first = chunk !== beginning;
    return stdout.write(first ? chunk : `${chunk}${erasing}`, ...rest);
  };
  return new Proxy(stdout, {
    get: (_stream, name) => {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(stdout, name, stdout);
      return typeof value === 'function' ? value.bind(stdout) : value;
    },
  });
}
