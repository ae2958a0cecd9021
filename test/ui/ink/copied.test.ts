import { expect, test } from 'vitest';
import type { Hands } from '../../../src/ui/ink/hands.ts';
import { RunScreen } from '../../../src/ui/ink/run-screen.ts';
import { VerifyScreen } from '../../../src/ui/ink/verify-screen.ts';
import { head as runHead, lines as runLines, trouble } from '../recorded-run.ts';
import { head, result } from './verify-scenes.ts';

const seen = { page: 20, count: 10, preview: false };

/** Hands that keep what was copied last. */
function keeping() {
  let text = '';
  const hands: Hands = {
    copy: (copied) => {
      text = copied;
    },
    say: () => undefined,
    lend: (task) => task(),
  };
  return { hands, text: () => text };
}

test('c at a failure copies what failed, the lines of the log about it, and what is known', async () => {
  const log = [`2026-11-21 09:00:00  ${trouble.step}: az network vnet create --name vnet`, '2026-11-21 09:00:01  another: az group show'];
  const run = new RunScreen(false);
  run.begin(runHead, runLines, { stop: () => undefined, end: () => undefined, leave: () => undefined, log: () => log });
  const decided = run.decide(trouble);
  const { hands, text } = keeping();
  run.press({ id: 'c', text: 'c' }, seen, hands);
  expect(text()).toContain(`# ${trouble.what} failed\n`);
  expect(text()).toContain('az network vnet create --name vnet');
  expect(text()).not.toContain('az group show');
  expect(text()).toContain(trouble.message);
  expect(text()).toContain(`# Mend: ${trouble.known?.fix}`);
  run.press({ id: 's', text: 's' }, seen, hands);
  expect(await decided).toBe('stop');
  run.stopClock();
});

test('c at an item copies what was found and expected, and the commands that mend it', () => {
  const screen = new VerifyScreen(false);
  screen.begin(head, { leave: () => undefined });
  void screen.settled(result);
  const { hands, text } = keeping();
  screen.press({ id: '/', text: '/' }, seen, hands);
  for (const letter of 'peering') screen.press({ id: letter, text: letter }, seen, hands);
  screen.press({ id: 'enter' }, seen, hands);
  screen.press({ id: 'c', text: 'c' }, seen, hands);
  expect(text().split('\n')).toEqual([
    '# Peering is connected (fail): Peering is connected, as the plan says.',
    '# Found: Initiated',
    '# Expected: Connected',
    '# Mend: Ask who owns the other network.',
    'az network vnet peering sync',
    '',
  ]);
  screen.press({ id: 'enter' }, seen, hands);
  screen.press({ id: 'c', text: 'c' }, seen, hands);
  expect(text()).toMatch(/^✖ Peering is connected\n\n✖ Peering is connected, as the plan says\.\n/);
  screen.stopClock();
});
