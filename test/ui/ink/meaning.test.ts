import { expect, test } from 'vitest';
import { answersGiven } from '../../../src/core/given.ts';
import { attempt } from '../../../src/core/interview.ts';
import type { Json } from '../../../src/core/json.ts';
import type { Session } from '../../../src/core/session.ts';
import { viewOf } from '../../../src/core/view.ts';
import { loadCatalog } from '../../../src/io/catalog.ts';
import { frameOf } from '../../../src/ui/ink/frame.ts';
import { begin } from '../../../src/ui/ink/state.ts';

const catalog = await loadCatalog();

/** The parts of a question's screen at 100x30 that a person would miss there. */
function missingAt(session: Session, cursor: string): string[] {
  const view = viewOf(catalog, { ...session, cursor });
  const { ask } = view;
  if (!ask) return [`${cursor} is not asked`];
  const turn = {
    name: 'walk',
    view,
    attempt: (move: Parameters<typeof attempt>[2]) => attempt(catalog, session, move),
    changes: [],
    now: new Date(0),
  };
  const frame = frameOf({ at: 'turn', turn, state: begin(turn, true, []) }, { columns: 100, rows: 30 });
  const shown = frame.lines.map((row) => row.map(({ text }) => text).join('')).join('\n');
  const wanted: [string, RegExp][] = [
    ...(ask.because ? [['default', /Proposed /] as [string, RegExp]] : []),
    // Whether there is another row needs no reason.
    ...(/\.\d+\.more$/.test(cursor) ? [] : [['meaning', /Why {2}/] as [string, RegExp]]),
    // A fact whose rule changed shows the old and the new one instead of a source line, with the page below them.
    ...(ask.facts.length > 0 ? [['source', /Source |Now {2}/] as [string, RegExp]] : []),
  ];
  return wanted.filter(([, sign]) => !sign.test(shown)).map(([what]) => `${cursor}: ${what}`);
}

test('every question of every example shows its meaning, its default and its source in 100 columns and 30 rows', {
  timeout: 60_000,
}, () => {
  const seen = new Set<string>();
  const missing = Object.values(catalog.examples).flatMap((example) => {
    const { answers } = answersGiven(catalog, example.answers as Record<string, Json>);
    const given = Object.entries(answers).map(([key, value]) => [key, { value, from: 'typed' }] as const);
    const session: Session = { answers: Object.fromEntries(given), aside: {} };
    const keys = viewOf(catalog, session).answers.map(({ key }) => key);
    return keys.flatMap((key) => {
      const question = key.replace(/\.\d+\./, '.');
      if (seen.has(question)) return [];
      seen.add(question);
      return missingAt(session, key);
    });
  });
  expect(seen.size).toBeGreaterThan(150);
  expect(missing).toEqual([]);
});
