import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Progress, RunEvent } from '../../../src/core/run/events.ts';
import { plannedRun, progressed } from '../../../src/core/run/progress.ts';
import { runFrame } from '../../../src/ui/ink/run-frame.ts';
import { runKeys } from '../../../src/ui/ink/run-keys.ts';
import { blankRun, type RunScene } from '../../../src/ui/ink/run-scene.ts';
import { mustShow } from '../../../src/ui/ink/run-sight.ts';
import { clockText } from '../../../src/ui/ink/run-text.ts';
import { lineWidth } from '../../../src/ui/ink/text.ts';
import { trouble } from '../recorded-run.ts';
import { allScreens, pressed, runAt, texts } from './run-scenes.ts';

const widths = [20, 39, 40, 60, 80, 100, 160] as const;
const heights = [6, 10, 15, 20, 30, 50] as const;

describe.each(Object.entries(allScreens(true)))('%s', (name, scene) => {
  test.each(widths)('fits into %i columns and every height', (columns) => {
    for (const rows of heights) {
      const frame = runFrame(scene, { columns, rows });
      expect(frame.lines.length).toBeLessThanOrEqual(rows);
      for (const row of frame.lines)
        expect(lineWidth(row), `${columns}x${rows}: ${row.map(({ text }) => text).join('')}`).toBeLessThanOrEqual(columns);
      if (frame.cursor) expect(frame.cursor.x < columns && frame.cursor.y < rows).toBe(true);
    }
  });

  test('says in its first line that it is a rehearsal, and only when it is one', () => {
    for (const columns of [60, 80, 100, 160])
      expect(texts(runFrame(scene, { columns, rows: 15 }))[0]).toMatch(/^ REHEARSAL {2}nothing reaches Azure/);
    expect(texts(runFrame(allScreens(false)[name]!, { columns: 100, rows: 15 }))[0]).not.toContain('REHEARSAL');
  });

  test('has a bar that names only keys that work', () => {
    const { seen } = runFrame(scene, { columns: 100, rows: 15 });
    for (const key of runKeys({ scene, seen }).filter(({ weight }) => weight !== undefined)) {
      const steps = key.press.map((id) => key.run({ scene, seen }, { id, text: id }));
      const works = steps.some((step) => step.act !== undefined || JSON.stringify(step.scene) !== JSON.stringify(scene));
      const atTheEnd = ['scroll', 'next page', 'choose'].includes(key.does);
      expect(works || atTheEnd, `${key.glyph} ${key.does}`).toBe(true);
    }
  });
});

test('what runs, what waits and what is finished', () => {
  expect(texts(runFrame(runAt(36), { columns: 100, rows: 15 })).map((row) => row.trimEnd())).toEqual([
    ' Running  contoso-prod                         5 of 15 · 5 running · 00:36 · about 9 to 17 min left',
    ' ✔ 3 finished',
    ' ✔ virtual network vnet-ml                      made                                            9 s',
    ' ✔ subnet snet-train                            changed                                         6 s',
    ' ! subnet snet-endpoints                        again in 7 s: Another operation on this netw…  20 s',
    ' ⠋ NAT gateway nat-ml                           Azure: Updating · usually half a minute        29 s',
    ' ○ NAT gateway nat-ml at subnet snet-train      after NAT gateway nat-ml',
    ' ⠋ storage account stcontosoprod                making it · usually half a minute              29 s',
    ' ⠋ container registry crcontosoprod             making it · usually a minute or two            29 s',
    ' ○ workspace mlw-contoso-prod                   after storage account stcontosoprod and 1 more',
    ' ○ private endpoint pe-mlw-contoso-prod         after workspace mlw-contoso-prod and 1 more',
    ' ⠋ private DNS zone privatelink.api.azureml.ms  looking                                        20 s',
    ' ○ compute cluster cpu-cluster                  after workspace mlw-contoso-prod and 1 more',
    ' ○ 1 more wait',
    ' ↑↓ move  e explain  / filter  s stop after these  l log  ctrl+c ways out  ? help',
  ]);
});

test('the same in a narrow terminal, still', () => {
  expect(texts(runFrame(runAt(59, { spins: false }, true), { columns: 60, rows: 15 })).map((row) => row.trimEnd())).toEqual([
    ' REHEARSAL  nothing reaches Azure',
    ' Running  contoso-prod           5 of 15 · 1 failed · 00:59',
    ' ✔ 3 finished',
    ' ✔ virtual network vnet-ml          made                9 s',
    ' ✔ subnet snet-train                changed             6 s',
    ' ! subnet snet-endpoints            again now: Anoth…  43 s',
    ' ▸ NAT gateway nat-ml               Azure: Updating …  52 s',
    ' ○ NAT gateway nat-ml at subnet s…  after NAT gateway nat-…',
    ' ▸ storage account stcontosoprod    making it · usua…  52 s',
    ' ✖ container registry crcontosopr…  (RequestDisallow…  51 s',
    ' ○ workspace mlw-contoso-prod       after storage account …',
    ' ○ private endpoint pe-mlw-contos…  after workspace mlw-co…',
    ' ▸ private DNS zone privatelink.a…  looking            43 s',
    ' ○ 2 more wait',
    ' ↑↓ move  s stop after these  l log  ctrl+c ways out  ? help',
  ]);
});

