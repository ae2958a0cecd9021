import { beforeAll, describe, expect, test } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import type { Plan } from '../../src/core/plan.ts';
import { alsoOf, answerOf, examplePlans, mutationsOf, shownCheck, verdictOn } from './answers.ts';

const catalog = await ownCatalog();
const checks = catalog.topics.flatMap((topic) =>
  (topic.items ?? []).flatMap((item) => (item.check ? [[topic.topic, item.id] as const] : [])),
);

let plans: ReadonlyMap<string, Plan>;

beforeAll(() => {
  plans = examplePlans(catalog);
});

describe('every check', () => {
  test('has an answer with which it passes and one with which it fails', () => {
    const without = checks.filter(([topic, id]) => !catalog.answers[topic]?.[id]).map(([topic, id]) => `${topic}.${id}`);
    expect(without).toEqual([]);
  });

  test.each(checks)('%s.%s passes, fails, and hangs on what it reads', (topic, id) => {
    const one = shownCheck(catalog, plans, topic, id);
    if (!one)
      throw new Error(catalog.answers[topic]?.[id] ? 'no example has this item with something to read' : 'no answers are given for it');
    const pass = answerOf(one, one.shown.pass);
    const passing = verdictOn(one, pass);
    expect(passing, JSON.stringify(pass)).toMatchObject({ verdict: 'pass' });
    const failing = verdictOn(one, answerOf(one, one.shown.fail));
    expect(failing, JSON.stringify(one.shown.fail)).toMatchObject({ verdict: 'fail' });
    expect(failing.found).not.toBe(failing.expected);
    const also = alsoOf(one);
    const others = Object.keys(also).flatMap((name) =>
      mutationsOf(also[name] ?? null).map((other) => verdictOn(one, pass, { ...also, [name]: other })),
    );
    const flipped = mutationsOf(pass).map((other) => verdictOn(one, other));
    expect([...flipped, ...others].some(({ verdict }) => verdict !== 'pass')).toBe(true);
  });
});

test('every fact that a read of Azure can decide has a check', () => {
  const checked = new Set(catalog.topics.flatMap((topic) => (topic.items ?? []).flatMap(({ check, facts }) => (check ? facts : []))));
  const open = Object.values(catalog.facts).filter(({ verify_by, id }) => verify_by === 'resource' && !checked.has(id));
  expect(open.map(({ id }) => id)).toEqual([]);
});
