import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accept, offeredOf } from '../../src/core/answers.ts';
import { defaultOf } from '../../src/core/defaults.ts';
import { checkGiven } from '../../src/core/given.ts';
import { advance, attempt, currentOf, type Move, settleDown } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import { plan } from '../../src/core/plan.ts';
import { problemsOf } from '../../src/core/rules.ts';
import { emptySession, type Session, valuesIn } from '../../src/core/session.ts';
import type { Answers, Situation } from '../../src/core/situation.ts';
import { viewOf } from '../../src/core/view.ts';
import { situationOf } from '../../src/core/walk.ts';
import { quietCatalog, quietProblems, short, shortRest } from './quiet-catalog.ts';

const catalog = await quietCatalog();
const at = (session: Session): Situation => situationOf(catalog, valuesIn(session));
const give = (session: Session, key: string, value: Json): Session => advance(catalog, session, { type: 'answer', key, value });
const session = (answers: Answers): Session => Object.entries(answers).reduce((now, [key, value]) => give(now, key, value), emptySession);
const quietKeys = ({ asked }: Situation): string[] => asked.filter(({ quiet }) => quiet).map(({ key }) => key);
const currentKey = (now: Session): string | undefined => currentOf(at(now), now)?.key;
const back = (now: Session): Session => advance(catalog, now, { type: 'back' });

describe('the walk', () => {
  test('takes the default of a quiet question, so that what depends on it goes on', () => {
    const situation = situationOf(catalog, short);
    expect(situation.answers).toEqual({ ...short, 'subnet.name': 'net-train', size: 8, keep: true, hosts: [], owner: 'kim' });
    expect(quietKeys(situation)).toEqual(['subnet.name', 'size', 'keep', 'hosts', 'owner']);
  });

  test('asks where quiet is false', () => {
    const situation = situationOf(catalog, { ...short, how: 'long' });
    expect(situation.asked.map(({ key }) => key)).toContain('subnet.name');
    expect(quietKeys(situation)).toEqual(['hosts']);
    expect(situation.answers).not.toHaveProperty('size');
  });

  test('lets a given answer stand, and what follows from it', () => {
    const situation = situationOf(catalog, { ...short, 'subnet.name': 'big' });
    expect(situation.answers).toMatchObject({ 'subnet.name': 'big', size: 64 });
    expect(quietKeys(situation)).toEqual(['size', 'keep', 'hosts', 'owner']);
  });

  test('asks when a given answer has the wrong form, and when no default is accepted', () => {
    const wrong = situationOf(catalog, { ...short, 'subnet.name': 'A B' });
    expect(wrong.wrong.has('subnet.name')).toBe(true);
    expect(quietKeys(wrong)).toEqual(['hosts']);
    const tooMany = situationOf(catalog, { ...short, 'machines.0.kind': 'cpu', 'machines.0.name': 'many' });
    expect(tooMany.asked.map(({ key }) => key)).toContain('machines.0.nodes');
    expect(tooMany.answers).not.toHaveProperty(['machines.0.nodes']);
    expect(quietKeys(tooMany)).not.toContain('machines.0.nodes');
  });

  test('does not list what waits for an earlier answer, so that nobody is told that it is missing', () => {
    const situation = situationOf(catalog, { subscription: 'sub-1', how: 'short' });
    expect(situation.asked.map(({ key }) => key)).toEqual(['subscription', 'vnet.name', 'how', 'hosts', 'machines.0.kind', 'sure']);
    expect(checkGiven(catalog, { subscription: 'sub-1', how: 'short' }).missing.map(({ key }) => key)).not.toContain('subnet.name');
    expect(checkGiven(catalog, short).missing.map(({ key }) => key)).toEqual(['machines.0.kind', 'sure']);
  });

  test('asks a question whose default would wait for ever', async () => {
    const files = (await import('./small-catalog.ts')).smallFiles(`  - id: rows
    kind: group
    noun: row
    max: 2
    ask: Which?
    label: rows
    fields: [{id: name, kind: text, format: name, ask: Name?, label: name, quiet: "\`true\`", default: "first"}]
values: {first: "rows[0].name"}
rules: [{on: rows.name, must: "row.name == first", say: No., facts: [known]}]
`);
    const odd = await quietCatalog(files);
    const asked = situationOf(odd, { subscription: 'sub-1', 'vnet.name': 'net' }).asked.at(-1);
    expect(asked).toMatchObject({ key: 'rows.0.name' });
    expect(asked?.quiet).toBeUndefined();
  });

  test('asks again at a quiet question whose default a rule refuses', () => {
    const now = give(session({ subscription: 'sub-1', 'vnet.name': 'none' }), 'how', 'short');
    expect(currentKey(now)).toBe('subnet.name');
    const { ask } = viewOf(catalog, now);
    expect(ask).toMatchObject({ key: 'subnet.name', quiet: true });
    expect(ask).not.toHaveProperty('default');
    expect(ask?.problems.map(({ say }) => say)).toEqual(['No subnet is called so.']);
    expect(viewOf(catalog, now).sections[0]).toMatchObject({ state: 'current', answered: 3, total: 4 });
    expect(currentKey(give(now, 'subnet.name', 'other'))).toBe('machines.0.kind');
  });
});

