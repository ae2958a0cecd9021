import { referencesOf } from './expression.ts';
import type { Json, JsonObject } from './json.ts';
import type { Action, Example, Fact, Field, Formats, Group, Kinds, KnownError, Manifest, Question, Row, Topic } from './schema.ts';
import type { Shown } from './schema-checks.ts';
import type { Term } from './schema-glossary.ts';
import type { Sample } from './schema-sample.ts';

/** Everything that checklists/ and templates/ say, checked and ready; the build writes it as one JSON module. */
export interface Catalog {
  readonly manifest: Manifest;
  readonly kinds: Kinds;
  readonly formats: Formats;
  /** Facts by id; `subject` is the file that holds them. */
  readonly facts: Readonly<Record<string, Fact & { readonly subject: string }>>;
  /** All tables, those of topics too. */
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  /** Topics in the order in which they are asked. */
  readonly topics: readonly Topic[];
  /** Text of the files of templates/ by path, such as training_subnet/subnet.az. */
  readonly templates: Readonly<Record<string, string>>;
  readonly examples: Readonly<Record<string, Example>>;
  /** By topic and item: answers of Azure with which a check passes and fails; the built program leaves them out. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, Shown>>>>;
  /** Parts of a made-up subscription by file; the built program has them in a file of its own. */
  readonly samples: Readonly<Record<string, Sample>>;
  /** What failures mean; the file may be absent. */
  readonly errors: readonly KnownError[];
  /** The words that a person may want to have explained; the file may be absent. */
  readonly glossary: readonly Term[];
}

/** What an expression depends on, so that it can wait for it. */
export interface Needs {
  readonly questions: readonly string[];
  readonly values: readonly string[];
}

interface Index {
  readonly questions: ReadonlyMap<string, { readonly topic: Topic; readonly question: Question }>;
  readonly values: ReadonlyMap<string, { readonly topic: Topic; readonly expression: string }>;
  readonly actions: ReadonlyMap<string, Action>;
  readonly tables: JsonObject;
  readonly needs: Map<string, Needs>;
  /** The ids of questions and values by every beginning of theirs: subnet holds subnet.prefix. */
  readonly below: ReadonlyMap<string, readonly string[]>;
}

const indexes = new WeakMap<Catalog, Index>();

function indexOf(catalog: Catalog): Index {
  const known = indexes.get(catalog);
  if (known) return known;
  const questions = new Map<string, { topic: Topic; question: Question }>();
  const values = new Map<string, { topic: Topic; expression: string }>();
  for (const topic of catalog.topics) {
    for (const question of topic.questions ?? []) questions.set(question.id, { topic, question });
    for (const [id, expression] of Object.entries(topic.values ?? {})) values.set(id, { topic, expression });
  }
  const tables: JsonObject = { ...(catalog.tables as JsonObject), targets_offered: targetsOf(catalog) };
  const index = {
    questions,
    values,
    actions: new Map(catalog.topics.flatMap((topic) => (topic.actions ?? []).map((one) => [one.id, one]))),
    tables,
    needs: new Map<string, Needs>(),
    below: beginningsOf([...questions.keys(), ...values.keys()]),
  };
  indexes.set(catalog, index);
  return index;
}

/** Every question by id, with its topic. */
export function questionsOf(catalog: Catalog): Index['questions'] {
  return indexOf(catalog).questions;
}

/** Every derived value by id, with its topic. */
export function valuesOf(catalog: Catalog): Index['values'] {
  return indexOf(catalog).values;
}

/** Every action by id. */
export function actionsOf(catalog: Catalog): Index['actions'] {
  return indexOf(catalog).actions;
}

/** The tables as one object that expressions can read. */
export function tablesOf(catalog: Catalog): JsonObject {
  return indexOf(catalog).tables;
}

/** The topics that are training targets, as rows of the table `targets_offered`. */
export function targetsOf(catalog: Catalog): Json[] {
  return catalog.topics.flatMap(({ target }) => (target ? [{ id: target.id, label: target.label, hint: target.hint }] : []));
}

/** The questions and values that an expression refers to, directly. */
export function needsOf(catalog: Catalog, expression: string): Needs {
  const index = indexOf(catalog);
  const known = index.needs.get(expression);
  if (known) return known;
  const touched = new Set(referencesOf(expression).flatMap((path) => touchedBy(path, index)));
  const needs = {
    questions: [...touched].filter((id) => index.questions.has(id)),
    values: [...touched].filter((id) => index.values.has(id)),
  };
  index.needs.set(expression, needs);
  return needs;
}

/** The ids that a path reads, or something below of which it reads, or that the object holds which it reads. */
function touchedBy(path: string, { below, questions, values }: Index): readonly string[] {
  const above = prefixesOf(path).filter((id) => id !== path && (questions.has(id) || values.has(id)));
  return [...above, ...(below.get(path) ?? [])];
}

function beginningsOf(ids: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const id of ids) {
    for (const prefix of prefixesOf(id)) {
      const known = found.get(prefix);
      if (known) known.push(id);
      else found.set(prefix, [id]);
    }
  }
  return found;
}

/** a, a.b and a.b.c of a.b.c. */
function prefixesOf(path: string): string[] {
  const found: string[] = [];
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) found.push(path.slice(0, dot));
  return [...found, path];
}

/** A field of a group by its id, or undefined. */
export function fieldOf(group: Group, id: string): Field | undefined {
  return group.fields.find((field) => field.id === id);
}
