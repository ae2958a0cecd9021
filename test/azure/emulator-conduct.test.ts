import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Reply, send } from './arm-request.ts';
import { type Emulator, startEmulator } from './emulator/emulator.ts';
import { type JsonObject, listOf, objectOf, textOf } from './emulator/json.ts';

let emulator: Emulator;
let subscription: string;

beforeAll(async () => {
  emulator = await startEmulator({ groups: { one: 'westeurope', two: 'westeurope', three: 'westeurope' } });
  subscription = `/subscriptions/${emulator.subscription}`;
});

beforeEach(() => {
  emulator.log.length = 0;
});

afterEach(() => {
  emulator.delay(0);
  emulator.expireTokens(false);
  emulator.settings.pageSize = undefined;
});

afterAll(() => emulator.stop());

test('a delay comes before every answer, side by side for requests at the same time', async () => {
  emulator.delay(300);
  const began = performance.now();
  await Promise.all(Array.from({ length: 8 }, () => get('/resourceGroups/one')));
  const took = performance.now() - began;
  expect(took).toBeGreaterThanOrEqual(295);
  expect(emulator.busiest()).toBe(8);
});

test('always answers as it was told until it is cleared, with its headers and in the log', async () => {
  const storm = { status: 429, code: 'TooManyRequests', message: 'Slow down.', headers: { 'retry-after': '7' } };
  const clear = emulator.always('GET', /\/resourceGroups\/one$/i, storm);
  const replies = [await get('/resourceGroups/one'), await get('/resourceGroups/one'), await get('/resourceGroups/two')];
  expect(replies.map(({ status }) => status)).toEqual([429, 429, 200]);
  expect([replies[0]?.code, replies[0]?.headers['retry-after']]).toEqual(['TooManyRequests', '7']);
  expect((await send(emulator, 'PUT', `${subscription}/resourceGroups/one`, { location: 'westeurope' })).status).toBe(200);
  clear();
  expect((await get('/resourceGroups/one')).status).toBe(200);
  expect(emulator.calls('GET', /\/one$/).map(({ status, code }) => [status, code])).toEqual([
    [429, 'TooManyRequests'],
    [429, 'TooManyRequests'],
    [200, undefined],
  ]);
});

test('always without a method answers every method, and the latest one wins', async () => {
  const forbidden = { status: 403, code: 'AuthorizationFailed', message: 'No.' };
  const clear = [emulator.always(undefined, /./, { ...forbidden, code: 'Other' }), emulator.always(undefined, /./, forbidden)];
  const replies = await Promise.all([
    get('/resourceGroups'),
    query('resources'),
    send(emulator, 'DELETE', `${subscription}/resourceGroups/one`),
  ]);
  for (const one of clear) one();
  expect(replies.map(({ status, code }) => [status, code])).toEqual(replies.map(() => [403, 'AuthorizationFailed']));
  expect((await get('/resourceGroups/one')).status).toBe(200);
});

describe('tokens', () => {
  test('without one a request is refused', async () => {
    const path = `${subscription}/resourceGroups/one`;
    const replies = await Promise.all(['', 'Basic dGVzdA==', 'Bearer '].map((given) => send(emulator, 'GET', path, undefined, given)));
    expect(replies.map(({ status, code }) => [status, code])).toEqual(replies.map(() => [401, 'AuthenticationFailed']));
  });

  test('only the newest is taken once tokens expire', async () => {
    const old = emulator.issueToken();
    expect((await get('/resourceGroups/one', old)).status).toBe(200);
    emulator.expireTokens();
    const newest = await tokenFromEndpoint();
    expect(newest).not.toBe(old);
    const late = await get('/resourceGroups/one', old);
    expect([late.status, late.code]).toEqual([401, 'ExpiredAuthenticationToken']);
    expect(late.headers['www-authenticate']).toContain('invalid_token');
    expect((await get('/resourceGroups/one', newest)).status).toBe(200);
    emulator.issueToken();
    expect((await get('/resourceGroups/one', newest)).code).toBe('ExpiredAuthenticationToken');
  });
});

describe('pages of lists', () => {
  test('lead on by an address that the client can follow as it is', async () => {
    emulator.settings.pageSize = 2;
    const first = await get('/resourceGroups');
    expect(namesIn(first)).toEqual(['one', 'two']);
    const next = new URL(textOf(first.body.nextLink));
    expect(next.origin).toBe(emulator.url);
    expect(next.searchParams.get('api-version')).toBe('2024-04-01');
    const second = await send(emulator, 'GET', next.pathname + next.search);
    expect([namesIn(second), second.body.nextLink]).toEqual([['three'], undefined]);
  });

  test('are not made of what is no list, nor of queries', async () => {
    emulator.settings.pageSize = 1;
    expect((await get('/resourceGroups/one')).body.nextLink).toBeUndefined();
    expect((await query('resourcecontainers')).body).toMatchObject({ count: 4 });
    emulator.settings.pageSize = 3;
    expect((await get('/resourceGroups')).body.nextLink).toBeUndefined();
  });
});

function get(path: string, token = 'test'): Promise<Reply> {
  return send(emulator, 'GET', `${subscription}${path}`, undefined, `Bearer ${token}`);
}

function query(text: string): Promise<Reply> {
  return send(emulator, 'POST', '/providers/Microsoft.ResourceGraph/resources', { query: text });
}

async function tokenFromEndpoint(): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${emulator.plainPort}/msi/token`);
  return textOf(((await response.json()) as JsonObject).access_token);
}

function namesIn({ body }: Reply): string[] {
  return listOf(body.value).map((one) => textOf(objectOf(one).name));
}
