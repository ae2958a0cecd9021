import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endAll, mountTmpfs } from '../io/fixtures/children.ts';
import { amlguide, expectRefusal, filesOf, inPairs, planted, room } from './run.ts';

const complete = new Map<string, string>();

beforeAll(async () => {
  for (const name of ['compute-cluster', 'no-public-ip', 'compute-instance']) {
    await amlguide(['render', '--example', name, '--format', 'answers', '--out', `good-${name}`]);
    complete.set(name, readFileSync(join(room, `good-${name}`, 'answers.yaml'), 'utf8'));
  }
});

afterAll(endAll);

/** The answers of the cluster example with one line written otherwise; the place of that line. */
function withLine(key: string, line: string): { file: string; at: string } {
  const lines = (complete.get('compute-cluster') ?? '').split('\n');
  const index = lines.findIndex((one) => one.trim().replace(/^- /, '').startsWith(`${key}:`));
  const first = lines[index] ?? '';
  const indent = /^\s*(- )?/.exec(first)?.[0] ?? '';
  const end = lines.findIndex((one, at) => at > index && /^ {2}\S/.test(one));
  lines.splice(index, /:$/.test(first) ? (end < 0 ? lines.length : end) - index : 1, indent + line);
  return { file: planted(`bad/${key}.yaml`, lines.join('\n')), at: `${key}.yaml:${index + 1}:${indent.length + 1}` };
}

describe('an answer', () => {
  test.each([
    ['region', 'regoin: koreacentral', 'regoin', /Did you mean region\?/],
    ['region', 'region: atlantis', 'region', /«atlantis» is not offered/],
    ['region', 'region: koreacentrl', 'region', /Did you mean koreacentral\?/],
    ['size', 'sise: Standard_D4ds_v4', 'clusters.0.sise', /Did you mean clusters\.0\.size\?/],
    ['nodes.most', 'nodes.most: many', 'nodes.most', /whole number/],
    ['nodes.most', 'nodes.most: -1', 'nodes.most', /from 1 to/],
    ['nodes.most', 'nodes.most: 1.5', 'nodes.most', /whole number/],
    ['nodes.public_ip', 'nodes.public_ip: perhaps', 'nodes.public_ip', /yes or no/],
    ['name', 'name: {a: b}', 'name', /is not a text/],
    ['name', 'name: [a, b]', 'name', /is not a text/],
    ['name', 'name:', 'name', /An answer is needed/],
    ['clusters', 'clusters: 5', 'clusters.0', /map of fields/],
    ['clusters', 'clusters: []', 'clusters', /1 to \d+ rows/],
    ['vnet.prefixes', 'vnet.prefixes: [10.64.0.0/33]', 'vnet.prefixes', /length is at most 32/],
    ['vnet.prefixes', 'vnet.prefixes: [10.64.0.1/20]', 'vnet.prefixes', /10\.64\.0\.0\/20/],
    ['vnet.prefixes', 'vnet.prefixes: [10.0.0.0/16]', 'vnet.prefixes', /overlaps a block that is used elsewhere \(10\.0\.0\.0\/12\)/],
    ['subnet.prefix', 'subnet.prefix: 10.200.0.0/24', 'subnet.prefix', /choose a block in 10\.64\.0\.0\/20/],
    ['subnet.prefix', 'subnet.prefix: 10.64.0.0/29', 'subnet.prefix', /has 3 addresses for nodes.*Take a \/28 or larger/],
    ['storage.name', 'storage.name: Has_Capitals', 'storage.name', /3 to 24 lower-case letters and digits/],
    ['workspace.group', 'workspace.group: ends.', 'workspace.group', /no full stop at the end/],
    ['subscription', 'subscription: contoso', 'subscription', /GUID/],
  ])('%s written as %s is refused where it stands', async (key, line, named, says) => {
    const { file, at } = withLine(key, line);
    const ran = await amlguide(['render', '--answers', file, '--out', 'refused']);
    expectRefusal(ran, says, at, named);
    expect(existsSync(join(room, 'refused'))).toBe(false);
  });

  test('of a subnet that exists may not overlap what is taken', async () => {
    const names = ['names.vnet=vnet-x', 'names.subnet=snet-x', 'names.nsg=nsg-x'];
    const settings = ['vnet.origin=existing', 'subnet.origin=new', ...names, 'vnet.taken=10.64.0.0/24', 'subnet.prefix=10.64.0.0/27'];
    const ran = await amlguide(['render', '--example', 'compute-cluster', ...settings.flatMap((one) => ['--set', one])]);
    expectRefusal(ran, /--set: subnet\.prefix: Another subnet has addresses of this block.*10\.64\.0\.0\/24/);
  });

  test('that is wrong is named beside the others', async () => {
    const settings = ['region=atlantis', 'nodes.most=many', 'storage.name=NO'];
    const ran = await amlguide(['render', '--example', 'compute-cluster', ...settings.flatMap((one) => ['--set', one])]);
    expectRefusal(ran, /--set: region: /, /--set: nodes\.most: /, /--set: storage\.name: /);
  });
});

