import { assignmentsOf, roleDefinitions } from './authorization.ts';
import type { Answer, Call } from './call.ts';
import { refused } from './call.ts';
import type { Json, JsonObject } from './json.ts';
import { groupNotFound } from './refusal.ts';
import { regions, serviceTags } from './service-tags.ts';
import type { Store } from './store.ts';

/** What a read needs to know about the subscription. */
export interface Tenancy {
  readonly subscription: string;
  readonly tenant: string;
}

type Reader = (match: RegExpExecArray, call: Call, store: Store, tenancy: Tenancy) => Answer;

const readers: [RegExp, Reader][] = [
  [/^\/subscriptions$/i, (_match, _call, _store, tenancy) => listed([subscription(tenancy)])],
  [/^\/subscriptions\/[^/]+$/i, (_match, _call, _store, tenancy) => found(subscription(tenancy))],
  [/^\/tenants$/i, (_match, _call, _store, { tenant }) => listed([{ id: `/tenants/${tenant}`, tenantId: tenant }])],
  [/^\/subscriptions\/([^/]+)\/locations$/i, (match) => listed(regions.map((name) => location(match[1] ?? '', name)))],
  [/^\/subscriptions\/([^/]+)\/providers$/i, (match) => listed(Object.keys(types).map((namespace) => provider(match[1] ?? '', namespace)))],
  [/^\/subscriptions\/([^/]+)\/providers\/([^/]+)$/i, (match) => found(provider(match[1] ?? '', match[2] ?? ''))],
  [/^(\/subscriptions\/[^/]+)\/resources$/i, (match, _call, store) => listed(store.topLevel(match[1] ?? ''))],
  [/^(\/subscriptions\/[^/]+\/resourcegroups\/([^/]+))\/resources$/i, resourcesOfGroup],
  [/^(.*)\/providers\/microsoft\.authorization\/roleassignments$/i, (match, _call, store) => listed(assignmentsOf(match[1] ?? '', store))],
  [
    /\/providers\/microsoft\.authorization\/roledefinitions$/i,
    (_match, call, _store, tenancy) => listed(roleDefinitions(tenancy.subscription, call.query.get('$filter') ?? '')),
  ],
  [/\/providers\/microsoft\.authorization\/roledefinitions\/([^/]+)$/i, oneRole],
  [
    /\/providers\/microsoft\.authorization\/permissions$/i,
    () => listed([{ actions: ['*'], notActions: [], dataActions: [], notDataActions: [] }]),
  ],
  [/\/providers\/microsoft\.network\/locations\/([^/]+)\/usages$/i, (match, call) => listed(networkUsages(call.path, match[1] ?? ''))],
  [/\/providers\/microsoft\.network\/locations\/([^/]+)\/servicetags$/i, tags],
  [
    /\/providers\/microsoft\.machinelearningservices\/locations\/([^/]+)\/(usages|quotas)$/i,
    (_match, call) => listed(machineLearningUsages(call.path)),
  ],
  [
    /\/providers\/microsoft\.machinelearningservices\/locations\/([^/]+)\/vmsizes$/i,
    () =>
      found({
        value: sizes.map((name) => ({
          name,
          vCPUs: 4,
          memoryGB: 14,
          gpus: 0,
          lowPriorityCapable: true,
          premiumIO: true,
          supportedComputeTypes: ['AmlCompute', 'ComputeInstance'],
        })),
      }),
  ],
];

const sizes = ['Standard_DS3_v2', 'Standard_DS11_v2', 'Standard_D4s_v3', 'Standard_E4s_v3', 'Standard_NC6s_v3', 'Standard_NC4as_T4_v3'];

/** Types of each provider, for clients that ask for API versions. */
const types: Record<string, string[]> = {
  'Microsoft.Network': [
    'virtualNetworks',
    'networkSecurityGroups',
    'routeTables',
    'natGateways',
    'publicIPAddresses',
    'privateEndpoints',
    'privateDnsZones',
    'serviceEndpointPolicies',
    'locations',
  ],
  'Microsoft.Storage': ['storageAccounts'],
  'Microsoft.MachineLearningServices': ['workspaces', 'workspaces/computes'],
  'Microsoft.KeyVault': ['vaults'],
  'Microsoft.ContainerRegistry': ['registries'],
  'Microsoft.Insights': ['components'],
  'Microsoft.Authorization': ['roleAssignments', 'roleDefinitions', 'locks'],
  'Microsoft.ManagedIdentity': ['userAssignedIdentities'],
  'Microsoft.Compute': ['virtualMachines'],
  'Microsoft.Resources': ['resourceGroups'],
};

