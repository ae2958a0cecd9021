import { describe, expect, test } from 'vitest';
import { answersGiven } from '../../../src/core/given.ts';
import { attempt } from '../../../src/core/interview.ts';
import type { Json } from '../../../src/core/json.ts';
import type { Session } from '../../../src/core/session.ts';
import { viewOf } from '../../../src/core/view.ts';
import { loadCatalog } from '../../../src/io/catalog.ts';
import { frameOf } from '../../../src/ui/ink/frame.ts';
import { begin } from '../../../src/ui/ink/state.ts';
import { lineWidth } from '../../../src/ui/ink/text.ts';

const catalog = await loadCatalog();

const sizes = [
  [20, 15],
  [40, 15],
  [60, 24],
  [80, 24],
  [100, 30],
  [160, 50],
] as const;

describe.each(Object.entries(catalog.examples))('%s', (_name, example) => {
  const { answers } = answersGiven(catalog, example.answers as Record<string, Json>);
  const session: Session = {
    answers: Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value, from: 'typed' }])),
    aside: {},
  };
  const keys = viewOf(catalog, session).answers.map(({ key }) => key);
  const views = [undefined, ...keys].map((cursor) => ({ cursor, view: viewOf(catalog, { ...session, cursor }) }));

  test.each(sizes)('every screen fits into %ix%i', (columns, rows) => {
    for (const { cursor, view } of views) {
      const turn = {
        name: 'contoso-prod',
        view,
        attempt: (move: Parameters<typeof attempt>[2]) => attempt(catalog, session, move),
        changes: [],
        now: new Date(0),
      };
      const frame = frameOf({ at: 'turn', turn, state: begin(turn, true, []) }, { columns, rows });
      expect(frame.lines.length).toBeLessThanOrEqual(rows);
      for (const row of frame.lines) expect(lineWidth(row), cursor).toBeLessThanOrEqual(columns);
      const shown = frame.lines.map((row) => row.map(({ text }) => text).join('')).join('\n');
      expect(shown, cursor).toMatch(/❯|\[.\] |^.*yes/m);
    }
  });

  test.each([
    [40, /└ .*(subnet|cluster)/],
    [100, /┌─ .*(network|cluster)/],
  ] as const)('the review at %i columns begins with the next key and the network, and ends with the checklist', (columns, network) => {
    const [end] = views;
    const turn = {
      name: 'contoso-prod',
      view: end!.view,
      attempt: () => ({ session, refused: [], changes: [] }),
      changes: [],
      now: new Date(0),
    };
    const frame = frameOf({ at: 'turn', turn, state: begin(turn, true, []) }, { columns, rows: 600 });
    const shown = frame.lines.map((row) => row.map(({ text }) => text).join('')).join('\n');
    const parts = [
      'w  write the scripts',
      columns < 56 ? 'all answered' : 'every question is answered',
      'The network',
      'Will be created',
      'Permissions that you need',
      'Checklist',
    ];
    const places = parts.map((part) => shown.indexOf(part));
    expect(places, shown).toEqual([...places].sort((one, other) => one - other));
    expect(places).not.toContain(-1);
    expect(shown).toMatch(network);
  });
});
