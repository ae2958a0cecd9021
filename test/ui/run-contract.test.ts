import { expect, test } from 'vitest';
import { jsonRunUi } from '../../src/ui/json-run.ts';
import type { RunHandles } from '../../src/ui/run-ui.ts';
import { pipes } from './plain-talk.ts';
import { events, head, lines, overview, trouble } from './recorded-run.ts';

const handles: RunHandles = { stop: () => undefined, end: () => undefined, leave: () => undefined, log: () => [] };

test('JSON lines: everything that happens, one object a line, with its time', async () => {
  const { streams, written } = pipes([]);
  const ui = jsonRunUi(streams);
  expect(await ui.confirm(overview)).toBe(true);
  ui.begin(head, lines, handles);
  for (const { event, now } of events) ui.event(event, now);
  ui.event(
    { type: 'done', step: 'a', how: 'changed', outputs: { 'a.id': '1' }, body: { properties: { secret: 'canary' } } },
    1_700_000_100_000,
  );
  ui.event({ type: 'change', step: 'a', what: 'update', call: 0, of: 1, words: ['az'], before: { tags: 'canary' } }, 1_700_000_100_000);
  expect(await ui.decide(trouble)).toBe('stop');
  await ui.end({ outcome: 'failed', next: ['look'] });
  await ui.close();
  expect(written().endsWith('\n')).toBe(true);
  const told = written()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { at: string; type: string });
  expect(told.every(({ at }) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at))).toBe(true);
  expect(told.map(({ type }) => type)).toEqual([
    'overview',
    'begin',
    ...events.map(({ event }) => event.type),
    'done',
    'change',
    'trouble',
    'ending',
  ]);
  expect(told[2]).toMatchObject({ at: '2023-11-14T22:13:20.000Z', type: 'run', kind: 'apply' });
  expect(told.at(-2)).toMatchObject({ step: 'registry', known: { id: 'policy-refused' }, waiting: 4 });
  expect(told.at(-1)).toMatchObject({ outcome: 'failed', next: ['look'] });
  expect(written()).not.toContain('canary');
});
