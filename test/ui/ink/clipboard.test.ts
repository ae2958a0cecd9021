import { describe, expect, it } from 'vitest';
import { copied } from '../../../src/ui/ink/clipboard.ts';
import { contractCatalog } from '../contract-catalog.ts';
import { begun, planned, sessionWith, wizard } from './screens.ts';

/** What the terminal would have in its clipboard after all that was written; undefined when nothing was sent. */
function clipboard(written: string): string | undefined {
  const data = written.split('\u001B]52;c;').at(-1)?.split('\u0007')[0];
  return written.includes('\u001B]52;c;') ? Buffer.from(data ?? '', 'base64').toString() : undefined;
}

describe('a copied text', () => {
  it('comes back out of the sequence, in any script', () => {
    for (const text of ['one line\n', 'two\nlines\n', '한국 👩‍👩‍👧 é\n', '']) expect(clipboard(copied(text).sequence ?? '')).toBe(text);
    expect(copied('a\nb\n').says).toMatch(/^Copied 2 lines\. .*allow it/);
  });

  it('is not sent when terminals would drop it, and that is said', () => {
    expect(copied('x'.repeat(56_250)).sequence).toBeDefined();
    const { sequence, says } = copied('x'.repeat(56_251));
    expect(sequence).toBeUndefined();
    expect(says).toMatch(/^Not copied: 76 kB/);
  });

  it('passes through tmux and GNU screen', () => {
    const tmux = copied('text', 'tmux').sequence ?? '';
    const plain = copied('text').sequence ?? '';
    expect(tmux.startsWith(`${plain}\u001BPtmux;\u001B\u001B]52;c;`)).toBe(true);
    expect(tmux.endsWith('\u0007\u001B\\')).toBe(true);
    const parts = (copied('x'.repeat(2000), 'screen').sequence ?? '').split('\u001B\\').filter((part) => part !== '');
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(256);
    expect(clipboard(parts.map((part) => part.slice(2)).join(''))).toBe('x'.repeat(2000));
  });
});

describe('the key that copies', () => {
  it('takes the commands of a question, with ctrl where letters are text', async () => {
    const terminal = wizard(contractCatalog, sessionWith(begun), 100, 30);
    await terminal.see('what this adds to your script');
    terminal.press('ctrl+t');
    await terminal.see(/Copied \d+ lines?\./);
    expect(clipboard(terminal.written)).toMatch(/^# .+\naz network vnet create /);
    terminal.press('down');
    await terminal.gone('Copied');
  });

  it('takes the answers file of the review', async () => {
    const terminal = wizard(contractCatalog, sessionWith(planned), 100, 30);
    const turn = await terminal.talk.turn();
    terminal.press('ctrl+r');
    await terminal.see('Review · ');
    terminal.press('c');
    await terminal.see(/Copied \d+ lines?\./);
    expect(clipboard(terminal.written)).toBe(await turn.file?.());
    expect(clipboard(terminal.written)).toContain('koreacentral');
  });

  it('takes the text of a page', async () => {
    const terminal = wizard(contractCatalog, sessionWith(begun), 100, 30);
    await terminal.see('take all proposed');
    terminal.press('?');
    await terminal.see('Keys that work here');
    terminal.press('c');
    await terminal.see(/Copied \d+ lines?\./);
    expect(clipboard(terminal.written)).toMatch(/^Help\n\nKeys that work here\n {2}⏎ +accept\n/);
  });
});

describe('the key that takes back', () => {
  it('takes back the last answer, and says which', async () => {
    const terminal = wizard(contractCatalog, sessionWith(begun), 100, 30);
    await terminal.see('What this adds'.toLowerCase());
    expect((await terminal.talk.turn()).undoes).toBe(false);
    terminal.press('ctrl+u');
    terminal.paste('vnet-mine');
    terminal.press('enter');
    await terminal.until(() => terminal.talk.now()?.undoes === true, 'the next question');
    terminal.press('ctrl+_');
    await terminal.see(/Taken back: .* vnet-mine\./);
    const turn = await terminal.talk.turn();
    expect(turn.view.ask?.key).toBe('vnet.name');
    expect(turn.view.ask?.value).toBeUndefined();
    expect(turn.undoes).toBe(false);
  });

  it('takes back all that one key took as proposed', async () => {
    const terminal = wizard(contractCatalog, sessionWith(begun), 100, 30);
    await terminal.see('section defaults');
    const before = terminal.talk.now()?.view.answers.map(({ key }) => key);
    terminal.press('ctrl+d');
    await terminal.see('Taken as proposed');
    expect(terminal.talk.now()?.view.answers.length).toBeGreaterThan((before?.length ?? 0) + 1);
    terminal.press('ctrl+_');
    await terminal.see('Taken back: ');
    expect(terminal.talk.now()?.view.answers.map(({ key }) => key)).toEqual(before);
  });
});
