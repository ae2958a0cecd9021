import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { python } from '../az.ts';

/** How a program ended. */
export interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const limit = 2;
let running = 0;
const waiting: (() => void)[] = [];

/** Runs a program with nothing but the given environment; never more than two at a time. */
export async function run(program: string, words: readonly string[], folder: string, environment: Record<string, string>): Promise<Ran> {
  if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    const { exitCode, stdout, stderr } = await execa(program, words, {
      cwd: folder,
      env: environment,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
    });
    return { exitCode, stdout, stderr };
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

/** Runs the run.sh of a folder. */
export function runScript(folder: string, environment: Record<string, string>): Promise<Ran> {
  return run('bash', ['run.sh'], folder, environment);
}

/** Runs a Python program of a folder. */
export function runProgram(folder: string, path: string, environment: Record<string, string>): Promise<Ran> {
  return run(python, [path], folder, environment);
}

/** Every az call of a folder so far, as its words. */
export function azCalls(folder: string): string[][] {
  const lines = readFileSync(join(folder, 'az.log'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as string[]);
}
