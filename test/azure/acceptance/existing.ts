import { nextFree, overlaps } from '../../../src/core/addresses.ts';
import type { Plan } from '../../../src/core/plan.ts';
import { type Json, type JsonObject, objectOf, propertiesOf } from '../emulator/json.ts';
import { idOf, settled, typeOf } from './planned.ts';
import { textOfWant } from './wants.ts';

/** A network of other people in the same subscription; what exists already refers to it. */
export function neighbourhood(planned: Plan): JsonObject[] {
  const location = regionOf(planned);
  const network = `${elsewhere(planned)}/providers/Microsoft.Network`;
  const subnet = { name: 'reports', properties: { addressPrefix: '10.250.0.0/24', serviceEndpoints: [{ service: 'Microsoft.Storage' }] } };
  return [
    { id: elsewhere(planned), location, tags: { owner: 'somebody else' }, properties: {} },
    { id: `${network}/networkSecurityGroups/others`, location, properties: { securityRules: [] } },
    { id: `${network}/routeTables/others`, location, properties: { routes: [] } },
    {
      id: `${network}/virtualNetworks/others`,
      location,
      properties: { addressSpace: { addressPrefixes: ['10.250.0.0/16'] }, subnets: [subnet] },
    },
  ];
}

/** A resource that existed for long: with settings of its own, which nobody may lose. */
export function longExisting(planned: Plan, type: string, id: string): JsonObject {
  const make = makers[type.toLowerCase()];
  const own = { location: regionOf(planned), tags: { 'cost centre': '4711' } };
  const standsAlone = type.split('/').length === 2;
  return { id, ...(standsAlone ? own : {}), properties: {}, ...make?.(planned, id) };
}

/** The same resource with nothing in the lists to which a plan adds: some commands cannot add to a list that is not there. */
export function barelyExisting(resource: JsonObject): JsonObject {
  const { networkAcls, ...properties } = propertiesOf(resource);
  const acls = { ...objectOf(networkAcls), virtualNetworkRules: [], resourceAccessRules: [], ipRules: [] };
  const kept = Object.entries(properties).filter(([name]) => !['serviceEndpoints', 'securityRules', 'routes'].includes(name));
  return { ...resource, properties: { ...Object.fromEntries(kept), ...(networkAcls === undefined ? {} : { networkAcls: acls }) } };
}

type Maker = (planned: Plan, id: string) => JsonObject;

