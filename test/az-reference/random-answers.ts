import { accept, offeredOf } from '../../src/core/answers.ts';
import type { Catalog } from '../../src/core/catalog.ts';
import { defaultOf } from '../../src/core/defaults.ts';
import type { Json } from '../../src/core/json.ts';
import { problemsOf, refusals } from '../../src/core/rules.ts';
import type { Answers, Asked, Situation } from '../../src/core/situation.ts';
import { situationOf } from '../../src/core/walk.ts';

/** A choice that a set of answers made, as question=value; fields of a group are counted for all rows together. */
export type Turn = string;

/** Complete answers, and the turns that they took or found refused by a rule. */
export interface Walk {
  readonly answers: Answers;
  readonly turns: ReadonlySet<Turn>;
}

/**
 * Answers every question, with the least-seen value of each choice first, so that a few walks take every turn;
 * the numbers decide between values that were seen equally often. Gives undefined when a rule leaves no way on.
 */
export function walkOnce(catalog: Catalog, seen: Map<Turn, number>, random: () => number): Walk | undefined {
  let answers: Answers = {};
  const turns = new Set<Turn>();
  for (let steps = 0; steps < 300; steps++) {
    const situation = situationOf(catalog, answers);
    const asked = situation.asked.find(({ key }) => answers[key] === undefined);
    // A rule over all rows of a group speaks only when the group is complete.
    if (!asked) return refusals(problemsOf(situation)).length === 0 ? { answers, turns } : undefined;
    const value = candidates(situation, asked, seen, random).find((one) => {
      const turn = turnOf(asked, one);
      if (turn !== undefined) turns.add(turn);
      return holds(catalog, { ...answers, [asked.key]: one }, asked.key);
    });
    if (value === undefined) return undefined;
    answers = { ...answers, [asked.key]: value };
    const turn = turnOf(asked, value);
    if (turn !== undefined) seen.set(turn, (seen.get(turn) ?? 0) + 1);
  }
  return undefined;
}

function turnOf({ question, row }: Asked, value: Json): Turn | undefined {
  const free = !['choice', 'choices', 'yes_no'].includes(question.kind) || (question.kind === 'choice' && !Array.isArray(question.choices));
  return free ? undefined : `${row ? `${row.group.id}.` : ''}${question.id}=${JSON.stringify(value)}`;
}

function holds(catalog: Catalog, answers: Answers, key: string): boolean {
  return refusals(problemsOf(situationOf(catalog, answers)), key).length === 0;
}

function candidates(situation: Situation, asked: Asked, seen: ReadonlyMap<Turn, number>, random: () => number): Json[] {
  const { question } = asked;
  const open = offeredOf(situation, asked).flatMap(({ value, refused }) => (refused === undefined ? [value] : []));
  if (question.kind === 'yes_no') return leastSeen(asked, [true, false], seen, random);
  if (question.kind === 'choice') return leastSeen(asked, open, seen, random);
  if (question.kind === 'choices') return leastSeen(asked, [open, ...open.map((one) => [one])], seen, random);
  const proposed = defaultOf(situation, asked);
  const all = [...(proposed === undefined ? [] : [proposed]), ...samples(situation, asked)];
  // A list that may be empty is filled half of the time, and a default is at times another value, as whatever depends on that would be seen by nobody.
  return random() < (question.optional ? 0.5 : 0.1) ? all.toReversed() : all;
}

function leastSeen(asked: Asked, values: readonly Json[], seen: ReadonlyMap<Turn, number>, random: () => number): Json[] {
  const weighed = values.map((value) => ({ value, weight: (seen.get(turnOf(asked, value) ?? '') ?? 0) + random() }));
  return weighed.toSorted((a, b) => a.weight - b.weight).map(({ value }) => value);
}

function samples(situation: Situation, asked: Asked): Json[] {
  const { question } = asked;
  const format = 'format' in question ? situation.catalog.formats[question.format]?.example : undefined;
  const number = question.kind === 'number' ? (question.min ?? 1) : undefined;
  return [question.example, format, number].flatMap((raw) => {
    const accepted = raw === undefined ? undefined : accept(situation, asked, raw);
    return accepted && 'value' in accepted ? [accepted.value] : [];
  });
}

/** Every turn that the questions with fixed choices have; a choice that is always refused has none. */
export function allTurns(catalog: Catalog): Turn[] {
  return catalog.topics
    .flatMap(({ questions = [] }) =>
      questions.flatMap((question) =>
        question.kind === 'group'
          ? question.fields.map((field) => ({ field, group: `${question.id}.` }))
          : [{ field: question, group: '' }],
      ),
    )
    .flatMap(({ field, group }) => {
      if (field.kind === 'yes_no') return [true, false].map((value) => `${group}${field.id}=${value}`);
      if (field.kind !== 'choice' || !Array.isArray(field.choices)) return [];
      const open = field.choices.filter(({ unless }) => unless?.when !== '`true`');
      return open.map(({ value }) => `${group}${field.id}=${JSON.stringify(value)}`);
    });
}

/** Numbers from 0 to 1 that look random and are the same in every run (mulberry32). */
export function sameNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
