import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accept, offeredOf } from '../../src/core/answers.ts';
import type { Catalog } from '../../src/core/catalog.ts';
import { defaultOf } from '../../src/core/defaults.ts';
import { advance, attempt, currentOf, type Move, settleDown } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import { problemsOf, refusals } from '../../src/core/rules.ts';
import { emptySession, type Session, valuesIn } from '../../src/core/session.ts';
import { sessionSchema } from '../../src/core/session-schema.ts';
import type { Situation } from '../../src/core/situation.ts';
import { viewOf } from '../../src/core/view.ts';
import { situationOf } from '../../src/core/walk.ts';
import { catalogOf, contractCatalog } from '../ui/contract-catalog.ts';

const at = (session: Session, catalog: Catalog = contractCatalog): Situation => situationOf(catalog, valuesIn(session));
const give = (session: Session, key: string, value: Json, catalog: Catalog = contractCatalog): Session =>
  advance(catalog, session, { type: 'answer', key, value });
const currentKey = (session: Session): string | undefined => currentOf(at(session), session)?.key;
const session = (answers: Readonly<Record<string, Json>>): Session =>
  Object.entries(answers).reduce((now, [key, value]) => give(now, key, value), emptySession);

const begun = { project: 'contoso-ml', region: 'koreacentral', targets: ['compute-cluster', 'compute-instance'] };
const network = {
  'vnet.origin': 'new',
  'vnet.name': 'vnet-contosoml',
  'vnet.group': 'rg-a',
  'vnet.prefixes': ['10.1.0.0/16'],
  'vnet.avoid': [],
  'subnet.prefix': '10.1.0.0/27',
  public_ip: false,
  way_out: 'nat',
};
const oneCluster = {
  'clusters.0.name': 'cpu',
  'clusters.0.size': 'small',
  'clusters.0.nodes': 4,
  'clusters.0.spot': false,
  'clusters.0.more': false,
};
const complete = { ...begun, ...network, ...oneCluster, 'instance.owner': 'kim', 'instance.idle': null, tags: {}, hosts: [], remark: null };

/** What a person may do at random: mostly sensible answers to the current question, sometimes anything at all. */
type Step =
  | { readonly do: 'good' | 'default' | 'again'; readonly pick: number }
  | { readonly do: 'move'; readonly move: Move }
  | { readonly do: 'jump'; readonly pick: number };
const words = [
  'abc',
  'xyz-1',
  'vnet-b',
  'koreasouth',
  'westeurope',
  '10.1.0.0/27',
  '10.1.0.0/29',
  '10.9.0.0/24',
  '10.1.0.0/16',
  'yes',
  'no',
  '1',
  '60',
  'gpu',
  'a=b',
  'kim',
  'existing',
  'nat',
  '@x',
  '',
];
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('good' as const, 'default' as const, 'again' as const), pick: fc.nat(200) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('jump' as const), pick: fc.nat(40) }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<Move>({ type: 'back' }, { type: 'defaults' }, { type: 'defaults', all: true }, { type: 'leave' })
      .map((move) => ({ do: 'move' as const, move })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...Object.keys(complete), 'clusters.1.name', 'nothing'),
        fc.oneof(fc.constantFrom<Json>(...words), fc.jsonValue() as fc.Arbitrary<Json>),
      )
      .map(([key, value]) => ({ do: 'move' as const, move: { type: 'answer' as const, key, value } })),
  },
);

function moveOf(now: Session, one: Step): Move {
  if (one.do === 'move') return one.move;
  const situation = at(now);
  if (one.do === 'jump') return { type: 'jump', key: situation.asked[one.pick % situation.asked.length]?.key ?? '' };
  const asked = currentOf(situation, now);
  if (!asked) return { type: 'back' };
  const proposed = one.do === 'again' ? situation.answers[asked.key] : one.do === 'default' ? defaultOf(situation, asked) : undefined;
  const fitting = [...offeredOf(situation, asked).map(({ value }) => value), ...words].filter(
    (value) => 'value' in accept(situation, asked, value),
  );
  return {
    type: 'answer',
    key: asked.key,
    value: proposed === undefined ? (fitting[one.pick % Math.max(1, fitting.length)] ?? null) : proposed,
  };
}

