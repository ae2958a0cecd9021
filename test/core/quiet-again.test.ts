import { expect, it } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { attempt } from '../../src/core/interview.ts';
import { emptySession, type Session, valuesIn } from '../../src/core/session.ts';
import { situationOf } from '../../src/core/walk.ts';

const catalog = await ownCatalog();

/** The session after answers in a row, each of which has to be taken. */
function after(session: Session, ...answers: [key: string, value: string | boolean | number | string[]][]): Session {
  return answers.reduce((now, [key, value]) => {
    const { session: next, refused } = attempt(catalog, now, { type: 'answer', key, value });
    expect(refused).toEqual([]);
    return next;
  }, session);
}

const begun = after(
  emptySession,
  ['network.model', 'own'],
  ['targets', ['compute-cluster']],
  ['name', 'contoso'],
  ['workspace.origin', 'existing'],
  ['workspace.name', 'mlw-of-others'],
);

it('a name that was typed for something that exists is not taken for a new one, and comes back with it', () => {
  const { session, changes } = attempt(catalog, begun, { type: 'answer', key: 'workspace.origin', value: 'new' });
  expect(situationOf(catalog, valuesIn(session)).answers['workspace.name']).toBe('mlw-contoso');
  expect(changes).toContainEqual(expect.objectContaining({ key: 'workspace.name', before: 'mlw-of-others', after: 'mlw-contoso' }));
  expect(session.aside['workspace.name']?.value).toBe('mlw-of-others');
  const again = after(session, ['workspace.origin', 'existing']);
  expect(again.answers['workspace.name']?.value).toBe('mlw-of-others');
});

it('a name that was given for the new one stays when something else changes', () => {
  const fresh = after(begun, ['workspace.origin', 'new'], ['workspace.name', 'mlw-mine']);
  expect(situationOf(catalog, valuesIn(after(fresh, ['name', 'tailspin']))).answers['workspace.name']).toBe('mlw-mine');
});
