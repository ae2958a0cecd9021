import { type Json, type JsonObject, listOf, objectOf } from './json.ts';
import type { Condition, Operand, Query, Step } from './query-parser.ts';
import { QueryFault } from './query-tokens.ts';

/** What a column holds: a text that is never null, or any JSON value. */
export type ColumnType = 'string' | 'dynamic' | 'number' | 'bool';

/** Rows and the types of their columns. */
export interface Table {
  readonly columns: ReadonlyMap<string, ColumnType>;
  readonly rows: readonly JsonObject[];
}

/** Runs a query over the tables that a function gives by name; throws a QueryFault where Resource Graph would refuse. */
export function runQuery({ table, steps }: Query, tableOf: (name: string) => Table): Table {
  const unions = steps.flatMap((step) => (step.kind === 'union' ? step.others : []));
  if (unions.length > 2) throw new QueryFault('InvalidQuery', 'A query may join at most 3 tables.');
  return steps.reduce((held, step) => applied(step, held, tableOf), tableOf(table));
}

function applied(step: Step, table: Table, tableOf: (name: string) => Table): Table {
  const { columns, rows } = table;
  switch (step.kind) {
    case 'where':
      check(step.condition, columns);
      return { columns, rows: rows.filter((row) => holds(step.condition, row, columns)) };
    case 'project':
    case 'extend':
      return projected(step, table);
    case 'order':
      return { columns, rows: ordered(step, table) };
    case 'take':
      return { columns, rows: rows.slice(0, step.count) };
    case 'union':
      return step.others.map((other) => runQuery(other, tableOf)).reduce(united, table);
    case 'expand':
      return expanded(step, table);
  }
}

function projected(step: Extract<Step, { kind: 'project' | 'extend' }>, { columns, rows }: Table): Table {
  const kept = step.kind === 'extend' ? columns : [];
  const made = step.columns.map(({ name, of }): [string, ColumnType] => [name, typeOf(of, columns)]);
  const values = (row: JsonObject) => Object.fromEntries(step.columns.map(({ name, of }) => [name, valueIn(of, row)]));
  return {
    columns: new Map([...kept, ...made]),
    rows: rows.map((row) => (step.kind === 'extend' ? { ...row, ...values(row) } : values(row))),
  };
}

function ordered(step: Extract<Step, { kind: 'order' }>, { columns, rows }: Table): JsonObject[] {
  for (const { of } of step.by) {
    if (typeOf(of, columns) === 'dynamic')
      throw new QueryFault('InvalidQuery', "'order' operator: a key cannot be of type 'dynamic'. Use an explicit cast.");
  }
  return rows.toSorted((one, other) => {
    for (const { of, up } of step.by) {
      const [left, right] = [valueIn(of, one) as string, valueIn(of, other) as string];
      if (left !== right) return left < right === up ? -1 : 1;
    }
    return 0;
  });
}

function united(one: Table, other: Table): Table {
  const columns = new Map([...other.columns, ...one.columns]);
  const missing = Object.fromEntries([...columns].map(([name, type]): [string, Json] => [name, type === 'string' ? '' : null]));
  return { columns, rows: [...one.rows, ...other.rows].map((row) => ({ ...missing, ...row })) };
}

/** As Kusto does it, a null stays one row and an empty list takes its row away. */
function expanded({ name, of, limit }: Extract<Step, { kind: 'expand' }>, { columns, rows }: Table): Table {
  if (typeOf(of, columns) !== 'dynamic') throw new QueryFault('InvalidQuery', `mv-expand: '${name}' is not of type 'dynamic'.`);
  const itemsOf = (value: Json): Json[] => {
    if (Array.isArray(value)) return value;
    return value !== null && typeof value === 'object' ? Object.entries(value).map(([key, held]) => ({ [key]: held })) : [value];
  };
  return {
    columns: new Map([...columns, [name, 'dynamic']]),
    rows: rows.flatMap((row) =>
      itemsOf(valueIn(of, row))
        .slice(0, limit)
        .map((item) => ({ ...row, [name]: item })),
    ),
  };
}

