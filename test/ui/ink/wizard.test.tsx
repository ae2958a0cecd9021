import { afterEach, expect, test } from 'vitest';
import { advance, type Move } from '../../../src/core/interview.ts';
import type { Json } from '../../../src/core/json.ts';
import { emptySession, type Session, valuesIn } from '../../../src/core/session.ts';
import { contractCatalog } from '../contract-catalog.ts';
import { startTalk } from './driver.tsx';
import { FakeTerminal } from './fake-terminal.ts';
import { listCatalog, questionsCatalog } from './list-catalog.ts';

const open: { readonly terminal: FakeTerminal; readonly end: Promise<unknown> }[] = [];

afterEach(async () => {
  for (const { terminal, end } of open.splice(0)) {
    if (!terminal.stdin.readableEnded) terminal.press('ctrl+c');
    await end.catch(() => undefined);
  }
});

function wizard(catalog = contractCatalog, start: Session = emptySession, columns = 100, rows = 30) {
  const terminal = new FakeTerminal(columns, rows);
  const talk = startTalk(catalog, terminal, start);
  open.push({ terminal, end: talk.end });
  return Object.assign(terminal, { talk });
}

function sessionWith(answers: Readonly<Record<string, Json>>, cursor?: string): Session {
  const moves: Move[] = Object.entries(answers).map(([key, value]) => ({ type: 'answer', key, value }));
  const session = moves.reduce((now, move) => advance(contractCatalog, now, move), emptySession);
  return cursor === undefined ? session : { ...session, cursor };
}

const begun = { project: 'contoso-ml', region: 'koreacentral', targets: ['compute-cluster'], 'vnet.origin': 'new' };
const planned = {
  ...begun,
  'vnet.name': 'vnet-contosoml',
  'vnet.group': 'rg-contosoml',
  'vnet.prefixes': ['10.1.0.0/16'],
  'vnet.avoid': [],
};

test('the first question has an input without a default, with an example, and the reason', async () => {
  const screen = wizard();
  const text = await screen.see('What is the short name of this setup?');
  expect(text).toContain('for example contoso-ml');
  expect(text).toContain('Why      All other names are proposed from it.');
  expect(text).toContain('1 of 12');
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
  const text = await screen.see('Since    2025-09-30');
  expect(text).toContain('From     how-to-secure-training-vnet (2025-06-12) · ! changed');
  expect(text).toContain('Was      Nodes without a public IP reach the internet through the');
  expect(text).toContain('Now      Nodes without a public IP need a way out of your own.');
});

test('a fact that holds says so, and the reason of the default stands there', async () => {
  const screen = wizard(contractCatalog, sessionWith(planned), 160);
  const text = await screen.see('still true today');
  expect(text).toContain('Proposed The first free block with 27 addresses.');
  expect(text).toContain('From     how-to-secure-training-vnet (2025-06-12) · ✔ still true today · 1 more under explain');
});

test('the preview marks what the answer decides, and p hides it', async () => {
  const screen = wizard(contractCatalog, sessionWith(begun));
  const text = await screen.see('what this adds to your script');
  expect(text).toContain('--name ‹network name›');
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

test('back goes back, and an answer that is not changed stays', async () => {
  const screen = wizard(contractCatalog, sessionWith({ project: 'contoso-ml' }));
  await screen.see('In which region');
  screen.press('esc');
  await screen.see('❯ contoso-ml');
  expect(screen.text()).not.toContain('esc back');
  screen.press('enter');
  await screen.see('In which region');
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

test('review lists the answers, and Enter jumps to one', async () => {
  const screen = wizard(contractCatalog, sessionWith(planned), 120, 40);
  await screen.see('Which block');
  screen.press('ctrl+r');
  const text = await screen.see('Review · 8 of');
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
  screen.press('tab');
  await screen.see('❯ ✖ nodes without public IP');
  screen.press('enter');
  await screen.see('your answers make it false');
  screen.press('esc');
  await screen.see('w write the scripts');
  screen.press('w');
  expect((await screen.talk.end).end).toBe('write');
});

test('a long list is windowed and filtered by typing', async () => {
  const screen = wizard(listCatalog(10_000));
  await screen.see(/1–\d+ of 10000/);
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

test('escape ends the filter before it goes back, and marks outlive it', async () => {
  const screen = wizard(listCatalog(20, 'choices'));
  await screen.see('[ ] Size 0');
  screen.press('/', '17', 'space');
  await screen.see('[✔] Size 17');
  screen.press('esc');
  await screen.see('[ ] Size 0');
  screen.press('enter');
  await screen.see('A note?');
  expect(valuesIn((await leave(screen)).session).size).toEqual(['size-17']);
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

async function leave(screen: ReturnType<typeof wizard>) {
  screen.press('ctrl+c');
  return screen.talk.end;
}
