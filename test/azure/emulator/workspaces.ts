import { roleId } from './authorization.ts';
import { type JsonObject, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import {
  givenRules,
  isolationOf,
  refuseLoosening,
  refuseMode,
  requiredRules,
  ruleType,
  shapedNetwork,
  staleRules,
  withRules,
} from './managed-network.ts';
import { applyRule } from './outbound-rules.ts';
import { connectionsTo } from './private-endpoint-connections.ts';
import { notebookHost, workspaceGuid } from './private-link-names.ts';
import { type Refusal, refusal } from './refusal.ts';
import { sameId } from './resource-id.ts';
import { keepDeleted, keptOf } from './soft-deleted.ts';
import type { Store } from './store.ts';
import { guidFor } from './surroundings.ts';

/** A workspace with its identity and, where it has one, its managed network. */
export const workspaces: Kind = {
  takes: 60,
  shape,
  refuse: (write) =>
    refuseName(write) ??
    refuseDeleted(write) ??
    refuseMode(write.body) ??
    refuseLoosening(write.before, write.body) ??
    refuseDependencies(write) ??
    refuseFixed(write),
  after: ({ id, before, body, store }) => {
    const workspace = objectOf(store.get(id.text));
    if (before === undefined) assignRoles(workspace, store);
    for (const [name, rule] of givenRules(body))
      store.put(`${id.text}/outboundRules/${name}`, { properties: { category: 'UserDefined', status: 'Inactive', ...rule } });
    store.put(id.text, withoutGivenRules(workspace));
    applyRules(id.text, store);
  },
  afterDelete: (id, before, store, query) => {
    if (query.get('forceToPurge')?.toLowerCase() !== 'true') keepDeleted(id, before, store);
  },
  view: (workspace, store, version) => withRules(withKnownParts(workspace, version), store),
};

/** Writes the rules that the service adds, and makes every rule work if the network is there. */
export function applyRules(workspaceId: string, store: Store): void {
  const workspace = objectOf(store.get(workspaceId));
  const wanted = requiredRules(workspace, store);
  for (const stale of staleRules(workspace, wanted, store)) store.remove(stale);
  for (const [name, properties] of Object.entries(wanted)) {
    const id = `${workspaceId}/outboundRules/${name}`;
    if (store.get(id) === undefined) store.put(id, { properties });
  }
  for (const rule of store.list(ruleType, workspaceId)) applyRule(rule, store);
}

/** Makes the managed network of a workspace, if it has one that is not there yet. */
export function provisionNetwork(workspaceId: string, store: Store, spark = false): void {
  const workspace = objectOf(store.get(workspaceId));
  if (isolationOf(workspace) === 'Disabled') return;
  const network = objectOf(propertiesOf(workspace).managedNetwork);
  const sparkReady = spark || objectOf(network.status).sparkReady === true;
  const managedNetwork = { ...network, status: { status: 'Active', sparkReady } };
  store.put(workspaceId, { ...workspace, properties: { ...propertiesOf(workspace), managedNetwork } });
  applyRules(workspaceId, store);
}

function shape({ id, body, before, store }: Write): JsonObject {
  const region = textOf(body.location).toLowerCase().replaceAll(' ', '');
  const given = propertiesOf(body);
  const defaults = {
    publicNetworkAccess: 'Enabled',
    hbiWorkspace: false,
    v1LegacyMode: false,
    allowPublicAccessWhenBehindVnet: false,
    friendlyName: id.name,
    provisionNetworkNow: false,
  };
  const workspaceId = workspaceGuid({ ...before, id: id.text });
  const named = { name: id.name, location: textOf(body.location), properties: { workspaceId } };
  const kept = {
    workspaceId,
    discoveryUrl: `https://${region}.api.azureml.ms/discovery`,
    mlFlowTrackingUri: `azureml://${region}.api.azureml.ms/mlflow/v1.0${id.text}`,
    notebookInfo: {
      resourceId: guidFor(`notebooks ${id.text}`).replaceAll('-', ''),
      fqdn: notebookHost(named, store.surroundings.cloud),
      isPrivateLinkEnabled: false,
    },
    privateEndpointConnections: connectionsTo(before),
  };
  const rules = objectOf(given.managedNetwork).outboundRules;
  const network = shapedNetwork(objectOf(given.managedNetwork), before, id.text, given.provisionNetworkNow === true);
  const managedNetwork = rules === undefined ? network : { ...network, outboundRules: rules };
  return {
    kind: 'Default',
    sku: { name: 'Basic', tier: 'Basic' },
    ...body,
    identity: identityOf(id.text, objectOf(body.identity), objectOf(before?.identity), store),
    properties: { ...defaults, ...given, ...kept, managedNetwork },
  };
}

function identityOf(id: string, given: JsonObject, held: JsonObject, store: Store): JsonObject {
  const type = textOf(given.type) || textOf(held.type) || 'SystemAssigned';
  if (!/systemassigned/i.test(type)) return { ...given, type };
  const principalId = textOf(held.principalId) || guidFor(`identity of ${id}`);
  return { ...given, type, principalId, tenantId: store.surroundings.tenant };
}

/** Which addresses may come in is told only by the versions that know of it: no stable one before 2025-06-01. */
function withKnownParts(workspace: JsonObject, version: string | undefined): JsonObject {
  const first = version?.endsWith('-preview') ? '2024-10-01' : '2025-06-01';
  if (version === undefined || version >= first) return workspace;
  const { networkAcls: _, ...properties } = propertiesOf(workspace);
  return { ...workspace, properties };
}

function withoutGivenRules(workspace: JsonObject): JsonObject {
  const { outboundRules, ...managedNetwork } = objectOf(propertiesOf(workspace).managedNetwork);
  return outboundRules === undefined ? workspace : { ...workspace, properties: { ...propertiesOf(workspace), managedNetwork } };
}

function assignRoles(workspace: JsonObject, store: Store): void {
  const principalId = textOf(objectOf(workspace.identity).principalId);
  for (const [role, property] of Object.entries(store.surroundings.identityRoles)) {
    const scope = textOf(property === 'group' ? textOf(workspace.id).split('/providers/')[0] : propertiesOf(workspace)[property]);
    if (principalId === '' || scope === '') continue;
    const roleDefinitionId = `/subscriptions/${scope.split('/')[2]}/providers/Microsoft.Authorization/roleDefinitions/${roleId(role)}`;
    const name = guidFor(`${role} of ${principalId} at ${scope}`);
    const properties = { roleDefinitionId, principalId, principalType: 'ServicePrincipal', scope };
    store.put(`${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`, { properties });
  }
}

function refuseName({ id, before }: Write): Refusal | undefined {
  if (before !== undefined || /^[A-Za-z0-9][A-Za-z0-9_-]{2,32}$/.test(id.name)) return undefined;
  return refusal(
    400,
    'ValidationError',
    `Workspace name ${id.name} is invalid. It must be between 3 and 33 characters long. Its first character has to be alphanumeric, and the rest may contain hyphens and underscores.`,
  );
}

function refuseDeleted({ id, before, store }: Write): Refusal | undefined {
  if (before !== undefined || keptOf(id, store) === undefined) return undefined;
  const message = `Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete`;
  return refusal(409, 'Conflict', message);
}

const dependencies = ['storageAccount', 'keyVault', 'applicationInsights', 'containerRegistry'] as const;

/** What is refused is known from the documents; most of the wording is ours. */
function refuseDependencies({ body, before, store }: Write): Refusal | undefined {
  const properties = propertiesOf(body);
  if (before === undefined && (textOf(properties.storageAccount) === '' || textOf(properties.keyVault) === ''))
    return refusal(400, 'ValidationError', 'Missing dependent resources in workspace json');
  for (const name of dependencies) {
    const id = textOf(properties[name]);
    const unchanged = sameId(id, textOf(propertiesOf(before)[name]));
    if (id !== '' && !unchanged && store.get(id) === undefined)
      return refusal(400, 'ValidationError', `The resource ${id} given as ${name} was not found.`);
  }
  return before === undefined ? refuseStorage(store.get(textOf(properties.storageAccount))) : undefined;
}

function refuseStorage(account: JsonObject | undefined): Refusal | undefined {
  const name = textOf(account?.name);
  if (propertiesOf(account).isHnsEnabled === true)
    return refusal(
      400,
      'ValidationError',
      `Storage account ${name} has a hierarchical namespace, which is not supported for the default storage account of a workspace.`,
    );
  const premium =
    /^premium/i.test(textOf(objectOf(account?.sku).name)) || /^(blockblobstorage|filestorage|blobstorage)$/i.test(textOf(account?.kind));
  return premium
    ? refusal(
        400,
        'ValidationError',
        `Storage account ${name} is of a kind that is not supported for the default storage account of a workspace.`,
      )
    : undefined;
}

function refuseFixed({ body, before }: Write): Refusal | undefined {
  const fixed = ['storageAccount', 'keyVault'].find((name) => {
    const then = textOf(propertiesOf(before)[name]);
    return then !== '' && !sameId(then, textOf(propertiesOf(body)[name]) || then);
  });
  return fixed === undefined
    ? undefined
    : refusal(400, 'ValidationError', `The property ${fixed} of an existing workspace cannot be changed.`);
}
