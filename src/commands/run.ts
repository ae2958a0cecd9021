import type { Catalog } from '../core/catalog.ts';
import { UserError } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import { defaultFormats, render } from '../core/render.ts';
import { fold, type RunState } from '../core/run/fold.ts';
import type { Job } from '../core/run/job.ts';
import { answersIn, mendSummary, planSummary } from '../core/run/overview.ts';
import { jobsOf } from '../core/run/plan-jobs.ts';
import { makeFolders } from '../io/make-folders.ts';
import { continueJournal, type Journal, journalFolder, newJournal, openJournals, unfinished } from '../io/run/journal.ts';
import { stateFolder } from '../io/store.ts';
import { writeFolder } from '../io/write-folder.ts';
import type { RunOverview } from '../ui/run-ui.ts';
import { type AnswersOptions, hasAnswers, planFrom } from './answers-of.ts';
import { type Context, tell } from './context.ts';
import { checkNamedFiles } from './named-files.ts';
import { dryRun } from './run-dry.ts';
import { rehearsal } from './run-rehearsal.ts';
import { azure, needsOfPlan, type Stage } from './run-stage.ts';
import { carryOut, type Ended, filesFolder, hidden, hider, mayChange, openRunUi, type RunFlags } from './running.ts';

/** Flags of `amlguide run`. */
export interface RunCommandOptions extends AnswersOptions, RunFlags {
  readonly dryRun?: boolean;
  readonly rehearse?: boolean;
  readonly failAt?: readonly string[];
  /** False with --no-preflight: nothing is looked at before the first step. */
  readonly preflight?: boolean;
}

/** Carries a plan out, or goes on with it where an earlier run stopped. */
export async function runCommand(context: Context, options: RunCommandOptions): Promise<void> {
  if (!hasAnswers(options)) await sayWhose(context);
  if (options.failAt && !options.rehearse)
    throw new UserError({ what: '--fail-at plants failures, and only a rehearsal takes them.', hint: 'Add --rehearse.' });
  if (context.sample && !options.rehearse && !options.dryRun)
    throw new UserError({
      what: 'The made-up subscription cannot be changed: nothing of it exists.',
      hint: 'Add --rehearse, or leave out --sample.',
    });
  const plan = await planFrom(context, options);
  if (options.dryRun) return dryRun(context, plan);
  mayChange(context, options, 'Look at it with --dry-run; then add --yes.');
  await checkNamedFiles(context, plan, options.rehearse ?? false);
  const name = nameOf(plan, options);
  const edit = await runJobs(context, options, { plan, name, jobs: jobsOf(plan) });
  if (edit === undefined) return;
  const { editAnswers } = await import('./setup.ts');
  // What was planted has happened.
  const { failAt: _, ...again } = options;
  if (await editAnswers(context, name, edit)) await runCommand(context, again);
}

async function sayWhose(context: Context): Promise<never> {
  const { examples } = await context.catalog();
  throw new UserError({
    what: 'Say what to run: --session NAME, --answers FILE or --example NAME.',
    hint: `Try it without Azure: amlguide run --rehearse --example ${Object.keys(examples)[0] ?? 'NAME'}. Examples: ${Object.keys(examples).join(', ')}.`,
  });
}

/** The name under which the run is kept: the session's, or the one among the answers. */
function nameOf({ situation }: Plan, { session }: RunCommandOptions): string {
  return session ?? String(situation.answers[situation.catalog.manifest.name_from] ?? 'run');
}

/** The jobs of a plan, or those that mend what was found wrong with it. */
export interface Wanted {
  readonly plan: Plan;
  readonly name: string;
  readonly jobs: readonly Job[];
  /** They mend what verify found: a run of their own, which begins anew. */
  readonly mends?: boolean;
}

/** Runs while nobody else runs under the same name; gives the question to be edited before it goes on. */
export async function runJobs(
  context: Context,
  options: RunCommandOptions,
  { plan, name, jobs, mends = false }: Wanted,
): Promise<string | undefined> {
  const { catalog } = plan.situation;
  const now = () => new Date();
  const journals = await openJournals(journalFolder(stateFolder(context.environment), name, options.rehearse ?? false), name, now());
  try {
    const file = await unfinished(journals.folder, 'apply');
    if (mends && file !== undefined)
      throw new UserError({ what: `A run of ${name} is not finished.`, hint: `Finish it first: amlguide resume ${name}` });
    if (!options.rehearse && !mends && file === undefined && options.preflight !== false) await mayBegin(context, plan, options);
    const stage = options.rehearse
      ? await rehearsal(plan, journals.folder, options.failAt ?? [], file !== undefined)
      : await azure(context, needsOfPlan(plan), jobs, journals.folder);
    // A rehearsal whose made-up Azure is gone begins anew, and its journal is gone with it.
    const begun = options.rehearse ? await unfinished(journals.folder, 'apply') : file;
    const journal = begun === undefined ? await newJournal(journals, now) : await continueJournal(begun, now);
    try {
      return await withUi(context, catalog, { options, plan, name, jobs, stage, journal, mends, folder: journals.folder });
    } finally {
      await journal.close();
    }
  } finally {
    await journals.release();
  }
}

