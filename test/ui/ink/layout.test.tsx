import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Catalog } from '../../../src/core/catalog.ts';
import { attempt } from '../../../src/core/interview.ts';
import { emptySession, type Session } from '../../../src/core/session.ts';
import { viewOf } from '../../../src/core/view.ts';
import { type Frame, frameOf, keysOf } from '../../../src/ui/ink/frame.ts';
import { homeScene } from '../../../src/ui/ink/home.ts';
import { bindingFor, type Press } from '../../../src/ui/ink/keys.ts';
import { begin, type Context, topOf } from '../../../src/ui/ink/state.ts';
import { graphemes, lineWidth, widthOf, wrap } from '../../../src/ui/ink/text.ts';
import type { Turn } from '../../../src/ui/ui.ts';
import { contractCatalog } from '../contract-catalog.ts';
import { startTalk } from './driver.tsx';
import { FakeTerminal } from './fake-terminal.ts';
import { listCatalog } from './list-catalog.ts';

const widths = [20, 39, 40, 59, 60, 99, 100, 160] as const;
const heights = [6, 10, 15, 24, 60] as const;

/** Every turn on the way through a catalog, answered by defaults or something that fits. */
function turnsOf(catalog: Catalog): Turn[] {
  const turns: Turn[] = [];
  let session: Session = emptySession;
  for (;;) {
    const now = session;
    const view = viewOf(catalog, now);
    turns.push({
      name: 'a-name-that-is-rather-long-for-a-session',
      view,
      attempt: (move) => attempt(catalog, now, move),
      changes: [],
      now: new Date(0),
    });
    const { ask } = view;
    if (!ask) return turns;
    const first = ask.choices.find(({ refused }) => refused === undefined)?.value;
    const fitting = ask.kind === 'choices' ? ask.choices.map((one) => one.value) : (first ?? 'abc');
    const value = ask.default === undefined ? fitting : ask.default;
    session = attempt(catalog, now, { type: 'answer', key: ask.key, value }).session;
    if (session === now) throw new Error(`${ask.key} does not take ${JSON.stringify(value)}`);
  }
}

const turns = [...turnsOf(contractCatalog), ...turnsOf(listCatalog(500)), ...turnsOf(listCatalog(30, 'choices'))];
const start = (turn: Turn): Context => ({
  turn,
  state: begin(turn, true, ['· a notice about something that the last answer changed']),
  seen: { page: 5, count: 50, preview: true },
});
const texts = (frame: Frame) => frame.lines.map((row) => row.map(({ text }) => text).join(''));

/** A screen after some keys, as the wizard makes it. */
function after(turn: Turn, presses: readonly Press[]): Context {
  let context = start(turn);
  for (const press of presses) {
    const step = bindingFor(keysOf(context), press)?.run(context, press);
    if (step && !step.move) context = { ...context, state: step.state };
  }
  return context;
}

const paths: Readonly<Record<string, readonly Press[]>> = {
  'the question': [],
  'a draft': Array.from('日本 10.1.0.0/33 and more than fits', (text): Press => ({ id: text, text })),
  'the help': [{ id: '?', text: '?' }],
  'the explanation': [{ id: 'ctrl+x' }],
  'the review': [{ id: 'ctrl+r' }, { id: 'down' }, { id: 'end' }],
  'a filter': [
    { id: '/', text: '/' },
    { id: '1', text: '1' },
  ],
};

describe.each(Object.entries(paths))('%s', (_name, presses) => {
  test.each(widths)('fits into %i columns and every height', (columns) => {
    for (const rows of heights) {
      for (const turn of turns) {
        const frame = frameOf({ at: 'turn', turn, state: after(turn, presses).state }, { columns, rows });
        expect(frame.lines.length).toBeLessThanOrEqual(rows);
        for (const row of frame.lines)
          expect(lineWidth(row), `${columns}x${rows} ${turn.view.ask?.key}: ${row.map(({ text }) => text).join('')}`).toBeLessThanOrEqual(
            columns,
          );
        if (frame.cursor) expect(frame.cursor.x < columns && frame.cursor.y < rows).toBe(true);
      }
    }
  });
});

test.each(widths)('question and answer are there at %i columns, from 15 rows on', (columns) => {
  for (const rows of [15, 24, 60]) {
    for (const turn of turns.filter(({ view }) => view.ask)) {
      const frame = frameOf({ at: 'turn', turn, state: start(turn).state }, { columns, rows });
      const shown = texts(frame).join('\n');
      const [first] = wrap([{ text: turn.view.ask?.ask ?? '' }], Math.min(16, columns));
      expect(shown, `${columns}x${rows}`).toContain(first?.map(({ text }) => text).join(''));
      expect(shown).toMatch(/❯|\[ \]|^│? *.*yes|Size|firewall|NAT|compute|small/m);
    }
  }
});