describe('rows', () => {
  test('have quiet fields by row and index, after the fields before them', () => {
    const one = situationOf(catalog, { ...short, 'machines.0.kind': 'cpu' });
    expect(one.answers).toMatchObject({ 'machines.0.name': 'cpu-0', 'machines.0.nodes': 8 });
    expect(currentKey(session({ ...short, 'machines.0.kind': 'cpu' }))).toBe('machines.0.more');
    const open = situationOf(catalog, { ...short, 'machines.0.kind': 'gpu' });
    expect(open.asked.map(({ key }) => key).filter((key) => key.startsWith('machines'))).toEqual(['machines.0.kind', 'machines.0.name']);
    const named = situationOf(catalog, { ...short, 'machines.0.kind': 'gpu', 'machines.0.name': 'big-one' });
    expect(named.answers).toMatchObject({ 'machines.0.nodes': 8 });
    const second = situationOf(catalog, { ...short, ...shortRest });
    expect(quietKeys(second).filter((key) => key.startsWith('machines'))).toEqual(['machines.0.name', 'machines.0.nodes']);
    expect(second.answers).toMatchObject({ 'machines.0.name': 'cpu-0', 'machines.1.name': 'big-one', 'machines.1.nodes': 2 });
  });
});

describe('a session', () => {
  const complete = session({ ...short, ...shortRest });

  test('is complete without the quiet answers, and holds none of them', () => {
    expect(currentKey(complete)).toBeUndefined();
    expect(Object.keys(complete.answers).sort()).toEqual(Object.keys({ ...short, ...shortRest }).sort());
  });

  test('tells no change of what nobody answered, and one of what somebody did', () => {
    const renamed: Move = { type: 'answer', key: 'vnet.name', value: 'lan' };
    const tried = attempt(catalog, complete, renamed);
    expect(tried.changes).toEqual([]);
    expect(at(tried.session).answers['subnet.name']).toBe('lan-train');
    const given = give(complete, 'subnet.name', 'net-train');
    expect(given.answers['subnet.name']).toEqual({ value: 'net-train', from: 'default' });
    expect(attempt(catalog, given, renamed).changes.map(({ key, what }) => [key, what])).toEqual([['subnet.name', 'follows']]);
    const typed = give(complete, 'subnet.name', 'mine');
    expect(typed.answers['subnet.name']?.from).toBe('typed');
    expect(attempt(catalog, typed, renamed).changes).toEqual([]);
  });

  test('tells when a quiet default becomes one that a rule refuses, and asks there', () => {
    const tried = attempt(catalog, give(complete, 'subnet.name', 'big'), { type: 'answer', key: 'vnet.name', value: 'tight' });
    expect(tried.changes).toEqual([{ key: 'size', label: 'size', what: 'no longer valid', say: '64 is too large for tight.' }]);
    expect(currentKey(tried.session)).toBe('size');
    expect(advance(catalog, tried.session, { type: 'defaults' })).toEqual(tried.session);
  });

  test('asks what is no longer quiet, and says nothing of what comes and goes', () => {
    const tried = attempt(catalog, complete, { type: 'answer', key: 'how', value: 'long' });
    expect(tried.changes).toEqual([]);
    expect(currentKey(tried.session)).toBe('subnet.name');
    // The second machine stays, though a quiet field of the first one waits for the size.
    expect(tried.session.answers).toHaveProperty(['machines.1.name']);
    const mine = give(tried.session, 'subnet.name', 'mine');
    // What was typed at the question comes back with the question, and counts for nothing while it is quiet.
    const quiet = give(mine, 'how', 'short');
    expect(at(quiet).answers).toMatchObject({ size: 8 });
    expect(at(quiet).answers['subnet.name']).not.toBe('mine');
    expect(at(give(quiet, 'how', 'long')).answers['subnet.name']).toBe('mine');
  });

  test('goes back over quiet questions, and from one that was jumped to', () => {
    const keys: (string | undefined)[] = [];
    let now = complete;
    for (let count = 0; count < 5; count++) {
      now = back(now);
      keys.push(currentKey(now));
    }
    expect(keys).toEqual(['sure', 'machines.1.more', 'machines.1.nodes', 'machines.1.name', 'machines.1.kind']);
    const jumped = advance(catalog, complete, { type: 'jump', key: 'size' });
    expect(currentKey(jumped)).toBe('size');
    expect(currentKey(back(jumped))).toBe('how');
  });

  test('takes defaults up to the end of a section as before, and stops at no quiet one', () => {
    const now = advance(catalog, session({ ...short, 'machines.0.kind': 'cpu' }), { type: 'defaults' });
    expect(currentKey(now)).toBe('sure');
    expect(Object.keys(now.answers)).not.toContain('size');
  });
});

