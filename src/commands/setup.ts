import { basename } from 'node:path';
import type { Catalog } from '../core/catalog.ts';
import { UserError } from '../core/errors.ts';
import { answeredOf, metOf } from '../core/interview.ts';
import type { LiveInventory } from '../core/inventory.ts';
import { emptySession, type Session, valuesIn } from '../core/session.ts';
import { situationOf } from '../core/walk.ts';
import { liveInventory, type ReadsFor } from '../io/inventory.ts';
import { agoText } from '../ui/ago.ts';
import { converse } from '../ui/loop.ts';
import type { SavedSession, Turn, Ui } from '../ui/ui.ts';
import { type Context, tell, terminalOf } from './context.ts';
import type { Kept } from './keeping.ts';

/** Flags of `amlguide setup` and `amlguide resume`. */
export interface SetupOptions {
  readonly session?: string;
  readonly out?: string;
  readonly force?: boolean;
}

/** What a person wants next of the answers of a session. */
export interface Next {
  readonly how: 'run' | 'rehearse';
  readonly session: string;
}

/** Starts a new setup; its session is saved after every answer. A draft is created with the first one: who only looks leaves nothing behind. */
export async function setupCommand(context: Context, options: SetupOptions, ui?: Ui): Promise<Next | undefined> {
  await mayAsk(context);
  preloadUi(context);
  const catalog = await context.catalog();
  const open = async () => (await import('./keeping.ts')).keepNew(context, catalog, options.session);
  if (options.session === undefined)
    return talk(context, catalog, options, { start: emptySession, name: 'new setup', open, mayRename: true }, ui);
  const kept = await open();
  return talk(context, catalog, options, { start: emptySession, name: kept.name(), open: async () => kept, mayRename: false }, ui);
}

/** Goes on with the questions of a saved session at the very one where it was left. */
export async function askOn(context: Context, name: string, options: SetupOptions, ui?: Ui): Promise<Next | undefined> {
  await mayAsk(context);
  preloadUi(context);
  const catalog = await context.catalog();
  const [{ isDraft, keep, storeOf }, { loadSession }] = await Promise.all([import('./keeping.ts'), import('../io/store.ts')]);
  const store = storeOf(context);
  const stored = await loadSession(store, name);
  if (stored.catalog !== catalog.manifest.version)
    tell(
      context,
      `This session was written for checklists ${stored.catalog}; this program has ${catalog.manifest.version}. Answers that no longer hold are asked again.`,
    );
  const kept = await keep(store, stored);
  const mayRename = isDraft(stored.name);
  return talk(context, catalog, options, { start: stored.session, name: stored.name, open: async () => kept, mayRename }, ui);
}

/** Opens the answers of a session at a question; true when the person wants to go on with what they were for. */
export async function editAnswers(context: Context, name: string, key: string): Promise<boolean> {
  const catalog = await context.catalog();
  const [{ keep, storeOf }, { loadSession }] = await Promise.all([import('./keeping.ts'), import('../io/store.ts')]);
  const stored = await loadSession(storeOf(context), name);
  const kept = await keep(storeOf(context), stored);
  const beginning = { start: { ...stored.session, cursor: key }, name: stored.name, open: async () => kept, mayRename: false };
  return (await talk(context, catalog, {}, beginning, undefined, true)) !== undefined;
}

/** What the home screen lists. */
export async function savedSessions(context: Context, catalog: Catalog): Promise<SavedSession[]> {
  const [{ storeOf }, { listSessions }] = await Promise.all([import('./keeping.ts'), import('../io/store.ts')]);
  const store = storeOf(context);
  return Promise.all(
    (await listSessions(store)).map(async (one) => {
      const ago = agoText(one.updated, store.now());
      if (one.state !== 'sound') return { name: one.name, about: ago, damaged: one.reason };
      const about = [progressOf(catalog, one.stored.session), await runText(context, one.name), ago];
      return { name: one.name, about: about.filter((part) => part !== undefined).join(' · ') };
    }),
  );
}

/** How the last run of a session ended, in a few words. */
export async function runText(context: Context, name: string): Promise<string | undefined> {
  const [{ runEnd }, { stateFolder }] = await Promise.all([import('../io/run/run-end.ts'), import('../io/store.ts')]);
  const end = await runEnd(stateFolder(context.environment), name);
  return (
    end &&
    { complete: 'run is complete', failed: 'run failed', stopped: 'run stopped', interrupted: 'run was left', open: 'run broke off' }[end]
  );
}

/** 14 of 22 answered. */
export function progressOf(catalog: Catalog, session: Session): string {
  const situation = situationOf(catalog, valuesIn(session));
  const met = metOf(situation);
  const answered = answeredOf(situation, met);
  return answered === met.length ? `all ${met.length} answered` : `${answered} of ${met.length} answered`;
}

/** Refuses to ask where nobody can answer: without a terminal somebody has to type all the same, or lines have to come through a pipe. */
export async function mayAsk(context: Context): Promise<void> {
  if (!context.noInput || (context.piped && (await hasLines(context.stdin)))) return;
  throw new UserError({
    what: 'This asks questions, and there is nobody to ask here.',
    hint: 'Use amlguide render --answers FILE, or send the answers to amlguide setup through a pipe, one on each line.',
  });
}

/** Whether anything comes before the end of the input; it is left there. */
async function hasLines(input: Context['stdin']): Promise<boolean> {
  if (input.isTTY) return true;
  return new Promise((resolve) => {
    const look = (): void => {
      const begin = input.read() as Buffer | string | null;
      input.off('readable', look);
      input.off('end', look);
      if (begin !== null) input.unshift(begin);
      resolve(begin !== null);
    };
    input.on('readable', look);
    input.on('end', look);
  });
}

