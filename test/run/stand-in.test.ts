import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { Cloud } from '../../src/core/run/cloud.ts';
import { faults, parseFailAt } from '../../src/core/run/faults.ts';
import type { Call, Change, Found, Job } from '../../src/core/run/job.ts';
import { notThere } from '../../src/core/run/plan-jobs.ts';
import { secondsOf } from '../../src/core/run/takes.ts';
import { rehearsalPace, standIn } from '../../src/io/run/stand-in.ts';
import { planOfExample } from '../azure/acceptance/planned.ts';
import { apply, azurePace, copyOf, jobsFor, type Stage, stageOf } from './rehearsing.ts';
import { VirtualClock } from './virtual-clock.ts';

const plan = planOfExample('all-targets');
const jobs = new Map(jobsFor(plan).map((job) => [job.key, job]));

function job(key: string): Job {
  const found = jobs.get(key);
  if (!found) throw new Error(key);
  return found;
}

function callOf(change: Change | undefined): Call {
  if (!change || 'stop' in change || !change.calls[0]) throw new Error('no call');
  return change.calls[0];
}

const create = (key: string): Call => callOf(job(key).change({ state: 'absent' }, {}));

async function look({ cloud, clock }: Stage, key: string): Promise<Found> {
  const running = await standIn(cloud, clock, azurePace).exec({ words: job(key).look({}) }, { step: key, purpose: 'look' });
  return job(key).judge(await running.ended, {});
}

/** Starts the creation of a step, and everything that it needs before. */
async function begun(stage: Stage, key: string) {
  return standIn(stage.cloud, stage.clock, azurePace).exec(create(key), { step: key, purpose: 'change' });
}

async function made(stage: Stage, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const running = await begun(stage, key);
    expect(await running.ended).toMatchObject({ code: 0 });
  }
}

describe('the stand-in for Azure', () => {
  it('says of what is absent what az says, with its exit code', async () => {
    const { cloud, clock } = stageOf(plan);
    const running = await standIn(cloud, clock, azurePace).exec({ words: job('vnet').look({}) }, { step: 'vnet', purpose: 'look' });
    const { code, stderr } = await running.ended;
    expect(code).toBe(notThere);
    expect(stderr).toMatch(/^ERROR: \(ResourceNotFound\) The Resource '.*vnet-northwind' was not found\./);
  });

  it('shows what is being made as such, takes its time, and then shows it right', async () => {
    const stage = stageOf(plan);
    await made(stage, 'network_group');
    const [from, running] = [stage.clock.now(), await begun(stage, 'vnet')];
    expect(await look(stage, 'vnet')).toMatchObject({ state: 'busy', provisioning: 'Creating' });
    expect(await running.ended).toMatchObject({ code: 0 });
    expect(stage.clock.now() - from).toBe(30_000);
    expect(await look(stage, 'vnet')).toMatchObject({ state: 'right' });
  });

  it('takes one write at a time where Azure does', async () => {
    const stage = stageOf(plan);
    await made(stage, 'network_group', 'vnet');
    const first = await begun(stage, 'endpoint_subnet');
    await stage.clock.sleep(1000);
    const second = await begun(stage, 'vnet');
    expect(await second.ended).toMatchObject({ code: 1, stderr: expect.stringContaining('(AnotherOperationInProgress)') });
    expect(await first.ended).toMatchObject({ code: 0 });
  });

  it('makes nothing in what is not there, and removes nothing that something else uses', async () => {
    const stage = stageOf(plan);
    expect(await (await begun(stage, 'vnet')).ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('(ParentResourceNotFound)'),
    });
    await made(stage, 'network_group', 'nat_address');
    await made(stage, 'nat');
    const change = job('nat_address').change({ state: 'absent' }, {});
    const [remove] = change && 'calls' in change ? (change.undo?.remove ?? []) : [];
    const running = await standIn(stage.cloud, stage.clock).exec(remove as Call, { step: 'nat_address', purpose: 'change' });
    expect(await running.ended).toMatchObject({ code: 1, stderr: expect.stringContaining('(InUseCannotBeDeleted)') });
  });

  it('carries on with what Azure has taken when the program is ended, and with nothing else', async () => {
    const stage = stageOf(plan);
    await made(stage, 'network_group');
    const early = await begun(stage, 'vnet');
    early.end();
    expect(await early.ended).toEqual({ stdout: '', stderr: '' });
    await stage.clock.sleep(60_000);
    expect(await look(stage, 'vnet')).toEqual({ state: 'absent' });
    const late = await begun(stage, 'vnet');
    await stage.clock.sleep(1000);
    late.end();
    expect(await look(stage, 'vnet')).toMatchObject({ state: 'busy' });
    await stage.clock.sleep(60_000);
    expect(await look(stage, 'vnet')).toMatchObject({ state: 'right' });
  });

  it('goes on in another process, with the programs that survived', async () => {
    const stage = stageOf(plan);
    await made(stage, 'network_group');
    const { child } = await begun(stage, 'vnet');
    const next = { ...copyOf(stage), cloud: Cloud.from(JSON.parse(JSON.stringify(stage.cloud.toJSON()))) };
    next.cloud.join(plan);
    const { alive, endChild } = standIn(next.cloud, next.clock, azurePace);
    if (!child) throw new Error('no child');
    expect(await alive(child)).toBe(true);
    expect(await alive({ ...child, started: 'another' })).toBe(false);
    await next.clock.sleep(40_000);
    expect(await alive(child)).toBe(false);
    expect(await look(next, 'vnet')).toMatchObject({ state: 'right' });
    await endChild(child);
  });

  it('goes wrong as often as it was told to', async () => {
    const stage = stageOf(plan);
    stage.cloud.plant('network_group', 'throttled', 2);
    for (const code of [1, 1, 0]) expect(await (await begun(stage, 'network_group')).ended).toMatchObject({ code });
  });

  it('lets a program hang until it is ended', async () => {
    const stage = stageOf(plan);
    stage.cloud.plant('network_group', 'hang');
    const running = await begun(stage, 'network_group');
    const first = await Promise.race([running.ended, stage.clock.sleep(86_400_000)]);
    expect(first).toBeUndefined();
    running.end();
    expect(await running.ended).toEqual({ stdout: '', stderr: '' });
  });

  it('needs well under a minute for a rehearsal of all targets', async () => {
    const stage = stageOf(plan);
    expect(await apply(stage, { pace: rehearsalPace })).toBe('complete');
    expect(stage.clock.now()).toBeGreaterThan(3000);
    expect(stage.clock.now()).toBeLessThan(30_000);
  });

  it.each([
    ['a few seconds', 6],
    ['half a minute', 30],
    ['a minute', 60],
    ['a minute or two', 90],
    ['1 to 3 minutes', 120],
    ['up to ten minutes', 300],
    ['half an hour', 1800],
    [undefined, 6],
  ])('takes %s for %d seconds', (text, seconds) => expect(secondsOf(text)).toBe(seconds));
});

