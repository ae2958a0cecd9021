import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import type { Write } from './kind.ts';
import { type Refusal, refusal } from './refusal.ts';
import { isResource, parsePath } from './resource-id.ts';
import { guidFor } from './surroundings.ts';

const clusterTypes = ['microsoft.kubernetes/connectedclusters', 'microsoft.containerservice/managedclusters'];

/** An attached Kubernetes cluster as it is stored: an update has no effect on what was attached, as the troubleshooting page says. */
export function shapedKubernetes({ id, body, before }: Write): JsonObject {
  if (textOf(propertiesOf(body).computeType) !== 'Kubernetes') return body;
  const held = propertiesOf(before).computeType === 'Kubernetes' ? propertiesOf(before) : undefined;
  const given = objectOf(propertiesOf(body).properties);
  const settings = objectOf(held?.properties ?? { ...given, namespace: textOf(given.namespace) || 'default' });
  const resourceId = held?.resourceId ?? propertiesOf(body).resourceId ?? '';
  const identity = before === undefined ? identityOf(body, id.text) : objectOf(before.identity);
  const properties = { ...propertiesOf(body), resourceId, properties: settings, isAttachedCompute: true };
  return { ...body, ...(Object.keys(identity).length === 0 ? {} : { identity }), properties };
}

/** The reasons why the service does not attach a cluster; the wording is ours. */
export function refuseKubernetes(write: Write): Refusal | undefined {
  const { body, before, id, store } = write;
  if (textOf(propertiesOf(body).computeType) !== 'Kubernetes' || before !== undefined) return undefined;
  const clusterId = textOf(propertiesOf(body).resourceId);
  const parsed = parsePath(clusterId);
  if (parsed === undefined || !isResource(parsed) || !clusterTypes.includes(parsed.type.toLowerCase()))
    return refusal(400, 'BadRequest', `The resource id '${clusterId}' is neither a connected cluster nor an AKS cluster.`);
  const cluster = store.get(clusterId);
  if (cluster === undefined) return refusal(400, 'BadRequest', `The Kubernetes cluster ${clusterId} could not be found.`);
  const extensions = store.list('Microsoft.KubernetesConfiguration/extensions', clusterId).map(propertiesOf);
  if (!extensions.some(({ extensionType }) => textOf(extensionType).toLowerCase() === 'microsoft.azureml.kubernetes'))
    return refusal(400, 'BadRequest', `The Azure Machine Learning extension is not installed on the cluster ${parsed.name}.`);
  return refuseRegion(objectOf(store.get(id.parent ?? '')), cluster, parsed.type) ?? refuseIdentity(write);
}

function refuseRegion(workspace: JsonObject, cluster: JsonObject, type: string): Refusal | undefined {
  const isPrivate = listOf(propertiesOf(workspace).privateEndpointConnections).length > 0;
  const region = (resource: JsonObject) => textOf(resource.location).toLowerCase().replaceAll(' ', '');
  if (!isPrivate || type.toLowerCase() !== clusterTypes[1] || region(cluster) === region(workspace)) return undefined;
  return refusal(400, 'BadRequest', 'An AKS cluster of a workspace with a private endpoint must be in the region of the workspace.');
}

function refuseIdentity({ body, store }: Write): Refusal | undefined {
  const missing = Object.keys(objectOf(objectOf(body.identity).userAssignedIdentities)).find((one) => store.get(one) === undefined);
  return missing === undefined
    ? undefined
    : refusal(400, 'FailedIdentityOperation', `The user-assigned identity ${missing} was not found.`);
}

function identityOf(body: JsonObject, id: string): JsonObject {
  const identity = objectOf(body.identity);
  if (textOf(identity.type) !== 'SystemAssigned') return identity;
  return { ...identity, principalId: guidFor(`identity of ${id.toLowerCase()}`), tenantId: '22222222-2222-4222-8222-222222222222' };
}
