import { expect, test } from 'vitest';
import { valuesIn } from '../../../src/core/session.ts';
import { contractCatalog } from '../contract-catalog.ts';
import { listCatalog, questionsCatalog } from './list-catalog.ts';
import { begun, leave, planned, sessionWith, wizard } from './screens.ts';

test('the first question has an input without a default, with an example, and the reason', async () => {
  const screen = wizard();
  const text = await screen.see('What is the short name of this setup?');
  expect(text).toContain('for example contoso-ml');
  expect(text).toContain('Why      All other names are proposed from it.');
  expect(text).toContain('question 1 · section 1 of 5');
  expect(text).toContain('nothing answered yet');
});

test('a problem shows while typing, in words, and Enter is offered only when there is none', async () => {
  const screen = wizard();
  await screen.see('short name of this setup');
  screen.press('A');
  expect(await screen.see('! «A»: Use 3 to 16 lower-case letters')).not.toContain('⏎ accept');
  screen.press('enter');
  await screen.see('✖ «A»');
  screen.press('backspace', 'abc');
  expect(await screen.see('⏎ accept')).not.toContain('«');
});

test('the input is edited like a line of a shell, and the terminal shows the cursor there', async () => {
  const screen = wizard();
  await screen.see('short name of this setup');
  screen.press('two words', 'ctrl+w', 'ctrl+a', 'x', 'end', 'left', 'delete', 'é', '😀', 'backspace', 'home', 'delete');
  await screen.see('❯ twoé');
  screen.press('ctrl+e', '日本');
  await screen.see('❯ twoé日本');
  const row = screen.rows().findIndex((line) => line.includes('❯ twoé'));
  await screen.until(() => screen.cursor().y === row, 'the cursor in the input');
  expect(screen.cursor().x).toBe(31 + 2 + 4 + 4);
  screen.press('ctrl+u');
  await screen.see('for example contoso-ml');
});

test('an empty input offers the default: Enter accepts it, typing replaces it, tab edits it', async () => {
  const screen = wizard(contractCatalog, sessionWith(begun));
  await screen.see('❯ vnet-contosoml');
  screen.press('tab', '-2');
  await screen.see('❯ vnet-contosoml-2');
  screen.press('enter');
  await screen.see('❯ rg-contosoml');
  screen.press('enter');
  await screen.see('❯ 10.1.0.0/16');
  screen.press('10.8.0.0/16', 'enter');
  await screen.see('Which ranges must not be used?');
  const { session } = await leave(screen);
  expect(valuesIn(session)).toMatchObject({
    'vnet.name': 'vnet-contosoml-2',
    'vnet.group': 'rg-contosoml',
    'vnet.prefixes': ['10.8.0.0/16'],
  });
  expect(session.answers['vnet.group']?.from).toBe('default');
});

test('pasted lines become a list', async () => {
  const screen = wizard(contractCatalog, sessionWith({ ...begun, 'vnet.name': 'vnet-contosoml', 'vnet.group': 'rg-contosoml' }));
  await screen.see('Which address space does it have?');
  screen.paste('10.1.0.0/16\n 10.9.0.0/20 \n');
  await screen.see('❯ 10.1.0.0/16, 10.9.0.0/20');
  screen.press('enter');
  await screen.see('Which ranges must not be used?');
  expect(valuesIn((await leave(screen)).session)['vnet.prefixes']).toEqual(['10.1.0.0/16', '10.9.0.0/20']);
});

test('a rule speaks while typing', async () => {
  const screen = wizard(contractCatalog, sessionWith(planned));
  await screen.see('Which block does the training subnet get?');
  screen.press('10.2.0.0/24');
  await screen.see('Choose a block inside 10.1.0.0/16.');
});

test('what may stay empty has a key for that', async () => {
  const screen = wizard(listCatalog(3));
  await screen.see('Which size?');
  screen.press('down', 'enter');
  await screen.see('❯ nothing special');
  screen.press('ctrl+n');
  await screen.see('every question is answered');
  expect(valuesIn((await leave(screen)).session)).toEqual({ size: 'size-0', note: null });
});

test('a fact that changed shows the old rule, the current one and since when', async () => {
  const screen = wizard(contractCatalog, sessionWith({ ...planned, 'subnet.prefix': '10.1.0.0/27' }));
  const text = await screen.see('! stated since 2025-09-30 · how-to-secure-training-vnet');
  expect(text).toContain('Then     Nodes without a public IP reach the internet through the s…');
  expect(text).toContain('Now      Nodes without a public IP need a way out of your own.');
});

test('a fact that holds says so, and the reason of the default stands there', async () => {
  const screen = wizard(contractCatalog, sessionWith(planned), 160);
  const text = await screen.see('still true today');
  expect(text).toContain('Proposed The first free block with 27 addresses.');
  expect(text).toContain('Source   ✔ still true today · how-to-secure-training-vnet (2025-06-12) · 1 more: explain');
});

test('back goes back, and an answer that is not changed stays', async () => {
  const screen = wizard(contractCatalog, sessionWith({ project: 'contoso-ml' }));
  await screen.see('In which region');
  screen.press('esc');
  await screen.see('❯ contoso-ml');
  expect(screen.text()).not.toContain('esc back');
  screen.press('enter');
  await screen.see('In which region');
});

