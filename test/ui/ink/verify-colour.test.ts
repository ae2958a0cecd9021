import { expect, test, vi } from 'vitest';

// Colours are decided when the library is loaded.
vi.hoisted(() => {
  process.env.FORCE_COLOR = '1';
});

import { inkVerifyUi } from '../../../src/ui/ink/ink-verify-ui.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { head, result } from './verify-scenes.ts';

test.each([
  [true, true],
  [false, false],
])('colour %s writes colours: %s, and signs and words stay', async (colour, wanted) => {
  const terminal = new FakeTerminal(100, 30);
  const ui = inkVerifyUi({ stdin: terminal.stdin, stdout: terminal.stdout, colour });
  ui.begin(head, { leave: () => undefined });
  void ui.settled(result);
  const text = await terminal.see('✔ 3  ✖ 2  ? 1  ☐ 2');
  for (const sign of ['❯ ✖ Storage', '? Workspace', '☐ People', 'failed · high severity']) expect(text).toContain(sign);
  const codes = terminal.written.split('\u001B[').map((part) => /^([\d;]*)m/.exec(part)?.[1] ?? '');
  expect(codes.some((code) => /(^|;)(3[0-7]|9[0-7])($|;)/.test(code))).toBe(wanted);
  expect(codes).toContain('1');
  await ui.close();
});