describe('the view', () => {
  test('counts only what a person is asked', () => {
    const now = viewOf(catalog, session(short));
    expect(now).toMatchObject({ number: 4, answered: 3, total: 5 });
    expect(now.sections).toEqual([
      { topic: 'small', title: 'Small', state: 'done', answered: 3, total: 3 },
      { topic: 'silent', title: 'Silent', state: 'done', answered: 0, total: 0 },
      { topic: 'rows', title: 'Machines', state: 'current', answered: 0, total: 1 },
      { topic: 'closing', title: 'Closing', state: 'open', answered: 0, total: 1 },
    ]);
  });

  test('shows a section of quiet questions as done when its turn has come', () => {
    const silent = (answers: Answers) => viewOf(catalog, session(answers)).sections.find(({ topic }) => topic === 'silent')?.state;
    expect(silent({})).toBe('open');
    expect(silent({ subscription: 'sub-1', 'vnet.name': 'net' })).toBe('open');
    expect(silent(short)).toBe('done');
    expect(silent({ ...short, ...shortRest })).toBe('done');
  });

  test('lists quiet answers in the review, in their place', () => {
    const { answers } = viewOf(catalog, session({ ...short, ...shortRest, size: 16 }));
    expect(answers.map(({ key, from }) => (from === 'quiet' ? `(${key})` : key))).toEqual([
      ...['subscription', 'vnet.name', 'how', '(subnet.name)', 'size', '(keep)', '(hosts)'],
      ...['machines.0.kind', '(machines.0.name)', '(machines.0.nodes)', 'machines.0.more'],
      ...['machines.1.kind', 'machines.1.name', 'machines.1.nodes', 'machines.1.more', '(owner)', 'sure'],
    ]);
    expect(answers.find(({ key }) => key === 'hosts')).toMatchObject({ value: [], text: 'none', label: 'hosts' });
  });

  test('previews what Enter would answer with the quiet defaults that follow from it', () => {
    const now = advance(catalog, session({ ...short, ...shortRest }), { type: 'jump', key: 'subnet.name' });
    expect(viewOf(catalog, now).ask).toMatchObject({
      key: 'subnet.name',
      quiet: true,
      default: 'net-train',
      because: 'It holds the name.',
    });
    expect(viewOf(catalog, now)).toMatchObject({ number: 4, answered: 10, total: 11 });
  });
});

/** What a person may do at random. */
const words = ['net', 'tight', 'none', 'big', 'mine', 'many', 'short', 'long', 'cpu', 'gpu', 'yes', 'no', '3', '64', '0', ''];
const step = fc.record({ do: fc.constantFrom('good', 'good', 'good', 'jump', 'back', 'defaults'), pick: fc.nat(200) });

function moveOf(now: Session, one: { readonly do: string; readonly pick: number }): Move {
  const situation = at(now);
  if (one.do === 'back' || one.do === 'defaults') return { type: one.do };
  if (one.do === 'jump') return { type: 'jump', key: situation.asked[one.pick % situation.asked.length]?.key ?? '' };
  const asked = currentOf(situation, now);
  if (!asked) return { type: 'back' };
  const fitting = [defaultOf(situation, asked) ?? '', ...offeredOf(situation, asked).map(({ value }) => value), ...words].filter(
    (value) => 'value' in accept(situation, asked, value),
  );
  return { type: 'answer', key: asked.key, value: fitting[one.pick % Math.max(1, fitting.length)] ?? null };
}

