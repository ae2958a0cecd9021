import { compile, registerFunction, TreeInterpreter, TYPE_ANY } from '@jmespath-community/jmespath';
import { pureFunctions } from './functions.ts';
import { isObject, type Json } from './json.ts';

/** The syntax tree of a JMESPath expression. */
export type Ast = ReturnType<typeof compile>;

let registered = false;
const compiled = new Map<string, Ast>();
/** Syntax trees that the build made, as JSON, until they are wanted. */
let prepared: ReadonlyMap<string, string> = new Map();

/** Parses an expression, once for each text; throws a SyntaxError-like Error when it is none. */
export function parseExpression(text: string): Ast {
  if (!registered) registerAll();
  const known = compiled.get(text);
  if (known) return known;
  const json = prepared.get(text);
  const ast = json === undefined ? compile(text) : (JSON.parse(json) as Ast);
  compiled.set(text, ast);
  return ast;
}

/** Takes over syntax trees that the build made, as JSON by their text, so that a start parses no expression. */
export function rememberExpressions(trees: ReadonlyMap<string, string>): void {
  prepared = trees;
}

/** Every expression that was parsed so far and that needs its syntax tree to be evaluated. */
export function parsedExpressions(): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...compiled].filter(([text]) => plainPath(text) === undefined));
}

/** Evaluates an expression over a scope; a missing name is null. Throws when a function gets a type it cannot take. */
export function evaluate(text: string, scope: Json): Json {
  const path = plainPath(text);
  if (path) return pathValue(scope, path);
  const ast = parseExpression(text);
  try {
    return (TreeInterpreter.search(ast, scope as never) ?? null) as Json;
  } catch (cause) {
    throw new Error(`The expression «${text}» cannot be evaluated: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

const paths = new Map<string, readonly string[] | undefined>();

/** The steps of an expression that is nothing but names and dots, which most are; those need no interpreter. */
export function plainPath(text: string): readonly string[] | undefined {
  if (paths.has(text)) return paths.get(text);
  const path =
    /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*$/.test(text) && !['null', 'true', 'false'].includes(text) ? text.split('.') : undefined;
  paths.set(text, path);
  return path;
}

function pathValue(scope: Json, path: readonly string[]): Json {
  let at: Json | undefined = scope;
  for (const step of path) at = isObject(at) ? at[step] : undefined;
  return at ?? null;
}

/** JMESPath's idea of true: everything but null, false, and empty text, list or object. */
export function isTrue(value: Json): boolean {
  if (value === null || value === false || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' ? Object.keys(value).length > 0 : true;
}

const references = new Map<string, readonly string[]>();

/** The dotted paths that an expression reads from the root of its scope, such as subnet.prefix; a list stops a path. */
export function referencesOf(text: string): readonly string[] {
  const known = references.get(text);
  if (known) return known;
  const list = plainPath(text) ? [text] : readsOf(parseExpression(text));
  references.set(text, list);
  return list;
}

function readsOf(tree: Ast): string[] {
  const found = new Set<string>();
  walk(tree, true, found);
  return [...found];
}

/** Collects root paths; inside projections, filters and expression references a bare field belongs to the row unless `$` leads it. */
function walk(node: Ast, atRoot: boolean, found: Set<string>): void {
  const path = rootPath(node, atRoot);
  if (path) {
    found.add(path);
    return;
  }
  const lead = leadingPath(node, atRoot);
  if (lead) {
    found.add(lead.path);
    walk(lead.rest, false, found);
    return;
  }
  switch (node.type) {
    case 'Subexpression':
    case 'IndexExpression':
    case 'Pipe':
    case 'Projection':
    case 'ValueProjection':
      walk(node.left, atRoot, found);
      walk(node.right, false, found);
      return;
    case 'FilterProjection':
      walk(node.left, atRoot, found);
      walk(node.condition, false, found);
      walk(node.right, false, found);
      return;
    case 'ExpressionReference':
      walk(node.child, false, found);
      return;
    default:
      for (const child of childrenOf(node)) walk(child, atRoot, found);
  }
}

/** The path that `a.b[0]`, `a.b[*]` and `a.b[1:]` begin with: the parser puts the index below the field. */
function leadingPath(node: Ast, atRoot: boolean): { readonly path: string; readonly rest: Ast } | undefined {
  if (node.type !== 'Subexpression') return undefined;
  const left = node.left.type === 'Root' ? '' : rootPath(node.left, atRoot);
  let right: Ast = node.right;
  while (
    right.type === 'IndexExpression' ||
    right.type === 'Projection' ||
    right.type === 'FilterProjection' ||
    right.type === 'ValueProjection'
  )
    right = right.left;
  if (right.type === 'Flatten') right = right.child;
  if (left === undefined || right.type !== 'Field') return undefined;
  return { path: left === '' ? right.name : `${left}.${right.name}`, rest: node.right };
}

/** The children that are evaluated against the same value as the node itself. */
export function childrenOf(node: Ast): readonly Ast[] {
  switch (node.type) {
    case 'AndExpression':
    case 'OrExpression':
    case 'Comparator':
    case 'Arithmetic':
      return [node.left, node.right];
    case 'NotExpression':
    case 'Flatten':
      return [node.child];
    case 'Unary':
      return [node.operand];
    case 'Ternary':
      return [node.condition, node.trueExpr, node.falseExpr];
    case 'Function':
    case 'MultiSelectList':
      return node.children;
    case 'MultiSelectHash':
      return node.children.map((pair) => pair.value);
    case 'LetExpression':
      return [...node.bindings.map((binding) => binding.reference), node.expression];
    default:
      return [];
  }
}

/** The dotted path when the node is a plain chain of fields that starts at the root. */
function rootPath(node: Ast, atRoot: boolean): string | undefined {
  if (node.type === 'Field') return atRoot ? node.name : undefined;
  if (node.type !== 'Subexpression' || node.right.type !== 'Field') return undefined;
  if (node.left.type === 'Root') return node.right.name;
  const left = rootPath(node.left, atRoot);
  return left === undefined ? undefined : `${left}.${node.right.name}`;
}

function registerAll(): void {
  registered = true;
  for (const [name, { from, to, call }] of Object.entries(pureFunctions)) {
    const signature = Array.from({ length: to }, (_, i) => ({ types: [TYPE_ANY], optional: i >= from }));
    registerFunction(name as never, ((args: Json[]) => call(...args)) as never, signature as never);
  }
}