describe('every text that is asked for', () => {
  const hostile = {
    quotes: `a'b"c\`d`,
    substitution: '$(touch PWNED)',
    variable: '${IFS}x; touch PWNED #',
    newline: 'a\ntouch PWNED',
    emoji: '🦊🦊🦊',
    long: 'a'.repeat(10_000),
    option: '--yes',
    file: '@/etc/passwd',
    controls: 'a\u0000\u001B[31mb',
    turned: 'a\u202Eb',
  } as const;
  const needed: Readonly<Record<string, readonly string[]>> = {
    'nat.resource_group': ['way_out.kind=nat_existing', 'names.nat=nat-x'],
    'route_table.name': ['way_out.kind=firewall'],
    'route_table.group': ['way_out.kind=firewall', 'route_table.name=rt-x'],
    'nsg.resource_group': ['nsg.origin=existing', 'names.nsg=nsg-x'],
    'on_premises.ranges': ['vnet.origin=new'],
    'vnet.taken': ['vnet.origin=existing', 'subnet.origin=new'],
    'instances[].user_object_id': ['instances[0].for_other=true'],
    'instances[].tenant_id': ['instances[0].for_other=true'],
    'instances[].ssh_key': ['instances[0].ssh=true', 'instances[0].ssh_from=203.0.113.16/32'],
    'instances[].ssh_from': ['instances[0].ssh=true', 'instances[0].ssh_key=~/.ssh/id_rsa.pub'],
    'instances[].setup_arguments': ['instances[0].setup_script=Users/anna/setup.sh'],
  };

  test('is refused, or reaches the script as text only', { timeout: 400_000 }, async () => {
    const { stdout } = await amlguide(['questions', '--output', 'json']);
    const questions: { key: string; kind: string }[] = JSON.parse(stdout);
    const textLike = questions.filter(({ kind }) => ['text', 'resource', 'cidr', 'cidrs', 'texts', 'tags'].includes(kind));
    expect(textLike.length).toBeGreaterThan(20);
    const all = textLike.flatMap(({ key }) => Object.entries(hostile).map(([kind, value]) => ({ key, kind, value })));
    // A program for each takes minutes: npm run acceptance takes all, CI every seventh, with every question and every kind among them.
    const cases = process.env.MODE === 'acceptance' ? all : all.filter((_, index) => index % 7 === 0);
    expect(new Set(cases.map(({ key }) => key)).size).toBe(textLike.length);
    expect(new Set(cases.map(({ kind }) => kind)).size).toBe(Object.keys(hostile).length);
    const told = new Map<string, string[]>();
    await inPairs(batches(cases, 40), async (batch) => {
      for (const [name, verdict] of await judged(batch)) told.set(verdict, [...(told.get(verdict) ?? []), name]);
    });
    expect(told.get('bad') ?? []).toEqual([]);
    expect((told.get('refused') ?? []).length + (told.get('rendered') ?? []).length).toBe(cases.length);
    expect(existsSync(join(room, 'PWNED'))).toBe(false);
  });

  function batches<T>(all: readonly T[], size: number): T[][] {
    return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
  }

  type Case = { readonly key: string; readonly kind: string; readonly value: string };

  async function judged(batch: readonly Case[]): Promise<[string, string][]> {
    const verdicts: [string, string][] = [];
    for (const one of batch) verdicts.push([`${one.key} ${one.kind}`, await verdictOn(one)]);
    return verdicts;
  }

  async function verdictOn({ key, kind, value }: Case): Promise<string> {
    const example = key.startsWith('instances') ? 'compute-instance' : 'no-public-ip';
    const settings = { ...Object.fromEntries((needed[key] ?? []).map((one) => one.split('='))), [key.replace('[]', '[0]')]: value };
    const lines = Object.entries(settings).map(([name, given]) => `  ${name}: ${JSON.stringify(given)}`);
    const plainKeys = new Set(Object.keys(settings));
    const kept = withoutKeys(complete.get(example) ?? '', plainKeys);
    const file = planted(`hostile/${key}-${kind}.yaml`, `${kept.trimEnd()}\n${lines.join('\n')}\n`);
    const out = join(room, `hostile-${key}-${kind}`);
    const ran = await amlguide(['render', '--answers', file, '--out', out]);
    if (unfitFor(ran.stderr)) return 'bad';
    const named = new RegExp(`\\.yaml:\\d+:\\d+: ${key.replace('[]', '.0')}[:. ]`);
    if (ran.code === 2) return ran.stdout === '' && named.test(ran.stderr) ? 'refused' : 'bad';
    return ran.code === 0 && harmlessScript(join(out, 'run.sh')) ? 'rendered' : 'bad';
  }

  /** Whether a message is not fit for people: a stack, a value that steers the terminal, or a flood. */
  function unfitFor(message: string): boolean {
    return ['\u001B', '\u202E', 'bug of amlguide', '\n    at '].some((one) => message.includes(one)) || message.length > 4000;
  }

  function withoutKeys(yaml: string, keys: ReadonlySet<string>): string {
    let dropping = false;
    return yaml
      .split('\n')
      .filter((line) => {
        const top = /^ {2}([a-z][\w.]*):/.exec(line)?.[1];
        if (top !== undefined) dropping = keys.has(top);
        return !dropping;
      })
      .join('\n');
  }

  /** Whether bash takes the script and would run none of the value. */
  function harmlessScript(path: string): boolean {
    execFileSync('bash', ['-n', path]);
    return !/^[^#'"]*touch PWNED/m.test(readFileSync(path, 'utf8'));
  }
});

describe('an answers file', () => {
  test.each([
    [
      'of newer checklists',
      'newer.yaml',
      'catalog: "2099.01"\nanswers:\n  name: a1\n',
      /written for checklists 2099\.01[\s\S]*Update amlguide/,
    ],
    ['of a newer format', 'format.yaml', 'amlguide: 9\nanswers: {}\n', /format\.yaml:1:1: .*format 9[\s\S]*Update amlguide/],
    ['that is no YAML', 'broken.yaml', 'name: "open\nregion: [\n', /broken\.yaml:\d+:\d+: Not valid YAML/],
    ['with tabs', 'tabs.yaml', 'answers:\n\tname: a\n', /tabs\.yaml:2:1: Not valid YAML/],
    ['with a key twice', 'twice.yaml', 'name: a1\nname: b1\n', /twice\.yaml:2:1: "name" is there twice; first at .*:1:1/],
    ['that is a list', 'list.yaml', '- a\n- b\n', /list\.yaml:1:1: .*keys with values/],
    ['that is binary', 'binary.yaml', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), /binary\.yaml: This is a binary file/],
    ['that is Latin-1', 'latin.yaml', Buffer.from('name: caf\xe9', 'latin1'), /latin\.yaml: .*not UTF-8/],
    ['of two MiB', 'large.yaml', `# ${'x'.repeat(2 * 1024 * 1024)}\n`, /large\.yaml: .*larger than 1 MiB/],
    ['that unfolds', 'bomb.yaml', bomb(), /bomb\.yaml:\d+:\d+: .*unfolds/],
    [
      'that reaches for prototypes',
      'proto.yaml',
      '__proto__: {name: x}\nconstructor: y\n',
      /__proto__ is not a question[\s\S]*constructor/,
    ],
  ])('%s is refused', async (_what, name, content, says) => {
    expectRefusal(await amlguide(['render', '--answers', planted(name, content), '--defaults']), says);
  });

  test('that is not there or is a folder is refused', async () => {
    mkdirSync(join(room, 'a-folder'), { recursive: true });
    expectRefusal(await amlguide(['render', '--answers', 'nowhere.yaml']), /nowhere\.yaml: There is no such file/);
    expectRefusal(await amlguide(['render', '--answers', 'a-folder']), /a-folder: This is a folder[\s\S]*a-folder\/answers\.yaml/);
    expectRefusal(await amlguide(['render', '--answers', '-'], { input: '\u0000' }), /stdin: This is a binary file/);
  });

  function bomb(): string {
    const levels = Array.from({ length: 9 }, (_, at) => `l${at + 1}: &l${at + 1} [${`*l${at}, `.repeat(9)}]`);
    return `l0: &l0 [a]\n${levels.join('\n')}\n`;
  }
});

