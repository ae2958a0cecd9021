import { expect, test } from 'vitest';
import { valuesIn } from '../../../src/core/session.ts';
import { contractCatalog } from '../contract-catalog.ts';
import { listCatalog, questionsCatalog } from './list-catalog.ts';
import { begun, leave, planned, sessionWith, wizard } from './screens.ts';

test('a choice that is refused shows why, and Enter is not offered on it', async () => {
  const screen = wizard(contractCatalog, sessionWith({ ...begun, region: 'koreasouth' }, 'vnet.origin'));
  await screen.see('Does the virtual network exist already?');
  screen.press('down');
  await screen.see('  ✖ Korea South has no networks yet.');
  await screen.gone('⏎ accept');
  screen.press('enter', 'up');
  await screen.see('❯ a new network');
});

test('several are marked with space, and a needed answer is asked for', async () => {
  const screen = wizard(contractCatalog, sessionWith({ project: 'contoso-ml', region: 'koreacentral' }));
  await screen.see('❯ [ ] compute cluster');
  screen.press('enter');
  await screen.see('✖ An answer is needed.');
  screen.press('space', 'j', 'space');
  await screen.see('❯ [✔] compute instance');
  expect(screen.text()).toContain('[✔] compute cluster');
  screen.press('k', 'space', 'enter');
  await screen.see('Does the virtual network exist already?');
  expect(valuesIn((await leave(screen)).session).targets).toEqual(['compute-instance']);
});

test('yes and no are one key', async () => {
  const screen = wizard(contractCatalog, sessionWith({ ...planned, 'subnet.prefix': '10.1.0.0/27' }));
  await screen.see('Do nodes get a public IP?');
  expect(screen.text()).toContain('❯ no ← proposed');
  screen.press('y');
  await screen.see('What is the cluster called?');
  expect(valuesIn((await leave(screen)).session).public_ip).toBe(true);
});

test('a choice without a default is not taken by Enter alone', async () => {
  const screen = wizard(contractCatalog, sessionWith({ ...planned, 'subnet.prefix': '10.1.0.0/27', public_ip: false }));
  await screen.see('Which way out do nodes have?');
  expect(screen.text()).not.toContain('⏎ accept');
  screen.press('enter', 'up', 'enter');
  await screen.see('What is the cluster called?');
  expect(valuesIn((await leave(screen)).session).way_out).toBe('firewall');
});

test('a long list is windowed and filtered by typing', async () => {
  const screen = wizard(listCatalog(10_000));
  await screen.see(/1–\d+ of 10000/);
  expect(screen.text()).toContain('/ type to filter, ↑↓ to move');
  screen.press('end');
  await screen.see('❯ Size 9999');
  screen.press('/', 'size 77', ' ', 'even');
  await screen.see('/ size 77 even');
  await screen.see('❯ Size 770 ');
  screen.press('ctrl+u', '4321');
  await screen.see('❯ Size 4321');
  screen.press('down', 'enter');
  await screen.see('A note?');
  expect(valuesIn((await leave(screen)).session).size).toBe('size-4321');
});

test('letters that are keys elsewhere find in a long list, and what begins with them comes first', async () => {
  const names = ['Japan East', 'West Europe', 'Rejkavik', 'Korea Central', 'Korea South', 'Norway', 'Poland', 'Qatar', 'Spain'];
  const choices = names.map((label) => ({ value: label.replace(' ', '').toLowerCase(), label }));
  const screen = wizard(questionsCatalog([{ id: 'region', kind: 'choice', choices, ask: 'Which region?', label: 'region' }]));
  await screen.see('Which region?');
  expect(screen.text()).toContain('ctrl+c save and leave');
  screen.press('k');
  await screen.see('❯ Korea Central');
  screen.press('orea');
  expect(await screen.gone('Rejkavik')).toContain('/ korea');
  screen.press('esc');
  await screen.see('Rejkavik');
  screen.press('koreas', 'enter');
  await screen.see('every question is answered');
  expect(valuesIn((await leave(screen)).session).region).toBe('koreasouth');
});

test('in a short list a number chooses its row', async () => {
  const screen = wizard(contractCatalog, sessionWith({ ...planned, 'subnet.prefix': '10.1.0.0/27', public_ip: false }));
  await screen.see('↑↓ or 1–');
  screen.press('2', 'enter');
  await screen.see('What is the cluster called?');
  expect(valuesIn((await leave(screen)).session).way_out).toBe('firewall');
});

test('escape ends the filter before it goes back, and marks outlive it', async () => {
  const screen = wizard(listCatalog(20, 'choices'));
  await screen.see('[ ] Size 0');
  screen.press('/', '17', 'space');
  await screen.see('[✔] Size 17');
  screen.press('esc');
  await screen.see('[ ] Size 16');
  screen.press('enter');
  await screen.see('A note?');
  expect(valuesIn((await leave(screen)).session).size).toEqual(['size-17']);
});
