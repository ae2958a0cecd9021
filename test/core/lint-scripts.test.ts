import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reservedName } from '../../src/core/reserved-names.ts';
import { smallProblems } from './small-catalog.ts';

const messages = async (...given: Parameters<typeof smallProblems>) =>
  (await smallProblems(...given)).map((line) => line.replace(/^\S+ /, ''));
const rows = (id: string, noun: string, field = 'name') => `  - id: ${id}
    kind: group
    ask: Which?
    label: ${id}
    noun: ${noun}
    max: 3
    fields: [{id: ${field}, kind: text, format: name, ask: Name?, label: name}]
`;
const group = (more = '') => `  - {id: rg, kind: resource_group, what: group, name: "\${vnet.name}", facts: [known]${more}}\n`;
const use = (...ids: string[]) => `rules:\n${ids.map((id) => `  - {on: ${id}, must: "\`true\`", say: No., facts: [known]}\n`).join('')}`;

describe('variables of scripts', () => {
  it.each([
    [
      'two groups with one noun',
      `${rows('a', 'my cluster')}${rows('b', 'My-cluster')}${use('a.name', 'b.name')}`,
      'in a script the rows of «b» and «a» would be the same variables MY_CLUSTER_1_…; give one of them another noun',
    ],
    [
      'a row and a question',
      `${rows('a', 'one')}  - {id: one_2_name, kind: yes_no, ask: One?, label: one}\n${use('a.name', 'one_2_name')}`,
      'in a script «one_2_name» and «one.2.name» are the same variable ONE_2_NAME',
    ],
    [
      'two lines and one',
      `values:\n  x__y: vnet.name\n  x_y: x__y\n${use('vnet.name')}resources:\n${group(', say: "${x_y}"')}`,
      'in a script «x_y» and «x__y» are the same variable X_Y',
    ],
    [
      'a noun that begins with a digit',
      `${rows('a', '3d model')}${use('a.name')}`,
      'in a script «3d_model.1.name» would be the variable 3D_MODEL_1_NAME, which no script can have',
    ],
    [
      'a row that the shell has taken',
      `${rows('a', 'azure')}${use('a.name')}`,
      'in a script «azure.1.name» would be the variable AZURE_1_NAME, which belongs to the shell, to az or to the script',
    ],
    [
      'a query that look-ups share',
      `values:\n  vnet_query: vnet.name\n${use('vnet.name')}resources:\n${group(', say: "${vnet_query}"')}`,
      'in a script «vnet query» and «vnet_query» are the same variable VNET_QUERY',
    ],
    [
      'an output',
      `values:\n  rg_place: vnet.name\n${use('vnet.name')}resources:\n${group(', say: "${rg_place}", outputs: {place: location}')}`,
      'in a script «rg.place» and «rg_place» are the same variable RG_PLACE',
    ],
    [
      'a name of the frames',
      `values:\n  wants: vnet.name\n${use('vnet.name')}resources:\n${group(', say: "${wants}"')}`,
      'in a script «wants» would be the variable WANTS, which belongs to the shell, to az or to the script',
    ],
  ])('refuse %s', async (_name, topic, message) => expect(await messages(topic)).toContain(message));

  it('are never those that the frames use for themselves', () => {
    const frame = (name: string) =>
      readFileSync(new URL(`../../templates/frames/${name}`, import.meta.url), 'utf8').replace(/^\s*#.*$/gm, '');
    const read = (text: string) => [...text.matchAll(/\$\{?(?:script:|env:)?([A-Za-z]\w*)/g)];
    const written = [...frame('run.sh').matchAll(/(?:^|\s)([A-Za-z_]\w*)=/gm), ...frame('run.sh').matchAll(/\bread (?:-r )?(\w+)/g)];
    const names = [...read(frame('run.sh')), ...read(frame('run.ps1')), ...written].map(([, name]) => name ?? '');
    expect(names.length).toBeGreaterThan(40);
    expect([...new Set(names)].filter((name) => !reservedName(name))).toEqual([]);
  });
});

describe('outputs', () => {
  const create = {
    'x.az': 'az group create --name ${rg.name}',
    'own.az': 'az group create --name ${rg.place}',
    'deep.az': "az group create --name ${join('', [other.place, 'x'])}",
  };
  const other = '  - {id: other, kind: resource_group, what: other, name: other, outputs: {place: location}, facts: [known]}\n';
  const within = (more: string, before = '') => `${use('vnet.name')}resources:\n${before}${group(more)}`;
  const late = '«other.place» is known only while the script runs: it stands alone in ${…}, in a command or a value under same:';

  it.each([
    [
      'of what repeats',
      `${rows('a', 'one')}${use('a.name')}resources:\n${group(', each: a, outputs: {place: location}')}`,
      '«rg» repeats, so nothing can name its outputs',
    ],
    [
      'of the resource itself',
      within(', create: own.az, outputs: {place: location}'),
      '«rg.place» is known only after the step of «rg» itself',
    ],
    ['in a name', within(', say: x', other).replace('"${vnet.name}"', '"${other.place}"'), late],
    ['in a sentence', within(', say: "${other.place}"', other), late],
    ['inside an expression', within(', create: deep.az', other), late],
  ])('refuse those %s', async (_name, topic, message) => {
    const used = Object.fromEntries(Object.entries(create).filter(([name]) => topic.includes(name)));
    expect(await messages(topic, used)).toContain(message);
  });

  it('may stand in commands and wanted values of others', async () => {
    const topic = within(', create: o.az, same: {location: "${other.place}", tags: {includes: "${other.place}"}}', other);
    expect(await messages(topic, { 'o.az': 'az group create --name ${rg.name} --location ${other.place}' })).toEqual([]);
  });
});

describe('resources and actions', () => {
  it('a parent that repeats, of something that does not', async () => {
    const vnet = '  - {id: net, kind: vnet, parent: rg, what: net, name: net, facts: [known]}\n';
    const topic = `${rows('a', 'one')}${use('a.name')}resources:\n${group(', each: a')}${vnet}`;
    expect(await messages(topic)).toEqual(['«rg» repeats, so what lives in it needs the same each: a']);
  });

  it('an unknown id under after:, and a probe that prints nothing', async () => {
    const action = `actions:\n  - {id: act, what: act, probe: probe.az, done: x, run: run.az, kept: no, after: [rgg], facts: [known]}\n`;
    const topic = `${use('vnet.name')}resources:\n${group(', after: [act]')}${action}`;
    expect((await messages(topic, { 'probe.az': 'az provider show', 'run.az': 'az provider register' })).sort()).toEqual([
      'the scripts keep az quiet, so a probe needs --output tsv',
      'there is no resource or action «rgg» (did you mean rg?)',
    ]);
  });

  it('a question of tags without the formats of tags', async () => {
    const topic = `  - {id: tags, kind: tags, ask: Which?, label: tags}\n${use('tags')}`;
    expect(await messages(topic)).toEqual(['there is no format «tag_name»', 'there is no format «tag_value»']);
  });

  it('a question whose last word is more works', async () => {
    expect(await messages(`  - {id: one.more, kind: yes_no, ask: One?, label: one}\n${use('one.more')}`)).toEqual([]);
  });
});
