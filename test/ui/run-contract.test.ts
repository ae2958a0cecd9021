import { describe, expect, test } from 'vitest';
import { inkRunUi } from '../../src/ui/ink/ink-run-ui.ts';
import { jsonRunUi } from '../../src/ui/json-run.ts';
import { plainRunUi } from '../../src/ui/plain/run.ts';
import type { RunChoice, RunHandles, RunUi } from '../../src/ui/run-ui.ts';
import { FakeTerminal } from './ink/fake-terminal.ts';
import { pipes } from './plain-talk.ts';
import { events, head, lines, overview, trouble } from './recorded-run.ts';

const handles: RunHandles = { stop: () => undefined, end: () => undefined, leave: () => undefined, log: () => [] };
const ending = { outcome: 'failed', next: ['amlguide resume contoso-prod goes on.'] } as const;

/** A way to show a run, somebody who answers it, and what can be read at the end. */
interface Front {
  readonly ui: RunUi;
  readonly yes: () => void | Promise<void>;
  readonly skip: () => void | Promise<void>;
  /** Waits until the end can be read, and reads it. */
  readonly read: () => Promise<string>;
  readonly leave: () => void;
  /** What comes of a failure. */
  readonly choice: RunChoice;
}

const fronts: Readonly<Record<string, () => Front>> = {
  ink: () => {
    const terminal = new FakeTerminal(100, 60);
    const press = (text: string, key: string) => async () => {
      await terminal.see(text);
      terminal.press(key);
    };
    return {
      ui: inkRunUi({ stdin: terminal.stdin, stdout: terminal.stdout }),
      yes: press('y  rehearse it', 'y'),
      skip: press('x  skip it, and the 4 steps that wait for it', 'x'),
      read: () => terminal.see('q close'),
      leave: () => terminal.press('enter'),
      choice: 'skip',
    };
  },
  plain: () => {
    const { streams, written } = pipes(['yes', 'skip']);
    const none = () => undefined;
    return {
      ui: plainRunUi(streams, { interactive: true }),
      yes: none,
      skip: none,
      read: async () => written(),
      leave: none,
      choice: 'skip',
    };
  },
  json: () => {
    const { streams, written } = pipes([]);
    const none = () => undefined;
    return { ui: jsonRunUi(streams), yes: none, skip: none, read: async () => written(), leave: none, choice: 'stop' };
  },
};

describe.each(Object.entries(fronts))('the recorded run in %s', (name, front) => {
  test('is confirmed, followed, decided and told to its end', async () => {
    const { ui, yes, skip, read, leave, choice } = front();
    const confirmed = ui.confirm({ ...overview, rehearsal: true });
    await yes();
    expect(await confirmed).toBe(true);
    ui.begin({ ...head, rehearsal: true }, lines, handles);
    for (const { event, now } of events) {
      ui.event(event, now);
      if (event.type !== 'failed') continue;
      const decided = ui.decide(trouble);
      await skip();
      expect(await decided).toBe(choice);
    }
    expect(await ui.aside(async () => 'signed in')).toBe('signed in');
    const ended = ui.end(ending);
    if (name === 'plain') await ended;
    const text = await read();
    leave();
    await ended;
    await ui.close();
    await ui.close();
    // Each of them names every step that came to nothing, why, what goes on, and what to do next.
    for (const word of [
      'RequestDisallowedByPolicy',
      'compute instance ci-kim',
      'privatelink.api.azureml.ms',
      'resume contoso-prod goes on.',
    ])
      expect(text).toContain(word);
    expect(text).toMatch(name === 'json' ? /"rehearsal":true/ : /REHEARSAL/);
  });

  test('takes steps that it was not told of, and a run without any', async () => {
    const { ui, leave, read } = front();
    ui.begin(head, [], handles);
    for (const { event, now } of events) ui.event(event, now);
    const ended = ui.end({ outcome: 'complete', next: [] });
    if (name === 'plain') await ended;
    expect(await read()).toMatch(name === 'json' ? /"outcome":"complete"/ : /Everything is there and as it should be/);
    leave();
    await ended;
    await ui.close();
  });
});

test('JSON lines: everything that happens, one object a line, with its time', async () => {
  const { streams, written } = pipes([]);
  const ui = jsonRunUi(streams);
  expect(await ui.confirm(overview)).toBe(true);
  ui.begin(head, lines, handles);
  for (const { event, now } of events) ui.event(event, now);
  const now = 1_700_000_100_000;
  ui.event({ type: 'done', step: 'a', how: 'changed', outputs: { 'a.id': '1' }, body: { properties: { secret: 'canary' } } }, now);
  ui.event({ type: 'change', step: 'a', what: 'update', call: 0, of: 1, words: ['az'], before: { tags: 'canary' } }, now);
  expect(await ui.decide(trouble)).toBe('stop');
  await ui.end({ outcome: 'failed', next: ['look'] });
  await ui.close();
  expect(written().endsWith('\n')).toBe(true);
  const told = written()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { at: string; type: string });
  expect(told.every(({ at }) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at))).toBe(true);
  const middle = events.map(({ event }) => event.type);
  expect(told.map(({ type }) => type)).toEqual(['overview', 'begin', ...middle, 'done', 'change', 'trouble', 'ending']);
  expect(told[2]).toMatchObject({ at: '2023-11-14T22:13:20.000Z', type: 'run', kind: 'apply' });
  expect(told.at(-2)).toMatchObject({ step: 'registry', known: { id: 'policy-refused' }, waiting: 4 });
  expect(told.at(-1)).toMatchObject({ outcome: 'failed', next: ['look'] });
  expect(written()).not.toContain('canary');
});
