import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { Terminal } from '../scripts/terminal.mjs';

export const down = '\u001B[B';
export const up = '\u001B[A';

/** How long after a byte another one may come, in milliseconds: a frame is 16. */
const pause = 40;

/**
 * A program in a terminal of 100 columns and 30 rows, once it shows something.
 * @param {string[]} args
 * @param {{cwd: string, env: Record<string, string | undefined>}} place
 */
export async function opened(args, place) {
  const terminal = new Terminal(process.execPath, args, { ...place, columns: 100, rows: 30 });
  await terminal.firstFrame(30_000);
  await terminal.settle();
  return terminal;
}

/**
 * Presses keys one after another, each once the screen is at rest.
 * @param {Terminal} terminal
 * @param {string[]} keys
 * @returns {Promise<{ms: number, bytes: number}[]>} from the key to the last byte that it caused, and how many bytes those were
 */
export async function pressed(terminal, keys) {
  const found = [];
  for (const key of keys) {
    const before = terminal.output.length;
    const sent = performance.now();
    terminal.send(key);
    await rest(terminal, before);
    if (terminal.output.length === before) throw new Error(`the key ${JSON.stringify(key)} changed nothing`);
    found.push({ ms: terminal.lastByte - sent, bytes: Buffer.byteLength(terminal.output.slice(before)) });
  }
  return found;
}

/**
 * Milliseconds from the start until the cursor of the first list has moved, for a key that is typed as soon as the list can be seen.
 * @param {string[]} args
 * @param {{cwd: string, env: Record<string, string | undefined>}} place
 */
export async function firstAnswer(args, place) {
  const terminal = new Terminal(process.execPath, args, { ...place, columns: 100, rows: 30 });
  const cursorRow = async () => {
    await new Promise((resolve) => terminal.screen.write('', () => resolve(undefined)));
    return terminal.lines().findIndex((line) => line.includes('❯'));
  };
  try {
    await terminal.firstFrame(30_000);
    const begin = await cursorRow();
    terminal.send(down);
    for (let row = begin; row === begin || row < 0; row = await cursorRow()) {
      if (performance.now() - terminal.started > 30_000) throw new Error('the first key is not answered');
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return performance.now() - terminal.started;
  } finally {
    await terminal.stop();
  }
}

/** @param {Terminal} terminal @param {number} before */
async function rest(terminal, before) {
  const limit = performance.now() + 2000;
  const quiet = () => terminal.output.length > before && performance.now() - terminal.lastByte > pause;
  while (!quiet() && performance.now() < limit) await new Promise((resolve) => setTimeout(resolve, 5));
}

/**
 * Milliseconds from a key to the end of the program.
 * @param {Terminal} terminal
 * @param {string} key
 */
export async function goneAfter(terminal, key) {
  const sent = performance.now();
  terminal.send(key);
  await terminal.exited;
  return performance.now() - sent;
}

/** The most memory that a running program has held so far, in MiB; only Linux tells. @param {Terminal} terminal */
export function peakOf(terminal) {
  if (platform() !== 'linux') throw new Error('only Linux tells the memory of another process');
  const text = readFileSync(`/proc/${terminal.process.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(text)?.[1]) / 1024;
}
