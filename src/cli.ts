import { version } from '../package.json';
import type { Context } from './commands/context.ts';
import { complaintLines, UserError } from './core/errors.ts';

import { exitCodeOf, programOf } from './program.ts';

/** A pipe that is closed early, as by `head`, ends the program quietly. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}

const wantsPlain = (flag: boolean | undefined) => flag ?? (set('ACCESSIBLE') || set('INK_SCREEN_READER') || process.env['TERM'] === 'dumb');

let abandoned = false;

const program = programOf((flags): Context => {
  // Begun at once: the catalog is read while the code of the command is.
  const catalog = import('./io/catalog.ts').then(({ loadCatalog }) => loadCatalog(flags.catalog));
  catalog.catch(() => undefined);
  const plain = wantsPlain(flags.plain) ?? false;
  const terminal = Boolean(process.stdin.isTTY && process.stdout.isTTY);
  return {
    environment: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    version,
    catalog: () => catalog,
    output: flags.output,
    noInput: !flags.input || !(terminal || flags.plain),
    plain,
    signals,
    abandon: () => {
      abandoned = true;
    },
    sample: flags.sample ?? false,
    folder: flags.catalog,
  };
}, version);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = report(error);
}

if (abandoned) {
  for (const stream of [process.stdout, process.stderr]) await new Promise((resolve) => stream.write('', resolve));
  process.exit();
}

function signals(heard: (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => void): () => void {
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, heard);
  return () => {
    for (const name of names) process.off(name, heard);
  };
}

function set(name: string): boolean {
  const value = process.env[name];
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}

/** Tells a person what went wrong and gives the exit code. */
function report(error: unknown): number {
  const code = exitCodeOf(error);
  if (code !== undefined) return code;
  if (error instanceof UserError) {
    process.stderr.write(`${error.complaints.flatMap(complaintLines).join('\n')}\n`);
    return error.exitCode;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`This is a bug of amlguide ${version}; please report it with the lines below.\n${text}\n`);
  return 1;
}
