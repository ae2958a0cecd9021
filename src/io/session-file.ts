import { randomInt } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, link, lstat, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { UserError } from '../core/errors.ts';
import { makeFolders } from './make-folders.ts';
import type { Found, StoredSession } from './stored-session.ts';

const largestFile = 16 * 1024 * 1024;

/** One line of the list of sessions; a file that cannot be used is listed with the reason. */
export type Listed =
  | { readonly state: 'sound'; readonly name: string; readonly file: string; readonly updated: string; readonly stored: StoredSession }
  | {
      readonly state: 'damaged' | 'newer';
      readonly name: string;
      readonly file: string;
      readonly updated: string;
      readonly reason: string;
    };

/** The file of a session; refuses what is no name. Lower case, so that names differ on every file system. */
export function sessionFileOf(folder: string, name: string): string {
  const problem = nameProblem(name);
  if (problem)
    throw new UserError({
      what: `${JSON.stringify(name.slice(0, 80))} cannot be the name of a session: ${problem}.`,
      hint: 'Choose a name such as contoso-prod.',
    });
  return join(folder, `${name.toLowerCase()}.json`);
}

/** Why a text cannot be the name of a session; undefined when it can. */
export function nameProblem(name: string): string | undefined {
  if (name.length < 1 || name.length > 64) return 'it must have 1 to 64 characters';
  if (name.startsWith('.')) return 'it must not start with a dot';
  if (!/^[A-Za-z0-9._-]+$/.test(name)) return 'only letters, digits, dots, dashes and underscores are allowed';
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) ? 'Windows keeps this name for itself' : undefined;
}

/** Makes the folder of the sessions, for its owner alone. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    makeFolders(folder, 0o700);
  } catch (error) {
    throw diskProblem(error, 'The folder of the sessions cannot be made', folder);
  }
  await chmod(folder, 0o700).catch(() => undefined);
}

/** Reads a session file without ever changing it. */
export async function readSessionFile(file: string): Promise<Found> {
  try {
    const text = await textOf(file);
    return typeof text === 'string' ? await parseSession(text) : text;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return { state: 'missing' };
    if (code === 'ELOOP' || code === 'ENXIO') return { state: 'damaged', reason: 'it is not a regular file' };
    throw diskProblem(error, 'The session cannot be read', file);
  }
}

