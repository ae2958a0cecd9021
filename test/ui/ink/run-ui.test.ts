import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { inkRunUi } from '../../../src/ui/ink/ink-run-ui.ts';
import type { RunHandles, RunUi } from '../../../src/ui/run-ui.ts';
import { events, head, lines, overview, trouble, undoOverview } from '../recorded-run.ts';
import { FakeTerminal } from './fake-terminal.ts';

const open: RunUi[] = [];

afterEach(async () => {
  for (const ui of open.splice(0)) await ui.close();
});

/** A run in a terminal in memory, with what was asked of it. */
function runIn(columns = 100, rows = 30, colour = true) {
  const terminal = new FakeTerminal(columns, rows);
  const did: string[] = [];
  const log = ['az one', 'az two'];
  const handles: RunHandles = {
    stop: () => did.push('stop'),
    end: () => did.push('end'),
    leave: () => did.push('leave'),
    log: () => [...log],
  };
  const ui = inkRunUi({ stdin: terminal.stdin, stdout: terminal.stdout, colour });
  open.push(ui);
  const begin = (rehearsal = false): void => ui.begin({ ...head, rehearsal }, lines, handles);
  const happen = (upTo: number): void => {
    for (const { event, now } of events) if (now <= events[0]!.now + upTo * 1000) ui.event(event, now);
  };
  return { terminal, ui, did, log, begin, happen };
}

describe('the question before it', () => {
  test.each([
    ['y', true],
    ['n', false],
    ['esc', false],
    ['ctrl+c', false],
  ] as const)('%s is %s', async (key, yes) => {
    const { terminal, ui } = runIn();
    const answer = ui.confirm(overview);
    await terminal.see('Made if it is not there');
    terminal.press('x', 'enter', key);
    expect(await answer).toBe(yes);
  });

  test('scrolls, shows the permissions, and always has the question in sight', async () => {
    const { terminal, ui } = runIn(60, 15);
    const answer = ui.confirm({ ...overview, rehearsal: true });
    expect(await terminal.see('y  rehearse it')).toContain('REHEARSAL  nothing reaches Azure');
    terminal.press('end');
    expect(await terminal.see('2 actions')).toContain('y  rehearse it');
    terminal.press('p');
    await terminal.see('Microsoft.Network/virtualNetworks/write');
    terminal.press('esc');
    await terminal.see('y  rehearse it');
    terminal.press('y');
    expect(await answer).toBe(true);
  });

  test('of an undo wants the name, with the cursor where it is typed', async () => {
    const { terminal, ui } = runIn();
    const answer = ui.confirm(undoOverview);
    await terminal.see('Type contoso-prod and press Enter');
    terminal.press('contoso-x', 'enter');
    await terminal.see('✖ not the name');
    terminal.press('backspace', 'prod');
    await terminal.see('⏎ take it back');
    await terminal.until(() => terminal.cursor().x === 1 + 2 + 'contoso-prod'.length, 'the cursor behind the name');
    terminal.press('enter');
    expect(await answer).toBe(true);
  });

  test('keeps still: nothing is painted while nothing changes', async () => {
    const { terminal, ui } = runIn();
    const answer = ui.confirm(overview);
    await terminal.see('Costs money');
    await sleep(50);
    const { length } = terminal.written;
    await sleep(400);
    expect(terminal.written.length).toBe(length);
    terminal.press('n');
    await answer;
  });
});

describe('while it runs', () => {
  test('what happens is shown, and the spinner turns', async () => {
    const { terminal, begin, happen } = runIn();
    begin();
    happen(36);
    await terminal.see(/⠋|⠙|⠹/);
    await terminal.see(/NAT gateway nat-ml +Azure: Updating/);
    const first = terminal.text();
    await terminal.until(() => terminal.text() !== first, 'another picture of the spinner');
  });

  test('without colour nothing turns', async () => {
    const { terminal, begin, happen } = runIn(100, 30, false);
    begin();
    happen(36);
    await terminal.see(/▸ NAT gateway nat-ml/);
    await sleep(450);
    expect(terminal.written).not.toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/);
  });

  test('it paints ten times a second at most, however much happens', async () => {
    const { terminal, ui, begin, happen } = runIn(100, 30, false);
    begin();
    happen(36);
    await terminal.see('Azure: Updating');
    let writes = 0;
    terminal.stdout.on('data', () => writes++);
    for (let index = 0; index < 300; index++) {
      ui.event({ type: 'progress', step: 'nat', doing: 'waiting', note: `State${index}` }, events[0]!.now + 36_000 + index);
      await sleep(1);
    }
    await terminal.see('State299');
    expect(writes).toBeLessThan(40);
  });

  test('the log opens, grows and closes', async () => {
    const { terminal, ui, log, begin, happen } = runIn();
    begin();
    happen(10);
    await terminal.see('Running');
    terminal.press('l');
    await terminal.see('az two');
    log.push('az three 日本');
    ui.event(events[40]!.event, events[40]!.now);
    await terminal.see('az three 日本');
    terminal.press('esc');
    await terminal.see('resource group rg-ml-net');
  });

  test('s stops once', async () => {
    const { terminal, did, begin, happen } = runIn();
    begin();
    happen(10);
    await terminal.see('Running');
    terminal.press('s', 's');
    await terminal.see('Stopping');
    expect(did).toEqual(['stop']);
  });

  test('resizing keeps it right', async () => {
    const { terminal, begin, happen } = runIn();
    begin();
    happen(36);
    await terminal.see('5 of 15');
    terminal.resize(60, 15);
    await terminal.see('3 finished');
    expect(Math.max(...terminal.rows().map((row) => row.length))).toBeLessThanOrEqual(60);
  });
});

