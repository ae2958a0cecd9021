// All training targets from what is proposed and from the made-up subscription, with the keyboard alone and as a transcript.
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Terminal } from '../../scripts/terminal.mjs';
import { amlguide, room } from '../cli/run.ts';
import { isReview, openTerminal, savedAnswers, until } from './wizard-terminal.ts';

const open: Terminal[] = [];
const [enter, all] = ['\r', '\u0013'];

afterEach(() => {
  for (const terminal of open.splice(0)) terminal.process.kill('SIGKILL');
});

/** What has to show before the keys are pressed, and the keys: what is proposed, and the few answers that only a person knows. */
const script: readonly (readonly [RegExp, string])[] = [
  [/What shall train/, 'a'],
  [/\[✔\] Kubernetes cluster/, enter],
  [/Who owns the network/, all],
  [/Then you are asked: What is a short name/, 'y'],
  [/What is a short name/, `lab${enter}`],
  [/New workspace, or one that exists/, all],
  [/subscription: 5a3f1c7e.* from Azure[\s\S]*Then you are asked: In which region/, 'y'],
  [/2 networks and 2 workspaces of yours are here/, 'swe'],
  [/❯ Sweden Central/, enter],
  [/Which tags must/, all],
  [/Take these \d+ proposed answers/, 'y'],
  [/How will people open the studio/, `1${enter}`],
  [/Which groups of Microsoft Entra ID/, all],
  [/Take these \d+ proposed answers/, 'y'],
  [/Which file holds the private SSH key/, `/home/anna/.ssh/aml_vm${enter}`],
  [/What shall the workspace use the HDInsight cluster for/, all],
  [/Take these \d+ proposed answers/, 'y'],
  [/Which context of kubectl/, `edge${enter}`],
  [/What Kubernetes is it/, all],
  [/Take these \d+ proposed answers/, 'y'],
  [/How does the cluster reach the private endpoints/, `1${enter}`],
  [/Has the cluster|Does|Which|What|How/, all],
  [/Then every question is answered|\d+–\d+ of \d+/, 'y'],
];

/** The same as lines. */
const transcript = [
  ...['all', 'defaults all', 'yes', 'lab', 'defaults all', 'yes', 'swedencentral', 'defaults all', 'yes', '1', 'defaults all', 'yes'],
  ...['/home/anna/.ssh/aml_vm', 'defaults all', 'yes', 'edge', 'defaults all', 'yes', '1', 'defaults all', 'yes', 'leave'],
];

/** The answers without the time at which Azure was read. */
function timeless(answers: ReturnType<typeof savedAnswers>) {
  return Object.fromEntries(
    Object.entries(answers).map(([key, answer]) => [key, { ...answer, at: 'at' in answer ? 'some time' : 'never' }]),
  );
}

test('all training targets take at most 60 keys, and a transcript gives the same answers', { timeout: 120_000 }, async () => {
  const [typed, told] = [await mkdtemp(join(room, 'keys-')), await mkdtemp(join(room, 'transcript-'))];
  const terminal = openTerminal(['setup', '--sample'], typed, { columns: 110, rows: 60 });
  open.push(terminal);
  let pressed = 0;
  for (const [words, keys] of script) {
    await until(terminal, (lines) => words.test(lines.join('\n')) || undefined, String(words));
    terminal.send(keys);
    pressed += keys.length;
  }
  await until(terminal, (lines) => isReview(lines) || undefined, 'the review');
  console.log(`all training targets took ${pressed} keys`);
  expect(pressed).toBeLessThanOrEqual(60);
  terminal.send('\u0003');
  await terminal.exited;

  const env = { AMLGUIDE_STATE_DIR: join(told, 'state') };
  const { stdout } = await amlguide(['setup', '--sample', '--plain'], { env, input: transcript.map((line) => `${line}\n`).join('') });
  expect(stdout).toContain('Every question is answered.');
  const answers = timeless(savedAnswers(typed));
  expect(answers['targets']?.value).toHaveLength(6);
  expect(answers['subscription']).toMatchObject({ value: '5a3f1c7e-0000-4a11-9c00-7a115b1e0001', from: 'azure', at: 'some time' });
  expect(answers['arc.name']).toMatchObject({ value: 'arc-tailspin-plant', from: 'azure' });
  expect(timeless(savedAnswers(told))).toEqual(answers);
});
