import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';

const endOfFrame = '\u001B[?2026l';
const fewestCharacters = 40;

/**
 * A program that runs in a real pseudo-terminal, and the screen that a person would see.
 * @typedef {{columns?: number, rows?: number, cwd?: string, env?: Record<string, string | undefined>}} TerminalOptions
 */

/** Starts programs in a pseudo-terminal, sends keys, and reads the screen back. */
export class Terminal {
  /**
   * @param {string} file
   * @param {string[]} args
   * @param {TerminalOptions} [options]
   */
  constructor(file, args, options = {}) {
    const { columns = 100, rows = 30, cwd = process.cwd(), env = process.env } = options;
    this.screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
    this.output = '';
    this.lastByte = performance.now();
    this.started = performance.now();
    this.process = pty.spawn(file, args, {
      name: 'xterm-256color',
      cols: columns,
      rows,
      cwd,
      env: terminalEnvironment(env, columns, rows),
    });
    /** @type {Promise<number>} */
    this.exited = new Promise((resolve) => this.process.onExit(({ exitCode }) => resolve(exitCode)));
    /** @type {(() => void)[]} */
    this.listeners = [];
    this.process.onData((data) => {
      this.lastByte = performance.now();
      this.output += data;
      this.screen.write(data);
      for (const listener of this.listeners) listener();
    });
  }

  /**
   * Milliseconds from the start to the first full frame: the end of Ink's first synchronised update with text in it, or,
   * for a program without such updates, the last byte before the first pause of 150 ms.
   * @param {number} [limit]
   * @returns {Promise<number>}
   */
  async firstFrame(limit = 10_000) {
    return new Promise((resolve, reject) => {
      /** @type {NodeJS.Timeout | undefined} */
      let pause;
      const late = setTimeout(() => reject(new Error(`no frame within ${limit} ms`)), limit);
      const done = (/** @type {number} */ at) => {
        clearTimeout(late);
        clearTimeout(pause);
        this.listeners = this.listeners.filter((listener) => listener !== look);
        resolve(at - this.started);
      };
      const look = () => {
        clearTimeout(pause);
        if (visibleLength(this.output) < fewestCharacters) return;
        const { lastByte } = this;
        const end = this.output.lastIndexOf(endOfFrame);
        if (end >= 0 && visibleLength(this.output.slice(0, end)) >= fewestCharacters) done(lastByte);
        else pause = setTimeout(() => done(lastByte), 150);
      };
      this.listeners.push(look);
      look();
    });
  }

  /** @param {string} keys */
  send(keys) {
    // settle() has to wait for the answer too.
    this.lastByte = performance.now();
    this.process.write(keys);
  }

  /** Waits until nothing was written for a while. @param {number} [quiet] */
  async settle(quiet = 200) {
    while (performance.now() - this.lastByte < quiet) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => this.screen.write('', () => resolve(undefined)));
  }

  /** The lines of the screen, without spaces at their ends. */
  lines() {
    const buffer = this.screen.buffer.active;
    return Array.from({ length: this.screen.rows }, (_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? '');
  }

  /** Ends the program: asks it with Ctrl-C, then does not ask. @param {number} [patience] */
  async stop(patience = 2000) {
    this.send('\u0003');
    const ended = await Promise.race([this.exited, new Promise((resolve) => setTimeout(resolve, patience, undefined))]);
    if (ended === undefined) this.process.kill('SIGKILL');
    await this.exited;
  }
}

/** @param {string} output */
function visibleLength(output) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
  return output.replaceAll(/\u001B(\[[0-?]*[ -/]*[@-~]|[@-Z\\-_=>78])|\s/g, '').length;
}

/**
 * @param {Record<string, string | undefined>} env
 * @param {number} columns
 * @param {number} rows
 * @returns {Record<string, string>}
 */
function terminalEnvironment(env, columns, rows) {
  // Under CI a terminal counts as non-interactive, which is not what people see.
  const { CI: _ci, CONTINUOUS_INTEGRATION: _continuous, NO_COLOR: _colour, ...rest } = env;
  const own = { TERM: 'xterm-256color', COLORTERM: 'truecolor', COLUMNS: String(columns), LINES: String(rows) };
  return /** @type {Record<string, string>} */ ({ ...rest, ...own });
}
