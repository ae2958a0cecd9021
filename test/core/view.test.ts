import { expect, test } from 'vitest';
import type { Session } from '../../src/core/session.ts';
import { viewOf } from '../../src/core/view.ts';
import { contractCatalog } from '../ui/contract-catalog.ts';

test('a session that holds values of a wrong type still has a view, and asks for them again', () => {
  const odd: Session = {
    answers: { project: { value: 'abc', from: 'typed' }, targets: { value: 7, from: 'typed' }, region: { value: ['x'], from: 'file' } },
    aside: {},
  };
  const view = viewOf(contractCatalog, odd);
  expect(view.problems.map(({ key }) => key)).toEqual(expect.arrayContaining(['targets', 'region']));
  expect(['targets', 'region']).toContain(view.ask?.key);
});
