import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inkScreen } from '../../../src/ui/ink/ink-screen.ts';
import { cut, type Line, type Tone } from '../../../src/ui/ink/text.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { texts } from './hostile-texts.ts';

const [columns, rows] = [40, 6];
const endOfUpdate = '\u001B[?2026l';
// Ink asks for pastes once it has the keyboard.
const inkIsThere = '\u001B[?2004h';

/** A screen that shows these rows, whatever they are by now. */
function started(rowsNow: () => readonly Line[]) {
  const terminal = new FakeTerminal(columns, rows);
  const failures: unknown[] = [];
  const source = {
    subscribe: () => () => undefined,
    scene: rowsNow,
    press: () => undefined,
    end: () => undefined,
    fail: (error: unknown) => failures.push(error),
  };
  const layout = (lines: readonly Line[]) => ({ lines, seen: { page: 1, count: 0, preview: false } });
  const screen = inkScreen({ stdin: terminal.stdin, stdout: terminal.stdout }, source, layout);
  screen.start();
  return { terminal, screen, failures, mounted: () => terminal.until(() => terminal.written.includes(inkIsThere), 'Ink') };
}

async function looksOf(output: string): Promise<string[]> {
  const terminal = new FakeTerminal(columns, rows);
  terminal.stdout.write(output);
  await terminal.until(() => terminal.written.length >= output.length, 'the output');
  // A joiner that stands alone takes no room, and Ink passes over it.
  return (await terminal.looks()).map((row) => row.replaceAll('\u200C', ''));
}

const tones: readonly Tone[] = ['plain', 'strong', 'dim', 'accent', 'good', 'chosen', 'changed', 'button'];
// A mark or a skin tone belongs to a letter: of one that stands alone terminals make what they like.
const painted = texts.map((text) => `a${text}`);
const lines = fc.array(fc.array(fc.record({ text: painted, tone: fc.constantFrom(...tones) }), { maxLength: 4 }), {
  minLength: 1,
  maxLength: rows,
});

// Half as wide as the terminal, which has widths of its own for some scripts: Ink lets a row that it takes for a wider one run on.
it('is there before Ink, and looks as Ink paints it, whatever script it is in', async () => {
  await fc.assert(
    fc.asyncProperty(lines, async (made) => {
      const fitting = made.map((line) => cut(line, columns / 2));
      const { terminal, screen, failures, mounted } = started(() => fitting);
      await mounted();
      const end = terminal.written.indexOf(endOfUpdate) + endOfUpdate.length;
      expect(end).toBeLessThan(terminal.written.indexOf(inkIsThere));
      expect(await looksOf(terminal.written.slice(0, end))).toEqual(await looksOf(terminal.written));
      expect(terminal.written.split('\u001B[?1049h')).toHaveLength(2);
      await screen.stop();
      expect(failures).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

it('takes one row for each line, though the terminal takes it for a wider one', async () => {
  const wide: Line = [{ text: 'क्षि'.repeat(columns / 2) }];
  const twoRows: readonly Line[] = [wide, [{ text: 'below' }]];
  const { terminal, screen } = started(() => twoRows);
  const first = new FakeTerminal(columns, rows);
  first.stdout.write(terminal.written);
  await first.see('below');
  expect(first.rows().indexOf('below')).toBe(1);
  await screen.stop();
});

it('leaves nothing behind when something else is to be shown by the time that Ink is there', async () => {
  let now: Line[] = Array.from({ length: rows }, () => [{ text: 'before '.repeat(5), tone: 'chosen' }]);
  const { terminal, screen, mounted } = started(() => now);
  now = [[{ text: 'after' }], []];
  await mounted();
  await terminal.see('after');
  expect(terminal.text().trim()).toBe('after');
  await screen.stop();
});

it('gives the terminal back when the screen is closed before Ink is there, and Ink stays away', async () => {
  const text: readonly Line[] = [[{ text: 'some text' }]];
  const { terminal, screen } = started(() => text);
  expect(terminal.raw).toBe(true);
  await screen.stop();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(terminal.raw).toBe(false);
  expect(terminal.written).toMatch(/some text.*1049l$/s);
  expect(terminal.written).not.toContain(inkIsThere);
});
