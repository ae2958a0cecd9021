import type { Reading } from '../core/asks.ts';
import type { Catalog } from '../core/catalog.ts';
import { UserError } from '../core/errors.ts';
import { worldOf } from '../core/resources.ts';
import { type Diagnosis, diagnosesOf, exitCodeOfFindings, itemsOfComputer, refsOfItems } from '../core/verify/doctor.ts';
import type { Finding } from '../core/verify/findings.ts';
import { countsOf } from '../core/verify/findings.ts';
import type { Ref } from '../core/verify/sources.ts';
import { situationOf } from '../core/walk.ts';
import { type CommandPorts, commandPorts, programsOf, readCommand } from '../io/commands-read.ts';
import { readComputer } from '../io/computer.ts';
import { type AnswersOptions, answersFrom, hasAnswers } from './answers-of.ts';
import { type Context, print } from './context.ts';
import { diagnosesText } from './doctor-text.ts';
import { progressOn } from './progress.ts';
import { hidden, hider } from './running.ts';

/** Flags of `amlguide doctor`. */
export interface DoctorOptions extends AnswersOptions {
  readonly showIds?: boolean;
}

/** Looks whether this computer has what a plan needs, without answers what every plan needs; changes nothing. */
export async function doctorCommand(context: Context, options: DoctorOptions): Promise<void> {
  const catalog = await context.catalog();
  const world = worldOf(situationOf(catalog, hasAnswers(options) ? await answersFrom(context, options) : {}));
  const items = itemsOfComputer(world);
  const readings = await readingsOf(context, catalog, refsOfItems(items));
  const found = hidden(diagnosesOf(world, items, readings), hider(options));
  print(context, { exit_code: exitCodeOfFindings(found), counts: countsOf(found), findings: found }, () => diagnosesText(found, context));
  conclude(found);
}

/** Everything that the items read, side by side; a signal ends what runs. */
async function readingsOf(context: Context, catalog: Catalog, refs: readonly Ref[]): Promise<ReadonlyMap<string, Reading>> {
  const stop = new AbortController();
  const stopListening = context.signals(() => stop.abort());
  const ports = commandPorts(catalog, context.environment, stop.signal);
  const progress = progressOn(context, 'Looking at this computer', refs.length);
  try {
    const all = await Promise.all(
      refs.map(async (ref) => {
        const reading = await readingOf(context, catalog, ref, ports);
        progress.one();
        return [ref.key, reading] as const;
      }),
    );
    if (stop.signal.aborted) throw new UserError({ what: 'Interrupted; nothing was changed.' }, { exitCode: 130 });
    return new Map(all);
  } finally {
    progress.end();
    stopListening();
  }
}

async function readingOf(context: Context, { manifest }: Catalog, { source }: Ref, ports: CommandPorts): Promise<Reading> {
  if (source.type === 'command') return readCommand(source, ports);
  return readComputer({ ...context, programs: programsOf(manifest, context.environment), now: ports.now });
}

function conclude(found: readonly Diagnosis[]): void {
  const exitCode = exitCodeOfFindings(found);
  if (exitCode === 0) return;
  const many = (count: number) => `${count} ${count === 1 ? 'thing' : 'things'}`;
  const wrong = found.filter(({ verdict, severity }: Finding) => verdict === 'fail' && severity !== 'low').length;
  const unknown = countsOf(found).unknown;
  if (exitCode === 4) throw new UserError({ what: `${many(wrong)} to mend.`, hint: 'Then run the same command again.' }, { exitCode });
  throw new UserError({ what: `Nothing is wrong, but ${many(unknown)} could not be looked at.` }, { exitCode });
}