describe('--fail-at', () => {
  const steps = ['vnet', 'subnet', 'zone_link/1'];

  it.each([
    { text: 'vnet', step: 'vnet', fault: 'policy' },
    { text: 'zone_link/1=429', step: 'zone_link/1', fault: 'throttled' },
    { text: 'subnet=409', step: 'subnet', fault: 'conflict' },
    ...faults.map((fault) => ({ text: `vnet=${fault}`, step: 'vnet', fault })),
  ])('reads $text', ({ text, step, fault }) => expect(parseFailAt(text, steps)).toEqual({ step, fault }));

  it.each([
    ['vnett', /no step «vnett»/, /vnet/],
    ['vnet=quotas', /no fault «quotas»/, /quota/],
    ['vnet=', /no fault «»/, /throttled/],
  ])('refuses %s', (text, what, hint) => {
    const refused = (): unknown => parseFailAt(text, steps);
    expect(refused).toThrow(UserError);
    expect(refused).toThrow(what);
    try {
      refused();
    } catch (error) {
      expect(error instanceof UserError ? error.complaints[0]?.hint : '').toMatch(hint);
    }
  });
});

describe('the clock of these tests', () => {
  it('wakes in the order of virtual time, once everything else rests', async () => {
    const clock = new VirtualClock(5);
    const order: string[] = [];
    const sleeper = async (name: string, ...naps: number[]): Promise<void> => {
      for (const nap of naps) {
        await clock.sleep(nap);
        for (let turns = 0; turns < 50; turns++) await Promise.resolve();
        order.push(`${name} ${clock.now()}`);
      }
    };
    await Promise.all([sleeper('a', 10, 10), sleeper('b', 5, 5, 1), sleeper('c', 0)]);
    expect(order).toEqual(['c 5', 'b 10', 'a 15', 'b 15', 'b 16', 'a 25']);
  });

  it('lets a signal cut a sleep short, without going on by it', async () => {
    const [clock, over] = [new VirtualClock(), new AbortController()];
    const cut = clock.sleep(1000, over.signal);
    over.abort();
    await cut;
    await clock.sleep(1000, over.signal);
    expect(clock.now()).toBe(0);
    await clock.sleep(1);
    expect(clock.now()).toBe(1);
  });
});
