import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Loopback, loopback, type Reply, readerFor, tokens } from './loopback-azure.ts';

const vm = { get: '/subscriptions/s/providers/A.B/things/vm', api: '2024-01-01' } as const;
const error = (code: string, message: string) => ({ error: { code, message } });

describe('one ask', () => {
  it('is one request with the token, the version of the resource and our name', async () => {
    const azure = await loopback(() => ({ body: { id: 'x' } }));
    const reader = readerFor(azure, { clock: { now: () => Date.parse('2026-11-21T10:00:00Z') } });
    expect(await reader.ask(vm)).toEqual({ ok: true, value: { id: 'x' }, at: '2026-11-21T10:00:00.000Z' });
    expect(azure.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([`GET ${vm.get}?api-version=2024-01-01`]);
    expect(azure.seen[0]?.headers).toMatchObject({ authorization: 'Bearer token-one', 'user-agent': 'amlguide/1.2.3' });
    expect(reader.requests()).toBe(1);
  });

  it('takes a list without an object around it as the value of one', async () => {
    const azure = await loopback(() => ({ body: [{ category: 'Webapp' }] as never }));
    expect(await readerFor(azure).ask(vm)).toMatchObject({ ok: true, value: { value: [{ category: 'Webapp' }] } });
  });

  it('keeps the query of a path', async () => {
    const azure = await loopback(() => ({ body: { value: [] } }));
    await readerFor(azure).ask({ get: "/subscriptions/s/skus?$filter=location eq 'x'", api: '1' });
    expect(new URL(azure.seen[0]?.url ?? '', azure.url).searchParams.get('$filter')).toBe("location eq 'x'");
  });

  it('goes out once for equal asks, at the same time and later, and again when it shall be fresh', async () => {
    const azure = await loopback((_, count) => ({ body: { count } }));
    const reader = readerFor(azure);
    const same = { api: vm.api, get: vm.get };
    const values = [...(await Promise.all([reader.ask(vm), reader.ask(same), reader.ask(vm)])), await reader.ask(same)];
    expect(values.map((one) => one.ok && one.value)).toEqual(Array(4).fill({ count: 0 }));
    expect(await reader.ask(vm, undefined, { fresh: true })).toMatchObject({ value: { count: 1 } });
    expect(await reader.ask(vm)).toMatchObject({ value: { count: 1 } });
    expect(reader.requests()).toBe(2);
  });

  it('asks again after what may pass, and not after what stays', async () => {
    const azure = await loopback(({ url }, count) =>
      url.includes('gone')
        ? { status: 404, body: {} }
        : count === 0
          ? { status: 429, headers: { 'retry-after': '999' } }
          : { body: { count } },
    );
    const reader = readerFor(azure);
    expect(await reader.ask(vm)).toMatchObject({ why: 'throttled' });
    expect(await reader.ask(vm)).toMatchObject({ ok: true });
    const gone = { get: '/gone', api: '1' };
    await reader.ask(gone);
    expect(await reader.ask(gone)).toMatchObject({ why: 'absent' });
    expect(reader.requests()).toBe(3);
  });
});

describe('what came back', () => {
  const answers: readonly (readonly [string, Reply, string, RegExp])[] = [
    ['404', { status: 404, body: error('ResourceNotFound', 'The Resource is not there.') }, 'absent', /^\(ResourceNotFound\) The Resource/],
    [
      '403',
      { status: 403, body: error('AuthorizationFailed', 'The client has no right.') },
      'forbidden',
      /^\(AuthorizationFailed\) The client/,
    ],
    ['403 of a filter', { status: 403, body: '<html>' }, 'unreachable', /a proxy or a firewall/],
    ['400', { status: 400, body: error('InvalidApiVersionParameter', 'Wrong.') }, 'refused', /InvalidApiVersionParameter/],
    ['409', { status: 409, body: { code: 'Conflict', message: 'Not now.' } }, 'refused', /^\(Conflict\) Not now\.$/],
    ['a redirection', { status: 302, headers: { location: 'https://login.example.com/' } }, 'unexpected', /302/],
    ['text', { body: '<html>hello</html>', headers: { 'content-type': 'text/html' } }, 'unexpected', /text\/html/],
    ['half an object', { body: '{"a": 1' }, 'unexpected', /no object/],
    ['a text where an object belongs', { body: '"fine"' }, 'unexpected', /no object/],
    ['nothing', { status: 204, body: '' }, 'unexpected', /204/],
    ['an answer that comes later', { status: 202, body: '' }, 'unexpected', /202/],
    ['501, which does not pass', { status: 501, body: error('No', 'Not made.') }, 'unreachable', /Not made/],
  ];

  it.each(answers)('%s', async (_, reply, why, says) => {
    const azure = await loopback(() => reply);
    const reading = await readerFor(azure).ask(vm);
    expect(reading).toMatchObject({ ok: false, why });
    expect(reading).toHaveProperty('message', expect.stringMatching(says));
    expect(azure.seen).toHaveLength(1);
  });

  it('hides the token where a server repeats it', async () => {
    const azure = await loopback(({ headers }) => ({ status: 400, body: error('Bad', `You sent ${headers.authorization}`) }));
    const reading = await readerFor(azure, { token: tokens('s3cr3t-and-long') }).ask(vm);
    expect(JSON.stringify(reading)).not.toContain('s3cr3t');
  });
});

describe('a token that Azure refuses', () => {
  const needing = (good: string): Promise<Loopback> =>
    loopback(({ headers }) =>
      headers.authorization === `Bearer ${good}` ? { body: {} } : { status: 401, body: error('ExpiredToken', 'Old.') },
    );

  it('is replaced once', async () => {
    const token = tokens('old', 'new');
    expect(await readerFor(await needing('new'), { token }).ask(vm)).toMatchObject({ ok: true });
    expect(token.refused).toEqual(['old']);
  });

  it('and so is the next one: signed out', async () => {
    const azure = await needing('another');
    expect(await readerFor(azure, { token: tokens('old', 'new') }).ask(vm)).toMatchObject({
      why: 'signed out',
      message: expect.stringMatching(/ExpiredToken/),
    });
    expect(azure.seen).toHaveLength(2);
  });
});

describe('a storm', () => {
  it('of 429 and 503 passes, and Retry-After is kept', async () => {
    const replies: Reply[] = [
      { status: 429, headers: { 'retry-after': '1' } },
      { status: 503, headers: { 'retry-after': '0' } },
      { status: 500 },
      { body: { at: 'last' } },
    ];
    const times: number[] = [];
    const azure = await loopback((_, count) => {
      times.push(Date.now());
      return replies[count] ?? {};
    });
    expect(await readerFor(azure).ask(vm)).toMatchObject({ ok: true, value: { at: 'last' } });
    expect(times).toHaveLength(4);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('is waited for only within the patience', async () => {
    const azure = await loopback(() => ({ status: 429, body: error('TooManyRequests', 'Slow down.'), headers: { 'retry-after': '120' } }));
    const began = Date.now();
    expect(await readerFor(azure).ask(vm)).toMatchObject({ why: 'throttled', message: expect.stringMatching(/Slow down/) });
    expect(Date.now() - began).toBeLessThan(2500);
    expect(azure.seen).toHaveLength(1);
  });

  it('of asks sends eight at most at once, over few connections', async () => {
    const azure = await loopback(async ({ url }) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { body: { url } };
    });
    const reader = readerFor(azure, { limits: { attempt: 10_000 } });
    const readings = await Promise.all(Array.from({ length: 60 }, (_, index) => reader.ask({ get: `/thing/${index}`, api: '1' })));
    expect(readings.every(({ ok }) => ok)).toBe(true);
    expect(azure.most()).toBe(8);
    expect(azure.connections()).toBeLessThanOrEqual(8);
  });
});

describe('a line that fails', () => {
  it('in the middle of an answer is tried again, packed or not', async () => {
    for (const packed of [false, true]) {
      const body = gzipSync(JSON.stringify({ text: 'x'.repeat(50_000), more: Array.from({ length: 5000 }, () => Math.random()) }));
      const azure = await loopback((_, count) =>
        count > 0
          ? { body: { whole: true } }
          : (response) => {
              response.writeHead(200, {
                'content-type': 'application/json',
                ...(packed ? { 'content-encoding': 'gzip' } : {}),
                'content-length': '90000',
              });
              response.write(packed ? body.subarray(0, 2000) : '{"half": ');
              setTimeout(() => response.destroy(), 20);
            },
      );
      expect(await readerFor(azure).ask(vm)).toMatchObject({ ok: true, value: { whole: true } });
    }
  });

  it('hangs before the headers or in the body: given up after the tries, with a sentence', async () => {
    for (const reply of [() => undefined, (response: { write: (text: string) => unknown }) => void response.write('{')]) {
      const azure = await loopback(() => reply);
      const reading = await readerFor(azure, { limits: { attempt: 100 } }).ask(vm);
      expect(reading).toMatchObject({ why: 'unreachable', message: expect.stringMatching(/^127\.0\.0\.1 does not answer: .*HTTPS_PROXY/) });
      expect(azure.seen).toHaveLength(3);
    }
  });

  it('ends for the one who gives up, and the others get their answer', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const azure = await loopback(async () => {
      await held;
      return { body: {} };
    });
    const reader = readerFor(azure);
    const stopping = new AbortController();
    const first = reader.ask(vm, stopping.signal);
    const second = reader.ask(vm);
    setTimeout(() => stopping.abort(new Error('enough')), 100);
    await expect(first).rejects.toThrow('enough');
    release();
    expect(await second).toMatchObject({ ok: true });
    expect(azure.seen).toHaveLength(1);
  });

  it('and when all give up, the request ends and the next one asks anew', async () => {
    let closed = 0;
    const azure = await loopback((_, count) => (count > 0 ? { body: {} } : (response) => void response.on('close', () => closed++)));
    const reader = readerFor(azure);
    await expect(reader.ask(vm, AbortSignal.timeout(100))).rejects.toThrow();
    expect(await reader.ask(vm)).toMatchObject({ ok: true });
    expect(closed).toBe(1);
    await expect(reader.ask(vm, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });
});

describe('many requests at once, of which none gets through', () => {
  const asks = Array.from({ length: 24 }, (_, index) => ({ get: `/subscriptions/s/providers/p/vms/${index}`, api: '2024-01-01' }));
  const slow = { status: 429, body: error('TooManyRequests', 'Slow down.'), headers: { 'retry-after': '0.2' } };

  it('have their patience once, and one try each after that', async () => {
    const azure = await loopback(() => slow);
    const reader = readerFor(azure, { limits: { patience: 700 } });
    const readings = await Promise.all(asks.map((ask) => reader.ask(ask)));
    expect(readings.map((reading) => !reading.ok && reading.why)).toEqual(asks.map(() => 'throttled'));
    const tries = asks.slice(8).map(({ get }) => azure.seen.filter(({ url }) => url.startsWith(`${get}?`)).length);
    expect(tries).toEqual(tries.map(() => 1));
    // Who asks later has patience again.
    await reader.ask({ get: '/subscriptions/s/later', api: '2024-01-01' });
    expect(azure.seen.filter(({ url }) => url.includes('/later')).length).toBeGreaterThan(1);
  });

  it('get what gets through all the same', async () => {
    const azure = await loopback(({ url }) => (/\/vms\/\d\?/.test(url) ? slow : { body: { id: url } }));
    const reader = readerFor(azure, { limits: { patience: 700 } });
    const readings = await Promise.all(asks.map((ask) => reader.ask(ask)));
    expect(readings.map(({ ok }) => ok)).toEqual(asks.map((_, index) => index >= 10));
  });
});