/** What a conversation starts from, and how its session comes to be kept. */
interface Beginning {
  readonly start: Session;
  readonly name: string;
  readonly open: () => Promise<Kept>;
  readonly mayRename: boolean;
}

async function talk(
  context: Context,
  catalog: Catalog,
  options: SetupOptions,
  beginning: Beginning,
  given?: Ui,
  forRun = false,
): Promise<Next | undefined> {
  let { name, mayRename } = beginning;
  let opening: Promise<Kept> | undefined;
  const opened = async (): Promise<Kept> => {
    opening ??= beginning.open();
    const kept = await opening;
    name = kept.name();
    context.lastWord?.(`Every answer is saved. Go on with: amlguide resume ${name}`);
    return kept;
  };
  const save = async (session: Session): Promise<void> => {
    const kept = await opened();
    await kept.save(session);
    const wanted = mayRename ? wantedName(catalog, session) : undefined;
    if (wanted === undefined || wanted === name) return;
    await kept.rename(wanted);
    await opened();
    mayRename = false;
  };
  const ui = given ?? (await openUi(context));
  const over = new AbortController();
  let editing = false;
  // What interrupts the editor is no wish to leave.
  const deaf = ui.leave ? context.signals((signal) => !(editing && signal === 'SIGINT') && ui.leave?.()) : undefined;
  const edit: NonNullable<Turn['edit']> = async (text) => {
    editing = true;
    return (await import('./edit-answers.ts')).editAnswersFile(context, text).finally(() => {
      editing = false;
    });
  };
  const inventory = listsFor(context, catalog, over.signal);
  try {
    const { session, end } = await converse(catalog, beginning.start, withEditor(ui, edit), () => name, save, inventory);
    await ui.close();
    const how = end === 'write' && forRun ? 'run' : end;
    if (how === 'run' || how === 'rehearse') return { how, session: (await opened()).name() };
    await finish(context, catalog, options, { session, end: how, opening, opened, mayRename });
    return undefined;
  } finally {
    over.abort();
    context.abandon?.();
    await ui.close();
    await opening?.then((kept) => kept.release()).catch(() => undefined);
    // Only now may a signal end the program at once: the lock would stay.
    deaf?.();
  }
}

/** What there is in Azure, for choices; what reads it is loaded when the first list is wanted. */
function listsFor(context: Context, catalog: Catalog, signal: AbortSignal): LiveInventory | undefined {
  if (!catalog.manifest.azure) return undefined;
  const readsFor: ReadsFor = async (wanted) => (await import('./azure-lists.ts')).listReads(context, catalog, wanted);
  return liveInventory({ readsFor, sample: context.sample ?? false, signal });
}

/** A Ui whose turns can open the answers in the editor. */
function withEditor(ui: Ui, edit: NonNullable<Turn['edit']>): Ui {
  return {
    ...ui,
    ask: (turn) => ui.ask({ ...turn, edit }),
    ...(ui.update ? { update: (turn: Turn) => ui.update?.({ ...turn, edit }) } : {}),
  };
}

interface Ending {
  readonly session: Session;
  readonly end: 'leave' | 'write';
  /** The session on disk, once there is one. */
  readonly opening: Promise<Kept> | undefined;
  readonly opened: () => Promise<Kept>;
  readonly mayRename: boolean;
}

async function finish(context: Context, catalog: Catalog, options: SetupOptions, ending: Ending): Promise<void> {
  const { session, end, opening, opened, mayRename } = ending;
  if (end === 'leave' && mayRename && Object.keys(session.answers).length === 0) {
    await (await opening)?.discard();
    throw new UserError({ what: 'Nothing was answered, so nothing is saved.' }, { exitCode: 130 });
  }
  const kept = await opened();
  if (end === 'write') return writeFiles(context, catalog, session, options.out ?? kept.name(), options.force ?? false);
  throw new UserError({ what: `Saved as ${kept.name()}.`, hint: `Go on with: amlguide resume ${kept.name()}` }, { exitCode: 130 });
}

/** Begins to load the code of the screens while files are read; what goes wrong is told when it is needed. */
function preloadUi(context: Context): void {
  if (!context.plain && !context.noInput) import('../ui/ink/ink-ui.ts').catch(() => undefined);
}

async function openUi(context: Context): Promise<Ui> {
  if (context.plain || context.noInput) {
    const { plainUi } = await import('../ui/plain.ts');
    return plainUi({ input: context.stdin, output: context.stdout });
  }
  const { inkUi } = await import('../ui/ink/ink-ui.ts');
  return inkUi(terminalOf(context));
}

async function writeFiles(context: Context, catalog: Catalog, session: Session, folder: string, force: boolean): Promise<void> {
  const [{ plan }, { defaultFormats }, { writePlan }] = await Promise.all([
    import('../core/plan.ts'),
    import('../core/render.ts'),
    import('./render.ts'),
  ]);
  const result = plan(catalog, valuesIn(session));
  if ('problems' in result) throw new UserError(result.problems.map(({ key, say }) => ({ what: say, where: key })));
  await writePlan(context, result, defaultFormats, folder, force);
  tell(context, `Read ${basename(folder)}/guide.md first; ${basename(folder)}/run.sh (or run.ps1) does the work.`);
}

/** The name that the person gave to the whole, once that is answered. */
function wantedName(catalog: Catalog, session: Session): string | undefined {
  const value = session.answers[catalog.manifest.name_from]?.value;
  return typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(value) ? value : undefined;
}
