import { accept, extraOf } from './answers.ts';
import { type Catalog, needsOf, tablesOf, valuesOf } from './catalog.ts';
import { proposedFor } from './defaults.ts';
import { evaluate, isTrue } from './expression.ts';
import { type Json, type JsonObject, setPath } from './json.ts';
import type { Group, Question, Topic } from './schema.ts';
import { type Answers, type Asked, anotherKey, anotherQuestion, rowScope, type Situation } from './situation.ts';

const known = new WeakMap<Answers, Situation>();

/** Works out which questions apply, in order, and makes the scope in which expressions are evaluated; once for each set of answers. */
export function situationOf(catalog: Catalog, answers: Answers): Situation {
  const earlier = known.get(answers);
  if (earlier?.catalog === catalog) return earlier;
  const situation = new Walk(catalog, answers).situation();
  known.set(answers, situation);
  // The accepted answers alone come to the same.
  if (situation.wrong.size === 0) known.set(situation.answers, situation);
  return situation;
}

/** One pass over the catalog in order; kept as a class because scope, open questions and values grow together. */
class Walk {
  private readonly catalog: Catalog;
  private readonly given: Answers;
  private readonly answers: Record<string, Json> = {};
  private readonly wrong = new Map<string, string>();
  private readonly root: JsonObject;
  private readonly open = new Set<string>();
  private readonly values = new Set<string>();
  private readonly decided = new Map<Topic, boolean>();
  private readonly asked: Asked[] = [];
  private inGroup: string | undefined;
  private unanswered = false;
  /** Something earlier still waits for an answer. */
  private late = false;
  /** A quiet field of the group waits for something before the group, so that the group is open though its rows go on. */
  private held = false;

  constructor(catalog: Catalog, answers: Answers) {
    this.catalog = catalog;
    this.given = answers;
    this.root = { ...tablesOf(catalog) };
    for (const topic of catalog.topics) for (const question of topic.questions ?? []) this.open.add(question.id);
    for (const topic of catalog.topics) this.topic(topic);
  }

  situation(): Situation {
    return {
      catalog: this.catalog,
      asked: this.asked,
      answers: this.answers,
      wrong: this.wrong,
      settle: this.settle,
      scope: () => this.root,
      applies: this.applies,
    };
  }

  private readonly applies = (topic: Topic): boolean | undefined => {
    const known = this.decided.get(topic);
    if (known !== undefined) return known;
    const applies = this.decide(topic);
    if (applies !== undefined) this.decided.set(topic, applies);
    return applies;
  };

  private decide(topic: Topic): boolean | undefined {
    if (topic.target) {
      const chosen = this.settle('targets');
      if (chosen === undefined) return undefined;
      if (!Array.isArray(chosen) || !(chosen as Json[]).includes(topic.target.id)) return false;
    }
    const when = topic.when === undefined ? true : this.settle(topic.when);
    return when === undefined ? undefined : isTrue(when);
  }

  private readonly settle = (expression: string, extra?: JsonObject): Json | undefined => {
    const needs = needsOf(this.catalog, expression);
    if (needs.questions.some((id) => this.open.has(id) && id !== this.inGroup)) return undefined;
    for (const id of needs.values) if (!this.value(id)) return undefined;
    // The names of a row stand before the rest without a copy of it.
    return evaluate(expression, extra ? Object.assign(Object.create(this.root) as JsonObject, extra) : this.root);
  };

  /** Puts a derived value into the scope; false while it waits. */
  private value(id: string): boolean {
    if (this.values.has(id)) return true;
    const found = valuesOf(this.catalog).get(id);
    if (!found) return true;
    const group = this.inGroup;
    // A value never sees half a group: what is written into the scope stays there.
    this.inGroup = undefined;
    const applies = this.applies(found.topic);
    const value = applies ? this.settle(found.expression) : applies === false ? null : undefined;
    this.inGroup = group;
    if (value === undefined) return false;
    setPath(this.root, id.split('.'), value);
    this.values.add(id);
    return true;
  }

  private topic(topic: Topic): void {
    const applies = this.applies(topic);
    for (const question of topic.questions ?? []) {
      if (applies) this.question(topic, question);
      else if (applies === false) this.skip(question);
      else this.late = true;
    }
  }

