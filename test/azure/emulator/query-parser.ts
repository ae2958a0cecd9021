import { parserFailure, QueryFault, type Token, tokensOf, unquoted } from './query-tokens.ts';

/** A value of a row or a literal. */
export type Operand =
  | { readonly kind: 'path'; readonly column: string; readonly steps: readonly (string | number)[] }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | {
      readonly kind: 'call';
      readonly name: (typeof functions)[number];
      readonly of: readonly Operand[];
      readonly steps: readonly (string | number)[];
    };

/** The functions of the language that the emulator knows. */
const functions = ['tostring', 'tolower', 'strcat', 'split'] as const;

/** What a row has to be like. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'empty'; readonly of: Operand }
  | { readonly kind: 'compare'; readonly operator: string; readonly left: Operand; readonly right: readonly Operand[] };

/** A column and where its value comes from. */
export interface Named {
  readonly name: string;
  readonly of: Operand;
}

/** One operator behind a bar. */
export type Step =
  | { readonly kind: 'where'; readonly condition: Condition }
  | { readonly kind: 'project' | 'extend'; readonly columns: readonly Named[] }
  | { readonly kind: 'order'; readonly by: readonly { readonly of: Operand; readonly up: boolean }[] }
  | { readonly kind: 'take'; readonly count: number }
  | { readonly kind: 'union'; readonly others: readonly Query[] }
  | { readonly kind: 'expand'; readonly name: string; readonly of: Operand; readonly limit: number };

/** A table and what is done with its rows. */
export interface Query {
  readonly table: string;
  readonly steps: readonly Step[];
}

const comparisons = ['==', '!=', '=~', '!~', 'has', '!has', 'contains', '!contains', 'startswith', '!startswith'];
const memberships = ['in', 'in~', '!in', '!in~'];

/** Rows that `mv-expand` makes of one row where nothing else is said, and at most, as Resource Graph documents them. */
const expansion = { usual: 128, most: 2000 };

