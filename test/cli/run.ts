// Runs the built program in a child process, as a shell would.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';

/** The program as it is published. */
export const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** The Node that the program is meant for, whatever started the tests. */
export const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

/** What became of a run. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a run differs from the usual one. */
export interface RunOptions {
  readonly input?: string | Buffer;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly program?: string;
}

/** A folder of this test file, which goes with it; sessions lie in it too. */
export const room = mkdtempSync(join(tmpdir(), 'amlguide-cli-'));

afterAll(() => rmSync(room, { recursive: true, force: true }));

/** An environment in which nothing of this machine changes what the program does. */
export function quietEnvironment(more: RunOptions['env'] = {}): NodeJS.ProcessEnv {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ACCESSIBLE: _accessible, INK_SCREEN_READER: _reader, ...rest } = process.env;
  return { ...rest, LC_ALL: 'C.UTF-8', AMLGUIDE_STATE_DIR: join(room, 'state'), TERM: 'xterm-256color', ...more };
}

/** Runs the program with arguments and waits for its end. */
export async function amlguide(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = spawn(node, [options.program ?? program, ...args], {
    cwd: options.cwd ?? room,
    env: quietEnvironment(options.env),
    stdio: 'pipe',
    timeout: 25_000,
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}

/** Runs that two cores do side by side. */
export async function inPairs<T, R>(all: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < all.length; at += 2) results.push(...(await Promise.all(all.slice(at, at + 2).map(run))));
  return results;
}

/** A refusal as people should get it: exit code 2, words on stderr, nothing on stdout, no trace of the program's inside. */
export function expectRefusal(ran: Ran, ...says: readonly (string | RegExp)[]): void {
  expect(ran.stderr).not.toMatch(/bug of amlguide|\n\s+at .*:\d+:\d+|undefined|\[object/);
  for (const one of says) expect(ran.stderr).toMatch(one);
  expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 2, stdout: '' });
}

/** The files of a folder with their bytes as text. */
export function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(names.map((one) => [one.name, readFileSync(join(one.parentPath, one.name), 'latin1')]).sort());
}

/** Writes a file into the folder of the tests and gives its path. */
export function planted(name: string, content: string | Buffer): string {
  const path = join(room, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** The names of the examples. */
export const examples = ['compute-cluster', 'compute-instance', 'existing-subnet', 'no-public-ip'] as const;
