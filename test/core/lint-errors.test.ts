import { describe, expect, it } from 'vitest';
import { problemLine, readCatalog } from '../../src/io/read-catalog.ts';
import { goodCatalog, writeCatalog } from '../write-catalog.ts';

const file = 'checklists/known-errors.yaml';
const good = `- id: subnet-full
  match: [SubnetIsFull, no room in]
  where: subnet
  cause: No address is free.
  fix: Use a larger one.
  retry: 30
  tries: 2
  sources: [{page: p}]
  facts: [subnet-size]
- id: sign-in
  match: [AADSTS]
  where: any call
  cause: No sign-in.
  fix: Sign in.
  sign_in: true
  sources: [{page: p, date: "2026-01-01"}]
  link: https://learn.microsoft.com/entra/x
`;

async function reading(text: string) {
  return readCatalog(await writeCatalog({ ...goodCatalog, [file]: text }));
}

/** Plants one mistake and expects these problems, and no others. */
async function expectProblems(from: string, to: string, lines: readonly string[]): Promise<void> {
  expect(good).toContain(from);
  const { problems } = await reading(good.replace(from, () => to));
  expect(problems.map(problemLine)).toEqual(lines.map((line) => `${file}:${line}`));
}

describe('known errors', () => {
  it('are a part of the catalog', async () => {
    const { catalog, problems } = await reading(good);
    expect(problems).toEqual([]);
    expect(catalog?.errors.map(({ id, retry, sign_in }) => [id, retry, sign_in])).toEqual([
      ['subnet-full', 30, undefined],
      ['sign-in', undefined, true],
    ]);
  });

  it('may be absent', async () => {
    const { catalog, problems } = await readCatalog(await writeCatalog(goodCatalog));
    expect(problems).toEqual([]);
    expect(catalog?.errors).toEqual([]);
  });

  it.each([
    ['an id given twice', 'id: sign-in', 'id: subnet-full', ['10:7 there is already a known error «subnet-full»']],
    ['a text of two entries', 'match: [AADSTS]', 'match: [subnetisfull]', ['11:11 «subnetisfull» is a text of «subnet-full» already']],
    ['a text given twice', 'no room in]', 'SUBNETisfull]', ['2:25 «SUBNETisfull» is a text of «subnet-full» already']],
    ['a text with a blank at its end', 'no room in]', '"no room in "]', ['2:25 the text «no room in » begins or ends with a blank']],
    ['a fact that does not exist', '[subnet-size]', '[subnet-siz]', ['9:11 there is no fact «subnet-siz» (did you mean subnet-size?)']],
    ['tries without retry', '  retry: 30\n', '', ['6:10 tries: says how often, but there is no retry: that says after how many seconds']],
  ])('with %s', (_name, from, to, lines) => expectProblems(from, to, lines));

  it.each([
    ['a text that is too short', 'match: [AADSTS]', 'match: [AAD]', '11:11'],
    ['no text', 'match: [AADSTS]', 'match: []', '11:'],
    ['no wait at all', 'retry: 30', 'retry: 0', '6:10'],
    ['half a second', 'retry: 30', 'retry: 0.5', '6:10'],
    ['an empty cure', 'fix: Sign in.', 'fix: ""', '14:8'],
    ['no source', '  sources: [{page: p}]\n', '', '1:'],
    ['an empty list of sources', 'sources: [{page: p}]', 'sources: []', '8:'],
    ['an unknown key', 'retry: 30', 'retries: 30', '6:3'],
    ['an id in capitals', 'id: sign-in', 'id: Sign_in', '10:7'],
    ['a link that is none', 'https://learn.microsoft.com/entra/x', 'see there', '17:9'],
  ])('with %s are refused at its place', async (_name, from, to, place) => {
    expect(good).toContain(from);
    const { problems } = await reading(good.replace(from, () => to));
    expect(problems.map(problemLine)[0]).toMatch(new RegExp(`^${file}:${place}`));
  });
});