describe('the state folder', () => {
  /** A state folder with one sound session, which a conversation from a pipe left behind. */
  async function withSession(name: string): Promise<string> {
    const state = join(room, name);
    const ran = await amlguide(['setup', '--plain', '--session', 'contoso'], { input: '\n\nleave\n', env: { AMLGUIDE_STATE_DIR: state } });
    expect(ran.code).toBe(130);
    expect(ran.stderr).toContain('amlguide resume contoso');
    return state;
  }

  test.each([
    ['damaged', '{"format": 1, "name"', /damaged\.json: The session damaged cannot be used: it is not JSON[\s\S]*kept as it is/],
    ['empty', '', /it is empty/],
    ['strange', '{"format":1}', /does not have the shape of a session/],
    ['newer', '{"format":99,"program":"9.9.9"}', /newer amlguide \(version 9\.9\.9[\s\S]*Update amlguide/],
  ])('with a session that is %s: it is refused and kept, and the others go on', async (name, text, says) => {
    const state = await withSession(`state-${name}`);
    const file = join(state, 'sessions', `${name}.json`);
    writeFileSync(file, text);
    const env = { AMLGUIDE_STATE_DIR: state };
    expectRefusal(await amlguide(['render', '--session', name], { env }), says);
    expectRefusal(await amlguide(['sessions', 'export', name], { env }), says);
    expectRefusal(await amlguide(['sessions', 'rename', name, 'other'], { env }), says);
    const resumed = await amlguide(['resume', name, '--plain'], { env });
    expect({ code: resumed.code, bug: /bug of/.test(resumed.stderr) }).toEqual({ code: 2, bug: false });
    const { stdout, code } = await amlguide(['sessions'], { env });
    expect(code).toBe(0);
    expect(stdout).toMatch(/contoso .*2 of \d+ answered/);
    expect(stdout).toMatch(new RegExp(`${name} `));
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('that is a file, or lies in one, is refused', async () => {
    planted('state-file', 'mine');
    for (const folder of ['state-file', 'state-file/below']) {
      const env = { AMLGUIDE_STATE_DIR: join(room, folder) };
      const ran = await amlguide(['setup', '--plain'], { env, input: '\n' });
      expect(ran.stderr).toMatch(/state-file.*: .*a file is where a folder should be[\s\S]*AMLGUIDE_STATE_DIR/);
      expect({ code: ran.code, bug: /bug of/.test(ran.stderr) }).toEqual({ code: 2, bug: false });
    }
    expect(readFileSync(join(room, 'state-file'), 'utf8')).toBe('mine');
  });

  test('that is read-only is refused, and nothing in it is lost', async () => {
    const disk = join(room, 'read-only');
    mkdirSync(disk);
    if (!mountTmpfs(disk, 'size=1m')) chmodSync(disk, 0o700);
    const state = await withSession('read-only');
    const saved = readFileSync(join(state, 'sessions/contoso.json'), 'utf8');
    if (process.getuid?.() === 0) execFileSync('mount', ['-o', 'remount,ro', disk]);
    else for (const folder of readdirSync(disk, { recursive: true, withFileTypes: true })) if (folder.isDirectory()) chmodSync(disk, 0o500);
    const ran = await amlguide(['resume', 'contoso', '--plain'], { env: { AMLGUIDE_STATE_DIR: state }, input: '\n' });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/the disk is read-only|access is denied/);
    expect(ran.stderr).not.toMatch(/bug of/);
    expect(readFileSync(join(state, 'sessions/contoso.json'), 'utf8')).toBe(saved);
    const listed = await amlguide(['sessions'], { env: { AMLGUIDE_STATE_DIR: state } });
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringContaining('contoso') });
  });
});

