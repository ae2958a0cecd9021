import { expect, test, vi } from 'vitest';

// Colours are decided when the library is loaded.
vi.hoisted(() => {
  process.env.FORCE_COLOR = '1';
});

import { inkRunUi } from '../../../src/ui/ink/ink-run-ui.ts';
import { head, lines } from '../recorded-run.ts';
import { FakeTerminal } from './fake-terminal.ts';

const nothing = { stop: () => undefined, end: () => undefined, leave: () => undefined, log: () => [] };

test.each([
  [true, true],
  [false, false],
])('colour %s writes colours: %s', async (colour, wanted) => {
  const terminal = new FakeTerminal(100, 30);
  const ui = inkRunUi({ stdin: terminal.stdin, stdout: terminal.stdout, colour });
  ui.begin({ ...head, rehearsal: true }, lines, nothing);
  ui.event({ type: 'failed', step: 'nat', message: 'refused' }, 1000);
  await terminal.see('✖ NAT gateway nat-ml');
  const codes = terminal.written.split('\u001B[').map((part) => /^([\d;]*)m/.exec(part)?.[1] ?? '');
  expect(codes.some((code) => /(^|;)(3[0-7]|9[0-7])($|;)/.test(code))).toBe(wanted);
  expect(codes).toContain('1');
  await ui.close();
});
