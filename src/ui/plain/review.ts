import type { Change, Taken } from '../../core/interview.ts';
import type { ChecklistLine, ItemState } from '../../core/items.ts';
import { pictureSentences } from '../../core/picture-words.ts';
import type { AnswerView, View } from '../../core/view.ts';
import { agoText } from '../ago.ts';
import { attentionOf, permissionCount, planParts, spokenId, unaskedCount } from '../review-words.ts';
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
  quiet: ', the default, not asked',
  file: ', from the file',
  azure: ', read from Azure',
};

/** Every answer with its number and key, section by section. */
export function reviewLines(view: View, now: Date): string[] {
  if (view.answers.length === 0) return ['Nothing is answered yet.'];
  const lines = view.answers.flatMap((answer, index) => [
    ...(answer.topic === view.answers[index - 1]?.topic ? [] : [`${answer.title}:`]),
    `  ${index + 1}) ${answer.label}: ${shortened(answer.text)}${fromWords[answer.from]}${ageOf(answer, now)}. Key: ${answer.key}`,
    ...answer.problems.map(({ say, level }) => `     ${level === 'warn' ? 'Mind' : 'Not valid'}: ${say}`),
  ]);
  return [...unaskedLines(view), ...freshLines(view), ...lines];
}

function ageOf({ at }: AnswerView, now: Date): string {
  return at === undefined ? '' : `, ${agoText(at, now)}`;
}

/** What Azure says by now, and how that is taken over. */
function freshLines({ fresh }: View): string[] {
  if (!fresh) return [];
  const how = Object.keys(fresh.answers).length > 0 ? ' Type take to take it over.' : '';
  return [
    `Azure says otherwise by now.${how}`,
    ...fresh.differences.map(({ label, before, after }) => `  ${label}: ${before} here, and now: ${after}`),
  ];
}

function unaskedLines(view: View): string[] {
  const count = unaskedCount(view);
  if (count === 0) return [];
  return [`You were not asked about ${count} of these: the default counts, and the line says so. Type edit KEY to change one.`];
}

/** The answers that are proposed, section by section. */
export function takenLines(taken: readonly Taken[]): string[] {
  const lines = taken.flatMap(({ title, label, text, from }, index) => [
    ...(title === taken[index - 1]?.title ? [] : [`${title}:`]),
    `  ${label}: ${shortened(text)}${from === 'azure' ? ', from Azure' : ''}`,
  ]);
  return [taken.length === 1 ? 'One answer is proposed.' : `${taken.length} answers are proposed.`, ...lines];
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

/** What stands at the end: what needs a look, how much is made and costs money, and the words that say more. */
export function endLines(view: View): string[] {
  const { outcome } = view;
  const made = outcome ? [`${countOf(outcome.creates.length, 'thing')} will be created, ${outcome.costs.length} of them cost money.`] : [];
  return [
    `Every question is answered. ${checklistCounts(view)}`,
    ...lookLines(view),
    ...freshLines(view),
    ...made,
    ...unaskedLines(view),
    `Type review to hear your ${view.answers.length} answers, network, plan or permissions to hear what follows from them.`,
  ];
}

function countOf(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}

function lookLines(view: View): string[] {
  const { contradicted, problems } = attentionOf(view);
  return [
    ...(contradicted.length > 0 ? ['Against the checklist:', ...contradicted.map((line) => `  ${itemLine(line)}`)] : []),
    ...problems.map(({ level, label, say }) => `${level === 'warn' ? 'Mind' : 'Not possible'}: ${label === '' ? '' : `${label}: `}${say}`),
  ];
}

/** What the plan comes to, before it is known. */
const later = 'It is known when every question is answered.';

/** What is made, used and paid for. */
export function planLines({ outcome }: View): string[] {
  if (!outcome) return [later];
  return planParts(outcome).flatMap(({ heading, lines }) => [
    `${heading}:`,
    ...lines.map(({ text, note }) => `  ${text}${note === undefined ? '' : `, ${note}`}`),
  ]);
}

/** The permissions that the plan needs, and on what. */
export function permissionLines({ outcome }: View): string[] {
  if (!outcome) return [later];
  return [
    'Permissions that you need; guide.md lists the actions:',
    ...outcome.permissions.map((one) => `  ${permissionCount(one)} on ${spokenId(one.scope)}`),
  ];
}

/** The network in sentences, as far as it is known: boxes of characters cannot be listened to. */
export function networkLines(view: View): string[] {
  const sentences = pictureSentences(view.picture());
  return sentences.length === 0 ? ['Nothing of the network is known yet.'] : ['The network:', ...sentences.map((one) => `  ${one}`)];
}

/** What a move changes besides the answer given, one line each. */
export function changeLines(changes: readonly Change[]): string[] {
  return changes.map((change) => `  ${change.label}: ${changeWords(change)}`);
}

function changeWords({ what, beforeText, afterText = '', say }: Change): string {
  if (what === 'set aside') return `${shortened(beforeText ?? '')} is set aside, because the question no longer applies.`;
  if (what === 'brought back') return `${shortened(afterText)} applies again.`;
  if (what === 'follows' && beforeText === undefined) return `follows: ${shortened(afterText)}.`;
  if (what === 'follows') return `follows, from ${shortened(beforeText ?? '')} to ${shortened(afterText)}.`;
  return `no longer valid. ${say ?? ''}`.trim();
}