test('everything that is proposed is shown, and taken after a yes alone', async () => {
  const screen = wizard(contractCatalog, sessionWith(begun));
  await screen.see('❯ vnet-contosoml');
  screen.press('ctrl+s');
  expect(await screen.see('y yes, take them')).toMatch(/Take these \d+ proposed answers\?[\s\S]*vnet-contosoml[\s\S]*Then you are asked: /);
  screen.press('esc');
  await screen.see('❯ vnet-contosoml');
  screen.press('ctrl+s', 'y');
  await screen.see('Taken as proposed: ');
});

test('the defaults of a section are taken at once and told', async () => {
  const screen = wizard(contractCatalog, sessionWith(begun));
  await screen.see('What is the network called?');
  screen.press('ctrl+d');
  const text = await screen.see('Which way out do nodes have?');
  expect(text).toContain('Taken as proposed: network name vnet-contosoml,');
});

test('an edit shows what else it changes, and only y makes it', async () => {
  const screen = wizard(contractCatalog, sessionWith({ ...begun, 'vnet.name': 'vnet-contosoml' }, 'project'));
  await screen.see('❯ contoso-ml');
  screen.press('ctrl+u', 'fabrikam', 'enter');
  const text = await screen.see('Change it?');
  expect(text).toContain('→ network name follows: vnet-contosoml becomes vnet-fabrikam');
  screen.press('enter', 'n');
  await screen.gone('Change it?');
  screen.press('enter');
  await screen.see('Change it?');
  screen.press('y');
  await screen.see('· network name follows: vnet-contosoml becomes vnet-fabrikam');
  expect(valuesIn((await leave(screen)).session)['vnet.name']).toBe('vnet-fabrikam');
});

test('help lists the keys of the screen below it; in a text a question mark is text', async () => {
  const screen = wizard();
  await screen.see('short name of this setup');
  screen.press('?');
  const help = await screen.see('Keys that work here');
  expect(help).toContain('ctrl+x  explain');
  expect(help).toContain('✔ the plan makes it true');
  screen.press('esc');
  await screen.see('short name of this setup');
  screen.press('a', '?');
  await screen.see('❯ a?');
});

test('explain shows every fact with its sources and scrolls', async () => {
  const screen = wizard(contractCatalog, sessionWith(planned), 60, 12);
  await screen.see('Which block does the training subnet get?');
  screen.press('ctrl+x');
  await screen.see(/training subnet +1–\d+ of \d+/);
  screen.press('end');
  await screen.see('Answers file: subnet.prefix');
  screen.press('home', 'down');
  await screen.see(/training subnet +2–/);
  screen.press('esc');
  await screen.see('Which block does the training subnet get?');
});

test('ctrl+l paints everything anew', async () => {
  const screen = wizard();
  await screen.see('short name of this setup');
  screen.stdout.write('\u001B[2J\u001B[5;5Hspoiled');
  await screen.see('spoiled');
  screen.press('ctrl+l');
  await screen.see('short name of this setup');
  expect(screen.text()).not.toContain('spoiled');
  screen.press('abc');
  await screen.see('❯ abc');
});

test('keys are not echoed into the first frame: the terminal is raw before it', async () => {
  const screen = wizard();
  await screen.until(() => screen.written !== '', 'anything');
  expect(screen.rawAt).toBe(0);
});

test('keys that come before the screen are not lost', async () => {
  const screen = wizard();
  await screen.see('short name of this setup');
  screen.press('contoso-ml\r\r\u001B[B \r');
  await screen.see('Does the virtual network exist already?');
  expect(valuesIn((await leave(screen)).session)).toMatchObject({ project: 'contoso-ml', targets: ['compute-instance'] });
});

test('text that could move the cursor is shown harmless', async () => {
  const catalog = questionsCatalog([{ id: 'word', kind: 'text', format: 'free', ask: 'A \u001B[2Jword\u202E?', label: 'word' }]);
  const screen = wizard(catalog);
  await screen.see('A [2Jword?');
});

test('a resize keeps the place and every size can be used', async () => {
  const screen = wizard(contractCatalog, sessionWith(planned));
  await screen.see('Which block does the training subnet get?');
  screen.press('10.1.9');
  await screen.see('❯ 10.1.9');
  for (const [columns, rows] of [
    [160, 50],
    [60, 20],
    [40, 15],
    [20, 15],
    [20, 8],
    [100, 30],
  ] as const) {
    screen.resize(columns, rows);
    await screen.until(
      () => screen.rows().length === rows && screen.rows().some((line) => line.includes('❯ 10.1.9')),
      `the input at ${columns}x${rows}`,
    );
  }
});

test('the terminal is given back', async () => {
  const screen = wizard();
  await screen.see('short name of this setup');
  expect(screen.raw).toBe(true);
  await leave(screen);
  expect(screen.raw).toBe(false);
  expect(screen.written).toContain('\u001B[?1049l');
  expect(screen.written.lastIndexOf('\u001B[?25h')).toBeGreaterThan(screen.written.lastIndexOf('\u001B[?25l'));
  expect(screen.written.lastIndexOf('\u001B[?2004l')).toBeGreaterThan(screen.written.lastIndexOf('\u001B[?2004h'));
});

test('when the input ends, the session is kept and the wizard leaves', async () => {
  const screen = wizard();
  await screen.see('short name of this setup');
  screen.stdin.push(null);
  expect((await screen.talk.end).end).toBe('leave');
});