function laws(check: (one: { readonly before: Session; readonly move: Move; readonly after: Session }) => void): void {
  const random = fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
    steps.reduce((before, one) => {
      const move = moveOf(before, one);
      const after = advance(catalog, before, move);
      check({ before, move, after });
      return after;
    }, emptySession);
  });
  fc.assert(random, { numRuns: 100 });
}

describe('laws on random walks', () => {
  test('the answers of a situation, given, come to the same situation', () => {
    laws(({ after }) => {
      const one = at(after);
      if (one.wrong.size > 0) return;
      const other = situationOf(catalog, { ...one.answers });
      expect(other.answers).toEqual(one.answers);
      expect(other.asked.map(({ key }) => key)).toEqual(one.asked.map(({ key }) => key));
      expect(other.scope()).toEqual(one.scope());
      expect(quietKeys(other)).toEqual([]);
      expect(problemsOf(other)).toEqual(problemsOf(one));
    });
  });

  test('only what a person answers is in the session, and it rests', () => {
    laws(({ before, move, after }) => {
      const fresh = Object.keys(after.answers).filter((key) => !(key in before.answers) && !(key in before.aside));
      if (move.type === 'answer') expect([[], [move.key]]).toContainEqual(fresh);
      if (move.type === 'defaults') for (const key of fresh) expect(at(before).answers).not.toHaveProperty([key]);
      expect(settleDown(catalog, after)).toBe(after);
    });
  });

  test('a quiet question is asked only where a person went, or a rule refuses its default', () => {
    laws(({ after }) => {
      const current = currentOf(at(after), after);
      const refused = problemsOf(at(after)).some(({ key, level }) => key === current?.key && level === 'refuse');
      if (current?.quiet && !refused) expect(after.cursor).toBe(current.key);
    });
  });

  test('moves tell every given answer that they change, and no other', () => {
    laws(({ before, move }) => {
      if (move.type !== 'answer') return;
      const tried = attempt(catalog, before, move);
      if (tried.refused.length > 0) return;
      // An answer that becomes quiet with the same value changes nothing that anybody could be told.
      const [old, now] = [at(before).answers, at(tried.session).answers];
      const given = new Set([...Object.keys(before.answers), ...Object.keys(tried.session.answers)]);
      const moved = [...given].filter((key) => key !== move.key && JSON.stringify(old[key]) !== JSON.stringify(now[key]));
      const told = tried.changes.filter(({ what }) => what !== 'no longer valid').map(({ key }) => key);
      expect(told.sort()).toEqual(moved.sort());
    });
  });

  test('numbers stay within the count, and the end is reached when all that is asked is answered', () => {
    laws(({ after }) => {
      const view = viewOf(catalog, after);
      expect(view.number).toBeGreaterThan(0);
      expect(view.number).toBeLessThanOrEqual(view.total);
      if (view.ask) return;
      expect(view.answered).toBe(view.total);
      expect(view.sections.map(({ state }) => state)).toEqual(view.sections.map(() => 'done'));
      expect(plan(catalog, valuesIn(after))).toHaveProperty('steps');
    });
  });
});

describe('the linter', () => {
  const path = 'checklists/closing.yaml';

  test('wants something that can be taken', async () => {
    expect(await quietProblems(path, 'label: sure, default', 'label: sure, quiet: "`true`"} #')).toEqual([
      expect.stringContaining('a quiet question needs default: or optional:, so that there is an answer to take'),
    ]);
    expect(await quietProblems(path, 'label: sure, default', 'label: sure, quiet: "`true`", default')).toEqual([]);
  });

  test('lets it look back only', async () => {
    expect(await quietProblems('checklists/silent.yaml', 'quiet: "`true`", default', 'quiet: "sure", default')).toEqual([
      expect.stringContaining('«quiet» refers to «sure», which is asked later'),
    ]);
    expect(await quietProblems('checklists/rows.yaml', 'quiet: "row.kind == \'cpu\'"', 'quiet: "row.nodes"')).toEqual([
      expect.stringContaining('«quiet» refers to «row.nodes», which is asked later'),
    ]);
    expect(await quietProblems(path, "how == 'short' && keep", "hov == 'short' && keep")).toEqual([
      expect.stringContaining('«hov» is not known'),
    ]);
  });

  test('lets no group be quiet, only its fields', async () => {
    expect(await quietProblems('checklists/rows.yaml', 'max: 3', 'max: 3\n    quiet: "`true`"')).toEqual([
      expect.stringContaining('a group is always asked; its fields may be quiet'),
    ]);
  });
});
