import { expect, test } from 'vitest';
import { advance } from '../../../src/core/interview.ts';
import type { Json } from '../../../src/core/json.ts';
import { emptySession, type Session } from '../../../src/core/session.ts';
import { contractCatalog } from '../contract-catalog.ts';
import { talk } from '../plain-talk.ts';

const atNetwork: Readonly<Record<string, Json>> = {
  project: 'contoso-ml',
  region: 'koreacentral',
  targets: ['compute-cluster', 'compute-instance'],
};

function answered(answers: typeof atNetwork): Session {
  return Object.entries(answers).reduce<Session>(
    (now, [key, value]) => advance(contractCatalog, now, { type: 'answer', key, value }),
    emptySession,
  );
}

test('defaults all says everything that is proposed, and takes it after a yes alone', async () => {
  const begun = answered(atNetwork);
  const refused = await talk(['defaults all', 'no', 'leave'], begun);
  expect(refused.text).toContain('Take them? Type yes or no.\n> no\nNothing is taken.');
  expect(refused.session).toEqual(begun);
  const { text, session } = await talk(['defaults all', 'yes', 'leave'], begun);
  expect(text).toMatch(/\d+ answers are proposed\.\n[\s\S]*Then you are asked: /);
  expect(text).not.toContain('Defaults taken');
  expect(Object.keys(session.answers).length).toBeGreaterThan(Object.keys(begun.answers).length);
});

test('all at a question with several answers is every one that can be taken', async () => {
  const { session } = await talk(['contoso-ml', '', 'all', 'leave']);
  expect(session.answers['targets']?.value).toEqual(['compute-cluster', 'compute-instance']);
});
