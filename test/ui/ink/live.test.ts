import { afterEach, expect, test } from 'vitest';
import type { Json } from '../../../src/core/json.ts';
import { emptySession, type Session } from '../../../src/core/session.ts';
import { inkUi } from '../../../src/ui/ink/ink-ui.ts';
import { converse } from '../../../src/ui/loop.ts';
import { HeldInventory, listed, liveCatalog, net } from '../live-catalog.ts';
import { FakeTerminal } from './fake-terminal.ts';

const open: { readonly terminal: FakeTerminal; readonly end: Promise<unknown> }[] = [];

afterEach(async () => {
  for (const { terminal, end } of open.splice(0)) {
    terminal.press('ctrl+c');
    await end.catch(() => undefined);
  }
});

const start: Record<string, Json> = { subscription: 'sub-1', 'vnet.name': 'vnet-1' };

function sessionOf(answers: Record<string, Json> = start): Session {
  return { ...emptySession, answers: Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value, from: 'typed' }])) };
}

function talk(session = sessionOf(), inventory = new HeldInventory(), columns = 100, rows = 30) {
  const terminal = new FakeTerminal(columns, rows);
  const ui = inkUi({ stdin: terminal.stdin, stdout: terminal.stdout });
  const end = converse(
    liveCatalog,
    session,
    ui,
    () => 'contoso',
    async () => undefined,
    inventory,
  ).finally(() => ui.close());
  open.push({ terminal, end });
  return Object.assign(terminal, { inventory, end });
}

const some = [net('net-b', 40), net('net-tiny', 2), net('net-a', 9)];

test('while Azure is asked the question is there and can be typed; the list comes by itself', async () => {
  const screen = talk();
  const text = await screen.see('asking Azure what there is');
  expect(text).toContain('❯ net-proposed');
  await screen.until(() => screen.inventory.wanted.length > 0, 'the first look');
  screen.inventory.answer(listed(some));
  const list = await screen.see('net-tiny');
  expect(list).toMatch(
    /❯ net-proposed +← proposed[\s\S]*net-b +40 addresses[\s\S]*net-a +9 addresses[\s\S]*net-tiny +✖ only 2 addresses[\s\S]*type it/,
  );
  expect(list).toContain('from Azure, just now');
  expect(list).toMatch(/u ask Azure again/);
});

test('nothing is asked before the question is on the screen', async () => {
  const inventory = new HeldInventory();
  const screen = talk(sessionOf(), inventory);
  await screen.see('Which network do we take?');
  await screen.until(() => inventory.wanted.length > 0, 'the first look');
  expect(inventory.wanted[0]?.keys[0]).toContain('sub-1');
});

test('choosing writes what follows, with where it came from; what does not fit cannot be chosen', async () => {
  const screen = talk();
  await screen.see('asking Azure');
  screen.inventory.answer(listed(some, '2026-11-21T09:00:00.000Z'));
  await screen.see('net-tiny');
  screen.press('down', 'down', 'down');
  await screen.see('❯ net-tiny');
  screen.press('enter');
  screen.press('up');
  await screen.see('❯ net-a');
  screen.press('enter');
  const text = await screen.see('Are you sure?');
  expect(text).toContain('room follows: 9');
  screen.press('ctrl+c');
  const { session } = (await screen.end) as { session: Session };
  expect(session.answers).toMatchObject({
    net: { value: 'net-a', from: 'azure', at: '2026-11-21T09:00:00.000Z' },
    room: { value: 9, from: 'azure', at: '2026-11-21T09:00:00.000Z' },
  });
});

test('who has begun to type goes on typing when the list comes, and a key leads to it', async () => {
  const screen = talk();
  await screen.see('asking Azure');
  screen.press('net-x');
  await screen.see('❯ net-x');
  screen.inventory.answer(listed(some));
  await screen.see('ctrl+o: choose from what there is');
  screen.press('yz');
  await screen.see('❯ net-xyz');
  screen.press('ctrl+o');
  await screen.see('net-tiny');
});

test('the last entry leads to typing', async () => {
  const screen = talk();
  await screen.see('asking Azure');
  screen.inventory.answer(listed(some));
  await screen.see('type it');
  screen.press('end', 'enter', 'own-net');
  await screen.see('❯ own-net');
  screen.press('enter');
  await screen.see('How much room has it?');
});

test('Enter accepts what is proposed, whether the list is there or not', async () => {
  for (const list of [true, false]) {
    const screen = talk();
    await screen.see('asking Azure');
    if (list) {
      screen.inventory.answer(listed(some));
      await screen.see('net-tiny');
    }
    screen.press('enter');
    await screen.see('How much room has it?');
  }
});

test('without a list one quiet line says why, and what mends it', async () => {
  const screen = talk();
  await screen.see('asking Azure');
  screen.inventory.answer({ ok: false, why: 'signed out', message: 'Run az login.', at: new Date().toISOString() });
  const text = await screen.see('No list: nobody is signed in to Azure: Run az login.');
  expect(text).toContain('❯ net-proposed');
  screen.press('ctrl+y');
  await screen.see('Azure is asked again.');
  await screen.until(() => screen.inventory.wanted.some(({ fresh }) => fresh), 'a fresh look');
});

test('long lists are found by typing, and a held key is never blocked while more arrives', async () => {
  const screen = talk();
  await screen.see('asking Azure');
  const many = Array.from({ length: 5000 }, (_, index) => net(`net-${index}`, 100));
  screen.inventory.answer(listed(many));
  await screen.see('of 5002');
  for (let at = 0; at < 60; at++) {
    screen.press('down');
    if (at % 10 === 0) screen.inventory.answer(listed(many, `2026-11-21T09:00:${String(at).padStart(2, '0')}.000Z`));
  }
  await screen.see('❯ net-59');
  screen.press('4321');
  await screen.see('❯ net-4321');
});

test('the review shows source and age, and takes over what Azure says by now', async () => {
  const old = new Date(Date.now() - 2 * 24 * 3_600_000).toISOString();
  const read = { from: 'azure', at: old } as const;
  const session = sessionOf({ ...start, sure: true });
  const answers = { ...session.answers, net: { value: 'net-b', ...read }, room: { value: 40, ...read } };
  const screen = talk({ ...session, answers });
  const text = await screen.see('every question is answered');
  expect(text).toMatch(/net-b \(from Azure, 2 days ago\)/);
  screen.press('u');
  await screen.until(() => screen.inventory.wanted.some(({ fresh, keys }) => fresh && keys.length > 0), 'a fresh look');
  screen.inventory.answer(listed([net('net-b', 31)]));
  expect(await screen.see('Azure says otherwise by now')).toMatch(/room: 40 · 31/);
  screen.press('t');
  expect(await screen.see('Change it?')).toContain('room follows: 40 becomes 31');
  screen.press('y');
  expect(await screen.see(/31 \(from Azure, just now\)/)).not.toContain('Azure says otherwise');
});

test('every screen says that the subscription is made up', async () => {
  const inventory = new HeldInventory();
  inventory.sample = true;
  const screen = talk(sessionOf(), inventory);
  expect(await screen.see('Which network')).toContain('contoso · made-up subscription');
  screen.press('ctrl+r');
  expect(await screen.see('Review')).toContain('made-up subscription');
});
