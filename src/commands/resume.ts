import { UserError } from '../core/errors.ts';
import { runEnd } from '../io/run/run-end.ts';
import { listSessions, stateFolder } from '../io/store.ts';
import type { Ui } from '../ui/ui.ts';
import { type Context, tell } from './context.ts';
import { storeOf } from './keeping.ts';
import { askOn, mayAsk, type Next, type SetupOptions } from './setup.ts';

/** Flags of `amlguide resume`. */
export interface ResumeOptions extends SetupOptions {
  /** The questions, though a run of the session has stopped on its way. */
  readonly questions?: boolean;
  /** Yes to the rest of a run. */
  readonly yes?: boolean;
}

/** Goes on with a saved session where it was left, at the very question or step; without a name, the newest. */
export async function resumeCommand(context: Context, name: string | undefined, options: ResumeOptions, ui?: Ui): Promise<void> {
  if (name === undefined) await mayAsk(context);
  const wanted = name ?? (await newest(context));
  if (options.questions || !(await isRunUnderWay(context, wanted))) return goOn(context, await askOn(context, wanted, options, ui));
  tell(context, `The run of ${wanted} has not come to its end; it goes on. The answers: amlguide resume ${wanted} --questions`);
  await ui?.close();
  const { runCommand } = await import('./run.ts');
  return runCommand(context, { session: wanted, ...(options.yes ? { yes: true } : {}) });
}

/** Carries out what a person wants after the questions. */
export async function goOn(context: Context, next: Next | undefined): Promise<void> {
  if (!next) return;
  const { runCommand } = await import('./run.ts');
  await runCommand(context, { session: next.session, ...(next.how === 'rehearse' ? { rehearse: true } : {}) });
}

async function newest(context: Context): Promise<string> {
  const found = (await listSessions(storeOf(context))).find(({ state }) => state === 'sound')?.name;
  if (found !== undefined) return found;
  throw new UserError({ what: 'There is no saved session.', hint: 'amlguide setup starts one.' });
}

/** Whether a run of a session has begun and not come to its end. */
async function isRunUnderWay(context: Context, name: string): Promise<boolean> {
  const end = await runEnd(stateFolder(context.environment), name);
  return end !== undefined && end !== 'complete';
}
