import { afterAll, expect, test } from 'vitest';
import { chosen } from './acceptance/chosen.ts';
import { clearStages } from './acceptance/journey.ts';
import { idOf } from './acceptance/planned.ts';
import { amlguide, answersOf, nameOf } from './acceptance/program.ts';
import { settledStage } from './acceptance/stages.ts';
import { heldNow } from './acceptance/undo.ts';
import { unmet } from './acceptance/wants.ts';
import { type JsonObject, objectOf } from './emulator/json.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

/** Without what an undo cannot take back, and says so, and without the state that Resource Manager adds by itself. */
function compared(held: ReadonlyMap<string, JsonObject>): [string, JsonObject][] {
  return [...held]
    .filter(([id]) => !id.includes('/providers/microsoft.relay/namespaces/'))
    .map(([id, { properties, ...rest }]) => {
      const { provisioningState: _, ...stated } = objectOf(properties);
      return [id, { ...rest, properties: stated }];
    });
}

/** What a run leaves to people in every example: a way into the network, programs that attach clusters, roles that somebody else gives. */
const byPeople = ['way_in', 'targets_attached', 'databricks_attached', 'hdinsight_attached', 'compute_pulls_found', 'compute_reads_found'];

/** What verify says of examples that build on what others made, and that a run may not change: exactly this, and nothing else. */
const madeByOthers: Readonly<Record<string, readonly string[]>> = {
  // A binding of Trusted Access belongs to whoever keeps the cluster; the zones of an existing endpoint to whoever made it.
  'aks-serving': ['aks_trusted: 0', 'series_inference: 0'],
  // The routes stand in the table of the hub, and so does the zone of Databricks.
  'databricks-firewall': ['databricks_route.0: false', 'databricks_route.1: false', 'databricks_route.2: false', 'databricks_zone: 0'],
  // The answers leave the workspace open; peer and endpoint subnet are the neighbours'.
  'existing-hub-dns': ['endpoint_policies: Enabled', 'existing_workspace_closed: Enabled', 'peered_networks: others'],
  'forced-tunnel-nat': ['peered_networks: others'],
  // routes-by-address.py adds these, and a person runs it.
  'forced-tunnel-routes': ['address_routes: 20.89.21.0/24, 40.21.105.16/28, 20.97.3.0/24, 40.3.204.16/28'],
  'no-public-ip': ['instance_dns.0: DNS servers of its own: 10.250.0.4 10.250.0.5', 'series_inference: 0'],
  'sample-half-secured': ['instance_dns.0: DNS servers of its own: 10.250.0.4 10.250.0.5', 'series_inference: 0', 'way_out: false'],
  'us-government': ['peered_networks: others'],
};

/** The failed and unknown items of a verification, without those that people have to bring about. */
function failedIn(printed: string): string[] {
  const { findings } = JSON.parse(printed) as { findings: { id: string; verdict: string; found?: string; why?: string }[] };
  const open = findings.filter(({ id, verdict }) => ['fail', 'unknown'].includes(verdict) && !byPeople.includes(id));
  return open
    .map(({ id, verdict, found, why }) => (verdict === 'fail' ? `${id}: ${found ?? ''}` : `${id} is unknown: ${why ?? ''}`))
    .toSorted();
}

describeWith(['az', 'reference'], 'amlguide run through the real az', { timeout: 600_000, concurrent: true }, () => {
  test.each(chosen('compute-cluster', 'private-from-nothing', 'arc-training'))('%s: run, again, and undo', async (example) => {
    const stage = await settledStage(example);
    const before = heldNow(stage.emulator);
    const answers = answersOf(stage);
    const first = await amlguide(stage, 'run', ...answers, '--yes', '--no-input');
    expect(first.exitCode, first.stderr).toBe(0);
    expect(first.stdout).toBe('');
    const resources = stage.plan.steps.filter(({ id }) => id !== undefined);
    expect(resources.flatMap((step) => unmet(step, stage.emulator.resource(idOf(step))))).toEqual([]);
    const done = [stage.emulator.changes().length, stage.cluster?.changes().length];
    const second = await amlguide(stage, 'run', ...answers, '--yes', '--no-input');
    expect(second.exitCode, second.stderr).toBe(0);
    expect([stage.emulator.changes().length, stage.cluster?.changes().length]).toEqual(done);
    const verified = await amlguide(stage, 'verify', ...answers, '--output', 'json');
    expect(failedIn(verified.stdout), verified.stderr).toEqual(madeByOthers[example] ?? []);
    const back = await amlguide(stage, 'undo', nameOf(stage), '--confirm', nameOf(stage), '--no-input', '--purge');
    expect(back.exitCode, back.stderr).toBe(0);
    expect(compared(heldNow(stage.emulator))).toEqual(compared(before));
    expect(stage.emulator.foreign).toEqual([]);
  });
});
