import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Complaint, UserError } from '../../src/core/errors.ts';
import { parseAnswers, parseSetting, readAnswersFile } from '../../src/io/answers-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'amlguide-answers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function complaintsOf(text: string): readonly Complaint[] {
  try {
    parseAnswers(text, 'a.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).complaints;
  }
  return [];
}

const lines = (text: string) => complaintsOf(text).map(({ where, what }) => `${where} ${what}`);

async function complaintOf(path: string, stdin?: Readable): Promise<Complaint> {
  const error = await readAnswersFile(path, stdin).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  const [complaint] = (error as UserError).complaints;
  expect(complaint?.hint).toBeTruthy();
  return complaint as Complaint;
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

const full = `amlguide: 1
catalog: "2026-11"
answers:
  subnet.prefix: 10.1.2.0/24
  clusters:
    - {name: cpu-cluster, max_nodes: 4}
    - name: gpu
      low_priority: true
  network: {vnet: {name: vnet-ml}}
  empty:
`;

describe('an answers file', () => {
  test('gives values, the version of the catalog and positions', async () => {
    const path = await file('full.yaml', full);
    const read = await readAnswersFile(path);
    expect(read.values).toEqual({
      'subnet.prefix': '10.1.2.0/24',
      clusters: [
        { name: 'cpu-cluster', max_nodes: 4 },
        { name: 'gpu', low_priority: true },
      ],
      network: { vnet: { name: 'vnet-ml' } },
      empty: null,
    });
    expect(read.catalog).toBe('2026-11');
    const at = (key: string) => read.positions(key).slice(path.length + 1);
    expect(
      ['subnet.prefix', 'clusters', 'clusters.0.max_nodes', 'clusters[1].name', 'clusters.1.unknown', 'network.vnet.name', 'nothing'].map(
        at,
      ),
    ).toEqual(['4:3', '5:3', '6:27', '7:7', '7:7', '9:20', '3:1']);
  });

  test('can leave out the level of the answers', () => {
    const read = parseAnswers('catalog: 2026-11\nsubnet.prefix: 10.1.2.0/24\n', 'a.yaml');
    expect(read).toMatchObject({ catalog: '2026-11', values: { 'subnet.prefix': '10.1.2.0/24' } });
    expect(read.positions('subnet.prefix')).toBe('a.yaml:2:1');
    expect(parseAnswers('a: 1', 'a.yaml').catalog).toBeUndefined();
  });

  test.each(['', '# only a comment\n', 'answers:\n', '---\n', 'null'])('may hold nothing: %j', (text) => {
    expect(parseAnswers(text, 'a.yaml').values).toEqual({});
  });

  test('knows the place of a row that is written as one key', () => {
    const { positions } = parseAnswers('answers:\n  name: x\n  clusters[0].name: "a b"\n', 'a.yaml');
    expect([positions('clusters[0].name'), positions('clusters.0.name')]).toEqual(['a.yaml:3:3', 'a.yaml:3:3']);
  });

  test('may be JSON, also with tabs, a byte order mark and CRLF', async () => {
    const path = await file('a.json', '\uFEFF{\r\n\t"amlguide": 1,\r\n\t"answers": {\r\n\t\t"a.b": [1, true, null, "x"]\r\n\t}\r\n}\r\n');
    const read = await readAnswersFile(path);
    expect(read.values).toEqual({ 'a.b': [1, true, null, 'x'] });
    expect(read.positions('a.b')).toBe(`${path}:4:3`);
  });

  test('keeps as text what a number would not give back', () => {
    const { values } = parseAnswers(
      'a: 0012\nb: 0x1F\nc: .nan\nd: 1e3\ne: 12345678901234567890\nf: yes\ng: 1.10\nh: "5"\ni: -3\nj: 1.5\nk: 2026-11-01\nl: +5\n1: x\n',
      'a.yaml',
    );
    expect(values).toEqual({
      a: '0012',
      b: '0x1F',
      c: '.nan',
      d: '1e3',
      e: '12345678901234567890',
      f: 'yes',
      g: '1.10',
      h: '5',
      i: -3,
      j: 1.5,
      k: '2026-11-01',
      l: '+5',
      1: 'x',
    });
  });

  test('may use anchors; keys such as __proto__ are keys', () => {
    expect(parseAnswers('a: &x {n: 1}\nb: [*x, *x]\n', 'a.yaml').values).toEqual({ a: { n: 1 }, b: [{ n: 1 }, { n: 1 }] });
    const { values } = parseAnswers('__proto__: {polluted: 1}\nconstructor: 2\n', 'a.yaml');
    expect(Object.keys(values)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('comes from the standard input too', async () => {
    expect((await readAnswersFile('-', Readable.from([Buffer.from('a: "\u00e9'), Buffer.from('"')]))).values).toEqual({ a: 'é' });
    expect((await complaintOf('-', Readable.from(['a: [']))).where).toBe('stdin:1:5');
    expect((await complaintOf('-')).what).toContain('cannot be read here');
  });

  test('comes from a pipe too', async () => {
    const pipe = join(folder, 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    spawn('sh', ['-c', `echo 'a: 1' > '${pipe}'`]);
    expect((await readAnswersFile(pipe)).values).toEqual({ a: 1 });
  });
});

describe('bad answers files are refused with place and hint', () => {
  test('not YAML', () => {
    expect(lines('a: 1\nb: [1, 2\nc: 3\n')[0]).toMatch(/^a\.yaml:3:1 Not valid YAML: /);
    expect(lines('a:\n\tb: 1\n')).toEqual(['a.yaml:2:1 Not valid YAML: Tabs are not allowed as indentation.']);
    expect(lines('a: 1\n---\nb: 2\n')[0]).toMatch(/^a\.yaml:2:1 /);
    expect(lines('a: !foo 1\nb: !!binary aGk=\n')).toHaveLength(2);
    expect(lines('{a: 1}: 2')[0]).toMatch(/^a\.yaml:1:1 /);
    for (const { hint } of complaintsOf('a: b: c')) expect(hint).toBeTruthy();
    expect(complaintsOf('a: !\u009b31m x')[0]?.what).not.toMatch(/\p{C}/u);
  });

  test('keys that are there twice, at every level, all at once', () => {
    expect(lines('a: 1\nb: {c: 1, c: 2}\na: 2\n')).toEqual([
      'a.yaml:2:11 "c" is there twice; first at a.yaml:2:5.',
      'a.yaml:3:1 "a" is there twice; first at a.yaml:1:1.',
    ]);
    expect(lines('{"a": 1, "a": 2}')).toEqual(['a.yaml:1:10 "a" is there twice; first at a.yaml:1:2.']);
  });

  test('other shapes', () => {
    expect(lines('- a\n')).toEqual(['a.yaml:1:1 An answers file holds keys with values.']);
    expect(lines('hello')).toEqual(['a.yaml:1:1 An answers file holds keys with values.']);
    expect(lines('answers: [1]')).toEqual(['a.yaml:1:1 Below answers: there must be keys with values.']);
    expect(lines('answers:\n  a: 1\nb: 2\n')).toEqual(['a.yaml:3:1 "b" stands beside answers:, not below it.']);
    expect(lines('amlguide: 2\na: 1')).toEqual(['a.yaml:1:1 This file has format 2; this amlguide reads format 1.']);
    expect(lines('amlguide: x\ncatalog: [1]')).toEqual([
      'a.yaml:1:1 amlguide: must be 1, the format of the file.',
      'a.yaml:2:1 The version of the catalog is a text.',
    ]);
    expect(lines(': 1')).toEqual(['a.yaml:1:1 A value without a key.']);
  });

  test('aliases that lead nowhere, into themselves, or unfold without end', () => {
    expect(lines('a: *x')[0]).toMatch(/^a\.yaml:1:4 \*x stands for nothing/);
    expect(lines('a: &x\n  b: *x')[0]).toMatch(/^a\.yaml:2:6 \*x stands for nothing/);
    const bomb = ['a0: &a0 [1]', ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`)}]`)].join('\n');
    expect(lines(bomb)[0]).toMatch(/^a\.yaml:\d:\d+ The file unfolds to more than 50000 values/);
    expect(lines(`a: &a [1]\nb: [${'*a,'.repeat(60_000)}]`)[0]).toContain('unfolds');
  });

  test('nesting without end', { timeout: 60_000 }, () => {
    for (const text of [
      '['.repeat(5000),
      `${'['.repeat(40)}${']'.repeat(40)}`,
      '{a: '.repeat(5000),
      '- '.repeat(20_000),
      '? '.repeat(20_000),
    ]) {
      expect(lines(text)[0]).toMatch(/^a\.yaml:1:\d+ (Lists and maps are nested deeper|Not valid YAML)/);
    }
  });

  test('files that are no text, too large, missing or folders', async () => {
    expect((await complaintOf(await file('zero', Buffer.from([0x61, 0, 1])))).what).toContain('binary');
    expect((await complaintOf(await file('latin', Buffer.from([0x61, 0x3a, 0x20, 0xe9])))).what).toContain('not UTF-8');
    expect((await complaintOf(await file('utf16', Buffer.from('\uFEFFa: 1', 'utf16le')))).what).toContain('UTF-16');
    expect((await complaintOf(await file('big', `a: "${'x'.repeat(1024 * 1024)}"`))).what).toContain('larger than 1 MiB');
    expect((await complaintOf('/dev/zero')).what).toContain('larger than 1 MiB');
    expect((await complaintOf(folder)).hint).toContain(`${folder}/answers.yaml`);
    expect(await complaintOf(join(folder, 'none.yaml'))).toMatchObject({
      what: 'There is no such file.',
      where: join(folder, 'none.yaml'),
    });
    expect((await complaintOf(join(folder, 'zero', 'below'))).what).toContain('a part of the path is a file');
    expect((await complaintOf('a\0b')).what).toContain('cannot be read');
  });
});

describe('--set', () => {
  test.each([
    ['a=b', 'b'],
    ['a=', ''],
    ['a=b=c', 'b=c'],
    ['a= spaced ', ' spaced '],
    ['a=true', true],
    ['a=false', false],
    ['a=42', 42],
    ['a=-1.5', -1.5],
    ['a=007', '007'],
    ['a=1.10', '1.10'],
    ['a=1e3', '1e3'],
    ['a=0x1F', '0x1F'],
    ['a=yes', 'yes'],
    ['a=null', 'null'],
    ['a=12345678901234567890', '12345678901234567890'],
    ['a="x"', '"x"'],
    ['a=[1, b, 007]', [1, 'b', '007']],
    ['a={name: cpu, max_nodes: 4}', { name: 'cpu', max_nodes: 4 }],
    ['a=[{"name":"x"}]', [{ name: 'x' }]],
    ['a=[prod] network', '[prod] network'],
    ['a=key: value', 'key: value'],
    ['a=*x', '*x'],
    ['a=$(rm -rf /)\n', '$(rm -rf /)\n'],
    ['subnet.prefix=10.1.2.0/24', '10.1.2.0/24'],
  ])('%j', (setting, value) => {
    expect(parseSetting(setting)).toEqual({ key: setting.slice(0, setting.indexOf('=')), value });
  });

  test.each(['a', '', '=b', ' =b', 'a b=c', '\u001b=c'])('%j is refused', (setting) => {
    expect(() => parseSetting(setting)).toThrow(/is not key=value/);
  });

  test('a broken list is refused with its place', () => {
    try {
      parseSetting('a=[1, {b: 2]');
      expect.unreachable();
    } catch (error) {
      expect((error as UserError).complaints[0]?.where).toMatch(/^--set a:1:\d+$/);
    }
  });
});
