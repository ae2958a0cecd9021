// The wizard inside a real tmux, where there is one.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { node, program, quietEnvironment, room } from '../cli/run.ts';

const hasTmux = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'tmux')));
const folder = mkdtempSync(join(room, 'tmux-'));

/** Calls a tmux of its own, without anybody's settings. */
function tmux(...words: readonly string[]): string {
  const env = quietEnvironment({ AMLGUIDE_STATE_DIR: join(folder, 'state'), NO_COLOR: '1' });
  return execFileSync('tmux', ['-S', join(folder, 'socket'), '-f', '/dev/null', ...words], { encoding: 'utf8', env, cwd: folder });
}

/** The screen as text, once it shows something. */
async function see(wanted: RegExp): Promise<string> {
  for (let tries = 0; tries < 500; tries++) {
    const text = tmux('capture-pane', '-p')
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n');
    if (wanted.test(text)) return text;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`tmux never shows ${wanted}:\n${tmux('capture-pane', '-p')}`);
}

const screen = (name: string) => readFileSync(join(import.meta.dirname, 'screens', `${name}.txt`), 'utf8').trimEnd();

afterAll(() => {
  if (hasTmux) tmux('kill-server');
});

describe.skipIf(!hasTmux)(`inside tmux${hasTmux ? '' : ' (skipped, as there is no tmux)'}`, { timeout: 60_000 }, () => {
  test('the screens are the same, a copied text arrives, another size is taken, and the shell comes back', async () => {
    const script = 'echo before; "$@"; echo "ended with $?"; sleep 60';
    const words = [node, program, 'setup', '--sample', '--session', 'tailspin-lab'];
    tmux('new-session', '-d', '-x', '100', '-y', '30', 'bash', '-c', script, 'bash', ...words);
    tmux('set-option', '-g', 'set-clipboard', 'on');
    expect((await see(/What shall train[\s\S]*\? help/)).trimEnd()).toBe(screen('question-choices-100'));
    tmux('send-keys', '?');
    await see(/Keys that work here/);
    tmux('send-keys', 'c');
    await see(/Copied \d+ lines\. If nothing arrives, tmux has to allow it/);
    expect(tmux('show-buffer')).toMatch(/^Help\n\nWords here\n/);
    tmux('send-keys', 'Escape');
    await see(/choose.*space toggle/);
    tmux('resize-window', '-x', '60', '-y', '30');
    await see(/1 of 13[\s\S]*What shall train/);
    tmux('send-keys', 'Enter');
    expect((await see(/Who owns the network[\s\S]*\? help/)).trimEnd()).toBe(screen('question-choice-60'));
    tmux('send-keys', 'C-c');
    expect(await see(/ended with 130/)).toMatch(/^before\n[\s\S]*Saved as tailspin-lab\.[\s\S]*ended with 130/);
  });
});