test('a failure says what it means and what mends it, also where there is little room', () => {
  const scene = runAt(59, { troubles: [trouble, trouble, trouble] });
  expect(texts(runFrame(scene, { columns: 60, rows: 15 })).map((row) => row.trimEnd())).toEqual([
    ' Running  contoso-prod           5 of 15 · 1 failed · 00:59',
    ' ✖ container registry crcontosoprod failed           2 more',
    '',
    ' Message  (RequestDisallowedByPolicy) Resource',
    "          'crcontosoprod' was disallowed by policy. Policy",
    '          identifiers: …',
    ' Mend     Choose another answer, such as no public access,',
    '          or ask whoever owns the policy for an exemption',
    '          of this resource group.',
    '',
    ' ❯ a  try again',
    '   b  back to the answers, and go on',
    '   x  skip it, and the 4 steps that wait for it',
    '   s  stop; amlguide resume goes on from here',
    ' ↑↓ choose  ⏎ do it  l log  ctrl+c ways out  ? help',
  ]);
  const roomy = texts(runFrame(scene, { columns: 100, rows: 30 })).join('\n');
  expect(roomy).toContain(' Means    A policy of your company refuses this setting.');
  expect(roomy).toContain(' Source   Azure Policy, error RequestDisallowedByPolicy (2025-03-11)');
  expect(roomy).toContain('2 more failures wait');
  expect(roomy).toContain('⠋ storage account stcontosoprod');
});

test('the end says what failed, what was skipped and why, what was made, and what is next', () => {
  const { ended } = allScreens(false);
  const text = texts(runFrame(ended!, { columns: 100, rows: 50 })).join('\n');
  expect(text).toContain('! Not everything worked: 9 of 15 done, 1 step failed, 4 steps skipped, 1 step left to itself.');
  expect(text).toContain('→ amlguide resume contoso-prod goes on 日本.');
  expect(text).toMatch(/Failed \(1\)\n {3}· container registry crcontosoprod · \(RequestDisallowedByPolicy\)/);
  expect(text).toMatch(/· compute instance ci-kim +it needs container registry crcontosoprod/);
  expect(text).toMatch(/Made \(5\)\n {3}· resource group rg-ml-net +5 s/);
  expect(text).toContain('There already (2)');
  expect(text).toContain('q close');
});

test.each([
  [0, '00:00'],
  [102_999, '01:42'],
  [3_723_000, '1:02:03'],
])('%i ms is %s', (milliseconds, text) => expect(clockText(milliseconds)).toBe(text));

describe('the keys', () => {
  const size = { columns: 100, rows: 15 };

  test('scroll the list, and esc follows again', () => {
    const down = pressed(runAt(36), size, 'home').scene;
    expect(texts(runFrame(down, size))[1]).toContain('subscription 日本');
    expect(texts(runFrame(pressed(down, size, 'esc').scene, size))[1]).toContain('3 finished');
    const end = texts(runFrame(pressed(runAt(36), size, 'end').scene, size));
    expect(end.join('\n')).toContain('compute instance ci-kim');
  });

  test('decide about a failure by letter, or by cursor and Enter', () => {
    const failed = runAt(59, { troubles: [trouble] });
    const choice = (...ids: string[]) => pressed(failed, size, ...ids).act;
    expect(choice('enter')).toEqual({ type: 'choose', choice: 'again' });
    expect(choice('down', 'down', 'enter')).toEqual({ type: 'choose', choice: 'skip' });
    expect(choice('up', 'down', 'down', 'down', 'down', 'down', 'enter')).toEqual({ type: 'choose', choice: 'stop' });
    expect(['a', 'b', 'x', 's'].map((key) => choice(key))).toEqual(
      ['again', 'edit', 'skip', 'stop'].map((one) => ({ type: 'choose', choice: one })),
    );
    expect(choice('i')).toBeUndefined();
    expect(pressed(runAt(59, { troubles: [{ ...trouble, signIn: true, editable: false }] }), size, 'i').act).toEqual({
      type: 'choose',
      choice: 'sign in',
    });
    expect(pressed(runAt(59, { troubles: [{ ...trouble, editable: false }] }), size, 'b').act).toBeUndefined();
  });

  test('lead out: ctrl+c offers ways, twice leaves at once', () => {
    expect(pressed(runAt(36), size, 'ctrl+c', 'enter').act).toEqual({ type: 'out', choice: 'stop' });
    expect(pressed(runAt(36), size, 'ctrl+c', 'down', 'enter').act).toEqual({ type: 'out', choice: 'leave' });
    expect(pressed(runAt(36), size, 'ctrl+c', '3', 'enter').act).toEqual({ type: 'out', choice: 'end' });
    const kept = pressed(runAt(36), size, 'ctrl+c', '4', 'enter');
    expect([kept.act, kept.scene.layers]).toEqual([undefined, []]);
    expect(pressed(runAt(36), size, 'ctrl+c', 'ctrl+c').act).toEqual({ type: 'out', choice: 'leave', atOnce: true });
    expect(pressed(runAt(36), size, 's').act).toEqual({ type: 'out', choice: 'stop' });
  });

  test('once it stops, Enter alone goes nowhere', () => {
    const stopping = runAt(36, { stopping: 'stop' });
    expect(pressed(stopping, size, 's').act).toBeUndefined();
    expect(pressed(stopping, size, 'ctrl+c', 'enter').act).toBeUndefined();
    expect(pressed(stopping, size, 'ctrl+c', '1', 'enter').act).toEqual({ type: 'out', choice: 'leave' });
  });

  test('an undo is done only for its name', () => {
    const { undo } = allScreens(false);
    expect(texts(runFrame(undo!, size)).join('\n')).toContain('✖ not the name');
    expect(pressed(undo!, size, 'enter').act).toBeUndefined();
    expect(pressed(undo!, size, 'y').act).toBeUndefined();
    const named = pressed(undo!, size, 'ctrl+u', ...'contoso-prod').scene;
    expect(texts(runFrame(named, size)).join('\n')).toContain('⏎ take it back');
    expect(pressed(named, size, 'enter').act).toEqual({ type: 'answer', yes: true });
    expect(pressed(named, size, 'esc').act).toEqual({ type: 'answer', yes: false });
  });
});