describe('a full disk', () => {
  test('keeps what was saved and what was written, and says so', async (context) => {
    const disk = join(room, 'full');
    mkdirSync(disk);
    if (!mountTmpfs(disk, 'size=256k')) return context.skip('only root may mount the small disk that this test fills');
    const state = join(disk, 'state');
    const env = { AMLGUIDE_STATE_DIR: state };
    await amlguide(['setup', '--plain', '--session', 'contoso'], { input: '\n\nleave\n', env });
    const saved = readFileSync(join(state, 'sessions/contoso.json'), 'utf8');
    const old = await amlguide(['render', '--example', 'compute-cluster', '--format', 'bash', '--out', join(disk, 'out')]);
    expect(old.code).toBe(0);
    const written = filesOf(join(disk, 'out'));
    try {
      writeFileSync(join(disk, 'filler'), Buffer.alloc(1024 * 1024));
    } catch {
      // It is full now.
    }
    const resumed = await amlguide(['resume', 'contoso', '--plain'], { input: '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7\n', env });
    expect(resumed.stderr).toMatch(/no space is left on the disk/);
    expect(resumed.code).toBe(2);
    expect(readFileSync(join(state, 'sessions/contoso.json'), 'utf8')).toBe(saved);
    const rendered = ['render', '--example', 'no-public-ip', '--force', '--out', join(disk, 'out')];
    expectRefusal(await amlguide(rendered), /The disk is full[\s\S]*--out/);
    expect(filesOf(join(disk, 'out'))).toMatchObject(written);
    expect(readdirSync(join(disk, 'out')).filter((name) => /\.\d+$/.test(name))).toEqual([]);
  });
});
