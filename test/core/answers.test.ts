import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Accepted, accept, offeredOf, shown } from '../../src/core/answers.ts';
import type { Json } from '../../src/core/json.ts';
import { situationOf } from '../../src/core/walk.ts';
import { contractCatalog } from '../ui/contract-catalog.ts';

const answers: Record<string, Json> = {
  project: 'contoso-ml',
  region: 'koreacentral',
  targets: ['compute-cluster', 'compute-instance'],
  'vnet.origin': 'new',
  'vnet.name': 'vnet-a',
  'vnet.group': 'rg-a',
  'vnet.prefixes': ['10.1.0.0/16'],
  'vnet.avoid': [],
  'subnet.prefix': '10.1.0.0/27',
  public_ip: true,
  'clusters.0.name': 'cpu',
  'clusters.0.size': 'small',
  'clusters.0.nodes': 2,
  'clusters.0.spot': false,
  'clusters.0.more': false,
  'instance.owner': 'kim',
  'instance.idle': null,
  tags: {},
  hosts: [],
  remark: null,
};

function taken(key: string, raw: Json, others: Record<string, Json> = {}): Accepted {
  const situation = situationOf(contractCatalog, { ...answers, ...others });
  const asked = situation.asked.find((one) => one.key === key);
  if (!asked) throw new Error(`${key} is not asked`);
  return accept(situation, asked, raw);
}
const value = (key: string, raw: Json, others: Record<string, Json> = {}) => {
  const accepted = taken(key, raw, others);
  return 'value' in accepted ? accepted.value : accepted;
};
const problem = (key: string, raw: Json) => {
  const accepted = taken(key, raw);
  return 'problem' in accepted ? accepted.problem : undefined;
};

const required = [
  'project',
  'region',
  'targets',
  'vnet.origin',
  'vnet.name',
  'vnet.prefixes',
  'subnet.prefix',
  'public_ip',
  'clusters.0.nodes',
];
const optional: Readonly<Record<string, Json>> = { 'vnet.avoid': [], 'instance.idle': null, tags: {}, hosts: [], remark: null };
const every = [...required, ...Object.keys(optional), 'instance.owner'];

describe('nothing', () => {
  test.each(required)('%s needs an answer', (key) => {
    for (const nothing of [null, '', '  ', '\n', []]) expect(problem(key, nothing), JSON.stringify(nothing)).toBe('An answer is needed.');
  });

  test.each(['targets', 'vnet.prefixes'])('commas alone are no entries of %s', (key) =>
    expect(problem(key, ' , ,')).toBe('An answer is needed.'),
  );

  test.each(Object.entries(optional))('%s may be left empty', (key, empty) => {
    for (const nothing of [null, '', '  ', []]) expect(value(key, nothing), JSON.stringify(nothing)).toEqual(empty);
  });

  test('an empty map of tags is no tags', () => expect(value('tags', {})).toEqual({}));
});

describe('each kind', () => {
  test.each([
    ['public_ip', 'Yes', true],
    ['public_ip', ' n ', false],
    ['public_ip', true, true],
    ['public_ip', 'FALSE', false],
    ['clusters.0.nodes', '7', 7],
    ['clusters.0.nodes', 7, 7],
    ['clusters.0.nodes', ' 007 ', 7],
    ['region', 'koreasouth', 'koreasouth'],
    ['region', ' koreasouth ', 'koreasouth'],
    ['targets', 'compute-cluster, compute-instance', ['compute-cluster', 'compute-instance']],
    ['targets', ['compute-cluster', 'compute-cluster'], ['compute-cluster']],
    ['subnet.prefix', ' 10.1.0.0/27 ', '10.1.0.0/27'],
    ['vnet.prefixes', '10.1.0.0/16,10.2.0.0/16,', ['10.1.0.0/16', '10.2.0.0/16']],
    ['hosts', 'pypi.org, conda.io, pypi.org', ['pypi.org', 'conda.io']],
    ['hosts', [1, true], ['1', 'true']],
    ['tags', 'a=b, c = d=e', { a: 'b', c: 'd=e' }],
    ['tags', { a: 1, b: true }, { a: '1', b: 'true' }],
    ['tags', ['a=', 'b=c'], { a: '', b: 'c' }],
    ['remark', ' x ', 'x'],
    ['remark', 12, '12'],
    ['vnet.name', 'vnet-a', 'vnet-a'],
  ] as const)('%s takes %j as %j', (key, raw, wanted) => expect(value(key, raw as Json)).toEqual(wanted));

  test.each([
    ['public_ip', 'maybe'],
    ['public_ip', 1],
    ['public_ip', {}],
    ['clusters.0.nodes', 'many'],
    ['clusters.0.nodes', 1.5],
    ['clusters.0.nodes', '1e2'],
    ['clusters.0.nodes', 0],
    ['clusters.0.nodes', 101],
    ['clusters.0.nodes', true],
    ['clusters.0.nodes', [1]],
    ['region', 'atlantis'],
    ['region', 3],
    ['region', { a: 1 }],
    ['targets', 'compute-cluster, compute-car'],
    ['targets', 7],
    ['targets', { a: 1 }],
    ['subnet.prefix', '10.1.0.0'],
    ['subnet.prefix', '10.1.0.1/24'],
    ['subnet.prefix', 10],
    ['subnet.prefix', ['10.1.0.0/24']],
    ['subnet.prefix', {}],
    ['vnet.prefixes', '10.1.0.0/16, x'],
    ['vnet.prefixes', [1]],
    ['vnet.prefixes', { a: 1 }],
    ['tags', 'novalue'],
    ['tags', '=x'],
    ['tags', 'a=@file'],
    ['tags', { 'a<b': 'c' }],
    ['tags', { a: { b: 1 } }],
    ['tags', 5],
    ['project', ['a']],
    ['project', { a: 1 }],
    ['project', 'Upper'],
    ['hosts', [['a']]],
    ['hosts', [null]],
    ['vnet.name', '/subscriptions/x'],
    ['vnet.name', 'a b'],
  ] as const)('%s refuses %j in a sentence', (key, raw) => expect(problem(key, raw as Json)).toMatch(/[.?]$/));

  test.each(['-0', -0])('%j is plain zero', (raw) => expect(Object.is(value('instance.idle', raw, {}), -0)).toBe(false));

  test('a tag may be called __proto__', () => expect(Object.entries(value('tags', '__proto__=x') as object)).toEqual([['__proto__', 'x']]));

  test('a choice that is refused now says why', () => {
    expect(taken('vnet.origin', 'existing', { region: 'koreasouth' })).toEqual({ problem: 'Korea South has no networks yet.' });
    const situation = situationOf(contractCatalog, { ...answers, region: 'koreasouth' });
    expect(offeredOf(situation, situation.asked.find(({ key }) => key === 'vnet.origin')!)).toEqual([
      { value: 'new', label: 'a new network', hint: 'in koreasouth', facts: [] },
      { value: 'existing', label: 'one that exists', hint: '', refused: 'Korea South has no networks yet.', facts: ['subnet-inside-vnet'] },
    ]);
  });
});

