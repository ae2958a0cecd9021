import { accept } from './answers.ts';
import { type Catalog, needsOf, tablesOf, valuesOf } from './catalog.ts';
import { evaluate, isTrue } from './expression.ts';
import { type Json, type JsonObject, setPath } from './json.ts';
import type { Field, Group, Question, Topic } from './schema.ts';
import { type Answers, type Asked, anotherKey, rowScope, type Situation } from './situation.ts';

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
      const chosen = this.settle(`contains(targets || \`[]\`, '${topic.target.id}')`);
      if (chosen !== true) return chosen === undefined ? undefined : false;
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
    }
  }

  /** A question that does not apply reads as null, a group as no rows. */
  private skip(question: Question): void {
    this.open.delete(question.id);
    if (question.kind === 'group') setPath(this.root, question.id.split('.'), []);
  }

  private question(topic: Topic, question: Question): void {
    const when = question.when === undefined ? true : this.settle(question.when);
    if (when === undefined) return;
    if (!isTrue(when)) this.skip(question);
    else if (question.kind === 'group') this.group(topic, question);
    else this.ask({ key: question.id, topic, question }, question.id.split('.'));
  }

  /** Lists a question, and puts its answer into the scope when that has the right form. */
  private ask(asked: Asked, path: readonly string[]): boolean {
    this.asked.push(asked);
    const given = this.given[asked.key];
    if (given === undefined) return false;
    const accepted = accept(this.situation(), asked, given);
    if ('problem' in accepted) {
      this.wrong.set(asked.key, accepted.problem);
      return false;
    }
    this.answers[asked.key] = accepted.value;
    if (path.length > 0) setPath(this.root, path, accepted.value);
    if (!asked.row) this.open.delete(asked.question.id);
    return true;
  }

  private group(topic: Topic, group: Group): void {
    this.inGroup = group.id;
    setPath(this.root, group.id.split('.'), []);
    let index = 0;
    while (this.row(topic, group, index) && this.hasNext(topic, group, index)) index++;
    this.inGroup = undefined;
    if (!this.unanswered && (index + 1 === group.max || this.answers[anotherKey(group, index)] === false)) this.open.delete(group.id);
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
    return this.ask({ key, topic, question: moreQuestion(group), row: { group, index } }, []) && this.answers[key] === true;
  }

  private rowScope(group: Group, index: number): JsonObject {
    return rowScope(this.root, group.id, index);
  }
}

/** The yes or no question that follows each row of a group. */
function moreQuestion(group: Group): Field {
  return {
    id: `${group.id}.more`,
    kind: 'yes_no',
    ask: `Another ${group.noun}?`,
    label: `another ${group.noun}`,
    default: '`false`',
  };
}
