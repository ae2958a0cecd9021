import { offeredOf } from './answers.ts';
import { type Catalog, fieldOf, questionsOf } from './catalog.ts';
import { nearest } from './errors.ts';
import { acceptWithId, defaultOf } from './interview.ts';
import { isObject, type Json } from './json.ts';
import type { Group } from './schema.ts';
import { type Answers, type Asked, type Situation, situationOf } from './situation.ts';
import { textOf } from './words.ts';

/** Something wrong with a key or value that a file or --set gives. */
export interface GivenProblem {
  readonly key: string;
  readonly say: string;
  readonly hint?: string;
}

/** Answers by key out of what a file holds: dotted keys or nested maps, and lists of rows for groups. */
export function answersGiven(
  catalog: Catalog,
  given: Readonly<Record<string, Json>>,
): { readonly answers: Record<string, Json>; readonly problems: GivenProblem[] } {
  const answers: Record<string, Json> = {};
  const problems: GivenProblem[] = [];
  const take = (key: string, value: Json): void => {
    const known = questionsOf(catalog).get(key)?.question;
    if (known?.kind === 'group') takeRows(known, value, answers, problems);
    else if (known) answers[key] = value;
    else if (isObject(value) && [...questionsOf(catalog).keys()].some((id) => id.startsWith(`${key}.`))) {
      for (const [name, inner] of Object.entries(value)) take(`${key}.${name}`, inner);
    } else problems.push(unknownKey(key, questionsOf(catalog).keys()));
  };
  for (const [key, value] of Object.entries(given)) take(key, value);
  return { answers, problems };
}

function takeRows(group: Group, value: Json, answers: Record<string, Json>, problems: GivenProblem[]): void {
  const rows = Array.isArray(value) ? (value as Json[]) : [value];
  if (rows.length === 0 || rows.length > group.max) {
    problems.push({ key: group.id, say: `takes 1 to ${group.max} rows, not ${rows.length}.` });
    return;
  }
  rows.forEach((row, index) => {
    if (!isObject(row))
      problems.push({
        key: `${group.id}.${index}`,
        say: `each ${group.noun} is a map of fields.`,
        hint: group.fields.map(({ id }) => id).join(', '),
      });
    else
      for (const [name, field] of Object.entries(row)) {
        if (fieldOf(group, name)) answers[`${group.id}.${index}.${name}`] = field;
        else
          problems.push(
            unknownKey(
              `${group.id}.${index}.${name}`,
              group.fields.map(({ id }) => `${group.id}.${index}.${id}`),
            ),
          );
      }
    if (index + 1 < group.max) answers[`${group.id}.${index}.more`] = index + 1 < rows.length;
  });
}

function unknownKey(key: string, known: Iterable<string>): GivenProblem {
  const near = nearest(key, known);
  return { key, say: 'is not a question.', hint: near ? `Did you mean ${near}?` : '`amlguide questions` lists every key.' };
}

/** A question that still needs an answer, with the line to write into an answers file. */
export interface MissingAnswer {
  readonly key: string;
  readonly kind: string;
  readonly ask: string;
  readonly choices: readonly string[];
  readonly default?: Json;
  readonly line: string;
}

/** Every question without an answer, found by going on with defaults; what depends on a question without one is named when that is answered. */
export function missingAnswers(catalog: Catalog, answers: Answers): MissingAnswer[] {
  return walk(catalog, answers).missing.filter(({ key }) => !key.endsWith('.more'));
}

interface Walked {
  readonly missing: MissingAnswer[];
  readonly problems: GivenProblem[];
  readonly met: ReadonlySet<string>;
}

/** Goes through the questions with given answers, each made valid before it counts; what is missing or wrong is assumed to be the default. */
function walk(catalog: Catalog, answers: Answers): Walked {
  const assumed: Record<string, Json> = {};
  const met = new Set<string>();
  const [missing, problems]: [MissingAnswer[], GivenProblem[]] = [[], []];
  const take = (situation: Situation, next: Asked, given: Json | undefined): void => {
    const accepted = given === undefined ? undefined : acceptWithId(situation, next, given);
    if (accepted && 'value' in accepted) {
      Object.assign(assumed, accepted.others, { [next.key]: accepted.value });
      return;
    }
    const proposed = assumed[next.key] ?? defaultOf(situation, next);
    if (accepted) problems.push({ key: next.key, say: accepted.problem });
    else if (assumed[next.key] === undefined) missing.push(missingOf(situation, next, proposed));
    if (proposed !== undefined) assumed[next.key] = proposed;
  };
  for (let round = 0; round < 5000; round++) {
    const situation = situationOf(catalog, assumed);
    const next = situation.asked.find(({ key }) => !met.has(key));
    if (!next) break;
    met.add(next.key);
    take(situation, next, answers[next.key]);
  }
  return { missing, problems, met };
}

function missingOf(situation: Situation, asked: Asked, proposed: Json | undefined): MissingAnswer {
  const choices = offeredOf(situation, asked)
    .filter(({ refused }) => refused === undefined)
    .map(({ value }) => textOf(value));
  const key = asked.row ? `${asked.row.group.id}[${asked.row.index}].${asked.question.id}` : asked.key;
  const sample = proposed !== undefined ? JSON.stringify(proposed) : (choices[0] ?? exampleOf(situation, asked) ?? '…');
  return {
    key: asked.key,
    kind: asked.question.kind,
    ask: asked.question.ask,
    choices,
    ...(proposed === undefined ? {} : { default: proposed }),
    line: `${key}: ${sample}`,
  };
}

function exampleOf({ catalog }: Situation, { question }: Asked): string | undefined {
  return question.example ?? ('format' in question ? catalog.formats[question.format]?.example : undefined);
}

/** What is wrong with given values, once they are all in place; keys that do not apply are told apart. */
export function checkGiven(catalog: Catalog, answers: Answers): { readonly problems: GivenProblem[]; readonly unasked: readonly string[] } {
  const { problems, met } = walk(catalog, answers);
  return { problems, unasked: Object.keys(answers).filter((key) => !met.has(key) && !key.endsWith('.more')) };
}
