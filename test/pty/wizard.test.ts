import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Terminal } from '../../scripts/terminal.mjs';
import { amlguide, filesOf, node, program, quietEnvironment, room } from '../cli/run.ts';
import { isReview, kill9, next, openTerminal, type Shown, savedAnswers, shownOn, typedAt, until } from './wizard-terminal.ts';

const enter = '\r';
const interrupt = '\u0003';
const open: Terminal[] = [];

afterEach(() => {
  for (const terminal of open.splice(0)) terminal.process.kill('SIGKILL');
});

const folder = (): Promise<string> => mkdtemp(join(room, 'wizard-'));

function opened(...words: Parameters<typeof openTerminal>): Terminal {
  const terminal = openTerminal(...words);
  open.push(terminal);
  return terminal;
}

const question = (terminal: Terminal): Promise<Shown> => until(terminal, shownOn, 'a question');

/** Answers questions with what a person would type, and Enter, until the one whose words are given, or the review. */
async function goTo(terminal: Terminal, words?: RegExp): Promise<{ keys: number; asked: Shown[] }> {
  const asked: Shown[] = [];
  let keys = 0;
  for (let shown: Shown | 'review' = await question(terminal); shown !== 'review'; shown = await next(terminal, shown)) {
    if (words?.test(shown.ask)) return { keys, asked };
    asked.push(shown);
    keys += typedAt(shown.ask).length + 1;
    terminal.send(typedAt(shown.ask) + enter);
  }
  return { keys, asked };
}

test('killed with kill -9 after each question it resumes at the very next one with every answer', { timeout: 120_000 }, async () => {
  const place = await folder();
  let terminal = opened(['setup'], place);
  let shown: Shown | 'review' = await question(terminal);
  let known: Record<string, unknown> = {};
  for (let count = 1; shown !== 'review'; count++) {
    terminal.send(typedAt(shown.ask) + enter);
    const following = await next(terminal, shown);
    await kill9(terminal);
    const saved = savedAnswers(place);
    expect(Object.keys(saved).length).toBeGreaterThanOrEqual(count);
    expect(saved).toMatchObject(known);
    terminal = opened(['resume'], place);
    const resumed = following === 'review' ? 'review' : await question(terminal);
    if (following === 'review') await until(terminal, (lines) => isReview(lines) || undefined, 'the review');
    expect(resumed).toEqual(following);
    expect(savedAnswers(place)).toEqual(saved);
    [known, shown] = [saved, following];
  }
  expect(Object.keys(known).length).toBeGreaterThan(20);
});

test('from defaults to files by the keyboard, and the same bytes from the answers, from a pipe and again', {
  timeout: 60_000,
}, async () => {
  const place = await folder();
  const terminal = opened(['setup'], place);
  const { keys, asked } = await goTo(terminal);
  terminal.send('w');
  expect(await terminal.exited).toBe(0);
  console.log(`the whole way: ${asked.length} questions, ${keys + 1} keys`);
  const files = filesOf(join(place, 'contoso'));
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['run.sh', 'run.ps1', 'guide.md', 'answers.yaml']));

  const again = await amlguide(['render', '--answers', 'contoso/answers.yaml', '--out', 'again'], { cwd: place });
  expect(again).toMatchObject({ code: 0 });
  expect(filesOf(join(place, 'again'))).toEqual(files);

  const transcript = [...asked.map(({ ask }) => typedAt(ask)), 'write', ''].join('\n');
  const state = { AMLGUIDE_STATE_DIR: join(place, 'plain-state') };
  const plain = await amlguide(['setup', '--plain', '--out', 'plain'], { cwd: place, input: transcript, env: state });
  expect(plain).toMatchObject({ code: 0 });
  expect(plain.stdout).not.toContain('\u001B');
  expect(filesOf(join(place, 'plain'))).toEqual(files);
});

