import type { JsonObject } from './json.ts';
import { type Refusal, refusal } from './refusal.ts';
import { sameId } from './resource-id.ts';

/** Milliseconds that a registration takes. */
const registering = 100;

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
    'networkInterfaces',
    'locations',
  ],
  'Microsoft.Storage': ['storageAccounts'],
  'Microsoft.MachineLearningServices': ['workspaces', 'workspaces/computes', 'workspaces/outboundRules'],
  'Microsoft.Databricks': ['workspaces', 'accessConnectors'],
  'Microsoft.KeyVault': ['vaults'],
  'Microsoft.ContainerRegistry': ['registries'],
  'Microsoft.Insights': ['components'],
  'Microsoft.OperationalInsights': ['workspaces'],
  'Microsoft.Authorization': ['roleAssignments', 'roleDefinitions', 'locks'],
  'Microsoft.ManagedIdentity': ['userAssignedIdentities'],
  'Microsoft.Compute': ['virtualMachines', 'disks'],
  'Microsoft.HDInsight': ['clusters'],
  'Microsoft.Resources': ['resourceGroups', 'deployments'],
  'Microsoft.Kubernetes': ['connectedClusters'],
  'Microsoft.KubernetesConfiguration': ['extensions'],
  'Microsoft.ExtendedLocation': ['customLocations'],
  'Microsoft.ContainerService': ['managedClusters'],
  'Microsoft.Relay': ['namespaces', 'namespaces/hybridConnections'],
};

/** Namespaces of which nobody has to register. */
const always = ['Microsoft.Authorization', 'Microsoft.Resources'];

/** Which resource providers each subscription has registered: all of them, save what the seed names. */
export class Registrations {
  readonly #absent = new Set<string>();
  readonly #done = new Map<string, number>();

  constructor(subscription: string, absent: readonly string[]) {
    for (const namespace of absent) this.#absent.add(keyOf(subscription, namespace));
  }

  /** The state as az shows it. */
  state(subscription: string, namespace: string): 'Registered' | 'Registering' | 'NotRegistered' {
    const key = keyOf(subscription, namespace);
    if (this.#absent.has(key)) return 'NotRegistered';
    return (this.#done.get(key) ?? 0) > Date.now() ? 'Registering' : 'Registered';
  }

  /** Begins to register a provider. */
  register(subscription: string, namespace: string): void {
    const key = keyOf(subscription, namespace);
    if (this.#absent.delete(key)) this.#done.set(key, Date.now() + registering);
  }

  /** The refusal for a write of a resource whose provider is not registered. */
  refuse(subscription: string, namespace: string | undefined): Refusal | undefined {
    if (namespace === undefined || always.some((one) => sameId(one, namespace))) return undefined;
    if (this.state(subscription, namespace) === 'Registered') return undefined;
    const message = `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
    return refusal(409, 'MissingSubscriptionRegistration', message);
  }
}

/** A resource provider as a GET shows it. */
export function providerView(
  subscription: string,
  namespace: string,
  registrations: Registrations,
  locations: readonly string[],
): JsonObject {
  const known = Object.keys(types).find((candidate) => sameId(candidate, namespace));
  const resourceTypes = (types[known ?? ''] ?? []).map((resourceType) => ({
    resourceType,
    locations: [...locations],
    apiVersions: ['2024-04-01', '2022-07-01'],
    capabilities: 'None',
  }));
  return {
    id: `/subscriptions/${subscription}/providers/${known ?? namespace}`,
    namespace: known ?? namespace,
    registrationState: registrations.state(subscription, known ?? namespace),
    registrationPolicy: 'RegistrationRequired',
    resourceTypes,
  };
}

/** The namespaces that the emulator knows. */
export function knownNamespaces(): string[] {
  return Object.keys(types);
}

function keyOf(subscription: string, namespace: string): string {
  return `${subscription}/${namespace}`.toLowerCase();
}
