import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Context } from '../src/commands/context.ts';
import { UserError } from '../src/core/errors.ts';
import { advance } from '../src/core/interview.ts';
import { emptySession } from '../src/core/session.ts';
import { viewOf } from '../src/core/view.ts';
import { loadCatalog } from '../src/io/catalog.ts';
import { programOf } from '../src/program.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const fixture = join(root, 'test/fixtures/languages/quantum-annealer');
const built = join(root, 'dist/cli.js');

let folder: string;

/** The checklists of the project with a made-up target: its files are copied beside them, and nothing is edited. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'amlguide-author-'));
  for (const part of ['checklists', 'templates']) await cp(join(root, part), join(folder, part), { recursive: true });
  const added = (await readdir(fixture, { recursive: true })).filter((path) => /\.\w+$/.test(path));
  expect(added.filter((path) => existsSync(join(folder, path)))).toEqual([]);
  await cp(fixture, folder, { recursive: true });
  await writeFile(join(folder, 'checklists/examples/quantum.yaml'), await quantumExample());
});

async function quantumExample(): Promise<string> {
  const { answers } = parse(await readFile(join(root, 'checklists/examples/compute-cluster.yaml'), 'utf8'));
  const { clusters: _, ...others } = answers;
  const annealer = { 'annealer.name': 'contoso-qa', 'annealer.qubits': 512, 'annealer.helium': true };
  return stringify({ about: 'A made-up target.', answers: { ...others, targets: ['quantum-annealer'], ...annealer } });
}

/** Runs the real command line over the copied checklists and gives what it prints. */
async function amlguide(...words: string[]): Promise<string> {
  let printed = '';
  const write = (text: string) => {
    printed += text;
    return true;
  };
  const program = programOf((flags): Context => {
    const world = {
      stdin: process.stdin,
      stdout: { write } as unknown as NodeJS.WriteStream,
      stderr: { write: () => true } as unknown as NodeJS.WriteStream,
    };
    return {
      ...world,
      environment: {},
      version: '0.0.0',
      catalog: () => loadCatalog(flags.catalog),
      output: flags.output,
      noInput: true,
      plain: false,
      signals: () => () => undefined,
    };
  }, '0.0.0');
  await program.parseAsync(['node', 'amlguide', '--catalog', folder, ...words]);
  return printed;
}

const listed = async (...words: string[]) => JSON.parse(await amlguide('--output', 'json', ...words));

describe('a target that is added with files alone', () => {
  it('has no problems', async () => {
    expect(await amlguide('lint', folder)).toContain('No problems');
  });

  it('is offered by the question of what shall run, and asked when it is chosen', async () => {
    const catalog = await loadCatalog(folder);
    const model = advance(catalog, emptySession, { type: 'answer', key: 'network.model', value: 'own', from: 'file' });
    const { ask } = viewOf(catalog, model);
    expect(ask?.key).toBe('targets');
    expect(ask?.choices.map(({ value, label, hint }) => ({ value, label, hint }))).toContainEqual({
      value: 'quantum-annealer',
      label: 'Quantum annealer',
      hint: 'made up, for those who write checklists',
    });
    const chosen = await missingWith('targets: [quantum-annealer]');
    expect(chosen).toContain('annealer.qubits');
    expect(await missingWith('targets: [compute-cluster]')).not.toContain('annealer.qubits');
  });

  it('is listed with its questions, its checklist and its fact', async () => {
    const questions: { key: string; choices: string[] }[] = await listed('questions');
    expect(questions.find(({ key }) => key === 'targets')?.choices).toContain('quantum-annealer');
    expect(questions.map(({ key }) => key)).toEqual(expect.arrayContaining(['annealer.name', 'annealer.qubits', 'annealer.helium']));
    expect(await amlguide('checklist', 'quantum-annealer')).toContain('Annealer is cold');
    const topics: { items: { id: string; state: string }[] }[] = await listed('checklist', '--example', 'quantum');
    expect(topics.flatMap(({ items }) => items).find(({ id }) => id === 'annealer_cold')?.state).toBe('met');
    const facts: { fact: string; uses: unknown[] }[] = await listed('facts');
    expect(facts.find(({ fact }) => fact === 'annealer-cold')?.uses.length).toBeGreaterThan(3);
  });

  it('is rendered into scripts, guide and files', async () => {
    const out = await mkdtemp(join(tmpdir(), 'amlguide-author-out-'));
    await amlguide('render', '--example', 'quantum', '--out', join(out, 'files'));
    expect((await readdir(join(out, 'files'))).sort()).toEqual([
      'annealer-contoso-qa.yml',
      'answers.yaml',
      'guide.md',
      'network.svg',
      'run.ps1',
      'run.sh',
    ]);
    const text = (name: string) => readFile(join(out, 'files', name), 'utf8');
    expect(await text('run.sh')).toContain('az ml compute create --type ComputeInstance --name "$ANNEALER_NAME"');
    expect(await text('run.sh')).toContain('--description "${ANNEALER_QUBITS} qubits"');
    expect(await text('run.sh')).not.toContain('AmlCompute');
    expect(await text('guide.md')).toContain('quantum annealer contoso-qa');
    expect(await text('guide.md')).toContain('Whisper near contoso-qa.');
    expect(parse(await text('annealer-contoso-qa.yml')).qubits).toBe(512);
  });

  it('is refused where a rule of its own says so', async () => {
    await expect(amlguide('render', '--example', 'quantum', '--set', 'annealer.helium=false')).rejects.toThrow(UserError);
  });

  it.skipIf(!existsSync(built))('is there in the program as it is built', () => {
    const printed = execFileSync(process.execPath, [built, '--catalog', folder, 'checklist', 'quantum-annealer'], { encoding: 'utf8' });
    expect(printed).toContain('Annealer is cold');
  });
});

/** What is missing when an answers file says little. */
async function missingWith(line: string): Promise<string> {
  const file = join(folder, 'few-answers.yaml');
  await writeFile(file, `amlguide: 1\nanswers:\n  network.model: own\n  ${line}\n`);
  const refusal = await amlguide('render', '--answers', file).catch((error: unknown) => error);
  if (!(refusal instanceof UserError)) throw new Error('nothing was missing');
  return JSON.stringify(refusal.complaints);
}