  /** A question that does not apply reads as null, a group as no rows. */
  private skip(question: Question): void {
    this.open.delete(question.id);
    if (question.kind === 'group') setPath(this.root, question.id.split('.'), []);
  }

  private question(topic: Topic, question: Question): void {
    const when = question.when === undefined ? true : this.settle(question.when);
    if (when === undefined) this.late = true;
    else if (!isTrue(when)) this.skip(question);
    else if (question.kind === 'group') this.group(topic, question);
    else this.ask({ key: question.id, topic, question }, question.id.split('.'));
  }

  /** Lists a question, and takes its answer when that has the right form; false while a person has to answer it. */
  private ask(asked: Asked, path: readonly string[]): boolean {
    const given = this.given[asked.key];
    if (given === undefined) return this.askOrPropose(asked, path);
    this.asked.push(asked);
    const accepted = accept(this.situation(), asked, given);
    if ('value' in accepted) return this.take(asked, path, accepted.value);
    this.wrong.set(asked.key, accepted.problem);
    this.late = true;
    return false;
  }

  /** Lists a question to which no answer is given; a quiet one takes its default, and is not listed while that waits for earlier answers. */
  private askOrPropose(asked: Asked, path: readonly string[]): boolean {
    const quietly = this.quietly(asked);
    if (typeof quietly === 'object') {
      this.asked.push({ ...asked, quiet: true });
      return this.take(asked, path, quietly.value);
    }
    // What waits though nothing before it is open would wait for ever.
    const waits = quietly === 'wait' && this.late;
    if (waits) this.held = true;
    else this.asked.push(asked);
    this.late = true;
    return waits;
  }

  /** The value that a quiet question takes, or whether it is asked, or waits for earlier answers before that can be said. */
  private quietly(asked: Asked): { readonly value: Json } | 'ask' | 'wait' {
    const { quiet } = asked.question;
    if (quiet === undefined) return 'ask';
    // Expressions of a row do not wait for its other fields: those that are open read as null.
    if (asked.row && (this.unanswered || this.held)) return 'wait';
    const situation = this.situation();
    const holds = this.settle(quiet, extraOf(situation, asked));
    if (holds === undefined) return 'wait';
    if (!isTrue(holds)) return 'ask';
    const value = proposedFor(situation, asked);
    const accepted = value === undefined ? undefined : accept(situation, asked, value);
    if (!accepted) return 'wait';
    return 'value' in accepted ? accepted : 'ask';
  }

  /** Puts an answer into the scope. */
  private take(asked: Asked, path: readonly string[], value: Json): true {
    this.answers[asked.key] = value;
    if (path.length > 0) setPath(this.root, path, value);
    if (!asked.row) this.open.delete(asked.question.id);
    return true;
  }

  private group(topic: Topic, group: Group): void {
    this.inGroup = group.id;
    this.held = false;
    setPath(this.root, group.id.split('.'), []);
    let index = 0;
    while (this.row(topic, group, index) && this.hasNext(topic, group, index)) index++;
    this.inGroup = undefined;
    const complete = index + 1 === group.max || this.answers[anotherKey(group, index)] === false;
    if (complete && !this.unanswered && !this.held) this.open.delete(group.id);
    this.unanswered = false;
  }

  /** Asks the fields of a row; false while one of them is unanswered. */
  private row(topic: Topic, group: Group, index: number): boolean {
    for (const field of group.fields) {
      if (field.when !== undefined && !isTrue(this.settle(field.when, this.rowScope(group, index)) ?? null)) continue;
      const path = [...group.id.split('.'), String(index), ...field.id.split('.')];
      const answered = this.ask({ key: `${group.id}.${index}.${field.id}`, topic, question: field, row: { group, index } }, path);
      if (!answered) this.unanswered = true;
    }
    return !this.unanswered;
  }

  /** Asks whether there is another row. */
  private hasNext(topic: Topic, group: Group, index: number): boolean {
    if (index + 1 === group.max) return false;
    const key = anotherKey(group, index);
    return this.ask({ key, topic, question: anotherQuestion(group), row: { group, index } }, []) && this.answers[key] === true;
  }

  private rowScope(group: Group, index: number): JsonObject {
    return rowScope(this.root, group.id, index);
  }
}
