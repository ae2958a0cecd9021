import { describe, expect, test } from 'vitest';
import { amlguide, expectRefusal } from './run.ts';

describe('glossary', () => {
  test('lists every word with its meaning', async () => {
    const [table, json] = await Promise.all([amlguide(['glossary']), amlguide(['glossary', '--output', 'json'])]);
    const all: { term: string; says: string }[] = JSON.parse(json.stdout);
    expect(all.length).toBeGreaterThan(30);
    const lines = table.stdout.trimEnd().split('\n');
    for (const [index, { term, says }] of all.entries()) expect(lines[index + 1]?.split(/ {2,}/)).toEqual([term, says]);
  });

  test('explains one word, by any of its spellings, with sources and dates', async () => {
    const [short, long, json] = await Promise.all([
      amlguide(['glossary', 'nsg']),
      amlguide(['glossary', 'Network', 'Security', 'Group']),
      amlguide(['glossary', 'NSGs', '--output', 'json']),
    ]);
    expect(short).toMatchObject({ code: 0, stderr: '' });
    expect(short.stdout).toMatch(
      /^NSG\n\nA network security group .+\nAlso: network security group\nSource: .+, \d{4}-\d\d-\d\d https:\/\/github\.com\/.+\n$/,
    );
    expect(long.stdout).toBe(short.stdout);
    expect(JSON.parse(json.stdout)).toMatchObject({ term: 'NSG', own: false, sources: [{ page: expect.any(String) }] });
  });

  test.each([
    ['hubb', /Did you mean hub\?/],
    ['private', /There are: .*private endpoint, private DNS zone\./],
    ['xyzzy', /`amlguide glossary` lists all words\./],
  ])('says what is near to %s', async (word, hint) => {
    expectRefusal(await amlguide(['glossary', word]), hint);
  });
});
