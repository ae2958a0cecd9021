import { expect, test } from 'vitest';
import { emptySession } from '../../../src/core/session.ts';
import { contractCatalog } from '../contract-catalog.ts';
import { talk } from '../plain-talk.ts';

test('undo takes back the last answer, and says which', async () => {
  const { text, session } = await talk(['contoso-ml', '', 'undo', 'undo', 'undo', 'leave']);
  expect(text).toContain('> undo\n\nTaken back:\n  region: Korea Central\n\nQuestion 2:');
  expect(text).toContain('> undo\n\nTaken back:\n  short name: contoso-ml\n');
  expect(text).toContain('There is no answer here that can be taken back.');
  expect(session).toMatchObject({ answers: {} });
});

test('undo takes back a change of an earlier answer, what followed from it too', async () => {
  const { text, session } = await talk(['contoso-ml', '', 'edit project', 'fabrikam', 'yes', 'undo', 'leave']);
  expect(text).toContain('Taken back:\n  short name: fabrikam\n');
  expect(session.answers['project']?.value).toBe('contoso-ml');
});

test('glossary says a word, those of the question come with the help, and an unknown one is told', async () => {
  const glossary = [
    { term: 'short name', says: 'A name that is short.', sources: [{ page: 'names', date: '2026-01-01' }] },
    { term: 'hub', also: ['spoke'], says: 'A central network.', facts: ['subnet-inside-vnet'] },
    { term: 'journal', own: true as const, says: 'What was begun.' },
  ];
  const { text } = await talk(['?', 'glossary', 'glossary Spokes', 'Glossary xyzzy'], emptySession, { ...contractCatalog, glossary });
  expect(text).toContain('such as =back.\nWords here:\n  short name: A name that is short.\n\nQuestion 1:');
  expect(text).toContain('Words of Azure: hub, short name.\nWords of amlguide: journal.\n');
  expect(text).toContain('> glossary Spokes\nhub: A central network.\n  Written in: how-to-secure-training-vnet of 2025-06-12.\n');
  expect(text).toContain('There is no word xyzzy in the glossary. Type glossary to hear which there are.');
});
