import { offeredOf } from './answers.ts';
import type { Json } from './json.ts';
import type { Asked, Situation } from './situation.ts';
import { textOf } from './words.ts';

/** What a person calls an answer: the label of its question, with the row of a group before it. */
export function answerLabel(asked: Asked): string {
  return asked.row ? `${asked.row.group.noun} ${asked.row.index + 1}: ${asked.question.label}` : asked.question.label;
}

/** An answer in words: the label of a choice, yes or no, lists with commas. */
export function answerText(situation: Situation, asked: Asked, value: Json): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (asked.question.kind === 'tags')
    return (
      Object.entries(value)
        .map(([name, tag]) => `${name}=${String(tag)}`)
        .join(', ') || 'none'
    );
  const labels = new Map(offeredOf(situation, asked).map((one) => [textOf(one.value), one.label]));
  const parts = (Array.isArray(value) ? (value as Json[]) : [value]).map((one) => labels.get(textOf(one)) ?? textOf(one));
  return parts.join(', ') || 'none';
}
