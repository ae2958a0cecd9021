import { afterAll, expect, test } from 'vitest';
import { itemLooks } from '../../src/core/verify/findings.ts';
import { mendJobs, mendOf } from '../../src/core/verify/mends.ts';
import { verify } from '../../src/io/verify/verify.ts';
import { wantsAll } from './acceptance/chosen.ts';
import { clearStages, type Stage, stageFor } from './acceptance/journey.ts';
import { amlguide, answersOf } from './acceptance/program.ts';
import { worldBefore } from './acceptance/seed.ts';
import { doTo } from './damage.ts';
import { damages } from './damages.ts';
import { describeWith } from './needs.ts';
import { allTargets, furnish } from './verified-world.ts';
import { azureItems, portsOf, readerOf } from './verifying.ts';

let staged: Promise<Stage> | undefined;

afterAll(clearStages);

/** The world after a run, once for all. */
function world(): Promise<Stage> {
  staged ??= stageFor(allTargets, worldBefore(allTargets)).then((stage) => {
    furnish(stage.emulator);
    return stage;
  });
  return staged;
}

const stand = ['storage is opened to all networks', 'Databricks subnet loses its NSG'];
const tried = damages.filter(({ name, healed }) => healed && (wantsAll || stand.includes(name)));

describeWith(['az', 'reference'], 'amlguide verify --fix through the real az', { timeout: 300_000 }, () => {
  test.each(tried.map((one) => [one.name, one] as const))('%s: it is mended, and verify says so', async (_name, damage) => {
    const stage = await world();
    const heal = doTo(stage.emulator, damage);
    try {
      const ran = await amlguide(stage, 'verify', ...answersOf(stage), '--fix', '--yes', '--no-input');
      expect(ran.exitCode, `${ran.stderr}\n${ran.stdout.slice(-3000)}`).toBe(0);
      expect(ran.stderr).toMatch(/^Begins: \d+ steps?\.$/m);
      expect(stage.emulator.foreign).toEqual([]);
    } finally {
      heal();
    }
  });
});

test('every damage that commands mend is marked so', async () => {
  const { emulator } = await world();
  const items = azureItems(allTargets);
  for (const damage of damages) {
    const heal = doTo(emulator, damage);
    const { findings, readings } = await verify(
      itemLooks(allTargets.world, items),
      portsOf(readerOf(emulator, allTargets)),
      () => undefined,
    );
    const failing = items.flatMap((item, index) =>
      findings[index]?.verdict === 'fail' ? [{ item, mend: mendOf(allTargets, item, readings.get(item.main?.key ?? '')) }] : [],
    );
    expect([damage.name, mendJobs(allTargets, failing).length > 0]).toEqual([damage.name, damage.healed]);
    heal();
  }
});
