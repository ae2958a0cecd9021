// Some thousand random keys and sizes in a real terminal: the program neither fails nor writes outside of it.
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { room } from '../cli/run.ts';
import { anySize, fuzzSeed, oneOf, seeded } from '../ui/ink/fuzz.ts';
import { Stage } from './stage.ts';

const seed = fuzzSeed();
let stage: Stage | undefined;

afterEach(() => stage?.end());

// Ctrl+c leaves, and so do w, h, x and q on the last screen: the wizard resumes then.
const keys = [
  '\r',
  '\u001B',
  '\t',
  ' ',
  '\u007F',
  '\u001B[A',
  '\u001B[B',
  '\u001B[C',
  '\u001B[D',
  '\u001B[H',
  '\u001B[F',
  '\u001B[5~',
  '\u001B[6~',
];
const letters = Array.from('abdegijklnoprstuvyzABG0123456789/?.-_:=,日é');
const controls = Array.from('\u0001\u0004\u0005\u0006\u000B\u000E\u000F\u0010\u0012\u0015\u0017\u0018\u0019\u000C');
// Read in the output, as keys that were echoed while the editor had the terminal may break the row on the screen.
const ended = /ended with (0|130)/;
const pastes = ['\u001B[200~10.1.0.0/16\r\n10.2.0.0/16\u001B[201~', `\u001B[200~${'長い'.repeat(400)}\u001B[201~`];

test(`the wizard bears 3000 random keys in a real terminal: FUZZ_SEED=${seed}`, { timeout: 180_000 }, async () => {
  const random = seeded(seed);
  const place = await mkdtemp(join(room, 'fuzz-'));
  stage = new Stage(['setup', '--sample', '--session', 'fuzz'], place, { columns: 100, rows: 30 });
  await stage.press('', /What shall train/);
  for (let sent = 0; sent < 3000; sent += 15) {
    const batch = Array.from({ length: 15 }, () => {
      const kind = random();
      return kind < 0.5
        ? oneOf(random, keys)
        : kind < 0.85
          ? oneOf(random, letters)
          : kind < 0.98
            ? oneOf(random, controls)
            : oneOf(random, pastes);
    });
    stage.terminal.send(batch.join(''));
    if (random() < 0.2) stage.resize(anySize(random));
    await new Promise((resolve) => setTimeout(resolve, 15));
    const text = stage.text();
    expect(text, `FUZZ_SEED=${seed}`).not.toMatch(/ended with [^0]|TypeError| {4}at .*\.[jt]s/);
    if (!ended.test(stage.terminal.output)) continue;
    stage.end();
    stage = new Stage(['resume', 'fuzz', '--sample', '--force'], place, { columns: 100, rows: 30 });
    await stage.press('', /help|esc/);
  }
  stage.resize({ columns: 100, rows: 30 });
  stage.terminal.send('\u001B');
  // A ctrl+c that comes while the editor has the terminal is the editor's: the program does not hear it.
  for (let presses = 0; presses < 20 && !ended.test(stage.terminal.output); presses++) {
    stage.terminal.send('\u0003');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  expect(stage.terminal.output, `FUZZ_SEED=${seed}`).toMatch(ended);
});
