import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { planOf } from '../../src/core/plan.ts';
import { diagnosesOf, itemsOfComputer, refsOfItems } from '../../src/core/verify/doctor.ts';
import { situationOf } from '../../src/core/walk.ts';
import { commandPorts, readCommand } from '../../src/io/commands-read.ts';
import { realAz } from './az.ts';
import { describeWith } from './needs.ts';

const folder = mkdtempSync(join(tmpdir(), 'amlguide-doctor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The real az in a folder of settings that is new; it reaches nobody, as its proxy is not there. */
function environment(): Record<string, string> {
  symlinkSync(realAz() ?? '', join(folder, 'az'));
  return {
    PATH: [folder, '/usr/bin', '/bin'].join(':'),
    HOME: folder,
    AZURE_CONFIG_DIR: join(folder, 'azure'),
    AZURE_CORE_COLLECT_TELEMETRY: 'no',
    HTTPS_PROXY: 'http://127.0.0.1:9',
  };
}

describeWith(['az'], 'the real az, of which nobody is signed in', { timeout: 120_000 }, () => {
  test('is found, told to be signed out, and shows its cloud and its defaults', async () => {
    const catalog = await ownCatalog();
    const world = planOf(situationOf(catalog, {})).world;
    const items = itemsOfComputer(world);
    const ports = commandPorts(catalog, environment());
    const refs = refsOfItems(items).flatMap(({ key, source }) => (source.type === 'command' ? [{ key, source }] : []));
    const read = async () =>
      new Map(await Promise.all(refs.map(async ({ key, source }) => [key, await readCommand(source, ports)] as const)));
    const verdicts = async () =>
      Object.fromEntries(diagnosesOf(world, items, await read()).map(({ id, verdict, found, why }) => [id, { verdict, found, why }]));
    const before = await verdicts();
    expect(before).toMatchObject({
      az_found: { verdict: 'pass', found: expect.stringMatching(/^2\.\d+\.\d+$/) },
      az_without_v1: { verdict: 'pass' },
      signed_in: { verdict: 'fail', found: 'no account' },
      azure_answers: { verdict: 'fail', why: expect.stringContaining('Nobody is signed in.') },
      cloud_known: { verdict: 'pass', found: 'AzureCloud' },
      az_own_defaults: { verdict: 'pass' },
    });
    writeFileSync(join(folder, 'azure', 'config'), '[defaults]\ngroup = rg-of-mine\nacr = ours\n[cloud]\nname = AzureChinaCloud\n');
    const after = await verdicts();
    expect(after['az_own_defaults']).toMatchObject({ verdict: 'fail', found: 'group=rg-of-mine' });
    expect(after['cloud_known']).toMatchObject({ verdict: 'pass', found: 'AzureChinaCloud' });
  });
});
