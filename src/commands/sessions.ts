import { UserError } from '../core/errors.ts';
import { answersFile } from '../core/render/answers.ts';
import { valuesIn } from '../core/session.ts';
import { situationOf } from '../core/walk.ts';
import { deleteSession, listSessions, loadSession, renameSession } from '../io/store.ts';
import { agoText } from '../ui/ago.ts';
import { type Context, print, tableOf, tell } from './context.ts';
import { storeOf } from './keeping.ts';
import { progressOf } from './setup.ts';

/** Lists the saved sessions, newest first. */
export async function listCommand(context: Context): Promise<void> {
  const store = storeOf(context);
  const catalog = await context.catalog();
  const list = (await listSessions(store)).map((one) => ({
    name: one.name,
    updated: one.updated,
    state: one.state,
    about: one.state === 'sound' ? progressOf(catalog, one.stored.session) : one.reason,
    file: one.file,
  }));
  if (list.length === 0 && context.output === 'table') tell(context, 'There is no saved session. amlguide setup starts one.');
  else
    print(context, list, () =>
      tableOf([['SESSION', 'SAVED', 'PROGRESS'], ...list.map(({ name, updated, about }) => [name, agoText(updated, store.now()), about])]),
    );
}

/** Gives a session another name. */
export async function renameCommand(context: Context, from: string, to: string): Promise<void> {
  const stored = await renameSession(storeOf(context), from, to);
  tell(context, `${from} is called ${stored.name} now.`);
}

/** Prints the answers of a session as an answers file. */
export async function exportCommand(context: Context, name: string): Promise<void> {
  const stored = await loadSession(storeOf(context), name);
  const catalog = await context.catalog();
  const given = valuesIn(stored.session);
  // With what was taken quietly, as answers.yaml has it.
  context.stdout.write(answersFile(catalog, { ...situationOf(catalog, given).answers, ...given }));
}

/** Deletes a session, after its name was given twice. */
export async function deleteCommand(context: Context, name: string, confirmed: string | undefined): Promise<void> {
  if (confirmed !== name)
    throw new UserError({
      what: `This deletes the answers of ${name}; nothing in Azure changes.`,
      hint: `To do so: amlguide sessions delete ${name} --confirm ${name}`,
    });
  await deleteSession(storeOf(context), name);
  tell(context, `${name} is deleted.`);
}
