import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import { makeFolders } from './make-folders.ts';
import { findProgram } from './run/programs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The words that start a person's editor: those of VISUAL or EDITOR, else what the system has; undefined where it has none. */
export function editorOf(environment: Environment, platform: NodeJS.Platform): string | undefined {
  const wanted = [environment.VISUAL, environment.EDITOR].find((words) => words !== undefined && words.trim() !== '');
  if (wanted !== undefined) return wanted;
  if (platform === 'win32') return 'notepad';
  return ['vi', 'nano'].find((name) => findProgram(name, environment, platform) !== undefined);
}

/** Opens a text in an editor that has the terminal, as a file that nobody else can read, and reads that when the editor has ended; it is gone afterwards. */
export async function editText<T>(
  text: string,
  { name, folder, editor }: { readonly name: string; readonly folder: string; readonly editor: string },
  read: (file: string) => Promise<T>,
): Promise<T> {
  const place = join(folder, `edit-${randomUUID()}`);
  const file = join(place, name);
  makeFolders(folder, 0o700);
  makeFolders(place, 0o700);
  try {
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
    await ended(editor, file);
    return await read(file);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Starts the editor as git does: its words are a person's own and a shell reads them, the file is an argument of its own. */
function ended(editor: string, file: string): Promise<void> {
  const windows = process.platform === 'win32';
  return new Promise((resolve, reject) => {
    const child = windows
      ? spawn(`${editor} "${file}"`, { shell: true, stdio: 'inherit' })
      : spawn('sh', ['-c', `${editor} "$@"`, editor, file], { stdio: 'inherit' });
    const failed = (how: string, cause?: unknown) =>
      reject(
        new UserError({ what: `The editor ${editor} ${how}.`, hint: 'Set VISUAL or EDITOR to the command that starts yours.' }, { cause }),
      );
    child.on('error', (error) => failed('cannot be started', error));
    child.on('exit', (code, signal) => (code === 0 ? resolve() : failed(`ended with ${signal ?? code}`)));
  });
}
