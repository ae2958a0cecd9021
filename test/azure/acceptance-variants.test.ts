import { afterAll, expect, test } from 'vitest';
import type { Json as Answer } from '../../src/core/json.ts';
import type { Plan, Step } from '../../src/core/plan.ts';
import { wantsAll } from './acceptance/chosen.ts';
import { clearStages, type Journey, snapshot, stageFor, travel } from './acceptance/journey.ts';
import { losses } from './acceptance/kept.ts';
import {
  computesWithoutRecords,
  endpointsWithoutRecords,
  pendingConnections,
  publicResources,
  subnetsWithoutWayOut,
  unreachableResources,
} from './acceptance/network-state.ts';
import { catalog, idOf, planOfAnswers, typeOf } from './acceptance/planned.ts';
import { type Ran, runProgram, runScript } from './acceptance/run.ts';
import { worldBefore } from './acceptance/seed.ts';
import { unmet } from './acceptance/wants.ts';
import { put } from './arm-request.ts';
import { sdkEnvironment } from './az.ts';
import { roleId } from './emulator/authorization.ts';
import type { Emulator, LogEntry } from './emulator/emulator.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf, textsOf } from './emulator/json.ts';
import { privateNameOf } from './emulator/private-link-names.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

const person = '0b1c2d3e-4f50-4a61-8b72-9c83d4e5f601';
const vaultAdministrator = 'Key Vault Administrator';

/** A private workspace out of nothing with one cluster, answered otherwise in what a test is about. */
function planWith(more: Readonly<Record<string, Answer>>): Plan {
  const example = (catalog.examples['private-from-nothing']?.answers ?? {}) as Record<string, Answer>;
  const { instances: _, ...answers } = example;
  return planOfAnswers(catalog, { ...answers, targets: ['compute-cluster'], required_tags: [], ...more });
}

const byHand = { 'dns.zones': 'hand', 'dns.own_servers': true };

const shared = {
  'dependencies.origin': 'existing',
  'vault.origin': 'existing',
  'vault.name': 'kv-shared',
  'vault.resource_group': 'rg-shared-secrets',
  'vault.model': 'rbac',
  'registry.origin': 'existing',
  'registry.name': 'crshared',
  'registry.resource_group': 'rg-shared-images',
  'registry.tier': 'Premium',
  'registry.admin': true,
  'logs.origin': 'existing',
  'logs.name': 'log-central',
  'logs.resource_group': 'rg-central-logs',
  'storage.origin': 'existing',
  'storage.name': 'stshared',
  'storage.group': 'rg-shared-data',
  'storage.hns': false,
  'storage.premium': false,
  'roles.assign': false,
};

