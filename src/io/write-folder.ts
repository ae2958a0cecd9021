import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { pid } from 'node:process';
import { UserError } from '../core/errors.ts';

/** A text to be written below a folder. */
export interface FileToWrite {
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}

/** What became of a file. */
export interface Written {
  readonly path: string;
  readonly state: 'new' | 'changed' | 'same';
}

// Files that name amlguide as their writer; a folder with one of them is amlguide's, and so are programs and data in it, which name nobody.
const witnesses = ['answers.yaml', 'guide.md', 'run.sh', 'run.ps1'];
const mark = /Written by amlguide|^amlguide: /m;

/**
 * Writes files below a folder, each one whole or not at all. A file that is there and was not written by amlguide is kept, and refused, unless forced.
 */
export async function writeFolder(folder: string, files: readonly FileToWrite[], force: boolean): Promise<Written[]> {
  const present = await Promise.all(
    files.map(async (file) => ({ file, path: placeFor(folder, file.path), old: await readIfThere(placeFor(folder, file.path)) })),
  );
  const own = await isOwnFolder(folder);
  const foreign = present.filter(
    ({ old, file }) => old !== undefined && old !== file.text && !force && !isMarked(old) && !(own && isUnsigned(file.path)),
  );
  if (foreign.length > 0) {
    throw new UserError(
      foreign.map(({ path }) => ({
        what: 'There is a file here that amlguide did not write.',
        where: path,
        hint: 'Choose another folder with --out, or overwrite it with --force.',
      })),
    );
  }
  return Promise.all(
    present.map(async ({ file, path, old }): Promise<Written> => {
      if (old !== file.text) await write(path, file);
      else await chmod(path, modeOf(file)).catch(() => undefined);
      return { path: join(folder, file.path), state: old === undefined ? 'new' : old === file.text ? 'same' : 'changed' };
    }),
  );
}

async function isOwnFolder(folder: string): Promise<boolean> {
  const texts = await Promise.all(witnesses.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')));
  return texts.some(isMarked);
}

function isMarked(text: string): boolean {
  return mark.test(text.slice(0, 2000));
}

/** YAML and JSON for az, and programs, do not name their writer. */
function isUnsigned(path: string): boolean {
  return !witnesses.includes(path);
}

function modeOf(file: FileToWrite): number {
  return file.executable ? 0o755 : 0o644;
}

function placeFor(folder: string, path: string): string {
  const base = resolve(folder);
  const place = resolve(base, path);
  if (!place.startsWith(base + sep)) throw new UserError({ what: `The file ${path} would lie outside of the folder.`, where: folder });
  return place;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return undefined;
    throw diskError(path, error as NodeJS.ErrnoException);
  }
}

/** Writes beside the place and renames, so that nobody sees half a file; what is written can be rendered again, so no disk is flushed. */
async function write(path: string, file: FileToWrite): Promise<void> {
  const beside = `${path}.${pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(beside, file.text, { mode: modeOf(file) });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw diskError(path, error as NodeJS.ErrnoException);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'You are not allowed to write here.',
  EPERM: 'You are not allowed to write here.',
  EROFS: 'This disk can only be read.',
  ENOSPC: 'The disk is full.',
  ENOTDIR: 'A part of this path is a file, not a folder.',
  EEXIST: 'A part of this path is a file, not a folder.',
  EISDIR: 'This is a folder, not a file.',
};

function diskError(path: string, error: NodeJS.ErrnoException): UserError {
  return new UserError(
    { what: reasons[error.code ?? ''] ?? `It cannot be written: ${error.message}`, where: path, hint: 'Choose another folder with --out.' },
    { cause: error },
  );
}
