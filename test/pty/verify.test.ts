import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Terminal } from '../../scripts/terminal.mjs';
import { azEnvironment, publicKey } from '../azure/az.ts';
import { doTo } from '../azure/damage.ts';
import { damages } from '../azure/damages.ts';
import type { Emulator } from '../azure/emulator/emulator.ts';
import { verifiedWorld } from '../azure/verified-world.ts';
import { node, program, quietEnvironment, room } from '../cli/run.ts';
import { standIns } from '../cli/stand-ins.ts';
import { until } from './wizard-terminal.ts';

let emulator: Emulator;
const open: Terminal[] = [];

beforeAll(async () => {
  emulator = await verifiedWorld();
});
afterAll(() => emulator.stop());
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.process.kill('SIGKILL');
  emulator.delay(0);
});

/** What az says: a token of the emulator, and that nothing has to be installed. */
function azSays() {
  const expires_on = Math.floor(Date.now() / 1000) + 3600;
  return {
    az: {
      'account get-access-token ': { stdout: JSON.stringify({ accessToken: emulator.issueToken(), expires_on }) },
      'extension list ': { stdout: 'ml\ndatabricks\nk8s-extension\nconnectedk8s\n' },
    },
  };
}

/** The program in a terminal, against the emulator, in a shell that says how it ended; what stood there before stays. */
function opened(command: string, size = { columns: 100, rows: 30 }) {
  const folder = mkdtempSync(join(room, 'verify-'));
  const path = [standIns(azSays()), '/usr/bin', '/bin'].join(delimiter);
  const env = quietEnvironment({ ...azEnvironment(emulator, folder), PATH: path, AMLGUIDE_STATE_DIR: join(folder, 'state') });
  const script = `echo "what stood there before"; "$@"; echo "ended with $?"; sleep 60`;
  const key = writeSecrets(String(env.HOME));
  const answers = ['--example', 'all-targets', '--set', `machine.private_key=${key}`];
  const words = ['-c', script, 'bash', node, program, ...command.split(' '), ...answers];
  const terminal = new Terminal('bash', words, { ...size, cwd: folder, env });
  open.push(terminal);
  return { terminal, folder };
}

/** The files that the answers name, as a fix looks for them; gives the path of the key. */
function writeSecrets(home: string): string {
  for (const name of ['.ssh/aml_vm', '.ssh/aml_vm.pub', 'secrets/hdinsight-login', 'secrets/hdinsight-ssh']) {
    mkdirSync(join(home, name, '..'), { recursive: true });
    writeFileSync(join(home, name), name.endsWith('.pub') ? `${publicKey}\n` : 'Made-up-1-for-a-test\n', { mode: 0o600 });
  }
  return join(home, '.ssh/aml_vm');
}

const shows = (terminal: Terminal, words: RegExp) => until(terminal, (lines) => lines.find((line) => words.test(line)), String(words));

/** Everything on the screen and above it. */
function scrollback({ screen }: Terminal): string {
  const { active } = screen.buffer;
  return Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '').join('\n');
}

function damage(name: string) {
  const one = damages.find((other) => other.name === name);
  if (!one) throw new Error(`no damage is named ${name}`);
  return { heal: doTo(emulator, one), fails: one.fails };
}

test('what is wrong is listed first, with what mends it, and stays in the scrollback afterwards', { timeout: 60_000 }, async () => {
  const { heal } = damage('key vault is opened');
  try {
    const { terminal } = opened('verify');
    await shows(terminal, /✖ 1 .*read in/);
    const text = terminal.lines().join('\n');
    for (const part of ['Found', 'Expected', 'Mend']) expect(text).toContain(part);
    terminal.send('q');
    await shows(terminal, /^ended with 4$/);
    expect(scrollback(terminal)).toMatch(/^what stood there before\n/);
    expect(scrollback(terminal)).toMatch(/\d+ passed, 1 failed/);
    expect(scrollback(terminal)).toContain('✖ fail');
  } finally {
    heal();
  }
});

test('f shows what the fix would do; a no changes nothing', { timeout: 60_000 }, async () => {
  const { heal } = damage('key vault is opened');
  try {
    const { terminal } = opened('verify', { columns: 160, rows: 40 });
    await shows(terminal, /f mend it/);
    terminal.send('f');
    await shows(terminal, /y {2}run it in Azure/);
    terminal.send('n');
    await shows(terminal, /^ended with 130$/);
    expect(emulator.changes()).toEqual([]);
    expect(scrollback(terminal)).toMatch(/1 failed/);
  } finally {
    heal();
  }
});

test('r reads again and sees that it is mended', { timeout: 60_000 }, async () => {
  const { heal } = damage('key vault is opened');
  const { terminal } = opened('verify', { columns: 60, rows: 15 });
  await shows(terminal, /✖ 1/);
  await shows(terminal, /f mend it/);
  heal();
  terminal.send('r');
  await shows(terminal, /✖ 0 .*☐ \d+$/);
  terminal.send('q');
  await shows(terminal, /^ended with 0$/);
});

test('what a person saw is remembered with its day', { timeout: 60_000 }, async () => {
  const { terminal, folder } = opened('verify');
  await shows(terminal, /read in/);
  terminal.send('/by hand job\r');
  await shows(terminal, /y it is so/);
  terminal.send('n');
  await shows(terminal, /✖ 1 /);
  terminal.send('q');
  await shows(terminal, /^ended with 4$/);
  const kept = JSON.parse(readFileSync(join(folder, 'state', 'verified', 'northwind.json'), 'utf8'));
  expect(Object.values(kept)).toEqual([{ verdict: 'fail', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) }]);
  expect(scrollback(terminal)).toMatch(/Looked at by hand on \d{4}-/);
});

test('leaving while it reads ends at once, with what is known so far', { timeout: 60_000 }, async () => {
  emulator.delay(8_000);
  const { terminal } = opened('verify');
  await shows(terminal, /reading Azure… [1-9]/);
  const left = Date.now();
  terminal.send('\u0003');
  await shows(terminal, /^ended with 130$/);
  expect(Date.now() - left).toBeLessThan(4_000);
  expect(scrollback(terminal)).toMatch(/Left when \d+ of \d+ were looked at/);
  expect(scrollback(terminal)).toMatch(/☐ by hand/);
});

test('preflight has the same screen, and mends nothing', { timeout: 60_000 }, async () => {
  const { terminal } = opened('preflight', { columns: 160, rows: 50 });
  await shows(terminal, /Preflight .*read in/);
  expect(terminal.lines().join('\n')).not.toMatch(/f mend/);
  terminal.send('q');
  await shows(terminal, /^ended with [034]$/);
});

test.each(['--plain verify', '--no-input verify', '--output json verify', 'verify --yes'])(
  'amlguide %s prints in a terminal too, and asks nothing',
  { timeout: 60_000 },
  async (command) => {
    const { terminal } = opened(command);
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (!terminal.output.includes('ended with')) return;
        clearInterval(timer);
        resolve();
      }, 50);
    });
    expect(/ended with (\d+)/.exec(terminal.output)?.[1]).toBe('0');
    expect(terminal.output.includes('\u001B[?1049h')).toBe(false);
    expect(/\d+ passed, none failed/.test(terminal.output)).toBe(true);
  },
);
