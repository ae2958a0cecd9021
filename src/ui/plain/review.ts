import type { Change } from '../../core/interview.ts';
import type { ChecklistLine, ItemState } from '../../core/items.ts';
import type { AnswerView, View } from '../../core/view.ts';
import { shortened } from './question.ts';

const states: readonly ItemState[] = ['met', 'contradicted', 'verify', 'by hand', 'open'];
const stateWords: Readonly<Record<ItemState, string>> = {
  met: 'met',
  contradicted: 'contradicted',
  verify: 'to verify in Azure',
  'by hand': 'to check by hand',
  open: 'open',
};
const fromWords: Readonly<Record<AnswerView['from'], string>> = {
  typed: '',
  default: ', the default',
  file: ', from the file',
  azure: ', read from Azure',
};

/** Every answer with its number and key, section by section. */
export function reviewLines(view: View): string[] {
  if (view.answers.length === 0) return ['Nothing is answered yet.'];
  return view.answers.flatMap((answer, index) => [
    ...(answer.topic === view.answers[index - 1]?.topic ? [] : [`${answer.title}:`]),
    `  ${index + 1}) ${answer.label}: ${shortened(answer.text)}${fromWords[answer.from]}. Key: ${answer.key}`,
    ...answer.problems.map(({ say, level }) => `     ${level === 'warn' ? 'Mind' : 'Not valid'}: ${say}`),
  ]);
}

/** How many checklist items are in each state, in one sentence. */
export function checklistCounts(view: View): string {
  const counts = states
    .map((state) => ({ state, count: view.checklist.filter((line) => line.state === state).length }))
    .filter(({ count }) => count > 0);
  if (counts.length === 0) return 'Checklist: no items yet.';
  return `Checklist: ${counts.map(({ state, count }) => `${count} ${stateWords[state]}`).join(', ')}.`;
}

/** The whole checklist, section by section. */
export function checklistLines(view: View): string[] {
  const titles = new Map(view.sections.map(({ topic, title }) => [topic, title]));
  const lines = view.checklist.flatMap((line, index) => [
    ...(line.topic === view.checklist[index - 1]?.topic ? [] : [`${titles.get(line.topic) ?? line.topic}:`]),
    `  ${itemLine(line)}`,
    ...(line.manual ? [`    What to look at: ${line.manual}`] : []),
  ]);
  return [checklistCounts(view), ...lines];
}

function itemLine({ state, label, says }: ChecklistLine): string {
  const words = stateWords[state];
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${label}. ${says}`;
}

/** The items that the answers make false. */
export function contradictedLines(view: View): string[] {
  return view.checklist.filter(({ state }) => state === 'contradicted').map((line) => `  ${itemLine(line)}`);
}

/** What stands at the end: every answer, the checklist in numbers, and what is wrong. */
export function endLines(view: View): string[] {
  const contradicted = contradictedLines(view);
  return [
    'Every question is answered. These are the answers:',
    ...reviewLines(view),
    checklistCounts(view),
    ...(contradicted.length > 0 ? ['Against the checklist:', ...contradicted] : []),
  ];
}

/** What a move changes besides the answer given, one line each. */
export function changeLines(changes: readonly Change[]): string[] {
  return changes.map((change) => `  ${change.label}: ${changeWords(change)}`);
}

function changeWords({ what, beforeText = '', afterText = '', say }: Change): string {
  if (what === 'set aside') return `${shortened(beforeText)} is set aside, because the question no longer applies.`;
  if (what === 'brought back') return `${shortened(afterText)} applies again.`;
  if (what === 'follows') return `follows, from ${shortened(beforeText)} to ${shortened(afterText)}.`;
  return `no longer valid. ${say ?? ''}`.trim();
}
