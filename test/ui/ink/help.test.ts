import { expect, test } from 'vitest';
import type { Word } from '../../../src/core/glossary.ts';
import type { Term } from '../../../src/core/schema-glossary.ts';
import { homeFrame, homeKeys, homeScene } from '../../../src/ui/ink/home.ts';
import { bindingFor } from '../../../src/ui/ink/keys.ts';
import { runFrame } from '../../../src/ui/ink/run-frame.ts';
import { RunScreen } from '../../../src/ui/ink/run-screen.ts';
import { verifyFrame } from '../../../src/ui/ink/verify-frame.ts';
import { contractCatalog } from '../contract-catalog.ts';
import { head, lines } from '../recorded-run.ts';
import { begun, planned, sessionWith, wizard } from './screens.ts';
import { pressed, readScene, texts } from './verify-scenes.ts';

const word = (term: string, says: string): Term => ({ term, says, sources: [{ page: 'p' }] });
const glossary: readonly Term[] = [
  word('subnet', 'A part of a network.'),
  word('zeppelin', 'It flies.'),
  word('way out', 'How nodes leave.'),
  word('NAT gateway', 'Leads out.'),
  { term: 'journal', own: true, says: 'What was begun.' },
];
const words: readonly Word[] = glossary.map(({ term, says, own }) => ({
  ...{ term, says, own: own === true, also: [] },
  ...{ facts: [], sources: [] },
}));
const catalog = { ...contractCatalog, glossary };
const size = { columns: 100, rows: 40 };

/** What stands in a help, heading by heading, with the first word of each row. */
function outline(text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap(
      (row) =>
        /^ {1,2}(Words here|Keys that work here|Signs|Words of amlguide|More words|Words of Azure)/.exec(row)?.[1] ??
        /^ {2,3}([a-zA-Z][^:]*): \S/.exec(row)?.[1] ??
        [],
    );
}

test('the words of the question come first, the others last', async () => {
  const screen = wizard(catalog, sessionWith(planned), 100, 60);
  await screen.see('Which block does the training subnet get?');
  screen.press('?');
  expect(outline(await screen.see('More words'))).toEqual([
    'Words here',
    'subnet',
    'Keys that work here',
    'Signs',
    'Words of amlguide',
    'journal',
    'More words',
    'NAT gateway',
    'way out',
    'zeppelin',
  ]);
});

test('the words of the item at the cursor come first in the help of a verification', () => {
  const name = /\b[a-z]{6,}\b/.exec(readScene().findings.get('storage_open')?.says ?? '')?.[0] ?? '';
  const own: readonly Word[] = [...words, { term: name, says: 'It is here.', also: [], own: false, facts: [], sources: [] }];
  const scene = pressed(readScene({ words: () => own, at: 'storage_open' }), size, '?').scene;
  expect(outline(texts(verifyFrame(scene, size)).join('\n')).slice(0, 3)).toEqual(['Words here', name, 'Keys that work here']);
});

test('the words of the steps come first in the help of a run', () => {
  const run = new RunScreen(false, () => words);
  run.begin(head, lines, { stop: () => undefined, end: () => undefined, leave: () => undefined, log: () => [] });
  run.press({ id: '?', text: '?' }, { page: 10, count: 10, preview: false });
  const shown = outline(texts(runFrame(run.scene(), { columns: 100, rows: 50 })).join('\n'));
  expect(shown.slice(0, 3)).toEqual(['Words here', 'subnet', 'NAT gateway']);
  expect(shown).toContain('journal');
});

test('the help of the home screen has all words', () => {
  const scene = homeScene([], () => words);
  const seen = homeFrame(scene, size).seen;
  const press = { id: '?', text: '?' };
  const step = bindingFor(homeKeys({ scene, seen }), press)?.run({ scene, seen }, press);
  const shown = outline(texts(homeFrame(step?.scene ?? scene, size)).join('\n'));
  expect(shown).toEqual([
    'Keys that work here',
    'Words of amlguide',
    'journal',
    'Words of Azure',
    'NAT gateway',
    'subnet',
    'way out',
    'zeppelin',
  ]);
});

test('/ in a help leaves the rows that have the words; esc shows all again, and then closes', async () => {
  const screen = wizard(catalog, sessionWith(begun), 100, 30);
  await screen.see('❯ vnet-contosoml');
  screen.press('?');
  await screen.see('/ filter');
  screen.press('/', 'zep q?');
  await screen.see('nothing has these words');
  screen.press('backspace', 'backspace');
  const found = await screen.see('zeppelin: It flies.');
  expect(found).not.toContain('Keys that work here');
  expect(found).not.toContain('way out');
  screen.press('enter');
  await screen.see('q close');
  screen.press('esc');
  await screen.see('Keys that work here');
  screen.press('esc');
  await screen.see('❯ vnet-contosoml');
});

test('/ finds words in an explanation, and ctrl+c leaves while they are typed', async () => {
  const screen = wizard(catalog, sessionWith(planned), 100, 30);
  await screen.see('Which block does the training subnet get?');
  screen.press('ctrl+x');
  await screen.see('Answers file: subnet.prefix');
  screen.press('/', 'answers');
  expect(await screen.gone('Every node takes one address')).toContain('Answers file: subnet.prefix');
  expect(screen.cursor().y).toBe(screen.rows().findIndex((row) => row.includes('/ answers')));
  screen.press('ctrl+c');
  expect((await screen.talk.end).end).toBe('leave');
});