describe('ctrl+c', () => {
  test('once lets a person choose', async () => {
    const { terminal, did, begin, happen } = runIn();
    begin();
    happen(10);
    await terminal.see('Running');
    terminal.press('ctrl+c');
    await terminal.see('How shall it end?');
    expect(did).toEqual([]);
    terminal.press('3', 'enter');
    await terminal.see('Ending');
    expect(did).toEqual(['end']);
  });

  test('and keep going keeps going', async () => {
    const { terminal, did, begin, happen } = runIn();
    begin();
    happen(10);
    await terminal.see('Running');
    terminal.press('ctrl+c');
    await terminal.see('How shall it end?');
    terminal.press('end', 'down', 'down', 'down', 'enter');
    await terminal.gone('How shall it end?');
    expect(did).toEqual([]);
  });

  test('twice leaves at once: nothing is asked and no end is waited for', async () => {
    const { terminal, ui, did, begin, happen } = runIn();
    begin();
    happen(59);
    const decided = ui.decide(trouble);
    await terminal.see(' Mend ');
    terminal.press('ctrl+c', 'ctrl+c');
    expect(await decided).toBe('stop');
    expect(did).toEqual(['leave']);
    await ui.end({ outcome: 'interrupted', next: [] });
  });

  test('between the yes and the beginning is kept for the run', async () => {
    const { terminal, ui, did, begin } = runIn();
    const answer = ui.confirm(overview);
    await terminal.see('Made if it is not there');
    terminal.press('y');
    await answer;
    terminal.press('ctrl+c');
    await sleep(30);
    begin();
    await terminal.see('How shall it end?');
    terminal.press('enter');
    await terminal.see('Stopping');
    expect(did).toEqual(['stop']);
  });

  test('a terminal that is gone leaves', async () => {
    const { terminal, ui, did, begin, happen } = runIn();
    begin();
    happen(59);
    const decided = ui.decide(trouble);
    await terminal.see('Message');
    terminal.stdin.push(null);
    expect(await decided).toBe('stop');
    expect(did).toEqual(['leave']);
    expect(await ui.decide(trouble)).toBe('stop');
    await ui.end({ outcome: 'interrupted', next: [] });
  });
});

describe('failures', () => {
  test('queue: one is shown, with how many more wait', async () => {
    const { terminal, ui, begin, happen } = runIn();
    begin();
    happen(59);
    const first = ui.decide(trouble);
    const second = ui.decide({ ...trouble, what: 'key vault kv-two', signIn: true });
    const third = ui.decide({ ...trouble, what: 'key vault kv-three' });
    await terminal.see('container registry crcontosoprod failed');
    await terminal.see('2 more failures wait');
    terminal.press('a');
    expect(await first).toBe('again');
    await terminal.see('key vault kv-two failed');
    await terminal.see('1 more failure waits');
    terminal.press('enter');
    expect(await second).toBe('sign in');
    await terminal.see('key vault kv-three failed');
    terminal.press('x');
    expect(await third).toBe('skip');
    await terminal.see('NAT gateway nat-ml');
  });

  test('stop answers all that wait', async () => {
    const { terminal, ui, begin, happen } = runIn();
    begin();
    happen(59);
    const both = Promise.all([ui.decide(trouble), ui.decide(trouble)]);
    await terminal.see('1 more failure waits');
    terminal.press('s');
    expect(await both).toEqual(['stop', 'stop']);
    await terminal.see('Stopping');
    expect(await ui.decide(trouble)).toBe('stop');
  });

  test('do not come over the log, which opens from there too', async () => {
    const { terminal, ui, begin, happen } = runIn();
    begin();
    happen(59);
    await terminal.see('Running');
    terminal.press('l');
    await terminal.see('az two');
    const decided = ui.decide(trouble);
    await sleep(150);
    expect(terminal.text()).toContain('az two');
    terminal.press('esc');
    await terminal.see('container registry crcontosoprod failed');
    terminal.press('l');
    await terminal.see('az two');
    terminal.press('l', 'b');
    expect(await decided).toBe('edit');
  });
});

test('a program gets the terminal as it was, and the screen comes back', async () => {
  const { terminal, ui, did, begin, happen } = runIn();
  begin();
  happen(36);
  await terminal.see('Running');
  const result = await ui.aside(async () => {
    expect(terminal.raw).toBe(false);
    happen(59);
    terminal.stdout.write('Sign in with the code ABC\r\n');
    await terminal.see('Sign in with the code ABC');
    return 'signed in';
  });
  expect(result).toBe('signed in');
  expect(did).toEqual([]);
  await terminal.see('1 failed');
  expect(terminal.raw).toBe(true);
  terminal.press('s');
  await terminal.until(() => did.includes('stop'), 'a key after it');
});

describe('the end', () => {
  test.each(['q', 'enter', 'esc', 'ctrl+c'])('is shown until %s', async (key) => {
    const { terminal, ui, begin, happen } = runIn();
    begin(true);
    happen(99);
    let closed = false;
    const end = ui.end({ outcome: 'failed', next: ['amlguide resume contoso-prod'] }).then(() => (closed = true));
    const text = await terminal.see('Not everything worked');
    expect(text).toContain('REHEARSAL  nothing reaches Azure');
    expect(text).toContain('→ amlguide resume contoso-prod');
    terminal.press('down');
    await sleep(30);
    expect(closed).toBe(false);
    terminal.press(key);
    await end;
    await ui.close();
    expect(terminal.raw).toBe(false);
  });
});
