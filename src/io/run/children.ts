import { readdir, readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { kill } from 'node:process';
import { execa } from 'execa';
import type { Child } from '../../core/run/events.ts';
import { birthOf, machine } from '../file-lock.ts';
import { codeOf } from '../session-file.ts';

/** The variable of the environment by which a program that outlived us is found: the run and the step that started it. */
export const childMark = 'AMLGUIDE_STEP';

/** A program that was just started, as it is found again. */
export async function childOf(pid: number): Promise<Child> {
  return { pid, started: (await startOf(pid)) ?? '' };
}

/** Whether a program, or anything that it started in its group, is still there. */
export async function isAlive({ pid, started }: Child): Promise<boolean> {
  if (!exists(pid) && !exists(-pid)) return false;
  const now = await startOf(pid);
  // Whoever has the number now is another one; without a leader the group that it left has kept the number.
  return now === undefined ? exists(-pid) : now === started;
}

/** Ends a program and what it started; asks first, and does not ask after five seconds. */
export async function endChild(child: Child): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!(await isAlive(child))) return;
    signalGroup(child.pid, signal);
    for (let wait = 0; wait < 50 && (await isAlive(child)); wait++) await new Promise((done) => setTimeout(done, 100));
  }
}

/** Sends a signal to a program and its group. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    kill(platform() === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** The programs that carry a mark, by mark: those whose start was the last thing that a dead process did. Known on Linux alone. */
export async function markedChildren(prefix: string): Promise<Map<string, Child>> {
  const found = new Map<string, Child>();
  for (const entry of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(entry)) continue;
    const environment = await readFile(`/proc/${entry}/environ`, 'utf8').catch(() => '');
    const mark = environment.split('\0').find((line) => line.startsWith(`${childMark}=${prefix}`));
    if (mark !== undefined) found.set(mark.slice(childMark.length + 1), await childOf(Number(entry)));
  }
  return found;
}

function exists(pid: number): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** When and where a process started, in the words of its system; undefined when there is none. */
async function startOf(pid: number): Promise<string | undefined> {
  const born = await birthOf(pid);
  if (born !== undefined) return born === '' ? undefined : `${await machine()} ${born}`;
  if (platform() === 'linux') return undefined;
  const [program, words] =
    platform() === 'win32'
      ? ['powershell', ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`]]
      : ['ps', ['-o', 'lstart=', '-p', String(pid)]];
  const { stdout } = await execa(program as string, words as string[], { reject: false, stdin: 'ignore' });
  return stdout.trim() === '' ? undefined : stdout.trim();
}
