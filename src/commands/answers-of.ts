import type { Catalog } from '../core/catalog.ts';
import { type Complaint, nearest, UserError } from '../core/errors.ts';
import { answersGiven, checkGiven, missingAnswers } from '../core/given.ts';
import { settleDown } from '../core/interview.ts';
import type { Json } from '../core/json.ts';
import { type Plan, plan } from '../core/plan.ts';
import { emptySession, type Session, valuesIn } from '../core/session.ts';
import { converse } from '../ui/loop.ts';
import { headlessUi, type Place } from '../ui/headless.ts';
import { type Context, tell } from './context.ts';
import { foldRows, plainKey } from './row-keys.ts';

/** Where answers come from, as flags of a command. */
export interface AnswersOptions {
  readonly answers?: string;
  readonly example?: string;
  readonly session?: string;
  readonly set?: readonly string[];
  readonly defaults?: boolean;
}

interface Given {
  readonly values: Readonly<Record<string, Json>>;
  readonly place: Place;
  readonly session?: Session;
}

/** The plan that the flags ask for; throws a UserError that names everything missing or wrong at once. */
export async function planFrom(context: Context, options: AnswersOptions): Promise<Plan> {
  const catalog = await context.catalog();
  const session = await sessionFrom(context, catalog, options);
  const missing = missingAnswers(catalog, valuesIn(session));
  if (missing.length > 0) throw missingError(missing);
  const result = plan(catalog, valuesIn(session));
  if ('problems' in result) throw new UserError(result.problems.map(({ key, say }) => ({ what: say, where: key })));
  return result;
}

/** A session out of a file, an example or a saved session, with --set on top; the same loop as every user interface. */
export async function sessionFrom(context: Context, catalog: Catalog, options: AnswersOptions): Promise<Session> {
  const given = await givenBy(context, catalog, options);
  const settings = await settingsOf(options.set ?? []);
  const { answers, problems } = answersGiven(catalog, foldRows(catalog, given.values, settings, valuesIn(given.session ?? emptySession)));
  const place = placeAmong(settings, given.place);
  if (problems.length > 0)
    throw new UserError(
      problems.map(({ key, say, hint }): Complaint => ({ what: `${key} ${say}`, where: place(key), ...(hint ? { hint } : {}) })),
    );
  const start = given.session ?? emptySession;
  const { problems: wrong, unasked } = checkGiven(catalog, { ...valuesIn(start), ...answers });
  if (wrong.length > 0)
    throw new UserError(
      wrong.map(({ key, say }) => ({ what: say, where: `${place(key)}: ${key}`, hint: 'Mend the answer and run the same command again.' })),
    );
  const { session } = await converse(
    catalog,
    start,
    headlessUi({ ...valuesIn(start), ...answers }, place, options.defaults ?? false),
    () => '',
    async () => undefined,
  );
  if (unasked.length > 0) tell(context, `Not used, because other answers make them needless: ${unasked.join(', ')}`);
  return settleDown(catalog, session);
}

/** What --set gives, also inside a map or a list, is told apart from what comes from elsewhere. */
function placeAmong(settings: Readonly<Record<string, Json>>, elsewhere: Place): Place {
  const set = Object.keys(settings).map(plainKey);
  return (key) => (set.some((one) => key === one || key.startsWith(`${one}.`)) ? '--set' : elsewhere(key));
}

async function givenBy(context: Context, catalog: Catalog, options: AnswersOptions): Promise<Given> {
  const sources = [options.answers, options.example, options.session].filter((source) => source !== undefined);
  if (sources.length > 1) throw new UserError({ what: 'Give one of --answers, --example and --session.' });
  if (options.answers !== undefined) return fromFile(context, catalog, options.answers);
  if (options.example !== undefined) return { values: exampleNamed(catalog, options.example), place: () => `example ${options.example}` };
  if (options.session !== undefined) {
    const { loadSession, openStore, stateFolder } = await import('../io/store.ts');
    const file = await loadSession(openStore(stateFolder(context.environment)), options.session);
    return { values: {}, place: () => `session ${options.session}`, session: file.session };
  }
  return { values: {}, place: () => 'the command line' };
}

async function fromFile(context: Context, catalog: Catalog, path: string): Promise<Given> {
  const { readAnswersFile } = await import('../io/answers-file.ts');
  const file = await readAnswersFile(path, context.stdin);
  if (file.catalog !== undefined && newer(file.catalog, catalog.manifest.version)) {
    throw new UserError({
      what: `These answers were written for checklists ${file.catalog}; this program has ${catalog.manifest.version}.`,
      where: path,
      hint: 'Update amlguide, or take the line `catalog:` away to try them as they are.',
    });
  }
  return { values: file.values as Record<string, Json>, place: (key) => file.positions(key) };
}

/** Whether a catalog version such as 2026.11 is later than another. */
function newer(a: string, b: string): boolean {
  return a.localeCompare(b, 'en', { numeric: true }) > 0;
}

function exampleNamed(catalog: Catalog, name: string): Readonly<Record<string, Json>> {
  const example = catalog.examples[name];
  if (example) return example.answers as Record<string, Json>;
  const names = Object.keys(catalog.examples);
  const near = nearest(name, names);
  throw new UserError({ what: `There is no example ${name}.`, hint: near ? `Did you mean ${near}?` : `There are: ${names.join(', ')}.` });
}

async function settingsOf(settings: readonly string[]): Promise<Record<string, Json>> {
  const { parseSetting } = await import('../io/answers-file.ts');
  return Object.fromEntries(settings.map((setting) => parseSetting(setting)).map(({ key, value }) => [key, value as Json]));
}

/** The error that names every missing key with its kind, its choices and the line to write. */
export function missingError(missing: ReturnType<typeof missingAnswers>): UserError {
  return new UserError([
    {
      what: `${missing.length} answer${missing.length === 1 ? ' is' : 's are'} missing. Write these lines into an answers file, or give --set KEY=VALUE${missing.some((one) => one.default !== undefined) ? '; --defaults takes the proposed values' : ''}:`,
    },
    ...missing.map(({ line, kind, ask, choices, default: proposed }) => ({
      what: `  ${line}`,
      hint: `  # ${kind}${choices.length > 0 ? ` (${choices.slice(0, 8).join(', ')}${choices.length > 8 ? ', …' : ''})` : ''}${proposed === undefined ? '' : ', proposed'}: ${ask}`,
    })),
  ]);
}
