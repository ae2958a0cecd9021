import { expect, test, vi } from 'vitest';
import type * as Expressions from '../../src/core/expression.ts';
import { situationOf } from '../../src/core/walk.ts';
import { quietCatalog, short } from './quiet-catalog.ts';

const evaluated = vi.hoisted((): string[] => []);

vi.mock(import('../../src/core/expression.ts'), async (original) => {
  const real: typeof Expressions = await original();
  return {
    ...real,
    evaluate: (text, scope) => {
      evaluated.push(text);
      return real.evaluate(text, scope);
    },
  };
});

test('a default that is taken quietly is evaluated once in a walk, and not at all where an answer is given', async () => {
  const catalog = await quietCatalog();
  const count = (answers: Parameters<typeof situationOf>[1], text: string) => {
    evaluated.length = 0;
    situationOf(catalog, answers);
    return evaluated.filter((one) => one === text).length;
  };
  const text = "join('-', [vnet.name, 'train'])";
  expect(count({ ...short }, text)).toBe(1);
  expect(count({ ...short, 'subnet.name': 'mine' }, text)).toBe(0);
  expect(count({ ...short, how: 'long' }, text)).toBe(0);
});
