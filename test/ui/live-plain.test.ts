import { expect, test } from 'vitest';
import type { Json } from '../../src/core/json.ts';
import { emptySession, type Session, valuesIn } from '../../src/core/session.ts';
import { converse } from '../../src/ui/loop.ts';
import { plainUi } from '../../src/ui/plain.ts';
import { HeldInventory, listed, liveCatalog, net } from './live-catalog.ts';
import { pipes } from './plain-talk.ts';

const start: Record<string, Json> = { subscription: 'sub-1', 'vnet.name': 'vnet-1' };

function sessionOf(answers: Session['answers'] = {}): Session {
  const first = Object.fromEntries(Object.entries(start).map(([key, value]) => [key, { value, from: 'typed' as const }]));
  return { ...emptySession, answers: { ...first, ...answers } };
}

/** What plain mode wrote for typed lines, while the list comes as `answers` says. */
async function talk(typed: readonly string[], answers: (inventory: HeldInventory) => void, session = sessionOf()) {
  const { streams, written } = pipes(typed);
  const inventory = new HeldInventory();
  const ui = plainUi(streams);
  const want = inventory.want;
  const answering = Object.assign(Object.create(inventory) as HeldInventory, {
    want: (...words: Parameters<typeof want>) => {
      const came = want(...words);
      setTimeout(() => answers(inventory), 5);
      return came;
    },
  });
  const outcome = await converse(
    liveCatalog,
    session,
    ui,
    () => 'contoso',
    async () => undefined,
    answering,
  );
  await ui.close();
  return { ...outcome, text: written(), inventory };
}

const some = [net('net-b', 40), net('net-tiny', 2), net('net-a', 9)];

test('a question waits a moment for its list, and numbers what exists', async () => {
  const { text, session } = await talk(['2'], (inventory) => inventory.answer(listed(some)));
  expect(text).toContain(
    'From Azure, just now:\n  1) net-b - 40 addresses\n  2) net-a - 9 addresses\n  not now: net-tiny, because: only 2 addresses',
  );
  expect(text).toContain('Type the number of one that exists, or a name.');
  expect(text).toContain('room: follows: 9.');
  expect(session.answers['net']).toMatchObject({ value: 'net-a', from: 'azure' });
  expect(valuesIn(session)).toMatchObject({ net: 'net-a', room: 9 });
});

test('a name can be typed all the same, a number after =', async () => {
  const typed = await talk(['other-net', '7'], (inventory) => inventory.answer(listed(some)));
  expect(valuesIn(typed.session)).toMatchObject({ net: 'other-net', room: 7 });
  expect(typed.session.answers['net']?.from).toBe('typed');
});

test('after two seconds without an answer it asks without a list', async () => {
  const begun = Date.now();
  const { text, session } = await talk(['net-x'], () => undefined);
  expect(Date.now() - begun).toBeGreaterThan(1900);
  expect(text).toContain('Azure has not answered yet what there is.');
  expect(valuesIn(session)).toMatchObject({ net: 'net-x' });
});

test('without a list it says why', async () => {
  const { text } = await talk([], (inventory) =>
    inventory.answer({ ok: false, why: 'unreachable', message: 'A name is not found.', at: new Date().toISOString() }),
  );
  expect(text).toContain('No list: Azure cannot be reached: A name is not found.');
});

test('a long list is heard in part, and looked through by a word', async () => {
  const many = Array.from({ length: 300 }, (_, index) => net(`net-${index}`, 100));
  const { text } = await talk(['list 29'], (inventory) => inventory.answer(listed(many)));
  expect(text).toContain('and 280 more. Type list and a part of a name to find it, or list to hear all.');
  expect(text).toContain('  30) net-29 - 100 addresses');
  expect(text).toContain('  130) net-129 - 100 addresses');
});

test('refresh asks again, and take takes over what Azure says by now', async () => {
  const old = { from: 'azure', at: '2026-11-19T09:00:00.000Z' } as const;
  const whole = sessionOf({ net: { value: 'net-b', ...old }, room: { value: 40, ...old }, sure: { value: true, from: 'typed' } });
  const { text, session } = await talk(
    ['refresh', 'review', 'take', 'yes'],
    (inventory) => inventory.answer(listed([net('net-b', 31)])),
    whole,
  );
  expect(text).toMatch(/network: net-b, read from Azure, .* ago\. Key: net/);
  expect(text).toContain('Azure says otherwise by now. Type take to take it over.\n  room: 40 here, and now: 31');
  expect(valuesIn(session)).toMatchObject({ net: 'net-b', room: 31 });
});
