import type { ChecklistLine } from '../core/items.ts';
import type { Permission } from '../core/plan.ts';
import type { Problem } from '../core/rules.ts';
import type { AnswerView, Ask, Outcome, View } from '../core/view.ts';

/** The answers that are not any more what they were; those that nobody was asked for come and go without a word. */
export function takenBack(before: readonly AnswerView[], now: readonly AnswerView[]): AnswerView[] {
  const left = new Map(now.map(({ key, text }) => [key, text]));
  return before.filter(({ key, text, from }) => from !== 'quiet' && left.get(key) !== text);
}

/** What a person has to look at before anything else: what the answers contradict, and warnings with the answer they stand at. */
export interface Attention {
  readonly contradicted: readonly ChecklistLine[];
  readonly problems: readonly (Problem & { readonly label: string })[];
}

/** What needs a look before the files are written. */
export function attentionOf(view: View): Attention {
  const labels = new Map(view.answers.map(({ key, label }) => [key, label]));
  return {
    contradicted: view.checklist.filter(({ state }) => state === 'contradicted'),
    problems: view.problems.map((problem) => ({ ...problem, label: labels.get(problem.key) ?? '' })),
  };
}

/** How many answers are defaults that were taken without asking. */
export function unaskedCount({ answers }: View): number {
  return answers.filter(({ from }) => from === 'quiet').length;
}

/** A part of the plan under its heading, one thing a line. */
export interface PlanPart {
  readonly heading: string;
  readonly lines: readonly { readonly text: string; readonly note?: string }[];
}

/** What the plan creates, uses and costs; parts without lines are left out. */
export function planParts({ creates, uses, costs }: Outcome): PlanPart[] {
  const parts: PlanPart[] = [
    { heading: 'Will be created', lines: creates.map(({ what, takes }) => ({ text: what, ...(takes ? { note: takes } : {}) })) },
    {
      heading: 'Has to be there already',
      lines: uses.map(({ what, changes }) => ({ text: what, note: changes ? 'is changed where it differs' : 'is only looked at' })),
    },
    { heading: 'Costs money', lines: costs.map(({ what, costs: note }) => ({ text: what, note })) },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** How many actions a person needs at a scope. */
export function permissionCount({ actions }: Permission): string {
  return actions.length === 1 ? '1 action' : `${actions.length} actions`;
}

/** A long id with its middle left out: it begins and ends as it was. */
export function shortId(id: string, width: number): string {
  const characters = [...id];
  if (characters.length <= width) return id;
  const begin = Math.max(1, Math.floor(width * 0.3));
  return `${characters.slice(0, begin).join('')}…${characters.slice(characters.length - Math.max(1, width - begin - 1)).join('')}`;
}

/** A resource id as it can be listened to: what it is, its name, and its group. */
export function spokenId(id: string): string {
  const [, subscription, group, rest] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?(?:\/providers\/[^/]+\/(.+))?$/i.exec(id) ?? [];
  if (subscription === undefined) return id;
  if (rest === undefined) return group === undefined ? `subscription ${subscription}` : `resource group ${group}`;
  const words = rest.split('/');
  const pairs = words.flatMap((type, index) => (index % 2 === 0 ? [`${type} ${words[index + 1] ?? ''}`.trim()] : []));
  return `${pairs.toReversed().join(' of ')}${group === undefined ? '' : `, in resource group ${group}`}`;
}

/** What a question says, to find words in it. */
export function askTexts({ ask, label, why, because, choices, facts, problems }: Ask): (string | undefined)[] {
  return [
    ...[ask, label, why, because],
    ...problems.map(({ say }) => say),
    ...choices.flatMap((choice) => [choice.label, choice.hint, choice.refused]),
    ...facts.slice(0, 1).map(({ says }) => says),
  ];
}
