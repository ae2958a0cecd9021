import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Finding, itemLooks } from '../../src/core/verify/findings.ts';
import { mendJobs, mendOf } from '../../src/core/verify/mends.ts';
import { verify } from '../../src/io/verify/verify.ts';
import { doTo } from './damage.ts';
import { damages } from './damages.ts';
import type { Emulator } from './emulator/emulator.ts';
import { allTargets, verifiedWorld } from './verified-world.ts';
import { azureItems, portsOf, readerOf, verified } from './verifying.ts';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await verifiedWorld();
});
afterAll(() => emulator.stop());

const idsOf = (findings: readonly Finding[], verdict: Finding['verdict']) =>
  findings.filter((one) => one.verdict === verdict).map(({ id }) => id);

describe('verify, after a run of all-targets', () => {
  test('passes every item that Azure decides, with at most twelve requests', async () => {
    const { findings, requests } = await verified(emulator, allTargets);
    expect(findings.length).toBeGreaterThan(120);
    expect(findings.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(requests).toBeLessThanOrEqual(12);
  });

  test('asks side by side', async () => {
    emulator.delay(400);
    await verified(emulator, allTargets);
    emulator.delay(0);
    expect(emulator.busiest()).toBeGreaterThanOrEqual(8);
  });

  test('sends nothing but GET and POSTs that read', async () => {
    const from = emulator.log.length;
    await verified(emulator, allTargets);
    const posts = emulator.log.slice(from).filter(({ method }) => method !== 'GET');
    expect(posts.map(({ method }) => method).every((method) => method === 'POST')).toBe(true);
    expect(posts.map(({ path }) => path.split('/').at(-1))).toEqual(posts.map(() => 'resources'));
    expect(emulator.changes()).toEqual([]);
  });
});

describe('every damage', () => {
  test('is one of at least forty', () => expect(damages.length).toBeGreaterThanOrEqual(40));

  test.each(damages.map((one) => [one.name, one] as const))(
    '%s: exactly the right items fail, and what mends them is known',
    async (_name, damage) => {
      const heal = doTo(emulator, damage);
      try {
        const { findings, mends } = await found();
        expect(idsOf(findings, 'fail')).toEqual(damage.fails);
        expect(idsOf(findings, 'unknown')).toEqual([]);
        for (const mend of mends) expect(mend.commands.length > 0 || mend.say !== undefined).toBe(true);
      } finally {
        heal();
      }
    },
  );

  test('is gone from the findings once it is healed', async () => {
    expect(idsOf((await verified(emulator, allTargets)).findings, 'fail')).toEqual([]);
  });
});

async function found() {
  const items = azureItems(allTargets);
  const { findings, readings } = await verify(itemLooks(allTargets.world, items), portsOf(readerOf(emulator, allTargets)), () => undefined);
  const failing = items.flatMap((item, index) => {
    if (findings[index]?.verdict !== 'fail') return [];
    return [{ item, mend: mendOf(allTargets, item, readings.get(item.main?.key ?? '')) }];
  });
  return { findings, mends: failing.map(({ mend }) => mend), jobs: mendJobs(allTargets, failing) };
}
