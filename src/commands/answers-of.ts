import type { Catalog } from '../core/catalog.ts';
import { type Complaint, nearest, UserError } from '../core/errors.ts';
import { answersGiven, type Given as CheckedAnswers, checkGiven, type MissingAnswer } from '../core/given.ts';
import { settleDown } from '../core/interview.ts';
import type { Json } from '../core/json.ts';
import { type Plan, plan } from '../core/plan.ts';
import { problemsOf, refusals } from '../core/rules.ts';
import { type Answer, emptySession, type Session, valuesIn } from '../core/session.ts';
import { type Answers, asksForAnother } from '../core/situation.ts';
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

/** Whether the flags name any answers. */
export function hasAnswers({ answers, example, session, set = [] }: AnswersOptions): boolean {
  return answers !== undefined || example !== undefined || session !== undefined || set.length > 0;
}

/** The plan that the flags ask for; throws a UserError that names everything missing or wrong at once. */
export async function planFrom(context: Context, options: AnswersOptions): Promise<Plan> {
  const catalog = await context.catalog();
  const found = await lookThrough(context, catalog, options);
  const lacking = found.missing.filter((one) => !options.defaults || one.default === undefined);
  const complaints = complaintsOf(catalog, found);
  if (complaints.length + lacking.length > 0) throw new UserError([...complaints, ...missingLines(lacking)]);
  const answers = await completed(context, catalog, found, options);
  const missing = options.defaults ? checkGiven(catalog, answers).missing : [];
  if (missing.length > 0) throw new UserError(missingLines(missing));
  const result = plan(catalog, answers);
  if ('problems' in result) throw new UserError(wrongAnswers(result.problems, found.place));
  return result;
}

/** Answers out of a file, an example or a saved session, with --set on top, as far as they are given; names everything that is wrong at once. */
export async function answersFrom(context: Context, options: AnswersOptions): Promise<Answers> {
  const catalog = await context.catalog();
  const found = await lookThrough(context, catalog, options);
  if (found.wrong.length > 0) throw new UserError(found.wrong.map(({ complaint }) => complaint));
  return completed(context, catalog, found, options);
}

/** The answers of a file as they stand there, and everything that is wrong with them; what is missing is none of it. */
export async function answersInFile(
  context: Context,
  path: string,
): Promise<{ readonly values: Answers; readonly complaints: readonly Complaint[] }> {
  const catalog = await context.catalog();
  const found = await lookThrough(context, catalog, { answers: path });
  const rows = Object.entries(withoutMoreRows(catalog, found.values)).filter(([key]) => asksForAnother({ key }));
  return { values: { ...found.values, ...Object.fromEntries(rows) }, complaints: complaintsOf(catalog, found) };
}

/** Given answers before anything was proposed: what they are, what they lack, and what is wrong with them. */
interface Found extends Pick<CheckedAnswers, 'missing' | 'unasked'> {
  readonly values: Answers;
  readonly session: Session;
  readonly place: Place;
  readonly wrong: readonly { readonly key: string; readonly complaint: Complaint }[];
}

/** Everything that is wrong with what is given, each key once. */
function complaintsOf(catalog: Catalog, { wrong, values, place }: Found): readonly Complaint[] {
  const told = new Set(wrong.map(({ key }) => key));
  const broken = refusals(problemsOf(situationOf(catalog, values))).filter(({ key }) => !told.has(key));
  return [...wrong.map(({ complaint }) => complaint), ...wrongAnswers(broken, place)];
}

