// Every kind of screen in a real terminal, compared with text that a person has reviewed; npm run screens writes it anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { room } from '../cli/run.ts';
import { type Size, Stage } from './stage.ts';

const [enter, esc, down, review, clear] = ['\r', '\u001B', '\u001B[B', '\u0012', '\u0015'] as const;

const sizes: readonly Size[] = [
  { columns: 40, rows: 24 },
  { columns: 60, rows: 30 },
  { columns: 100, rows: 30 },
  { columns: 160, rows: 45 },
];

const open: Stage[] = [];

afterEach(() => {
  for (const stage of open.splice(0)) stage.end();
});

async function stageFor(size: Size, folder: string, ...words: readonly string[]): Promise<Stage> {
  const stage = new Stage(words, folder, size);
  open.push(stage);
  return stage;
}

test('colour adds nothing to the text: the same screens with it', { timeout: 60_000 }, async () => {
  const size = { columns: 100, rows: 30 };
  const wizard = new Stage(['setup', '--sample', '--session', 'tailspin-lab'], await folder(), size, { colour: true });
  open.push(wizard);
  await wizard.see('', /What shall train/, 'question-choices');
  await wizard.see(enter, /Who owns the network/, 'question-choice');
  await wizard.see('?', /Keys that work here/, 'help');
  const verify = new Stage(['verify', '--sample', '--example', 'sample-half-secured'], await folder(), size, { colour: true });
  open.push(verify);
  await verify.press('', /✖ 12.*r read again/);
  await verify.see('', /✖ 12/, 'verify-list');
  const coloured = ({ terminal }: Stage) => terminal.output.split('\u001B[').some((part) => /^(?:\d+;)*3[1-6]m/.test(part));
  expect([wizard, verify].every(coloured)).toBe(true);
});

test('another size keeps the place in a list, a page and the review', { timeout: 60_000 }, async () => {
  const wizard = await stageFor({ columns: 100, rows: 30 }, await folder(), 'setup', '--sample', '--session', 'tailspin-lab');
  const keeps = async (words: RegExp): Promise<void> => {
    for (const size of [
      { columns: 60, rows: 20 },
      { columns: 160, rows: 50 },
      { columns: 40, rows: 15 },
      { columns: 100, rows: 30 },
    ]) {
      wizard.resize(size);
      await wizard.press('', words);
    }
  };
  await wizard.press('', /What shall train/);
  await wizard.press(down + down, /❯ \[ \] Azure Data/);
  await keeps(/❯ \[ \] Azure Data/);
  await wizard.press(enter, /Who owns the network/);
  await wizard.press('e', /esc close/);
  await wizard.press(' ', /2\d–\d+ of/);
  await keeps(/network model/);
  await wizard.press(esc, /↑↓ choose/);
  await wizard.press(enter, /short name/);
  await wizard.press('half-typ', /❯ half-typ/);
  await keeps(/❯ half-typ/);
  await wizard.press(`${clear}contoso${enter}`, /New workspace/);
  await wizard.press('r', /answered so far/);
  await wizard.press(down, /❯ network model/);
  await keeps(/❯ network model/);
});

const folder = (): Promise<string> => mkdtemp(join(room, 'screens-'));

