import { platform } from 'node:os';
import { copied, type Within } from './clipboard.ts';
import { firstPaint, frameFor, type Layout } from './first-frame.ts';
import type { Hands } from './hands.ts';
import type { Mounted } from './mounted.tsx';
import { remembered } from './remembered.ts';
import type { Source } from './screen.tsx';

/** The terminal that is taken over. */
export interface InkOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** false keeps to weight and signs, for NO_COLOR. */
  readonly colour?: boolean;
  /** true keeps to signs of ASCII. */
  readonly ascii?: boolean;
  /** What stands between the program and the terminal, and has to let a copied text through. */
  readonly within?: Within;
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

/** A screen that takes the terminal over and gives it back, any number of times. */
export interface InkScreen {
  readonly start: () => void;
  /** Resolves when keys are heard on the screen that was started last. */
  readonly ready: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The full screen for a source of scenes. */
export function inkScreen<Scene extends object>(options: InkOptions, source: Source<Scene>, layout: Layout<Scene>): InkScreen {
  const screen = new TakenTerminal(options, source, layout);
  return { start: () => screen.start(), ready: () => screen.ready, stop: () => screen.stop() };
}

// Paste mode off, the cursor shown, the shell's own screen.
const usual = '\u001B[?2004l\u001B[?25h\u001B[?1049l';

/** The terminal once: with its first frame alone, then with Ink, which is loaded meanwhile. */
interface Hold {
  ink?: Mounted;
}

/** The terminal while it is ours, and the ways to give it back; a class because all of them change what is on it. */
class TakenTerminal<Scene extends object> {
  private readonly options: InkOptions;
  private readonly source: Source<Scene>;
  private readonly layout: Layout<Scene>;
  private hold: Hold | undefined;
  ready: Promise<void> = Promise.resolve();
  /** Somebody else has the terminal for a while. */
  private lent = false;
  private painting = 0;
  private said = '';
  private listening: readonly (() => void)[] = [];
  private readonly hands: Hands;
  private readonly keys: Readonly<Record<string, () => void>>;

  constructor(options: InkOptions, source: Source<Scene>, layout: Layout<Scene>) {
    this.options = options;
    this.source = source;
    const { ascii = false } = options;
    // Ink's first frame is the one that was painted before it.
    const frames = remembered((scene: Scene, columns: number, rows: number) => frameFor(layout, scene, { columns, rows, ascii }));
    this.layout = (scene, { columns, rows }) => frames(scene, columns, rows);
    this.hands = { say: (text) => this.say(text), copy: (text) => this.copy(text), lend: (task) => this.lend(task) };
    this.keys = { 'ctrl+l': () => this.repaint(), ...(options.host?.stop ? { 'ctrl+z': () => void this.pause() } : {}) };
  }

  start(): void {
    const { stdin, host } = this.options;
    if (this.hold || this.lent) return;
    stdin.once('end', this.over);
    this.listening = host ? [host.onCrash(() => this.abandon()), host.onStop(() => void this.pause())] : [];
    // A key that comes before the first frame must not be echoed into it.
    if (stdin.isTTY) stdin.setRawMode(true);
    const hold: Hold = {};
    this.hold = hold;
    try {
      this.paintFirst();
    } catch (error) {
      this.source.fail(error);
      return;
    }
    this.ready = this.mount(hold).catch((error: unknown) => this.source.fail(error));
  }

  async stop(): Promise<void> {
    this.lent = false;
    await this.release();
  }

  private readonly over = (): void => this.source.end();

  /** The first frame stands before Ink is loaded, which takes as long as all before it; keys wait in the terminal. */
  private paintFirst(): void {
    const { stdout, colour = true } = this.options;
    if (!stdout.isTTY) return;
    // A terminal that does not know its size tells 0, and has the usual one until Ink has found out.
    const [columns, rows] = [stdout.columns || 80, stdout.rows || 24];
    const frame = this.layout(this.source.scene(), { columns, rows: lastRow ? rows : rows - 1 });
    stdout.write(firstPaint(frame, colour));
  }

  private async mount(hold: Hold): Promise<void> {
    const { mounted } = await import('./mounted.tsx');
    if (this.hold !== hold) return;
    const ink = mounted(this.options, this.screen());
    hold.ink = ink;
    ink.ended.then(
      () => (this.hold === hold ? this.over() : undefined),
      (error: unknown) => this.source.fail(error),
    );
  }

  private screen() {
    const { colour = true } = this.options;
    const { source, layout, painting, said, hands, keys } = this;
    return { source, layout, colour, painting, said, hands, keys, lastRow };
  }

  private say(text: string): void {
    if (this.said === text) return;
    this.said = text;
    this.hold?.ink?.show(this.screen());
  }

  private copy(text: string): void {
    const { sequence, says } = copied(text, this.options.within);
    if (sequence !== undefined) this.options.stdout.write(sequence);
    this.say(says);
  }

  /** What something else wrote on the screen is not in Ink's memory: all rows are painted anew. */
  private repaint(): void {
    const { ink } = this.hold ?? {};
    ink?.clear();
    this.options.stdout.write('\u001B[2J\u001B[H');
    this.painting++;
    ink?.show(this.screen());
  }

  private forget(): Hold | undefined {
    const { hold } = this;
    this.hold = undefined;
    this.options.stdin.off('end', this.over);
    for (const off of this.listening) off();
    this.listening = [];
    return hold;
  }

  private async release(): Promise<void> {
    const { stdin, stdout } = this.options;
    const ended = this.forget();
    if (ended && !ended.ink) stdout.write(usual);
    ended?.ink?.unmount();
    await ended?.ink?.ended.catch(() => undefined);
    if (ended) cooked(stdin);
    stdin.pause();
  }

  /** The shell gets its terminal as it was, and the screen comes back when the shell goes on with the job. */
  private async pause(): Promise<void> {
    const { stop } = this.options.host ?? {};
    if (stop && this.hold) await this.lend(stop);
  }

  private async lend<T>(task: () => Promise<T>): Promise<T> {
    this.lent = true;
    await this.release();
    try {
      return await task();
    } finally {
      // Ink lets go of the keyboard a moment after it has ended; taken back before that, it would be let go of too.
      await new Promise((resolve) => setImmediate(resolve));
      // Whoever closed the screen meanwhile does not want it back.
      const back = this.lent;
      this.lent = false;
      if (back) this.start();
    }
  }

  /** Nothing can be waited for any more, and Ink itself may be what broke. */
  private abandon(): void {
    const ended = this.forget();
    if (!ended) return;
    try {
      ended.ink?.unmount();
    } catch {
      // What broke is told already.
    }
    this.options.stdout.write(usual);
    cooked(this.options.stdin);
  }
}

// A Windows console would scroll.
const lastRow = platform() !== 'win32';

/** Gives lines and echo back to the shell; a terminal that is gone takes nothing. */
function cooked(stdin: NodeJS.ReadStream): void {
  if (!stdin.isTTY) return;
  try {
    stdin.setRawMode(false);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EIO') throw error;
  }
}
