import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import workshop from '../../package.json' with { type: 'json' };
import { parsePowerShell } from '../powershell-grammar.ts';
import { amlguide, examples, expectRefusal, filesOf, inPairs, node, planted, program, quietEnvironment, room } from './run.ts';

const commands = 'setup resume sessions doctor render checklist questions facts errors schema lint preview completion'.split(' ');
const repository = join(import.meta.dirname, '../..');
const below = ['list', 'rename', 'export', 'delete'];

describe('help', () => {
  test('of the program and of every command shows how it is used and examples', async () => {
    const all = [[], ...commands.map((name) => [name]), ...below.map((name) => ['sessions', name])];
    const runs = await inPairs(all, (words) => amlguide([...words, '--help']));
    for (const [index, { code, stdout, stderr }] of runs.entries()) {
      expect({ code, stderr }, all[index]?.join(' ')).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(new RegExp(`^Usage: amlguide ?${all[index]?.join(' ')}`));
      expect(stdout).toMatch(/Examples:\n {2}\$ .*amlguide/);
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    }
    for (const name of commands) expect(runs[0]?.stdout).toContain(`\n  ${name} `);
  });

  test('is there by the words that people try', async () => {
    const [byWord, ofCommand, version, short] = await Promise.all(
      [['help'], ['help', 'render'], ['--version'], ['-V']].map((words) => amlguide(words)),
    );
    expect(byWord).toMatchObject({ code: 0, stdout: expect.stringContaining('Commands:') });
    expect(ofCommand).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: amlguide render') });
    expect(version).toEqual({ code: 0, stdout: `${workshop.version}\n`, stderr: '' });
    expect(short).toEqual(version);
  });

  test('without a terminal is what the program alone prints, with a way to see what comes out', async () => {
    const ran = await amlguide([]);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain('Usage: amlguide');
    const [, line = ''] = /\$ amlguide (render --example .*)/.exec(ran.stdout) ?? [];
    expect(await amlguide(line.split(' '))).toMatchObject({ code: 0, stdout: expect.stringContaining('example/run.sh  new') });
  });
});

describe('what does not exist', () => {
  test.each([
    [['rendr'], /unknown command 'rendr'[\s\S]*Did you mean render\?/],
    [['rendr', '--out', 'x'], /Did you mean render\?/],
    [['quux'], /unknown command 'quux'[\s\S]*--help/],
    [['--verson'], /unknown option '--verson'[\s\S]*Did you mean --version\?/],
    [['render', '--exmaple', 'x'], /unknown option '--exmaple'[\s\S]*Did you mean --example\?/],
    [['sessions', 'exprt', 'a'], /unknown command 'exprt'[\s\S]*Did you mean export\?/],
    [['sessions', '--foo'], /unknown option '--foo'/],
    [['facts', 'a', 'b'], /too many arguments/],
    [['sessions', 'rename', 'a'], /missing required argument 'to'/],
    [['--output', 'yaml', 'facts'], /Allowed choices are table, json/],
    [['render', '--example', 'compute-clustr'], /no example compute-clustr[\s\S]*Did you mean compute-cluster\?/],
    [['render', '--example', 'compute-cluster', '--answers', 'x'], /Give one of/],
    [['render', '--example', 'compute-cluster', '--format', 'pyhton'], /--format: [\s\S]*Did you mean python\?/],
    [['render', '--example', 'compute-cluster', '--format', ''], /--format: [\s\S]*bash, powershell/],
    [['render'], /Say whose answers[\s\S]*compute-cluster/],
    [['render', '--session', 'nobody'], /no session nobody/],
    [['questions', '--topic', 'wher'], /no topic wher[\s\S]*Did you mean where\?/],
    [['checklist', 'storag'], /Did you mean storage\?/],
    [['facts', 'port-29876-2987'], /Did you mean port-29876-29877\?/],
    [['facts', '29876'], /Did you mean port-29876-29877\?/],
    [['schema', 'answer'], /amlguide schema answers/],
    [['completion', 'tcsh'], /Shells: bash, zsh, fish, powershell/],
    [['preview', 'nosuch', 'compute-cluster', '--from', repository], /no topic nosuch[\s\S]*There are: /],
    [['preview', 'storage', 'compute-clustr', '--from', repository], /no example compute-clustr[\s\S]*Did you mean compute-cluster\?/],
    [['preview', 'storage', 'quux', '--from', repository], /no example quux[\s\S]*There are: .*compute-cluster/],
    [['lint', 'nowhere'], /nowhere: There is no folder checklists/],
    [['questions', '--catalog', 'nowhere'], /nowhere: There is no folder checklists/],
    [['resume'], /nobody to ask here/],
    [['setup'], /nobody to ask here[\s\S]*render --answers/],
    [['sessions', 'export', 'nobody'], /There is no session nobody/],
    [['sessions', 'delete', 'nobody'], /--confirm nobody/],
    [['sessions', 'rename', 'nobody', 'a/b'], /cannot be the name of a session/],
  ])('%j', async (words, says) => expectRefusal(await amlguide(words), says));
});

