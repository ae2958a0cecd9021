import type { Catalog } from '../core/catalog.ts';
import { type Complaint, nearest, UserError } from '../core/errors.ts';
import { answersGiven, checkGiven, type MissingAnswer } from '../core/given.ts';
import type { Json } from '../core/json.ts';
import { type Plan, plan } from '../core/plan.ts';
import { emptySession, type Session, valuesIn } from '../core/session.ts';
import { type Answers, say } from '../core/situation.ts';
import { situationOf } from '../core/walk.ts';
import { headlessUi, type Place } from '../ui/headless.ts';
import { converse } from '../ui/loop.ts';
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
  const { answers, missing, place } = await answersFrom(context, options);
  if (missing.length > 0) throw missingError(inWords(catalog, answers, missing));
  const result = plan(catalog, answers);
  if ('problems' in result) throw wrongAnswers(result.problems, place);
  return result;
}

/** Answers as far as they are given, each of the right form; what is missing is told apart. */
export interface AnswersFound {
  readonly answers: Answers;
  readonly missing: readonly MissingAnswer[];
  readonly place: Place;
}

/** Answers out of a file, an example or a saved session, with --set on top; names everything that is wrong at once. */
export async function answersFrom(context: Context, options: AnswersOptions): Promise<AnswersFound> {
  const catalog = await context.catalog();
  const given = await givenBy(context, catalog, options);
  const start = given.session ?? emptySession;
  const settings = await settingsOf(options.set ?? []);
  const { answers, problems } = answersGiven(catalog, foldRows(catalog, given.values, settings, valuesIn(start)));
  const place = placeAmong(settings, given.place);
  if (problems.length > 0) {
    throw new UserError(
      problems.map(({ key, say, hint }): Complaint => ({ what: `${key} ${say}`, where: place(key), ...(hint ? { hint } : {}) })),
    );
  }
  const values = { ...valuesIn(start), ...answers };
  const { missing, problems: wrong, unasked } = checkGiven(catalog, values);
  if (wrong.length > 0) throw wrongAnswers(wrong, place);
  if (unasked.length > 0) tell(context, `Not used, because other answers make them needless: ${unasked.join(', ')}`);
  if (missing.length === 0 || !options.defaults) return { answers: situationOf(catalog, values).answers, missing, place };
  const ui = headlessUi(values, place, true);
  const { session } = await converse(
    catalog,
    start,
    ui,
    () => '',
    async () => undefined,
  );
  return { answers: valuesIn(session), missing: checkGiven(catalog, valuesIn(session)).missing, place };
}

function wrongAnswers(problems: readonly { readonly key: string; readonly say: string }[], place: Place): UserError {
  const hint = 'Mend the answer and run the same command again.';
  return new UserError(problems.map(({ key, say }) => ({ what: say, where: `${place(key)}: ${key}`, hint })));
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
  if (settings.length === 0) return {};
  const { parseSetting } = await import('../io/answers-file.ts');
  return Object.fromEntries(settings.map((setting) => parseSetting(setting)).map(({ key, value }) => [key, value as Json]));
}

/** The questions of missing answers as they would be asked if the proposed values were taken. */
function inWords(catalog: Catalog, values: Readonly<Record<string, Json>>, missing: readonly MissingAnswer[]): MissingAnswer[] {
  const proposed = missing.flatMap(({ key, default: value }) => (value === undefined ? [] : [[key, value] as const]));
  const situation = situationOf(catalog, { ...values, ...Object.fromEntries(proposed) });
  return missing.map((one) => ({ ...one, ask: say(situation, one.ask) }));
}

/** The error that names every missing key with its kind, its choices and the line to write. */
export function missingError(missing: readonly MissingAnswer[]): UserError {
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
