import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { room } from '../cli/run.ts';
import { begin, expectGivenBack, openShell, programPid, type Shell, sees } from './shell.ts';
import { openTerminal, savedAnswers } from './wizard-terminal.ts';

const open: Shell[] = [];

afterEach(() => {
  for (const { terminal } of open.splice(0)) terminal.process.kill('SIGKILL');
});

/** A screen of the program: how it comes up, what it shows then, the keys that leave it, and what the shell's screen says after any end. */
interface Screen {
  readonly words: readonly string[];
  readonly up: (shell: Shell) => Promise<unknown>;
  readonly shows: RegExp;
  readonly quit: string;
  readonly code: number;
  readonly after: RegExp;
  readonly crash: RegExp;
}

const screens: Readonly<Record<string, Screen>> = {
  wizard: {
    words: ['setup', '--session', 'contoso'],
    up: async (shell) => {
      await sees(shell, /What shall train/);
      shell.terminal.send('\r');
      await sees(shell, /Who owns the network/);
    },
    shows: /Who owns the network/,
    quit: '\u0003',
    code: 130,
    after: /Saved as contoso\.\n.*amlguide resume contoso/,
    crash: /Every answer is saved. Go on with: amlguide resume contoso/,
  },
  run: {
    words: ['run', '--rehearse', '--example', 'private-from-nothing', '--fail-at', 'vnet=policy'],
    up: async (shell) => {
      await sees(shell, /y {2}rehearse it/);
      shell.terminal.send('y');
      await sees(shell, /virtual network .* failed/);
    },
    shows: /virtual network .* failed/,
    quit: '\u0003\u0003',
    code: 3,
    after: /A step failed\.\n.*go on with: amlguide run --rehearse/,
    crash: /Go on with: amlguide run --rehearse/,
  },
  verify: {
    words: ['verify', '--sample', '--example', 'sample-half-secured'],
    up: (shell) => sees(shell, /read in/),
    shows: /read in/,
    quit: 'q',
    code: 4,
    after: /\d+ passed, \d+ failed/,
    crash: /bug of amlguide/,
  },
};

async function opened({ words, up }: Screen): Promise<Shell> {
  const shell = openShell({}, { columns: 100, rows: 60 });
  open.push(shell);
  await sees(shell, /\$/);
  begin(shell, ...words);
  await up(shell);
  return shell;
}

describe.each(Object.entries(screens))('the screen of %s gives the terminal back', (_, screen) => {
  const { shows, quit, code, after, crash } = screen;

  test('when it is left', { timeout: 60_000 }, async () => {
    const shell = await opened(screen);
    shell.terminal.send(quit);
    const text = await sees(shell, new RegExp(`ended with ${code}`));
    expect(text).toMatch(after);
    await expectGivenBack(shell);
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('at %s', { timeout: 60_000 }, async (signal, ends) => {
    const shell = await opened(screen);
    process.kill(programPid(shell), signal);
    // What was found is told after a signal too, and how it ended counts as always.
    const text = await sees(shell, new RegExp(`ended with ${code === 130 ? ends : code}`));
    expect(text).toMatch(after);
    await expectGivenBack(shell);
  });

  test.each([
    ['SIGUSR2', 'planted crash'],
    ['SIGPWR', 'planted rejection'],
  ] as const)('when it breaks off by an error that nobody caught (%s)', { timeout: 60_000 }, async (signal, says) => {
    const shell = await opened(screen);
    process.kill(programPid(shell), signal);
    const text = await sees(shell, /ended with 1/);
    expect(text).toContain(says);
    expect(text).toMatch(crash);
    await expectGivenBack(shell);
  });

  test.each(['ctrl+z', 'kill -TSTP'])('while it is stopped by %s, and takes it again for fg', { timeout: 60_000 }, async (how) => {
    const shell = await opened(screen);
    for (let round = 0; round < 2; round++) {
      if (how === 'ctrl+z') shell.terminal.send('\u001A');
      else process.kill(programPid(shell), 'SIGTSTP');
      await sees(shell, /Stopped/);
      await expectGivenBack(shell);
      shell.terminal.send('printf "\\033[2J\\033[H"; echo what stood there before; fg\r');
      const again = await sees(shell, shows);
      expect(again).not.toMatch(/Stopped/);
      expect(shell.terminal.screen.buffer.active.type).toBe('alternate');
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    shell.terminal.send(quit);
    await expectGivenBack(shell);
  });
});

test('when the terminal itself is closed, every answer is there', { timeout: 60_000 }, async () => {
  const shell = await opened(screens.wizard as Screen);
  const pid = programPid(shell);
  (shell.terminal.process as unknown as { destroy: () => void }).destroy();
  await expect.poll(() => readdirSync('/proc').includes(String(pid)), { timeout: 10_000 }).toBe(false);
  expect(Object.keys(savedAnswers(shell.folder))).toEqual(['targets']);
  expect(readdirSync(join(shell.folder, 'state/sessions')).filter((name) => name.includes('lock'))).toEqual([]);
});

test('where no shell could go on with the job, ctrl+z comes back by itself', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(room, 'alone-'));
  const terminal = openTerminal(['setup', '--session', 'contoso'], folder);
  const shell = { terminal, folder };
  open.push(shell);
  await sees(shell, /What shall train/);
  terminal.send('\u001A');
  await expect.poll(() => terminal.output.includes('\u001B[?1049l')).toBe(true);
  await sees(shell, /What shall train/);
  terminal.send('\r');
  await sees(shell, /Who owns the network/);
});
