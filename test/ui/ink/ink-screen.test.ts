import { describe, expect, it } from 'vitest';
import { type Host, inkScreen } from '../../../src/ui/ink/ink-screen.ts';
import type { Press } from '../../../src/ui/ink/keys.ts';
import { Wizard } from '../../../src/ui/ink/wizard.ts';
import { FakeTerminal } from './fake-terminal.ts';

const seen = { page: 1, count: 0, preview: false };

/** A screen with one row of text in a terminal in memory; what it says and what goes wrong is kept. */
function shown(does: { press?: (press: Press) => void; layout?: () => string; host?: Host }) {
  const terminal = new FakeTerminal(40, 5);
  const failures: unknown[] = [];
  const scene = {};
  const source = {
    subscribe: () => () => undefined,
    scene: () => scene,
    press: (press: Press) => does.press?.(press),
    end: () => undefined,
    fail: (error: unknown) => failures.push(error),
  };
  const layout = () => ({ lines: [[{ text: does.layout?.() ?? 'some text' }]], seen });
  const options = { stdin: terminal.stdin, stdout: terminal.stdout, ...(does.host ? { host: does.host } : {}) };
  const screen = inkScreen(options, source, layout);
  screen.start();
  return { terminal, failures, screen };
}

describe('a screen that breaks', () => {
  it('hands on what a key threw', async () => {
    const planted = new Error('planted');
    const { terminal, failures, screen } = shown({
      press: () => {
        throw planted;
      },
    });
    await terminal.see('some text');
    terminal.press('x');
    await terminal.until(() => failures.length > 0, 'the failure');
    expect(failures).toEqual([planted]);
    await screen.stop();
    expect(terminal.raw).toBe(false);
  });

  it('hands on what a layout threw', async () => {
    const planted = new Error('planted');
    const { terminal, failures, screen } = shown({
      layout: () => {
        throw planted;
      },
    });
    await terminal.until(() => failures.length > 0, 'the failure');
    expect(failures).toEqual([planted]);
    await screen.stop();
    for (const [on, off] of ['1049h 1049l', '25l 25h', '2004h 2004l'].map((pair) => pair.split(' ')))
      expect(terminal.written.lastIndexOf(`\u001B[?${off}`)).toBeGreaterThanOrEqual(terminal.written.lastIndexOf(`\u001B[?${on}`));
  });

  it('tells the next question what broke while nobody waited', async () => {
    const wizard = new Wizard();
    const planted = new Error('planted');
    wizard.fail(planted);
    await expect(wizard.home([])).rejects.toBe(planted);
  });
});

describe('a stopped screen', () => {
  it('gives the terminal back before the program stops, and takes it again afterwards', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const rawWhenStopped: boolean[] = [];
    const host: Host = {
      stop: () => {
        rawWhenStopped.push(terminal.raw);
        return promise;
      },
      onStop: () => () => undefined,
      onCrash: () => () => undefined,
    };
    const { terminal, screen } = shown({ host });
    await terminal.see('some text');
    terminal.press('ctrl+z');
    await terminal.gone('some text');
    await terminal.until(() => rawWhenStopped.length > 0, 'the stop');
    expect(rawWhenStopped).toEqual([false]);
    screen.start();
    expect(terminal.raw).toBe(false);
    resolve();
    await terminal.see('some text');
    expect(terminal.raw).toBe(true);
    await screen.stop();
  });

  it('stays away when it was closed meanwhile', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const host: Host = { stop: () => promise, onStop: () => () => undefined, onCrash: () => () => undefined };
    const { terminal, screen } = shown({ host });
    await terminal.see('some text');
    terminal.press('ctrl+z');
    await terminal.gone('some text');
    await screen.stop();
    resolve();
    await new Promise((done) => setTimeout(done, 50));
    expect(terminal.raw).toBe(false);
    expect(terminal.text().trim()).toBe('');
  });
});
