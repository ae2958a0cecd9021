import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Terminal } from '../../scripts/terminal.mjs';
import { answersGiven } from '../../src/core/given.ts';
import type { Json } from '../../src/core/json.ts';
import type { Answer } from '../../src/core/session.ts';
import { loadCatalog } from '../../src/io/catalog.ts';
import { createSession, openStore } from '../../src/io/store.ts';
import { node, program, quietEnvironment, room } from '../cli/run.ts';
import { sees } from './shell.ts';

const catalog = await loadCatalog();
const open: Terminal[] = [];

afterEach(() => {
  for (const terminal of open.splice(0)) terminal.process.kill('SIGKILL');
});

/** The program in a terminal whose locale knows no UTF-8, with a session of every target that is answered but for tags. */
async function opened(...words: string[]) {
  const folder = mkdtempSync(join(room, 'ascii-'));
  const given = answersGiven(catalog, catalog.examples['all-targets']?.answers as Record<string, Json>).answers;
  const answers = Object.fromEntries(Object.entries(given).map(([key, value]): [string, Answer] => [key, { value, from: 'typed' }]));
  await createSession(
    openStore(join(folder, 'state')),
    'all',
    { catalog: catalog.manifest.version, program: '0.1.0' },
    { answers, aside: {} },
  );
  const env = quietEnvironment({ AMLGUIDE_STATE_DIR: join(folder, 'state'), LC_ALL: 'C', LANG: 'C' });
  const terminal = new Terminal(node, [program, ...words], { columns: 110, rows: 34, cwd: folder, env });
  open.push(terminal);
  return { terminal, folder };
}

/** The characters beyond ASCII in all that a program wrote. */
function beyondAscii({ output }: Terminal): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is ASCII ends at 7F
  return [...new Set(output.match(/[^\x00-\x7F]/gu) ?? [])];
}

async function presses({ terminal }: { terminal: Terminal }, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    terminal.send(key);
    await terminal.settle(60);
  }
}

const pageDown = '\u001B[6~';

test('without UTF-8 the wizard of all targets writes no byte beyond ASCII', { timeout: 120_000 }, async () => {
  const shell = await opened('resume', 'all');
  const review = await sees(shell, /w {2}write the scripts/);
  expect(review).toMatch(/\+-+/);
  expect(review).toMatch(/up\/down choose/);
  await presses(shell, '?');
  expect(await sees(shell, /Keys that work here/)).toMatch(/^ +enter +\w/m);
  await presses(shell, '\u001B', ...Array.from({ length: 30 }, () => pageDown), '\u001B[H', 'a');
  for (let question = 0; question < 12; question++)
    await presses(shell, '\r', '\u0018', '\u001B', '\u0010', '\u0012', 'a', '\u001B[B', '\u001B[B');
  await presses(shell, '\u0003');
  expect(await shell.terminal.exited).toBe(130);
  expect(beyondAscii(shell.terminal)).toEqual([]);
});

test('nor do a run and a verification', { timeout: 120_000 }, async () => {
  const run = await opened('run', '--rehearse', '--session', 'all', '--fail-at', 'vnet=policy');
  await sees(run, /y {2}rehearse it/);
  await presses(run, 'p', '\u001B', 'y');
  await sees(run, /network .* failed/);
  await presses(run, '?', '\u001B', 'l', '\u001B', '\u0003', '\u0003');
  await run.terminal.exited;
  expect(beyondAscii(run.terminal)).toEqual([]);
  const verify = await opened('verify', '--sample', '--example', 'sample-half-secured');
  await sees(verify, /read in/);
  await presses(verify, '?', '\u001B', 'a', '\r', pageDown, '\u001B', 'q');
  await verify.terminal.exited;
  expect(beyondAscii(verify.terminal)).toEqual([]);
});

test('nor does plain mode, nor what is told on the standard error', { timeout: 60_000 }, async () => {
  const plain = await opened('setup', '--plain');
  await sees(plain, /What shall train/);
  await presses(plain, 'explain\r', 'preview\r', 'list\r', 'checklist\r', 'help\r', 'leave\r');
  await plain.terminal.exited;
  expect(beyondAscii(plain.terminal)).toEqual([]);
  const questions = await opened('questions');
  await questions.terminal.exited;
  expect(beyondAscii(questions.terminal)).toEqual([]);
});

test('values in other scripts are shown as they are', { timeout: 60_000 }, async () => {
  const shell = await opened('setup', '--session', 'fresh');
  await sees(shell, /What shall train/);
  await presses(shell, '\r', '\r', '\u001B[200~한국\u001B[201~');
  expect(await sees(shell, /> 한국/)).toContain('esc back');
  expect(beyondAscii(shell.terminal).sort()).toEqual(['국', '한'].sort());
});
