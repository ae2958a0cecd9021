import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { attempt, type Move } from '../../../src/core/interview.ts';
import type { Session } from '../../../src/core/session.ts';
import { viewOf } from '../../../src/core/view.ts';
import { frameOf } from '../../../src/ui/ink/frame.ts';
import { edited, inputRow, inputWith } from '../../../src/ui/ink/input.ts';
import { begin, opened } from '../../../src/ui/ink/state.ts';
import { clean, cut, fill, graphemes, headOf, lineWidth, shown, widthOf, wrap } from '../../../src/ui/ink/text.ts';
import { contractCatalog } from '../contract-catalog.ts';
import type { FakeTerminal } from './fake-terminal.ts';
import { texts } from './hostile-texts.ts';
import { planned, sessionWith, wizard } from './screens.ts';

const typedTexts = texts.map((text) => clean(text));

const harmful = /[\p{Cc}\p{Cs}\u2028\u2029\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/u;
const whole = (row: readonly { readonly text: string }[]) => row.map(({ text }) => text).join('');
const withoutSpaces = (text: string) => text.replace(/\s/g, '');

describe('a row of any script', () => {
  it('is cut and filled to its width, and holds nothing that moves the cursor or turns the direction', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 4 }), fc.integer({ min: 1, max: 40 }), (parts, width) => {
        const line = parts.map((text) => ({ text }));
        expect(lineWidth(cut(line, width))).toBeLessThanOrEqual(width);
        expect(lineWidth(fill(line, width))).toBe(width);
        expect(whole(fill(line, width))).not.toMatch(harmful);
      }),
    );
  });

  it('is wrapped without losing anything', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 40 }), (text, width) => {
        const rows = wrap([{ text }], width);
        for (const row of rows) expect(lineWidth(row)).toBeLessThanOrEqual(width);
        expect(withoutSpaces(rows.map(whole).join(''))).toBe(withoutSpaces(shown(text.replace(/\s+/g, ' '))));
        expect(rows.map(whole).join('')).not.toMatch(harmful);
      }),
    );
  });

  it('is as wide as its graphemes, and its beginning is a beginning', () => {
    fc.assert(
      fc.property(texts, fc.nat(30), (text, width) => {
        const all = shown(text);
        expect(graphemes(all).reduce((sum, one) => sum + widthOf(one), 0)).toBe(widthOf(all));
        expect(all.startsWith(headOf(all, width))).toBe(true);
        expect(widthOf(headOf(all, width))).toBeLessThanOrEqual(width);
        expect(shown(all)).toBe(all);
      }),
    );
  });
});

describe('an input of any script', () => {
  it('loses one character as a person sees it with each backspace', () => {
    fc.assert(
      fc.property(typedTexts, (text) => {
        const count = graphemes(text).length;
        let input = inputWith(text);
        for (let left = count; left > 0; left--) {
          expect(input.at).toBe(left);
          input = edited(input, { id: 'backspace' });
        }
        expect(input).toEqual({ text: '', at: 0 });
      }),
    );
  });

  it('keeps its text while the cursor walks, and the cursor in sight', () => {
    const walks = fc.array(fc.constantFrom('left', 'right', 'home', 'end', 'alt+b', 'alt+f'), { maxLength: 12 });
    fc.assert(
      fc.property(typedTexts, walks, fc.integer({ min: 8, max: 40 }), (text, ids, width) => {
        let input = inputWith(text);
        for (const id of ids) {
          input = edited(input, { id });
          const { row, x } = inputRow(input, '', width);
          expect(input.text).toBe(text);
          expect(x).toBeLessThan(width);
          expect(x).toBeLessThanOrEqual(lineWidth(row));
        }
      }),
    );
  });

  it('takes what is pasted between two characters, and never a control character', () => {
    fc.assert(
      fc.property(typedTexts, texts, fc.nat(10), (text, pasted, steps) => {
        let input = inputWith(text);
        for (let step = 0; step < steps; step++) input = edited(input, { id: 'left' });
        const after = edited(input, { id: 'paste', text: pasted });
        expect(after.text).not.toMatch(harmful);
        expect(after.at).toBeLessThanOrEqual(graphemes(after.text).length);
        expect(after.text.length).toBe(text.length + clean(pasted).length);
      }),
    );
  });
});

test('a family of emoji is a family in the answer, and its members on the screen', () => {
  const family = '👨‍👩‍👧';
  expect(clean(family)).toBe(family);
  expect(shown(family)).toBe('👨👩👧');
  expect(widthOf(family)).toBe(6);
  expect(inputRow(inputWith(family), '', 40).x).toBe(8);
});

test.each(['한국어 값', 'שלום עולם', 'مرحبا', 'cafe\u0301', '東京'])(
  '%s is typed, with the cursor behind it, and is in the review',
  async (text) => {
    const terminal = wizard(contractCatalog, sessionWith({ ...planned }), 100, 30);
    await terminal.talk.turn();
    terminal.paste(text);
    await terminal.until(() => terminal.text().includes(`❯ ${text}`), text);
    await terminal.until(() => cursorText(terminal).endsWith(`❯ ${text}`), 'the cursor behind it');
    terminal.press('left');
    await terminal.until(
      () => cursorText(terminal).endsWith(`❯ ${graphemes(text).slice(0, -1).join('')}`),
      'the cursor before the last one',
    );
  },
);

/** The text of the cursor's row up to the cursor, in columns. */
function cursorText(terminal: FakeTerminal): string {
  const { x, y } = terminal.cursor();
  return headOf(terminal.rows()[y]?.padEnd(120) ?? '', x);
}

const values = ['한국 = 값', '東京, 大阪', 'שלום עולם ועוד', 'مرحبا بالعالم', 'e\u0301'.repeat(30), '👨‍👩‍👧🇰🇷👍🏽'.repeat(5)];

test.each([20, 40, 60, 99, 100, 160])(
  'answers in every script keep the question, the review and the preview inside of %i columns',
  (columns) => {
    const tags = Object.fromEntries(values.map((value, index) => [`tag${index}`, value]));
    const session = sessionWith(planned);
    const answers = { ...session.answers, tags: { value: tags, from: 'typed' as const }, words: { value: values, from: 'typed' as const } };
    for (const cursor of ['tags', 'vnet.name', undefined]) {
      const now: Session = { ...session, answers, ...(cursor === undefined ? {} : { cursor }) };
      const view = viewOf(contractCatalog, now);
      const turn = { name: '한국', view, attempt: (move: Move) => attempt(contractCatalog, now, move), changes: [], now: new Date(0) };
      const asked = begin(turn, true, values);
      const reviewed = opened(asked, { at: 'review', cursor: view.answers.length, top: 0 });
      for (const state of [asked, reviewed]) {
        const { lines } = frameOf({ at: 'turn', turn, state }, { columns, rows: 40 });
        for (const row of lines) {
          expect(lineWidth(row)).toBeLessThanOrEqual(columns);
          expect(whole(row)).not.toMatch(harmful);
          expect(shown(whole(row))).toBe(whole(row));
        }
      }
      if (cursor === undefined)
        expect(frameOf({ at: 'turn', turn, state: reviewed }, { columns: 160, rows: 200 }).lines.map(whole).join('\n')).toContain('مرحبا');
    }
  },
);
