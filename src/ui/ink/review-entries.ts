import type { ChecklistLine, ItemState } from '../../core/items.ts';
import type { Drawn } from '../../core/picture.ts';
import type { Permission } from '../../core/plan.ts';
import type { Problem } from '../../core/rules.ts';
import type { AnswerView, View } from '../../core/view.ts';
import { attentionOf, planParts } from '../review-words.ts';
import { hasWords } from './filter.ts';

/** What the cursor of the review can stand on; `part` is what the tab key goes through, `heading` what stands above the first of them. */
export type Entry = { readonly part: string; readonly heading: string } & (
  | { readonly answer: AnswerView }
  | { readonly item: ChecklistLine }
  | { readonly problem: Problem & { readonly label: string } }
  /** A line of the picture, by the number of the thing that it shows. */
  | { readonly node: number; readonly depth: number; readonly label: string }
  | { readonly text: string; readonly note?: string; readonly news?: string }
  | { readonly permission: Permission }
);

const order: readonly ItemState[] = ['contradicted', 'open', 'by hand', 'verify', 'met'];
const entries = new WeakMap<View, readonly Entry[]>();

/** The lines of the review: what needs a look, the plan, the answers, the checklist; the same at every width. */
export function reviewEntries(view: View): readonly Entry[] {
  const known = entries.get(view);
  if (known) return known;
  const made = [...lookEntries(view), ...planEntries(view), ...answerEntries(view), ...itemEntries(view)];
  entries.set(view, made);
  return made;
}

/** The numbers of the lines that have every word. */
export function entriesWith(view: View, words: readonly string[]): readonly number[] {
  return reviewEntries(view).flatMap((entry, index) => (words.length === 0 || hasWords(entryText(entry), words) ? [index] : []));
}

function entryText(entry: Entry): string {
  return [entry.part, entry.heading, ...entryTexts(entry)].join(' ');
}

/** What a line says of its own, without the heading above it. */
export function entryTexts(entry: Entry): readonly string[] {
  if ('answer' in entry) return [entry.answer.label, entry.answer.text, entry.answer.key];
  if ('item' in entry) return [entry.item.label, entry.item.says, entry.item.state, entry.item.severity];
  if ('problem' in entry) return [entry.problem.label, entry.problem.say];
  if ('permission' in entry) return [entry.permission.scope, ...entry.permission.actions];
  return 'node' in entry ? [entry.label] : [entry.text, entry.note ?? ''];
}

/** Where the review shows an answer; the first line when it does not. */
export function lineOf(view: View, key: string): number {
  return Math.max(
    0,
    reviewEntries(view).findIndex((one) => 'answer' in one && one.answer.key === key),
  );
}

function lookEntries(view: View): Entry[] {
  const { contradicted, problems } = attentionOf(view);
  const place = { part: 'what needs a look', heading: 'Needs a look' };
  const news = (view.fresh?.differences ?? []).map(
    ({ key, label, before, after }): Entry => ({
      part: place.part,
      heading: 'Azure says otherwise by now',
      news: key,
      text: `${label}: ${before}`,
      note: after,
    }),
  );
  return [...contradicted.map((item) => ({ ...place, item })), ...problems.map((problem) => ({ ...place, problem })), ...news];
}

function planEntries({ outcome, picture }: View): Entry[] {
  if (!outcome) return [];
  const nodes = flat(picture(), 0).map(
    (one, node): Entry => ({ part: 'picture', heading: 'The network', node, depth: one.depth, label: one.label }),
  );
  const parts = planParts(outcome).flatMap(({ heading, lines }) =>
    lines.map((line): Entry => ({ part: heading.toLowerCase(), heading, ...line })),
  );
  const permissions = outcome.permissions.map(
    (permission): Entry => ({ part: 'permissions', heading: 'Permissions that you need', permission }),
  );
  return [...nodes, ...parts, ...permissions];
}

/** The things of the picture, each before what stands in it. */
function flat(nodes: readonly Drawn[], depth: number): { readonly label: string; readonly depth: number }[] {
  return nodes.flatMap(({ label, inner }) => [{ label, depth }, ...flat(inner, depth + 1)]);
}

function answerEntries({ answers }: View): Entry[] {
  return answers.map((answer) => ({ part: 'answers', heading: answer.title, answer }));
}

function itemEntries({ checklist }: View): Entry[] {
  const items = order.flatMap((state) => checklist.filter((one) => one.state === state));
  return items.filter(({ state }) => state !== 'contradicted').map((item) => ({ part: 'checklist', heading: 'Checklist', item }));
}
