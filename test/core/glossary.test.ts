import { catalog as built } from 'amlguide:catalog';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortedWords, type Word, wordNamed, wordsIn } from '../../src/core/glossary.ts';
import { loadCatalog } from '../../src/io/catalog.ts';
import { problemLine, readCatalog } from '../../src/io/read-catalog.ts';
import { goodCatalog, writeCatalog } from '../write-catalog.ts';

const file = 'checklists/glossary.yaml';
const good = `- term: peering
  also: [peered]
  says: Joins two networks.
  facts: [subnet-size]
  sources: [{page: q, date: "2026-01-01"}]
- term: NSG
  says: A list of rules.
  sources: [{page: p}]
- term: journal
  own: true
  says: What was begun.
`;

async function reading(text: string) {
  return readCatalog(await writeCatalog({ ...goodCatalog, [file]: text }));
}

function word(term: string, more: Partial<Word> = {}): Word {
  return { term, also: [], says: 'It means something.', own: false, facts: [], sources: [], ...more };
}

const terms = (words: readonly Word[]) => words.map(({ term }) => term);

describe('the file of the glossary', () => {
  it('is a part of the catalog, and words carry the sources of their facts', async () => {
    const { catalog, problems } = await reading(good);
    expect(problems).toEqual([]);
    const words = catalog ? wordsIn(catalog) : [];
    expect(words.map(({ term, own, sources }) => [term, own, sources.map(({ page }) => page)])).toEqual([
      ['peering', false, ['q', 'p']],
      ['NSG', false, ['p']],
      ['journal', true, []],
    ]);
  });

  it('may be absent', async () => {
    const { catalog, problems } = await readCatalog(await writeCatalog(goodCatalog));
    expect(problems).toEqual([]);
    expect(catalog?.glossary).toEqual([]);
  });

  it.each([
    ['a word that stands there twice', 'term: NSG', 'term: Peering', ['6:9 «Peering» stands in the glossary already, at «peering»']],
    ['a spelling of another word', '[peered]', '[journal]', ['9:9 «journal» stands in the glossary already, at «peering»']],
    ['a fact that does not exist', '[subnet-size]', '[subnet-siz]', ['4:11 there is no fact «subnet-siz» (did you mean subnet-size?)']],
    [
      'a word about Azure without a source',
      '  sources: [{page: p}]\n',
      '',
      ['6:3 unsourced: «NSG» names neither facts nor sources (a word of the program itself says own: true)'],
    ],
    [
      'a word of the program with a source',
      'own: true\n',
      'own: true\n  sources: [{page: p}]\n',
      ['10:8 «journal» rests on a document, so it is no word of the program itself'],
    ],
  ])('is refused with %s', async (_name, from, to, lines) => {
    expect(good).toContain(from);
    const { problems } = await reading(good.replace(from, () => to));
    expect(problems.map(problemLine)).toEqual(lines.map((line) => `${file}:${line}`));
  });
});

describe('the glossary of the program', () => {
  it('is read late, and is the same as in the file', async () => {
    expect((built as { glossary: unknown[] }).glossary).toEqual([]);
    const [late, read] = [await loadCatalog(), await readCatalog('.')];
    expect(late.glossary).toEqual(read.catalog?.glossary);
    expect(late.glossary.length).toBeGreaterThan(30);
  });

  it('says of every word about Azure where that is written, and when', async () => {
    const undated = wordsIn(await loadCatalog()).filter(({ own, sources }) => !own && !sources.some(({ date }) => date !== undefined));
    expect(terms(undated)).toEqual([]);
  });
});

describe('the words of a text', () => {
  const words = [
    word('hub', { also: ['spoke'] }),
    word('Arc'),
    word('private endpoint'),
    word('NSG'),
    word('user-defined route (1.5+)'),
    word('open', { own: true }),
  ];

  it('come first, in its order, and the others by the alphabet', () => {
    const { here, others, own } = sortedWords(words, 'Is the NSG open, and do Private\nendpoints lead to it?');
    expect([terms(here), terms(others), terms(own)]).toEqual([
      ['NSG', 'private endpoint'],
      ['Arc', 'hub', 'user-defined route (1.5+)'],
      ['open'],
    ]);
  });

  it.each([
    ['Which hub owns the zones?', ['hub']],
    ['It is a spoke.', ['hub']],
    ['Two hubs.', ['hub']],
    ['Search it on GitHub.', []],
    ['vnet-hub and hub_1', []],
    ['Is it (Arc)?', ['Arc']],
    ['An architecture.', []],
    ['privateendpoint', []],
    ['a User-Defined Route (1.5+) here', ['user-defined route (1.5+)']],
    ['a user-defined route (145+)', []],
  ])('are found where they stand alone: %s', (text, found) => {
    expect(terms(sortedWords(words, text).here)).toEqual(found);
  });

  it('are each of them in one part, whatever the text is', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom('hub', 'Arc', 'NSGs', 'open', '[', '\\', '\n'), fc.string())), (parts) => {
        const { here, others, own } = sortedWords(words, parts.join(' '));
        expect(terms([...here, ...others, ...own]).toSorted()).toEqual(terms(words).toSorted());
      }),
    );
  });
});

describe('a word that is named', () => {
  const words = [
    word('NAT gateway'),
    word('NSG', { also: ['network security group'] }),
    word('private endpoint'),
    word('private DNS zone'),
  ];

  it.each([
    ['nsg', 'NSG'],
    ['NSGs', 'NSG'],
    ['Network  Security Group', 'NSG'],
    ['gateway', 'NAT gateway'],
    ['private', undefined],
    ['', undefined],
    ['nothing', undefined],
  ])('is found by %j', (name, term) => {
    expect(wordNamed(words, name)?.term).toBe(term);
  });
});
