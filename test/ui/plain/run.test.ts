import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { plainRunUi } from '../../../src/ui/plain/run.ts';
import type { RunHandles } from '../../../src/ui/run-ui.ts';
import { pipes } from '../plain-talk.ts';
import { events, head, lines, overview, trouble, undoOverview } from '../recorded-run.ts';

const handles: RunHandles = {
  stop: () => undefined,
  end: () => undefined,
  leave: () => undefined,
  log: () => ['first line', 'second line'],
};

/** Plain mode with typed lines. */
function plain(typed: readonly string[], interactive = true) {
  const { streams, written } = pipes(typed);
  return { ui: plainRunUi(streams, { interactive }), written };
}

test('says what will happen, with time and money, and asks', async () => {
  const { ui, written } = plain(['maybe', 'yes']);
  expect(await ui.confirm({ ...overview, rehearsal: true, finished: 3, changed: ['subnet snet-old'] })).toBe(true);
  const text = written();
  expect(text.startsWith('REHEARSAL: nothing reaches Azure.\nRun contoso-prod\n3 steps are finished already and not done again.\n')).toBe(
    true,
  );
  expect(text).toContain('Finished, but changed by an edited answer:\n  subnet snet-old\n');
  expect(text).toContain('Made if it is not there:\n  resource group rg-ml-net, a few seconds\n');
  expect(text).toContain('Costs money:\n  subnet snet-endpoints, about 33 dollars a month\n');
  expect(text).toContain('Changed where it differs:\n  route table rt-hub gets a route for the control plane\n');
  expect(text).toContain('Only looked at; it has to be there:\n  virtual network vnet-hub\n');
  expect(text).toContain('  resource group rg-ml-net, 2 actions\n');
  expect(text.endsWith('Do it? Type yes or no.\n> maybe\nDo it? Type yes or no.\n> yes\n')).toBe(true);
});

test.each([
  [['contoso-prod'], true],
  [['yes'], false],
  [['contoso-pro'], false],
  [[], false],
] as const)('an undo wants the name: %j is %j', async (typed, yes) => {
  const { ui, written } = plain(typed);
  expect(await ui.confirm(undoOverview)).toBe(yes);
  expect(written()).toContain('Removed or put back, in this order:\n  compute cluster cpu-cluster\n');
  expect(written()).toContain('Stays:\n  virtual network vnet-hub, this session did not make it\n');
});

test('the end of the input is a no', async () => {
  expect(await plain([]).ui.confirm(overview)).toBe(false);
});

test('with nobody there it asks nothing', async () => {
  const { ui, written } = plain([], false);
  expect(await ui.confirm(undoOverview)).toBe(true);
  expect(await ui.decide(trouble)).toBe('stop');
  expect(written()).not.toContain('> ');
  expect(written()).toContain('Nobody can be asked here, so the run stops; what runs already comes to its end.\n');
});

test('says one line for each thing worth a line', async () => {
  const { ui, written } = plain([], false);
  ui.begin(head, lines, handles);
  for (const { event, now } of events) ui.event(event, now);
  await ui.end({ outcome: 'failed', next: ['amlguide resume contoso-prod goes on.'] });
  await ui.close();
  expect(written().split('\n')).toEqual([
    'Begins: 15 steps.',
    'subscription 日本 and its providers is there. 1 of 15.',
    'begins to make resource group rg-ml-net.',
    'resource group rg-ml-net is made, 5 s. 2 of 15.',
    'key vault kv-contosoprod is there. 3 of 15.',
    'begins to make virtual network vnet-ml.',
    'begins to make NAT gateway nat-ml.',
    'begins to make storage account stcontosoprod.',
    'begins to make container registry crcontosoprod.',
    'virtual network vnet-ml is made, 9 s. 4 of 15.',
    'begins to change subnet snet-train.',
    'subnet snet-train is changed, 6 s. 5 of 15.',
    'begins to make subnet snet-endpoints.',
    'subnet snet-endpoints is tried again in 17 s, because: Another operation on this network is in progress (AnotherOperationInProgress).',
    'NAT gateway nat-ml waits for Azure (Updating).',
    `container registry crcontosoprod failed: ${trouble.message}`,
    'begins to make subnet snet-endpoints.',
    'NAT gateway nat-ml waits for Azure (Updating) still, after 59 s.',
    'subnet snet-endpoints is made, 54 s. 6 of 15.',
    'NAT gateway nat-ml is made, 1 min 5 s. 7 of 15.',
    'begins: NAT gateway nat-ml at subnet snet-train.',
    'done: NAT gateway nat-ml at subnet snet-train, 8 s. 8 of 15.',
    'storage account stcontosoprod is made, 1 min 14 s. 9 of 15.',
    'begins to make private DNS zone privatelink.api.azureml.ms.',
    'container registry crcontosoprod is skipped.',
    'workspace mlw-contoso-prod is skipped: it needs container registry crcontosoprod.',
    'private endpoint pe-mlw-contoso-prod is skipped: it needs container registry crcontosoprod.',
    'compute cluster cpu-cluster is skipped: it needs container registry crcontosoprod.',
    'compute instance ci-kim is skipped: it needs container registry crcontosoprod.',
    'private DNS zone privatelink.api.azureml.ms goes on by itself; nobody waits for it here.',
    'Not everything worked: 9 of 15 done, 1 step failed, 4 steps skipped, 1 step left to itself. It took 1 min 35 s.',
    'Failed:',
    `  container registry crcontosoprod, ${trouble.message}`,
    'Skipped:',
    '  workspace mlw-contoso-prod, it needs container registry crcontosoprod',
    '  private endpoint pe-mlw-contoso-prod, it needs container registry crcontosoprod',
    '  compute cluster cpu-cluster, it needs container registry crcontosoprod',
    '  compute instance ci-kim, it needs container registry crcontosoprod',
    'Left to itself:',
    '  private DNS zone privatelink.api.azureml.ms, 1 min 19 s',
    'Made: 5, Changed: 1, Done: 1, There already: 2.',
    'Next:',
    '  amlguide resume contoso-prod goes on.',
    '',
  ]);
});

