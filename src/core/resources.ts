import { needsOf, questionsOf, valuesOf } from './catalog.ts';
import { isTrue, plainPath, referencesOf } from './expression.ts';
import { getPath, isObject, type Json, type JsonObject } from './json.ts';
import type { Kinds, Resource, Topic } from './schema.ts';
import { type Situation, say } from './situation.ts';
import { parseTemplate } from './template.ts';
import { rowValueName } from './variable-name.ts';
import { fillWords, type Part, parseCommands, type Resolved, textOf, type Word, wordText } from './words.ts';

/** A row that something with `each` stands for; `group` names the group of questions that it comes from. */
export interface EachRow {
  readonly row: Json;
  readonly index: number;
  readonly group?: { readonly id: string; readonly noun: string };
}

/** A resource of the plan: its definition, the row it stands for, and its Resource Manager id as a word. */
export interface Instance {
  readonly key: string;
  readonly resource: Resource;
  readonly topic: Topic;
  readonly kind: Kinds[string];
  readonly each: EachRow | undefined;
  readonly parent: Instance | undefined;
  /** The id of what it lives in or on. */
  readonly above: Word | undefined;
  readonly name: Word;
  readonly id: Word;
  readonly group: Word;
}

/** The resources of a situation, and how the expressions of templates read them. */
export interface World {
  readonly situation: Situation;
  readonly instances: readonly Instance[];
  /** The instances of a resource of the catalog: one, one for each row, or none when it does not apply. */
  readonly of: (id: string) => readonly Instance[];
  /** Evaluates an expression with the resources in sight; undefined while it waits. */
  readonly settle: (expression: string, each?: EachRow, self?: Instance) => Json | undefined;
  /** What an expression of a word comes to. */
  readonly resolve: (expression: string, each?: EachRow, self?: Instance) => Resolved;
}

/** The rows of an `each`: those of a table only when their own `when` is true. Undefined while it waits. */
export function eachRows(situation: Situation, expression: string): EachRow[] | undefined {
  const value = situation.settle(expression);
  if (value === undefined) return undefined;
  const rows = Array.isArray(value) ? (value as Json[]) : [];
  const group = questionsOf(situation.catalog).get(expression)?.question;
  const wanted = rows.filter(
    (row) => !isObject(row) || typeof row['when'] !== 'string' || isTrue(situation.settle(row['when'], { row }) ?? null),
  );
  return wanted.map((row, index) => ({ row, index, ...(group?.kind === 'group' ? { group: { id: group.id, noun: group.noun } } : {}) }));
}

/** Names that expressions see for a row. */
export function eachScope(each: EachRow | undefined): JsonObject {
  return each ? { row: each.row, index: each.index } : {};
}

/** Composes every resource that applies, parents first, otherwise as the catalog writes them. */
export function worldOf(situation: Situation): World {
  return new Composer(situation).world();
}

function parentsFirst<T extends { readonly resource: Resource }>(all: readonly T[]): Set<T> {
  const done = new Set<T>();
  const waiting = new Set<T>();
  const take = (one: T): void => {
    if (done.has(one) || waiting.has(one)) return;
    waiting.add(one);
    for (const other of all) if (other.resource.id === one.resource.parent) take(other);
    done.add(one);
  };
  for (const one of all) take(one);
  return done;
}

class Composer {
  private readonly instances: Instance[] = [];
  private readonly byId = new Map<string, Instance[]>();
  private readonly ids = new Map<string, Word>();
  private readonly keys = new Set<string>();
  private readonly situation: Situation;

  constructor(situation: Situation) {
    this.situation = situation;
    const applying = situation.catalog.topics.filter((topic) => situation.applies(topic));
    const all = applying.flatMap((topic) => (topic.resources ?? []).map((resource) => ({ topic, resource })));
    for (const { topic, resource } of parentsFirst(all)) this.add(topic, resource);
  }

  world(): World {
    return {
      situation: this.situation,
      instances: this.instances,
      of: (id) => this.byId.get(id) ?? [],
      settle: this.settle,
      resolve: this.resolve,
    };
  }

