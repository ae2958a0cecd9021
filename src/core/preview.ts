import { planOf, type Step } from './plan.ts';
import type { Asked, Situation } from './situation.ts';
import { rowValueName } from './variable-name.ts';
import { type Part, type Word, wordText } from './words.ts';

/** A piece of a previewed command; `changed` marks what the current answer decides, `missing` what is not answered yet. */
export interface PreviewWord {
  readonly text: string;
  readonly changed: boolean;
  readonly missing: boolean;
}

/** One previewed command with the step it belongs to. */
export interface PreviewLine {
  readonly step: string;
  readonly words: readonly PreviewWord[];
}

/** The commands that hold the answer to the current question, filled as far as the answers go; those that hold it directly come first. */
export function previewOf(situation: Situation, asked: Asked | undefined): PreviewLine[] {
  if (!asked) return [];
  const { steps } = planOf(situation);
  const holding = (deep: boolean) => steps.flatMap((step) => linesOf(step, asked, deep));
  const direct = holding(false);
  return (direct.length > 0 ? direct : holding(true)).slice(0, 3);
}

function linesOf(step: Step, asked: Asked, deep: boolean): PreviewLine[] {
  const commands = step.create.length > 0 ? step.create : step.update;
  return commands
    .filter((words) => words.some((word) => word.some((part) => holds(part, asked, deep))))
    .map((words) => ({ step: step.what, words: words.map((word) => previewWord(word, asked)) }));
}

function holds(part: Part, asked: Asked, deep: boolean): boolean {
  if ('missing' in part) return part.missing === asked.question.label;
  if (!('name' in part)) return false;
  return part.name === nameOf(asked) || (deep && (part.made ?? []).some((inner) => holds(inner, asked, deep)));
}

/** The name under which the answer stands in words. */
function nameOf({ key, row, question }: Asked): string {
  return row ? rowValueName(row.group.noun, row.index, question.id) : key;
}

function previewWord(word: Word, asked: Asked): PreviewWord {
  const missing = word.some((part) => 'missing' in part);
  return { text: wordText(word) ?? word.map(partText).join(''), changed: word.some((part) => holds(part, asked, true)), missing };
}

function partText(part: Part): string {
  if ('missing' in part) return `‹${part.missing}›`;
  if ('output' in part) return `‹${part.output}›`;
  return 'text' in part ? part.text : part.value;
}
