import { expect } from 'vitest';
import { offeredOf } from '../../src/core/answers.ts';
import type { Catalog } from '../../src/core/catalog.ts';
import { answersGiven } from '../../src/core/given.ts';
import { attempt } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import type { Session } from '../../src/core/session.ts';
import { situationOf } from '../../src/core/walk.ts';

/** The answers of an example with some others, as a person would have given them. */
export function sessionOf(catalog: Catalog, example: string, changes: Readonly<Record<string, Json>>): Session {
  const given = { ...(catalog.examples[example]?.answers as Record<string, Json>), ...changes };
  const { answers, problems } = answersGiven(catalog, given);
  expect(problems).toEqual([]);
  return {
    answers: Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value, from: 'typed' as const }])),
    aside: {},
  };
}

/** What a wizard says when a person gives an answer: the reasons, and the facts that they rest on. */
export function refusalOf(catalog: Catalog, session: Session, key: string, value: Json): { says: string; facts: readonly string[] } {
  const { refused } = attempt(catalog, session, { type: 'answer', key, value });
  const situation = situationOf(catalog, Object.fromEntries(Object.entries(session.answers).map(([name, answer]) => [name, answer.value])));
  const asked = situation.asked.find((one) => one.key === key);
  const choice = asked ? offeredOf(situation, asked).find((one) => one.value === value && one.refused !== undefined) : undefined;
  return { says: refused.map(({ say }) => say).join(' '), facts: [...refused.flatMap(({ facts }) => facts), ...(choice?.facts ?? [])] };
}
