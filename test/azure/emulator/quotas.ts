import { Address4 } from 'ip-address';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import { sameId } from './resource-id.ts';
import { regionsOf } from './service-tags.ts';
import type { Usage } from './settings.ts';
import type { Store } from './store.ts';

/** Quotas by lower-case namespace: the value of the name, what people read, what is used and the limit. */
const quotas: Record<string, readonly [string, string, number, number][]> = {
  'microsoft.network': [
    ['VirtualNetworks', 'Virtual Networks', 1, 1000],
    ['NetworkSecurityGroups', 'Network Security Groups', 1, 5000],
    ['PublicIPAddresses', 'Public IP Addresses', 1, 1000],
    ['LoadBalancers', 'Load Balancers', 1, 1000],
    ['PrivateEndpoints', 'Private Endpoints', 1, 65536],
    ['NatGateways', 'Nat Gateways', 1, 1000],
    ['RouteTables', 'Route Tables', 1, 200],
  ],
  'microsoft.compute': [
    ['cores', 'Total Regional vCPUs', 0, 100],
    ['standardDDSv4Family', 'Standard DDSv4 Family vCPUs', 0, 100],
    ['standardDSv5Family', 'Standard DSv5 Family vCPUs', 0, 100],
  ],
  'microsoft.machinelearningservices': [
    'standardDSv2Family',
    'standardDv2Family',
    'standardESv3Family',
    'standardNCSv3Family',
    'standardDDSv4Family',
    'TotalDedicatedCores',
    'TotalClusters',
    'Total Cluster Dedicated Regional vCPUs',
  ].map((name) => [name, name, 0, 100]),
};

/** The quotas of a provider in a region, with what a test has set. */
export function usagesOf(namespace: string, region: string, path: string, { settings }: Store): JsonObject[] {
  const key = namespace.toLowerCase();
  const set = new Map<string, Usage>();
  for (const [where, usage] of settings.usages) {
    const [given = '', place = '', name = ''] = where.split('/');
    if (sameId(given, namespace) && sameId(place, region)) set.set(name, usage);
  }
  const known = quotas[key] ?? [];
  const more = [...set.keys()].filter((name) => !known.some(([other]) => other === name));
  return [...known, ...more.map((name): [string, string, number, number] => [name, name, 0, 0])].map(
    ([value, localizedValue, currentValue, limit]) => ({
      ...placeOf(key, path, value, region),
      unit: 'Count',
      currentValue,
      limit,
      ...set.get(value),
      name: { value, localizedValue },
    }),
  );
}

/** Each provider shows where a quota belongs in its own way. */
function placeOf(namespace: string, path: string, name: string, region: string): JsonObject {
  if (namespace === 'microsoft.compute') return {};
  if (namespace === 'microsoft.network') return { id: `${path}/${name}`, region };
  return { id: `${path}/${name}`, type: 'Microsoft.MachineLearningServices/workspaces/dedicatedCores/usages' };
}

/** How many addresses of each subnet are used, and how many it has besides the five that Azure keeps. */
export function subnetUsages(network: string, store: Store): JsonObject[] {
  const interfaces = [...store.all().values()].filter((one) => sameId(textOf(one.type), 'Microsoft.Network/networkInterfaces'));
  const used = interfaces
    .flatMap((one) => listOf(propertiesOf(one).ipConfigurations))
    .map((configuration) => textOf(objectOf(propertiesOf(configuration).subnet).id));
  return store.list('Microsoft.Network/virtualNetworks/subnets', network).map((subnet) => {
    const properties = propertiesOf(subnet);
    const prefix = textOf(properties.addressPrefix) || textOf(listOf(properties.addressPrefixes)[0]);
    return {
      id: textOf(subnet.id),
      currentValue: used.filter((id) => sameId(id, textOf(subnet.id))).length,
      limit: Address4.isValid(prefix) ? 2 ** (32 - new Address4(prefix).subnetMask) - 5 : -1,
      unit: 'Count',
      name: { value: 'SubnetSpace', localizedValue: 'Subnet size and usage' },
    };
  });
}

/** Sizes of machines: name, family, cores, memory in GB, GPUs. */
const machines: readonly [string, string, number, number, number][] = [
  ['Standard_D4ds_v4', 'standardDDSv4Family', 4, 16, 0],
  ['Standard_D2s_v5', 'standardDSv5Family', 2, 8, 0],
  ['Standard_DS3_v2', 'standardDSv2Family', 4, 14, 0],
  ['Standard_NC4as_T4_v3', 'Standard NCASv3_T4 Family', 4, 28, 1],
];

/** The sizes of machines of every region, or of the one that a filter names. */
export function machineSkus(filter: string, { surroundings, settings }: Store): JsonObject[] {
  const wanted = /location eq '([^']*)'/i.exec(filter)?.[1];
  return regionsOf(surroundings.cloud)
    .filter((region) => wanted === undefined || sameId(region, wanted.replaceAll(' ', '')))
    .flatMap((region) =>
      machines.map(([name, family, cores, memory, gpus]) => ({
        resourceType: 'virtualMachines',
        name,
        tier: 'Standard',
        size: name.replace('Standard_', ''),
        family,
        locations: [region],
        locationInfo: [{ location: region, zones: ['1', '2', '3'], zoneDetails: [] }],
        capabilities: Object.entries({
          vCPUs: cores,
          MemoryGB: memory,
          GPUs: gpus,
          PremiumIO: 'True',
          LowPriorityCapable: 'True',
          HyperVGenerations: 'V1,V2',
          CpuArchitectureType: 'x64',
          EncryptionAtHostSupported: 'True',
          AcceleratedNetworkingEnabled: 'True',
        })
          .filter(([, value]) => value !== 0)
          .map(([key, value]) => ({ name: key, value: String(value) })),
        restrictions: [...(settings.restrictions.get(name.toLowerCase()) ?? [])],
      })),
    );
}

/** The versions of Kubernetes that a region has; the list is called `values`. */
export const kubernetesVersions: JsonObject = {
  values: [
    ['1.31', '1.31.8', ['1.32.4', '1.32.5'], false],
    ['1.32', '1.32.5', ['1.33.1'], true],
    ['1.33', '1.33.1', [], false],
  ].map(([version, patch, upgrades, isDefault]) => ({
    version: version as string,
    ...(isDefault === true ? { isDefault } : {}),
    isPreview: null,
    capabilities: { supportPlan: ['KubernetesOfficial', 'AKSLongTermSupport'] },
    patchVersions: { [patch as string]: { upgrades: upgrades as string[] } },
  })),
};
