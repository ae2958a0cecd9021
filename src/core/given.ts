import { extraOf, offeredOf } from './answers.ts';
import { type Catalog, fieldOf, questionsOf } from './catalog.ts';
import { defaultOf } from './defaults.ts';
import { nearest } from './errors.ts';
import { isObject, type Json } from './json.ts';
import { readPastedId } from './pasted-id.ts';
import type { Group } from './schema.ts';
import { type Answers, type Asked, anotherKey, asksForAnother, type Situation, say } from './situation.ts';
import { situationOf } from './walk.ts';
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
  const spelled = new Map<string, string>();
  for (const { key, value, spelling } of keysGiven(catalog, given)) {
    const known = questionsOf(catalog).get(key)?.question;
    const first = spelled.get(key);
    if (first !== undefined) problems.push({ key, say: `is there twice: as ${first} and as ${spelling}.`, hint: 'Keep one of them.' });
    else if (known?.kind === 'group') takeRows(known, value, answers, problems);
    else if (known) answers[key] = value;
    else problems.push(unknownKey(key, questionsOf(catalog).keys()));
    spelled.set(key, first ?? spelling);
  }
  for (const [key, value] of Object.entries({ ...answers })) takePastedId(catalog, key, value, answers, problems);
  return { answers, problems };
}

/** One key of a file, with the names above it if it stands in a map, and how the file spells it. */
export interface KeyGiven {
  readonly key: string;
  readonly value: Json;
  readonly spelling: string;
}

/** The keys of a file; maps that only hold keys of questions, such as `subnet: {prefix: x}`, are taken apart. */
export function keysGiven(catalog: Catalog, given: Readonly<Record<string, Json>>): KeyGiven[] {
  const apart = (names: readonly string[], value: Json): KeyGiven[] => {
    const key = names.join('.');
    const holds = () => [...questionsOf(catalog).keys()].some((id) => id.startsWith(`${key}.`));
    if (questionsOf(catalog).has(key) || !isObject(value) || !holds()) return [{ key, value, spelling: spellingOf(names) }];
    return Object.entries(value).flatMap(([name, inner]) => apart([...names, name], inner));
  };
  return Object.entries(given).flatMap(([name, value]) => apart([name], value));
}

function spellingOf(names: readonly string[]): string {
  return names.length === 1 ? names.join() : `${names.join(': {')}: …${'}'.repeat(names.length - 1)}`;
}

/** A resource id in place of a name answers other questions too; what the file says of those must agree. */
function takePastedId(catalog: Catalog, key: string, value: Json, answers: Record<string, Json>, problems: GivenProblem[]): void {
  const question = questionsOf(catalog).get(key)?.question;
  const pasted = question && question.kind !== 'group' ? readPastedId(catalog, question, value) : undefined;
  if (!pasted) return;
  if ('problem' in pasted) {
    problems.push({ key, say: `: ${pasted.problem}` });
    return;
  }
  answers[key] = pasted.name;
  for (const [other, filled] of Object.entries(pasted.others)) {
    const given = answers[other];
    if (given !== undefined && String(given).toLowerCase() !== filled.toLowerCase())
      problems.push({ key, say: `names ${filled}, and ${other} is ${String(given)}.` });
    else answers[other] ??= filled;
  }
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
    if (index + 1 < group.max) answers[anotherKey(group, index)] = index + 1 < rows.length;
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

/** What given answers lack, and what is wrong with them. */
export interface Given {
  readonly missing: readonly MissingAnswer[];
  readonly problems: readonly GivenProblem[];
  /** Keys that are answered and that nobody asks, given the other answers. */
  readonly unasked: readonly string[];
}

/**
 * Looks through given answers. Where one is missing or wrong it goes on with the default, so that everything is told at once; what hangs on a
 * question without a default is told when that is answered.
 */
export function checkGiven(catalog: Catalog, answers: Answers): Given {
  let assumed = answers;
  const missing = new Map<string, MissingAnswer>();
  const problems = new Map<string, GivenProblem>();
  for (;;) {
    const situation = situationOf(catalog, assumed);
    const next = situation.asked.find(({ key }) => situation.answers[key] === undefined && !missing.has(key) && !problems.has(key));
    if (!next) {
      const met = new Set(situation.asked.map(({ key }) => key));
      const unasked = Object.keys(answers).filter((key) => !met.has(key) && !asksForAnother({ key }));
      return { missing: [...missing.values()].filter((one) => !asksForAnother(one)), problems: [...problems.values()], unasked };
    }
    const proposed = defaultOf(situation, next);
    const wrong = situation.wrong.get(next.key);
    if (wrong === undefined) missing.set(next.key, missingOf(situation, next, proposed));
    else problems.set(next.key, { key: next.key, say: wrong });
    const { [next.key]: _, ...others } = assumed;
    assumed = proposed === undefined ? others : { ...others, [next.key]: proposed };
  }
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
    ask: say(situation, asked.question.ask, extraOf(situation, asked)),
    choices,
    ...(proposed === undefined ? {} : { default: proposed }),
    line: `${key}: ${sample}`,
  };
}

function exampleOf({ catalog }: Situation, { question }: Asked): string | undefined {
  return question.example ?? ('format' in question ? catalog.formats[question.format]?.example : undefined);
}
