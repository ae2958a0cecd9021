import { describe, expect, it } from 'vitest';
import { compileCatalog } from '../../src/build/compile-catalog.ts';
import { topicJsonSchema } from '../../src/build/write-schema.ts';
import { problemLine, readCatalog } from '../../src/io/read-catalog.ts';
import { goodCatalog, planted, writeCatalog } from '../write-catalog.ts';

const topic = 'checklists/network.yaml';

async function problems(files: Readonly<Record<string, string>>): Promise<string[]> {
  return (await readCatalog(await writeCatalog(files))).problems.map(problemLine);
}

describe('the form of the files', () => {
  it.each([
    [
      'an unknown key',
      '  - {id: room, label: room,',
      '  - {id: room, labl: x, label: room,',
      '45:16 there is no key «labl» here (did you mean label?)',
    ],
    [
      'an unknown key of a question',
      'kind: cidrs, ask:',
      'kind: cidrs, optionl: true, ask:',
      '8:38 there is no key «optionl» here (did you mean optional?)',
    ],
    [
      'an unknown key of a choice',
      '{value: existing, label',
      '{value: existing, hnt: x, label',
      '14:27 there is no key «hnt» here (did you mean hint?)',
    ],
    ['a key of another kind', 'kind: cidr\n', 'kind: cidr\n    choices: []\n', '18:5 there is no key «choices» here'],
    [
      'a kind that does not exist',
      'kind: cidrs',
      'kind: cdrs',
      '8:31 «kind» is «cdrs», but has to be one of choice, choices, yes_no, text, texts, number, cidr, cidrs, tags, resource, group (did you mean cidrs?)',
    ],
    ['a missing key', 'format: name, ask: Which network?', 'ask: Which network?', '7:5 «format» is missing'],
    ['a missing kind', 'kind: cidrs, ', '', '8:5 «kind» is missing'],
    ['a wrong type', 'order: 10', 'order: ten', '3:8 «order» has to be a number, not a text'],
    [
      'a group in a group',
      'id: max_nodes, kind: number',
      'id: max_nodes, kind: group',
      '31:31 «kind» is «group», but has to be one of choice, choices, yes_no, text, texts, number, cidr, cidrs, tags, resource',
    ],
    [
      'an id that no expression can read',
      'id: max_nodes, kind',
      'id: max-nodes, kind',
      '31:14 «id»: must be snake_case words joined by dots, such as subnet.prefix',
    ],
    ['another name than the file', 'topic: network', 'topic: networks', '1:8 a topic is called like its file: network'],
  ])('%s', async (_name, from, to, line) => {
    const found = await problems(planted(topic, from, to));
    expect(found).toContain(`${topic}:${line}`);
  });

  it('YAML that cannot be parsed, and a key that stands twice', async () => {
    expect((await problems(planted(topic, 'title: Network', 'title: [Network')))[0]).toMatch(/^checklists\/network\.yaml:\d+:\d+ /);
    expect(await problems(planted(topic, 'title: Network', 'title: Network\ntitle: Net'))).toEqual([
      `${topic}:3:1 Map keys must be unique`,
    ]);
  });

  it('of a file that cannot be parsed the first mistake only', async () => {
    const found = await problems(planted(topic, 'title: Network', 'title: "Network\n\tb: [\nc: &'));
    expect(found.filter((line) => line.startsWith(topic))).toHaveLength(1);
  });

  it('missing files', async () => {
    expect(await problems({})).toEqual(['catalog', 'formats', 'kinds'].map((name) => `checklists/${name}.yaml:1:1 the file is missing`));
  });

  it('everything at once', async () => {
    const files = planted(topic, '{id: room, label: room, facts: [subnet-size],', '{id: room, labl: x, label: room,');
    files[topic] = (files[topic] ?? '')
      .replace('inside(subnet.prefix,', 'inside(subnet.prefx,')
      .replace('values:', '  - {id: spare, kind: yes_no, ask: Spare?, label: spare}\nvalues:');
    const { catalog, problems: found } = await readCatalog(await writeCatalog(files));
    expect(catalog).toBeUndefined();
    expect(found.map(problemLine)).toEqual([
      `${topic}:32:10 nothing uses this question («spare»)`,
      `${topic}:38:11 «subnet.prefx» is not known (did you mean subnet.prefix?)`,
      `${topic}:46:5 unsourced: name at least one fact under facts: (the ids stand in facts/*.yaml)`,
      `${topic}:46:16 there is no key «labl» here (did you mean label?)`,
    ]);
  });
});

describe('what two files say', () => {
  it('a fact and a table that exist already', async () => {
    const files = {
      ...goodCatalog,
      'checklists/facts/other.yaml': (goodCatalog['checklists/facts/network.yaml'] ?? '').split('- id: subnet-size')[0] ?? '',
      'checklists/tables/same.yaml': 'regions: [{id: a}]\n',
    };
    expect(await problems(files)).toEqual([
      'checklists/facts/other.yaml:1:7 there is already a fact «subnet-inside» (checklists/facts/network.yaml)',
      'checklists/tables/same.yaml:1:1 there is already a table «regions» (checklists/tables/regions.yaml)',
    ]);
  });
});

describe('the build', () => {
  it('gets a catalog that is plain JSON', async () => {
    const { catalog, problems: found } = await compileCatalog(await writeCatalog(goodCatalog));
    expect(found).toEqual([]);
    expect(JSON.parse(JSON.stringify(catalog))).toEqual(catalog);
  });

  it('leaves out what is only expected', async () => {
    const root = await writeCatalog({ ...goodCatalog, 'templates/network/expected/run.sh': 'az ${nothing}\n' });
    const { catalog, problems: found } = await readCatalog(root);
    expect(found).toEqual([]);
    expect(Object.keys(catalog?.templates ?? {})).toEqual(['network/subnet.az']);
  });

  it('writes the same schema every time', () => {
    expect(topicJsonSchema()).toBe(topicJsonSchema());
    expect(JSON.parse(topicJsonSchema())).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['topic', 'title', 'order'],
    });
  });
});
