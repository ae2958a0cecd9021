import type { Catalog } from './catalog.ts';
import type { Path } from './lint-finding.ts';
import type { Field, Question, Row, Topic } from './schema.ts';

/** One place that rests on a fact. */
export interface FactUse {
  readonly topic: string;
  readonly kind: 'question' | 'rule' | 'item' | 'resource' | 'action' | 'file' | 'note' | 'row' | 'kind' | 'term';
  readonly id: string;
}

/** A fact with everything that rests on it, or the reason why nothing does. */
export interface FactUses {
  readonly fact: string;
  readonly uses: readonly FactUse[];
  readonly reason?: string;
}

/** A use, with the place of the fact's id in the catalog. */
export interface FactMention extends FactUse {
  readonly fact: string;
  readonly path: Path;
}

/** Every fact of the catalog, by id, with its uses. */
export function factUses(catalog: Catalog): FactUses[] {
  const uses = new Map<string, FactUse[]>();
  for (const { fact, topic, kind, id } of factMentions(catalog)) {
    const known = uses.get(fact) ?? [];
    if (!known.some((use) => use.topic === topic && use.kind === kind && use.id === id)) known.push({ topic, kind, id });
    uses.set(fact, known);
  }
  return Object.values(catalog.facts)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, unused }) => ({ fact: id, uses: uses.get(id) ?? [], ...(unused === undefined ? {} : { reason: unused }) }));
}

/** Every place that names a fact, whether the fact exists or not. */
export function factMentions(catalog: Catalog): FactMention[] {
  const own = new Set(catalog.topics.flatMap((topic) => Object.keys(topic.tables ?? {})));
  const shared = Object.entries(catalog.tables).filter(([id]) => !own.has(id));
  const kinds = Object.entries(catalog.kinds).flatMap(([id, kind]) =>
    mentions(kind.undo_facts, { topic: 'kinds', kind: 'kind', id }, ['kinds', id, 'undo_facts']),
  );
  const terms = catalog.glossary.flatMap(({ term, facts }, index) =>
    mentions(facts, { topic: 'glossary', kind: 'term', id: term }, ['glossary', index, 'facts']),
  );
  return [
    ...catalog.topics.flatMap(topicMentions),
    ...kinds,
    ...terms,
    ...shared.flatMap(([id, rows]) => rowMentions('tables', ['tables', id], id, rows)),
  ];
}

function topicMentions(topic: Topic): FactMention[] {
  const at: Path = ['topics', topic.topic];
  const from = <T extends { readonly facts: readonly string[] }>(
    list: string,
    kind: FactUse['kind'],
    all: readonly T[] | undefined,
    idOf: (one: T) => string,
  ) => (all ?? []).flatMap((one, index) => mentions(one.facts, { topic: topic.topic, kind, id: idOf(one) }, [...at, list, index, 'facts']));
  return [
    ...(topic.questions ?? []).flatMap((question, index) => questionMentions(topic.topic, question, [...at, 'questions', index])),
    ...Object.entries(topic.tables ?? {}).flatMap(([id, rows]) => rowMentions(topic.topic, [...at, 'tables', id], id, rows)),
    ...from('rules', 'rule', topic.rules, ({ on }) => on),
    ...from('items', 'item', topic.items, ({ id }) => id),
    ...from('resources', 'resource', topic.resources, ({ id }) => id),
    ...from('actions', 'action', topic.actions, ({ id }) => id),
    ...from('files', 'file', topic.files, ({ path }) => path),
    ...from('notes', 'note', topic.notes, ({ id }) => id),
  ];
}

function mentions(facts: readonly string[] | undefined, use: FactUse, path: Path): FactMention[] {
  return (facts ?? []).map((fact, index) => ({ ...use, fact, path: [...path, index] }));
}

function questionMentions(topic: string, question: Question, at: Path): FactMention[] {
  const own = fieldMentions(topic, question.id, question, at);
  if (question.kind !== 'group') return own;
  return [
    ...own,
    ...question.fields.flatMap((field, index) => fieldMentions(topic, `${question.id}.${field.id}`, field, [...at, 'fields', index])),
  ];
}

function fieldMentions(topic: string, id: string, question: Field | Question, at: Path): FactMention[] {
  const use: FactUse = { topic, kind: 'question', id };
  const choices = (question.kind === 'choice' || question.kind === 'choices') && Array.isArray(question.choices) ? question.choices : [];
  const reasons = ('live' in question && question.live?.unless) || [];
  return [
    ...mentions(question.facts, use, [...at, 'facts']),
    ...reasons.flatMap((one, index) => mentions(one.facts, use, [...at, 'live', 'unless', index, 'facts'])),
    ...choices.flatMap(({ unless }, index) => mentions(unless?.facts, use, [...at, 'choices', index, 'unless', 'facts'])),
  ];
}

function rowMentions(topic: string, at: Path, table: string, rows: readonly Row[]): FactMention[] {
  return rows.flatMap((row, index) => {
    const facts = row['facts'];
    if (!Array.isArray(facts)) return [];
    return mentions(facts.map(String), { topic, kind: 'row', id: `${table}.${String(row['id'] ?? row['name'] ?? index)}` }, [
      ...at,
      index,
      'facts',
    ]);
  });
}