describe('what az would interpret', () => {
  test.each(['@file', 'a=@file', '-x', '--help', '??', 'null', '[1,2]', '{a:1}', "'x", 'k=null', 'k=[1]'])(
    '%s is refused as text',
    (raw) => {
      expect(problem('remark', raw)).toMatch(/az .*\.$/);
      expect(problem('instance.owner', raw)).toMatch(/az /);
      expect(problem('hosts', [raw])).toMatch(/az /);
    },
  );
});

describe('hostile values', () => {
  test.each(['a\nb', 'a\u0000b', 'a\u001B[31mb'])('%j is refused on one line, and the message shows no control character', (raw) => {
    for (const key of every) expect(problem(key, raw) ?? '').not.toMatch(/[\p{Cc}]/u);
    expect(problem('remark', raw)).toContain('one line');
  });

  test.each(['$(rm -rf /)', '"; drop', '😀', 'Ünï çødé', '`x`', '%PATH%', '\u2018x\u2019'])('%j stays as it is in free text', (raw) =>
    expect(value('remark', raw)).toBe(raw),
  );

  test.each(every)('10,000 characters at %s give a short message', (key) => {
    for (const raw of ['x'.repeat(10_000), '😀'.repeat(10_000), `${'1'.repeat(10_000)}`, `a=${'x'.repeat(10_000)}`]) {
      const said = problem(key, raw);
      expect(said).toEqual(expect.any(String));
      expect(said?.length).toBeLessThan(300);
    }
  });

  test('a limit counts characters, not bytes', () => {
    expect(value('remark', '😀'.repeat(200))).toBe('😀'.repeat(200));
    expect(problem('remark', '😀'.repeat(201))).toContain('200');
  });

  test('shown is short, in quotes and without control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([...shown(text)].length).toBeLessThanOrEqual(60 + 2);
        expect(shown(text)).toMatch(/^«[^\p{C}]*»$/u);
      }),
    );
  });
});

describe('laws', () => {
  const anyKey = fc.constantFrom(...every);
  const anyRaw = fc.oneof(
    fc.jsonValue() as fc.Arbitrary<Json>,
    fc.string({ unit: 'binary' }),
    fc.constantFrom('yes', '10.1.0.0/27', 'a=b', '7', 'koreacentral', 'compute-cluster'),
  );

  test('any value is accepted or refused in words, never thrown', () => {
    fc.assert(
      fc.property(anyKey, anyRaw, (key, raw) => {
        const accepted = taken(key, raw);
        if ('problem' in accepted) expect(accepted.problem).not.toBe('');
      }),
    );
  });

  test.each(every)('%s refuses an object whose toString is no function', (key) => {
    for (const raw of [{ toString: '' }, [{ toString: '' }], { a: { toString: '' } }] as Json[])
      expect(() => taken(key, raw)).not.toThrow();
  });

  test('an accepted value is accepted again, as the same', () => {
    fc.assert(
      fc.property(anyKey, anyRaw, (key, raw) => {
        const accepted = taken(key, raw);
        if ('value' in accepted) expect(taken(key, accepted.value)).toEqual(accepted);
      }),
    );
  });

  test('a value survives a file: JSON and back', () => {
    fc.assert(
      fc.property(anyKey, anyRaw, (key, raw) => {
        const accepted = taken(key, raw);
        if ('value' in accepted) expect(JSON.parse(JSON.stringify(accepted.value))).toStrictEqual(accepted.value);
      }),
    );
  });
});