/** The answer to a read that is not a resource of the store; undefined where it is one. */
export function readBeside(call: Call, store: Store, tenancy: Tenancy): Answer | undefined {
  if (call.method !== 'GET') return undefined;
  for (const [pattern, reader] of readers) {
    const match = pattern.exec(call.path);
    if (match !== null) return reader(match, call, store, tenancy);
  }
  return undefined;
}

/** The answer that lists. */
export function listed(value: Json[]): Answer {
  return { status: 200, body: { value } };
}

function found(body: Json): Answer {
  return { status: 200, body };
}

function subscription({ subscription: id, tenant }: Tenancy): JsonObject {
  return {
    id: `/subscriptions/${id}`,
    subscriptionId: id,
    tenantId: tenant,
    displayName: 'Test subscription',
    state: 'Enabled',
    authorizationSource: 'RoleBased',
  };
}

function location(subscriptionId: string, name: string): JsonObject {
  return {
    id: `/subscriptions/${subscriptionId}/locations/${name}`,
    name,
    displayName: name,
    regionalDisplayName: name,
    type: 'Region',
    metadata: { regionType: 'Physical' },
  };
}

function provider(subscriptionId: string, namespace: string): JsonObject {
  const known = Object.keys(types).find((candidate) => candidate.toLowerCase() === namespace.toLowerCase());
  const resourceTypes = (types[known ?? ''] ?? []).map((resourceType) => ({
    resourceType,
    locations: [...regions],
    apiVersions: ['2024-04-01', '2022-07-01'],
    capabilities: 'None',
  }));
  return {
    id: `/subscriptions/${subscriptionId}/providers/${known ?? namespace}`,
    namespace: known ?? namespace,
    registrationState: 'Registered',
    registrationPolicy: 'RegistrationRequired',
    resourceTypes,
  };
}

function resourcesOfGroup(match: RegExpExecArray, _call: Call, store: Store): Answer {
  const group = match[1] ?? '';
  return store.get(group) === undefined ? refused(groupNotFound(match[2] ?? '')) : listed(store.topLevel(group));
}

function oneRole(match: RegExpExecArray, _call: Call, _store: Store, tenancy: Tenancy): Answer {
  const role = roleDefinitions(tenancy.subscription, '').find((definition) => definition.name === match[1]);
  return role === undefined
    ? refused({
        status: 404,
        code: 'RoleDefinitionDoesNotExist',
        message: `The specified role definition with ID '${match[1]}' does not exist.`,
      })
    : found(role);
}

function networkUsages(path: string, region: string): JsonObject[] {
  return [
    ['VirtualNetworks', 'Virtual Networks', 1000],
    ['NetworkSecurityGroups', 'Network Security Groups', 5000],
    ['PublicIPAddresses', 'Public IP Addresses', 1000],
    ['PrivateEndpoints', 'Private Endpoints', 65536],
  ].map(([value, localizedValue, limit]) => ({
    id: `${path}/${value}`,
    region,
    currentValue: 1,
    limit: limit ?? 0,
    unit: 'Count',
    name: { value: value ?? '', localizedValue: localizedValue ?? '' },
  }));
}

function machineLearningUsages(path: string): JsonObject[] {
  return [
    'standardDSv2Family',
    'standardDv2Family',
    'standardESv3Family',
    'standardNCSv3Family',
    'Total Cluster Dedicated Regional vCPUs',
  ].map((family) => ({
    id: `${path}/${family}`,
    type: 'Microsoft.MachineLearningServices/workspaces/dedicatedCores/usages',
    unit: 'Count',
    currentValue: 0,
    limit: 100,
    name: { value: family, localizedValue: family },
  }));
}

function tags(match: RegExpExecArray, call: Call): Answer {
  const values = serviceTags.map((name) => ({
    name,
    id: name,
    properties: { changeNumber: '1', region: '', systemService: '', addressPrefixes: [] },
  }));
  return found({
    name: 'Public',
    id: call.path,
    type: 'Microsoft.Network/serviceTags',
    changeNumber: '1',
    cloud: 'Public',
    region: match[1] ?? '',
    values,
  });
}
