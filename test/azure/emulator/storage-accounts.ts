import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { connectionsTo } from './private-endpoint-connections.ts';
import { type Refusal, refusal } from './refusal.ts';
import { isResource, parsePath, resourceId } from './resource-id.ts';
import { refuseTaken, refuseUniqueName } from './unique-names.ts';

/** A storage account with its network rules. */
export const storageAccounts: Kind = {
  created: 200,
  shape: ({ id, body, before, store }) => {
    const given = { ...propertiesOf(before), ...propertiesOf(body) };
    const acls = {
      resourceAccessRules: [],
      bypass: 'AzureServices',
      virtualNetworkRules: [],
      ipRules: [],
      defaultAction: 'Allow',
      ...objectOf(given.networkAcls),
    };
    const networkAcls = {
      ...acls,
      virtualNetworkRules: listOf(acls.virtualNetworkRules).map((rule) => ({ action: 'Allow', ...objectOf(rule), state: 'Succeeded' })),
    };
    return {
      kind: 'StorageV2',
      sku: { name: 'Standard_LRS', tier: 'Standard' },
      ...body,
      properties: {
        publicNetworkAccess: 'Enabled',
        primaryEndpoints: endpoints(id.name, store.surroundings.cloud.storage),
        encryption,
        ...given,
        networkAcls,
        privateEndpointConnections: connectionsTo(before),
      },
    };
  },
  view: (resource) => ({ ...resource, properties: { encryption, ...propertiesOf(resource) } }),
  refuse: (write) => refuseUniqueName(write) ?? refuseTaken(write) ?? refuseFixed(write) ?? refuseRules(write),
};

/** Every account has it, and az reads it. */
const encryption: JsonObject = {
  keySource: 'Microsoft.Storage',
  services: { blob: { enabled: true, keyType: 'Account' }, file: { enabled: true, keyType: 'Account' } },
};

function endpoints(name: string, suffix: string): JsonObject {
  return Object.fromEntries(['blob', 'file', 'queue', 'table', 'dfs'].map((part) => [part, `https://${name}.${part}.${suffix}/`]));
}

/** The hierarchical namespace is chosen once. */
function refuseFixed({ body, before }: Write): Refusal | undefined {
  if (before === undefined) return undefined;
  const asked = propertiesOf(body).isHnsEnabled;
  if (asked === undefined || asked === (propertiesOf(before).isHnsEnabled ?? false)) return undefined;
  const message = `The property 'isHnsEnabled' was specified in the input, but it cannot be updated.`;
  return refusal(409, 'AccountPropertyCannotBeUpdated', message);
}

function refuseRules(write: Write): Refusal | undefined {
  const rules = listOf(objectOf(propertiesOf(write.body).networkAcls).virtualNetworkRules).map(objectOf);
  return rules.map((rule) => refuseSubnet(textOf(rule.id), write)).find((refused) => refused !== undefined);
}

function refuseSubnet(subnet: string, { id, store }: Write): Refusal | undefined {
  const parsed = parsePath(subnet);
  if (parsed === undefined || !isResource(parsed))
    return refusal(
      400,
      'InvalidValuesForRequestParameters',
      'Values for request parameters are invalid: networkAcls.virtualNetworkRules[*].id.',
    );
  const found = store.get(subnet);
  if (found === undefined)
    return refusal(
      400,
      'InvalidResourceReference',
      `Resource ${subnet} referenced by resource ${id.text} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
    );
  const services = listOf(propertiesOf(found).serviceEndpoints).map((endpoint) => textOf(objectOf(endpoint).service).toLowerCase());
  if (services.some((service) => service === 'microsoft.storage' || service === 'microsoft.storage.global')) return undefined;
  const network = resourceId(parsed.parent ?? '').name;
  return refusal(
    400,
    'SubnetsHaveNoServiceEndpointsConfigured',
    `Subnets ${parsed.name} of virtual network ${network} do not have ServiceEndpoints for Microsoft.Storage resources configured. Add Microsoft.Storage to subnet's ServiceEndpoints collection before trying to ACL Microsoft.Storage resources to these subnets.`,
  );
}
