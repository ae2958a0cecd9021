import { describe, expect, it } from 'vitest';
import { problemLine, readCatalog } from '../../src/io/read-catalog.ts';
import { planted, writeCatalog } from '../write-catalog.ts';

const topic = 'checklists/network.yaml';

async function problems(more: string): Promise<string[]> {
  const files = planted(topic, 'label: prefix,', `label: prefix, ${more}`);
  return (await readCatalog(await writeCatalog(files))).problems.map(problemLine);
}

describe('what mends an item', () => {
  it.each([
    ['redo: [subnets],', 'there is no resource or action «subnets» (did you mean subnet?)'],
    ['remake: [subnets],', 'there is no resource «subnets» (did you mean subnet?)'],
    ['fix: subnet.az, remake: [subnet],', 'an item has one of fix, redo and remake'],
  ])('%s', async (more, message) => {
    expect(await problems(more)).toEqual([expect.stringMatching(/^checklists\/network\.yaml:\d+:\d+ /)]);
    expect((await problems(more))[0]).toContain(message);
  });
});