describeWith(['az', 'sdk', 'reference'], 'run.sh where no example goes', { timeout: 300_000, concurrent: true }, () => {
  test.runIf(wantsAll)('in China, opened to listed addresses, with single people: as planned, and then nothing changes', async () => {
    const plan = planWith({
      region: 'chinanorth3',
      'people.access': 'allow_list',
      'people.addresses': ['203.0.113.0/24', '198.51.100.7/32'],
      'people.groups': [person],
      'people.kind': 'User',
      'people.make_computes': true,
    });
    const journey = await travel(plan);
    const { emulator } = journey;
    expect(openedBeforeListed(emulator)).toEqual([]);
    expectDone(journey);
    const workspace = stepOf(plan, 'workspace');
    expect(propertiesOf(emulator.resource(idOf(workspace)))).toMatchObject({
      publicNetworkAccess: 'Enabled',
      networkAcls: { defaultAction: 'Deny', ipRules: [{ value: '203.0.113.0/24' }, { value: '198.51.100.7/32' }] },
    });
    expectReached(emulator);
    expect(publicResources(emulator)).toEqual([{ id: idOf(workspace), reason: 'is open to selected public networks' }]);
    expect(namesOf(emulator, 'Microsoft.Network/privateDnsZones')).toEqual([
      'privatelink.api.ml.azure.cn',
      'privatelink.azurecr.cn',
      'privatelink.blob.core.chinacloudapi.cn',
      'privatelink.file.core.chinacloudapi.cn',
      'privatelink.notebooks.chinacloudapi.cn',
      'privatelink.vaultcore.azure.cn',
    ]);
    expect(rolesOf(emulator, person)).toEqual([
      ['AzureML Compute Operator', 'User'],
      ['AzureML Data Scientist', 'User'],
      ['Storage Blob Data Reader', 'User'],
    ]);
  });

  test.runIf(wantsAll)(
    'with parts that exist, zones kept by hand and no right to assign roles: it only adds endpoints to them',
    async () => {
      const plan = planWith({ ...shared, ...byHand });
      const journey = await travel(plan);
      expectDone(journey);
      const { emulator, folder } = journey;
      const parts = ['kv-shared', 'crshared', 'log-central', 'stshared'];
      expect(emulator.changes().filter(({ path }) => parts.some((name) => path.toLowerCase().includes(`/${name}`)))).toEqual([]);
      expect(targetsOf(emulator)).toEqual(['crshared', 'kv-shared', 'mlw-contoso-prod', 'stshared', 'stshared']);
      expect(pendingConnections(emulator)).toEqual([]);
      expect(subnetsWithoutWayOut(emulator)).toEqual([]);
      expect(propertiesOf(emulator.resource(idOf(stepOf(plan, 'workspace'))))).toMatchObject({
        keyVault: expect.stringMatching(/rg-shared-secrets.*\/kv-shared$/),
        containerRegistry: expect.stringMatching(/rg-shared-images.*\/crshared$/),
        storageAccount: expect.stringMatching(/rg-shared-data.*\/stshared$/),
      });
      for (const type of ['privateDnsZones', 'privateEndpoints/privateDnsZoneGroups'])
        expect(namesOf(emulator, `Microsoft.Network/${type}`)).toEqual([]);
      expect(emulator.changes().filter(({ path }) => /roleassignments/i.test(path))).toEqual([]);
      const listed = await runProgram(folder, 'list-dns-records.py', sdkEnvironment(emulator, folder));
      expect([listed.exitCode, listed.stderr]).toEqual([0, '']);
      expect(rowsOf(listed)).toEqual(rowsWanted(emulator));
      expect(rowsOf(listed)).toHaveLength(9);
    },
  );

  test('zones kept by a policy: the same steps as by hand', () => {
    const steps = (answers: Readonly<Record<string, Answer>>) =>
      planWith(answers).steps.map(({ key, create, update, wants }) => ({ key, create, update, wants }));
    expect(steps({ 'dns.zones': 'policy' })).toEqual(steps(byHand));
    expect(steps(byHand).filter(({ key }) => /zone/.test(key))).toEqual([]);
  });

  test.runIf(wantsAll)('an existing workspace gets a managed network once', async () => {
    const plan = planOfAnswers(catalog, {
      'network.model': 'managed',
      targets: ['compute-cluster'],
      name: 'contoso-old',
      'workspace.origin': 'existing',
      'workspace.name': 'mlw-contoso-old',
      subscription: '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7',
      'workspace.group': 'rg-contoso-old',
      region: 'swedencentral',
      'endpoints.origin': 'none',
      required_tags: [],
      'managed.mode': 'allow_internet_outbound',
      'managed.sure': true,
      'managed.more': false,
      clusters: [{ size: 'Standard_D4ds_v4' }],
    });
    const journey = await travel(plan);
    expectDone(journey);
    const { emulator } = journey;
    const id = idOf(stepOf(plan, 'workspace'));
    expect(propertiesOf(emulator.resource(id)).managedNetwork).toMatchObject({
      isolationMode: 'AllowInternetOutbound',
      status: { status: 'Active' },
    });
    const changes = emulator.changes();
    expect(changes.filter(({ body }) => objectOf(propertiesOf(body).managedNetwork).isolationMode !== undefined)).toHaveLength(1);
    expect(changes.filter(({ path }) => !path.startsWith(id))).toEqual([]);
  });

  test.runIf(wantsAll)('where an owner approves: it stops and asks, goes on once all is approved, and then nothing changes', async () => {
    const plan = planWith({ 'endpoints.approver': 'owner', 'people.groups': [] });
    const asked = plan.steps.filter(({ kind }) => /^(workspace|key_vault|registry|storage_account)$/.test(kind ?? '')).map(idOf);
    const seed = { ...worldBefore(plan), noApprovalRight: asked, identityRoles: { [vaultAdministrator]: 'keyVault' } };
    const { emulator, folder, environment } = await stageFor(plan, seed);
    const before = snapshot(emulator);
    const stopped = await runScript(folder, environment);
    const waiting = plan.steps.find(({ say }) => /waits for its owner.*approv.*run the script again/s.test(say ?? ''));
    expect(stopped.exitCode, stopped.stderr).toBe(1);
    expect(stopped.stderr.trimEnd().endsWith(waiting?.say ?? '?'), stopped.stderr).toBe(true);
    expect(pendingConnections(emulator).map(({ reason }) => reason)).toEqual(Array(5).fill('is Pending'));
    expect(lostSince(before, emulator)).toEqual([]);

    const between = snapshot(emulator);
    await approveAll(emulator);
    const second = await runScript(folder, environment);
    expect(second.exitCode, second.stderr).toBe(0);
    expect(second.stderr).toMatch(/\nDone\.$/);
    expect(pendingConnections(emulator)).toEqual([]);
    expect(lostSince(between, emulator).filter((line) => !/privateLinkServiceConnectionState|networkInterfaces/.test(line))).toEqual([]);
    expect(plan.steps.flatMap((step) => (isVaultRole(step) ? [] : unmet(step, emulator.resource(idOf(step)))))).toEqual([]);
    expectReached(emulator);
    expect(publicResources(emulator)).toEqual([]);

    const done = emulator.changes().length;
    const third = await runScript(folder, environment);
    expect(third.exitCode, third.stderr).toBe(0);
    expect(emulator.changes().slice(done)).toEqual([]);
    expect(rolesOf(emulator, principalOf(emulator, plan)).filter(([role]) => role === vaultAdministrator)).toHaveLength(1);
  });
});

