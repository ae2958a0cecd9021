import { basename } from 'node:path';
import { UserError } from '../core/errors.ts';
import { logLine } from '../core/run/log.ts';
import { journalFiles, journalFolder, readJournal } from '../io/run/journal.ts';
import { stateFolder } from '../io/store.ts';
import { type Context, print } from './context.ts';
import { hidden, hider } from './running.ts';

/** Flags of `amlguide log`. */
export interface LogOptions {
  readonly rehearse?: boolean;
  readonly all?: boolean;
  readonly showIds?: boolean;
}

/** Prints what the last run of a session did, or all of them, without secrets. */
export async function logCommand(context: Context, name: string, options: LogOptions): Promise<void> {
  const files = await journalFiles(journalFolder(stateFolder(context.environment), name, options.rehearse ?? false));
  if (files.length === 0)
    throw new UserError({ what: `Nothing was ever run as ${name} on this computer.`, hint: 'The log of a rehearsal: add --rehearse.' });
  const hide = hider(options);
  const wanted = options.all ? files : files.slice(-1);
  const runs = await Promise.all(wanted.map(async (file) => ({ file: basename(file), events: await readJournal(file) })));
  print(context, hidden(runs, hide), () => runs.flatMap(({ events }) => events.map((entry) => hide(logLine(entry)))).join('\n'));
}
