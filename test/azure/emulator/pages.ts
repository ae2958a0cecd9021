import type { Answer, Call } from './call.ts';
import { listOf, objectOf } from './json.ts';

/** The page of a list that is asked for, with the address of the next one; any other answer as it is. */
export function paged(answer: Answer, { method, path, query, origin }: Call, size: number | undefined): Answer {
  const body = objectOf(answer.body);
  if (size === undefined || method !== 'GET' || answer.status !== 200 || !Array.isArray(body.value)) return answer;
  const from = Number(query.get('$skiptoken') ?? 0);
  const all = listOf(body.value);
  const value = all.slice(from, from + size);
  if (from + size >= all.length) return { ...answer, body: { ...body, value } };
  const next = new URLSearchParams(query);
  next.set('$skiptoken', String(from + size));
  return { ...answer, body: { ...body, value, nextLink: `${origin}${encodeURI(path)}?${next}` } };
}
