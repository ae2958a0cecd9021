import { refuseAttached, withoutAccount } from './attached-machines.ts';
import { refuseInstance } from './compute-instances.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf, valueUnder } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { refuseKubernetes, shapedKubernetes } from './kubernetes-computes.ts';
import { isolationOf } from './managed-network.ts';
import { type Refusal, refusal } from './refusal.ts';
import { isResource, parsePath } from './resource-id.ts';
import { provisionNetwork } from './workspaces.ts';

/** A compute of a workspace: written asynchronously, as Azure does. */
export const computes: Kind = {
  takes: 120,
  shape: (write) => {
    const { id, store } = write;
    const body = shapedKubernetes(write);
    const location = textOf(propertiesOf(body).computeLocation) || textOf(body.location) || regionOf(store.get(id.parent ?? ''));
    return { ...body, location, properties: { ...propertiesOf(body), computeLocation: location } };
  },
  refuse: (write) =>
    refuseName(write) ??
    refuseType(write) ??
    refuseManaged(write) ??
    refuseAttached(write) ??
    refuseSubnet(write) ??
    refuseNoPublicIp(write) ??
    refuseScale(write) ??
    refuseInstance(write) ??
    refuseKubernetes(write) ??
    refuseChange(write),
  view: (compute) => withAge(withoutAccount(compute)),
  after: ({ id, store }) => provisionNetwork(id.parent ?? '', store),
};

/** A compute tells when it was made, and an instance about its image; a new one has the newest. */
function withAge(compute: JsonObject): JsonObject {
  const properties: JsonObject = { createdOn: '2026-01-01T00:00:00Z', ...propertiesOf(compute) };
  if (textOf(properties.computeType) !== 'ComputeInstance') return { ...compute, properties };
  const osImageMetadata = { currentImageVersion: '26.11.01', latestImageVersion: '26.11.01', isLatestOsImageVersion: true };
  return { ...compute, properties: { ...properties, properties: { osImageMetadata, ...settingsOf(compute) } } };
}

function regionOf(resource: JsonObject | undefined): string {
  return textOf(resource?.location).toLowerCase().replaceAll(' ', '');
}

function settingsOf(compute: JsonObject | undefined): JsonObject {
  return propertiesOf({ properties: propertiesOf(compute).properties ?? {} });
}

function refuseName({ id }: Write): Refusal | undefined {
  const name = id.name;
  if (/^[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/.test(name) && !/-\d+$/.test(name)) return undefined;
  return refusal(
    400,
    'BadRequest',
    `Compute name ${name} is invalid. It can include letters, digits and dashes, must start with a letter, end with a letter or digit, be between 3 and 24 characters in length, and must not end with a dash followed by digits.`,
  );
}

function refuseType({ body }: Write): Refusal | undefined {
  const type = textOf(propertiesOf(body).computeType);
  const known = [
    'AmlCompute',
    'ComputeInstance',
    'Kubernetes',
    'VirtualMachine',
    'HDInsight',
    'Databricks',
    'DataFactory',
    'DataLakeAnalytics',
    'SynapseSpark',
    'AKS',
  ];
  if (!known.includes(type)) return refusal(400, 'BadRequest', `Unsupported compute type '${type}'.`);
  if (['AmlCompute', 'ComputeInstance'].includes(type) && textOf(settingsOf(body).vmSize) === '')
    return refusal(400, 'BadRequest', 'The VmSize property is required.');
  return undefined;
}

function refuseSubnet({ id, body, store }: Write): Refusal | undefined {
  const subnetId = textOf(objectOf(settingsOf(body).subnet).id);
  if (subnetId === '') return undefined;
  const parsed = parsePath(subnetId);
  const subnet = parsed !== undefined && isResource(parsed) ? store.get(subnetId) : undefined;
  if (parsed === undefined || !isResource(parsed) || subnet === undefined)
    return refusal(400, 'BadRequest', `The specified subnet ${subnetId} could not be found.`);
  const network = store.get(parsed.parent ?? '');
  if (regionOf(network) !== regionOf(store.get(id.parent ?? '')))
    return refusal(400, 'BadRequest', `The virtual network of subnet ${subnetId} must be in the same region as the workspace.`);
  const delegated = listOf(propertiesOf(subnet).delegations).length > 0;
  return delegated
    ? refusal(400, 'BadRequest', `The specified subnet ${subnetId} is delegated to another service and cannot be used for compute.`)
    : undefined;
}

/** What a managed network excludes is known from the documents; the wording is ours. */
function refuseManaged({ id, body, store }: Write): Refusal | undefined {
  const workspace = store.get(id.parent ?? '');
  if (isolationOf(workspace) === 'Disabled') return undefined;
  const type = textOf(propertiesOf(body).computeType);
  if (!['AmlCompute', 'ComputeInstance'].includes(type))
    return refusal(400, 'BadRequest', `Computes of type ${type} are not supported in a workspace with a managed network.`);
  if (textOf(objectOf(settingsOf(body).subnet).id) !== '')
    return refusal(400, 'BadRequest', 'A compute of a workspace with a managed network cannot be placed in a subnet of your own.');
  if (textOf(propertiesOf(body).computeLocation).toLowerCase().replaceAll(' ', '') !== regionOf(workspace))
    return refusal(400, 'BadRequest', 'A compute of a workspace with a managed network must be in the region of the workspace.');
  return undefined;
}

function refuseNoPublicIp({ id, body, store }: Write): Refusal | undefined {
  if (valueUnder(settingsOf(body), 'enableNodePublicIp') !== false) return undefined;
  if (textOf(objectOf(settingsOf(body).subnet).id) === '') return undefined;
  const workspace = store.get(id.parent ?? '');
  const inside = listOf(propertiesOf(workspace).privateEndpointConnections).map(objectOf);
  const beside = store.list('Microsoft.MachineLearningServices/workspaces/privateEndpointConnections', id.parent ?? '');
  const approved = [...inside, ...beside].some(
    (connection) => textOf(objectOf(propertiesOf(connection).privateLinkServiceConnectionState).status) === 'Approved',
  );
  return approved
    ? undefined
    : refusal(400, 'BadRequest', 'A compute without public IP needs a workspace with an approved private endpoint connection.');
}

function refuseScale({ body }: Write): Refusal | undefined {
  const scale = objectOf(settingsOf(body).scaleSettings);
  const low = scale.minNodeCount;
  const high = scale.maxNodeCount;
  if (typeof low !== 'number' || typeof high !== 'number' || low <= high) return undefined;
  return refusal(400, 'BadRequest', `MinNodeCount ${low} must not be greater than MaxNodeCount ${high}.`);
}

/** What cannot change is known from the documents; the wording is ours. */
function refuseChange({ body, before }: Write): Refusal | undefined {
  if (before === undefined) return undefined;
  const then = settingsOf(before);
  const now = settingsOf(body);
  const fixed = [
    ['vmSize', then.vmSize, now.vmSize],
    ['subnet', objectOf(then.subnet).id, objectOf(now.subnet).id],
    ['enableNodePublicIp', then.enableNodePublicIp, now.enableNodePublicIp],
  ] as const;
  const changed = fixed.find(([, old, next]) => next !== undefined && String(old).toLowerCase() !== String(next).toLowerCase());
  return changed === undefined
    ? undefined
    : refusal(400, 'BadRequest', `The property ${changed[0]} of an existing compute cannot be changed.`);
}
