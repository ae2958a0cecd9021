import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import xterm from '@xterm/headless';

const names: Readonly<Record<string, string>> = {
  up: '\u001B[A',
  down: '\u001B[B',
  right: '\u001B[C',
  left: '\u001B[D',
  home: '\u001B[H',
  end: '\u001B[F',
  pageup: '\u001B[5~',
  pagedown: '\u001B[6~',
  delete: '\u001B[3~',
  enter: '\r',
  esc: '\u001B',
  tab: '\t',
  space: ' ',
  backspace: '\u007F',
  'ctrl+_': '\u001F',
};

/** A terminal in memory that really interprets what is written to it. */
export class FakeTerminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Everything that was written, escape sequences included. */
  written = '';
  raw = false;
  /** How much was written when the terminal became raw. */
  rawAt = -1;
  private readonly screen: InstanceType<typeof xterm.Terminal>;

  constructor(columns: number, rows: number) {
    this.screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
    const setRawMode = (raw: boolean) => {
      if (raw && !this.raw) this.rawAt = this.written.length;
      this.raw = raw;
    };
    this.stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode, ref() {}, unref() {} }) as unknown as NodeJS.ReadStream;
    const output = new PassThrough();
    output.on('data', (data: Buffer) => {
      this.written += data.toString();
      this.screen.write(data);
    });
    this.stdout = Object.assign(output, { isTTY: true, columns, rows }) as unknown as NodeJS.WriteStream;
  }

  /** Presses keys: names such as down or ctrl+p, or text as it is typed. */
  press(...keys: readonly string[]): void {
    for (const key of keys) {
      const control = /^ctrl\+([a-z])$/.exec(key)?.[1];
      this.stdin.push(control ? String.fromCharCode(control.charCodeAt(0) - 96) : (names[key] ?? key));
    }
  }

  /** Pastes text as a terminal with bracketed paste does. */
  paste(text: string): void {
    this.stdin.push(`\u001B[200~${text}\u001B[201~`);
  }

  resize(columns: number, rows: number): void {
    this.screen.resize(columns, rows);
    Object.assign(this.stdout, { columns, rows });
    this.stdout.emit('resize');
  }

  /** The rows on the screen now, without the spaces at their ends. */
  rows(): string[] {
    const { active } = this.screen.buffer;
    return Array.from({ length: this.screen.rows }, (_, y) => active.getLine(active.viewportY + y)?.translateToString(true) ?? '');
  }

  text(): string {
    return this.rows().join('\n');
  }

  /** Every row with what its characters look like: colour, weight, and what can be seen of a space too. */
  async looks(): Promise<string[]> {
    await new Promise<void>((resolve) => this.screen.write('', resolve));
    const { active } = this.screen.buffer;
    return this.rows().map((_row, y) => {
      const line = active.getLine(active.viewportY + y);
      return Array.from({ length: this.screen.cols }, (_cell, x) => {
        const cell = line?.getCell(x);
        const ink = cell?.getChars().trim() ?? '';
        const ground = [cell?.isInverse(), cell?.isUnderline()];
        const look = ink === '' ? ground : [...ground, cell?.getFgColor(), cell?.isBold(), cell?.isDim()];
        return `${ink}${look.some((one) => Number(one) > 0) ? look.join() : ''}`;
      }).join('|');
    });
  }

  cursor(): { readonly x: number; readonly y: number } {
    const { active } = this.screen.buffer;
    return { x: active.cursorX, y: active.cursorY };
  }

  /** The screen as soon as it holds a text or matches. */
  async see(wanted: string | RegExp): Promise<string> {
    await this.until(() => (typeof wanted === 'string' ? this.text().includes(wanted) : wanted.test(this.text())), String(wanted));
    return this.text();
  }

  /** The screen as soon as it no longer holds a text. */
  async gone(unwanted: string): Promise<string> {
    await this.until(() => !this.text().includes(unwanted), `no ${unwanted}`);
    return this.text();
  }

  /** Waits until something is so, and shows the screen when it never is. */
  async until(ready: () => boolean, what: string): Promise<void> {
    for (let tries = 0; !ready(); tries++) {
      if (tries > 600) throw new Error(`Waited in vain for ${what} on this screen:\n${this.text()}`);
      await sleep(5);
    }
  }
}
