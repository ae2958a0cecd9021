import { describe, expect, it, vi } from 'vitest';
import { type Loopback, loopback, type Reply, readerFor } from './loopback-azure.ts';

const list = { get: '/subscriptions/s/things', api: '2024-01-01', list: true } as const;
const forbidden = { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'No right.' } } };

/** A server whose pages know their own address. */
async function paged(pages: (base: string) => readonly Reply[]): Promise<Loopback> {
  const azure: Loopback = await loopback((_, count) => pages(azure.url)[count] ?? pages(azure.url).at(-1) ?? {});
  return azure;
}

describe('a list', () => {
  it('is all its pages', async () => {
    const azure = await paged((base) => [
      { body: { value: [1, 2], nextLink: `${base}/next?page=2&api-version=2024-01-01` } },
      { body: { value: [], nextLink: '/next?page=3' } },
      { body: { value: [3], nextLink: null } },
    ]);
    expect(await readerFor(azure).ask(list)).toMatchObject({ ok: true, value: { value: [1, 2, 3] } });
    expect(azure.seen.map(({ url }) => url)).toEqual([
      '/subscriptions/s/things?api-version=2024-01-01',
      '/next?page=2&api-version=2024-01-01',
      '/next?page=3',
    ]);
  });

  it('may have another name than value', async () => {
    const azure = await paged((base) => [{ body: { nodes: [{ id: 1 }], nextLink: `${base}/b` } }, { body: { nodes: [{ id: 2 }] } }]);
    const ask = { post: '/c/listNodes', api: '1', body: {}, list: true };
    expect(await readerFor(azure).ask(ask)).toMatchObject({ value: { value: [{ id: 1 }, { id: 2 }] } });
    expect(azure.seen.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it.each<readonly [string, (base: string) => readonly Reply[], RegExp]>([
    ['is refused', (base) => [{ body: { value: [1], nextLink: `${base}/2` } }, forbidden], /After 1: \(AuthorizationFailed\) No right/],
    [
      'never comes',
      (base) => [{ body: { value: [1], nextLink: `${base}/2` } }, (response) => void response.destroy()],
      /After 1: .*(ECONNRESET|socket)/,
    ],
    ['is half', (base) => [{ body: { value: [1], nextLink: `${base}/2` } }, { body: '{"value": [2' }], /no object of JSON/],
    ['holds no list', (base) => [{ body: { value: [1], nextLink: `${base}/2` } }, { body: { sorry: true } }], /a page holds no list/],
    ['is the same again', (base) => [1, 2, 3].map(() => ({ body: { value: [1], nextLink: `${base}/2` } })), /the list has no end/],
  ])('keeps what came when the next page %s', async (_, pages, says) => {
    const azure = await paged(pages);
    const reading = await readerFor(azure, { limits: { pause: 1 } }).ask(list);
    expect(reading).toMatchObject({ ok: false, why: 'partial', message: expect.stringMatching(says) });
    expect(reading).toHaveProperty('value.value.0', 1);
  });

  it('is never followed to another host, where the token would go along', async () => {
    const other = await loopback(() => ({ body: { value: ['stolen'] } }));
    for (const address of [`${other.url}/2`, `//127.0.0.1:${other.port}/2`, other.url.replace('https', 'http')]) {
      const azure = await loopback(() => ({ body: { value: [1], nextLink: address } }));
      expect(await readerFor(azure).ask(list)).toMatchObject({ why: 'partial', message: expect.stringMatching(/another host/) });
    }
    expect(other.seen).toEqual([]);
  });

  it('that is none at once is unexpected, and a refusal of the first page is a refusal', async () => {
    expect(await readerFor(await loopback(() => ({ body: { name: 'x' } }))).ask(list)).toMatchObject({ why: 'unexpected' });
    expect(await readerFor(await loopback(() => forbidden)).ask(list)).toMatchObject({ why: 'forbidden' });
  });
});

describe('a query of Resource Graph', () => {
  const query = { graph: 'resources | project id' };

  it('is all its pages, a thousand rows each, in the subscriptions of the reader', async () => {
    const replies: Reply[] = [
      { body: { totalRecords: 3, count: 2, data: [{ id: 'a' }, { id: 'b' }], $skipToken: 'more', resultTruncated: 'false' } },
      { body: { totalRecords: 3, count: 1, data: [{ id: 'c' }], resultTruncated: 'false' } },
    ];
    const azure = await loopback((_, count) => replies[count] ?? {});
    expect(await readerFor(azure).ask(query)).toMatchObject({ ok: true, value: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] });
    const asked = { subscriptions: ['11111111-1111-4111-8111-111111111111'], query: query.graph };
    expect(azure.seen.map(({ body }) => JSON.parse(body))).toEqual([
      { ...asked, options: { $top: 1000, resultFormat: 'objectArray' } },
      { ...asked, options: { $top: 1000, resultFormat: 'objectArray', $skipToken: 'more' } },
    ]);
    expect(azure.seen[0]?.url).toMatch(/ResourceGraph\/resources\?api-version=\d{4}/);
  });

  it.each<readonly [string, readonly Reply[], string]>([
    ['is cut off', [{ body: { totalRecords: 9, data: [1], resultTruncated: 'true' } }], 'partial'],
    ['counts more than it gives', [{ body: { totalRecords: 9, data: [1] } }], 'partial'],
    ['loses a page', [{ body: { data: [1], $skipToken: 'x' } }, forbidden], 'partial'],
    ['holds no rows', [{ body: { count: 0 } }], 'unexpected'],
    ['is refused', [forbidden], 'forbidden'],
  ])('that %s says so', async (_, replies, why) => {
    const azure = await loopback((_seen, count) => replies[count] ?? {});
    const reading = await readerFor(azure).ask(query);
    expect(reading).toMatchObject({ ok: false, why, ...(why === 'partial' ? { value: [1] } : {}) });
  });
});

describe('an answer that comes later', () => {
  const ask = { post: '/w/diagnose', api: '1', body: {}, wait: true };
  const running = (headers: Record<string, string>): Reply => ({ status: 202, body: '', headers: { 'retry-after': '0', ...headers } });

  it('is fetched from its place until it is there', async () => {
    const replies = [running({ location: '/operations/1' }), running({ location: '/operations/1' }), { body: { value: { dns: [] } } }];
    const azure = await loopback((_, count) => replies[count] ?? {});
    expect(await readerFor(azure).ask(ask)).toMatchObject({ ok: true, value: { value: { dns: [] } } });
    expect(azure.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /w/diagnose?api-version=1',
      ...Array(2).fill('GET /operations/1'),
    ]);
  });

  it('or from the operation that tells how it goes', async () => {
    const place = { 'azure-asyncoperation': '/operations/1' };
    const good = [running(place), { body: { status: 'Running' } }, { body: { status: 'Succeeded', properties: { found: 1 } } }];
    const azure = await loopback((_, count) => good[count] ?? {});
    expect(await readerFor(azure).ask(ask)).toMatchObject({ ok: true, value: { found: 1 } });
    const bad = [running(place), { body: { status: 'Failed', error: { code: 'NoNic', message: 'It is off.' } } }];
    const off = await loopback((_, count) => bad[count] ?? {});
    expect(await readerFor(off).ask(ask)).toMatchObject({ why: 'refused', message: '(NoNic) It is off.' });
  });

  it.each<readonly [string, Reply, RegExp]>([
    ['names no place', running({}), /did not say where/],
    ['names another host', running({ location: 'https://example.com/1' }), /did not say where/],
    ['never comes', running({ location: '/operations/1' }), /did not come in/],
  ])('that %s is none', async (_, reply, says) => {
    const azure = await loopback(() => reply);
    const reading = await readerFor(azure, { limits: { later: 100 } }).ask(ask);
    expect(reading).toMatchObject({ ok: false, why: 'unreachable', message: expect.stringMatching(says) });
  });

  it('is given up when nobody waits any more', async () => {
    const azure = await loopback(() => running({ location: '/operations/1', 'retry-after': '1' }));
    const stopping = new AbortController();
    const asked = readerFor(azure).ask(ask, stopping.signal);
    await vi.waitFor(() => expect(azure.seen).toHaveLength(1), 5000);
    setTimeout(() => stopping.abort(new Error('enough')), 100);
    await expect(asked).rejects.toThrow('enough');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(azure.seen).toHaveLength(1);
  });
});