describe('a failure', () => {
  test('is told with cause, fix and source, and is decided by a number or a word', async () => {
    const { ui, written } = plain(['7', '3', 'again']);
    ui.begin(head, lines, handles);
    expect(await ui.decide(trouble)).toBe('skip');
    expect(await ui.decide({ ...trouble, waiting: 0, editable: false, signIn: true })).toBe('again');
    const text = written();
    expect(text).toContain(`About container registry crcontosoprod: what it usually means: ${trouble.known?.cause}\n`);
    expect(text).toContain(`What mends it: ${trouble.known?.fix}\nSource: ${trouble.known?.source}, https://`);
    expect(text).toContain('  3) skip it, and the 4 steps that wait for it\n');
    expect(text).toContain('There is no 7 in the list.\n');
    expect(text).toContain('  1) sign in again, and go on\n  2) try again\n  3) skip it\n');
  });

  test('says the log and asks again', async () => {
    const { ui, written } = plain(['log', '1']);
    ui.begin(head, lines, handles);
    expect(await ui.decide(trouble)).toBe('again');
    expect(written()).toMatch(/> log\nfirst line\nsecond line\nWhat shall become of .*\?\n {2}1\) try again\n/);
  });

  test('stops the run at the end of the input', async () => {
    const { ui } = plain([]);
    ui.begin(head, lines, handles);
    expect(await ui.decide(trouble)).toBe('stop');
  });

  test('keeps what happens meanwhile until it is decided', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let text = '';
    output.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const ui = plainRunUi({ input, output }, { interactive: true });
    ui.begin(head, lines, handles);
    const decided = ui.decide(trouble);
    while (!text.endsWith('> ')) await new Promise(setImmediate);
    for (const { event, now } of events.slice(0, 4)) ui.event(event, now);
    expect(text.endsWith('> ')).toBe(true);
    input.write('1\n');
    expect(await decided).toBe('again');
    await new Promise(setImmediate);
    expect(text.split('\n').slice(-2)).toEqual(['subscription 日本 and its providers is there. 1 of 15.', '']);
    await ui.close();
  });
});

describe('ctrl+c', () => {
  /** Plain mode in a terminal, where ctrl+c is a signal. */
  function terminal() {
    const [input, output] = [Object.assign(new PassThrough(), { isTTY: true }), new PassThrough()];
    let text = '';
    output.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const did: string[] = [];
    const before = process.listeners('SIGINT');
    const ui = plainRunUi({ input, output }, { interactive: true });
    ui.begin(head, lines, { ...handles, stop: () => did.push('stop'), end: () => did.push('end'), leave: () => did.push('leave') });
    const ours = process.listeners('SIGINT').filter((one) => !before.includes(one));
    const until = async (ready: () => boolean): Promise<void> => {
      while (!ready()) await new Promise(setImmediate);
    };
    return {
      ui,
      input,
      did,
      until,
      text: () => text,
      interrupt: () => {
        for (const one of ours) one('SIGINT');
      },
      asked: () => text.endsWith('> '),
    };
  }

  test('once offers the ways out', async () => {
    const { ui, input, did, until, interrupt, asked, text } = terminal();
    interrupt();
    await until(asked);
    expect(text()).toContain('Press it again to leave at once.\nWhat shall become of the run?\n  1) let it finish: nothing new begins');
    input.write('1\n');
    await until(() => did.length > 0);
    expect(did).toEqual(['stop']);
    expect(await ui.decide(trouble)).toBe('stop');
    await ui.close();
  });

  test('twice leaves at once', async () => {
    const { ui, did, until, interrupt, asked } = terminal();
    interrupt();
    await until(asked);
    interrupt();
    await until(() => did.length > 0);
    expect(did).toEqual(['leave']);
    await ui.close();
    expect(process.listeners('SIGINT')).toEqual([]);
  });

  test('before the beginning is kept for the run', async () => {
    const [input, output] = [Object.assign(new PassThrough(), { isTTY: true }), new PassThrough()];
    let text = '';
    output.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const before = process.listeners('SIGINT');
    const ui = plainRunUi({ input, output }, { interactive: true });
    for (const one of process.listeners('SIGINT')) if (!before.includes(one)) one('SIGINT');
    let left = false;
    ui.begin(head, lines, { ...handles, leave: () => (left = true) });
    while (!text.endsWith('> ')) await new Promise(setImmediate);
    input.write('leave\n');
    while (!left) await new Promise(setImmediate);
    await ui.close();
  });

  test('at a failure stops, and the next question works again', async () => {
    const { ui, input, until, interrupt, asked } = terminal();
    const first = ui.decide(trouble);
    await until(asked);
    interrupt();
    expect(await first).toBe('stop');
    const second = ui.decide(trouble);
    await until(asked);
    input.write('skip\n');
    expect(await second).toBe('skip');
    await ui.close();
  });
});

test('a value cannot steer the terminal', async () => {
  const { ui, written } = plain([], false);
  ui.begin(head, [{ key: 'a', what: 'name \u001B[2J', finished: false }], handles);
  ui.event({ type: 'failed', step: 'a', message: 'one\r\ntwo \u001B]0;x\u0007' }, 1);
  expect(written()).toContain('name \uFFFD[2J failed: one two \uFFFD]0;x\uFFFD\n');
  expect(written()).not.toContain('\u001B');
  await ui.close();
});
