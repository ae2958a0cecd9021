import { type JsonObject, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { connectionsTo } from './private-endpoint-connections.ts';
import { type Refusal, refusal } from './refusal.ts';
import { type ResourceId, sameId } from './resource-id.ts';
import type { Store } from './store.ts';
import { deletedVaultType, refuseTaken, refuseUniqueName } from './unique-names.ts';

/** A key vault: when it is deleted its name stays taken until somebody purges it. */
export const keyVaults: Kind = {
  created: 200,
  shape,
  refuse: (write) => refuseUniqueName(write) ?? refuseRecovery(write) ?? refuseRetention(write),
  after: ({ id, store }) => {
    const deleted = deletedId(id, store);
    if (deleted !== undefined) store.remove(deleted);
  },
  view: (vault) => {
    const { createMode: _, ...properties } = propertiesOf(vault);
    return { ...vault, properties };
  },
  afterDelete: (id, before, store) => {
    const location = textOf(before.location).toLowerCase().replaceAll(' ', '');
    store.put(`/subscriptions/${id.subscription}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${id.name}`, {
      properties: {
        vaultId: id.text,
        location,
        tags: objectOf(before.tags),
        deletionDate: '2026-01-01T00:00:00Z',
        held: propertiesOf(before),
      },
    });
  },
};

/** Deleted vaults of a subscription. */
export function deletedVaults(subscription: string, store: Store): JsonObject[] {
  const below = `/subscriptions/${subscription}/`.toLowerCase();
  return [...store.all()]
    .filter(([key, resource]) => key.startsWith(below) && sameId(textOf(resource.type), deletedVaultType))
    .map(([, resource]) => resource);
}

function shape({ id, body, before, store }: Write): JsonObject {
  const given = { ...heldBefore(id, body, store), ...propertiesOf(body) };
  const acls = { bypass: 'AzureServices', defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] };
  const properties = {
    sku: { family: 'A', name: 'standard' },
    tenantId: store.surroundings.tenant,
    accessPolicies: [],
    enabledForDeployment: false,
    enableSoftDelete: true,
    softDeleteRetentionInDays: 90,
    enableRbacAuthorization: false,
    publicNetworkAccess: 'Enabled',
    ...given,
    vaultUri: `https://${id.name.toLowerCase()}.${store.surroundings.cloud.vault}/`,
    ...(given.networkAcls === undefined ? {} : { networkAcls: { ...acls, ...objectOf(given.networkAcls) } }),
    privateEndpointConnections: connectionsTo(before),
  };
  return { ...body, properties };
}

/** A vault that was deleted can only be made again by recovering it. */
function refuseRecovery(write: Write): Refusal | undefined {
  const recovers = textOf(propertiesOf(write.body).createMode) === 'recover';
  const deleted = deletedId(write.id, write.store) !== undefined;
  if (recovers && !deleted && write.before === undefined)
    return refusal(404, 'VaultNotFound', `The deleted vault '${write.id.name}' does not exist.`);
  return recovers ? undefined : refuseTaken(write);
}

function refuseRetention({ body, before }: Write): Refusal | undefined {
  const days = propertiesOf(body).softDeleteRetentionInDays;
  const held = propertiesOf(before).softDeleteRetentionInDays;
  if (typeof days === 'number' && (days < 7 || days > 90))
    return refusal(400, 'BadRequest', 'The value of softDeleteRetentionInDays must be between 7 and 90.');
  return typeof held === 'number' && held !== days
    ? refusal(400, 'BadRequest', 'The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.')
    : undefined;
}

/** What a vault had before it was deleted, if it is to be recovered. */
function heldBefore(id: ResourceId, body: JsonObject, store: Store): JsonObject {
  const deleted = textOf(propertiesOf(body).createMode) === 'recover' ? deletedId(id, store) : undefined;
  return deleted === undefined ? {} : objectOf(propertiesOf(store.get(deleted)).held);
}

function deletedId(id: ResourceId, store: Store): string | undefined {
  const found = deletedVaults(id.subscription, store).find((vault) => sameId(textOf(vault.name), id.name));
  return found === undefined ? undefined : textOf(found.id);
}