  private add(topic: Topic, resource: Resource): void {
    if (resource.when !== undefined && !isTrue(this.situation.settle(resource.when) ?? null)) return;
    const rows = resource.each === undefined ? [undefined] : (eachRows(this.situation, resource.each) ?? []);
    for (const each of rows) {
      const instance = this.compose(topic, resource, each);
      this.instances.push(instance);
      this.byId.set(resource.id, [...(this.byId.get(resource.id) ?? []), instance]);
    }
  }

  private compose(topic: Topic, resource: Resource, each: EachRow | undefined): Instance {
    const kind = this.situation.catalog.kinds[resource.kind];
    if (!kind) throw new Error(`resource ${resource.id}: no kind ${resource.kind}`);
    const parent = this.parentOf(resource, each);
    const name = this.fill(resource.name, each);
    const above = resource.scope === undefined ? parent?.id : this.fill(resource.scope, each);
    const made = this.idOf(kind, above, name, each);
    const id = each ? made : this.named(resource, made);
    const key = each ? this.rowKey(resource, name, each) : resource.id;
    return {
      key,
      resource,
      topic,
      kind,
      each,
      parent,
      above,
      name,
      id,
      group: parent ? (parent.kind.id ? parent.name : parent.group) : name,
    };
  }

  /** Of a parent that repeats too, the one of the same row. */
  private parentOf(resource: Resource, each: EachRow | undefined): Instance | undefined {
    const found = this.byId.get(resource.parent ?? '') ?? [];
    return each && found[0]?.resource.each === resource.each ? found.find((one) => one.each?.index === each.index) : found[0];
  }

  /** The name tells rows apart for a person; rows with one name, such as children of different parents, are told apart by their number. */
  private rowKey(resource: Resource, name: Word, { index }: EachRow): string {
    const byName = `${resource.id}/${wordText(name) ?? index}`;
    const key = this.keys.has(byName) ? `${resource.id}/${index}` : byName;
    this.keys.add(key);
    return key;
  }

  /** The id under the name of the resource; what was composed for another resource keeps the name that it has there. */
  private named(resource: Resource, made: Word): Word {
    const text = wordText(made);
    const known = text === undefined ? undefined : this.ids.get(text);
    if (known) return known;
    const word: Word = [text === undefined ? { missing: `${resource.id}.id` } : { name: `${resource.id}.id`, value: text, made }];
    if (text !== undefined) this.ids.set(text, word);
    return word;
  }

  private idOf(kind: Kinds[string], above: Word | undefined, name: Word, each: EachRow | undefined): Word {
    if (kind.id)
      return parseTemplate(kind.id).flatMap((part) =>
        'text' in part ? [part] : part.expression === 'name' ? name : this.partsOf(part.expression, each),
      );
    const segment = kind.parent ? `/${kind.child ?? kind.type.split('/').at(-1)}/` : `/providers/${kind.type}/`;
    return [...(above ?? [{ missing: 'its parent' }]), { text: segment }, ...name];
  }

  private fill(template: string, each: EachRow | undefined): Word {
    return parseTemplate(template).flatMap((part) => ('text' in part ? [part] : this.partsOf(part.expression, each)));
  }

  private partsOf(expression: string, each: EachRow | undefined): readonly Part[] {
    const resolved = this.resolve(expression, each);
    if ('parts' in resolved) return resolved.parts;
    if ('missing' in resolved) return [{ missing: resolved.missing }];
    return resolved.value === null ? [] : [{ text: textOf(resolved.value) }];
  }

  private readonly settle = (expression: string, each?: EachRow, self?: Instance): Json | undefined => {
    const extra: JsonObject = eachScope(each);
    for (const path of referencesOf(expression)) {
      const [root = ''] = path.split('.', 1);
      const found = root in extra ? undefined : this.byId.get(root);
      if (!found) continue;
      // Values that share a name with a resource have to be in the scope before it is copied.
      for (const id of needsOf(this.situation.catalog, expression).values) this.situation.settle(id);
      const single = inLine(self, root) ?? (found[0]?.each ? undefined : found[0]);
      extra[root] = single ? { ...this.answersAt(root), ...propertiesOf(single) } : found.map(propertiesOf);
    }
    return this.situation.settle(expression, Object.keys(extra).length > 0 ? extra : undefined);
  };

  private answersAt(root: string): JsonObject {
    const value = getPath(this.situation.scope(), [root]);
    return isObject(value) ? value : {};
  }

