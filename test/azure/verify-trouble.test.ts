import { afterAll, expect, test } from 'vitest';
import type { Finding } from '../../src/core/verify/findings.ts';
import { describeWith } from './needs.ts';
import { type Situation, situations } from './trouble/situations.ts';
import { clear, type Looked, look, stage } from './trouble/stage.ts';

const rows: string[] = [];

afterAll(async () => {
  await clear();
  console.log(
    ['| situation | exit | pass | fail | unknown | seconds | words |', '| --- | --- | --- | --- | --- | --- | --- |', ...rows].join('\n'),
  );
});

const of = (findings: readonly Finding[], verdict: Finding['verdict']) => findings.filter((one) => one.verdict === verdict);

/** The items that a reading of Azure decides. */
const read = (findings: readonly Finding[]) => findings.filter(({ by, what }) => by === 'azure' && what !== undefined);

function noted(name: string, { exitCode, findings, took, stderr }: Looked): void {
  const counts = (['pass', 'fail', 'unknown'] as const).map((verdict) => of(findings, verdict).length);
  const words = stderr
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .replaceAll('|', '/');
  rows.push(`| ${[name, exitCode, ...counts, (took / 1000).toFixed(1), words].join(' | ')} |`);
}

async function looked({ name, plant }: Pick<Situation, 'name' | 'plant'>, command: string): Promise<Looked> {
  const set = await stage();
  const found = await look(set, await plant(set), command, '--output', 'json');
  noted(command === 'verify' ? name : `${command}: ${name}`, found);
  // Nothing but questions left this computer, and no id or token is on the screen.
  expect(set.emulator.changes()).toEqual([]);
  expect(`${found.stdout}${found.stderr}`).not.toMatch(/6f1a2b3c-4d5e|Bearer|eyJ|bug of amlguide|\[object/);
  return found;
}

describeWith(['az'], 'amlguide verify in trouble', { timeout: 120_000 }, () => {
  test.concurrent.each(situations)('$name', async (situation) => {
    const { exit, unknown, says, within = 25 } = situation;
    const { exitCode, findings, stderr, took } = await looked(situation, 'verify');
    const gaps = of(findings, 'unknown');
    expect({ exitCode, failed: of(findings, 'fail') }, stderr).toEqual({ exitCode: exit, failed: [] });
    expect(read(findings).length).toBeGreaterThan(40);
    if (unknown === 'all') expect(gaps).toEqual(read(findings));
    else expect(gaps.length).toBe(unknown === 'none' ? 0 : unknown);
    expect(gaps.filter(({ why = '' }) => why === '')).toEqual([]);
    expect(stderr.replaceAll('\n', ' ')).toMatch(says);
    if (exit === 3) expect(stderr).toContain('could not be looked at, and unknown is no pass.');
    expect(stderr.includes('amlguide doctor')).toBe(unknown === 'all');
    expect(took).toBeLessThan(within * 1000);
  });

  const some = situations.filter(({ name }) => /signed in|PATH|403 on Resource Graph|nobody listens/.test(name));
  test.concurrent.each(some)('preflight: $name', async (situation) => {
    const { exitCode, findings, stderr } = await looked(situation, 'preflight');
    // Without an account az itself says that none is of the right tenant.
    const failed = of(findings, 'fail').map(({ id }) => id);
    expect(failed, stderr).toEqual(situation.name === 'nobody is signed in' ? ['own_tenant'] : []);
    expect(exitCode, stderr).toBe(failed.length > 0 ? 4 : 3);
    if (situation.unknown !== 'all') return expect(of(read(findings), 'pass').length).toBeGreaterThan(30);
    expect(of(read(findings), 'pass')).toEqual([]);
    expect(stderr.replaceAll('\n', ' ')).toMatch(situation.says);
  });

  test.concurrent('what fails and what nobody can tell are told apart, and one reason is told once', async () => {
    const set = await stage();
    const storage = [...set.emulator.resources()].find(([id]) => id.includes('/storageaccounts/'));
    set.emulator.plant(storage?.[0] ?? '', undefined);
    set.emulator.always('GET', /\/workspaces\/mlw-contoso-prod$/i, { status: 403, code: 'AuthorizationFailed', message: 'No.' });
    const { exitCode, stdout, stderr } = await look(set, {}, 'verify');
    expect(exitCode, stderr).toBe(4);
    expect(stderr).toMatch(/^\d items of the checklist failed, and 3 could not be looked at\.\n {2}You may not read it\./m);
    expect(stdout.match(/^ {2}\? unknown/gm)).toHaveLength(3);
    expect(stdout.match(/You may not read it/g)).toHaveLength(1);
    expect(stdout.match(/ \(as above\)$/gm)).toHaveLength(2);
  });
});
