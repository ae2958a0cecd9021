import { nearest } from './errors.ts';
import type { Ast } from './expression.ts';
import { isObject } from './json.ts';
import { arity, knownFunctions } from './shape-functions.ts';
import {
  anything,
  dotted,
  eitherShape,
  emptyObject,
  entryOf,
  listOf,
  type ObjectShape,
  readAll,
  type Shape,
  scalar,
  shapeOfJson,
} from './shapes.ts';

/** Who is told what an expression reads and what is wrong with it. */
export interface Watch {
  readonly read: (id: string) => void;
  readonly wrong: (message: string, hint?: string) => void;
}

interface Env {
  readonly root: ObjectShape;
  readonly watch: Watch;
  readonly variables: ReadonlyMap<string, Shape>;
}

/** Walks an expression without values: finds names that do not exist, and gives the shape of the result. */
export function shapeOfExpression(ast: Ast, root: ObjectShape, watch: Watch): Shape {
  return shapeAt(ast, root, { root, watch, variables: new Map() });
}

type NodeOf<T extends Ast['type']> = Extract<Ast, { readonly type: T }>;

function shapeAt(node: Ast, at: Shape, env: Env): Shape {
  if (notBindsFirst(node)) {
    env.watch.wrong('! binds closer than what follows it: !a.b means (!a).b', 'write !(a.b)');
    return anything;
  }
  switch (node.type) {
    case 'Field':
      return fieldShape(at, node.name, env);
    case 'Subexpression':
    case 'Pipe':
    case 'IndexExpression':
      return shapeAt(node.right, shapeAt(node.left, at, env), env);
    case 'Index':
      return entryOf(at);
    case 'Projection':
      return listOf(shapeAt(node.right, entryOf(shapeAt(node.left, at, env)), env));
    case 'ValueProjection':
      return listOf(shapeAt(node.right, anyValueOf(shapeAt(node.left, at, env), env), env));
    case 'FilterProjection':
      return filterShape(node, at, env);
    case 'Flatten':
      return flatShape(shapeAt(node.child, at, env));
    default:
      return computedShape(node, at, env);
  }
}

/** `!a.b` is (!a).b in JMESPath, which nobody means. */
function notBindsFirst(node: Ast): boolean {
  const { left } = node as { readonly left?: Ast };
  return left?.type === 'Flatten' ? left.child.type === 'NotExpression' : left?.type === 'NotExpression' && reachesInto.has(node.type);
}

const reachesInto: ReadonlySet<Ast['type']> = new Set([
  'Subexpression',
  'IndexExpression',
  'Projection',
  'FilterProjection',
  'ValueProjection',
]);

function computedShape(node: Ast, at: Shape, env: Env): Shape {
  switch (node.type) {
    case 'OrExpression':
    case 'AndExpression':
      return eitherShape(shapeAt(node.left, at, env), shapeAt(node.right, at, env));
    case 'Ternary':
      readAll(shapeAt(node.condition, at, env), env.watch.read);
      return eitherShape(shapeAt(node.trueExpr, at, env), shapeAt(node.falseExpr, at, env));
    case 'Comparator':
    case 'Arithmetic':
      return used([node.left, node.right], at, env);
    case 'NotExpression':
      return used([node.child], at, env);
    case 'Unary':
      return used([node.operand], at, env);
    case 'Function':
      return functionShape(node, at, env);
    default:
      return madeShape(node, at, env);
  }
}

function madeShape(node: Ast, at: Shape, env: Env): Shape {
  switch (node.type) {
    case 'Literal':
      return node.value === null ? scalar : shapeOfJson(node.value);
    case 'MultiSelectList':
      return listOf(node.children.map((child) => shapeAt(child, at, env)).reduce(eitherShape, scalar));
    case 'MultiSelectHash':
      return hashShape(node, at, env);
    case 'LetExpression':
      return letShape(node, at, env);
    case 'Variable':
      return variableShape(node.name, env);
    case 'Root':
      return env.root;
    default:
      // Current, Identity and Slice leave what they stand on.
      return at;
  }
}

function fieldShape(at: Shape, name: string, { watch }: Env): Shape {
  if (at.is === 'any') return anything;
  if (at.is === 'scalar') {
    watch.wrong(`«${name}» is read from something that has no names`);
    return anything;
  }
  if (at.is === 'list') {
    watch.wrong(`«${name}» is read from a list`, `write [].${name} to read it from every entry`);
    return anything;
  }
  const slot = at.slots.get(name);
  if (slot) {
    if (slot.id !== undefined) watch.read(slot.id);
    return slot.shape();
  }
  if (name === 'null' || name === 'true' || name === 'false') {
    watch.wrong(`«${name}» is read as a name`, `write \`${name}\` in backticks`);
    return scalar;
  }
  const near = nearest(name, at.slots.keys());
  watch.wrong(`«${dotted(at.label, name)}» is not known`, near === undefined ? undefined : `did you mean ${dotted(at.label, near)}?`);
  return anything;
}