/** Both runs end well, everything that is planned is there, nothing is lost, and the second run changes nothing. */
function expectDone({ plan, emulator, before, first, second, changed }: Journey): void {
  expect(first.exitCode, first.stderr).toBe(0);
  expect(first.stderr).toMatch(/\nDone\.$/);
  const resources = plan.steps.filter(({ id }) => id !== undefined);
  expect(resources.flatMap((step) => unmet(step, emulator.resource(idOf(step))))).toEqual([]);
  const wanted = resources.flatMap((step) => (step.update.length === 0 ? [] : step.wants.map(({ path }) => `${idOf(step)}: ${path}`)));
  expect(lostSince(before, emulator).filter((line) => !wanted.includes(line))).toEqual([]);
  expect(emulator.foreign).toEqual([]);
  expect(second.exitCode, second.stderr).toBe(0);
  expect(changed).toEqual([]);
  expect(second.stderr).not.toMatch(/making it|changing it/);
}

/** Everything private is reached by its private endpoint, by name, and computes have a way out. */
function expectReached(emulator: Emulator): void {
  expect(endpointsWithoutRecords(emulator)).toEqual([]);
  expect(computesWithoutRecords(emulator)).toEqual([]);
  expect(pendingConnections(emulator)).toEqual([]);
  expect(unreachableResources(emulator)).toEqual([]);
  expect(subnetsWithoutWayOut(emulator)).toEqual([]);
  expect(targetsOf(emulator)).toHaveLength(5);
}

function lostSince(before: readonly JsonObject[], emulator: Emulator): string[] {
  return before.flatMap((resource) => {
    const after = emulator.resources().get(textOf(resource.id).toLowerCase());
    return losses(resource, after).map((path) => `${textOf(resource.id)}: ${path}`);
  });
}

