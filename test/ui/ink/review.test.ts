import { expect, test } from 'vitest';
import { valuesIn } from '../../../src/core/session.ts';
import { contractCatalog } from '../contract-catalog.ts';
import { listCatalog } from './list-catalog.ts';
import { begun, leave, planned, sessionWith, wizard } from './screens.ts';

test('the preview marks what the answer decides, and p hides it', async () => {
  const screen = wizard(contractCatalog, sessionWith(begun));
  const text = await screen.see('what this adds to your script');
  expect(text).toContain('--name vnet-contosoml');
  expect(text).toContain('--resource-group ‹network group›');
  screen.press('ctrl+p');
  await screen.gone('what this adds to your script');
  screen.press('enter');
  expect(await screen.see('Which resource group holds it?')).not.toContain('what this adds to your script');
  screen.press('ctrl+p');
  await screen.see('--name vnet-contosoml');
});

test('a preview without room opens on a page of its own', async () => {
  const screen = wizard(contractCatalog, sessionWith(begun), 60, 12);
  await screen.see('What is the network called?');
  screen.press('ctrl+p');
  await screen.see('What this adds to your script');
  screen.press('esc');
  await screen.see('What is the network called?');
});

test('review lists the answers, and Enter jumps to one', async () => {
  const screen = wizard(contractCatalog, sessionWith(planned), 120, 40);
  await screen.see('Which block');
  screen.press('ctrl+r');
  const text = await screen.see('Review · 8 answered so far');
  expect(text).toMatch(/short name +contoso-ml/);
  expect(text).toMatch(/region +Korea Central \(proposed\)/);
  expect(text).toMatch(/ranges to avoid +none/);
  screen.press('esc');
  await screen.see('Which block');
  screen.press('ctrl+r', 'down', 'enter');
  await screen.see('In which region is the workspace?');
});

test('the last review has the contradicted lines first, explains them, and writes', async () => {
  const screen = wizard(
    contractCatalog,
    sessionWith({
      ...planned,
      targets: ['compute-instance'],
      'subnet.prefix': '10.1.0.0/19',
      public_ip: true,
      'instance.owner': 'Kim',
      'instance.idle': null,
      tags: null,
      hosts: null,
      remark: null,
    }),
    100,
    40,
  );
  const text = await screen.see('every question is answered');
  expect(text).toContain('✖ 1 contradicted · ! 1 warning');
  expect(text).toContain('! 10.1.0.0/19 is larger than needed.');
  expect(text).toContain('❯ ✖ nodes without public IP');
  expect(text).toMatch(/^ {2}w {2}write the scripts {3}h rehearse {2}x run {2}q save for later$/m);
  screen.press('enter');
  await screen.see('your answers make it false');
  screen.press('esc');
  await screen.see('w write the scripts');
  screen.press('w');
  expect((await screen.talk.end).end).toBe('write');
});

test('back from the review shows the last question with its answer, which Enter keeps', async () => {
  const screen = wizard(listCatalog(3));
  await screen.see('Which size?');
  screen.press('2', 'enter');
  await screen.see('❯ nothing special');
  screen.press('ctrl+n');
  await screen.see('every question is answered');
  screen.press('esc');
  await screen.see('❯ none');
  expect(screen.text()).toContain('your answer');
  screen.press('esc');
  await screen.see('❯ Size 1  odd ← your answer');
  screen.press('enter');
  await screen.see('every question is answered');
  expect(valuesIn((await leave(screen)).session)).toEqual({ size: 'size-1', note: null });
});