const makers: Record<string, Maker> = {
  'microsoft.machinelearningservices/workspaces': workspace,
  'microsoft.storage/storageaccounts': storageAccount,
  'microsoft.network/virtualnetworks': network,
  'microsoft.network/virtualnetworks/subnets': subnet,
  'microsoft.network/networksecuritygroups': securityGroup,
  'microsoft.network/networksecuritygroups/securityrules': securityRule,
  'microsoft.network/routetables': () => ({
    properties: {
      routes: [{ name: 'all', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.0.4' } }],
    },
  }),
  'microsoft.network/natgateways': () => ({ sku: { name: 'Standard' }, properties: { idleTimeoutInMinutes: 10, publicIpAddresses: [] } }),
};

function workspace(planned: Plan, id: string): JsonObject {
  const providers = id.slice(0, id.toLowerCase().indexOf('/microsoft.machinelearningservices'));
  return {
    identity: {
      type: 'SystemAssigned',
      principalId: '00000000-0000-4000-8000-00000000bbbb',
      tenantId: '22222222-2222-4222-8222-222222222222',
    },
    sku: { name: 'Basic', tier: 'Basic' },
    properties: {
      friendlyName: 'Mine',
      publicNetworkAccess: 'Enabled',
      hbiWorkspace: settled(planned, 'workspace.hbi') === true,
      managedNetwork: { isolationMode: 'Disabled' },
      privateEndpointConnections: [],
      storageAccount: storageIdOf(planned) ?? `${providers}/Microsoft.Storage/storageAccounts/wsstorage`,
      keyVault: `${providers}/Microsoft.KeyVault/vaults/ws-vault`,
      applicationInsights: `${providers}/Microsoft.Insights/components/ws-insights`,
    },
  };
}

/** A firewall that blocks, unless the plan itself is to close it; some are let through already. */
function storageAccount(planned: Plan, id: string): JsonObject {
  const closes = planned.steps.some(
    (step) => idOf(step) === id && step.wants.some(({ path }) => path === 'properties.networkAcls.defaultAction'),
  );
  const other = `${elsewhere(planned)}/providers/Microsoft.Network/virtualNetworks/others/subnets/reports`;
  const factory = `${elsewhere(planned)}/providers/Microsoft.DataFactory/factories/others`;
  return {
    kind: 'StorageV2',
    sku: { name: 'Standard_ZRS', tier: 'Standard' },
    properties: {
      minimumTlsVersion: 'TLS1_2',
      allowBlobPublicAccess: false,
      supportsHttpsTrafficOnly: true,
      encryption: { keySource: 'Microsoft.Storage', requireInfrastructureEncryption: true },
      networkAcls: {
        bypass: 'AzureServices',
        defaultAction: closes ? 'Allow' : 'Deny',
        ipRules: [{ value: '203.0.113.7', action: 'Allow' }],
        virtualNetworkRules: [{ id: other, action: 'Allow', state: 'Succeeded' }],
        resourceAccessRules: [{ tenantId: '22222222-2222-4222-8222-222222222222', resourceId: factory }],
      },
    },
  };
}

/** Other subnets fill what the answers call taken, and one block more where there is room. */
function network(planned: Plan, id: string): JsonObject {
  const spaces = blocksAt(planned, 'vnet.prefixes');
  const own = blocksAt(planned, 'subnet.prefix');
  const taken = blocksAt(planned, 'vnet.taken').filter((block) => !overlaps([block], own));
  const more = nextFree([...spaces].reverse(), [...own, ...taken], 29);
  const blocks = more === null ? taken : [...taken, more];
  return {
    properties: {
      addressSpace: { addressPrefixes: spaces },
      dhcpOptions: { dnsServers: ['10.250.0.4', '10.250.0.5'] },
      subnets: blocks.map((addressPrefix, index) => ({ name: `other-${index + 1}`, properties: otherSubnet(planned, addressPrefix) })),
      virtualNetworkPeerings: [
        {
          name: 'to-hub',
          properties: { allowForwardedTraffic: true, remoteVirtualNetwork: { id: peerOf(planned) }, peeringState: 'Connected' },
        },
      ],
      enableDdosProtection: false,
    },
    id,
  };
}

function otherSubnet(planned: Plan, addressPrefix: string): JsonObject {
  return {
    addressPrefix,
    networkSecurityGroup: { id: `${elsewhere(planned)}/providers/Microsoft.Network/networkSecurityGroups/others` },
    serviceEndpoints: [{ service: 'Microsoft.Sql', locations: [regionOf(planned)] }],
    delegations: [{ name: 'web', properties: { serviceName: 'Microsoft.Web/serverFarms' } }],
    privateEndpointNetworkPolicies: 'Enabled',
  };
}

function subnet(planned: Plan): JsonObject {
  return {
    properties: {
      routeTable: { id: `${elsewhere(planned)}/providers/Microsoft.Network/routeTables/others` },
      serviceEndpoints: [
        { service: 'Microsoft.KeyVault', locations: ['*'] },
        { service: 'Microsoft.Sql', locations: [regionOf(planned)] },
      ],
      privateEndpointNetworkPolicies: 'Enabled',
      privateLinkServiceNetworkPolicies: 'Disabled',
      delegations: [],
    },
  };
}

function securityGroup(): JsonObject {
  const rule = (name: string, priority: number, direction: string): JsonObject => ({
    name,
    properties: {
      priority,
      direction,
      access: 'Allow',
      protocol: 'Tcp',
      description: 'theirs, not ours',
      sourcePortRange: '*',
      sourceAddressPrefixes: ['10.1.0.0/16', '10.2.0.0/16'],
      destinationAddressPrefix: '*',
      destinationPortRanges: ['22', '3389'],
    },
  });
  return { properties: { securityRules: [rule('AdminsIn', 101, 'Inbound'), rule('BackupOut', 102, 'Outbound')] } };
}

/** The ports of a rule are compared as one text, so they are read back from it. */
function securityRule(planned: Plan, id: string): JsonObject {
  const wants = planned.steps.find((step) => idOf(step) === id)?.wants ?? [];
  const ports = wants.find(({ path }) => path.includes('destinationPortRanges'));
  return { properties: { sourcePortRange: '*', destinationPortRanges: ports === undefined ? [] : textOfWant(ports).split(' ') } };
}

/** Where the neighbours live. */
function elsewhere(planned: Plan): string {
  return `/subscriptions/${String(settled(planned, 'subscription'))}/resourceGroups/rg-of-others`;
}

function peerOf(planned: Plan): string {
  return `${elsewhere(planned)}/providers/Microsoft.Network/virtualNetworks/others`;
}

function storageIdOf(planned: Plan): string | undefined {
  const step = planned.steps.find((one) => typeOf(one).toLowerCase() === 'microsoft.storage/storageaccounts');
  return step === undefined ? undefined : idOf(step);
}

function regionOf(planned: Plan): string {
  return String(settled(planned, 'region'));
}

function blocksAt(planned: Plan, name: string): string[] {
  const value = settled(planned, name) as Json;
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
