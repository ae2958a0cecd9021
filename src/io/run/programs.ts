import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, win32 } from 'node:path';

/** A program as it is started: a file, and words that come before all others. */
export interface Program {
  readonly file: string;
  readonly before: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Finds a program on the PATH; undefined when it is not installed. */
export function findProgram(name: string, environment: Environment, platform: NodeJS.Platform): Program | undefined {
  const windows = platform === 'win32';
  const path = environment.PATH ?? environment.Path ?? '';
  const folders = path.split(windows ? ';' : delimiter).filter((folder) => (windows ? win32.isAbsolute(folder) : isAbsolute(folder)));
  for (const folder of folders) {
    const found = windows
      ? onWindows(folder, name)
      : isExecutable(join(folder, name))
        ? { file: join(folder, name), before: [] }
        : undefined;
    if (found) return found;
  }
  return undefined;
}

/**
 * On Windows many programs are batch files, and whatever goes through cmd is read twice: a value with & or % would become code. So the line that
 * such a file runs is taken out of it, and its program is started without it.
 */
function onWindows(folder: string, name: string): Program | undefined {
  const program = join(folder, `${name}.exe`);
  if (isFile(program)) return { file: program, before: [] };
  for (const ending of ['cmd', 'bat']) {
    const batch = join(folder, `${name}.${ending}`);
    const found = isFile(batch) ? batchProgram(readFileSync(batch, 'utf8'), dirname(batch)) : undefined;
    if (found && isFile(found.file)) return found;
  }
  return undefined;
}

/** The program that a batch file hands all its words to; undefined when it does more than that. */
export function batchProgram(text: string, folder: string): Program | undefined {
  const line = text.split(/\r?\n/).findLast((one) => /%\*\s*$/.test(one));
  const match = line && /^\s*@?\s*"?%~dp0\\?([^"%]+?\.exe)"?\s+(.*?)\s*%\*\s*$/i.exec(line);
  if (!match) return undefined;
  const before = (match[2] ?? '').split(/\s+/).filter((word) => word !== '');
  return before.some((word) => /["%^&|<>]/.test(word)) ? undefined : { file: win32.normalize(win32.join(folder, match[1] ?? '')), before };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return isFile(path);
  } catch {
    return false;
  }
}
