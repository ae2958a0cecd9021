import type { Json } from '../../core/json.ts';
import type { Page } from './failures.ts';
import type { Failure } from './trouble.ts';
import { addressOf, type Outcome, sameOrigin, type World } from './world.ts';

type Body = { readonly [key: string]: Json };

/** Rows of a page of Resource Graph, which gives no more. */
const rowsOfPage = 1000;
const mostPages = 500;

/** Follows the pages of a list; when one is lost, what came before it is handed out as a part. */
export async function listFrom(first: Body, world: World): Promise<Outcome> {
  const found = itemsOf(first);
  if (!found) return { why: 'unexpected', message: 'Azure answered no list where one was expected.' };
  const items = [...found];
  const seen = new Set<string>();
  for (let next = first.nextLink; typeof next === 'string' && next !== ''; ) {
    const page = await nextPage(next, seen, world);
    const more = 'why' in page ? undefined : itemsOf(page.body);
    if ('why' in page || !more) return partOf(items.length, { value: items }, 'why' in page ? page.message : 'a page holds no list.');
    items.push(...more);
    next = page.body.nextLink;
  }
  return { value: { value: items } };
}

/** Most lists stand in `value`; some answers have one list with a name of its own. */
function itemsOf(body: Body): readonly Json[] | undefined {
  const lists = (Array.isArray(body.value) ? [body.value] : Object.values(body).filter(Array.isArray)) as (readonly Json[])[];
  return lists.length === 1 ? lists[0] : undefined;
}

async function nextPage(next: string, seen: Set<string>, { transport, origin, signal, page }: World): Promise<Page> {
  const url = sameOrigin(next, origin);
  if (!url) return { why: 'unexpected', message: 'the next page lies on another host than the first one.' };
  if (seen.has(url.href) || seen.size >= mostPages) return { why: 'unexpected', message: 'the list has no end.' };
  seen.add(url.href);
  return page(() => transport.get(url, signal));
}

function partOf(count: number, value: Json, message: string): Outcome {
  return { why: 'partial', message: `Not all came. After ${count}: ${message}`, value };
}

/** All rows of a query of Resource Graph. */
export async function graphRows(query: string, world: World): Promise<Outcome> {
  const rows: Json[] = [];
  let token: Json | undefined;
  for (let count = 0; count < mostPages; count++) {
    const page = rowsIn(await graphPage(query, token, world));
    if ('why' in page) return count === 0 ? page : partOf(rows.length, rows, page.message);
    rows.push(...page.rows);
    token = page.body.$skipToken;
    if (typeof token === 'string' && token !== '') continue;
    return isCut(page.body, rows.length) ? partOf(rows.length, rows, 'Resource Graph cut the answer off.') : { value: rows };
  }
  return partOf(rows.length, rows, 'the answer has no end.');
}

function graphPage(query: string, token: Json | undefined, { options, transport, signal, page }: World): Promise<Page> {
  const { path, api } = options.azure.graph;
  const more: Record<string, Json> = token === undefined ? {} : { $skipToken: token };
  const paging = { $top: rowsOfPage, resultFormat: 'objectArray', ...more };
  // Without any, Resource Graph looks through all that the sign-in sees.
  const among: Record<string, Json> = options.subscriptions.length === 0 ? {} : { subscriptions: options.subscriptions };
  const body = { ...among, query, options: paging };
  return page(() => transport.post(addressOf(options, path, api), body, signal));
}

function rowsIn(page: Page): Failure | { readonly rows: readonly Json[]; readonly body: Body } {
  if ('why' in page) return page;
  const { data } = page.body;
  return Array.isArray(data)
    ? { rows: data as readonly Json[], body: page.body }
    : { why: 'unexpected', message: 'Resource Graph answered no rows.' };
}

/** Says so itself, as «true», or counts more rows than it gave. */
function isCut({ resultTruncated, totalRecords }: Body, count: number): boolean {
  return String(resultTruncated) === 'true' || (typeof totalRecords === 'number' && totalRecords > count);
}
