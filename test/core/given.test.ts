import { describe, expect, test } from 'vitest';
import { answersGiven, checkGiven } from '../../src/core/given.ts';
import type { Topic } from '../../src/core/schema.ts';
import type { Answers } from '../../src/core/situation.ts';
import { contractCatalog } from '../ui/contract-catalog.ts';
import { smallCatalog } from './small-catalog.ts';

const given = (values: Parameters<typeof answersGiven>[1]) => answersGiven(contractCatalog, values);

describe('answersGiven', () => {
  test('takes dotted keys and nested maps alike', () => {
    const flat = given({ project: 'a-b-c', 'vnet.origin': 'new', 'vnet.prefixes': ['10.0.0.0/8'] });
    expect(given({ project: 'a-b-c', vnet: { origin: 'new', prefixes: ['10.0.0.0/8'] } })).toEqual(flat);
    expect(flat).toEqual({ answers: { project: 'a-b-c', 'vnet.origin': 'new', 'vnet.prefixes': ['10.0.0.0/8'] }, problems: [] });
  });

  test('a map that is an answer stays whole', () => {
    expect(given({ tags: { team: 'ml' } }).answers).toEqual({ tags: { team: 'ml' } });
  });

  test.each([
    ['projcet', 'Did you mean project?'],
    ['vnet.orgin', 'Did you mean vnet.origin?'],
    ['something-else-entirely', '`amlguide questions` lists every key.'],
    ['__proto__x', '`amlguide questions` lists every key.'],
    ['constructor', '`amlguide questions` lists every key.'],
  ])('an unknown key %s gets a hint', (key, hint) => {
    expect(given({ [key]: 1 })).toEqual({ answers: {}, problems: [{ key, say: 'is not a question.', hint }] });
  });

  test('an unknown key inside a map is named in full', () => {
    expect(given({ vnet: { orgin: 'new', name: 'x' } })).toEqual({
      answers: { 'vnet.name': 'x' },
      problems: [{ key: 'vnet.orgin', say: 'is not a question.', hint: 'Did you mean vnet.origin?' }],
    });
  });

  test('a map for a question that is none is unknown', () => {
    expect(given({ vnet: 'x' }).problems).toHaveLength(1);
  });

  test('rows of a group become keys, and say whether another follows', () => {
    expect(given({ clusters: [{ name: 'one' }, { name: 'two', nodes: 3 }] }).answers).toEqual({
      'clusters.0.name': 'one',
      'clusters.0.more': true,
      'clusters.1.name': 'two',
      'clusters.1.nodes': 3,
      'clusters.1.more': false,
    });
  });

  test('the last possible row is not followed by a question', () => {
    expect(given({ clusters: [{}, {}, {}] }).answers).toEqual({ 'clusters.0.more': true, 'clusters.1.more': true });
  });

  test('one map is one row', () => {
    expect(given({ clusters: { name: 'one' } }).answers).toEqual({ 'clusters.0.name': 'one', 'clusters.0.more': false });
  });

  test('too many rows, none, a row that is no map, and an unknown field are problems', () => {
    expect(given({ clusters: [{}, {}, {}, {}] }).problems).toEqual([{ key: 'clusters', say: 'takes 1 to 3 rows, not 4.' }]);
    expect(given({ clusters: [] }).problems).toEqual([{ key: 'clusters', say: 'takes 1 to 3 rows, not 0.' }]);
    expect(given({ clusters: ['x'] }).problems).toEqual([
      { key: 'clusters.0', say: 'each cluster is a map of fields.', hint: 'name, size, nodes, spot' },
    ]);
    expect(given({ clusters: [{ nmae: 'x' }] }).problems).toEqual([
      { key: 'clusters.0.nmae', say: 'is not a question.', hint: 'Did you mean clusters.0.name?' },
    ]);
  });

  test('a key that is spelled in two ways is told with both, also a group', () => {
    expect(given({ 'vnet.name': 'a', vnet: { name: 'b' } })).toEqual({
      answers: { 'vnet.name': 'a' },
      problems: [{ key: 'vnet.name', say: 'is there twice: as vnet.name and as vnet: {name: …}.', hint: 'Keep one of them.' }],
    });
    expect(given({ vnet: { name: 'b' }, 'vnet.name': 'a' }).problems).toHaveLength(1);
  });

  test('every problem is told at once', () => {
    expect(given({ a: 1, clusters: ['x', { b: 2 }], vnet: { c: 3 } }).problems.map(({ key }) => key)).toEqual([
      'a',
      'clusters.0',
      'clusters.1.b',
      'vnet.c',
    ]);
  });
});