/** Parses the subset of the query language that the emulator speaks; throws a QueryFault for anything else. */
export function parseQuery(text: string): Query {
  const parser = new Parser(tokensOf(text));
  const query = parser.query();
  parser.end();
  return query;
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  query(): Query {
    const table = this.#name();
    const steps: Step[] = [];
    while (this.#take('|')) steps.push(this.#step());
    return { table, steps };
  }

  end(): void {
    if (this.#peek().kind !== 'end') throw this.#failure();
  }

  #step(): Step {
    const word = this.#next();
    if (word.text === 'where') return { kind: 'where', condition: this.#or() };
    if (word.text === 'project' || word.text === 'extend') return { kind: word.text, columns: this.#list(() => this.#named()) };
    if (word.text === 'order' || word.text === 'sort') return this.#order();
    if (word.text === 'limit' || word.text === 'take') return { kind: 'take', count: this.#number() };
    if (word.text === 'union') return { kind: 'union', others: this.#list(() => this.#other()) };
    if (word.text === 'mv-expand' || word.text === 'mvexpand') return this.#expand();
    throw word.kind === 'name' ? new QueryFault('InvalidQueryLanguage', 'InvalidQueryLanguage', word) : parserFailure(word);
  }

  #order(): Step {
    this.#expect('by');
    const by = this.#list(() => {
      const of = this.#operand();
      // Without a word Kusto orders downwards.
      const up = this.#take('asc');
      if (!up) this.#take('desc');
      return { of, up };
    });
    return { kind: 'order', by };
  }

  #other(): Query {
    if (!this.#take('(')) return { table: this.#name(), steps: [] };
    const query = this.query();
    this.#expect(')');
    return query;
  }

  #expand(): Step {
    const { name, of } = this.#named();
    const at = this.#peek();
    const limit = this.#take('limit') ? this.#number() : expansion.usual;
    if (limit > expansion.most) throw new QueryFault('InvalidQuery', `The row limit of mv-expand is at most ${expansion.most}.`, at);
    return { kind: 'expand', name, of, limit };
  }

  #named(): Named {
    const start = this.#peek();
    const ahead = this.#tokens[this.#at + 1];
    if (start.kind === 'name' && ahead?.text === '=') {
      this.#at += 2;
      return { name: start.text, of: this.#operand() };
    }
    const of = this.#operand();
    return { name: usualName(of, start), of };
  }

  #or(): Condition {
    const parts = [this.#and()];
    while (this.#take('or')) parts.push(this.#and());
    return parts.length === 1 ? (parts[0] as Condition) : { kind: 'or', parts };
  }

  #and(): Condition {
    const parts = [this.#single()];
    while (this.#take('and')) parts.push(this.#single());
    return parts.length === 1 ? (parts[0] as Condition) : { kind: 'and', parts };
  }

  #single(): Condition {
    if (this.#take('(')) return this.#closed(this.#or());
    if (this.#opens('not')) return { kind: 'not', of: this.#closed(this.#or()) };
    if (this.#opens('isempty')) return { kind: 'empty', of: this.#closed(this.#operand()) };
    if (this.#opens('isnotempty')) return { kind: 'not', of: { kind: 'empty', of: this.#closed(this.#operand()) } };
    const left = this.#operand();
    const operator = this.#next();
    if (comparisons.includes(operator.text)) return { kind: 'compare', operator: operator.text, left, right: [this.#operand()] };
    if (!memberships.includes(operator.text)) throw parserFailure(operator);
    this.#expect('(');
    return { kind: 'compare', operator: operator.text, left, right: this.#closed(this.#list(() => this.#operand())) };
  }

  #operand(): Operand {
    for (const name of functions) {
      if (this.#opens(name)) {
        const of = this.#closed(this.#list(() => this.#operand()));
        return { kind: 'call', name, of, steps: this.#steps() };
      }
    }
    const token = this.#next();
    if (token.kind === 'string') return { kind: 'literal', value: unquoted(token.text) };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind !== 'name') throw parserFailure(token);
    if (token.text === 'true' || token.text === 'false') return { kind: 'literal', value: token.text === 'true' };
    return { kind: 'path', column: token.text, steps: this.#steps() };
  }

  #steps(): (string | number)[] {
    const steps: (string | number)[] = [];
    for (;;) {
      if (this.#take('.')) steps.push(this.#name());
      else if (this.#take('[')) steps.push(this.#index());
      else return steps;
    }
  }

  #index(): string | number {
    const token = this.#next();
    if (token.kind !== 'string' && token.kind !== 'number') throw parserFailure(token);
    this.#expect(']');
    return token.kind === 'string' ? unquoted(token.text) : Number(token.text);
  }

  #list<T>(one: () => T): T[] {
    const items = [one()];
    while (this.#take(',')) items.push(one());
    return items;
  }

  #closed<T>(value: T): T {
    this.#expect(')');
    return value;
  }

  #opens(name: string): boolean {
    if (this.#peek().text !== name || this.#tokens[this.#at + 1]?.text !== '(') return false;
    this.#at += 2;
    return true;
  }

  #number(): number {
    const token = this.#next();
    if (token.kind !== 'number') throw parserFailure(token);
    return Number(token.text);
  }

  #name(): string {
    const token = this.#next();
    if (token.kind !== 'name') throw parserFailure(token);
    return token.text;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw this.#failure();
  }

  #take(text: string): boolean {
    const token = this.#peek();
    if (token.text !== text || token.kind === 'string') return false;
    this.#at += 1;
    return true;
  }

  #next(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #peek(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)] as Token;
  }

  #failure(): QueryFault {
    return parserFailure(this.#peek());
  }
}

/** The name that a column gets where none is given: a path with low lines. */
function usualName(of: Operand, start: Token): string {
  if (of.kind === 'literal') throw parserFailure(start);
  return of.kind === 'call' ? usualName(of.of[0] ?? of, start) : [of.column, ...of.steps].join('_');
}
