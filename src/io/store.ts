import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { mkdir, readdir, readFile, readlink, rename, rm, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { homedir, hostname, platform } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { kill, pid } from 'node:process';
import envPaths from 'env-paths';
import { lock } from 'proper-lockfile';
import { z } from 'zod';
import { nearest, UserError } from '../core/errors.ts';
import { emptySession, type Session } from '../core/session.ts';
import type { Listed } from './session-file.ts';
import * as disk from './session-file.ts';
import { type StoredSession, sessionFormat } from './stored-session.ts';

/** The folder of the session files, and the clock. */
export interface Store {
  readonly folder: string;
  readonly now: () => Date;
}

/** The versions that a session file notes. */
export interface Versions {
  readonly catalog: string;
  readonly program: string;
}

/** The right to change a session, until it is released or the program ends. */
export interface SessionLock {
  /** True once somebody else removed or took over the lock. */
  readonly lost: () => boolean;
  readonly release: () => Promise<void>;
}

/** The state folder: AMLGUIDE_STATE_DIR, else the one that the platform has for it. */
export function stateFolder(environment: Readonly<Record<string, string | undefined>>): string {
  if (environment.AMLGUIDE_STATE_DIR) return resolve(environment.AMLGUIDE_STATE_DIR);
  const { log, data } = envPaths('amlguide', { suffix: '' });
  // The library has XDG's state folder under `log`; elsewhere its log folders are swept by cleaners.
  const folder = platform() === 'linux' ? log : data;
  return isAbsolute(folder) ? folder : join(homedir(), '.local', 'state', 'amlguide');
}

/** The sessions of a state folder; touches nothing yet. */
export function openStore(folder: string, now: () => Date = () => new Date()): Store {
  return { folder: join(folder, 'sessions'), now };
}

/** Creates a session; refuses a name that is taken, also by a damaged or newer file. */
export async function createSession(
  store: Store,
  name: string,
  versions: Versions,
  session: Session = emptySession,
): Promise<StoredSession> {
  const created = store.now().toISOString();
  const stored: StoredSession = { format: sessionFormat, name, ...versions, created, updated: created, session };
  await createStored(store, stored);
  return stored;
}

async function createStored(store: Store, stored: StoredSession): Promise<void> {
  const file = disk.sessionFileOf(store.folder, stored.name);
  await disk.makeFolder(store.folder);
  if (await disk.createFile(file, disk.sessionText(stored))) return;
  throw new UserError({
    what: `There is a session ${stored.name} already.`,
    where: file,
    hint: `Choose another name, or go on with it: amlguide resume ${stored.name}`,
  });
}

/** Loads a session; refuses one that is missing, damaged or from a newer version. */
export async function loadSession(store: Store, name: string): Promise<StoredSession> {
  const file = disk.sessionFileOf(store.folder, name);
  const found = await disk.readSessionFile(file);
  if (found.state === 'missing') throw await noSession(store, name, file);
  if (found.state !== 'sound') throw disk.refusal(name, file, found.state, found.reason);
  return disk.withNameOf(file, found.stored);
}

/** Saves a session and gives it back as saved, to be handed to the next save; refuses to write over what another process changed. */
export async function saveSession(store: Store, stored: StoredSession): Promise<StoredSession> {
  const file = disk.sessionFileOf(store.folder, stored.name);
  await disk.makeFolder(store.folder);
  const found = await disk.readSessionFile(file);
  if (found.state === 'damaged' || found.state === 'newer') throw disk.refusal(stored.name, file, found.state, found.reason);
  if (found.state === 'sound' && (found.stored.updated !== stored.updated || found.stored.created !== stored.created)) {
    const hint = `Your last answer was not saved. Leave and open it again: amlguide resume ${stored.name}`;
    throw new UserError({ what: `Another program changed the session ${stored.name} in the meantime.`, where: file, hint });
  }
  const saved = { ...stored, updated: store.now().toISOString() };
  await disk.replaceFile(file, disk.sessionText(saved));
  return saved;
}

/** All sessions, the one changed last first. */
export async function listSessions(store: Store): Promise<Listed[]> {
  const names = await entriesOf(store, 'The sessions cannot be listed');
  const files = names.filter((entry) => entry.endsWith('.json')).map((entry) => join(store.folder, entry));
  const listed: Listed[] = [];
  // In portions, since some systems allow few open files.
  for (let at = 0; at < files.length; at += 64) {
    for (const one of await Promise.all(files.slice(at, at + 64).map(disk.listedOf))) if (one) listed.push(one);
  }
  return listed.sort((a, b) => b.updated.localeCompare(a.updated) || a.name.localeCompare(b.name));
}

/** Renames a session; refuses a name that is taken. A change of capitals alone is allowed. */
export async function renameSession(store: Store, from: string, to: string): Promise<StoredSession> {
  const [file, target] = [disk.sessionFileOf(store.folder, from), disk.sessionFileOf(store.folder, to)];
  const held = await lockSession(store, from);
  try {
    const stored = { ...(await loadSession(store, from)), name: to };
    if (file === target) return await saveSession(store, stored);
    await createStored(store, stored);
    await unlink(file).catch((error) => Promise.reject(disk.diskProblem(error, `${to} was made, but ${from} was not removed`, file)));
    return stored;
  } finally {
    await held.release();
  }
}

/** Deletes a session, also a damaged one. */
export async function deleteSession(store: Store, name: string): Promise<void> {
  const file = disk.sessionFileOf(store.folder, name);
  const held = await lockSession(store, name);
  try {
    await unlink(file);
  } catch (error) {
    throw disk.codeOf(error) === 'ENOENT'
      ? await noSession(store, name, file)
      : disk.diskProblem(error, `The session ${name} was not deleted`, file);
  } finally {
    await held.release();
  }
}

async function entriesOf(store: Store, what: string): Promise<string[]> {
  try {
    return await readdir(store.folder);
  } catch (error) {
    if (disk.codeOf(error) === 'ENOENT') return [];
    throw disk.diskProblem(error, what, store.folder);
  }
}

async function noSession(store: Store, name: string, file: string): Promise<UserError> {
  const known = (await entriesOf(store, 'The sessions cannot be listed'))
    .filter((entry) => entry.endsWith('.json'))
    .map((entry) => entry.slice(0, -5));
  const near = nearest(name.toLowerCase(), known);
  return new UserError({
    what: `There is no session ${name}.`,
    where: file,
    hint: near ? `Did you mean ${near}?` : 'See which there are: amlguide sessions',
  });
}

const holderSchema = z.object({ pid: z.number(), born: z.string().optional(), machine: z.string(), host: z.string(), since: z.string() });

/** Who holds a lock. */
type Holder = z.infer<typeof holderSchema>;

/** Locks a session against other processes; takes over at once from a process that is gone. */
export async function lockSession(store: Store, name: string): Promise<SessionLock> {
  const file = disk.sessionFileOf(store.folder, name);
  await disk.makeFolder(store.folder);
  const holder: Holder = { pid, born: await birthOf(pid), machine: await machine(), host: hostname(), since: store.now().toISOString() };
  let living: Holder | undefined;
  try {
    for (let attempt = 0; attempt < 3 && !living; attempt++) {
      const held = await tryLock(file, holder);
      if (held) return held;
      living = await livingHolder(`${file}.lock`);
    }
  } catch (error) {
    throw disk.diskProblem(error, `The session ${name} cannot be opened`, file);
  }
  throw inUse(name, file, living);
}

async function tryLock(file: string, holder: Holder): Promise<SessionLock | undefined> {
  let lost = false;
  const onCompromised = () => {
    lost = true;
  };
  try {
    // Who lives is found by asking for the process, not by the age of the lock: a suspended program keeps its session.
    const release = await lock(file, {
      realpath: false,
      stale: Number.POSITIVE_INFINITY,
      update: 5000,
      onCompromised,
      fs: lockFiles(holder),
    });
    await disk.sweep(file);
    return { lost: () => lost, release: () => release().catch(() => undefined) };
  } catch (error) {
    if (disk.codeOf(error) === 'ELOCKED') return undefined;
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
    const taken = ['ENOTEMPTY', 'EEXIST', ...(platform() === 'win32' ? ['EPERM', 'EACCES'] : [])].includes(disk.codeOf(error));
    throw taken ? Object.assign(new Error('The lock is held.'), { code: 'EEXIST' }) : error;
  }
}

/** The process that holds a lock; removes holders that are gone. */
async function livingHolder(folder: string): Promise<Holder | undefined> {
  for (const entry of await readdir(folder).catch((error) => (disk.codeOf(error) === 'ENOENT' ? [] : Promise.reject(error)))) {
    const parsed = disk.parseJson(await readFile(join(folder, entry), 'utf8').catch(() => ''));
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
    if (disk.codeOf(error) === 'ESRCH') return false;
  }
  const born = await birthOf(holder.pid);
  return born === undefined || holder.born === undefined ? age < 60_000 : born === holder.born;
}

/** When a process started, in the kernel's words; undefined where /proc is not known. A dead one that nobody buried was never born. */
async function birthOf(process: number): Promise<string | undefined> {
  const line = await readFile(`/proc/${process}/stat`, 'utf8').catch(() => undefined);
  const fields = line?.slice(line.lastIndexOf(')') + 2).split(' ');
  return fields && ['Z', 'X'].includes(fields[0] ?? '') ? '' : fields?.[19];
}

/** Within one machine, start and container, a process number means one process. */
async function machine(): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return [hostname(), boot.trim(), await readlink('/proc/self/ns/pid').catch(() => '')].join(' ');
}

function inUse(name: string, file: string, holder: Holder | undefined): UserError {
  if (holder?.pid === pid)
    return new UserError({
      what: `The session ${name} is open in this program already.`,
      where: file,
      hint: 'Leave it first; every answer is kept.',
    });
  const who = holder ? ` (process ${holder.pid} on ${holder.host}, since ${holder.since.slice(0, 16).replace('T', ' ')} UTC)` : '';
  const hint = `Leave it there first; every answer is kept.${holder ? ` If it hangs, end it: kill ${holder.pid}` : ''}`;
  return new UserError({ what: `The session ${name} is open in another amlguide${who}.`, where: file, hint });
}
