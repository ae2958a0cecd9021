import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ask, askProblem } from '../../../src/core/asks.ts';
import { loopback, type Reply, readerFor, reading } from './loopback-azure.ts';

const ends = reading.read_posts;
const nasty = [
  '..',
  '.',
  '',
  ' ',
  '%2e%2e',
  '%2F',
  '%3f',
  '?',
  '#',
  '\\',
  'a b',
  'ünï',
  '\u0000',
  '\t',
  'delete',
  'start',
  '%',
  '%41',
  '@evil',
  ':443',
  '\ud800',
];
const segment = fc.oneof(fc.constantFrom(...nasty), fc.stringMatching(/^[A-Za-z0-9._-]{1,12}$/), fc.string({ maxLength: 6 }));
const start = fc.constantFrom('', '/', '//', 'https://example.com', '@example.com', '.example.com');
const end = fc.constantFrom(
  ...ends,
  ...ends.map((one) => one.toUpperCase()),
  ...ends.map((one) => `${one}/deallocate`),
  '/start',
  '/listKeys',
  '',
);
const path = fc
  .tuple(start, fc.array(segment, { maxLength: 5 }), end)
  .map(([first, middle, last]) => `${first}${middle.map((one) => `/${one}`).join('')}${last}`);
const api = fc.oneof(fc.constant('2024-01-01'), fc.constantFrom('', '1&x=y', '1#', 'ü'));
const more = { list: fc.boolean(), wait: fc.boolean() };
const ask = fc.oneof(
  fc.record({ get: path, api, list: fc.boolean() }),
  fc.record({ post: path, api, body: fc.jsonValue(), ...more }),
  fc.record({ graph: fc.string() }),
  // What no type allows, but a caller of JavaScript might say.
  fc.record({ put: path, api, body: fc.jsonValue() }),
  fc.record({ post: path, get: path, api, body: fc.jsonValue(), method: fc.constant('DELETE') }),
) as fc.Arbitrary<Ask>;

const place = fc.constantFrom('/vm/start', '/vm/delete?x=/listNodes', 'https://example.com/listNodes', '/operations/1', 'http://[');
const reply: fc.Arbitrary<Reply> = fc.oneof(
  fc.record({ status: fc.constantFrom(200, 201, 202, 204, 400, 401, 404, 501) }),
  fc.record({
    status: fc.constantFrom(202, 301, 302, 303, 307, 308),
    headers: place.map((location) => ({ location, 'retry-after': '0' })),
  }),
  fc.record({ body: place.map((nextLink) => ({ value: [1], nextLink })) }),
  fc.record({ body: fc.constantFrom({ data: [], $skipToken: 'x' }, { data: [] }, [], 'text') }),
);

describe('whatever is asked', () => {
  it('nothing but a GET, or a POST that reads, leaves this computer, whatever comes back', { timeout: 120_000 }, async () => {
    let replies: readonly Reply[] = [];
    let at = 0;
    const azure = await loopback(() => replies[at++] ?? {});
    const kinds = new Set<string>();
    await fc.assert(
      fc.asyncProperty(ask, fc.array(reply, { maxLength: 4 }), async (one, answers) => {
        [replies, at, azure.seen.length] = [answers, 0, 0];
        const reader = readerFor(azure, { limits: { pause: 1, later: 20, patience: 20 } });
        const problem = askProblem(one, ends);
        const came = await reader.ask(one).catch((error: Error) => error);
        expect(came instanceof Error ? came.message : undefined).toBe(problem);
        if (problem !== undefined) expect(azure.seen).toEqual([]);
        for (const { method, url } of azure.seen) {
          kinds.add(method);
          const sent = decodeURIComponent(new URL(url, azure.url).pathname).toLowerCase();
          expect(method === 'GET' || (method === 'POST' && ends.some((last) => sent.endsWith(last.toLowerCase())))).toBe(true);
        }
      }),
      // Random paths are mostly refused; this one never is.
      { numRuns: 300, examples: [[{ get: '/subscriptions/s', api: '2024-01-01' }, []]] },
    );
    expect([...kinds].toSorted()).toEqual(['GET', 'POST']);
  });

  it.each<readonly [string, Ask]>([
    ['a POST that changes', { post: '/subscriptions/s/providers/A.B/things/vm/start', api: '1', body: {} }],
    ['a POST that hides what it does behind a query', { post: '/vm/start?x=/listNodes', api: '1', body: {} }],
    ['or behind an encoded one', { post: '/vm/start%3fx=/listNodes', api: '1', body: {} }],
    ['a way up', { post: '/a/../vm/start/./listNodes', api: '1', body: {} }],
    ['an encoded way up', { get: '/a/%2e%2e/b', api: '1' }],
    ['another host', { get: '//example.com/a', api: '1' }],
    ['a host of its own', { get: 'https://example.com/a', api: '1' }],
    ['a fragment', { get: '/a#b', api: '1' }],
    ['a version of its own', { get: '/a?api-version=2', api: '1' }],
    ['a version that is more', { get: '/a', api: '1&b=c' }],
    ['an empty query of Resource Graph', { graph: ' ' }],
  ])('refuses %s before it leaves', async (_, wrong) => {
    const azure = await loopback(() => ({}));
    await expect(readerFor(azure).ask(wrong)).rejects.toThrow(/is no|not among|is empty/);
    expect(azure.seen).toEqual([]);
  });
});