describe('lists', () => {
  test.each([
    ['facts'],
    ['facts port-29876-29877'],
    ['questions'],
    ['questions --topic where'],
    ['checklist'],
    ['checklist compute-cluster'],
    ['checklist --example no-public-ip'],
    ['sessions'],
    ['sessions list'],
    ['schema answers'],
    ['schema topic'],
    ['render --example compute-cluster --out json-list'],
  ])('%s --output json is JSON and nothing else', async (words) => {
    const { code, stdout, stderr } = await amlguide([...words.split(' '), '--output', 'json']);
    expect({ code, stderr: stderr.replace(/^Note on .*\n/gm, '') }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toBeTypeOf('object');
  });

  test('go to stdout as tables without a colour, with or without NO_COLOR', async () => {
    const [usual, forced] = await Promise.all([amlguide(['questions']), amlguide(['questions'], { env: { NO_COLOR: '1' } })]);
    expect(usual.stdout).toBe(forced.stdout);
    expect(usual.stdout).not.toContain('\u001B');
    expect(usual.stdout).not.toContain('${');
    expect(usual.stderr).toBe('');
  });

  test('end quietly when nobody reads on', () => {
    const { stdout, stderr, status } = spawnSync('bash', ['-o', 'pipefail', '-c', '"$0" "$1" facts | head -1', node, program], {
      encoding: 'utf8',
      env: quietEnvironment(),
    });
    expect({ lines: stdout.split('\n').length, stderr, status }).toEqual({ lines: 2, stderr: '', status: 0 });
  });

  test('a fact says what was, what is, since when and where that is written', async () => {
    const { stdout } = await amlguide(['facts', 'port-29876-29877']);
    expect(stdout).toMatch(/Then: [\s\S]*Today: [\s\S]*Source: /);
  });
});

describe('the checklist', () => {
  test('with answers by --set alone tells what these come to', async () => {
    const [without, set] = await Promise.all([amlguide(['checklist']), amlguide(['checklist', '--set', 'region=westeurope'])]);
    expect(set).toMatchObject({ code: 0, stderr: '' });
    expect(without.stdout).not.toMatch(/^ {2}open /m);
    expect(set.stdout).toMatch(/^ {2}open /m);
    expectRefusal(await amlguide(['checklist', '--set', 'region=atlantis']), /--set: region: /);
  });

  test('of a target names status, fact, source and date of every item, on screen, as Markdown and as JSON', async () => {
    const ways = [[], ['--markdown'], ['--output', 'json']];
    const [text, markdown, json] = await Promise.all(ways.map((way) => amlguide(['checklist', 'compute-cluster', ...way])));
    const [topic] = JSON.parse(json?.stdout ?? '');
    const wanted = topic.items.flatMap((item: { facts: { id: string; status: string; sources: { page: string }[] }[] }) => item.facts);
    expect(topic.items.every(({ facts }: { facts: unknown[] }) => facts.length > 0)).toBe(true);
    expect(wanted.every(({ sources }: { sources: unknown[] }) => sources.length > 0)).toBe(true);
    for (const { id, status } of wanted) {
      expect(text?.stdout).toContain(`${status} · ${id} · `);
      expect(markdown?.stdout).toContain(`  - ${status} · \`${id}\` · `);
    }
    expect(Math.max(...(text?.stdout ?? '').split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(markdown?.stdout).toMatch(/^# Checklist\n\n## Compute cluster\n/);
  });
});

describe('completion', () => {
  const script = async (shell: string): Promise<string> => (await amlguide(['completion', shell])).stdout;

  test('in a real bash knows commands, words below them and flags', async () => {
    const path = planted('completion.bash', await script('bash'));
    execFileSync('bash', ['-n', path]);
    const complete = (...words: string[]): string[] => {
      const body =
        'source "$1"; shift; COMP_WORDS=(amlguide "$@"); COMP_CWORD=$#; $(complete -p amlguide | grep -o "_[a-z]*"); printf "%s\\n" "${COMPREPLY[@]}"';
      return execFileSync('bash', ['-c', body, 'bash', path, ...words], { encoding: 'utf8' })
        .trim()
        .split('\n');
    };
    expect(complete('re')).toEqual(['resume', 'render']);
    expect(complete('render', '--ex')).toEqual(['--example']);
    expect(complete('sessions', 'ex')).toEqual(['export']);
  });

  test('for the other shells is well formed', async () => {
    expect((await parsePowerShell(await script('powershell'))).errors).toEqual([]);
    expect(await script('fish')).toMatch(/^(#.*|complete -c amlguide [^\n]*)(\n(complete -c amlguide [^\n]*)?)*$/);
    expect(await script('zsh')).toMatch(/^#compdef amlguide\n[\s\S]*compdef _amlguide amlguide\n$/);
  });
});

describe('the schema of an answers file', () => {
  interface Schema {
    readonly type?: string | readonly string[];
    readonly enum?: readonly unknown[];
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
    readonly minimum?: number;
    readonly maximum?: number;
  }

  /** What of JSON schema the answers use; a key that is not there or a value of the wrong type is named. */
  function complaints(schema: Schema | undefined, value: unknown, at: string): string[] {
    if (!schema) return [`${at}: unknown`];
    if (schema.enum) return schema.enum.includes(value) ? [] : [`${at}: ${String(value)} is not offered`];
    const types = [schema.type ?? []].flat();
    if (!types.includes(typeOf(value)) && !(types.includes('number') && typeof value === 'number')) return [`${at}: ${typeOf(value)}`];
    return partsOf(schema, value, at);
  }

  function partsOf(schema: Schema, value: unknown, at: string): string[] {
    if (Array.isArray(value)) return value.flatMap((one, index) => complaints(schema.items, one, `${at}[${index}]`));
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, one]) => complaints(schema.properties?.[key], one, `${at}.${key}`));
  }

  const typeOf = (value: unknown): string =>
    value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;

  test('accepts every example, as it is written and as it is rendered, and knows every question', async () => {
    const schema = JSON.parse((await amlguide(['schema', 'answers'])).stdout);
    const { parse } = await import('yaml');
    for (const name of examples) {
      await amlguide(['render', '--example', name, '--format', 'answers', '--out', `schema-${name}`]);
      const { answers } = parse(readFileSync(join(room, `schema-${name}`, 'answers.yaml'), 'utf8'));
      expect(complaints(schema.properties.answers, answers, name)).toEqual([]);
    }
    expect(complaints(schema.properties.answers, { regoin: 'x' }, 'made up')).toEqual(['made up.regoin: unknown']);
    const questions: { key: string }[] = JSON.parse((await amlguide(['questions', '--output', 'json'])).stdout);
    const keys = new Set(questions.map(({ key }) => key.replace(/\[\].*/, '')));
    expect(Object.keys(schema.properties.answers.properties).sort()).toEqual([...keys].sort());
    expect(JSON.stringify(schema)).not.toContain('${');
  });
});

describe('render', () => {
  /** What nobody can propose. */
  const needed = {
    'workspace.origin': 'existing',
    subscription: '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7',
    name: 'quick',
    region: 'westeurope',
    'workspace.name': 'mlw-quick',
    'workspace.group': 'rg-quick',
    'storage.name': 'stquick',
    'endpoints.origin': 'existing',
  } as const;

  test.each(examples)('%s twice, and from its own answers, gives the same bytes', async (name) => {
    const out = join(room, `twice-${name}`);
    const first = await amlguide(['render', '--example', name, '--out', out]);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout.match(/ {2}new$/gm)).toHaveLength(first.stdout.trim().split('\n').length);
    const files = filesOf(out);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['run.sh', 'run.ps1', 'guide.md', 'answers.yaml']));
    const again = await amlguide(['render', '--example', name, '--out', out]);
    expect(again.stdout.match(/ {2}same$/gm)).toHaveLength(Object.keys(files).length);
    const other = join(room, `from-${name}`);
    expect(await amlguide(['render', '--answers', join(out, 'answers.yaml'), '--out', other])).toMatchObject({ code: 0 });
    expect(filesOf(out)).toEqual(files);
    expect(filesOf(other)).toEqual(files);
  });

  test('keeps what it did not write, and writes nothing beside it', async () => {
    const out = join(room, 'foreign');
    mkdirSync(out);
    writeFileSync(join(out, 'run.sh'), '#!/bin/sh\necho mine, not of amlguide\n');
    const before = filesOf(out);
    expectRefusal(await amlguide(['render', '--example', 'compute-cluster', '--out', out]), /foreign\/run\.sh: .*did not write/, /--force/);
    expect(filesOf(out)).toEqual(before);
    expect(await amlguide(['render', '--example', 'compute-cluster', '--out', out, '--force'])).toMatchObject({ code: 0 });
    expect(filesOf(out)['run.sh']).toContain('Written by amlguide');
  });

  test('keeps a YAML file and a program of somebody else', async () => {
    for (const name of ['cluster-contosoprod-cluster.yml', 'create-cluster-contosoprod-cluster.py']) {
      const out = join(room, `foreign-${name}`);
      mkdirSync(out);
      writeFileSync(join(out, name), '# mine\n');
      expectRefusal(await amlguide(['render', '--example', 'compute-cluster', '--out', out]), /did not write/);
      expect(filesOf(out)).toEqual({ [name]: '# mine\n' });
    }
  });

  test('writes over its own files of every kind when an answer changes', async () => {
    const out = join(room, 'changed');
    await amlguide(['render', '--example', 'compute-cluster', '--out', out]);
    const ran = await amlguide(['render', '--example', 'compute-cluster', '--out', out, '--set', 'clusters[0].max_nodes=3']);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toMatch(/create-cluster-contosoprod-cluster\.py {2}changed/);
    expect(filesOf(out)['answers.yaml']).toContain('max_nodes: 3');
    expect(filesOf(out)['answers.yaml']).toContain('name: contosoprod-cluster');
  });

  test('cannot write into a file, over a folder or where nobody may', async () => {
    planted('in-the-way', '');
    mkdirSync(join(room, 'odd/guide.md'), { recursive: true });
    const render = (out: string) => amlguide(['render', '--example', 'compute-cluster', '--out', out]);
    expectRefusal(await render('in-the-way'), /in-the-way.*is a file, not a folder[\s\S]*--out/);
    expectRefusal(await render('in-the-way/below'), /is a file, not a folder/);
    expectRefusal(await render('odd'), /odd\/guide\.md: This is a folder/);
    expect(filesOf(join(room, 'odd'))).toEqual({});
  });

  test('of programs alone is written over, and a program of somebody else beside them is kept', async () => {
    const render = (...more: string[]) =>
      amlguide(['render', '--example', 'compute-cluster', '--format', 'python,yml', '--out', 'programs', ...more]);
    await render();
    expect(await render('--set', 'clusters[0].max_nodes=3')).toMatchObject({ code: 0, stdout: expect.stringContaining('.yml  changed') });
    const program = planted('programs/create-cluster-contosoprod-cluster.py', 'print("mine")\n');
    expectRefusal(await render(), /create-cluster-contosoprod-cluster\.py: .*did not write/);
    expect(readFileSync(program, 'utf8')).toBe('print("mine")\n');
  });

  test('says first where it writes when nobody told it', async () => {
    const [said, told] = await inPairs([[], ['--out', 'told-where']], (more) =>
      amlguide(['render', '--example', 'existing-subnet', '--format', 'bash', ...more]),
    );
    expect(said?.stderr).toMatch(/^Writing into contoso-lab; --out /);
    expect(told?.stderr).not.toContain('Writing into');
  });

  test.runIf(process.platform === 'linux')('into a file system that takes no folders ends at once', async () => {
    expectRefusal(
      await amlguide(['render', '--example', 'compute-cluster', '--out', '/proc/x/y']),
      /No folder can be made here[\s\S]*--out/,
    );
  });

  test('of a session takes --set before its answers, and what follows from it', async () => {
    await amlguide(['setup', '--plain', '--session', 'set-over'], { input: '\n\nleave\n' });
    const settings = { ...needed, targets: 'compute-instance' };
    const words = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    const ran = await amlguide(['render', '--session', 'set-over', ...words, '--defaults', '--out', 'set-over']);
    expect(ran).toMatchObject({ code: 0 });
    expect(filesOf(join(room, 'set-over'))['answers.yaml']).toMatch(/targets:\n {4}- compute-instance\n/);
    expect(ran.stdout).not.toContain('cluster');
  });

  test('takes --set in place of a key that the file spells in another way', async () => {
    const nested = planted('nested.yaml', 'workspace: {name: mlw-nested, group: rg-nested}\nsubnet: {prefix: 10.1.0.0/24}\n');
    const words = Object.entries({ ...needed, 'workspace.name': 'mlw-set' }).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    const ran = await amlguide([
      'render',
      '--answers',
      nested,
      ...words,
      '--set',
      'subnet.prefix=10.64.0.0/26',
      '--defaults',
      '--out',
      'nested',
    ]);
    expect(ran).toMatchObject({ code: 0 });
    expect(filesOf(join(room, 'nested'))['answers.yaml']).toMatch(/10\.64\.0\.0\/26/);
    expect(filesOf(join(room, 'nested'))['answers.yaml']).toMatch(/mlw-set/);
  });

  test('names wrong and missing answers together, also with --defaults', async () => {
    const path = planted('both.yaml', 'region: atlantis\nnodes.most: many\nregoin: x\n');
    const runs = await inPairs([[], ['--defaults']], (more) => amlguide(['render', '--answers', path, ...more]));
    for (const ran of runs) {
      expectRefusal(ran, /both\.yaml:1:1: region: /, /both\.yaml:2:1: nodes\.most: /, /both\.yaml:3:1: regoin is not a question/);
      expect(ran.stderr).toMatch(/^\d+ answers are missing/m);
      expect(ran.stderr).toMatch(/^ {2}subscription: /m);
    }
    expect(runs[0]?.stderr).toMatch(/^ {2}vnet\.origin: /m);
    expect(runs[1]?.stderr).not.toMatch(/^ {2}vnet\.origin: /m);
    const broken = planted(
      'broken-rule.yaml',
      'network.model: own\nworkspace.origin: new\nvnet.prefixes: [10.1.0.0/16]\nvnet.origin: new\non_premises.ranges: [10.0.0.0/8]\n',
    );
    expectRefusal(await amlguide(['render', '--answers', broken]), /broken-rule\.yaml:3:1: vnet\.prefixes: /, /answers are missing/);
  });

  test('takes --set, --defaults, standard input and JSON', async () => {
    const set = await amlguide(['render', '--example', 'compute-cluster', '--set', 'region=westeurope', '--out', 'set']);
    expect(set).toMatchObject({ code: 0 });
    expect(filesOf(join(room, 'set'))['answers.yaml']).toContain('region: westeurope');
    const own = {
      subscription: '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7',
      name: 'quick',
      'workspace.origin': 'existing',
      region: 'westeurope',
      workspace: { name: 'mlw-quick', group: 'rg-quick' },
      'storage.name': 'stquick',
      'endpoints.origin': 'existing',
    };
    const piped = await amlguide(['render', '--answers', '-', '--defaults'], { input: JSON.stringify(own) });
    expect(piped).toMatchObject({ code: 0 });
    expect(piped.stdout).toMatch(/^quick\/run\.sh {2}new$/m);
  });

  test('names every missing answer at once, with the lines that mend it', async () => {
    const path = planted('incomplete.yaml', 'name: half-done\n');
    const ran = await amlguide(['render', '--answers', path]);
    expectRefusal(ran, /^\d+ answers are missing/, /dns\.zones: .*\n.*choice \(here, hub, policy, hand\), proposed: /);
    expect(ran.stderr).toMatch(/nodes\.most: \d+\n.*number, proposed: /);
    expect(ran.stderr).not.toContain('${');
    const lines = ran.stderr.split('\n').filter((line) => /^ {2}[a-z]/.test(line));
    expect(lines.length).toBe(Number(/^\d+/.exec(ran.stderr)?.[0]));
    planted('incomplete.yaml', `name: half-done\n${lines.map((line) => line.trim()).join('\n')}\n`);
    expect(await amlguide(['render', '--answers', path, '--out', 'completed'])).toMatchObject({ code: 0 });
    const settings = lines.flatMap((line) => [
      '--set',
      line
        .trim()
        .replace(/: /, '=')
        .replace(/="(.*)"$/, '=$1'),
    ]);
    const bySet = await amlguide(['render', '--set', 'name=half-done', ...settings, '--out', 'completed-by-set']);
    expect(bySet).toMatchObject({ code: 0 });
    expect(filesOf(join(room, 'completed-by-set'))).toEqual(filesOf(join(room, 'completed')));
  });
});
