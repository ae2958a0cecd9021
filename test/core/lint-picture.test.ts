import { expect, test } from 'vitest';
import { problemLine, readCatalog } from '../../src/io/read-catalog.ts';
import { goodCatalog, planted, writeCatalog } from '../write-catalog.ts';

const topic = 'checklists/network.yaml';
const end = 'a cluster, facts: [subnet-size]}\n';

/** The problems of the good catalog with a picture at the end of its topic; without where they stand. */
async function problems(picture: string, files = goodCatalog): Promise<string[]> {
  const text = (files[topic] ?? '').replace(end, `${end}picture:\n${picture}\n`);
  const found = (await readCatalog(await writeCatalog({ ...files, [topic]: text }))).problems.map(problemLine);
  return found.map((line) => line.replace(/^\S+:\d+:\d+ /, ''));
}

const flow = (more: string) => `  flows:\n    - {id: out, of: [subnet], way: out, who: them${more}}`;
const thing = (more: string) => `  things:\n    - {id: room, draw: box, what: a room${more}}`;

test.each([
  ['a flow', flow(', on: "443", each: clusters, why: "for ${row.name}"')],
  ['a thing', thing(', in: vnet, notes: ["${vnet.name}"]')],
])('%s has no problems', async (_, picture) => {
  expect(await problems(picture)).toEqual([]);
});

test.each([
  [
    'what a flow leaves',
    flow('').replace('subnet', 'subnett'),
    'there is no resource or thing of a picture «subnett» (did you mean subnet?)',
  ],
  ['a name in who', flow('').replace('them', '"${vnet.nam}"'), '«vnet.nam» is not known'],
  ['what a thing stands in', thing(', in: vnett'), 'there is no resource or thing of a picture «vnett» (did you mean vnet?)'],
  ['a thing in itself', thing(', in: room'), '«room» would stand in itself'],
  ['a thing with the id of a resource', thing('').replace('room', 'vnet'), 'there are two resources or things of a picture «vnet»'],
  ['a way', flow('').replace('way: out', 'way: up'), '«way» is «up», but has to be one of out, in'],
])('%s that is wrong is reported', async (_, picture, message) => {
  const [first, ...others] = await problems(picture);
  expect(others).toEqual([]);
  expect(first).toContain(message.split(' (did')[0]);
});

test('what a resource leads to has to be there', async () => {
  const files = planted(topic, '    create: subnet.az\n', '    create: subnet.az\n    picture: {to: [gone]}\n');
  expect(await problems('  things: []', files)).toEqual(['there is no resource or thing of a picture «gone»']);
});