function anyValueOf(shape: Shape, env: Env): Shape {
  if (shape.is !== 'object') return anything;
  readAll(shape, env.watch.read);
  return [...shape.slots.values()].map((slot) => slot.shape()).reduce(eitherShape, scalar);
}

function filterShape(node: NodeOf<'FilterProjection'>, at: Shape, env: Env): Shape {
  const entry = entryOf(shapeAt(node.left, at, env));
  readAll(shapeAt(node.condition, entry, env), env.watch.read);
  return listOf(shapeAt(node.right, entry, env));
}

function flatShape(shape: Shape): Shape {
  const entry = entryOf(shape);
  return listOf(entry.is === 'list' ? entry.of : entry);
}

function used(nodes: readonly Ast[], at: Shape, env: Env): Shape {
  for (const node of nodes) readAll(shapeAt(node, at, env), env.watch.read);
  return scalar;
}

function hashShape(node: NodeOf<'MultiSelectHash'>, at: Shape, env: Env): Shape {
  const object = emptyObject('');
  for (const pair of node.children) {
    const shape = shapeAt(pair.value, at, env);
    object.slots.set(pair.name, { shape: () => shape });
  }
  return object;
}

function letShape(node: NodeOf<'LetExpression'>, at: Shape, env: Env): Shape {
  const variables = new Map(env.variables);
  for (const { variable, reference } of node.bindings) variables.set(variable, shapeAt(reference, at, env));
  return shapeAt(node.expression, at, { ...env, variables });
}

function variableShape(name: string, { variables, watch }: Env): Shape {
  const known = variables.get(name);
  if (!known) watch.wrong(`the variable $${name} has no value here`, near(name, variables.keys(), '$'));
  return known ?? anything;
}

function functionShape(node: NodeOf<'Function'>, at: Shape, env: Env): Shape {
  const known = knownFunctions.get(node.name);
  const args = argumentShapes(node, at, env);
  if (!known) {
    env.watch.wrong(`there is no function ${node.name}()`, near(node.name, knownFunctions.keys(), '', '()'));
    return anything;
  }
  const count = node.children.length;
  if (count < known.from || count > known.to) env.watch.wrong(`${node.name}() takes ${arity(known)}, not ${count}`);
  if (!known.keeps) for (const shape of args) readAll(shape, env.watch.read);
  if (node.name === 'first_row') checkColumn(node, args[0] ?? anything, env);
  return known.result(args);
}

/** An expression after & is read for every entry of the list beside it. */
function argumentShapes(node: NodeOf<'Function'>, at: Shape, env: Env): Shape[] {
  const lists = node.children.filter((child) => child.type !== 'ExpressionReference').map((child) => shapeAt(child, at, env));
  let next = 0;
  return node.children.map((child) => {
    if (child.type !== 'ExpressionReference') return lists[next++] ?? anything;
    return shapeAt(child.child, entryOf(lists[0] ?? anything), env);
  });
}

function checkColumn(node: NodeOf<'Function'>, table: Shape, { watch }: Env): void {
  const column = node.children[1];
  const row = entryOf(table);
  if (column?.type !== 'Literal' || typeof column.value !== 'string' || row.is !== 'object') return;
  if (!row.slots.has(column.value)) watch.wrong(`the table has no column «${column.value}»`, near(column.value, row.slots.keys()));
}

function near(word: string, known: Iterable<string>, before = '', after = ''): string | undefined {
  const found = nearest(word, known);
  return found === undefined ? undefined : `did you mean ${before}${found}${after}?`;
}

/** The places of an expression that Python's JMESPath does not understand; az runs it as --query. */
export function notPlain(node: Ast, plainFunctions: ReadonlySet<string>): string | undefined {
  if (node.type === 'Function' && !plainFunctions.has(node.name)) return `az knows no function ${node.name}()`;
  if (['Arithmetic', 'Unary', 'Ternary', 'LetExpression', 'Variable', 'Root'].includes(node.type))
    return 'az knows neither arithmetic nor ? : nor let nor $';
  for (const child of Object.values(node).flat()) {
    const wrong = isObject(child) && 'type' in child ? notPlain(child as unknown as Ast, plainFunctions) : undefined;
    if (wrong) return wrong;
  }
  return undefined;
}