/** Every session on a random walk, with the move that led to it. */
function walked(steps: readonly Step[]): { readonly before: Session; readonly move: Move; readonly after: Session }[] {
  let now: Session = emptySession;
  return steps.map((one) => {
    const [before, move] = [now, moveOf(now, one)];
    now = advance(contractCatalog, before, move);
    return { before, move, after: now };
  });
}

const walk = fc.array(step, { minLength: 1, maxLength: 40 });
const laws = (check: (one: ReturnType<typeof walked>[number]) => void) =>
  fc.assert(
    fc.property(walk, (steps) => walked(steps).forEach(check)),
    { numRuns: 60 },
  );

describe('laws on random walks', () => {
  test('a question that does not apply is never offered nor answered', () => {
    laws(({ after }) => {
      const keys = at(after).asked.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of Object.keys(after.answers)) expect(keys).toContain(key);
      for (const key of Object.keys(after.aside)) expect(keys).not.toContain(key);
      const current = currentKey(after);
      if (current !== undefined) expect(keys).toContain(current);
    });
  });

  test('a session at rest stays as it is', () => {
    laws(({ after }) => {
      expect(settleDown(contractCatalog, after)).toBe(after);
    });
  });

  test('a refused move gives the identical session', () => {
    laws(({ before, move }) => {
      const tried = attempt(contractCatalog, before, move);
      if (tried.refused.length > 0) expect(tried.session).toBe(before);
      expect(advance(contractCatalog, before, move)).toEqual(tried.session);
    });
  });

  test('every answer is valid or flagged, and what is flagged or open is asked', () => {
    laws(({ after }) => {
      const situation = at(after);
      const flagged = new Set(problemsOf(situation).map(({ key }) => key));
      for (const asked of situation.asked) {
        const value = situation.answers[asked.key];
        if (value !== undefined && 'problem' in accept(situation, asked, value)) expect(flagged).toContain(asked.key);
      }
      if (currentKey(after) === undefined) expect(situation.asked.every(({ key }) => situation.answers[key] !== undefined)).toBe(true);
    });
  });

  test('the same value again gives the same session', () => {
    laws(({ after }) => {
      const gone = advance(contractCatalog, after, { type: 'back' });
      const key = currentKey(gone);
      const value = key === undefined ? undefined : gone.answers[key]?.value;
      if (key === undefined || value === undefined) return;
      const tried = attempt(contractCatalog, gone, { type: 'answer', key, value });
      if (tried.refused.length > 0) return;
      expect({ ...tried.session, cursor: undefined }).toEqual({ ...after, cursor: undefined });
      expect(tried.changes).toEqual([]);
    });
  });

  test('a default that was taken follows its expression', () => {
    laws(({ after }) => {
      const situation = at(after);
      for (const asked of situation.asked) {
        if (after.answers[asked.key]?.from !== 'default' || asked.question.default === undefined) continue;
        const proposed = defaultOf(situation, asked);
        if (proposed !== undefined) expect(after.answers[asked.key]?.value).toEqual(proposed);
      }
    });
  });

  test('answers that were typed are never lost: they stay, or are set aside; only a refused one gives way to a default', () => {
    laws(({ before, move, after }) => {
      const refused = new Set(move.type === 'defaults' ? refusals(problemsOf(at(before))).map((problem) => problem.key) : []);
      const typed = Object.entries({ ...before.aside, ...before.answers }).filter(
        ([key, { from }]) => from === 'typed' && !refused.has(key),
      );
      for (const [key, answer] of typed) {
        if (move.type === 'answer' && (move.key === key || key === 'vnet.group')) continue;
        expect(after.answers[key] ?? after.aside[key], key).toEqual(answer);
      }
    });
  });

  test('moves tell every answer that they change besides their own', () => {
    laws(({ before, move }) => {
      if (move.type !== 'answer') return;
      const tried = attempt(contractCatalog, before, move);
      const told = new Set(tried.changes.map(({ key }) => key));
      for (const key of new Set([...Object.keys(before.answers), ...Object.keys(tried.session.answers)])) {
        if (key !== move.key && JSON.stringify(before.answers[key]?.value) !== JSON.stringify(tried.session.answers[key]?.value))
          expect(told).toContain(key);
      }
    });
  });

  test('every session has a view, and survives its file', () => {
    laws(({ after }) => {
      expect(() => viewOf(contractCatalog, after)).not.toThrow();
      expect(sessionSchema.parse(JSON.parse(JSON.stringify(after)))).toEqual(JSON.parse(JSON.stringify(after)));
      expect(viewOf(contractCatalog, JSON.parse(JSON.stringify(after)) as Session).ask).toEqual(viewOf(contractCatalog, after).ask);
    });
  });

  test('defaults, and any fitting answer where there is none, lead to the end', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(200)), (picks) => {
        let now: Session = emptySession;
        let moves = 0;
        for (const pick of picks) {
          if (currentKey(now) === undefined) break;
          expect(moves++).toBeLessThan(400);
          now = advance(contractCatalog, now, moveOf(now, { do: 'default', pick }));
        }
        expect(problemsOf(at(now)).filter(({ level }) => level === 'refuse')).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('defaults', () => {
  test('follow when what they depend on changes, and say so', () => {
    const tried = attempt(contractCatalog, session(complete), { type: 'answer', key: 'project', value: 'fabrikam' });
    expect(tried.session.answers['vnet.name']).toEqual({ value: 'vnet-fabrikam', from: 'default' });
    expect(tried.changes).toContainEqual({
      ...{ key: 'vnet.name', label: 'network name', what: 'follows' },
      ...{ before: 'vnet-contosoml', beforeText: 'vnet-contosoml', after: 'vnet-fabrikam', afterText: 'vnet-fabrikam' },
    });
  });

  test('do not follow when the person typed something else', () => {
    const now = give(session({ ...complete, 'vnet.name': 'vnet-mine' }), 'project', 'fabrikam');
    expect(now.answers['vnet.name']).toEqual({ value: 'vnet-mine', from: 'typed' });
  });

  test('all follow, however many there are', () => {
    const questions = Array.from(
      { length: 60 },
      (_, index) =>
        ({ id: `name_${index}`, kind: 'text', format: 'free', ask: 'Name?', label: 'name', default: "join('', [project, '-x'])" }) as const,
    );
    const catalog = catalogOf([
      {
        topic: 'many',
        title: 'Many',
        order: 1,
        questions: [{ id: 'project', kind: 'text', format: 'free', ask: 'Name?', label: 'name' }, ...questions],
      },
    ]);
    const all = advance(catalog, give(emptySession, 'project', 'one', catalog), { type: 'defaults' });
    expect(Object.values(valuesIn(give(all, 'project', 'two', catalog)))).toEqual(['two', ...Array.from({ length: 60 }, () => 'two-x')]);
  });

  test('are taken up to the end of the section, or the first question without one', () => {
    const first = advance(contractCatalog, session({ project: 'abc' }), { type: 'defaults' });
    expect(currentKey(first)).toBe('targets');
    const second = advance(contractCatalog, session(begun), { type: 'defaults' });
    expect(currentKey(second)).toBe('way_out');
    expect(currentKey(advance(contractCatalog, give(second, 'way_out', 'nat'), { type: 'defaults' }))).toBe('instance.owner');
  });

  test('of an answered section that the person went back to change nothing elsewhere', () => {
    const open = session({ ...begun, ...network });
    const gone = advance(contractCatalog, open, { type: 'jump', key: 'region' });
    expect(advance(contractCatalog, gone, { type: 'defaults' })).toEqual({ ...open, cursor: undefined });
  });
});

describe('set aside', () => {
  test('answers whose question does not apply come back with it', () => {
    const [start, owner] = [session(complete), { key: 'instance.owner', label: 'owner' }];
    const without = attempt(contractCatalog, start, { type: 'answer', key: 'targets', value: ['compute-cluster'] });
    expect(without.session.aside['instance.owner']).toEqual({ value: 'kim', from: 'typed' });
    expect(without.changes).toContainEqual({ ...owner, what: 'set aside', before: 'kim', beforeText: 'kim' });
    const again = attempt(contractCatalog, without.session, { type: 'answer', key: 'targets', value: begun.targets });
    expect(again.session).toEqual(start);
    expect(again.changes).toContainEqual({ ...owner, what: 'brought back', after: 'kim', afterText: 'kim' });
  });

  test('rows of a group come back too', () => {
    const two = session({
      ...begun,
      ...network,
      ...oneCluster,
      'clusters.0.more': true,
      'clusters.1.name': 'gpu',
      'clusters.1.size': 'gpu',
      'clusters.1.nodes': 1,
      'clusters.1.more': false,
    });
    const one = give(two, 'clusters.0.more', false);
    expect(Object.keys(one.aside).sort()).toEqual(['clusters.1.more', 'clusters.1.name', 'clusters.1.nodes', 'clusters.1.size']);
    expect(give(one, 'clusters.0.more', true).answers).toEqual(two.answers);
  });
});

describe('rules', () => {
  test('refuse at their own question', () => {
    const tried = attempt(contractCatalog, session({ ...begun, ...network }), {
      type: 'answer',
      key: 'subnet.prefix',
      value: '10.2.0.0/27',
    });
    expect(tried.refused.map(({ say }) => say)).toEqual(['Choose a block inside 10.1.0.0/16.']);
  });

  test('an answer elsewhere that breaks one is taken, told, and the question is asked again', () => {
    const small = session({ ...begun, ...network, 'subnet.prefix': '10.1.0.0/29', ...oneCluster, 'clusters.0.nodes': 3 });
    const tried = attempt(contractCatalog, small, { type: 'answer', key: 'clusters.0.nodes', value: 10 });
    expect(tried.refused).toEqual([]);
    expect(tried.changes).toEqual([
      {
        key: 'subnet.prefix',
        label: 'training subnet',
        what: 'no longer valid',
        say: 'The nodes need 10 addresses, and 10.1.0.0/29 has 3.',
      },
    ]);
    expect(currentKey(tried.session)).toBe('subnet.prefix');
    expect(viewOf(contractCatalog, tried.session).ask?.problems[0]?.say).toContain('10 addresses');
  });

  test('rules on a field stand at the row that breaks them', () => {
    const spot = session({ ...begun, ...network, 'subnet.prefix': '10.1.0.0/24', ...oneCluster, 'clusters.0.nodes': 60 });
    const tried = attempt(contractCatalog, spot, { type: 'answer', key: 'clusters.0.spot', value: true });
    expect(tried.changes).toEqual([
      {
        key: 'clusters.0.nodes',
        label: 'cluster 1: most nodes',
        what: 'no longer valid',
        say: 'Spot clusters have at most 50 nodes, not 60.',
      },
    ]);
  });

  test('a warning lets the answer stand', () => {
    const tried = attempt(contractCatalog, session({ ...begun, ...network }), {
      type: 'answer',
      key: 'subnet.prefix',
      value: '10.1.0.0/18',
    });
    expect(tried.refused).toEqual([]);
    expect(problemsOf(at(tried.session)).map(({ level }) => level)).toEqual(['warn']);
  });
});

describe('moves', () => {
  test('back goes through the questions as they stand, and stops at the first', () => {
    let now = session(begun);
    const keys: (string | undefined)[] = [];
    for (let count = 0; count < 5; count++) {
      now = advance(contractCatalog, now, { type: 'back' });
      keys.push(currentKey(now));
    }
    expect(keys).toEqual(['targets', 'region', 'project', 'project', 'project']);
  });

  test('back from the review goes to the last question', () => {
    expect(currentKey(advance(contractCatalog, session(complete), { type: 'back' }))).toBe('remark');
  });

  test('a jump to a question that does not apply is refused', () => {
    const tried = attempt(contractCatalog, session(begun), { type: 'jump', key: 'clusters.1.name' });
    expect(tried.refused.map(({ say }) => say)).toEqual(['There is no question clusters.1.name now.']);
  });

  test('an answer keeps where it came from when it is given again', () => {
    const given = advance(contractCatalog, emptySession, { type: 'answer', key: 'project', value: 'abc', from: 'file' });
    expect(give(given, 'project', 'abc').answers.project).toEqual({ value: 'abc', from: 'file' });
    expect(give(given, 'project', 'abd').answers.project).toEqual({ value: 'abd', from: 'typed' });
  });

  test('a pasted id answers what it fills', () => {
    const id =
      '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-pasted/providers/Microsoft.Network/virtualNetworks/vnet-pasted';
    const now = give(session({ ...begun, 'vnet.origin': 'existing' }), 'vnet.name', id);
    expect(valuesIn(now)).toMatchObject({ 'vnet.name': 'vnet-pasted', 'vnet.group': 'rg-pasted' });
    const other = attempt(contractCatalog, now, { type: 'answer', key: 'vnet.name', value: id.replace('virtualNetworks', 'natGateways') });
    expect(other.refused[0]?.say).toContain('virtual network');
  });
});
