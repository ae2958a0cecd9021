import { put } from './arm-request.ts';
import { type Emulator, type Seed, startEmulator } from './emulator/emulator.ts';
import type { JsonObject } from './emulator/json.ts';

/** Ids in the small private world. */
export interface PrivateIds {
  readonly group: string;
  readonly network: string;
  readonly storage: string;
  readonly vault: string;
  readonly registry: string;
  readonly workspace: string;
}

/** Ids of what stands in a resource group. */
export function idsIn(group: string): PrivateIds {
  const providers = `${group}/providers`;
  return {
    group,
    network: `${providers}/Microsoft.Network`,
    storage: `${providers}/Microsoft.Storage/storageAccounts/privatestorage`,
    vault: `${providers}/Microsoft.KeyVault/vaults/private-vault`,
    registry: `${providers}/Microsoft.ContainerRegistry/registries/privateregistry`,
    workspace: `${providers}/Microsoft.MachineLearningServices/workspaces/private`,
  };
}

/** An emulator with an empty group `rg`, in which every write is done at once. */
export async function emptyWorld(seed: Seed = {}, location = 'westeurope'): Promise<{ emulator: Emulator; ids: PrivateIds }> {
  const emulator = await startEmulator({ groups: { rg: location }, ...seed });
  emulator.slow(0);
  return { emulator, ids: idsIn(`/subscriptions/${emulator.subscription}/resourceGroups/rg`) };
}

/** Makes a network with a subnet for endpoints and one for computes. */
export async function makeNetwork(emulator: Emulator, ids: PrivateIds, name = 'net', location = 'westeurope'): Promise<string> {
  const subnet = (own: string, addressPrefix: string): JsonObject => ({ name: own, properties: { addressPrefix } });
  const id = `${ids.network}/virtualNetworks/${name}`;
  const properties = {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
    subnets: [subnet('endpoints', '10.0.0.0/27'), subnet('training', '10.0.1.0/24')],
  };
  await put(emulator, id, { location, properties });
  return id;
}

/** Makes a storage account, a vault, a Premium registry and a workspace, all without public access. */
export async function makeWorkspace(emulator: Emulator, ids: PrivateIds, location = 'westeurope'): Promise<JsonObject> {
  const closed = { publicNetworkAccess: 'Disabled' };
  const acls = { networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices' } };
  const sku = { name: 'Premium' };
  await put(emulator, ids.storage, { location, sku: { name: 'Standard_LRS' }, kind: 'StorageV2', properties: { ...closed, ...acls } });
  await put(emulator, ids.vault, { location, properties: { ...closed, ...acls } });
  await put(emulator, ids.registry, { location, sku, properties: { ...closed, adminUserEnabled: true } });
  const parts = { storageAccount: ids.storage, keyVault: ids.vault, containerRegistry: ids.registry };
  return put(emulator, ids.workspace, { location, identity: { type: 'SystemAssigned' }, properties: { ...closed, ...parts } });
}

/** Makes a private endpoint in the subnet for endpoints. */
export function makeEndpoint(emulator: Emulator, ids: PrivateIds, name: string, to: { target: string; group: string; byHand?: boolean }) {
  const { target, group, byHand = false } = to;
  const connection = { name, properties: { privateLinkServiceId: target, groupIds: [group] } };
  const list = byHand ? 'manualPrivateLinkServiceConnections' : 'privateLinkServiceConnections';
  const subnet = { id: `${ids.network}/virtualNetworks/net/subnets/endpoints` };
  const location = emulator.resource(`${ids.network}/virtualNetworks/net`)?.location ?? 'westeurope';
  return put(emulator, `${ids.network}/privateEndpoints/${name}`, { location, properties: { subnet, [list]: [connection] } });
}

/** Makes a private zone and links it to a network. */
export async function makeZone(emulator: Emulator, ids: PrivateIds, zone: string, network = 'net'): Promise<string> {
  const id = `${ids.network}/privateDnsZones/${zone}`;
  await put(emulator, id, { location: 'global' });
  const virtualNetwork = { id: `${ids.network}/virtualNetworks/${network}` };
  await put(emulator, `${id}/virtualNetworkLinks/${network}`, {
    location: 'global',
    properties: { virtualNetwork, registrationEnabled: false },
  });
  return id;
}

/** Gives an endpoint a zone group with some zones. */
export function makeZoneGroup(emulator: Emulator, ids: PrivateIds, endpoint: string, zones: readonly string[]): Promise<JsonObject> {
  const privateDnsZoneConfigs = zones.map((id, index) => ({ name: `zone-${index}`, properties: { privateDnsZoneId: id } }));
  return put(emulator, `${ids.network}/privateEndpoints/${endpoint}/privateDnsZoneGroups/default`, {
    properties: { privateDnsZoneConfigs },
  });
}
