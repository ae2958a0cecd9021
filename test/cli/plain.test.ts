// What somebody hears who cannot see the screen: whole conversations, as they are read out. `npx vitest run test/cli/plain.test.ts -u` writes them anew.
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Terminal } from '../../scripts/terminal.mjs';
import { amlguide, node, program, quietEnvironment, type Ran, room } from './run.ts';

const open: Terminal[] = [];

afterEach(() => {
  for (const terminal of open.splice(0)) terminal.process.kill('SIGKILL');
});

/** A conversation with typed lines, in a state folder of its own. */
function conversation(place: string, args: readonly string[], lines: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const input = lines.map((line) => `${line}\n`).join('');
  return amlguide([...args], { input, env: { AMLGUIDE_STATE_DIR: join(room, place), ...env } });
}

/** Lines, frames, spinners and signs that say nothing to an ear, and everything that moves a cursor. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
const unheard = /[\u0000-\u0009\u000B-\u001F\u007F\u2190-\u21FF\u2500-\u27BF\u2800-\u28FF\u276F]/u;

function expectHeard(text: string): void {
  expect(text.split('\n').filter((line) => unheard.test(line))).toEqual([]);
}

/** What a run says, without what differs from time to time: how long it took, and which of two steps side by side was first; the steps stand last. */
function settled(text: string): string {
  const lines = text
    .replaceAll(/\b\d+ (?:s|min)\b/g, 'some time')
    .replaceAll(/ \d+ of \d+\.$/gm, '')
    .split('\n');
  const isStep = (line: string) => /^begins|^done: | is (?:made|changed|there)(?:, some time)?\.$/.test(line);
  return [...lines.filter((line) => !isStep(line)), 'Steps:', ...lines.filter(isStep).toSorted(), ''].join('\n');
}

const wizard = [
  ...[
    '?',
    'explain',
    '1',
    '',
    'back',
    '',
    'Lab!',
    'lab',
    'undo',
    'lab',
    'glossary',
    'glossary nsg',
    'preview',
    'defaults all',
    'no',
    'defaults all',
    'yes',
  ],
  ...['list sweden', 'swedencentral', 'defaults all', 'yes', '1', 'defaults all', 'yes', 'network', 'plan', 'permissions'],
  ...['review', 'edit vnet.prefixes', '10.0.0.0/33', '10.96.0.0/20', 'yes', 'again', '4'],
];

describe('the wizard', () => {
  test('is heard from the first question to the end', async () => {
    const { stdout, stderr } = await conversation('wizard', ['setup', '--sample', '--plain'], wizard);
    expectHeard(stdout);
    await expect(`${stdout}\n${stderr}`).toMatchFileSnapshot('transcripts/wizard.txt');
  });

  test('says each question once, with its choices numbered from one', async () => {
    const { stdout } = await conversation('once', ['setup', '--sample', '--plain'], ['all', ...Array(4).fill(''), '', '', 'leave']);
    const questions = stdout.split(/\n(?=Question \d+:)/).slice(1);
    const asked = questions.map((text) => text.split('\n')[0] ?? '');
    expect(asked.length).toBeGreaterThan(2);
    expect(stdout.match(/Question 1: /g)).toHaveLength(1);
    for (const text of questions) {
      const numbers = [...text.matchAll(/^ {2}(\d+)\) /gm)].map(([, number]) => Number(number));
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    }
    expectHeard(stdout);
  });
});

test('a rehearsal with a failure is heard, with what can be done about it', async () => {
  const args = ['run', '--rehearse', '--plain', '--parallel', '1', '--example', 'compute-cluster', '--fail-at', 'subnet=quota'];
  const { stdout, stderr, code } = await conversation('rehearsal', args, ['perhaps', 'yes', '?', '1']);
  expect(code).toBe(0);
  expectHeard(stderr);
  expect(stderr).toMatch(/subnet snet-training .* failed: /);
  await expect(settled(`${stderr}\n${stdout}`)).toMatchFileSnapshot('transcripts/rehearsal.txt');
});

test('a verification is heard: the sum, then what failed, then the rest', async () => {
  const { stdout, stderr } = await conversation('verify', ['verify', '--sample', '--plain', '--example', 'sample-half-secured'], []);
  expectHeard(stdout);
  expect(stdout).toMatch(/^\d+ passed, \d+ failed .*\nFailed, \d+:\n/);
  await expect(`${stdout}\n${stderr}`).toMatchFileSnapshot('transcripts/verify.txt');
});

describe('plain mode', () => {
  const ways: readonly (readonly string[])[] = [['TERM=dumb'], ['ACCESSIBLE=1'], ['ACCESSIBLE=yes'], ['INK_SCREEN_READER=true']];

  test.each(ways)('is entered by %s in a terminal, by setup, run and verify alike', { timeout: 60_000 }, async (way) => {
    for (const [args, waits] of [
      [['setup', '--sample'], 'What shall train'],
      [['run', '--rehearse', '--example', 'compute-cluster'], 'Do it? Type yes or no.'],
      [['verify', '--sample', '--example', 'sample-half-secured'], 'could not be looked at'],
    ] as const) {
      const env = quietEnvironment({ AMLGUIDE_STATE_DIR: join(room, 'ways') });
      const terminal = new Terminal('env', [way, node, program, ...args], { columns: 200, cwd: room, env });
      open.push(terminal);
      const end = Date.now() + 15_000;
      while (!terminal.output.includes(waits)) {
        if (Date.now() > end) throw new Error(`${waits} did not come: ${terminal.output}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expectHeard(terminal.output.replaceAll('\r\n', '\n'));
    }
  });

  test.each(['ACCESSIBLE=0', 'ACCESSIBLE=false', 'ACCESSIBLE=', 'INK_SCREEN_READER=false'])('is not entered by %s', async (way) => {
    const env = quietEnvironment({ AMLGUIDE_STATE_DIR: join(room, 'ways') });
    const terminal = new Terminal('env', [way, node, program, 'setup', '--sample'], { columns: 100, cwd: room, env });
    open.push(terminal);
    await terminal.firstFrame();
    expect(terminal.output).toContain('\u001B[?1049h');
  });

  test('is entered without a terminal, when lines come through the pipe', async () => {
    const { stdout, stderr, code } = await conversation('pipe', ['setup', '--sample'], ['', 'leave']);
    expect({ code, stderr }).toMatchObject({ code: 130, stderr: expect.stringContaining('Saved as') as unknown });
    expect(stdout).toContain('Question 2: Who owns the network?');
    expectHeard(stdout);
    expect((await conversation('pipe', ['setup', '--no-input'], ['', 'leave'])).stderr).toContain('nobody to ask here');
  });
});
