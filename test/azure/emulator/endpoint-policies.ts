import { type JsonObject, listOf, objectOf, propertiesOf, textOf, textsOf } from './json.ts';
import type { Kind } from './kind.ts';
import { refuseReferences } from './references.ts';
import { type Refusal, refusal } from './refusal.ts';
import { usedBySubnets } from './security-groups.ts';
import type { Store } from './store.ts';

/** Names that stand for what a service of Azure itself needs to reach. */
const aliases = [
  '/services/Azure',
  '/services/Azure/Batch',
  '/services/Azure/DataFactory',
  '/services/Azure/MachineLearning',
  '/services/Azure/ManagedInstance',
  '/services/Azure/WebPI',
];

/** A service endpoint policy, its definitions inside. */
export const endpointPolicies: Kind = {
  ...usedBySubnets,
  shape: ({ body }) => ({ ...body, properties: { serviceEndpointPolicyDefinitions: [], ...propertiesOf(body) } }),
  refuse: (write) => refuseAll(definitionsIn(write.body), write.store) ?? refuseReferences(write),
};

/** A definition of a service endpoint policy. */
export const endpointPolicyDefinitions: Kind = {
  takes: 50,
  busyOn: (id) => id.parent,
  refuse: ({ id, body, store }) => refuseAll([{ ...body, name: id.name }], store),
};

/** The refusal for a subnet with a policy of Azure Storage but without its service endpoint. */
export function refusePolicyWithoutEndpoint(subnet: JsonObject): Refusal | undefined {
  const properties = propertiesOf(subnet);
  if (listOf(properties.serviceEndpointPolicies).length === 0) return undefined;
  const services = listOf(properties.serviceEndpoints).map((endpoint) => textOf(objectOf(endpoint).service));
  if (services.some((service) => /^microsoft\.storage(\.global)?$/i.test(service))) return undefined;
  const message = `Subnet ${textOf(subnet.name)} has a service endpoint policy but no service endpoint for Microsoft.Storage.`;
  return refusal(400, 'ServiceEndpointPolicyRequiresServiceEndpoint', message);
}

function definitionsIn(policy: JsonObject): JsonObject[] {
  return listOf(propertiesOf(policy).serviceEndpointPolicyDefinitions).map(objectOf);
}

function refuseAll(definitions: JsonObject[], store: Store): Refusal | undefined {
  return definitions.map((definition) => refuseDefinition(definition, store)).find((refused) => refused !== undefined);
}

function refuseDefinition(definition: JsonObject, store: Store): Refusal | undefined {
  const { service, serviceResources } = propertiesOf(definition);
  const resources = textsOf(serviceResources);
  const name = textOf(definition.name);
  if (resources.length === 0) return refusal(400, 'InvalidServiceResources', `Policy definition ${name} names no service resources.`);
  if (/^global$/i.test(textOf(service))) return refuseResources(name, resources, (one) => aliases.includes(one));
  if (/^microsoft\.storage$/i.test(textOf(service))) return refuseResources(name, resources, (one) => isStorageScope(one, store));
  return refusal(400, 'InvalidService', `Policy definition ${name} is for ${textOf(service)}, which has no service endpoint policies.`);
}

function refuseResources(name: string, resources: string[], fits: (resource: string) => boolean): Refusal | undefined {
  const wrong = resources.find((resource) => !fits(resource));
  return wrong === undefined
    ? undefined
    : refusal(400, 'InvalidServiceResources', `Policy definition ${name} names ${wrong}, which does not fit its service.`);
}

/** A subscription, a group or a storage account; accounts of others cannot be seen and are accepted. */
function isStorageScope(resource: string, store: Store): boolean {
  const account = /^\/subscriptions\/([^/]+)(\/resourceGroups\/[^/]+(\/providers\/Microsoft\.Storage\/storageAccounts\/[^/]+)?)?$/i.exec(
    resource,
  );
  if (account === null) return false;
  const known = store.surroundings.subscriptions.some((one) => one.toLowerCase() === (account[1] ?? '').toLowerCase());
  return account[2] === undefined || !known || store.get(resource) !== undefined;
}
