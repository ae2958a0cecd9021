import { expect, test } from 'vitest';
import { answersGiven } from '../../../src/core/given.ts';
import type { Json } from '../../../src/core/json.ts';
import type { Session } from '../../../src/core/session.ts';
import { viewOf } from '../../../src/core/view.ts';
import { loadCatalog } from '../../../src/io/catalog.ts';
import { frameOf } from '../../../src/ui/ink/frame.ts';
import { networkPages } from '../../../src/ui/ink/network.ts';
import { begin, opened } from '../../../src/ui/ink/state.ts';
import { lineWidth } from '../../../src/ui/ink/text.ts';
import { wizard } from './screens.ts';

const catalog = await loadCatalog();

/** The answers of an example, those to some questions left out. */
function sessionOf(example: string, without: readonly string[] = []): Session {
  const { answers } = answersGiven(catalog, catalog.examples[example]?.answers as Record<string, Json>);
  const given = Object.entries(answers).filter(([key]) => !without.includes(key));
  return { answers: Object.fromEntries(given.map(([key, value]) => [key, { value, from: 'typed' }])), aside: {} };
}

test('ctrl+g shows the network while a text is typed, and what was typed stays', async () => {
  const screen = wizard(catalog, sessionOf('no-public-ip', ['subnet.prefix']), 100, 40);
  await screen.see('Which block of addresses shall it have?');
  screen.press('1', 'ctrl+g');
  const text = await screen.see('… is not answered yet');
  expect(text).toMatch(/┌─ virtual network vnet-fabrikam-frc ─+ 10\.80\.0\.0\/20 ─┐/);
  expect(text).toContain('┌─ subnet snet-training ─');
  expect(text).toMatch(/→ AzureMachineLearning +443, 18881, UDP 5831/);
  screen.press('esc');
  expect(await screen.see('Which block of addresses shall it have?')).toMatch(/❯ 1/);
});

test('v shows it at a list and on the review, and closes it again', async () => {
  const screen = wizard(catalog, sessionOf('no-public-ip', ['way_out.kind']), 100, 40);
  await screen.see('How do the nodes get out?');
  screen.press('v');
  expect(await screen.see('… is not answered yet')).not.toContain('NAT gateway');
  screen.press('v');
  await screen.see('How do the nodes get out?');
  screen.press('enter');
  await screen.see('every question is answered');
  screen.press('v');
  const text = await screen.see('The network');
  expect(text).toContain('NAT gateway nat-fabrikam-sec');
  expect(text).not.toContain('… is not answered yet');
  screen.press('ctrl+g');
  await screen.see('every question is answered');
});

test('enter on the network of the review shows all of it', async () => {
  const screen = wizard(catalog, sessionOf('no-public-ip'), 100, 40);
  expect(await screen.see('every question is answered')).not.toContain('→ AzureMachineLearning');
  await screen.see('⏎ show');
  screen.press('enter');
  await screen.see('→ AzureMachineLearning');
});

test('without answers it shows what will come, by what it is', async () => {
  const screen = wizard(catalog, { answers: {}, aside: {} }, 100, 30);
  await screen.see('What shall train?');
  screen.press('v');
  expect(await screen.see('The network')).toContain('[ workspace … ]');
});

test.each([20, 40, 60, 100, 160, 200])('at %i columns every row fits and all of it can be reached', (columns) => {
  const view = viewOf(catalog, sessionOf('all-targets'));
  const turn = {
    name: 'x',
    view,
    attempt: () => ({ session: sessionOf('all-targets'), refused: [], changes: [] }),
    changes: [],
    now: new Date(0),
  };
  const state = opened(begin(turn, true, []), networkPages);
  const frame = frameOf({ at: 'turn', turn, state }, { columns, rows: 400 });
  for (const row of frame.lines) expect(lineWidth(row)).toBeLessThanOrEqual(columns);
  const shown = frame.lines.map((row) => row.map(({ text }) => text).join('')).join('\n');
  expect(shown.replace(/[\s│]/g, '')).toContain('northwind-cluster');
  expect(frame.lines.length).toBeLessThanOrEqual(400);
  expect(frame.seen.count).toBeGreaterThan(columns < 200 ? 40 : 30);
});

test('the picture is worked out once a turn, when it is first looked at', () => {
  const view = viewOf(catalog, sessionOf('all-targets'));
  expect(view.picture()).toBe(view.picture());
});

test('/ leaves of the network what has the words, in the boxes around it', async () => {
  const screen = wizard(catalog, sessionOf('no-public-ip'), 100, 40);
  await screen.see('every question is answered');
  screen.press('v');
  await screen.see('NAT gateway');
  screen.press('/', '1', '8', '8', '8', '1');
  const text = await screen.gone('NAT gateway nat');
  expect(text).toContain('┌─ subnet snet-training ─');
  expect(text).toMatch(/→ AzureMachineLearning +443, 18881/);
  expect(text).not.toContain('snet-endpoints');
  screen.press('x');
  await screen.see('nothing has these words');
  screen.press('esc');
  await screen.see('NAT gateway');
  screen.press('esc');
  await screen.see('every question is answered');
});

test('c copies the picture, and all of it', async () => {
  const screen = wizard(catalog, sessionOf('no-public-ip'), 60, 20);
  await screen.see('every question is answered');
  screen.press('v');
  await screen.see('The network');
  screen.press('c');
  await screen.see(/Copied \d+ lines\./);
  const data = screen.written.split('\u001B]52;c;').at(-1)?.split('\u0007')[0] ?? '';
  const copied = Buffer.from(data, 'base64').toString();
  expect(copied).toMatch(/^The network\n\n/);
  for (const part of ['┌─ virtual network ', 'NAT gateway nat-fabrikam-sec', 'AzureFrontDoor.FirstParty']) expect(copied).toContain(part);
});
