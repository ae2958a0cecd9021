import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { pid } from 'node:process';
import { UserError } from '../core/errors.ts';
import { makeFolders } from './make-folders.ts';

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

// A folder that holds a file which names amlguide as its writer is amlguide's, and so is the data in it, which cannot name anybody.
const witnesses = ['answers.yaml', 'guide.md', 'run.sh', 'run.ps1'];
const mark = /Written by amlguide|^amlguide: /m;

/**
 * Writes files below a folder, each one whole or not at all. A file that is there and was not written by amlguide is kept, and refused, unless forced.
 * A dozen small files are written faster one after another than through the pool of threads.
 */
export function writeFolder(folder: string, files: readonly FileToWrite[], force: boolean): Written[] {
  const present = files.map((file) => ({ file, path: placeFor(folder, file.path), old: readIfThere(placeFor(folder, file.path)) }));
  const own = present.some(({ old }) => old !== undefined && isMarked(old)) || isOwnFolder(folder);
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
  return present.map(({ file, path, old }): Written => {
    write(path, file, old);
    return { path: join(folder, file.path), state: old === undefined ? 'new' : old === file.text ? 'same' : 'changed' };
  });
}

function isOwnFolder(folder: string): boolean {
  return witnesses.some((name) => {
    try {
      return isMarked(readFileSync(join(folder, name), 'utf8'));
    } catch {
      return false;
    }
  });
}

function isMarked(text: string): boolean {
  return mark.test(text.slice(0, 2000));
}

/** YAML and JSON for az do not name their writer. */
function isUnsigned(path: string): boolean {
  return /\.(ya?ml|json)$/.test(path) && !witnesses.includes(path);
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

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return undefined;
    throw diskError(path, error as NodeJS.ErrnoException);
  }
}

/** Writes beside the place and renames, so that nobody sees half a file; what is written can be rendered again, so no disk is flushed. */
function write(path: string, file: FileToWrite, old: string | undefined): void {
  const beside = `${path}.${pid}.tmp`;
  try {
    if (old === file.text) {
      chmodSync(path, modeOf(file));
      return;
    }
    makeFolders(dirname(path));
    writeFileSync(beside, file.text, { mode: modeOf(file) });
    renameSync(beside, path);
  } catch (error) {
    // A file that is right needs no write; that its mode cannot be set is no failure.
    if (old === file.text) return;
    rmSync(beside, { force: true });
    throw diskError(path, error as NodeJS.ErrnoException);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'You are not allowed to write here.',
  EPERM: 'You are not allowed to write here.',
  ENOENT: 'No folder can be made here.',
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
