// A person's own shell in a terminal, with job control, in which the program is one job among others.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Terminal } from '../../scripts/terminal.mjs';
import { node, program, quietEnvironment, room } from '../cli/run.ts';

/** Throws where nobody catches it, or rejects where nobody listens, as soon as a signal says so. */
const planted = `
process.on('SIGUSR2', () => { throw new Error('planted crash'); });
process.on('SIGPWR', () => { Promise.reject(new Error('planted rejection')); });
`;

/** An interactive bash and the folder that it is in. */
export interface Shell {
  readonly terminal: Terminal;
  readonly folder: string;
}

/** Opens an interactive bash whose prompt is »$ «; what it prints is what a person sees. */
export function openShell(more: Readonly<Record<string, string>> = {}, size = { columns: 100, rows: 30 }): Shell {
  const folder = mkdtempSync(join(room, 'shell-'));
  writeFileSync(join(folder, 'inputrc'), 'set enable-bracketed-paste off\n');
  writeFileSync(join(folder, 'planted.mjs'), planted);
  const env = quietEnvironment({
    AMLGUIDE_STATE_DIR: join(folder, 'state'),
    INPUTRC: join(folder, 'inputrc'),
    PS1: '$ ',
    HISTFILE: '',
    NODE_OPTIONS: `--import=${join(folder, 'planted.mjs')}`,
    ...more,
  });
  return { terminal: new Terminal('bash', ['--norc', '--noprofile', '-i'], { ...size, cwd: folder, env }), folder };
}

/** The command line that starts the program. */
export function commandLine(...words: readonly string[]): string {
  return [node, program, ...words].join(' ');
}

/** Types the command between two looks at the terminal's modes, and a word that says how it ended. */
export function begin({ terminal }: Shell, ...words: readonly string[]): void {
  terminal.send(
    `printf "\\033[2J\\033[H"; echo "what stood" there before; stty -a > before; ${commandLine(...words)}; echo "ended with" $?\r`,
  );
}

/** Waits until a line of the screen, or what was printed as a whole, is as wanted; painting may go on meanwhile. */
export async function sees({ terminal }: Shell, wanted: RegExp): Promise<string> {
  const end = Date.now() + 20_000;
  for (;;) {
    await new Promise<void>((resolve) => terminal.screen.write('', resolve));
    const text = terminal.lines().join('\n').trimEnd();
    if (wanted.test(text)) return text;
    if (Date.now() > end) throw new Error(`${wanted} did not come; the screen:\n${text}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The process of the program, which is the only child of the shell that runs Node. */
export function programPid({ terminal }: Shell): number {
  const { pid } = terminal.process;
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').at(-1));
}

/** Everything on the screen and above it. */
function scrollback({ screen }: Terminal): string {
  const { active } = screen.buffer;
  return Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '').join('\n');
}

/** The terminal is as the shell had it: its screen with what stood there, the cursor, no mode left behind, the same line settings. */
export async function expectGivenBack(shell: Shell): Promise<string> {
  const { terminal, folder } = shell;
  const text = await sees(shell, /^\$$/m);
  expect(scrollback(terminal).includes('what stood there before')).toBe(true);
  expect(terminal.screen.buffer.active.type).toBe('normal');
  const { bracketedPasteMode, mouseTrackingMode, sendFocusMode, applicationCursorKeysMode, originMode } = terminal.screen.modes;
  expect({ bracketedPasteMode, mouseTrackingMode, sendFocusMode, applicationCursorKeysMode, originMode }).toEqual({
    bracketedPasteMode: false,
    mouseTrackingMode: 'none',
    sendFocusMode: false,
    applicationCursorKeysMode: false,
    originMode: false,
  });
  expect(terminal.output.lastIndexOf('\u001B[?25h')).toBeGreaterThan(terminal.output.lastIndexOf('\u001B[?25l'));
  // Scrollback is never wiped, and no keyboard protocol is left on.
  expect(terminal.output.split('\u001B[').filter((part) => /^(3J|[>=<]\d*u)/.test(part))).toEqual([]);
  terminal.send('stty -a > after\r');
  await sees(shell, /stty -a > after\n\$$/);
  expect(readFileSync(join(folder, 'after'), 'utf8')).toBe(readFileSync(join(folder, 'before'), 'utf8'));
  return text;
}