describe('missingAnswers', () => {
  test('names all that nobody can answer for the person, with kind, choices and the line to write', () => {
    const missing = checkGiven(contractCatalog, {}).missing;
    expect(missing.find(({ key }) => key === 'project')).toEqual({
      key: 'project',
      kind: 'text',
      ask: 'What is the short name of this setup?',
      choices: [],
      line: 'project: contoso-ml',
    });
    expect(missing.find(({ key }) => key === 'targets')).toMatchObject({
      kind: 'choices',
      choices: ['compute-cluster', 'compute-instance'],
    });
    expect(missing.find(({ key }) => key === 'region')).toMatchObject({ default: 'koreacentral', line: 'region: "koreacentral"' });
    expect(missing.map(({ key }) => key)).toContain('way_out');
  });

  test('asks in the words that a person would read', () => {
    const asks = (topic: Topic): Topic => ({
      ...topic,
      questions: topic.questions?.map((one) => (one.id === 'vnet.name' ? { ...one, ask: 'What is it called in ${region}?' } : one)),
    });
    const catalog = { ...contractCatalog, topics: contractCatalog.topics.map(asks) };
    const ask = (answers: Answers) => checkGiven(catalog, answers).missing.find(({ key }) => key === 'vnet.name')?.ask;
    expect(ask({})).toBe('What is it called in koreacentral?');
    expect(ask({ region: 'koreasouth' })).toBe('What is it called in koreasouth?');
  });

  test('names fields of a group with their row', () => {
    const missing = checkGiven(contractCatalog, { project: 'abc', region: 'koreasouth', targets: ['compute-cluster'] }).missing;
    expect(missing.find(({ key }) => key === 'clusters.0.size')).toMatchObject({
      line: 'clusters[0].size: "small"',
      choices: ['small', 'large'],
    });
    expect(missing.map(({ key }) => key)).not.toContain('clusters.0.more');
  });

  test.each([
    { 'vnet.prefixes': 'banana' },
    { 'vnet.prefixes': ['10.0.0.0/99'] },
    { targets: 7 },
    { 'vnet.avoid': { a: 1 } },
    { 'clusters.0.nodes': 'many' },
  ])('does not fall over %j', (wrong) => {
    expect(() => checkGiven(contractCatalog, { project: 'abc', targets: ['compute-cluster'], ...wrong } as never).missing).not.toThrow();
  });
});

describe('checkGiven', () => {
  test('tells every wrong value, and the keys that do not apply', () => {
    const answers = {
      project: 'NO',
      region: 'koreacentral',
      targets: ['compute-instance'],
      'vnet.origin': 'new',
      'vnet.prefixes': 'x',
      'clusters.0.name': 'cpu',
      'clusters.0.more': false,
    };
    const checked = checkGiven(contractCatalog, answers);
    expect(checked.problems.map(({ key }) => key)).toEqual(['project', 'vnet.prefixes']);
    expect(checked.unasked).toEqual(['clusters.0.name']);
  });
});

test('a question whose id ends in more is asked for like any other', async () => {
  const rule = '{on: one.more, must: "`true`", say: No., facts: [known]}';
  const catalog = await smallCatalog(`  - {id: one.more, kind: yes_no, ask: One?, label: one}\nrules: [${rule}]`);
  const found = checkGiven(catalog, { subscription: 'sub-1', 'vnet.name': 'vnet-1' });
  expect(found.missing.map(({ key }) => key)).toEqual(['one.more']);
});