test.each(sizes)('the questions, the review and what is written, in $columns columns', { timeout: 60_000 }, async (size) => {
  const place = await folder();
  const wizard = await stageFor(size, place, 'setup', '--sample', '--session', 'tailspin-lab');
  await wizard.see('', /What shall train/, 'question-choices');
  await wizard.see(enter, /Who owns the network/, 'question-choice');
  await wizard.see('e', /esc close/, 'explain');
  await wizard.press(esc, /↑↓ choose/);
  await wizard.see('?', /Keys that work here/, 'help');
  await wizard.see('/tunnel', /\/ tunnel.*forced tunnelling/, 'help-filter');
  await wizard.press(esc, /esc close/);
  await wizard.press(esc, /↑↓ choose/);
  await wizard.see(enter, /short name/, 'question-text');
  await wizard.see('Not Fitting', /❯ Not Fitting/, 'question-problem');
  await wizard.press(`${clear}tailspin${enter}`, /New workspace, or one/);
  await wizard.press(enter, /In which subscription/);
  await wizard.see('', /Tailspin Lab/, 'question-found');
  await wizard.press(`1${enter}`, /resource group shall hold.*rg-tailspin-hub/);
  await wizard.see('/saf', /\/ saf.*rg-tailspin-safe/, 'question-filter');
  await wizard.press(esc, /rg-tailspin-lab.*❯ rg-tailspin-safe/);
  await wizard.press(`1${enter}`, /In which region/);
  await wizard.see('swe', /\/ swe.*Sweden Central/, 'question-find');
  await wizard.press(enter, /[Ww]hich tags/);
  await wizard.press(enter, /New virtual network/);
  await wizard.press(enter, /peered/);
  await wizard.press(enter, /Which address space/);
  await wizard.see('10.1.0.0/33', /10\.1\.0\.0\/33 .*✖|10\.1\.0\.0\/33 .*!/, 'question-cidr');
  await wizard.press(`${clear}${enter}`, /How many nodes/);
  await wizard.press(enter, /Which block/);
  await wizard.see('', /Which block/, 'question-preview');
  await wizard.press(enter, /have public IPs/);
  await wizard.press(enter, /How do the nodes get out/);
  await wizard.see(review, /answered so far/, 'review-early');
  await wizard.press(esc, /How do the nodes get out/);
  await wizard.see('s', /proposed answers\?.*esc take none/, 'proposals');
  await wizard.press(esc, /How do the nodes get out/);
  await wizard.press(enter, /Restrict outbound/);
  await wizard.press(enter, /registry and logs/);
  await wizard.press(enter, /private DNS zones/);
  await wizard.press(enter, /open the studio/);
  await wizard.press(`1${enter}`, /Microsoft Entra ID/);
  await wizard.press(enter, /VM size/);
  await wizard.press(enter, /Another cluster/);
  await wizard.see(enter, /every question is answered|all answered/, 'review');
  await wizard.see('v', /The network.*esc close/, 'network');
  await wizard.see('/endpoint mlw', /\/ endpoint mlw.*private endpoint/, 'network-filter');
  await wizard.press(esc, /esc close/);
  await wizard.press(esc, /every question is answered|all answered/);
  await wizard.see('a', /❯ computes|❯ targets|❯ [a-z ]+ Compute cluster/, 'review-answers');
  await wizard.see('e', /What shall train.*esc close/, 'review-explain');
  await wizard.press(esc, /Review ·/);
  await wizard.press('/', /words that a line has/);
  await wizard.see('checklist by hand', /\/ checklist by hand.*❯ ✎/, 'review-checklist');
  await wizard.press(enter, /e explain/);
  await wizard.see('e', /a person has to look.*esc close/, 'review-item');
  await wizard.press(esc, /Review ·/);
  await wizard.press(`/${clear}network model`, /❯ +network model/);
  await wizard.press(enter, /edit/);
  await wizard.press(enter, /Who owns the network/);
  await wizard.see(`2${enter}`, /Change it\?/, 'confirm');
  await wizard.press('n', /Who owns the network/);
  await wizard.press(review, /Review ·/);
  await wizard.press(esc, /Who owns/);
  await wizard.press('1', /❯ We do/);
  await wizard.press(enter, /every question is answered|all answered/);
  await wizard.see('w', /ended with 0/, 'written');

  copySessions(place);
  const home = await stageFor(size, place);
  await home.see('', /Start a new setup/, 'home');
  await home.see('/edge', /\/ edge/, 'home-filter');
  await home.press(esc, /Start a new setup/);
  await home.see('?', /esc close/, 'home-help');
  const sessions = await stageFor(size, place, 'sessions');
  await sessions.printed(/ended with 0/, 'sessions');
});

/** More sessions, so that the home screen has something to list and to filter. */
function copySessions(place: string): void {
  const from = join(place, 'state', 'sessions', 'tailspin-lab.json');
  const text = readFileSync(from, 'utf8');
  for (const name of ['contoso-prod', 'edge-site-7', 'northwind'])
    writeFileSync(join(place, 'state', 'sessions', `${name}.json`), text.replaceAll('tailspin-lab', name), { mode: 0o600 });
}

test.each(sizes)('a run in $columns columns', { timeout: 60_000 }, async (size) => {
  const place = await folder();
  const rehearsal = ['run', '--rehearse', '--example', 'sample-half-secured', '--parallel', '1'];
  const hung = await stageFor(size, place, ...rehearsal, '--fail-at', 'cluster/cpu-cluster=hang');
  await hung.see('', /rehearse it/, 'run-overview');
  await hung.see('p', /esc back/, 'run-permissions');
  await hung.press(esc, /y rehearse it/);
  await hung.press('y', /7 of 11/);
  await hung.see('', /making/, 'run-running');
  await hung.see(down, /❯/, 'run-cursor');
  await hung.see('e', /What it did.*esc back/, 'run-step');
  await hung.press(esc, /s stop after/);
  await hung.see('/instance', /\/ instance/, 'run-filter');
  await hung.press(esc, /s stop after/);
  await hung.see('l', /Log.*esc back/, 'run-log');
  await hung.press(esc, /s stop after/);
  await hung.see('?', /Help +1–/, 'run-help');
  await hung.press(esc, /s stop after/);
  await hung.see('\u0003', /How shall it end/, 'run-ways-out');
  await hung.press('\u0003', /ended with 130/);
  const failing = await stageFor(size, await folder(), ...rehearsal, '--fail-at', 'cluster/cpu-cluster=quota');
  await failing.press('', /rehearse it/);
  await failing.press('y', /8 of 11 · 1 failed/);
  await failing.see('', /try again/, 'run-failed');
  await failing.see('s', /q close/, 'run-ended');
  await failing.see('q', /ended with 3/, 'run-printed');
});

test.each(sizes)('a verification in $columns columns', { timeout: 60_000 }, async (size) => {
  const verify = await stageFor(size, await folder(), 'verify', '--sample', '--example', 'sample-half-secured');
  await verify.press('', /✖ 12.*r read again/);
  await verify.see('', /✖ 12/, 'verify-list');
  await verify.see('e', /esc back/, 'verify-detail');
  await verify.press(esc, /q leave/);
  await verify.see('/by hand', /\/ by hand/, 'verify-by-hand');
  await verify.press(enter, /q leave/);
  await verify.press(esc, /a all/);
  await verify.see('?', /Keys that work here/, 'verify-help');
  await verify.press(esc, /q leave/);
  await verify.see('q', /ended with 4/, 'verify-printed');
});
