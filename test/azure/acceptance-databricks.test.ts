import { afterAll, expect, test } from 'vitest';
import type { Json } from '../../src/core/json.ts';
import type { Plan, Step } from '../../src/core/plan.ts';
import { clearStages, type Journey, travel } from './acceptance/journey.ts';
import { catalog, idOf, planOfAnswers, renderedFolder } from './acceptance/planned.ts';
import { type Ran, runProgram } from './acceptance/run.ts';
import { unmet } from './acceptance/wants.ts';
import { sdkEnvironment } from './az.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf, textsOf } from './emulator/json.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

const token = 'dapi-not-to-be-seen';

/** Databricks beside a workspace that exists, whose storage account is reached by service endpoints. */
function planWith(more: Readonly<Record<string, Json>>): Plan {
  const { clusters: _, ...answers } = (catalog.examples['compute-cluster']?.answers ?? {}) as Record<string, Json>;
  return planOfAnswers(catalog, { ...answers, targets: ['databricks'], 'databricks.use': 'pipelines', ...more });
}

const tunnelled = {
  'storage.deny': true,
  'databricks.origin': 'new',
  'databricks.nodes': 100,
  'databricks.way_out': 'appliance',
  'databricks.appliance': '10.1.0.4',
  'databricks.private_link': true,
  'databricks.default_subnet': true,
  'databricks.attach': true,
};
const there = {
  'vnet.origin': 'existing',
  'names.vnet': 'vnet-shared',
  'network.group': 'rg-shared-network',
  'vnet.prefixes': ['10.80.0.0/20'],
  'vnet.taken': ['10.80.8.0/26'],
  'storage.deny': false,
  'databricks.origin': 'existing',
  'databricks.name': 'dbw-shared',
  'databricks.group': 'rg-shared-databricks',
  'databricks.private_name': 'containers',
  'databricks.private_prefix': '10.80.0.0/26',
  'databricks.public_name': 'hosts',
  'databricks.public_prefix': '10.80.0.64/26',
};

describeWith(['az', 'sdk', 'reference'], 'run.sh for Databricks where no example goes', { timeout: 300_000, concurrent: true }, () => {
  test('behind a firewall: both subnets have the routes and an address to leave by, and storage is closed last', async () => {
    const journey = await travel(planWith(tunnelled));
    expectDone(journey);
    const { emulator, plan } = journey;
    const subnets = ['databricks_private', 'databricks_public'].map((key) => emulator.resource(idOf(stepOf(plan, key))));
    for (const subnet of subnets) {
      const { natGateway, routeTable } = propertiesOf(subnet);
      expect(textOf(objectOf(natGateway).id)).toMatch(/nat-contoso-prod-databricks$/);
      expect(textOf(objectOf(routeTable).id)).toMatch(/rt-contoso-prod-databricks$/);
    }
    const routes = listOf(propertiesOf(emulator.resource(idOf(stepOf(plan, 'databricks_table')))).routes).map(propertiesOf);
    expect(routes.map(({ addressPrefix }) => addressPrefix).toSorted()).toEqual(['0.0.0.0/0', 'EventHub', 'Sql', 'Storage']);
    expect(rulesOfDatabricks(emulator.resource(idOf(stepOf(plan, 'databricks_nsg'))))).toHaveLength(5);
    expect(storageWords(journey)).toEqual(['rule workspace', 'rule databricks-private', 'rule databricks-public', 'close']);
    await expectAttached(journey);
  });

  test('one that exists is looked at; only storage lets its subnets in', async () => {
    const journey = await travel(planWith(there));
    expectDone(journey);
    const written = journey.emulator.changes().map(({ path }) => path.split('?')[0]?.split('/').at(-1));
    expect(new Set(written)).toEqual(new Set(['stcontosoprod']));
  });
});

function expectDone({ plan, emulator, first, second, changed }: Journey): void {
  expect(first.exitCode, first.stderr).toBe(0);
  expect(plan.steps.filter(({ id }) => id !== undefined).flatMap((step) => unmet(step, emulator.resource(idOf(step))))).toEqual([]);
  expect(second.exitCode, second.stderr).toBe(0);
  expect(changed).toEqual([]);
  expect(emulator.foreign).toEqual([]);
}

/** Without a token nothing is done; with one it attaches once, and never under a second name. */
async function expectAttached({ emulator, folder }: Journey): Promise<void> {
  const environment = sdkEnvironment(emulator, folder);
  const program = (where: string, more: Record<string, string>) => runProgram(where, 'attach-databricks.py', { ...environment, ...more });
  const before = emulator.changes().length;
  const without = await program(folder, {});
  expect([without.exitCode, without.stderr]).toEqual([1, expect.stringContaining('Set DATABRICKS_TOKEN')]);
  expect(emulator.changes()).toHaveLength(before);

  const made = await program(folder, { DATABRICKS_TOKEN: token });
  expect([made.exitCode, made.stderr]).toEqual([0, '']);
  expect(made.stdout.split('\n')).toEqual([
    expect.stringContaining('Nobody has proven'),
    expect.stringContaining('contosoprod-dbx: attached'),
  ]);
  const again = await program(folder, { DATABRICKS_TOKEN: token });
  expect([again.exitCode, again.stdout]).toEqual([0, 'contosoprod-dbx: is there already']);

  const other = renderedFolder(planWith({ ...tunnelled, 'databricks.compute_name': 'second-dbx' }));
  const twice = await program(other, { DATABRICKS_TOKEN: token });
  expect([twice.exitCode, twice.stderr]).toEqual([1, expect.stringContaining('attached already, as contosoprod-dbx')]);
  expect(emulator.changes()).toHaveLength(before + 1);
  expect([without, made, again, twice].map(wordsOf).join(' ')).not.toContain(token);
}

function wordsOf({ stdout, stderr }: Ran): string {
  return `${stdout} ${stderr}`;
}

function stepOf(plan: Plan, key: string): Step {
  const found = plan.steps.find((step) => step.key === key);
  if (found === undefined) throw new Error(`the plan has no step ${key}`);
  return found;
}

function rulesOfDatabricks(group: JsonObject | undefined): JsonObject[] {
  return listOf(propertiesOf(group).securityRules)
    .map(objectOf)
    .filter(({ name }) => textOf(name).startsWith('Microsoft.Databricks-workspaces_UseOnly_'));
}

/** What happened to the storage account, in order. */
function storageWords({ plan }: Journey): string[] {
  const names: Record<string, string> = {
    databricks_storage_private: 'rule databricks-private',
    databricks_storage_public: 'rule databricks-public',
    storage_workspace_rule: 'rule workspace',
    storage_closed: 'close',
  };
  return textsOf(plan.steps.map(({ key }) => names[key] ?? '')).filter((word) => word !== '');
}
