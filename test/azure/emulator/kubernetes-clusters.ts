import { type JsonObject, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { type Refusal, refusal } from './refusal.ts';

/** A Kubernetes cluster that is connected to Azure Arc: its agents report as soon as it is written. */
export const connectedClusters: Kind = {
  takes: 100,
  shape: ({ body, before }) => ({ ...body, properties: { ...agents, ...propertiesOf(before), ...propertiesOf(body) } }),
  refuse: (write) => refuseName(write) ?? refuseIdentity(write) ?? refuseKey(write),
};

/** An AKS cluster. */
export const managedClusters: Kind = {
  takes: 100,
  shape: ({ body }) => ({
    ...body,
    properties: { kubernetesVersion: '1.33.2', powerState: { code: 'Running' }, disableLocalAccounts: false, ...propertiesOf(body) },
  }),
  refuse: refuseName,
};

/** What the agents tell of a cluster. */
const agents = {
  connectivityStatus: 'Connected',
  kubernetesVersion: '1.33.2',
  agentVersion: '1.21.10',
  totalNodeCount: 3,
  totalCoreCount: 24,
  distribution: 'generic',
  infrastructure: 'generic',
};

function refuseName({ id }: Write): Refusal | undefined {
  if (/^[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/.test(id.name)) return undefined;
  return refusal(400, 'InvalidResourceName', `The cluster name '${id.name}' is invalid. It has 1 to 63 letters, digits, - and _.`);
}

function refuseIdentity({ body }: Write): Refusal | undefined {
  const type = textOf(objectOf(body.identity).type);
  return type === 'SystemAssigned'
    ? undefined
    : refusal(400, 'InvalidRequestContent', 'The identity of a connected cluster has to be SystemAssigned.');
}

/** A cluster proves who it is by a key that only its agents have. */
function refuseKey({ body, before }: Write): Refusal | undefined {
  const key = (resource: JsonObject | undefined) => textOf(propertiesOf(resource).agentPublicKeyCertificate);
  if (key(body) === '') return refusal(400, 'InvalidRequestContent', 'The agentPublicKeyCertificate is required.');
  const held = key(before);
  return held === '' || held === key(body)
    ? undefined
    : refusal(400, 'PublicKeyMismatch', 'The agent public key of an existing connected cluster cannot be changed.');
}