/** Writes that let all public networks into the workspace, be it for minutes. */
function openedBeforeListed(emulator: Emulator): LogEntry[] {
  return emulator.changes().filter(({ path, body }) => {
    const { publicNetworkAccess, networkAcls } = propertiesOf(body);
    return /\/workspaces\/[^/]+$/i.test(path) && publicNetworkAccess === 'Enabled' && objectOf(networkAcls).defaultAction !== 'Deny';
  });
}

/** Approves every connection that waits, as the owners of the targets would. */
async function approveAll(emulator: Emulator): Promise<void> {
  const state = { status: 'Approved', description: 'Approved by its owner' };
  for (const { id } of pendingConnections(emulator)) await put(emulator, id, { properties: { privateLinkServiceConnectionState: state } });
}

function stepOf(plan: Plan, name: string): Step {
  const step = plan.steps.find(({ key }) => key === name);
  if (step === undefined) throw new Error(`no step ${name} among ${plan.steps.map(({ key }) => key).join(' ')}`);
  return step;
}

function ofType(emulator: Emulator, type: string): JsonObject[] {
  return [...emulator.resources().values()].filter((resource) => textOf(resource.type).toLowerCase() === type.toLowerCase());
}

function namesOf(emulator: Emulator, type: string): string[] {
  return ofType(emulator, type)
    .map(({ name }) => textOf(name))
    .toSorted();
}

/** The names of what the private endpoints lead to. */
function targetsOf(emulator: Emulator): string[] {
  return ofType(emulator, 'Microsoft.Network/privateEndpoints')
    .flatMap((endpoint) => [
      ...listOf(propertiesOf(endpoint).privateLinkServiceConnections),
      ...listOf(propertiesOf(endpoint).manualPrivateLinkServiceConnections),
    ])
    .map((connection) => textOf(propertiesOf(connection).privateLinkServiceId).split('/').at(-1) ?? '')
    .toSorted();
}

/** The roles of somebody, each with the kind of account that it was given to. */
function rolesOf(emulator: Emulator, principal: string): string[][] {
  const known = ['AzureML Data Scientist', 'AzureML Compute Operator', 'Storage Blob Data Reader', vaultAdministrator, 'Reader'];
  return ofType(emulator, 'Microsoft.Authorization/roleAssignments')
    .map(propertiesOf)
    .filter(({ principalId }) => principalId === principal)
    .map(({ roleDefinitionId, principalType }) => [
      known.find((name) => textOf(roleDefinitionId).endsWith(roleId(name))) ?? textOf(roleDefinitionId),
      textOf(principalType),
    ])
    .toSorted();
}

function principalOf(emulator: Emulator, plan: Plan): string {
  return textOf(objectOf(emulator.resource(idOf(stepOf(plan, 'workspace')))?.identity).principalId);
}

/** The service gave this role under a name of its own, so ours is never there. */
function isVaultRole(step: Step): boolean {
  return step.id === undefined || (typeOf(step).toLowerCase().endsWith('/roleassignments') && step.key === 'vault_admin');
}

/** Zone, record and address in each row that a program printed. */
function rowsOf({ stdout }: Ran): string[] {
  const rows = stdout.trim().split(/\r?\n/).slice(1);
  return rows.map((row) => row.split(',').slice(0, 4).join(' ')).toSorted();
}

/** The same rows, made of everything that a private endpoint answers for. */
function rowsWanted(emulator: Emulator): string[] {
  return ofType(emulator, 'Microsoft.Network/networkInterfaces')
    .flatMap((card) => listOf(propertiesOf(card).ipConfigurations).map(propertiesOf))
    .flatMap(({ privateLinkConnectionProperties, privateIPAddress }) =>
      textsOf(objectOf(privateLinkConnectionProperties).fqdns).map((host) => {
        const name = privateNameOf(host, emulator.surroundings.cloud);
        return `${name?.zone} ${name?.record} A ${textOf(privateIPAddress)}`;
      }),
    )
    .toSorted();
}
