import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Where plain mode reads and writes. */
export interface Streams {
  readonly input: Readable & { readonly isTTY?: boolean | undefined };
  readonly output: Writable;
}

/** Reads lines and appends lines; the only thing in plain mode that touches a stream. */
export interface Lines {
  /** Writes lines; nothing written is ever changed. */
  readonly tell: (...lines: readonly string[]) => void;
  /** Shows a prompt and waits for one line; undefined at the end of the input and at ctrl+c. */
  readonly next: (prompt: string) => Promise<string | undefined>;
  readonly close: () => void;
}

// Home screen and questions read the same input one after the other: what is typed ahead must not be lost between them.
const typedAhead = new WeakMap<Readable, string[]>();

/**
 * Opens the streams; nothing is read until a line is asked for. Ctrl+c ends the questions for good; with `onInterrupt` it only ends the
 * one that waits, and is handed over while none does.
 */
export function linesOf({ input, output }: Streams, onInterrupt?: () => void): Lines {
  const waiting = typedAhead.get(input) ?? [];
  typedAhead.set(input, waiting);
  let reader: Interface | undefined;
  let ended = false;
  let interrupted = false;
  let wake: (() => void) | undefined;
  const interrupt = (): void => {
    if (onInterrupt && !wake) onInterrupt();
    else {
      interrupted = true;
      wake?.();
    }
  };
  const watch = (): void => {
    if (input.isTTY && !process.listeners('SIGINT').includes(interrupt)) process.on('SIGINT', interrupt);
  };
  if (onInterrupt) watch();

  function open(): Interface {
    // Without "terminal" readline writes nothing and the terminal itself edits the line: no escape codes at all.
    const opened = createInterface({ input, terminal: false, crlfDelay: Number.POSITIVE_INFINITY });
    opened.on('line', (line) => {
      waiting.push(line);
      wake?.();
    });
    opened.on('close', () => {
      ended = true;
      wake?.();
    });
    return opened;
  }

  async function next(prompt: string): Promise<string | undefined> {
    // From the first prompt on, also while an answer is being saved, ctrl+c must not end the program at once.
    watch();
    output.write(prompt);
    const line = interrupted ? undefined : (waiting.shift() ?? (ended ? undefined : await arriving()));
    if (onInterrupt) interrupted = false;
    // A pipe shows nothing of what is typed: write it, so that the transcript can be read afterwards.
    if (!input.isTTY || line === undefined) output.write(`${harmless(line ?? '')}\n`);
    return line;
  }

  async function arriving(): Promise<string | undefined> {
    if (!reader && (input.readableEnded || input.destroyed)) return undefined;
    reader ??= open();
    reader.resume();
    while (waiting.length === 0 && !ended && !interrupted) await new Promise<void>((resolve) => (wake = resolve));
    wake = undefined;
    if (!ended) reader.pause();
    return interrupted ? undefined : waiting.shift();
  }

  const close = (): void => {
    process.removeListener('SIGINT', interrupt);
    reader?.close();
  };
  const tell = (...lines: readonly string[]): void => {
    output.write(lines.map((line) => `${harmless(line)}\n`).join(''));
  };
  return { tell, next, close };
}

/** Text without control characters and without marks that turn the direction of writing: a value must not steer the terminal. */
export function harmless(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ').replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}