/** Starts nothing that is known to fail; what nobody could tell holds nobody up. */
async function mayBegin(context: Context, plan: Plan, { showIds = false }: RunCommandOptions): Promise<void> {
  const [{ preflight }, { findingsTextFor }, { toldMends }] = await Promise.all([
    import('./looking.ts'),
    import('./verify-plain.ts'),
    import('./verify-text.ts'),
  ]);
  const { findings, failing } = await preflight(context, plan, {});
  const wrong = findings.filter(({ verdict, severity }) => verdict === 'fail' && severity !== 'low');
  if (wrong.length === 0) return;
  tell(context, hider({ showIds })(findingsTextFor(context)(plan.situation.catalog, wrong, toldMends(failing), { all: false })));
  const what = `A run would fail: ${wrong.length} ${wrong.length === 1 ? 'thing stands' : 'things stand'} in its way.`;
  throw new UserError({ what, hint: 'Mend it and run again, or go on all the same with --no-preflight.' }, { exitCode: 4 });
}

interface Prepared {
  readonly options: RunCommandOptions;
  readonly plan: Plan;
  readonly name: string;
  readonly jobs: readonly Job[];
  readonly stage: Stage;
  readonly journal: Journal;
  readonly mends: boolean;
  readonly folder: string;
}

async function withUi(context: Context, catalog: Catalog, one: Prepared): Promise<string | undefined> {
  const { options, plan, name, jobs, stage, journal } = one;
  const state = await stage.adopt(fold(journal.entries));
  const overview = hidden(overviewOf(one, state), hider(options));
  const ui = await openRunUi(context);
  try {
    if (!options.yes && !(await ui.confirm(overview))) throw new UserError({ what: 'Nothing was done.' }, { exitCode: 130 });
    await stage.prepare();
    writeFiles(one, context.version);
    await journal.write(beginning(context, catalog, one));
    const again = one.mends ? againText(options, name, 'verify --fix') : againText(options, name);
    const work = {
      overview,
      jobs,
      state,
      journal,
      editable: options.session !== undefined && !context.noInput,
      again,
      ...(stage.before ? { before: stage.before } : {}),
      ...stage.ports,
    };
    const ended = await carryOut(context, catalog, work, options, ui);
    await stage.keep();
    const edit = ended.edit === undefined ? undefined : answersIn(plan, ended.edit)[0];
    if (edit === undefined) await ui.end({ outcome: ended.outcome, next: nextSteps(ended, again, options, name) });
    await ui.close();
    if (edit !== undefined) return edit;
    conclude(ended, again);
    return undefined;
  } finally {
    await ui.close();
  }
}

function overviewOf({ plan, jobs, name, options, stage, mends }: Prepared, state: RunState): RunOverview {
  const summary = mends ? mendSummary(plan, jobs) : planSummary(plan, jobs, state);
  return {
    ...summary,
    name,
    kind: 'apply',
    rehearsal: options.rehearse ?? false,
    creates: [...stage.installs.map((what) => ({ what })), ...summary.creates],
    removes: mends ? jobs.filter(({ removes }) => removes).map(({ what }) => ({ what })) : [],
    kept: [],
  };
}

function beginning(context: Context, catalog: Catalog, { jobs, options }: Prepared) {
  return {
    type: 'run' as const,
    kind: 'apply' as const,
    rehearsal: options.rehearse ?? false,
    program: context.version,
    catalog: catalog.manifest.version,
    steps: jobs.map(({ key, what, digest, after }) => ({ key, what, digest, after: [...after] })),
  };
}

/** The files that commands read lie where the commands run. */
function writeFiles({ plan, folder }: Prepared, version: string): void {
  const files = filesFolder(folder);
  makeFolders(files, 0o700);
  writeFolder(files, render(plan, defaultFormats, version), true);
}

function againText(options: RunCommandOptions, name: string, command = 'run'): string {
  const whose = options.session
    ? `--session ${name}`
    : options.answers
      ? `--answers ${options.answers}`
      : options.example
        ? `--example ${options.example}`
        : '';
  const settings = (options.set ?? []).map((one) => ` --set ${one}`).join('');
  return `amlguide ${command}${options.rehearse ? ' --rehearse' : ''} ${whose}${settings}`.trimEnd();
}

function nextSteps({ outcome }: Ended, again: string, { rehearse }: RunCommandOptions, name: string): string[] {
  const undo = `amlguide undo ${name}${rehearse ? ' --rehearse' : ''}`;
  const log = `amlguide log ${name}${rehearse ? ' --rehearse' : ''}`;
  if (outcome === 'complete')
    return rehearse
      ? ['That was the whole job; nothing of it reached Azure.', `Take the rehearsal back: ${undo}`, `What happened: ${log}`]
      : [`Take it back: ${undo}`, `What happened: ${log}`];
  return [`Go on: ${again}`, `What happened: ${log}`, `Take back what was made: ${undo}`];
}

function conclude({ outcome }: Ended, again: string): void {
  if (outcome === 'complete') return;
  if (outcome === 'failed') throw new UserError({ what: 'A step failed.', hint: `Mend it and go on with: ${again}` }, { exitCode: 3 });
  const what = outcome === 'interrupted' ? 'Left; what was running in Azure goes on there.' : 'Stopped.';
  throw new UserError({ what, hint: `Go on with: ${again}` }, { exitCode: 130 });
}