async function textOf(file: string): Promise<string | Found> {
  // Neither follows a link out of the folder nor waits for the writer of a pipe.
  if (!(await lstat(file)).isFile()) return { state: 'damaged', reason: 'it is not a regular file' };
  const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const about = await handle.stat();
    if (!about.isFile()) return { state: 'damaged', reason: 'it is not a regular file' };
    if (about.size > largestFile) return { state: 'damaged', reason: 'it is far larger than a session can be' };
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

async function parseSession(text: string): Promise<Found> {
  if (text.trim() === '') return { state: 'damaged', reason: 'it is empty' };
  const parsed = parseJson(text);
  if ('reason' in parsed) return { state: 'damaged', reason: parsed.reason };
  // The schema library is the heaviest part of a start, and a first start has no session to read.
  const { shapeOf } = await import('./session-shape.ts');
  return shapeOf(parsed.json);
}

/** JSON from text that may be anything. */
export function parseJson(text: string): { readonly json: unknown } | { readonly reason: string } {
  try {
    return { json: JSON.parse(text) };
  } catch (error) {
    // Only the place is told: the rest of the message repeats what the file holds.
    const message = String(error);
    if (/end of JSON|Unterminated/.test(message)) return { reason: 'it is not JSON: it breaks off' };
    const place = /line \d+ column \d+/.exec(message)?.[0];
    return { reason: `it is not JSON${place ? ` (${place})` : ''}` };
  }
}

/** A file that was copied or renamed by hand goes by the name of the file. */
export function withNameOf(file: string, stored: StoredSession): StoredSession {
  const name = basename(file, '.json');
  return stored.name.toLowerCase() === name ? stored : { ...stored, name };
}

/** What a person reads about a session file that cannot be used. */
export function refusal(name: string, file: string, state: 'damaged' | 'newer', reason: string): UserError {
  const hint =
    state === 'newer'
      ? 'Update amlguide to open it. The file is kept as it is.'
      : 'The file is kept as it is. Mend it or move it away; then start a new session.';
  return new UserError({ what: `The session ${name} cannot be used: ${reason}.`, where: file, hint });
}

/** A session file as one line of the list; undefined when it vanished meanwhile. */
export async function listedOf(file: string): Promise<Listed | undefined> {
  const found = await readSessionFile(file).catch((error: Error) => ({ state: 'damaged', reason: error.message }) as const);
  if (found.state === 'missing') return undefined;
  const name = basename(file, '.json');
  if (found.state === 'sound' && nameProblem(name) === undefined) {
    const stored = withNameOf(file, found.stored);
    return { state: 'sound', name: stored.name, file, updated: stored.updated, stored };
  }
  const updated = await lstat(file).then(
    ({ mtime }) => mtime.toISOString(),
    () => '',
  );
  const [state, reason] =
    found.state === 'sound' ? (['damaged', 'its file name is not the name of a session'] as const) : [found.state, found.reason];
  return { state, name: name.replace(/\p{C}/gu, '\uFFFD'), file, updated, reason };
}

/** The text of a session file. */
export function sessionText(stored: StoredSession): string {
  return `${JSON.stringify(stored, null, 2)}\n`;
}

/** Replaces a file at one blow: whoever reads it, even after a crash, finds the old text or the new one. */
export async function replaceFile(file: string, text: string): Promise<void> {
  try {
    // The library does not notice that a nearly full disk took a part only; so the text is written here, which does.
    const fill = (temporary: string) => writeFile(temporary, text, { flag: 'r+' });
    await writeFileAtomic(file, '', { mode: 0o600, fsync: true, tmpfileCreated: fill });
  } catch (error) {
    throw diskProblem(error, 'The session was not saved', file);
  }
}

/** Writes a file where none is; false when something is there already. */
export async function createFile(file: string, text: string): Promise<boolean> {
  const temporary = `${file}.${randomInt(1e9, 1e10)}`;
  try {
    await writeFile(temporary, text, { flag: 'wx', mode: 0o600, flush: true });
    return await moveToFree(temporary, file);
  } catch (error) {
    throw diskProblem(error, 'The session was not created', file);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** A link fails when the name is taken, a rename does not; some file systems know no links. */
async function moveToFree(temporary: string, file: string): Promise<boolean> {
  try {
    await link(temporary, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error))) throw error;
  }
  if (
    await lstat(file).then(
      () => true,
      () => false,
    )
  )
    return false;
  await rename(temporary, file);
  return true;
}

/** Removes what killed programs left; young files may belong to a program that just starts. */
export async function sweep(file: string): Promise<void> {
  for (const entry of await readdir(dirname(file))) {
    const path = join(dirname(file), entry);
    if (!isLeftover(file, entry)) continue;
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > 60_000) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Tells whether an entry of the folder is what a killed save or lock of this file left behind. */
function isLeftover(file: string, entry: string): boolean {
  const start = `${basename(file)}.`;
  return entry.startsWith(start) && /^(\d+|lock\.[0-9a-f-]{36})$/.test(entry.slice(start.length));
}

/** The code of a system error, such as ENOENT; empty for other errors. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const elsewhere = 'or set AMLGUIDE_STATE_DIR to another folder';
const kept = 'What was saved before is kept.';
const causes: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOSPC: ['no space is left on the disk', `Free some space and try again, ${elsewhere}. ${kept}`],
  EDQUOT: ['your quota on this disk is used up', `Free some space and try again, ${elsewhere}. ${kept}`],
  EFBIG: ['the file would be larger than is allowed here', `Raise the limit (ulimit -f), ${elsewhere}. ${kept}`],
  EROFS: ['the disk is read-only', `Make it writable, ${elsewhere}. ${kept}`],
  EACCES: ['access is denied', `Give yourself the right to read and write there, ${elsewhere}.`],
  EPERM: ['access is denied', `Give yourself the right to read and write there, ${elsewhere}.`],
  ENOTDIR: ['a file is where a folder should be', `Move that file away, ${elsewhere}.`],
  EEXIST: ['a file is where a folder should be', `Move that file away, ${elsewhere}.`],
  ELOOP: ['its links lead in a circle', `Mend the links, ${elsewhere}.`],
  EMFILE: ['too many files are open', 'Close other programs or raise the limit (ulimit -n), then try again.'],
  ENAMETOOLONG: ['the path is too long', 'Set AMLGUIDE_STATE_DIR to a folder with a shorter path.'],
};

/** A failure of the disk in words that a person can act on. */
export function diskProblem(error: unknown, what: string, where: string): UserError {
  if (error instanceof UserError) return error;
  const [reason, hint] = causes[codeOf(error)] ?? [
    error instanceof Error ? error.message : String(error),
    `Check the disk and the folder, ${elsewhere}.`,
  ];
  return new UserError({ what: `${what}: ${reason}.`, where, hint }, { cause: error });
}