  private readonly resolve = (expression: string, each?: EachRow, self?: Instance): Resolved => {
    const path = plainPath(expression) ?? [];
    if (path[0] === 'row' && each) return this.ofRow(path, each);
    const fromResource = path.length === 2 ? this.property(path[0] ?? '', path[1] ?? '', self) : undefined;
    if (fromResource) return fromResource;
    const value = this.settle(expression, each, self);
    if (value === undefined) return { missing: labelOf(this.situation, expression) };
    const name = path.length > 0 && value !== null && typeof value !== 'object' ? this.variable(expression) : undefined;
    return name === undefined ? { value } : { parts: [{ name, value: textOf(value) }] };
  };

  /** A field of the row; one that a person answered has a name. */
  private ofRow(path: readonly string[], each: EachRow): Resolved {
    const value = getPath(each.row, path.slice(1)) ?? null;
    if (!each.group || value === null || typeof value === 'object') return { value };
    return { parts: [{ name: rowValueName(each.group.noun, each.index, path.slice(1).join('.')), value: textOf(value) }] };
  }

  private property(root: string, property: string, self: Instance | undefined): Resolved | undefined {
    const found = inLine(self, root) ?? this.byId.get(root)?.find((instance) => !instance.each);
    if (!found) return undefined;
    if (property === 'id' || property === 'name' || property === 'group') return { parts: found[property] };
    return found.resource.outputs?.[property] === undefined ? undefined : { parts: [{ output: `${root}.${property}` }] };
  }

  /** The name of a variable for a plain path: an answer or a derived value. */
  private variable(id: string): string | undefined {
    return this.situation.answers[id] !== undefined || valuesOf(this.situation.catalog).has(id) ? id : undefined;
  }
}

/** The resource itself or what it lives in: in its own templates these are the ones of its row. */
function inLine(self: Instance | undefined, id: string): Instance | undefined {
  return self === undefined || self.resource.id === id ? self : inLine(self.parent, id);
}

function propertiesOf(instance: Instance): JsonObject {
  return { id: wordText(instance.id) ?? null, name: wordText(instance.name) ?? null, group: wordText(instance.group) ?? null };
}

/** What to show in place of a value that is not known yet. */
function labelOf(situation: Situation, expression: string): string {
  const { catalog } = situation;
  const needs = needsOf(catalog, expression);
  const open = needs.questions.find((id) => situation.answers[id] === undefined);
  if (open !== undefined) return questionsOf(catalog).get(open)?.question.label ?? open;
  const value = needs.values.find((id) => situation.settle(id) === undefined);
  const behind = value === undefined ? undefined : valuesOf(catalog).get(value)?.expression;
  return behind === undefined || behind === expression ? expression : labelOf(situation, behind);
}

/** The commands of a .az file, filled for a resource. */
export function commandsOf(world: World, path: string, each?: EachRow, self?: Instance): Word[][] {
  const text = world.situation.catalog.templates[path];
  if (text === undefined) throw new Error(`no template ${path}`);
  return filledCommands(world, text, (expression) => world.resolve(expression, each, self));
}

/** Commands out of text in the form of a .az file; every call carries the words that all carry. */
export function filledCommands(world: World, text: string, resolve: (expression: string) => Resolved): Word[][] {
  return parseCommands(text).map((command) => withEveryCall(world, fillWords(command, resolve)));
}

/** Adds the words that every command of the first program carries, save those that do not take them. */
function withEveryCall(world: World, words: readonly Word[]): Word[] {
  const { every_call, programs } = world.situation.catalog.manifest;
  const { words: added, except } = every_call;
  if (wordText(words[0] ?? []) !== programs[0]) return [...words];
  const line = words.map((word) => wordText(word) ?? '').join(' ');
  if (except.some((start) => `${line} `.startsWith(`${programs[0]} ${start} `))) return [...words];
  const [command] = parseCommands(added);
  return [...words, ...(command ? fillWords(command, (expression) => world.resolve(expression)) : [])];
}

/** Text of a template for people, with rows and resources in sight. */
export function sayIn(world: World, template: string, each?: EachRow, self?: Instance): string {
  return say({ settle: (expression) => world.settle(expression, each, self) }, template);
}
