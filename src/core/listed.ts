import type { Catalog } from './catalog.ts';
import { factUses } from './fact-uses.ts';
import { type ChecklistLine, checklistOf } from './items.ts';
import type { Fact, Topic } from './schema.ts';
import type { Item } from './schema-checks.ts';
import { type Situation, say } from './situation.ts';
import { fillTemplate, templateExpressions } from './template.ts';

/** A fact as the checklist shows it: what is true, what the documents said, and where that is written. */
export type ListedFact = Pick<Fact, 'id' | 'status' | 'says' | 'was' | 'disagreement' | 'since' | 'sources'>;

/** An item of the checklist with what it rests on. */
export interface ListedItem {
  readonly id: string;
  readonly label: string;
  readonly says: string;
  /** With answers the state of the item; without, what decides it: `answers`, `azure` or `by hand`. */
  readonly state: string;
  readonly severity: Item['severity'];
  /** What a person looks at. */
  readonly manual?: string;
  readonly facts: readonly ListedFact[];
}

/** One topic of the checklist. */
export interface ListedTopic {
  readonly topic: string;
  readonly title: string;
  readonly about?: string;
  readonly items: readonly ListedItem[];
  readonly notes: readonly { readonly id: string; readonly says: string; readonly facts: readonly ListedFact[] }[];
  /** Every fact of the topic whose rule of 2020 and 2021 is not the one of today, wherever the topic uses it. */
  readonly changed: readonly ListedFact[];
}

/** The checklist as data: with answers what applies, without them all there is. */
export function listedTopics(catalog: Catalog, answered?: Situation): ListedTopic[] {
  const lines = answered && checklistOf(answered);
  const changed = changedFacts(catalog);
  return catalog.topics
    .filter((topic) => answered?.applies(topic) ?? true)
    .map((topic) => ({
      topic: topic.topic,
      title: topic.title,
      ...(topic.about ? { about: topic.about } : {}),
      items: lines
        ? lines.filter((line) => line.topic === topic.topic).map((line) => listedLine(catalog, line))
        : listedItems(catalog, topic),
      notes: listedNotes(catalog, topic, answered),
      changed: changed.get(topic.topic) ?? [],
    }))
    .filter(({ items, notes, changed: moved }) => items.length + notes.length + moved.length > 0);
}

function listedLine(catalog: Catalog, { id, label, says, state, severity, manual, facts }: ChecklistLine): ListedItem {
  return { id, label, says, state, severity, ...(manual ? { manual } : {}), facts: listedFacts(catalog, facts) };
}

function listedItems(catalog: Catalog, { items = [] }: Topic): ListedItem[] {
  const onChecklist = items.filter(({ local }) => !local);
  return onChecklist.map((item) => {
    const first = catalog.facts[item.facts[0] ?? '']?.says ?? item.label;
    const manual = item.manual && unanswered(item.manual);
    return {
      id: item.id,
      label: unanswered(item.label) ?? first,
      says: (item.says && unanswered(item.says)) ?? first,
      state: item.must ? 'answers' : item.check ? 'azure' : 'by hand',
      severity: item.severity,
      ...(manual ? { manual } : {}),
      facts: listedFacts(catalog, item.facts),
    };
  });
}

function listedNotes(catalog: Catalog, { notes = [] }: Topic, answered: Situation | undefined): ListedTopic['notes'] {
  return notes.flatMap(({ id, when, says, facts }) => {
    if (answered && when !== undefined && answered.settle(when) !== true) return [];
    const text = answered ? say(answered, says) : (unanswered(says) ?? catalog.facts[facts[0] ?? '']?.says ?? id);
    return [{ id, says: text, facts: listedFacts(catalog, facts) }];
  });
}

/** Text before anything is answered: ‹name› stands for an answer; undefined where its words depend on one. */
function unanswered(template: string): string | undefined {
  if (templateExpressions(template).some((expression) => !/^[a-z_]+(\.[a-z_]+)*$/.test(expression))) return undefined;
  return fillTemplate(template, (expression) => `‹${expression.replace(/^(row|names)\./, '').replaceAll(/[._]/g, ' ')}›`);
}

function listedFacts(catalog: Catalog, ids: readonly string[]): ListedFact[] {
  return [...new Set(ids)].flatMap((id) => catalog.facts[id] ?? []).map(listedFact);
}

function listedFact({ id, status, says, was, disagreement, since, sources }: Fact): ListedFact {
  return { id, status, says, ...(was ? { was } : {}), ...(disagreement ? { disagreement } : {}), ...(since ? { since } : {}), sources };
}

/** For each topic the facts that it uses and whose old rule differs from the one of today. */
function changedFacts(catalog: Catalog): Map<string, ListedFact[]> {
  const byTopic = new Map<string, ListedFact[]>();
  for (const { fact, uses } of factUses(catalog)) {
    const known = catalog.facts[fact];
    if (!known?.was && !known?.disagreement) continue;
    const topics = uses.flatMap(({ topic, kind, id }) => (kind === 'row' ? readersOf(catalog, id.split('.')[0] ?? '') : [topic]));
    for (const topic of new Set(topics)) byTopic.set(topic, [...(byTopic.get(topic) ?? []), listedFact(known)]);
  }
  return byTopic;
}

/** The topics that read a table: row by row, or in a value. */
function readersOf(catalog: Catalog, table: string): string[] {
  const name = new RegExp(`(?<!['.\\w])${table}(?![\\w'])`);
  return catalog.topics.flatMap(({ topic, tables = {}, values = {}, items = [], resources = [], files = [] }) => {
    const read = [...Object.values(values), ...[...items, ...resources, ...files].flatMap(({ each }) => each ?? [])];
    return table in tables || read.some((expression) => name.test(expression)) ? [topic] : [];
  });
}
