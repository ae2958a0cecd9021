import { unlink, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Call, Ended } from '../../core/run/job.ts';
import { childMark, childOf, signalGroup } from './children.ts';
import type { CallFor, Exec, Running } from './ports.ts';
import type { Program } from './programs.ts';

/** What programs are run with. */
export interface ExecOptions {
  /** Where the files lie that the commands name. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The programs by the first word of a command. */
  readonly programs: ReadonlyMap<string, Program>;
  /** Tells programs of this run from all others. */
  readonly run: string;
}

const mebibyte = 1024 * 1024;

/** Runs programs without a shell, each in a group of its own, so that a key that ends us does not end them. */
export function realExec(options: ExecOptions): Exec {
  return async (call, about) => {
    const [name = '', ...words] = call.words;
    const program = options.programs.get(name);
    if (!program) throw new Error(`${name} was not looked for`);
    await putFiles(options.folder, call);
    return start(program, words, options, about, () => takeFiles(options.folder, call));
  };
}

async function start(
  program: Program,
  words: readonly string[],
  options: ExecOptions,
  about: CallFor,
  after: () => Promise<void>,
): Promise<Running> {
  const child = execa(program.file, [...program.before, ...words], {
    cwd: options.folder,
    env: { ...options.environment, [childMark]: `${options.run}/${about.purpose}/${about.step}` },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    detached: platform() !== 'win32',
    cleanup: false,
    maxBuffer: 64 * mebibyte,
    windowsHide: true,
  });
  const ended = child.then(async ({ exitCode, stdout, stderr, shortMessage }): Promise<Ended> => {
    await after();
    // A program that never began says so only in the message.
    const words = stderr === '' && exitCode === undefined ? (shortMessage ?? '') : stderr;
    return { ...(exitCode === undefined ? {} : { code: exitCode }), stdout, stderr: words };
  });
  const { pid } = child;
  let killing: NodeJS.Timeout | undefined;
  child.finally(() => clearTimeout(killing)).catch(() => undefined);
  return {
    ...(pid === undefined || about.purpose !== 'change' ? {} : { child: await childOf(pid) }),
    ended,
    end: () => {
      if (pid === undefined) return;
      signalGroup(pid, 'SIGTERM');
      killing = setTimeout(() => signalGroup(pid, 'SIGKILL'), 5000);
      killing.unref();
    },
    leave: () => {
      child.nodeChildProcess.unref();
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
  };
}

async function putFiles(folder: string, { files = {} }: Call): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { mode: 0o600 });
}

async function takeFiles(folder: string, { files = {} }: Call): Promise<void> {
  for (const name of Object.keys(files)) await unlink(join(folder, name)).catch(() => undefined);
}
