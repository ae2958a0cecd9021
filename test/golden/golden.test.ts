import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { examplesThere, expectedFiles, goldenFolder, ownCatalog, renderAnswers } from '../../scripts/golden.ts';
import { topicJsonSchema } from '../../src/build/write-schema.ts';
import type { Json } from '../../src/core/json.ts';
import { readAnswersFile } from '../../src/io/answers-file.ts';
import { parsePowerShell } from '../powershell-grammar.ts';

const catalog = await ownCatalog();
const files = expectedFiles(catalog);
const examples = Object.keys(catalog.examples);
const required = process.env.AMLGUIDE_REQUIRE_AZ === '1';

/** The files of one kind, as rows for it.each. */
function filesLike(ending: string): [path: string, text: string][] {
  return [...files].flatMap(([path, { text }]) => (path.endsWith(ending) ? [[path, text] as [string, string]] : []));
}

/** What a program says of a text that it reads from standard input; empty when it is content. */
function verdictOf(program: string, args: readonly string[], input: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding: 'utf8' });
  return status === 0 ? '' : `${error?.message ?? ''}${stdout}${stderr}` || `exit code ${status}`;
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}

/** Runs where the program is there; with AMLGUIDE_REQUIRE_AZ=1 it has to be. */
function when(program: string) {
  return it.skipIf(!required && !isInstalled(program));
}

describe('the expected files', () => {
  it('are there for every example, and no others (npm run golden writes them)', async () => {
    const there = readdirSync(goldenFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.parentPath !== goldenFolder.replace(/\/$/, ''))
      .map((entry) => join(entry.parentPath, entry.name).slice(goldenFolder.length + 1));
    expect(there.sort()).toEqual([...files.keys()].sort());
    expect((await examplesThere()).sort()).toEqual(examples.toSorted());
  });

  it.each([...files.keys()])('%s', (path) => {
    const file = join(goldenFolder, path);
    expect(readFileSync(file, 'utf8')).toBe(files.get(path)?.text);
    expect((statSync(file).mode & 0o100) !== 0).toBe(files.get(path)?.executable);
  });
});

it('checklists/schema.json is what npm run schema writes', () => {
  expect(readFileSync(new URL('../../checklists/schema.json', import.meta.url), 'utf8')).toBe(topicJsonSchema());
});

describe('the same answers give the same bytes', () => {
  it.each(examples)('%s, from its answers.yaml', async (name) => {
    const { values } = await readAnswersFile(join(goldenFolder, name, 'answers.yaml'));
    const again = renderAnswers(catalog, values as Record<string, Json>).map(({ path, text }) => [`${name}/${path}`, text]);
    const first = [...files].filter(([path]) => path.startsWith(`${name}/`)).map(([path, { text }]) => [path, text]);
    expect(Object.fromEntries(again)).toEqual(Object.fromEntries(first));
  });
});

describe('a real parser accepts', () => {
  it.each(filesLike('run.sh'))('%s, as bash', (_path, text) => {
    expect(verdictOf('bash', ['-n'], text)).toBe('');
  });

  when('shellcheck').each(filesLike('run.sh'))('%s, by shellcheck', (_path, text) => {
    expect(verdictOf('shellcheck', ['--severity=style', '--shell=bash', '-'], text)).toBe('');
  });

  when('python3').each(filesLike('.py'))('%s, as Python', (path, text) => {
    const compile = "import sys; compile(sys.stdin.buffer.read(), sys.argv[1], 'exec')";
    expect(verdictOf('python3', ['-c', compile, path], text)).toBe('');
  });

  it.each(filesLike('run.ps1'))('%s, as PowerShell', async (_path, text) => {
    expect((await parsePowerShell(text)).errors).toEqual([]);
  });

  it.each([...filesLike('.yml'), ...filesLike('.yaml')])('%s, as YAML', (_path, text) => {
    expect(parse(text, { strict: true, uniqueKeys: true })).toBeTypeOf('object');
  });

  it.each(filesLike('.md'))('%s, with every code fence closed and every answer filled', (_path, text) => {
    expect((text.match(/^```/gm) ?? []).length % 2).toBe(0);
    expect(text).not.toMatch(/\$\{|undefined|\[object/);
  });
});
