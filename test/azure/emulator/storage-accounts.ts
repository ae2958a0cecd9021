import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { type Refusal, refusal } from './refusal.ts';
import { isResource, parsePath, resourceId } from './resource-id.ts';

/** A storage account with its network rules. */
export const storageAccounts: Kind = {
  created: 200,
  shape: ({ id, body }) => {
    const given = propertiesOf(body);
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
      properties: { primaryEndpoints: endpoints(id.name), encryption, ...given, networkAcls },
    };
  },
  view: (resource) => ({ ...resource, properties: { encryption, ...propertiesOf(resource) } }),
  refuse: (write) => refuseName(write) ?? refuseRules(write),
};

/** Every account has it, and az reads it. */
const encryption: JsonObject = {
  keySource: 'Microsoft.Storage',
  services: { blob: { enabled: true, keyType: 'Account' }, file: { enabled: true, keyType: 'Account' } },
};

function endpoints(name: string): JsonObject {
  return Object.fromEntries(['blob', 'file', 'queue', 'table', 'dfs'].map((part) => [part, `https://${name}.${part}.core.windows.net/`]));
}

function refuseName({ id, before }: Write): Refusal | undefined {
  if (before !== undefined || /^[a-z0-9]{3,24}$/.test(id.name)) return undefined;
  return refusal(
    400,
    'AccountNameInvalid',
    `${id.name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
  );
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
