import { defaults, type Seed } from './emulator/emulator.ts';
import type { JsonObject } from './emulator/json.ts';

/** Where the usual test world keeps its things. */
export interface WorldNames {
  readonly subscription?: string;
  readonly group?: string;
  readonly location?: string;
  readonly workspace?: string;
  readonly storage?: string;
  /** Gives the workspace an approved private endpoint connection. */
  readonly approvedEndpoint?: boolean;
  /** Further groups: name and region. */
  readonly groups?: Record<string, string>;
  /** Further resources. */
  readonly resources?: JsonObject[];
}

/** A subscription with one group, its workspace and what a workspace always has. */
export function workspaceWorld(names: WorldNames = {}): Seed {
  const { subscription = defaults.subscription, group = 'rg', location = 'westeurope', workspace = 'ws', storage = 'wsstorage' } = names;
  const providers = `/subscriptions/${subscription}/resourceGroups/${group}/providers`;
  const ids = {
    storageAccount: `${providers}/Microsoft.Storage/storageAccounts/${storage}`,
    keyVault: `${providers}/Microsoft.KeyVault/vaults/${workspace}-vault`,
    applicationInsights: `${providers}/Microsoft.Insights/components/${workspace}-insights`,
  };
  const id = `${providers}/Microsoft.MachineLearningServices/workspaces/${workspace}`;
  const connections = names.approvedEndpoint === true ? [approvedConnection(id)] : [];
  return {
    subscription,
    groups: { [group]: location, ...names.groups },
    resources: [
      {
        id: ids.storageAccount,
        location,
        kind: 'StorageV2',
        sku: { name: 'Standard_LRS', tier: 'Standard' },
        properties: { networkAcls: openStorage() },
      },
      { id: ids.keyVault, location, properties: { tenantId: defaults.tenant, sku: { family: 'A', name: 'standard' }, accessPolicies: [] } },
      { id: ids.applicationInsights, location, kind: 'web', properties: {} },
      {
        id,
        location,
        identity: { type: 'SystemAssigned', principalId: '00000000-0000-4000-8000-00000000bbbb', tenantId: defaults.tenant },
        sku: { name: 'Basic', tier: 'Basic' },
        properties: workspaceProperties(ids, workspace, connections),
      },
      ...(names.resources ?? []),
    ],
  };
}

function openStorage(): JsonObject {
  return { bypass: 'AzureServices', virtualNetworkRules: [], ipRules: [], resourceAccessRules: [], defaultAction: 'Allow' };
}

function workspaceProperties(ids: JsonObject, friendlyName: string, privateEndpointConnections: JsonObject[]): JsonObject {
  return {
    ...ids,
    friendlyName,
    publicNetworkAccess: 'Enabled',
    hbiWorkspace: false,
    managedNetwork: { isolationMode: 'Disabled' },
    privateEndpointConnections,
  };
}

function approvedConnection(workspace: string): JsonObject {
  const state = { status: 'Approved', description: 'Auto-Approved', actionsRequired: 'None' };
  return {
    id: `${workspace}/privateEndpointConnections/seeded`,
    name: 'seeded',
    type: 'Microsoft.MachineLearningServices/workspaces/privateEndpointConnections',
    properties: { privateLinkServiceConnectionState: state, provisioningState: 'Succeeded' },
  };
}