test('a private workspace out of nothing, with a cluster and an instance, is at most 25 questions, most of them one key', {
  timeout: 60_000,
}, async () => {
  const place = await folder();
  const terminal = opened(['setup'], place);
  await goTo(terminal, /what shall train/i);
  const chosen = await question(terminal);
  terminal.send('\u001B[B');
  await until(terminal, (lines) => lines.find((line) => /❯ \[ \] Compute instance/.test(line)), 'the cursor at the instance');
  terminal.send(` ${enter}`);
  await next(terminal, chosen);
  const { asked } = await goTo(terminal);
  terminal.send('w');
  expect(await terminal.exited).toBe(0);
  const questions = ['What shall train?', ...asked.map(({ ask }) => ask)];
  console.log(questions.map((ask, index) => `${index + 1}. ${ask}`).join('\n'));
  expect(questions.length).toBeLessThanOrEqual(25);
  expect(asked.filter(({ ask }) => typedAt(ask).length > 1).length).toBeLessThanOrEqual(3);
  const files = filesOf(join(place, 'contoso'));
  expect(
    Object.keys(files)
      .filter((name) => name.endsWith('.py'))
      .sort(),
  ).toEqual(['create-cluster-contoso-cluster.py', 'create-instance-contoso-ci.py']);
  expect(files['answers.yaml']).toMatch(/way_out\.kind: nat_new/);
});

const after = 'echo "code $?"; stty -a | grep -o -- "-\\?icanon\\|-\\?echo\\b" | tr "\\n" " "; echo over';

/** The terminal as a person finds it after the program: lines are edited and shown, the cursor is there, the screen is the usual one. */
async function expectRestored(terminal: Terminal, code: number): Promise<void> {
  const words = await until(terminal, (lines) => (lines.some((line) => /over$/.test(line)) ? lines.join('\n') : undefined), 'the shell');
  expect(words).toContain(`code ${code}`);
  expect(words).toMatch(/^icanon echo over$/m);
  expect(terminal.screen.buffer.active.type).toBe('normal');
  expect(terminal.output.lastIndexOf('\u001B[?25h')).toBeGreaterThan(terminal.output.lastIndexOf('\u001B[?25l'));
}

test('ctrl+c at home, at a question, while typing and at the review gives the terminal back and keeps every answer', async () => {
  const place = await folder();
  const home = opened([], place, undefined, after);
  await until(home, (lines) => lines.find((line) => /Start a new setup/.test(line)), 'the home screen');
  home.send(interrupt);
  await until(home, (lines) => lines.find((line) => /over$/.test(line)), 'the shell');
  expect(home.lines().join('\n')).toMatch(/code (0|130)\n(.*\n)*icanon echo over/);

  const first = opened(['setup'], place, undefined, after);
  await question(first);
  first.send(interrupt);
  await expectRestored(first, 130);
  expect(first.lines().join('\n')).toContain('Nothing was answered, so nothing is saved.');
  expect((await amlguide(['sessions', '--output', 'json'], { env: { AMLGUIDE_STATE_DIR: join(place, 'state') } })).stdout).toBe('[]\n');

  const typing = opened(['setup'], place, undefined, after);
  await goTo(typing, /which subscription/i);
  typing.send('half a gu');
  await until(typing, (lines) => lines.find((line) => /❯ half a gu/.test(line)), 'the typed text');
  typing.send(interrupt);
  await expectRestored(typing, 130);
  expect(typing.lines().join('\n')).toMatch(/Saved as contoso\.\n.*amlguide resume contoso/);
  expect(savedAnswers(place).name?.value).toBe('contoso');
  expect(savedAnswers(place).subscription).toBeUndefined();

  const review = opened(['resume', 'contoso'], place, undefined, after);
  await goTo(review);
  review.send(interrupt);
  await expectRestored(review, 130);
  expect(savedAnswers(place)['people.access']?.value).toBe('vpn');
});

test('a terminated wizard gives the terminal back and keeps every answer', async () => {
  const place = await folder();
  const terminal = opened(['setup', '--session', 'contoso'], place, undefined, after);
  await goTo(terminal, /which subscription/i);
  const { pid } = terminal.process;
  process.kill(Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()), 'SIGTERM');
  await expectRestored(terminal, 143);
  expect(savedAnswers(place).name?.value).toBe('contoso');
  expect(savedAnswers(place).subscription).toBeUndefined();
});

