/** A word, literal or sign of a query, and where it begins. */
export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

/** A query that Resource Graph would not run: what it says in the details of its refusal. */
export class QueryFault extends Error {
  readonly code: string;
  readonly token: Token | undefined;

  constructor(code: string, message: string, token?: Token) {
    super(message);
    this.code = code;
    this.token = token;
  }
}

/** The fault for text that is no query. */
export function parserFailure(token: Token): QueryFault {
  return new QueryFault('ParserFailure', 'ParserFailure', token);
}

const blank = /(?:\s+|\/\/[^\n]*)+/y;

/** Operators that are words stand before names, so that `in~` and `mv-expand` are one token each. */
const patterns: [Token['kind'], RegExp][] = [
  ['sign', /mv-expand\b|!?in~|!(?:in|has|contains|startswith)\b|=~|==|!=|!~|[|()[\],.=]/y],
  ['name', /[A-Za-z_]\w*/y],
  ['number', /\d+(?:\.\d+)?\b/y],
  ['string', /@'[^'\n]*'|@"[^"\n]*"|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/y],
];

/** The tokens of a query; the last one says where it ends. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  let at = skipped(query, 0);
  while (at < query.length) {
    const token = tokenAt(query, at);
    tokens.push(token);
    at = skipped(query, at + token.text.length);
  }
  return [...tokens, { kind: 'end', text: '<EOF>', at: query.length }];
}

/** What a literal in quotes says. */
export function unquoted(text: string): string {
  if (text.startsWith('@')) return text.slice(2, -1);
  return text.slice(1, -1).replace(/\\(.)/g, (_, escaped: string) => ({ n: '\n', t: '\t', r: '\r' })[escaped] ?? escaped);
}

function skipped(query: string, at: number): number {
  blank.lastIndex = at;
  return blank.test(query) ? blank.lastIndex : at;
}

function tokenAt(query: string, at: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const text = pattern.exec(query)?.[0];
    if (text !== undefined) return { kind, text, at };
  }
  throw parserFailure({ kind: 'sign', text: query.charAt(at), at });
}
