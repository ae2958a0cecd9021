import { type Catalog, questionsOf, tablesOf, valuesOf } from './catalog.ts';
import { parseExpression } from './expression.ts';
import type { Field, Group, Question, Resource } from './schema.ts';
import { shapeOfExpression } from './shape-of.ts';
import { anything, emptyObject, entryOf, listOf, type ObjectShape, putSlot, type Shape, type Slot, scalar, shapeOfJson } from './shapes.ts';

/** What an expression sees besides answers, values and tables. */
export interface Sees {
  readonly resources?: boolean;
  /** The resource whose own template this is; it is a single one even when it has `each`. */
  readonly self?: string;
  /** Where the row comes from: a group of questions, the expression of an `each`, or the name of a table. */
  readonly row?: { readonly group: string } | { readonly each: string } | { readonly table: string };
  /** Only these names and the answers, such as `name` in the id of a kind; they go before answers. */
  readonly names?: readonly string[];
  /** Names of values whose form nobody knows before they come from Azure. */
  readonly holds?: readonly string[];
}

/** The names that expressions see, each with the shape of its value. */
export interface Scopes {
  readonly scopeOf: (sees: Sees) => ObjectShape;
  readonly resources: ReadonlyMap<string, Resource>;
}

const silent = { read: () => {}, wrong: () => {} };

/** Makes the scopes of a catalog; a value has the shape of its expression. */
export function scopesOf(catalog: Catalog): Scopes {
  const resources = new Map(catalog.topics.flatMap((topic) => topic.resources ?? []).map((resource) => [resource.id, resource]));
  const base = baseScope(catalog);
  return { resources, scopeOf: (sees) => scopeOf(catalog, base, resources, sees) };
}

function baseScope(catalog: Catalog): ObjectShape {
  const root = emptyObject('');
  for (const [id, { question }] of questionsOf(catalog)) putSlot(root, id, { id, shape: shapeOfQuestion(question) });
  for (const [id, rows] of Object.entries(tablesOf(catalog))) {
    const shape = shapeOfJson(rows, `${id}[]`);
    putSlot(root, id, { id, shape: () => shape });
  }
  for (const [id, { expression }] of valuesOf(catalog)) putSlot(root, id, { id, shape: lazily(() => resultOf(expression, root)) });
  return root;
}

/** Works a shape out when it is first needed; a value that needs itself has any shape. */
function lazily(make: () => Shape): () => Shape {
  let known: Shape | undefined;
  let busy = false;
  return () => {
    if (known || busy) return known ?? anything;
    busy = true;
    known = make();
    return known;
  };
}

function resultOf(expression: string, root: ObjectShape): Shape {
  try {
    return shapeOfExpression(parseExpression(expression), root, silent);
  } catch {
    return anything;
  }
}

function scopeOf(catalog: Catalog, base: ObjectShape, resources: ReadonlyMap<string, Resource>, sees: Sees): ObjectShape {
  const root: ObjectShape = { ...base, slots: new Map(base.slots) };
  const single = lineOf(resources, sees.self);
  if (sees.resources) for (const resource of resources.values()) root.slots.set(resource.id, resourceSlot(base, resource, single));
  for (const name of sees.names ?? []) root.slots.delete(name.split('.')[0] ?? name);
  for (const name of sees.names ?? []) putSlot(root, name, { shape: () => scalar });
  for (const name of sees.holds ?? []) root.slots.set(name, { shape: () => anything });
  if (sees.row) {
    const row = rowShape(catalog, base, sees.row);
    root.slots.set('row', { shape: () => row });
    root.slots.set('index', { shape: () => scalar });
  }
  return root;
}

/** A resource and what it lives in: in its own templates each of them is the one of its row. */
function lineOf(resources: ReadonlyMap<string, Resource>, id: string | undefined): readonly string[] {
  return id === undefined ? [] : [id, ...lineOf(resources, resources.get(id)?.parent)];
}

function rowShape(catalog: Catalog, base: ObjectShape, row: NonNullable<Sees['row']>): Shape {
  if ('each' in row) return entryOf(resultOf(row.each, base));
  if ('table' in row) return entryOf(base.slots.get(row.table)?.shape() ?? anything);
  const question = questionsOf(catalog).get(row.group)?.question;
  return question?.kind === 'group' ? groupRow(question) : anything;
}

/** A resource reads as its id, name, group and outputs, beside the questions that share its name. */
function resourceSlot(base: ObjectShape, resource: Resource, single: readonly string[]): Slot {
  const shared = base.slots.get(resource.id)?.shape();
  const object: ObjectShape = { is: 'object', label: resource.id, slots: new Map(shared?.is === 'object' ? shared.slots : []) };
  for (const name of ['id', 'name', 'group']) if (!object.slots.has(name)) object.slots.set(name, { shape: () => scalar });
  for (const name of Object.keys(resource.outputs ?? {})) object.slots.set(name, { shape: () => anything });
  const shape = resource.each !== undefined && !single.includes(resource.id) ? listOf(object) : object;
  return { shape: () => shape };
}

function shapeOfQuestion(question: Question): () => Shape {
  const shape = question.kind === 'group' ? listOf(groupRow(question)) : shapeOfField(question);
  return () => shape;
}

function groupRow(group: Group): ObjectShape {
  const row = emptyObject(`${group.id}[]`);
  for (const field of group.fields) {
    const shape = shapeOfField(field);
    putSlot(row, field.id, { id: `${group.id}.${field.id}`, shape: () => shape });
  }
  return row;
}

function shapeOfField({ kind }: Field): Shape {
  if (kind === 'choices' || kind === 'texts' || kind === 'cidrs') return listOf(scalar);
  return kind === 'tags' ? anything : scalar;
}