function typeOf(operand: Operand, columns: ReadonlyMap<string, ColumnType>): ColumnType {
  if (operand.kind === 'literal') return typeof operand.value === 'boolean' ? 'bool' : (typeof operand.value as 'string' | 'number');
  if (operand.kind === 'call') {
    for (const one of operand.of) typeOf(one, columns);
    return operand.name === 'split' ? 'dynamic' : 'string';
  }
  const type = columns.get(operand.column);
  if (type === undefined) throw new QueryFault('InvalidQuery', `Failed to resolve scalar expression named '${operand.column}'`);
  if (operand.steps.length > 0 && type !== 'dynamic')
    throw new QueryFault('InvalidQuery', `The column '${operand.column}' is of type '${type}' and has no properties.`);
  return type;
}

function valueIn(operand: Operand, row: JsonObject): Json {
  if (operand.kind === 'literal') return operand.value;
  if (operand.kind === 'call') {
    const texts = operand.of.map((one) => asText(valueIn(one, row)));
    return insideOf(called(operand.name, texts), operand.steps);
  }
  return insideOf(row[operand.column] ?? null, operand.steps);
}

function called(name: Extract<Operand, { kind: 'call' }>['name'], texts: readonly string[]): Json {
  const [first = '', second = ''] = texts;
  if (name === 'split') return first.split(second);
  return name === 'tolower' ? first.toLowerCase() : texts.join('');
}

function insideOf(value: Json, steps: readonly (string | number)[]): Json {
  return steps.reduce<Json>((held, step) => (typeof step === 'number' ? listOf(held)[step] : objectOf(held)[step]) ?? null, value);
}

/** What `tostring` makes of a value. */
function asText(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Refuses comparisons that Kusto refuses, whatever the rows hold. */
function check(condition: Condition, columns: ReadonlyMap<string, ColumnType>): void {
  if (condition.kind === 'not') check(condition.of, columns);
  else if (condition.kind === 'empty') typeOf(condition.of, columns);
  else if (condition.kind !== 'compare') for (const part of condition.parts) check(part, columns);
  else for (const right of condition.right) checkTypes(typeOf(condition.left, columns), typeOf(right, columns), condition.operator);
}

function checkTypes(left: ColumnType, right: ColumnType, operator: string): void {
  const pair = `Cannot compare values of types ${left} and ${right}. Try adding explicit casts`;
  if (!exact.has(operator)) {
    if ([left, right].some((type) => type === 'number' || type === 'bool')) throw new QueryFault('InvalidQuery', pair);
  } else if (left === right ? left === 'dynamic' : left !== 'dynamic' && right !== 'dynamic') throw new QueryFault('InvalidQuery', pair);
}

const exact = new Set(['==', '!=', 'in', '!in']);

function holds(condition: Condition, row: JsonObject, columns: ReadonlyMap<string, ColumnType>): boolean {
  if (condition.kind === 'not') return !holds(condition.of, row, columns);
  if (condition.kind === 'empty') return asText(valueIn(condition.of, row)) === '';
  if (condition.kind === 'compare') return comparisonHolds(condition, row, columns);
  const held = (part: Condition) => holds(part, row, columns);
  return condition.kind === 'and' ? condition.parts.every(held) : condition.parts.some(held);
}

function comparisonHolds(
  condition: Extract<Condition, { kind: 'compare' }>,
  row: JsonObject,
  columns: ReadonlyMap<string, ColumnType>,
): boolean {
  const left = valueIn(condition.left, row);
  const positive = condition.operator.replace(/^!=$/, '==').replace(/^!~$/, '=~').replace(/^!/, '');
  const fits = condition.right.some((right) => {
    const texts = [condition.left, right].some((operand) => typeOf(operand, columns) === 'string');
    return compared(positive, left, valueIn(right, row), texts);
  });
  return positive === condition.operator ? fits : !fits;
}

/** Compares as texts where one side is a text; a missing value is then the empty text. */
function compared(operator: string, left: Json, right: Json, texts: boolean): boolean {
  if (operator === '==' || operator === 'in') return texts ? asText(left) === asText(right) : left === right;
  const [held, wanted] = [asText(left).toLowerCase(), asText(right).toLowerCase()];
  if (operator === 'contains') return held.includes(wanted);
  if (operator === 'startswith') return held.startsWith(wanted);
  return operator === 'has' ? hasTerm(held, wanted) : held === wanted;
}

/** `has` finds whole words only: a word ends where no letter or digit follows. */
function hasTerm(text: string, term: string): boolean {
  const inWord = (character: string) => /[a-z0-9]/.test(character);
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    if (!inWord(text.charAt(at - 1)) && !inWord(text.charAt(at + term.length))) return true;
    if (at >= text.length) break;
  }
  return false;
}
