import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { notFound, type Refusal, refusal } from './refusal.ts';
import { resourceId, sameId } from './resource-id.ts';
import { guidFor } from './surroundings.ts';

const machineLearning = 'microsoft.azureml.kubernetes';
const clusters = ['microsoft.kubernetes/connectedclusters', 'microsoft.containerservice/managedclusters'];

/** An extension of a Kubernetes cluster: settings are merged, protected ones are replaced as a whole and never shown. */
export const clusterExtensions: Kind = {
  takes: 120,
  shape,
  refuse: (write) => refuseCluster(write) ?? refuseType(write) ?? refuseScope(write) ?? refuseSettings(write) ?? refuseTwin(write),
};

function shape({ id, body }: Write): JsonObject {
  const given = propertiesOf(body);
  const asked = objectOf(given.configurationProtectedSettings);
  const fresh = Object.keys(asked).filter((key) => asked[key] !== '');
  const kept = fresh.length > 0 ? fresh : Object.keys(asked);
  const properties = {
    autoUpgradeMinorVersion: true,
    releaseTrain: 'Stable',
    version: null,
    statuses: [],
    ...given,
    extensionType: textOf(given.extensionType).toLowerCase(),
    currentVersion: textOf(given.version) || '1.1.78',
    configurationSettings: objectOf(given.configurationSettings),
    configurationProtectedSettings: Object.fromEntries(kept.map((key) => [key, ''])),
    errorInfo: null,
    isSystemExtension: false,
  };
  const identity = objectOf(body.identity);
  return identity.type === undefined
    ? { ...body, properties }
    : { ...body, identity: { ...identity, principalId: guidFor(id.text) }, properties };
}

function refuseCluster({ id, store }: Write): Refusal | undefined {
  const cluster = store.get(id.scope);
  if (cluster === undefined) return notFound(resourceId(id.scope));
  if (!clusters.includes(textOf(cluster.type).toLowerCase()))
    return refusal(400, 'InvalidClusterType', `Extensions do not live on ${textOf(cluster.type)}.`);
  const status = propertiesOf(cluster).connectivityStatus;
  if (status === undefined || status === 'Connected') return undefined;
  return refusal(
    400,
    'ClusterNotConnected',
    `The cluster '${resourceId(id.scope).name}' is ${textOf(status)}, so nothing is installed on it.`,
  );
}

function refuseType({ body, before }: Write): Refusal | undefined {
  const type = textOf(propertiesOf(body).extensionType);
  if (!sameId(type, machineLearning))
    return refusal(400, 'ExtensionTypeRegistrationGetFailed', `Extension type ${type} is not registered in the region.`);
  const held = textOf(propertiesOf(before).extensionType);
  return held === '' || sameId(held, type)
    ? undefined
    : refusal(400, 'ExtensionTypeCannotBeChanged', `The type of an existing extension cannot be changed from ${held}.`);
}

function refuseScope({ body }: Write): Refusal | undefined {
  const scope = objectOf(propertiesOf(body).scope);
  const namespace = textOf(objectOf(scope.cluster).releaseNamespace);
  return namespace === 'azureml'
    ? undefined
    : refusal(400, 'InvalidScope', `${machineLearning} is installed at cluster scope in the namespace azureml.`);
}

/** Settings are texts, as Helm takes them; what excludes each other is known from the documents, the wording is ours. */
function refuseSettings({ id, body }: Write): Refusal | undefined {
  const settings = objectOf(propertiesOf(body).configurationSettings);
  const wrong = Object.entries(settings).find(([, value]) => typeof value !== 'string');
  if (wrong !== undefined) return refusal(400, 'InvalidRequestContent', `The setting ${wrong[0]} has to be a text.`);
  const isOn = (name: string) => sameId(textOf(settings[name]), 'true');
  if (!isOn('enableTraining') && !isOn('enableInference'))
    return refusal(400, 'ExtensionCreationFailed', 'Either enableTraining or enableInference has to be True.');
  const arc = id.scope.toLowerCase().includes('/microsoft.kubernetes/');
  return arc && textOf(settings.internalLoadBalancerProvider) !== ''
    ? refusal(400, 'ExtensionCreationFailed', 'E40003 INTERNAL_LOAD_BALANCER_NOT_SUPPORT')
    : undefined;
}

/** Two extensions of the type would both own the namespace azureml. */
function refuseTwin({ id, store }: Write): Refusal | undefined {
  const others = store.list(id.type, id.scope).filter((other) => !sameId(textOf(other.name), id.name));
  const twin = listOf(others)
    .map(objectOf)
    .find((other) => sameId(textOf(propertiesOf(other).extensionType), machineLearning));
  return twin === undefined
    ? undefined
    : refusal(400, 'ExtensionCreationFailed', `The extension '${textOf(twin.name)}' has the namespace azureml already.`);
}
