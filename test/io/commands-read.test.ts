import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import type { Reading } from '../../src/core/asks.ts';
import type { Catalog } from '../../src/core/catalog.ts';
import { type CommandPorts, commandPorts, programsOf, readCommand } from '../../src/io/commands-read.ts';

const folder = mkdtempSync(join(tmpdir(), 'amlguide-read-'));
let ports: CommandPorts;
let catalog: Catalog;

/** A stand-in does what its first word says; PATH holds the real sleep and node too. */
const standIn = `#!/bin/sh
case "$1" in
  json) echo '{"a": [1, 2]}' ;;
  words) shift; for word in "$@"; do printf '<%s>' "$word"; done ;;
  secret) echo '{"name": "one", "password": "hunter2hunter2", "list": ["kept"]}' ;;
  absent) exit 3 ;;
  fail) echo "$2" >&2; exit 1 ;;
  slow) sleep 30 & echo "$!" > "$2"; wait ;;
  count) echo x >> "$2"; sleep 0.2; wc -l < "$2"; sed -i '$d' "$2" ;;
esac
`;

beforeAll(async () => {
  catalog = await ownCatalog();
  for (const name of ['az', 'kubectl', 'python']) writeFileSync(join(folder, name), standIn, { mode: 0o755 });
  ports = commandPorts(catalog, { PATH: [folder, '/usr/bin', '/bin'].join(delimiter) });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(
  words: readonly string[],
  { text = false, ...more }: Partial<CommandPorts> & { readonly text?: boolean } = {},
): Promise<Reading> {
  return readCommand({ type: 'command', words, text, cluster: false }, { ...ports, ...more });
}

describe('a command that looks', () => {
  test('gives what it prints, as JSON or as text', async () => {
    expect(await read(['az', 'json'])).toMatchObject({ ok: true, value: { a: [1, 2] }, at: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect(await read(['az', 'json'], { text: true })).toMatchObject({ ok: true, value: '{"a": [1, 2]}' });
    expect(await read(['az', 'words', 'x'])).toMatchObject({ ok: false, why: 'unexpected', message: expect.stringContaining('JSON') });
  });

  test('gets its words as they are, and no shell reads them', async () => {
    const words = ['$(id)', '`id`', 'a b', '*', '; id', '"', "'", ''];
    expect(await read(['kubectl', 'words', ...words], { text: true })).toMatchObject({
      ok: true,
      value: words.map((word) => `<${word}>`).join(''),
    });
  });

  test('shows no secret, neither in its answer nor in its error', async () => {
    expect(await read(['az', 'secret'])).toMatchObject({ ok: true, value: { name: 'one', password: '‹hidden›', list: ['kept'] } });
    const failed = await read(['az', 'fail', 'ERROR: password=hunter2hunter2 is wrong']);
    expect(JSON.stringify(failed)).not.toContain('hunter2');
  });
});

describe('why there is no answer', () => {
  test.each([
    ['az', 'absent', '', 'absent'],
    ['kubectl', 'absent', '', 'unexpected'],
    ['kubectl', 'fail', 'Error from server (NotFound): namespaces "x" not found', 'absent'],
    ['kubectl', 'fail', 'Error from server (Forbidden): pods is forbidden: User "x" cannot list resource', 'forbidden'],
    ['kubectl', 'fail', 'Unable to connect to the server: dial tcp: lookup x: no such host', 'unreachable'],
    ['az', 'fail', 'ERROR: (ResourceGroupNotFound) Resource group x could not be found.', 'absent'],
    ['az', 'fail', 'ERROR: Not Found({"error":{"code":"ResourceNotFound","message":"gone"}})', 'absent'],
    ['az', 'fail', "ERROR: (AuthorizationFailed) The client 'x' does not have authorization to perform action", 'forbidden'],
    ['az', 'fail', 'ERROR: Forbidden({"error":{"code":"AuthorizationFailed","message":"no"}})', 'forbidden'],
    ['az', 'fail', "ERROR: Please run 'az login' to setup account.", 'signed out'],
    ['az', 'fail', 'ERROR: AADSTS700082: The refresh token has expired due to inactivity.', 'signed out'],
    ['az', 'fail', 'ERROR: (TooManyRequests) Slow down.', 'throttled'],
    ['az', 'fail', "HTTPSConnectionPool(host='management.azure.com', port=443): Max retries exceeded with url", 'unreachable'],
    ['az', 'fail', 'ERROR: (InvalidApiVersionParameter) The api-version is wrong.', 'refused'],
    ['az', 'fail', 'ERROR: something else', 'unexpected'],
  ])('%s %s %s: %s', async (program, does, printed, why) => {
    expect(await read([program, does, printed])).toMatchObject({ ok: false, why });
  });

  test('a program that is not there', async () => {
    expect(await read(['openssl', 'x'], { has: (name) => name !== 'openssl' })).toMatchObject({
      why: 'not installed',
      message: 'openssl is not installed, or not on the PATH.',
    });
    const none = commandPorts(catalog, { PATH: join(folder, 'nothing') });
    expect(await readCommand({ type: 'command', words: ['az', 'json'], text: false, cluster: false }, none)).toMatchObject({
      why: 'not installed',
    });
  });

  test('one that takes too long is ended, with what it started', async () => {
    const pid = join(folder, 'pid');
    expect(await read(['az', 'slow', pid], { timeout: 300 })).toMatchObject({
      why: 'timed out',
      message: expect.stringContaining('0.3 seconds'),
    });
    await pause(200);
    // What nobody waited for stays as a zombie.
    const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', readFileSync(pid, 'utf8').trim()], { encoding: 'utf8' });
    expect(stdout.trim()).toMatch(/^Z?$/);
  });

  test('an interruption ends what runs, and starts nothing more', async () => {
    const stop = new AbortController();
    const pid = join(folder, 'pid-2');
    const reading = read(['az', 'slow', pid], { signal: stop.signal });
    await pause(300);
    stop.abort();
    expect(await reading).toMatchObject({ ok: false, why: 'unexpected' });
    expect(await read(['az', 'json'], { signal: stop.signal })).toMatchObject({ ok: false, message: 'It was interrupted.' });
  });
});

test('four run at once and no more', async () => {
  const file = join(folder, 'count');
  writeFileSync(file, '');
  const counts = await Promise.all(Array.from({ length: 9 }, () => read(['az', 'count', file], { text: true })));
  const most = Math.max(...counts.map((one) => Number(one.ok ? one.value : Number.NaN)));
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(4);
});

test('a program is found under any of its names, the first one first', () => {
  const manifest = { ...catalog.manifest, tools: { snake: ['python3-nowhere', 'python'], other: ['nowhere'] } };
  const found = programsOf(manifest, { PATH: folder });
  expect([...found.keys()]).toEqual(['az', 'kubectl', 'snake']);
  expect(found.get('snake')).toEqual({ file: join(folder, 'python'), before: [] });
});
