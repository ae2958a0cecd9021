// What is true of every screen that was reviewed.
import { readdirSync, readFileSync } from 'node:fs';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';

const folder = new URL('screens/', import.meta.url);
const screens = readdirSync(folder).map((file) => {
  const [, name = '', columns = ''] = /^(.*)-(\d+)\.txt$/.exec(file) ?? [];
  const rows = readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n');
  return { file, name, columns: Number(columns), rows };
});

const height: Readonly<Record<number, number>> = { 40: 24, 60: 30, 100: 30, 160: 45 };
/** Lines that a command printed; no screen. */
const printed = ['written', 'sessions', 'run-printed', 'verify-printed'];
/** Where a text may be cut: the line at the cursor, a key or a page shows it whole. */
const mayBeCut = [
  ...['home', 'home-filter', 'question-choices', 'question-choice', 'question-text', 'question-cidr', 'question-preview', 'confirm'],
  ...['question-found', 'question-filter', 'question-find', 'question-list'],
  ...['review', 'review-early', 'review-answers', 'review-checklist', 'review-item', 'review-explain'],
  ...['run-overview', 'run-running', 'run-cursor', 'run-filter', 'run-ways-out', 'run-failed', 'run-ended'],
  ...['verify-list', 'verify-detail', 'verify-by-hand', 'verify-help'],
];

test('every kind of screen is there in every width', () => {
  const names = [...new Set(screens.map(({ name }) => name))];
  expect(names.length).toBeGreaterThanOrEqual(35);
  expect(screens.length).toBe(names.length * 4);
});

describe.each(screens)('$file', ({ name, columns, rows }) => {
  test('fits', () => {
    expect(rows.length).toBeLessThanOrEqual(height[columns] ?? 0);
    expect(rows.filter((row) => stringWidth(row) > columns)).toEqual([]);
  });

  test.skipIf(printed.includes(name))('names in its last rows a way on and a way back', () => {
    expect(rows.slice(-3).join(' ')).toMatch(
      /(esc|ctrl\+c|q|n) (close|back|leave|quit|save and leave|no|show all|ways out|keep going|no filter)/,
    );
  });

  test.skipIf(printed.includes(name) || mayBeCut.includes(name))('cuts nothing', () => {
    const cut = rows.filter((row) => row.replaceAll('‹…›', '').includes('…'));
    // The head of the made-up subscription is the same on all of them and gives way first.
    expect(cut.filter((row) => !row.includes('SAMPLE') && !/^ Verify/.test(row))).toEqual([]);
  });
});
