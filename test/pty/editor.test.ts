import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
import { savedAnswers } from './wizard-terminal.ts';

const catalog = await loadCatalog();
const open: Terminal[] = [];

afterEach(() => {
  for (const terminal of open.splice(0)) terminal.process.kill('SIGKILL');
});

/** A finished session on its review, with an editor that runs these lines of a shell on the file; »$1« is an option, »$2« the file. */
async function opened(lines: string, more: Readonly<Record<string, string | undefined>> = {}) {
  const folder = mkdtempSync(join(room, 'editor-'));
  const given = answersGiven(catalog, catalog.examples['compute-cluster']?.answers as Record<string, Json>).answers;
  const answers = Object.fromEntries(Object.entries(given).map(([key, value]): [string, Answer] => [key, { value, from: 'typed' }]));
  await createSession(
    openStore(join(folder, 'state')),
    'one',
    { catalog: catalog.manifest.version, program: '0.1.0' },
    { answers, aside: {} },
  );
  const editor = join(folder, 'an editor', 'edit.sh');
  mkdirSync(join(editor, '..'));
  writeFileSync(editor, `#!/bin/sh\n${lines}\n`);
  chmodSync(editor, 0o755);
  const env = quietEnvironment({ AMLGUIDE_STATE_DIR: join(folder, 'state'), VISUAL: `'${editor}' --wait`, ...more });
  const terminal = new Terminal(node, [program, 'resume', 'one'], { columns: 110, rows: 40, cwd: folder, env });
  open.push(terminal);
  await sees({ terminal, folder }, /w {2}write the scripts/);
  return { terminal, folder, shell: { terminal, folder } };
}

/** The folders that the editor's file stood in and that should be gone. */
function leftovers(folder: string): string[] {
  return readdirSync(join(folder, 'state')).filter((name) => name.startsWith('edit-'));
}

test('edited answers are shown with what they change before they count', { timeout: 60_000 }, async () => {
  const lines = 'stat -c "%a $1 $2" "$2" > seen; stty -a > inside; sed -i "s/region: .*/region: westeurope/" "$2"';
  const { terminal, folder, shell } = await opened(lines);
  const before = savedAnswers(folder);
  terminal.send('o');
  expect(await sees(shell, /Change it\?/)).toMatch(/West Europe|westeurope/);
  expect(readFileSync(join(folder, 'seen'), 'utf8')).toMatch(/^600 --wait .*answers\.yaml\n$/);
  expect(readFileSync(join(folder, 'inside'), 'utf8')).toMatch(/ icanon.* /s);
  expect(leftovers(folder)).toEqual([]);
  expect(savedAnswers(folder)).toEqual(before);
  terminal.send('n');
  await sees(shell, /w {2}write the scripts/);
  expect(savedAnswers(folder)).toEqual(before);
  terminal.send('o');
  await sees(shell, /Change it\?/);
  terminal.send('y');
  await expect.poll(() => savedAnswers(folder).region).toEqual({ value: 'westeurope', from: 'file' });
  terminal.send('\u0003');
  expect(await terminal.exited).toBe(130);
});

test('mistakes are named by their line, and the file can be edited again or dropped', { timeout: 60_000 }, async () => {
  const lines = 'if [ -e once ]; then sed -i "s/regoin/region/" "$2"; else touch once; sed -i "s/region: .*/regoin: westeurope/" "$2"; fi';
  const { terminal, folder, shell } = await opened(lines);
  terminal.send('o');
  const text = await sees(shell, /cannot be taken like this/);
  expect(text).toMatch(/answers\.yaml:\d+:\d+: .*regoin/);
  expect(text).toMatch(/region/);
  expect(text).toMatch(/o edit it again {2}.*esc drop the changes/);
  terminal.send('o');
  await sees(shell, /Change it\?/);
  terminal.send('n');
  await sees(shell, /w {2}write the scripts/);
  expect(leftovers(folder)).toEqual([]);
});

test('a broken file is no end: dropped, everything is as it was', { timeout: 60_000 }, async () => {
  const { terminal, folder, shell } = await opened('echo "  : [" >> "$2"');
  const before = savedAnswers(folder);
  terminal.send('o');
  expect(await sees(shell, /cannot be taken like this/)).toMatch(/answers\.yaml:\d+:\d+: Not valid YAML/);
  terminal.send('\u001B');
  await sees(shell, /w {2}write the scripts/);
  expect(savedAnswers(folder)).toEqual(before);
});

test('an editor that changes nothing, fails or is not there is told', { timeout: 60_000 }, async () => {
  const same = await opened('true');
  same.terminal.send('o');
  await sees(same.shell, /Nothing was changed\./);
  const fails = await opened('exit 7');
  fails.terminal.send('o');
  await sees(fails.shell, /edit\.sh' --wait ended with 7\. Set VISUAL or\s+EDITOR/);
  const none = await opened('true', { VISUAL: '', EDITOR: '', PATH: '/nowhere' });
  none.terminal.send('o');
  await sees(none.shell, /No editor is known here\. Set VISUAL or EDITOR/);
  expect(existsSync(join(none.folder, 'seen'))).toBe(false);
  none.terminal.send('?');
  await sees(none.shell, /Keys that work here/);
  for (const { folder } of [same, fails, none]) expect(leftovers(folder)).toEqual([]);
});
