import { type JsonObject, listOf, objectOf, propertiesOf, textOf, valueUnder } from './json.ts';
import { type Refusal, refusal } from './refusal.ts';
import { sameId } from './resource-id.ts';
import type { Store } from './store.ts';
import { guidFor } from './surroundings.ts';

/** Type of an outbound rule. */
export const ruleType = 'Microsoft.MachineLearningServices/workspaces/outboundRules';

const modes = ['Disabled', 'AllowInternetOutbound', 'AllowOnlyApprovedOutbound'] as const;

/** How a managed network shuts a workspace off. */
export type IsolationMode = (typeof modes)[number];

/** The isolation mode of a workspace. */
export function isolationOf(workspace: JsonObject | undefined): IsolationMode {
  const mode = textOf(objectOf(propertiesOf(workspace).managedNetwork).isolationMode);
  return modes.find((one) => sameId(one, mode)) ?? 'Disabled';
}

/** Tells whether the managed network of a workspace is there. */
export function isProvisioned(workspace: JsonObject): boolean {
  return textOf(objectOf(objectOf(propertiesOf(workspace).managedNetwork).status).status) === 'Active';
}

/** The managed network as it is stored: what a caller gave, the network's state kept from before. */
export function shapedNetwork(given: JsonObject, before: JsonObject | undefined, workspace: string, now: boolean): JsonObject {
  const held = objectOf(propertiesOf(before).managedNetwork);
  const isolationMode = isolationOf({
    properties: { managedNetwork: { isolationMode: textOf(given.isolationMode) || textOf(held.isolationMode) } },
  });
  const on = isolationMode !== 'Disabled';
  const kept = objectOf(held.status);
  const status = { status: on && now ? 'Active' : textOf(kept.status) || 'Inactive', sparkReady: kept.sparkReady === true };
  const networkId = textOf(held.networkId) || guidFor(`network of ${workspace}`);
  return on ? { isolationMode, networkId, status } : { isolationMode };
}

/** The refusal if a mode would be loosened, which Azure does not do; the wording is ours. */
export function refuseLoosening(before: JsonObject | undefined, after: JsonObject): Refusal | undefined {
  const then = isolationOf(before);
  const now = isolationOf(after);
  if (modes.indexOf(now) >= modes.indexOf(then)) return undefined;
  return refusal(400, 'ValidationError', `The isolation mode of the managed network cannot be changed from ${then} to ${now}.`);
}

/** The refusal for a mode that does not exist. */
export function refuseMode(body: JsonObject): Refusal | undefined {
  const mode = textOf(valueUnder(objectOf(propertiesOf(body).managedNetwork), 'isolationMode'));
  const known = mode === '' || modes.some((one) => sameId(one, mode));
  return known ? undefined : refusal(400, 'ValidationError', `The isolation mode ${mode} is not known.`);
}

/** The rules that the service adds by itself to a workspace with a managed network: name and properties. */
export function requiredRules(workspace: JsonObject, store: Store): Record<string, JsonObject> {
  const mode = isolationOf(workspace);
  if (mode === 'Disabled') return {};
  const onlyApproved = mode === 'AllowOnlyApprovedOutbound';
  const endpoints = ownTargets(workspace)
    .filter(([target]) => onlyApproved || textOf(propertiesOf(store.get(target)).publicNetworkAccess) === 'Disabled')
    .map(([target, group]) => endpointRule(target, group));
  return Object.fromEntries([...endpoints, ...(onlyApproved ? tagRules(workspace) : [])]);
}

/** A workspace as a GET shows it, its rules inside. */
export function withRules(workspace: JsonObject, store: Store): JsonObject {
  if (isolationOf(workspace) === 'Disabled') return workspace;
  const rules = store.list(ruleType, textOf(workspace.id)).map((rule) => [textOf(rule.name), propertiesOf(rule)]);
  const network = { ...objectOf(propertiesOf(workspace).managedNetwork), outboundRules: Object.fromEntries(rules) as JsonObject };
  return { ...workspace, properties: { ...propertiesOf(workspace), managedNetwork: network } };
}

function ownTargets(workspace: JsonObject): [string, string][] {
  const { storageAccount, keyVault, containerRegistry } = propertiesOf(workspace);
  const targets: [string, string][] = [
    [textOf(workspace.id), 'amlworkspace'],
    [textOf(storageAccount), 'blob'],
    [textOf(storageAccount), 'file'],
    [textOf(keyVault), 'vault'],
    [textOf(containerRegistry), 'registry'],
  ];
  return targets.filter(([target]) => target !== '');
}

function endpointRule(target: string, group: string): [string, JsonObject] {
  const name = `__SYS_PE_${target.split('/').at(-1)}_${group}_${guidFor(target).slice(0, 8)}`;
  const destination = { serviceResourceId: target, subresourceTarget: group, sparkEnabled: false, sparkStatus: 'Inactive' };
  return [name, { type: 'PrivateEndpoint', category: 'Required', status: 'Inactive', destination }];
}

function tagRules(workspace: JsonObject): [string, JsonObject][] {
  const region = textOf(workspace.location).toLowerCase().replaceAll(' ', '');
  const tags: [string, string, string][] = [
    ['AzureMachineLearning', 'TCP', '443, 8787, 18881'],
    ['AzureMachineLearning', 'UDP', '5831'],
    ['AzureActiveDirectory', 'TCP', '80, 443'],
    [`BatchNodeManagement.${region}`, 'TCP', '443'],
    ['AzureResourceManager', 'TCP', '443'],
    ['AzureFrontDoor.FirstParty', 'TCP', '443'],
    ['MicrosoftContainerRegistry', 'TCP', '443'],
    ['AzureMonitor', 'TCP', '443'],
    ['VirtualNetwork', '*', '*'],
  ];
  return tags.map(([serviceTag, protocol, portRanges]) => [
    `__SYS_ST_${serviceTag.replaceAll('.', '_')}_${protocol === '*' ? 'Any' : protocol}`,
    { type: 'ServiceTag', category: 'Required', status: 'Inactive', destination: { serviceTag, protocol, portRanges, action: 'Allow' } },
  ]);
}

/** The rules that a caller put into the body of the workspace itself. */
export function givenRules(body: JsonObject): [string, JsonObject][] {
  const rules = objectOf(objectOf(propertiesOf(body).managedNetwork).outboundRules);
  return Object.entries(rules).map(([name, rule]) => [name, objectOf(rule)]);
}

/** Names of the required rules that a workspace has but would not have any more. */
export function staleRules(workspace: JsonObject, wanted: Record<string, JsonObject>, store: Store): string[] {
  return listOf(store.list(ruleType, textOf(workspace.id)))
    .map(objectOf)
    .filter((rule) => propertiesOf(rule).category === 'Required' && wanted[textOf(rule.name)] === undefined)
    .map((rule) => textOf(rule.id));
}
