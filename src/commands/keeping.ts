import type { Catalog } from '../core/catalog.ts';
import { UserError } from '../core/errors.ts';
import type { Session } from '../core/session.ts';
import {
  createSession,
  deleteSession,
  listSessions,
  lockSession,
  openStore,
  renameSession,
  type Store,
  saveSession,
  stateFolder,
} from '../io/store.ts';
import type { StoredSession } from '../io/stored-session.ts';
import type { Context } from './context.ts';

/** A session on disk while a conversation goes on; nobody else can open it meanwhile. */
export interface Kept {
  readonly name: () => string;
  readonly save: (session: Session) => Promise<void>;
  /** Gives the session another name; a number is added when somebody has that name. */
  readonly rename: (wanted: string) => Promise<void>;
  readonly discard: () => Promise<void>;
  readonly release: () => Promise<void>;
}

/** The store of this person's sessions. */
export function storeOf(context: Context): Store {
  return openStore(stateFolder(context.environment));
}

/** Creates a session under a name, or under a draft's name that is free, and keeps it. */
export async function keepNew(context: Context, catalog: Catalog, name: string | undefined): Promise<Kept> {
  const store = storeOf(context);
  const free = name ?? freeName(await namesIn(store), draftName(store.now()));
  return keep(store, await createSession(store, free, { catalog: catalog.manifest.version, program: context.version }));
}

/** Keeps a session that is there. */
export async function keep(store: Store, start: StoredSession): Promise<Kept> {
  let stored = start;
  let lock = await lockSession(store, stored.name);
  return {
    name: () => stored.name,
    save: async (session) => {
      if (lock.lost()) throw takenOver(stored.name);
      stored = await saveSession(store, { ...stored, session });
    },
    rename: async (wanted) => {
      const name = freeName(await namesIn(store), wanted, stored.name);
      await lock.release();
      stored = await renameSession(store, stored.name, name);
      lock = await lockSession(store, stored.name);
    },
    discard: () => deleteSession(store, stored.name, lock),
    release: () => lock.release(),
  };
}

function takenOver(name: string): UserError {
  return new UserError({
    what: `Another amlguide took over the session ${name}.`,
    hint: `Your last answer was not saved. Leave it there first, then go on with: amlguide resume ${name}`,
  });
}

/** The name of a session until the person names the setup. */
export function draftName(now: Date): string {
  return `draft-${now.toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')}`;
}

/** Whether a name is one of draftName, also with the number that a second one gets. */
export function isDraft(name: string): boolean {
  return /^draft-\d{8}-\d{4}(-\d+)?$/.test(name);
}

async function namesIn(store: Store): Promise<string[]> {
  return (await listSessions(store)).map(({ name }) => name);
}

function freeName(taken: readonly string[], wanted: string, own?: string): string {
  const busy = new Set(taken.filter((name) => name !== own).map((name) => name.toLowerCase()));
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!busy.has(name.toLowerCase())) return name;
  }
}