test('the bar names only keys that do something', () => {
  for (const turn of turns) {
    for (const presses of Object.values(paths)) {
      const context = after(turn, presses);
      const { seen } = frameOf({ at: 'turn', turn, state: context.state }, { columns: 100, rows: 30 });
      const now = { ...context, seen };
      for (const binding of keysOf(now).filter(({ weight }) => weight !== undefined)) {
        const steps = binding.press.map((id) => binding.run(now, { id }));
        const works = steps.some(({ state, move }) => move !== undefined || JSON.stringify(state) !== JSON.stringify(now.state));
        const atTheEnd = ['choose', 'filter'].includes(binding.does) || binding.does === 'scroll' || binding.does === 'next page';
        expect(works || atTheEnd, `${turn.view.ask?.key} ${topOf(now.state).at}: ${binding.glyph} ${binding.does}`).toBe(true);
      }
    }
  }
});

test('the bar offers the way to the help and out wherever it fits', () => {
  for (const turn of turns) {
    const bar = texts(frameOf({ at: 'turn', turn, state: start(turn).state }, { columns: 100, rows: 30 }))
      .slice(-2)
      .join(' ');
    expect(bar).toMatch(/\? help/);
    expect(bar).toMatch(/(ctrl\+c|q) save and leave/);
  }
});

test('no keys make the screen fail or overflow', () => {
  const ids = [
    'up',
    'down',
    'left',
    'right',
    'home',
    'end',
    'pageup',
    'pagedown',
    'enter',
    'esc',
    'tab',
    'space',
    'backspace',
    'delete',
    'ctrl+w',
    'ctrl+u',
    'ctrl+p',
    'ctrl+x',
    'ctrl+r',
    'ctrl+d',
    'ctrl+n',
    '?',
    '/',
    'e',
    'p',
    'r',
    'd',
    'y',
    'n',
    'w',
  ];
  const press = fc.oneof(
    fc.constantFrom(...ids).map((id): Press => (id.length === 1 ? { id, text: id } : { id })),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }).map((text): Press => ({ id: 'paste', text })),
  );
  fc.assert(
    fc.property(
      fc.nat(turns.length - 1),
      fc.array(press, { maxLength: 25 }),
      fc.constantFrom(...widths),
      fc.constantFrom(...heights),
      (index, presses, columns, rows) => {
        const turn = turns[index]!;
        let context = start(turn);
        for (const one of presses) {
          const step = bindingFor(keysOf(context), one)?.run(context, one);
          if (step && !step.move) context = { ...context, state: step.state };
          const frame = frameOf({ at: 'turn', turn, state: context.state }, { columns, rows });
          context = { ...context, seen: frame.seen };
          expect(frame.lines.length).toBeLessThanOrEqual(rows);
          for (const row of frame.lines) expect(lineWidth(row)).toBeLessThanOrEqual(columns);
        }
      },
    ),
    { numRuns: 150 },
  );
}, 120_000);

test.each(widths)('the home screen fits into %i columns', (columns) => {
  const saved = Array.from({ length: 40 }, (_, index) => ({
    name: `session-${index}`,
    about: '14 of 22 answered · 2 hours ago',
    ...(index === 1 ? { damaged: 'The file ends in the middle of an answer.' } : {}),
  }));
  for (const rows of heights) {
    const frame = frameOf(homeScene(saved), { columns, rows });
    expect(frame.lines.length).toBeLessThanOrEqual(rows);
    for (const row of frame.lines) expect(lineWidth(row)).toBeLessThanOrEqual(columns);
    expect(texts(frame).join('\n')).toContain('Start a new');
  }
});

test.each([
  [40, 15],
  [60, 20],
  [100, 30],
  [160, 50],
] as const)('the terminal shows at %ix%i what was laid out', async (columns, rows) => {
  const terminal = new FakeTerminal(columns, rows);
  const talk = startTalk(contractCatalog, terminal);
  const turn = await talk.turn();
  const wanted = texts(frameOf({ at: 'turn', turn: { ...turn, name: 'contract' }, state: begin(turn, true, []) }, { columns, rows })).map(
    (row) => row.trimEnd(),
  );
  await terminal.see(wanted.at(-1)?.trim() ?? '');
  expect(terminal.rows().map((row) => row.trimEnd())).toEqual(wanted);
  terminal.press('ctrl+c');
  await talk.end;
});

test('wrapping keeps every word and fits', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 12 }),
      fc.integer({ min: 2, max: 40 }),
      (words, width) => {
        const rows = wrap(
          words.map((text) => ({ text: `${text} ` })),
          width,
        );
        for (const row of rows)
          expect(lineWidth(row)).toBeLessThanOrEqual(Math.max(width, ...row.flatMap(({ text }) => graphemes(text).map(widthOf))));
      },
    ),
  );
});
