import { UserError } from '../core/errors.ts';
import { fold, type Made, madeBy } from '../core/run/fold.ts';
import { undoJobsOf } from '../core/run/undo-jobs.ts';
import { makeFolders } from '../io/make-folders.ts';
import {
  continueJournal,
  type Journals,
  journalFiles,
  journalFolder,
  newJournal,
  openJournals,
  readJournal,
  unfinished,
} from '../io/run/journal.ts';
import { stateFolder } from '../io/store.ts';
import type { RunOverview } from '../ui/run-ui.ts';
import { type Context, print } from './context.ts';
import { rehearsedAgain } from './run-rehearsal.ts';
import { azure } from './run-stage.ts';
import { carryOut, filesFolder, hidden, hider, openRunUi, type RunFlags } from './running.ts';

/** Flags of `amlguide undo`. */
export interface UndoOptions extends RunFlags {
  readonly rehearse?: boolean;
  readonly purge?: boolean;
  readonly dryRun?: boolean;
  /** The name once more, in place of typing it. */
  readonly confirm?: string;
}

/** Takes back what the runs of a session made: never what they found. */
export async function undoCommand(context: Context, name: string, options: UndoOptions): Promise<void> {
  const now = () => new Date();
  const folder = journalFolder(stateFolder(context.environment), name, options.rehearse ?? false);
  const files = await journalFiles(folder);
  const made = await madeIn(files);
  if (made.length === 0)
    throw new UserError({
      what:
        files.length === 0
          ? `Nothing was ever run as ${name} on this computer.`
          : `There is nothing to take back: ${name} has made nothing, or it is gone already.`,
      hint: 'Sessions: amlguide sessions. Rehearsals are taken back with --rehearse.',
    });
  const overview = hidden(overviewOf(name, made, options), hider(options));
  if (options.dryRun) {
    const hide = hider(options);
    print(context, hidden(overview, hide), () => hide(textOf(overview)));
    return;
  }
  if (options.confirm !== name && (context.noInput || context.output === 'json'))
    throw new UserError({
      what: `This deletes what ${name} has made in Azure.`,
      hint: `Look at it with --dry-run; then: amlguide undo ${name} --confirm ${name}`,
    });
  const journals = await openJournals(folder, name, now());
  try {
    await inTurn(context, options, journals, made, overview);
  } finally {
    await journals.release();
  }
}

async function madeIn(files: readonly string[]): Promise<Made[]> {
  const entries = [];
  for (const file of files) entries.push(...(await readJournal(file)));
  return madeBy(entries);
}

async function inTurn(
  context: Context,
  options: UndoOptions,
  journals: Journals,
  made: readonly Made[],
  overview: RunOverview,
): Promise<void> {
  const catalog = await context.catalog();
  const jobs = undoJobsOf(made, options.purge ?? false);
  const programs = new Set(made.flatMap(({ undo }) => [undo.look[0] ?? '', ...undo.remove.map(({ words }) => words[0] ?? '')]));
  const stage = options.rehearse
    ? await rehearsedAgain(journals.folder)
    : await azure(context, { catalog, programs, extensions: [] }, jobs, journals.folder);
  makeFolders(filesFolder(journals.folder), 0o700);
  const now = () => new Date();
  const file = await unfinished(journals.folder, 'undo');
  const journal = file === undefined ? await newJournal(journals, now) : await continueJournal(file, now);
  const ui = await openRunUi(context);
  try {
    if (options.confirm !== overview.name && !(await ui.confirm(overview)))
      throw new UserError({ what: 'Nothing was done.' }, { exitCode: 130 });
    const state = await stage.adopt(fold(journal.entries));
    await journal.write({
      type: 'run',
      kind: 'undo',
      rehearsal: options.rehearse ?? false,
      program: context.version,
      catalog: catalog.manifest.version,
      steps: jobs.map(({ key, what, digest, after }) => ({ key, what, digest, after: [...after] })),
    });
    const again = `amlguide undo ${overview.name}${options.rehearse ? ' --rehearse' : ''}${options.purge ? ' --purge' : ''}`;
    const work = {
      overview,
      jobs,
      state,
      journal,
      editable: false,
      again,
      ...(stage.before ? { before: stage.before } : {}),
      ...stage.ports,
    };
    const { outcome } = await carryOut(context, catalog, work, options, ui);
    await stage.keep();
    await ui.end({ outcome, next: outcome === 'complete' ? [] : [`Go on: ${again}`] });
    await ui.close();
    if (outcome === 'failed')
      throw new UserError({ what: 'Not all of it could be taken back.', hint: `Go on with: ${again}` }, { exitCode: 3 });
    if (outcome !== 'complete') throw new UserError({ what: 'Stopped.', hint: `Go on with: ${again}` }, { exitCode: 130 });
  } finally {
    await ui.close();
    await journal.close();
  }
}

function overviewOf(name: string, made: readonly Made[], { rehearse = false, purge = false }: UndoOptions): RunOverview {
  const reversed = made.toReversed();
  return {
    name,
    kind: 'undo',
    rehearsal: rehearse,
    creates: [],
    changes: [],
    looks: [],
    permissions: [],
    finished: 0,
    changed: [],
    removes: reversed
      .filter(({ undo }) => undo.kept === undefined)
      .map(({ what, change, undo }) => ({
        what,
        ...(change === 'update' ? { note: 'gets back what it was' } : undo.softly && !purge ? { note: undo.softly } : {}),
      })),
    kept: reversed.flatMap(({ what, undo }) => (undo.kept === undefined ? [] : [{ what, because: undo.kept }])),
    typed: name,
  };
}

function textOf({ removes, kept }: RunOverview): string {
  return [
    'Taken back, in this order',
    ...removes.map(({ what, note }) => `  ${what}${note ? ` · ${note}` : ''}`),
    ...(kept.length === 0 ? [] : ['', 'Stays', ...kept.map(({ what, because }) => `  ${what} · ${because}`)]),
  ].join('\n');
}
