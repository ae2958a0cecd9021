import { basename } from 'node:path';
import type { Catalog } from '../core/catalog.ts';
import { UserError } from '../core/errors.ts';
import { plan } from '../core/plan.ts';
import { defaultFormats } from '../core/render.ts';
import { type Session, valuesIn } from '../core/session.ts';
import { situationOf } from '../core/walk.ts';
import {
  createSession,
  deleteSession,
  listSessions,
  loadSession,
  lockSession,
  openStore,
  renameSession,
  type SessionLock,
  type Store,
  saveSession,
  stateFolder,
} from '../io/store.ts';
import type { StoredSession } from '../io/stored-session.ts';
import { converse } from '../ui/loop.ts';
import type { SavedSession, Ui } from '../ui/ui.ts';
import { type Context, tell, wantsColour } from './context.ts';
import { writePlan } from './render.ts';

/** Flags of `amlguide setup` and `amlguide resume`. */
export interface SetupOptions {
  readonly session?: string;
  readonly out?: string;
  readonly force?: boolean;
}

/** The store of this person's sessions. */
export function storeOf(context: Context): Store {
  return openStore(stateFolder(context.environment));
}

/** Starts a new setup; its session is saved after every answer. */
export async function setupCommand(context: Context, options: SetupOptions, ui?: Ui): Promise<void> {
  mayAsk(context);
  preloadUi(context);
  const catalog = await context.catalog();
  const store = storeOf(context);
  const name = options.session ?? freeName(await listSessions(store).then((list) => list.map((one) => one.name)), draftName(store.now()));
  const stored = await createSession(store, name, { catalog: catalog.manifest.version, program: context.version });
  await talk(context, catalog, store, stored, options, options.session === undefined, ui);
}

/** Goes on with a saved session at the very question where it was left; without a name, the newest. */
export async function resumeCommand(context: Context, name: string | undefined, options: SetupOptions, ui?: Ui): Promise<void> {
  mayAsk(context);
  preloadUi(context);
  const catalog = await context.catalog();
  const store = storeOf(context);
  const wanted = name ?? (await listSessions(store)).find(({ state }) => state === 'sound')?.name;
  if (wanted === undefined) throw new UserError({ what: 'There is no saved session.', hint: 'amlguide setup starts one.' });
  const stored = await loadSession(store, wanted);
  if (stored.catalog !== catalog.manifest.version)
    tell(
      context,
      `This session was written for checklists ${stored.catalog}; this program has ${catalog.manifest.version}. Answers that no longer hold are asked again.`,
    );
  await talk(context, catalog, store, stored, options, isDraft(stored.name), ui);
}

/** What the home screen lists. */
export async function savedSessions(context: Context, catalog: Catalog): Promise<SavedSession[]> {
  const store = storeOf(context);
  return (await listSessions(store)).map((one) =>
    one.state === 'sound'
      ? { name: one.name, about: `${progressOf(catalog, one.stored.session)} · ${agoText(one.updated, store.now())}` }
      : { name: one.name, about: agoText(one.updated, store.now()), damaged: one.reason },
  );
}

/** 14 of 22 answered. */
export function progressOf(catalog: Catalog, session: Session): string {
  const { asked, answers } = situationOf(catalog, valuesIn(session));
  const answered = asked.filter(({ key }) => answers[key] !== undefined).length;
  return answered === asked.length ? `all ${asked.length} answered` : `${answered} of ${asked.length} answered`;
}

/** How long ago, as a person says it. */
export function agoText(then: string, now: Date): string {
  const minutes = Math.max(0, Math.round((now.getTime() - new Date(then).getTime()) / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  return hours < 36 ? `${hours} h ago` : `${Math.round(hours / 24)} days ago`;
}

function mayAsk(context: Context): void {
  if (!context.noInput) return;
  throw new UserError({
    what: 'This asks questions, and there is nobody to ask here.',
    hint: 'Use amlguide render --answers FILE, or amlguide setup --plain to answer from a pipe.',
  });
}

async function talk(
  context: Context,
  catalog: Catalog,
  store: Store,
  start: StoredSession,
  options: SetupOptions,
  mayRename: boolean,
  given?: Ui,
): Promise<void> {
  let stored = start;
  let lock: SessionLock = await lockSession(store, stored.name);
  const ui = given ?? (await openUi(context));
  const save = async (session: Session): Promise<void> => {
    if (lock.lost()) throw takenOver(stored.name);
    stored = await saveSession(store, { ...stored, session });
    const wanted = mayRename ? wantedName(catalog, session) : undefined;
    if (wanted === undefined || wanted === stored.name) return;
    const name = freeName(
      (await listSessions(store)).map((one) => one.name),
      wanted,
      stored.name,
    );
    await lock.release();
    stored = await renameSession(store, stored.name, name);
    lock = await lockSession(store, stored.name);
    mayRename = false;
  };
  try {
    const { session, end } = await converse(catalog, start.session, ui, () => stored.name, save);
    await ui.close();
    if (end === 'leave' && mayRename && Object.keys(session.answers).length === 0) {
      await lock.release();
      await deleteSession(store, stored.name);
      throw new UserError({ what: 'Nothing was answered, so nothing is saved.' }, { exitCode: 130 });
    }
    if (end === 'leave')
      throw new UserError({ what: `Saved as ${stored.name}.`, hint: `Go on with: amlguide resume ${stored.name}` }, { exitCode: 130 });
    await writeFiles(context, catalog, session, options.out ?? stored.name, options.force ?? false);
  } finally {
    await ui.close();
    await lock.release();
  }
}

function takenOver(name: string): UserError {
  return new UserError({
    what: `Another amlguide took over the session ${name}.`,
    hint: `Your last answer was not saved. Leave it there first, then go on with: amlguide resume ${name}`,
  });
}

/** Begins to load the code of the screens while files are read; what goes wrong is told when it is needed. */
function preloadUi(context: Context): void {
  if (!context.plain) import('../ui/ink/ink-ui.tsx').catch(() => undefined);
}

async function openUi(context: Context): Promise<Ui> {
  if (context.plain) {
    const { plainUi } = await import('../ui/plain.ts');
    return plainUi({ input: context.stdin, output: context.stdout });
  }
  const { inkUi } = await import('../ui/ink/ink-ui.tsx');
  return inkUi({ stdin: context.stdin, stdout: context.stdout, colour: wantsColour(context) });
}

async function writeFiles(context: Context, catalog: Catalog, session: Session, folder: string, force: boolean): Promise<void> {
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

function draftName(now: Date): string {
  return `draft-${now.toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')}`;
}

/** Whether a name is one of draftName, also with the number that a second one gets. */
function isDraft(name: string): boolean {
  return /^draft-\d{8}-\d{4}(-\d+)?$/.test(name);
}

function freeName(taken: readonly string[], wanted: string, own?: string): string {
  const busy = new Set(taken.filter((name) => name !== own).map((name) => name.toLowerCase()));
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!busy.has(name.toLowerCase())) return name;
  }
}
