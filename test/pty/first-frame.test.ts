// What ends the program while its first frame stands and Ink is not there yet.
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Terminal } from '../../scripts/terminal.mjs';
import { node, program, quietEnvironment, room } from '../cli/run.ts';

const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

test.each(Object.entries(codes))('%s at the first frame gives the terminal back', { timeout: 30_000 }, async (signal, code) => {
  const folder = mkdtempSync(join(room, 'first-frame-'));
  const env = quietEnvironment({ AMLGUIDE_STATE_DIR: join(folder, 'state') });
  const terminal = new Terminal(node, [program, 'setup'], { cwd: folder, env });
  await terminal.firstFrame();
  terminal.process.kill(signal);
  expect(await terminal.exited).toBe(code);
  for (const [on, off] of ['1049h 1049l', '25l 25h', '7l 7h'].map((pair) => pair.split(' ')))
    expect(terminal.output.lastIndexOf(`\u001B[?${off}`)).toBeGreaterThan(terminal.output.lastIndexOf(`\u001B[?${on}`));
});