test('a terminal of 20 columns and 10 rows shows the question and takes answers', async () => {
  const place = await folder();
  const terminal = opened(['setup', '--session', 'tiny'], place, { columns: 20, rows: 10 });
  const seen = (words: RegExp): Promise<string> =>
    until(terminal, (lines) => (words.test(lines.join(' ')) ? lines.join('\n') : undefined), String(words));
  await seen(/What shall train\?/);
  terminal.send(enter);
  await seen(/Who owns the network\?/);
  terminal.send(enter);
  const third = await seen(/In which subscription|short name/);
  terminal.send('Not fitting');
  await seen(/❯ Not fitting/);
  terminal.send(`\u0015${typedAt(third.replace(/\s+/g, ' '))}${enter}`);
  await seen(/New workspace, or one that|short name for this setup\? ❯ *for/);
  expect(Object.keys(savedAnswers(place))).toHaveLength(3);
});

test('another size keeps the place and what is typed', async () => {
  const terminal = opened(['setup'], await folder());
  await goTo(terminal, /which subscription/i);
  terminal.send('6f1a2b3c-half');
  const sizes = [
    [60, 24],
    [160, 50],
    [40, 12],
    [90, 30],
  ] as const;
  for (const [columns, rows] of sizes) {
    terminal.screen.resize(columns, rows);
    terminal.process.resize(columns, rows);
    const whole = (lines: readonly string[]): string | undefined => {
      const screen = lines.map((line) => line.replace(/^.*[│┐] /, '')).join('\n');
      return /which\s+subscription/i.test(screen) && /❯ 6f1a2b3c-half/.test(screen) && lines.length === rows ? screen : undefined;
    };
    await until(terminal, whole, `the question in ${columns} columns`);
  }
  terminal.send(`\u0015${typedAt('which subscription')}${enter}`);
  // The place in the head may be cut until the last size is painted, so only another question counts as the next one.
  const following = (lines: readonly string[]): string | undefined => {
    const ask = shownOn(lines)?.ask;
    return ask !== undefined && !/which subscription/i.test(ask) ? ask : undefined;
  };
  expect(await until(terminal, following, 'what follows the subscription')).toMatch(/resource group/i);
});

test('a session that is open is refused to others, with who holds it, and goes on undisturbed', async () => {
  const place = await folder();
  const terminal = opened(['setup', '--session', 'contoso'], place);
  const before = await question(terminal);
  const env = { AMLGUIDE_STATE_DIR: join(place, 'state') };
  const second = await amlguide(['resume', 'contoso', '--plain'], { env });
  expect(second.code).toBe(2);
  expect(second.stderr).toContain(`open in another amlguide (process ${terminal.process.pid} on`);
  const deleting = await amlguide(['sessions', 'delete', 'contoso', '--confirm', 'contoso'], { env });
  expect(deleting).toMatchObject({ code: 2, stderr: expect.stringContaining('open in another amlguide') });
  terminal.send(enter);
  await next(terminal, before);
  expect(Object.keys(savedAnswers(place))).toEqual(['targets']);
});

test('NO_COLOR leaves weight and signs, and no colour', async () => {
  const place = await folder();
  const env = { ...quietEnvironment(), AMLGUIDE_STATE_DIR: join(place, 'state') };
  const terminal = new Terminal('env', ['NO_COLOR=1', node, program, 'setup'], { cwd: place, env });
  open.push(terminal);
  await until(terminal, (lines) => lines.find((line) => /What shall train/.test(line)), 'the first question');
  expect(coloursIn(terminal)).toEqual([]);
});

/** The colour codes in all that a program wrote. */
function coloursIn({ output }: Terminal): string[] {
  return output.split('\u001B[').flatMap((part) => /^(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m/.exec(part)?.[0] ?? []);
}
