import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const manifest = {
  version: '1',
  checked: '2026-01-01',
  programs: ['az'],
  every_call: { words: '--subscription x', except: [] },
  probe: 'az resource show --ids ${id} --api-version ${api} --query ${query}',
  remove: 'az resource delete --ids ${id} --api-version ${api}',
  read: 'az rest --method get --url ${id}?api-version=${api}',
  restore: 'az rest --method put --url ${id}?api-version=${api} --body @${file}',
  name_from: 'note',
  heading: 'A list',
  before: [],
  checks_not: [],
};

const fact = {
  id: 'long',
  kind: 'limit',
  status: 'valid',
  says: 'A list may be long.',
  sources: [{ page: 'p' }],
  applies_to: ['all'],
  verify_by: 'answers',
};

/**
 * Writes a catalog whose first question has so many choices.
 * @param {string} folder
 * @param {number} count
 */
export async function writeLongList(folder, count) {
  const choices = Array.from({ length: count }, (_, index) => ({
    value: `size-${index}`,
    label: `Size ${index}`,
    hint: `${index % 7} cores, ${index % 5} disks`,
  }));
  const questions = [
    { id: 'size', kind: 'choice', choices, ask: 'Which size?', label: 'size', why: 'It decides how fast it is.', facts: ['long'] },
    { id: 'note', kind: 'text', format: 'free', ask: 'A note?', label: 'note' },
  ];
  const items = [{ id: 'first', label: 'The first size', facts: ['long'], severity: 'low', must: "size == 'size-0'" }];
  const files = {
    'checklists/catalog.yaml': manifest,
    'checklists/kinds.yaml': {},
    'checklists/formats.yaml': { free: { pattern: '.*', say: 'anything', example: 'a' } },
    'checklists/facts/list.yaml': [fact],
    'checklists/start.yaml': { topic: 'start', title: 'Sizes', order: 1, questions, items },
  };
  // JSON is YAML too.
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), JSON.stringify(content));
  }
  return folder;
}
