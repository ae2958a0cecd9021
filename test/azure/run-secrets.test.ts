import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { clearStages, type Stage } from './acceptance/journey.ts';
import { amlguide, answersOf, nameOf } from './acceptance/program.ts';
import { settledStage } from './acceptance/stages.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

/** Secrets of every form, as a careless message of Azure could repeat them. */
const canaries = {
  token: `eyJ${'h'.repeat(20)}.eyJ${'b'.repeat(40)}.canaryCanaryCanary`,
  signature: 'canarySignature0123456789%2Bab',
  key: `${'K'.repeat(84)}ey==`,
  password: 'canary-Passw0rd!',
};

const message = [
  `Bearer ${canaries.token} is not valid for https://x.blob.core.windows.net/c?sv=2024-01-01&sig=${canaries.signature}`,
  `with AccountKey=${canaries.key};EndpointSuffix=core.windows.net and {"adminPassword": "${canaries.password}"}`,
].join(' ');

/** Every file below a folder, with its text. */
function filesBelow(folder: string): { readonly path: string; readonly text: string; readonly mode: number }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8'), mode: statSync(path).mode & 0o777 }));
}

/** The words of all processes that run now. */
function processes(): string {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => {
      try {
        return readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .join('\n');
}

async function watched(stage: Stage, ...words: readonly string[]) {
  const seen: string[] = [];
  const timer = setInterval(() => seen.push(processes()), 50);
  try {
    return { ...(await amlguide(stage, ...words)), seen: seen.join('\n') };
  } finally {
    clearInterval(timer);
  }
}

describeWith(['az', 'reference'], 'secrets in an amlguide run through the real az', { timeout: 300_000 }, () => {
  test('are in no file, log, list of processes or screen', async () => {
    const stage = await settledStage('hdinsight');
    // What the answers name: the passwords of the cluster, each in a file of its own.
    const secrets = [...Object.values(canaries), 'Secret-of-'];
    stage.emulator.failNext('PUT', /hdinsight.*clusters/i, 403, 'RequestDisallowedByPolicy', message);
    const first = await watched(stage, 'run', ...answersOf(stage), '--yes', '--no-input');
    expect(first.exitCode, first.stderr).toBe(3);
    expect(first.stderr).toContain('RequestDisallowedByPolicy');
    const second = await watched(stage, 'run', ...answersOf(stage), '--yes', '--no-input', '--output', 'json');
    expect(second.exitCode, second.stderr).toBe(0);
    const log = await amlguide(stage, 'log', nameOf(stage), '--all');
    const undo = await watched(stage, 'undo', nameOf(stage), '--confirm', nameOf(stage), '--no-input');
    expect(undo.exitCode, undo.stderr).toBe(0);
    const kept = filesBelow(join(stage.folder, 'state'));
    expect(kept.map(({ path }) => path).filter((path) => path.endsWith('.jsonl'))).toHaveLength(2);
    const said = [first, second, undo].flatMap(({ stdout, stderr, seen }) => [stdout, stderr, seen]);
    const calls = readFileSync(join(stage.folder, 'az.log'), 'utf8');
    for (const secret of secrets) {
      expect(kept.filter(({ text }) => text.includes(secret)).map(({ path }) => path)).toEqual([]);
      expect(said.filter((text) => text.includes(secret))).toEqual([]);
      expect([log.stdout, calls].filter((text) => text.includes(secret))).toEqual([]);
    }
    expect(kept.filter(({ path, mode }) => path.endsWith('.jsonl') && mode !== 0o600)).toEqual([]);
    // Ids are hidden on screens and in logs.
    expect(said.concat(log.stdout).join('\n').replaceAll(calls, '')).toContain('‹subscription›');
    expect(`${first.stderr}${second.stdout}${log.stdout}`).not.toContain(stage.emulator.subscription);
  });
});
