import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ownCatalog } from '../../../scripts/golden.ts';
import { explained } from '../../../src/commands/running.ts';
import { azToken, type TokenOptions } from '../../../src/io/azure/token.ts';
import { NoToken } from '../../../src/io/azure/trouble.ts';
import { azEnvironment } from '../../azure/az.ts';
import { startEmulator } from '../../azure/emulator/emulator.ts';
import { describeWith } from '../../azure/needs.ts';
import { workspaceWorld } from '../../azure/world.ts';
import { readerFor, reading } from './loopback-azure.ts';

const catalog = await ownCatalog();
const explain = (text: string) => explained(catalog, text);
const folder = mkdtempSync(join(tmpdir(), 'amlguide-token-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;

/** An az that writes its words down and then does what a line of shell says. */
function az(body: string): { readonly options: TokenOptions; readonly calls: () => string[] } {
  const place = join(folder, String(made++));
  const log = join(place, 'log');
  mkdirSync(place);
  writeFileSync(join(place, 'az'), `#!/bin/sh\necho "$@" >> ${log}\nCOUNT=$(wc -l < ${log})\n${body}\n`);
  chmodSync(join(place, 'az'), 0o755);
  const options = { command: reading.token, subscription: 'sub 1; x', environment: { PATH: `${place}:/usr/bin:/bin` }, explain };
  return { options, calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []) };
}

const printing = (rest: string) => `echo "{\\"accessToken\\": \\"t$COUNT\\", ${rest.replaceAll('"', '\\"')}}"`;
const later = (minutes: number) => Math.round((Date.now() + minutes * 60_000) / 1000);
const local = (minutes: number) => {
  const time = new Date(Date.now() + minutes * 60_000);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.123456`;
};

describe('a token', () => {
  it('is got once for all who want it, with the subscription as one word', async () => {
    const { options, calls } = az(`sleep 0.2; ${printing(`"expires_on": ${later(60)}`)}`);
    const token = azToken(options);
    expect(await Promise.all([token.take(), token.take(), token.take()])).toEqual(['t1', 't1', 't1']);
    expect(await token.take()).toBe('t1');
    expect(calls()).toEqual(['account get-access-token --subscription sub 1; x --output json']);
  });

  it.each<readonly [string, string, number, number]>([
    ['seconds', `"expires_on": ${later(60)}`, 50, 56],
    ['the local time of an older az', `"expiresOn": "${local(60)}"`, 50, 56],
    ['seconds, whatever the local time says', `"expiresOn": "${local(600)}", "expires_on": ${later(60)}`, 50, 56],
    ['nothing', '"expiresOn": "N/A"', 4, 6],
    ['a time that is nearly over', `"expires_on": ${later(3)}`, 0.9, 1.2],
  ])('is good until five minutes before its end: %s', async (_, says, good, bad) => {
    const { options, calls } = az(printing(says));
    let passed = 0;
    const began = Date.now();
    const token = azToken({ ...options, now: () => began + passed * 60_000 });
    await token.take();
    passed = good;
    expect(await token.take()).toBe('t1');
    passed = bad;
    expect(await token.take()).toBe('t2');
    expect(calls()).toHaveLength(2);
  });

  it('that is refused is got anew once, by whoever comes first', async () => {
    const { options, calls } = az(`sleep 0.1; ${printing(`"expires_on": ${later(60)}`)}`);
    const token = azToken(options);
    const old = await token.take();
    expect(await Promise.all([token.take(old), token.take(old), token.take()])).toEqual(['t2', 't2', 't1']);
    expect(await token.take(old)).toBe('t2');
    expect(calls()).toHaveLength(2);
  });

  it('that az hands out again although it was refused is of no use', async () => {
    const { options, calls } = az(`echo '{"accessToken": "same", "expires_on": ${later(60)}}'`);
    const token = azToken(options);
    const old = await token.take();
    for (const _ of [1, 2]) await expect(token.take(old)).rejects.toMatchObject({ why: 'signed out' });
    expect(calls()).toHaveLength(2);
    token.forget();
    expect(await token.take()).toBe('same');
  });
});

describe('no token', () => {
  it('without az', async () => {
    const options = { ...az('').options, environment: { PATH: folder } };
    await expect(azToken(options).take()).rejects.toMatchObject({
      why: 'az missing',
      message: expect.stringContaining('az is not installed'),
    });
  });

  it.each<readonly [string, string, NoToken['why'], RegExp]>([
    ['nobody is signed in', `echo "ERROR: Please run 'az login' to setup account." >&2; exit 1`, 'signed out', /Please run 'az login'/],
    [
      'the sign-in is over',
      `echo "ERROR: AADSTS700082: The refresh token has expired due to inactivity." >&2; exit 1`,
      'signed out',
      /AADSTS700082/,
    ],
    [
      'another failure',
      `echo "WARNING: x" >&2; echo "ERROR: Subscription 'x' not found." >&2; exit 3`,
      'failed',
      /^Subscription 'x' not found/,
    ],
    ['nothing is printed', 'exit 0', 'failed', /printed no token/],
    ['something else is printed', 'echo "{}"', 'failed', /printed no token/],
    ['a token that would break a header', `printf '{"accessToken": "a\\\\nb"}'`, 'failed', /printed no token/],
    ['az is ended', 'kill -9 $$', 'failed', /SIGKILL/],
  ])('when %s, and az is not asked again until the next sign-in', async (_, body, why, says) => {
    const { options, calls } = az(body);
    const token = azToken(options);
    for (const one of [1, 2]) await expect(token.take(), String(one)).rejects.toMatchObject({ why, message: expect.stringMatching(says) });
    expect(calls()).toHaveLength(1);
    token.forget();
    await expect(token.take()).rejects.toBeInstanceOf(NoToken);
    expect(calls()).toHaveLength(2);
  });

  it('is a reading too, and sends nothing', async () => {
    const thing = { get: '/thing', api: '1' };
    const out = readerFor({ url: 'https://localhost' }, { token: azToken(az(`echo "ERROR: Please run 'az login'" >&2; exit 1`).options) });
    expect(await out.ask(thing)).toMatchObject({ ok: false, why: 'signed out', message: expect.stringContaining('az login') });
    const other = readerFor({ url: 'https://localhost' }, { token: azToken(az('exit 1').options) });
    expect(await other.ask(thing)).toMatchObject({ why: 'unreachable', message: expect.stringMatching(/^There is no token for Azure: /) });
    expect(out.requests() + other.requests()).toBe(0);
  });

  it('is printed on the way: what az says with a failure shows no secret', async () => {
    const jwt = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL21hbmFnZW1lbnQi.c2lnbmF0dXJl';
    const reader = readerFor({ url: 'https://localhost' }, { token: azToken(az(`echo "ERROR: Bearer ${jwt}" >&2; exit 1`).options) });
    expect(JSON.stringify(await reader.ask({ get: '/thing', api: '1' }))).not.toContain('eyJ');
  });
});

describeWith(['az'], 'the real az', { timeout: 120_000 }, () => {
  it('gives the token with which the Resource Manager of its cloud is read, through the proxy', async () => {
    const emulator = await startEmulator(workspaceWorld());
    const place = mkdtempSync(join(folder, 'az-'));
    try {
      const environment = { ...azEnvironment(emulator, place), ...catalog.manifest.run?.environment };
      const token = azToken({ command: reading.token, subscription: emulator.subscription, environment, explain });
      const reader = readerFor(
        { url: 'https://management.azure.com' },
        { token, environment, subscriptions: [emulator.subscription], limits: { attempt: 20_000, patience: 20_000 } },
      );
      const group = { get: `/subscriptions/${emulator.subscription}/resourceGroups/rg`, api: '2024-03-01' };
      expect(await reader.ask(group)).toMatchObject({ ok: true, value: { name: 'rg', location: 'westeurope' } });
      expect(await reader.ask({ ...group, get: `${group.get}-none` })).toMatchObject({
        why: 'absent',
        message: expect.stringContaining('ResourceGroupNotFound'),
      });
      const calls = readFileSync(environment.AMLGUIDE_AZ_LOG ?? '', 'utf8')
        .trim()
        .split('\n');
      expect(calls).toHaveLength(1);
      expect(emulator.foreign).toEqual([]);
      const wrong = azToken({ command: reading.token, subscription: '99999999-9999-4999-8999-999999999999', environment, explain });
      await expect(wrong.take()).rejects.toMatchObject({ why: 'failed', message: expect.stringContaining('not found') });
    } finally {
      await emulator.stop();
    }
  });

  it('says that nobody is signed in', async () => {
    const emulator = await startEmulator();
    const place = mkdtempSync(join(folder, 'az-'));
    const environment = azEnvironment(emulator, place);
    writeFileSync(join(environment.AZURE_CONFIG_DIR ?? '', 'azureProfile.json'), '{"subscriptions": []}');
    await emulator.stop();
    await expect(
      azToken({ command: reading.token, subscription: emulator.subscription, environment, explain }).take(),
    ).rejects.toMatchObject({ why: 'signed out' });
  });
});
