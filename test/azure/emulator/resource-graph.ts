import { createHash } from 'node:crypto';
import type { Answer, Call } from './call.ts';
import { graphTable, type View } from './graph-tables.ts';
import { type Json, type JsonObject, objectOf, textOf, textsOf } from './json.ts';
import { parseQuery, type Query } from './query-parser.ts';
import { runQuery, type Table } from './query-run.ts';
import { QueryFault } from './query-tokens.ts';
import type { Store } from './store.ts';
import { guidFor } from './surroundings.ts';

/** Rows of a page, at most. */
const mostRows = 1000;

/** The answer to a query of Resource Graph; undefined for any other call. */
export function answerQuery({ method, path, query, body = {} }: Call, store: Store, view: View): Answer | undefined {
  if (method !== 'POST' || !/^\/providers\/microsoft\.resourcegraph\/resources$/i.test(path)) return undefined;
  const text = textOf(body.query);
  try {
    if (!['2021-03-01', '2022-10-01', '2024-04-01'].includes(query.get('api-version') ?? ''))
      throw new QueryFault('InvalidApiVersionParameter', 'The api-version is not one that the emulator knows.');
    const parsed = parseQuery(text);
    const subscriptions = scopeOf(body, store);
    return pageOf(
      runQuery(parsed, (name) => graphTable(name, store, view, subscriptions)),
      parsed,
      text,
      objectOf(body.options),
    );
  } catch (error) {
    if (error instanceof QueryFault) return refusedQuery(error, text);
    throw error;
  }
}

/** The subscriptions that are asked about; those that cannot be reached are passed over as long as one can. */
function scopeOf({ subscriptions }: JsonObject, store: Store): readonly string[] {
  if (subscriptions === undefined) return store.surroundings.subscriptions;
  const wanted = textsOf(subscriptions).map((one) => one.toLowerCase());
  const known = store.surroundings.subscriptions.filter((one) => wanted.includes(one.toLowerCase()));
  if (known.length > 0) return known;
  const message = `There must be at least one subscription that is eligible to contain resources. Given: '${wanted.join(',')}'.`;
  throw new QueryFault('NoValidSubscriptionsInQueryRequest', message);
}

/** A page: `$skipToken` leads on, and `resultTruncated` is 'true' only where rows are left over and nothing leads to them. */
function pageOf({ columns, rows }: Table, query: Query, text: string, options: JsonObject): Answer {
  const { $top = mostRows, resultFormat = 'objectArray' } = options;
  if (resultFormat !== 'objectArray') throw new QueryFault('InvalidOptions', 'The emulator only knows the result format objectArray.');
  if (typeof $top !== 'number' || $top < 1 || $top > mostRows)
    throw new QueryFault('InvalidOptions', `$top must be from 1 to ${mostRows}.`);
  const from = offsetOf(options, text);
  const data = rows.slice(from, from + $top);
  const left = from + data.length < rows.length;
  const leads = left && !query.steps.some(({ kind }) => kind === 'take') && [...columns.values()].some((type) => type !== 'dynamic');
  const body: JsonObject = {
    totalRecords: rows.length,
    count: data.length,
    data: data as Json[],
    facets: [],
    resultTruncated: left && !leads ? 'true' : 'false',
  };
  return { status: 200, body: leads ? { ...body, $skipToken: tokenFor(from + data.length, text) } : body };
}

function tokenFor(offset: number, text: string): string {
  const query = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return Buffer.from(JSON.stringify({ offset, query })).toString('base64url');
}

function offsetOf({ $skipToken, $skip = 0 }: JsonObject, text: string): number {
  if ($skipToken === undefined) return typeof $skip === 'number' ? $skip : 0;
  for (const offset of offsetsIn(textOf($skipToken))) if (tokenFor(offset, text) === $skipToken) return offset;
  throw new QueryFault('InvalidSkipToken', 'The skip token does not belong to this query.');
}

function offsetsIn(token: string): number[] {
  const found = /"offset":(\d+)/.exec(Buffer.from(token, 'base64url').toString('utf8'));
  return found === null ? [] : [Number(found[1])];
}

function refusedQuery({ code, message, token }: QueryFault, text: string): Answer {
  const lines = text.slice(0, token?.at ?? 0).split('\n');
  const place = { line: lines.length, characterPositionInLine: lines.at(-1)?.length ?? 0 };
  const fault = token === undefined ? { code, message } : { code, message, ...place, token: token.text };
  const invalid = {
    code: 'InvalidQuery',
    message: 'Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.',
  };
  const about = `timestamp = ${new Date().toISOString()}, correlationId = ${guidFor(text)}`;
  const details = /^(InvalidQuery|InvalidQueryLanguage|ParserFailure)$|Table/.test(code) ? [invalid, fault] : [fault];
  return {
    status: 400,
    body: { error: { code: 'BadRequest', message: `Please provide below info when asking for support: ${about}.`, details } },
  };
}
