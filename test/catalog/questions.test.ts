import { expect, test } from 'vitest';
import { questionsOf } from '../../src/core/catalog.ts';
import { loadCatalog } from '../../src/io/catalog.ts';

const catalog = await loadCatalog();
const questions = [...questionsOf(catalog).values()].flatMap(({ question }) =>
  (question.kind === 'group' ? [question, ...question.fields] : [question]).map((one) => ({ key: `${question.id}: ${one.id}`, ...one })),
);

test('every question says why it is asked, and every default why it is right', () => {
  expect(questions.filter(({ why }) => !why).map(({ key }) => key)).toEqual([]);
  const unexplained = questions.filter((one) => one.default !== undefined && !one.because);
  expect(unexplained.map(({ key }) => key)).toEqual([]);
});

test('every question has a source, save those for a name or place of the person', () => {
  const unsourced = questions.filter(({ facts = [] }) => facts.length === 0);
  const named = unsourced.filter((one) => !('format' in one) || !/name|group|tag/.test(one.format ?? ''));
  expect(named.map(({ key }) => key)).toEqual([]);
});
