import { accept, extraOf, offeredOf } from './answers.ts';
import type { Json } from './json.ts';
import type { Asked, Situation } from './situation.ts';

/** The default of a question now; undefined when it has none, waits, or would not be accepted. */
export function defaultOf(situation: Situation, asked: Asked): Json | undefined {
  const { question } = asked;
  if (question.default === undefined && question.optional) return null;
  const value = proposedFor(situation, asked);
  if (value === undefined) return undefined;
  const accepted = accept(situation, asked, value);
  return 'value' in accepted ? accepted.value : undefined;
}

/** What the default of a question comes to, whether it is accepted or not: null when there is none, undefined while it waits. */
export function proposedFor(situation: Situation, asked: Asked): Json | undefined {
  const { question } = asked;
  if (question.default !== undefined) return situation.settle(question.default, extraOf(situation, asked));
  return question.optional ? null : (onlyChoice(situation, asked) ?? null);
}

/** A single choice needs no thought. */
function onlyChoice(situation: Situation, asked: Asked): Json | undefined {
  const open = asked.question.kind === 'choice' ? offeredOf(situation, asked).filter((one) => one.refused === undefined) : [];
  return open.length === 1 ? open[0]?.value : undefined;
}
