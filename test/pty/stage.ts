// A real terminal whose screens are compared with text that was reviewed.
import { join } from 'node:path';
import { expect } from 'vitest';
import { Terminal } from '../../scripts/terminal.mjs';
import { node, program, quietEnvironment } from '../cli/run.ts';
import { until } from './wizard-terminal.ts';

/** What is another one each time, and what stands for it: as wide, so that nothing moves; times of single steps go. */
const changing: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/draft-\d{8}-\d{4}/g, () => 'draft-20260102-0304'],
  [/\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?(?! \()/g, (text) => '2026-01-02 03:04:05'.slice(0, text.length)],
  [/\b\d{2}:\d{2}(?::\d{2})?(?= |$)/g, (text) => '00:00:00'.slice(0, text.length)],
  [/ · \d+ s$/g, () => ' · some time'],
  [/ +\d+ (?:s|min|min \d+ s)$/g, () => ''],
  [/process \d+/g, () => 'process 1'],
  [/\d+ min ago/g, () => 'just now'],
];

/** The size of a terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A program in a terminal, without colours unless they are wanted so that nothing turns, and the looks at its screens. */
export class Stage {
  readonly terminal: Terminal;
  private size: Size;

  constructor(words: readonly string[], folder: string, size: Size, { colour = false } = {}) {
    this.size = size;
    // An editor that changes nothing: random keys open it too.
    const env = quietEnvironment({ AMLGUIDE_STATE_DIR: join(folder, 'state'), VISUAL: 'true', EDITOR: 'true' });
    const script = `${colour ? 'FORCE_COLOR' : 'NO_COLOR'}=1 "$@"; echo "ended with $?"; sleep 60`;
    this.terminal = new Terminal('bash', ['-c', script, 'bash', node, program, ...words], { ...size, cwd: folder, env });
  }

  /** Sends keys and waits until the screen shows words and stands still. */
  async press(keys: string, wanted: RegExp): Promise<string> {
    if (keys !== '') this.terminal.send(keys);
    const look = (lines: readonly string[]) => (wanted.test(wordsOf(lines)) ? true : undefined);
    await until(this.terminal, look, `After ${JSON.stringify(keys)} in ${this.size.columns} columns ${wanted}`);
    for (let [before, same] = ['', 0]; same < 3; ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await new Promise<void>((resolve) => this.terminal.screen.write('', resolve));
      const now = this.text();
      same = now === before ? same + 1 : 0;
      before = now;
    }
    return this.text();
  }

  /** The screen as text, with what is another one each time masked. */
  text(): string {
    const mask = (line: string): string => changing.reduce((text, [pattern, by]) => text.replace(pattern, by), line).trimEnd();
    return `${this.terminal.lines().map(mask).join('\n').trimEnd()}\n`;
  }

  /** Compares the screen with the one that was reviewed. */
  async shot(name: string): Promise<void> {
    expect(this.broken(), `${name}: rows that are wider than the terminal`).toEqual([]);
    await expect(this.text()).toMatchFileSnapshot(`screens/${name}-${this.size.columns}.txt`);
  }

  /** Sends keys, waits for words, and compares. */
  async see(keys: string, wanted: RegExp, name: string): Promise<void> {
    await this.press(keys, wanted);
    await this.shot(name);
  }

  /** Waits for words of a program that only prints, and compares. */
  async printed(wanted: RegExp, name: string): Promise<void> {
    for (let tries = 0; !wanted.test(wordsOf(this.terminal.lines())) && tries < 500; tries++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await this.shot(name);
  }

  resize(size: Size): void {
    this.size = size;
    this.terminal.screen.resize(size.columns, size.rows);
    this.terminal.process.resize(size.columns, size.rows);
  }

  /** Rows that the terminal had to break; a shell may, a screen may not. */
  private broken(): string[] {
    const { buffer } = this.terminal.screen;
    if (buffer.active.type === 'normal') return [];
    return this.terminal.lines().filter((_, row) => buffer.active.getLine(buffer.active.viewportY + row)?.isWrapped);
  }

  end(): void {
    this.terminal.process.kill('SIGKILL');
  }
}

/** The words on a screen as one text, without what stands at the left of them and without boxes. */
export function wordsOf(lines: readonly string[]): string {
  return lines
    .map((line) => line.replace(/^[│┌├└].{26,48}[│┐┤┘]/, ''))
    .join(' ')
    .replace(/\s+/g, ' ');
}