async function lookThrough(context: Context, catalog: Catalog, options: AnswersOptions): Promise<Found> {
  const given = await givenBy(context, catalog, options);
  const start = given.session ?? emptySession;
  const settings = await settingsOf(options.set ?? []);
  const { answers, problems } = answersGiven(catalog, foldRows(catalog, given.values, settings, valuesIn(start)));
  const place = placeAmong(settings, given.place);
  const session = sessionWith(catalog, start, answers);
  const values = { ...valuesIn(start), ...answers, ...valuesIn(session) };
  const checked = checkGiven(catalog, values);
  const misplaced = problems.map(({ key, say, hint }) => ({
    key,
    complaint: { what: `${key} ${say}`, where: place(key), ...(hint ? { hint } : {}) },
  }));
  const wrong = checked.problems.flatMap((one) => wrongAnswers([one], place).map((complaint) => ({ key: one.key, complaint })));
  // A list of rows that cannot be read lacks nothing else.
  const missing = checked.missing.filter(({ key }) => !problems.some((one) => `${key}.`.startsWith(`${one.key}.`)));
  return { values, session, place, wrong: [...misplaced, ...wrong], missing, unasked: checked.unasked };
}

/** The saved answers with the given ones in place of theirs: what these make needless is set aside, and proposed values follow. */
function sessionWith(catalog: Catalog, start: Session, answers: Answers): Session {
  const given = Object.entries(answers).map(([key, value]): [string, Answer] => [key, { value, from: 'file' }]);
  const session: Session = { ...start, cursor: undefined, answers: { ...start.answers, ...Object.fromEntries(given) } };
  const changes = given.length > 0 && Object.keys(start.answers).length > 0;
  return changes ? settleDown(catalog, session) : session;
}

/** The answers of the right form; with --defaults the proposed values where none are given. */
async function completed(context: Context, catalog: Catalog, found: Found, options: AnswersOptions): Promise<Answers> {
  const { values, session, place, missing, unasked } = found;
  if (unasked.length > 0) tell(context, `Not used, because other answers make them needless: ${unasked.join(', ')}`);
  if (missing.length === 0) return withoutMoreRows(catalog, values);
  if (!options.defaults) return situationOf(catalog, values).answers;
  const ui = headlessUi(values, place, true);
  const ended = await converse(
    catalog,
    session,
    ui,
    () => '',
    async () => undefined,
  );
  return valuesIn(ended.session);
}

/** Nothing but whether further rows follow is open: none does, as no file names a row that is all quiet. */
function withoutMoreRows(catalog: Catalog, values: Answers): Answers {
  const { asked, answers } = situationOf(catalog, values);
  const open = asked.find((one) => asksForAnother(one) && answers[one.key] === undefined && values[one.key] === undefined);
  return open ? withoutMoreRows(catalog, { ...values, [open.key]: false }) : answers;
}

function wrongAnswers(problems: readonly { readonly key: string; readonly say: string }[], place: Place): Complaint[] {
  const hint = 'Mend the answer and run the same command again.';
  return problems.map(({ key, say }) => ({ what: say, where: `${place(key)}: ${key}`, hint }));
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

/** Whether a catalog version such as 2026.11 is later than another. Most are the same, and comparing numbers in texts loads tables of languages. */
function newer(a: string, b: string): boolean {
  return a !== b && a.localeCompare(b, 'en', { numeric: true }) > 0;
}

/** The answers of an example that a person names. */
export function exampleNamed(catalog: Catalog, name: string): Readonly<Record<string, Json>> {
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

/** What names every missing key with its kind, its choices and the line to write; nothing when none is missing. */
function missingLines(missing: readonly MissingAnswer[]): Complaint[] {
  if (missing.length === 0) return [];
  return [
    {
      what: `${missing.length} answer${missing.length === 1 ? ' is' : 's are'} missing. Write these lines into an answers file, or give --set KEY=VALUE${missing.some((one) => one.default !== undefined) ? '; --defaults takes the proposed values' : ''}:`,
    },
    ...missing.map(({ line, kind, ask, choices, default: proposed }) => ({
      what: `  ${line}`,
      hint: `  # ${kind}${choices.length > 0 ? ` (${choices.slice(0, 8).join(', ')}${choices.length > 8 ? ', …' : ''})` : ''}${proposed === undefined ? '' : ', proposed'}: ${ask}`,
    })),
  ];
}
