import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { inkVerifyUi } from '../../../src/ui/ink/ink-verify-ui.ts';
import type { VerifyUi } from '../../../src/ui/verify-ui.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { findings, head, result } from './verify-scenes.ts';

const open: VerifyUi[] = [];

afterEach(async () => {
  for (const ui of open.splice(0)) await ui.close();
});

/** A verification in a terminal in memory, with what was asked of it. */
function verifyIn(columns = 100, rows = 30, colour = true) {
  const terminal = new FakeTerminal(columns, rows);
  const did: string[] = [];
  const ui = inkVerifyUi({ stdin: terminal.stdin, stdout: terminal.stdout, colour });
  open.push(ui);
  const begin = () =>
    ui.begin(head, {
      leave: () => did.push('leave'),
      saw: (id, verdict) => {
        did.push(`${id}=${verdict}`);
        const finding = findings.find((one) => one.id === id);
        return finding && { ...finding, verdict, why: 'Looked at by hand on 2026-11-21.' };
      },
    });
  const find = (count: number) => {
    for (const finding of findings.slice(0, count)) ui.found(finding);
  };
  return { terminal, ui, did, begin, find };
}

describe('while it reads', () => {
  test('the counts grow and the list fills', async () => {
    const { terminal, begin, find } = verifyIn();
    begin();
    await terminal.see('reading Azure… 0 of 8');
    find(5);
    const text = await terminal.see('reading Azure… 5 of 8');
    expect(text).toContain('✔ 2  ✖ 1  ? 1  ☐ 1');
    expect(text).toContain('Storage is closed to the internet');
  });

  test('without colour nothing turns, and the seconds alone are painted', async () => {
    const { terminal, begin, find } = verifyIn(100, 30, false);
    begin();
    find(2);
    await terminal.see('▸ reading Azure… 2 of 8');
    await sleep(300);
    expect(terminal.written).not.toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/);
  });

  test('it paints ten times a second at most, however much is found', async () => {
    const { terminal, ui, begin } = verifyIn(100, 30, false);
    begin();
    await terminal.see('reading Azure');
    let writes = 0;
    terminal.stdout.on('data', () => writes++);
    for (let index = 0; index < 300; index++) {
      ui.found({ ...findings[1]!, id: `item-${index}` });
      await sleep(1);
    }
    await terminal.see('? 300');
    expect(writes).toBeLessThan(40);
  });

  test.each(['q', 'esc', 'ctrl+c'])('%s leaves', async (key) => {
    const { terminal, did, begin } = verifyIn();
    begin();
    await terminal.see('reading Azure');
    terminal.press(key);
    await terminal.until(() => did.length > 0, 'the end');
    expect(did).toEqual(['leave']);
  });

  test('a terminal that is gone leaves', async () => {
    const { terminal, ui, did, begin } = verifyIn();
    begin();
    await terminal.see('reading Azure');
    terminal.stdin.push(null);
    await terminal.until(() => did.includes('leave'), 'the end');
    expect(await ui.settled(result)).toEqual({ type: 'leave' });
  });
});

describe('when all is read', () => {
  test('resizing keeps the item, beside the list or below it', async () => {
    const { terminal, ui, begin } = verifyIn(100, 30);
    begin();
    void ui.settled(result);
    await terminal.see('read in');
    terminal.press('down');
    expect(await terminal.see('❯ ✖ Peering is connected')).toContain('│ ✖ Peering is connected, as the plan says.');
    terminal.resize(60, 15);
    expect(await terminal.see('─────')).toContain('❯ ✖ Peering is connected');
    expect(Math.max(...terminal.rows().map((row) => row.length))).toBeLessThanOrEqual(60);
    terminal.resize(160, 60);
    await terminal.see(/❯ ✖ Peering is connected .*│/);
  });

  test('what a person saw counts at once', async () => {
    const { terminal, ui, did, begin } = verifyIn();
    begin();
    void ui.settled(result);
    await terminal.see('✔ 3  ✖ 2  ? 1  ☐ 2');
    terminal.press('end', 'y');
    await terminal.see('✔ 4  ✖ 2  ? 1  ☐ 1');
    terminal.press('n');
    await terminal.see('✔ 4  ✖ 3  ? 1  ☐ 0');
    expect(did).toEqual(['resolves=pass', 'by_bastion=fail']);
  });

  test('f asks for the fix, r for another reading in which everything begins anew', async () => {
    const { terminal, ui, begin, find } = verifyIn();
    begin();
    const first = ui.settled(result);
    await terminal.see('read in');
    terminal.press('down', 'r');
    expect(await first).toEqual({ type: 'again' });
    begin();
    find(1);
    await terminal.see('✔ 1  ✖ 0  ? 0  ☐ 0');
    const second = ui.settled(result);
    expect(await terminal.see('read in')).toContain('❯ ✖ Peering is connected');
    terminal.press('space', 'f');
    expect(await second).toEqual({ type: 'fix', ids: ['peering'] });
  });

  test('the terminal is given back as it was', async () => {
    const { terminal, ui, begin } = verifyIn();
    terminal.stdout.write('what stood there before\r\n');
    begin();
    const wish = ui.settled(result);
    await terminal.see('read in');
    terminal.press('q');
    expect(await wish).toEqual({ type: 'leave' });
    await ui.close();
    await terminal.see('what stood there before');
    expect(terminal.text()).not.toContain('Peering');
    expect(terminal.raw).toBe(false);
  });

  test('words are typed with the cursor behind them', async () => {
    const { terminal, ui, begin } = verifyIn();
    begin();
    void ui.settled(result);
    await terminal.see('read in');
    terminal.press('/', 'dns');
    await terminal.see('/ dns');
    await terminal.until(() => terminal.cursor().x === 1 + 2 + 'dns'.length, 'the cursor behind the words');
    terminal.paste(' zones');
    expect(await terminal.see('✔ Zones are linked')).not.toContain('Peering');
  });
});

test('a terminal that is gone before the first reading leaves it at once', async () => {
  const { ui, did, begin } = verifyIn();
  ui.leave();
  begin();
  expect(did).toEqual(['leave']);
  expect(await ui.settled(result)).toEqual({ type: 'leave' });
});
