import type { Json } from './json.ts';

/** One thing to ask Azure: a read. */
export type Ask =
  /** A path below Resource Manager, such as /subscriptions/…, perhaps with a query; `list` follows nextLink and answers {value: [...]}. */
  | { readonly get: string; readonly api: string; readonly list?: boolean }
  /** A POST that only reads; `wait` polls an answer that comes later. */
  | { readonly post: string; readonly api: string; readonly body: Json; readonly list?: boolean; readonly wait?: boolean }
  /** A query of Resource Graph; the answer is the list of rows, all pages. */
  | { readonly graph: string };

/** What came back: a value, or why there is none. `at` is the time of the reading, ISO 8601. */
export type Reading =
  | { readonly ok: true; readonly value: Json; readonly at: string }
  | { readonly ok: false; readonly why: Why; readonly message: string; readonly value?: Json; readonly at: string };

/** Why a reading is none, or not whole. */
export type Why =
  | 'absent'
  | 'forbidden'
  | 'signed out'
  | 'throttled'
  | 'unreachable'
  | 'partial'
  | 'refused'
  | 'not installed'
  | 'timed out'
  | 'unexpected';

/** Why an ask must not leave this computer: a sentence; undefined when it can only read. */
export function askProblem(ask: Ask, readPosts: readonly string[]): string | undefined {
  if ([ask].flatMap((one) => Object.keys(one)).filter((key) => key === 'get' || key === 'post' || key === 'graph').length !== 1)
    return 'An ask is a get, a post or a graph, and only one of them.';
  if ('graph' in ask) return ask.graph.trim() === '' ? 'A query of Resource Graph is empty.' : undefined;
  const [path = '', query] = 'get' in ask ? halves(ask.get) : [ask.post];
  if (!isPath(path)) return `«${path}» is no path below Resource Manager, such as /subscriptions/….`;
  if (query !== undefined && !isQuery(query)) return `«${query}» is no query of a path; the api-version stands in «api».`;
  if (!/^[\w.-]+$/.test(ask.api)) return `«${ask.api}» is no api-version.`;
  if ('get' in ask || onlyReads(path, readPosts)) return undefined;
  return `A POST to «${path}» is not among those that only read.`;
}

/** Tells whether a POST to a path is one of those that only read: the path ends like one of them. */
export function onlyReads(path: string, readPosts: readonly string[]): boolean {
  return readPosts.some((end) => path.toLowerCase().endsWith(end.toLowerCase()));
}

/** A path and its query, without the sign between them. */
function halves(text: string): readonly [string, string?] {
  const at = text.indexOf('?');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Segments that mean the same to everybody who reads the address on its way: no dots, no signs that end a path, not even encoded. */
function isPath(path: string): boolean {
  const [first, ...segments] = path.split('/');
  return first === '' && segments.length > 0 && path.isWellFormed() && segments.every(isSegment);
}

function isSegment(segment: string): boolean {
  if (segment === '' || segment === '.' || segment === '..' || segment !== segment.trim()) return false;
  // A percent sign stands for a byte that is none of: controls, % / \ ? # and the dot.
  return !/[\p{Cc}\\?#]|%(?![2-9a-f][0-9a-f])|%(?:2[35ef]|3f|5c|7f)/iu.test(segment);
}

function isQuery(query: string): boolean {
  return query !== '' && query.isWellFormed() && !/[\p{Cc}#]|(?:^|&)api-version=/iu.test(query);
}
