import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import workshop from '../../package.json' with { type: 'json' };
import { amlguide, filesOf, node, program, room } from './run.ts';

// Not below the repository: a program that reached into it would be found out.
const place = mkdtempSync(join(tmpdir(), 'amlguide-package-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

function npm(words: readonly string[], cwd: string): string {
  const env = { ...process.env, npm_config_cache: join(place, 'cache'), npm_config_update_notifier: 'false' };
  return execFileSync('npm', [...words, '--offline', '--no-audit', '--no-fund'], { cwd, env, encoding: 'utf8', stdio: 'pipe' });
}

test('the packed program, installed into an empty folder, works without the repository', { timeout: 60_000 }, async () => {
  const [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', place], dirname(program)));
  const names: string[] = packed.files.map(({ path }: { path: string }) => path);
  expect(names).toEqual(expect.arrayContaining(['cli.js', 'package.json', 'README.md', 'LICENSE', 'THIRD-PARTY-LICENSES.txt']));
  const home = join(place, 'home');
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{}');
  npm(['install', '--no-save', join(place, packed.filename)], home);
  const installed = join(home, 'node_modules/amlguide/cli.js');
  const bin = join(home, 'node_modules/.bin/amlguide');
  expect(execFileSync(node, [bin, '--version'], { encoding: 'utf8' })).toBe(`${workshop.version}\n`);
  const options = { program: installed, cwd: home };
  expect(await amlguide(['render', '--example', 'compute-cluster', '--out', 'contoso'], options)).toMatchObject({ code: 0 });
  await amlguide(['render', '--example', 'compute-cluster', '--out', 'here']);
  expect(filesOf(join(home, 'contoso'))).toEqual(filesOf(join(room, 'here')));
  expect(await amlguide(['facts'], options)).toMatchObject({ code: 0 });
  const { dependencies, scripts } = JSON.parse(readFileSync(join(dirname(installed), 'package.json'), 'utf8'));
  expect({ dependencies, scripts }).toEqual({});
});

test('nothing of the machine that built it is in it', () => {
  const repository = dirname(dirname(program));
  const texts = Object.entries(filesOf(dirname(program))).filter(([name]) => name.endsWith('.js'));
  expect(texts.filter(([, text]) => text.includes(repository)).map(([name]) => name)).toEqual([]);
});
