import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Terminal } from '../../scripts/terminal.mjs';
import { room } from '../cli/run.ts';
import { kill9, openTerminal, until } from './wizard-terminal.ts';

const open: Terminal[] = [];

afterEach(() => {
  for (const terminal of open.splice(0)) terminal.process.kill('SIGKILL');
});

const rehearse = ['run', '--rehearse', '--example', 'private-from-nothing'];

/** The program in a terminal; afterwards the shell says how it ended. */
async function opened(folder: string, ...words: string[]): Promise<Terminal> {
  const terminal = openTerminal([...rehearse, ...words], folder, { columns: 100, rows: 30 }, 'echo "ended with $?"; sleep 30');
  open.push(terminal);
  return terminal;
}

const shows = (terminal: Terminal, words: RegExp) => until(terminal, (lines) => lines.find((line) => words.test(line)), String(words));

test('a rehearsal in a terminal shows the plan, the run, and how it ended', { timeout: 60_000 }, async () => {
  const terminal = await opened(await mkdtemp(join(room, 'run-')));
  await shows(terminal, /y {2}rehearse it/);
  terminal.send('y');
  await shows(terminal, /Running .*\d+ of 61/);
  expect(terminal.lines()[0]).toMatch(/REHEARSAL {2}nothing reaches Azure/);
  await shows(terminal, /The rehearsal is complete: 61 steps/);
  terminal.send('q');
  await shows(terminal, /^ended with 0$/);
});

test('a failure is explained; stopped there, it goes on at that step the next time', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(room, 'run-'));
  const terminal = await opened(folder, '--fail-at', 'vnet=policy');
  await shows(terminal, /y {2}rehearse it/);
  terminal.send('y');
  await shows(terminal, /virtual network .* failed/);
  const text = terminal.lines().join('\n');
  for (const part of ['Message', 'Means', 'Mend', 'Source', 'try again', 'skip it']) expect(text).toContain(part);
  terminal.send('s');
  await shows(terminal, /q close/);
  terminal.send('q');
  await shows(terminal, /^ended with 3$/);
  const again = await opened(folder);
  await shows(again, /steps? (is|are) finished already/);
  again.send('y');
  await shows(again, /The rehearsal is complete/);
});

test('ctrl+c asks, and a second one leaves at once; a run that was left, or killed, goes on', { timeout: 90_000 }, async () => {
  const folder = await mkdtemp(join(room, 'run-'));
  const terminal = await opened(folder);
  await shows(terminal, /y {2}rehearse it/);
  terminal.send('y');
  await shows(terminal, /Running .* [1-9]\d* of 61/);
  terminal.send('\u0003');
  await shows(terminal, /How shall it end/);
  terminal.send('\u0003');
  await shows(terminal, /^ended with 130$/);
  const second = openTerminal(rehearse, folder, { columns: 100, rows: 30 });
  open.push(second);
  await shows(second, /y {2}rehearse it/);
  second.send('y');
  await shows(second, /Running .* [1-9]\d* of 61/);
  await kill9(second);
  const third = await opened(folder);
  await shows(third, /finished already/);
  third.send('y');
  await shows(third, /The rehearsal is complete/);
});
