import { constants } from 'node:fs';
import { chmod, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { entrySchema, type JournalEntry, type RunEvent } from '../../core/run/events.ts';
import { holdFile, type Lock } from '../file-lock.ts';
import { makeFolders } from '../make-folders.ts';
import { codeOf, diskProblem, nameProblem } from '../session-file.ts';

/** The journals of one session: a folder, and the right to write into it. */
export interface Journals {
  readonly folder: string;
  readonly release: () => Promise<void>;
}

/** A journal that is being written. */
export interface Journal {
  readonly file: string;
  /** Everything that stood in it and was added since. */
  readonly entries: readonly JournalEntry[];
  /** Resolves when the event is on the disk. */
  readonly write: (event: RunEvent) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The folder of the journals of a session; rehearsals have their own, so that none is ever taken for the real thing. */
export function journalFolder(state: string, name: string, rehearsal: boolean): string {
  const problem = nameProblem(name);
  if (problem) throw new UserError({ what: `${JSON.stringify(name.slice(0, 80))} cannot name a run: ${problem}.` });
  return join(state, rehearsal ? 'rehearsals' : 'runs', name.toLowerCase());
}

/** Takes the journals of a session for this process alone. */
export async function openJournals(folder: string, name: string, now: Date): Promise<Journals> {
  try {
    makeFolders(folder, 0o700);
    await chmod(folder, 0o700).catch(() => undefined);
    const held: Lock | { living?: { pid: number; host: string } | undefined } = await holdFile(join(folder, 'run'), now);
    if ('release' in held) return { folder, release: held.release };
    const who = held.living ? ` (process ${held.living.pid} on ${held.living.host})` : '';
    throw new UserError({
      what: `Another amlguide runs ${name} already${who}.`,
      hint: 'Wait for it, or leave it there first with ctrl+c.',
    });
  } catch (error) {
    throw error instanceof UserError ? error : diskProblem(error, `The journal of ${name} cannot be opened`, folder);
  }
}

/** The journal files of a folder, oldest first. */
export async function journalFiles(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw diskProblem(error, 'The journals cannot be listed', folder);
  }
}

/** The events of a journal. A last line that breaks off is the mark of a sudden death, and counts as not written. */
export async function readJournal(file: string): Promise<JournalEntry[]> {
  const text = await readFile(file, 'utf8').catch((error) => Promise.reject(diskProblem(error, 'The journal cannot be read', file)));
  const entries = text.split('\n').flatMap((line) => entryOf(line) ?? []);
  const gap = entries.findIndex(({ seq }, index) => seq !== index + 1);
  const strange = text.split('\n').findIndex((line) => line.trim() !== '' && !isCut(line) && !entryOf(line));
  if (gap < 0 && strange < 0) return entries;
  throw new UserError({
    what: strange < 0 ? `Event ${gap + 1} of the journal is missing.` : `Line ${strange + 1} of the journal cannot be read.`,
    where: file,
    hint: 'It was changed by hand, or is of a newer amlguide. Update amlguide, or move the file away; then nothing of this run is known any more.',
  });
}

function entryOf(line: string): JournalEntry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** A line that broke off; the process that went on ended it, and used its number again. */
function isCut(line: string): boolean {
  try {
    JSON.parse(line);
    return false;
  } catch {
    return true;
  }
}

/** Starts a journal. */
export async function newJournal({ folder }: Journals, now: () => Date): Promise<Journal> {
  const taken = new Set(await journalFiles(folder));
  const stamp = now().toISOString().replace(/[-:]/g, '').slice(0, 15);
  for (let number = 1; ; number++) {
    const file = join(folder, `${stamp}-${String(number).padStart(3, '0')}.jsonl`);
    if (!taken.has(file)) return writeTo(file, [], now);
  }
}

/** Goes on with a journal. */
export async function continueJournal(file: string, now: () => Date): Promise<Journal> {
  return writeTo(file, await readJournal(file), now);
}

async function writeTo(file: string, before: readonly JournalEntry[], now: () => Date): Promise<Journal> {
  const handle = await open(file, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0), 0o600).catch(
    (error) => Promise.reject(diskProblem(error, 'The journal cannot be written', file)),
  );
  const { size } = await handle.stat();
  const entries = [...before];
  // A line that broke off must not swallow the next one.
  if (size > 0 && (await lastByte(handle, size)) !== '\n') await handle.appendFile('\n');
  let last: Promise<void> = Promise.resolve();
  const write = (event: RunEvent): Promise<void> => {
    const written = last.then(async () => {
      const entry: JournalEntry = { seq: (entries.at(-1)?.seq ?? 0) + 1, at: now().toISOString(), event };
      await handle.appendFile(`${JSON.stringify(entry)}\n`);
      await handle.datasync();
      entries.push(entry);
    });
    last = written.catch(() => undefined);
    return written.catch((error) => Promise.reject(diskProblem(error, 'The journal cannot be written', file)));
  };
  return { file, entries, write, close: () => last.then(() => handle.close()) };
}

async function lastByte(handle: Awaited<ReturnType<typeof open>>, size: number): Promise<string> {
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString();
}