const names = Array.from({ length: 24 }, (_, index) => `${String(index).padStart(2, '0')}日本`);
const happening: fc.Arbitrary<RunEvent | Progress> = fc.constantFrom(...names).chain((step) =>
  fc.oneof(
    fc.constant<RunEvent>({ type: 'start', step, digest: 'd' }),
    fc
      .record({
        doing: fc.constantFrom<Progress['doing']>('looking', 'queued', 'changing', 'waiting', 'retrying', 'surviving'),
        note: fc.string({ unit: 'grapheme', maxLength: 80 }),
      })
      .map((more): Progress => ({ type: 'progress', step, ...more })),
    fc.constantFrom<RunEvent>(
      { type: 'change', step, what: 'create', call: 1, of: 3, words: [] },
      { type: 'retry', step, after: 17_000, message: '429\nToo many 要求' },
      { type: 'done', step, how: 'made' },
      { type: 'failed', step, message: '要求'.repeat(90) },
      { type: 'skipped', step, because: 'x' },
      { type: 'left', step },
    ),
  ),
);

test('whatever happens, nothing overflows, and what runs or failed is in sight', () => {
  fc.assert(
    fc.property(
      fc.array(happening, { maxLength: 120 }),
      fc.integer({ min: 1, max: names.length }),
      fc.constantFrom(...widths),
      fc.constantFrom(...heights),
      fc.option(fc.nat(30), { nil: undefined }),
      fc.boolean(),
      (happened, count, columns, rows, top, rehearsal) => {
        const planned = plannedRun(
          { name: '日本'.repeat(20), kind: 'apply', rehearsal },
          names.slice(0, count).map((key) => ({ key, what: `${key} ${'長い名前'.repeat(8)}`, finished: false })),
        );
        const view = happened.reduce((run, event, index) => progressed(run, event, index * 700), planned);
        const scene: RunScene = { ...blankRun(true), stage: 'running', view, now: 99_999, ...(top === undefined ? {} : { top }) };
        const frame = runFrame(scene, { columns, rows });
        expect(frame.lines.length).toBeLessThanOrEqual(rows);
        for (const row of frame.lines) expect(lineWidth(row)).toBeLessThanOrEqual(columns);
        const wanted = view.steps.filter(mustShow);
        const shown = texts(frame).join('\n');
        // Two rows say what has no room, or hold the window that was scrolled.
        if (wanted.length <= frame.seen.page - 2) for (const { key } of wanted) expect(shown).toContain(` ${key}`);
      },
    ),
    { numRuns: 400 },
  );
}, 120_000);

test('no keys make a screen fail or overflow', () => {
  const ids = [
    'up',
    'down',
    'pageup',
    'pagedown',
    'home',
    'end',
    'enter',
    'esc',
    'space',
    'l',
    'p',
    '?',
    'ctrl+c',
    's',
    '1',
    '4',
    'k',
    'j',
    '日',
    'backspace',
  ];
  const scenes = Object.values(allScreens(false));
  fc.assert(
    fc.property(
      fc.nat(scenes.length - 1),
      fc.array(fc.constantFrom(...ids), { maxLength: 12 }),
      fc.constantFrom(...widths),
      fc.constantFrom(...heights),
      (index, keys, columns, rows) => {
        const { scene } = pressed(scenes[index]!, { columns, rows }, ...keys);
        const frame = runFrame(scene, { columns, rows });
        expect(frame.lines.length).toBeLessThanOrEqual(rows);
        for (const row of frame.lines) expect(lineWidth(row)).toBeLessThanOrEqual(columns);
      },
    ),
    { numRuns: 300 },
  );
}, 120_000);
