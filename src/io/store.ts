import { readdir, unlink } from 'node:fs/promises';
import { homedir, platform } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { pid } from 'node:process';
import envPaths from 'env-paths';
import { nearest, UserError } from '../core/errors.ts';
import { emptySession, type Session } from '../core/session.ts';
import { type Holder, holdFile, type Lock } from './file-lock.ts';
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
  // To compare texts in a language loads its tables, which takes as long as a tenth of a start; two times are hardly ever the same.
  return listed.sort((a, b) => (a.updated === b.updated ? a.name.localeCompare(b.name) : a.updated < b.updated ? 1 : -1));
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

/** Deletes a session, also a damaged one; with its lock, where that is held already. */
export async function deleteSession(store: Store, name: string, lock?: Lock): Promise<void> {
  const file = disk.sessionFileOf(store.folder, name);
  const held = lock ?? (await lockSession(store, name));
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

/** Locks a session against other processes; takes over at once from a process that is gone. */
export async function lockSession(store: Store, name: string): Promise<Lock> {
  const file = disk.sessionFileOf(store.folder, name);
  await disk.makeFolder(store.folder);
  let living: Holder | undefined;
  try {
    const held = await holdFile(file, store.now());
    if ('release' in held) {
      await disk.sweep(file);
      return held;
    }
    living = held.living;
  } catch (error) {
    throw disk.diskProblem(error, `The session ${name} cannot be opened`, file);
  }
  throw inUse(name, file, living);
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
