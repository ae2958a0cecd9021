import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { mkdir, readdir, readFile, readlink, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { hostname, platform } from 'node:os';
import { join } from 'node:path';
import { kill, pid } from 'node:process';
import { lock } from 'proper-lockfile';
import * as z from 'zod';
import { codeOf, parseJson } from './session-file.ts';

/** The right to change a file, until it is released or the program ends. */
export interface Lock {
  /** True once somebody else removed or took over the lock. */
  readonly lost: () => boolean;
  readonly release: () => Promise<void>;
}

const holderSchema = z.object({ pid: z.number(), born: z.string().optional(), machine: z.string(), host: z.string(), since: z.string() });

/** Who holds a lock. */
export type Holder = z.infer<typeof holderSchema>;

/** Holds a file against other processes, taking over at once from one that is gone; tells who has it otherwise. */
export async function holdFile(file: string, now: Date): Promise<Lock | { readonly living: Holder | undefined }> {
  const holder: Holder = { pid, born: await birthOf(pid), machine: await machine(), host: hostname(), since: now.toISOString() };
  let living: Holder | undefined;
  for (let attempt = 0; attempt < 3 && !living; attempt++) {
    const held = await tryLock(file, holder);
    if (held) return held;
    living = await livingHolder(`${file}.lock`);
  }
  return { living };
}

async function tryLock(file: string, holder: Holder): Promise<Lock | undefined> {
  let lost = false;
  const onCompromised = () => {
    lost = true;
  };
  try {
    // Who lives is found by asking for the process, not by the age of the lock: a suspended program keeps what it holds.
    const release = await lock(file, {
      realpath: false,
      stale: Number.POSITIVE_INFINITY,
      update: 5000,
      onCompromised,
      fs: lockFiles(holder),
    });
    return { lost: () => lost, release: () => release().catch(() => undefined) };
  } catch (error) {
    if (codeOf(error) === 'ELOCKED') return undefined;
    throw error;
  }
}

/** The file functions for the library: a lock folder appears with its holder in it, so that no lock is ever without one. */
function lockFiles(holder: Holder) {
  const entry = `${holder.pid}-${randomUUID()}`;
  return {
    stat: fs.stat,
    utimes: fs.utimes,
    mkdir: (folder: string, done: (error?: unknown) => void) => void moveIn(folder, entry, holder).then(() => done(), done),
    rmdir: (folder: string, done: (error?: unknown) => void) =>
      void rm(join(folder, entry), { force: true })
        .then(() => rmdir(folder))
        .then(() => done(), done),
    rmdirSync: (folder: string) => [fs.rmSync(join(folder, entry), { force: true }), fs.rmdirSync(folder)],
  };
}

async function moveIn(folder: string, entry: string, holder: Holder): Promise<void> {
  const room = `${folder}.${randomUUID()}`;
  try {
    await mkdir(room, { mode: 0o700 });
    await writeFile(join(room, entry), JSON.stringify(holder), { mode: 0o600 });
    await rmdir(folder).catch(() => undefined);
    await rename(room, folder);
  } catch (error) {
    await rm(room, { recursive: true, force: true }).catch(() => undefined);
    const taken = ['ENOTEMPTY', 'EEXIST', ...(platform() === 'win32' ? ['EPERM', 'EACCES'] : [])].includes(codeOf(error));
    throw taken ? Object.assign(new Error('The lock is held.'), { code: 'EEXIST' }) : error;
  }
}

/** The process that holds a lock; removes holders that are gone. */
async function livingHolder(folder: string): Promise<Holder | undefined> {
  for (const entry of await readdir(folder).catch((error) => (codeOf(error) === 'ENOENT' ? [] : Promise.reject(error)))) {
    const parsed = parseJson(await readFile(join(folder, entry), 'utf8').catch(() => ''));
    const age = await stat(folder).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    const holder = 'json' in parsed ? holderSchema.safeParse(parsed.json).data : undefined;
    if (holder && (await lives(holder, age))) return holder;
    await rm(join(folder, entry), { force: true });
  }
  return undefined;
}

/** On another machine, and where the start of a process is not known, a living holder shows by refreshing its lock. */
async function lives(holder: Holder, age: number): Promise<boolean> {
  if (holder.machine !== (await machine())) return age < 60_000;
  try {
    kill(holder.pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  const born = await birthOf(holder.pid);
  return born === undefined || holder.born === undefined ? age < 60_000 : born === holder.born;
}

/** When a process started, in the kernel's words; undefined where /proc is not known. A dead one that nobody buried was never born. */
export async function birthOf(process: number): Promise<string | undefined> {
  const line = await readFile(`/proc/${process}/stat`, 'utf8').catch(() => undefined);
  const fields = line?.slice(line.lastIndexOf(')') + 2).split(' ');
  return fields && ['Z', 'X'].includes(fields[0] ?? '') ? '' : fields?.[19];
}

/** Within one machine, start and container, a process number means one process. */
export async function machine(): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return [hostname(), boot.trim(), await readlink('/proc/self/ns/pid').catch(() => '')].join(' ');
}
