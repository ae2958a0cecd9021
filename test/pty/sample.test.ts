import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Terminal } from '../../scripts/terminal.mjs';
import { amlguide, node, program, quietEnvironment, room } from '../cli/run.ts';
import { openTerminal, savedAnswers, until } from './wizard-terminal.ts';

const open: Terminal[] = [];

afterEach(() => {
  for (const terminal of open.splice(0)) terminal.process.kill('SIGKILL');
});

const shows = (terminal: Terminal, words: RegExp) =>
  until(terminal, (lines) => (words.test(lines.join('\n')) ? lines.join('\n') : undefined), String(words));

test('the made-up subscription answers the questions about what exists, with the keyboard alone', { timeout: 60_000 }, async () => {
  const place = await mkdtemp(join(room, 'sample-'));
  const terminal = openTerminal(['setup', '--sample'], place, { columns: 110, rows: 40 });
  open.push(terminal);
  expect(await shows(terminal, /What shall train/)).toContain('made-up subscription');
  terminal.send('\r');
  await shows(terminal, /Who owns the network/);
  terminal.send('\r');
  await shows(terminal, /short name/);
  terminal.send('tailspin\r');
  await shows(terminal, /New workspace/);
  terminal.send('2\r');
  expect(await shows(terminal, /mlw-tailspin-lab/)).toMatch(/mlw-tailspin-managed +✖ it has a managed network/);
  terminal.send('1\r');
  await shows(terminal, /Which tags/);
  terminal.send('\r');
  await shows(terminal, /New virtual network/);
  terminal.send('2\r');
  expect(await shows(terminal, /vnet-tailspin-swc/)).toMatch(/vnet-tailspin-kor +✖ in koreacentral/);
  terminal.send('2\r');
  await shows(terminal, /How many nodes at most/);
  terminal.send('\r');
  await shows(terminal, /New subnet/);
  terminal.send('2\r');
  const subnets = await shows(terminal, /snet-training/);
  expect(subnets).toMatch(/snet-containers +✖ delegated to Microsoft.ContainerInstance/);
  expect(subnets).toMatch(/snet-tiny +✖ 4 nodes need 4 addresses, and 2 are free/);
  terminal.send('2\r');
  await shows(terminal, /block of the subnet follows: 10\.40\.1\.0/);
  terminal.send('\u0003');
  await terminal.exited;
  expect(savedAnswers(place)).toMatchObject({
    subscription: { value: '5a3f1c7e-0000-4a11-9c00-7a115b1e0001', from: 'azure' },
    'names.vnet': { value: 'vnet-tailspin-swc' },
    'vnet.prefixes': { value: ['10.40.0.0/20'], from: 'azure' },
    'subnet.prefix': { value: '10.40.1.0/26' },
    'subnet.used': { value: 3 },
  });
});

test('verify and preflight look at the made-up subscription, and a run leaves it alone', { timeout: 60_000 }, async () => {
  const sample = ['--sample', '--example', 'sample-half-secured'];
  const verified = await amlguide(['verify', ...sample, '--output', 'json']);
  expect(verified.code).toBe(4);
  expect(verified.stderr).toContain('This is a made-up subscription');
  const text = (await amlguide(['verify', ...sample])).stdout;
  expect(text).toMatch(/\d\d passed, \d+ failed \(\d+ of them high\), [1-9]\d* unknown/);
  expect((await amlguide(['preflight', ...sample])).code).toBe(4);
  const ran = await amlguide(['run', ...sample, '--yes']);
  expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('The made-up subscription cannot be changed') as unknown });
});

test('who leaves while az still signs in is not kept waiting', { timeout: 30_000 }, async () => {
  const place = await mkdtemp(join(room, 'slow-az-'));
  mkdirSync(join(place, 'bin'));
  writeFileSync(join(place, 'bin/az'), '#!/bin/sh\necho $$ > "$0.started"\nsleep 20\n');
  chmodSync(join(place, 'bin/az'), 0o755);
  const env = quietEnvironment({ AMLGUIDE_STATE_DIR: join(place, 'state'), PATH: `${join(place, 'bin')}:/usr/bin:/bin` });
  const terminal = new Terminal(node, [program, 'setup'], { columns: 90, rows: 30, cwd: place, env });
  open.push(terminal);
  await shows(terminal, /What shall train/);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const begun = Date.now();
  terminal.send('\u0003');
  await terminal.exited;
  expect(Date.now() - begun).toBeLessThan(5000);
});
