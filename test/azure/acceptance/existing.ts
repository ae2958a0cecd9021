import { nextFree, overlaps } from '../../../src/core/addresses.ts';
import type { Plan, Step } from '../../../src/core/plan.ts';
import { wordText } from '../../../src/core/words.ts';
import { type Json, type JsonObject, objectOf, propertiesOf } from '../emulator/json.ts';
import { existingCluster, existingMachine, exists, machineParts, rulesForAttached } from './existing-machines.ts';
import { elsewhere, idOf, regionOf, settled, typeOf } from './planned.ts';
import { placeOf, put, textOfWant, typedValue } from './wants.ts';

/** A network of other people in the same subscription; what exists already refers to it. */
export function neighbourhood(planned: Plan): JsonObject[] {
  const location = regionOf(planned);
  const network = `${elsewhere(planned)}/providers/Microsoft.Network`;
  const subnet = { name: 'reports', properties: { addressPrefix: '10.250.0.0/24', serviceEndpoints: [{ service: 'Microsoft.Storage' }] } };
  return [
    { id: elsewhere(planned), location, tags: { owner: 'somebody else' }, properties: {} },
    { id: `${network}/networkSecurityGroups/others`, location, properties: { securityRules: rulesForAttached(planned) } },
    { id: `${network}/routeTables/others`, location, properties: { routes: [] } },
    ...hubZones(planned),
    ...endpointsThere(planned),
    ...namedTargets(planned),
    ...machineParts(planned),
    {
      id: `${network}/virtualNetworks/others`,
      location,
      properties: { addressSpace: { addressPrefixes: ['10.250.0.0/16'] }, subnets: [subnet] },
    },
  ];
}

/** The private DNS zones that the plan uses and does not make, as a hub keeps them. */
function hubZones(planned: Plan): JsonObject[] {
  const text = JSON.stringify(planned.steps.map(({ create, update }) => [...create, ...update].map((words) => words.map(wordText))));
  const ids = new Set(text.match(/\/subscriptions\/[^"]*?\/privateDnsZones\/[a-z0-9.]+/g) ?? []);
  const made = new Set(planned.steps.map((step) => idOf(step).toLowerCase()));
  const found = [...ids].filter((id) => !made.has(id.toLowerCase()));
  const group = found[0]?.split('/providers/')[0];
  return [
    ...(group === undefined ? [] : [{ id: group, location: regionOf(planned), properties: {} }]),
    ...found.flatMap((id) => [
      { id, location: 'global', tags: { owner: 'the hub' }, properties: {} },
      ...planned.steps
        .filter((step) => typeOf(step) === 'Microsoft.Network/virtualNetworks')
        .map((step) => ({
          id: `${id}/virtualNetworkLinks/spoke`,
          location: 'global',
          properties: { virtualNetwork: { id: idOf(step) }, registrationEnabled: false, virtualNetworkLinkState: 'Completed' },
        })),
    ]),
  ];
}

/** The private endpoints of workspace and storage account where the answers say that they exist, in a subnet of the network. */
function endpointsThere(planned: Plan): JsonObject[] {
  if (settled(planned, 'endpoints.origin') !== 'existing') return [];
  const idOfType = (type: string) => planned.steps.filter((step) => typeOf(step) === type).map(idOf)[0] ?? '';
  const [network, workspaceId, storageId] = [
    idOfType('Microsoft.Network/virtualNetworks'),
    idOfType('Microsoft.MachineLearningServices/workspaces'),
    idOfType('Microsoft.Storage/storageAccounts'),
  ];
  const wanted = [
    [workspaceId, 'amlworkspace'],
    [storageId, 'blob'],
    [storageId, 'file'],
  ] as const;
  return wanted.map(([target, group]) => ({
    id: `${elsewhere(planned)}/providers/Microsoft.Network/privateEndpoints/theirs-${group}`,
    location: regionOf(planned),
    properties: {
      subnet: { id: `${network}/subnets/other-1` },
      privateLinkServiceConnections: [{ name: group, properties: { privateLinkServiceId: target, groupIds: [group], ...approved } }],
    },
  }));
}

/** Storage accounts of others that outbound rules name. */
function namedTargets(planned: Plan): JsonObject[] {
  const words = planned.steps.flatMap(({ create }) => create.flat()).map((word) => wordText(word) ?? '');
  const made = new Set(planned.steps.map((step) => idOf(step).toLowerCase()));
  const ids = new Set(words.filter((word) => /\/storageAccounts\/[^/]+$/.test(word) && !made.has(word.toLowerCase())));
  return [...ids].flatMap((id): JsonObject[] => [
    { id: id.split('/providers/')[0] ?? '', location: regionOf(planned), properties: {} },
    { id, location: regionOf(planned), ...storageAccount(planned, id) },
  ]);
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

/** The identity of every workspace here. */
const principalId = '00000000-0000-4000-8000-00000000bbbb';

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
  'microsoft.keyvault/vaults': () => ({
    properties: {
      tenantId: '22222222-2222-4222-8222-222222222222',
      sku: { family: 'A', name: 'standard' },
      accessPolicies: [],
      enableRbacAuthorization: true,
      enableSoftDelete: true,
      networkAcls: { bypass: 'AzureServices', defaultAction: 'Deny', ipRules: [{ value: '203.0.113.7/32' }], virtualNetworkRules: [] },
    },
  }),
  'microsoft.containerregistry/registries': () => ({
    sku: { name: 'Premium', tier: 'Premium' },
    properties: {
      adminUserEnabled: true,
      publicNetworkAccess: 'Enabled',
      networkRuleBypassOptions: 'AzureServices',
      networkRuleSet: { defaultAction: 'Deny', ipRules: [{ action: 'Allow', value: '203.0.113.7' }] },
    },
  }),
  'microsoft.compute/virtualmachines': existingMachine,
  'microsoft.hdinsight/clusters': existingCluster,
  'microsoft.network/privateendpoints': privateEndpoint,
  'microsoft.authorization/roleassignments': (_, id) => ({
    properties: { scope: id.split('/providers/Microsoft.Authorization/')[0] ?? '', principalId },
  }),
  'microsoft.databricks/workspaces': databricksWorkspace,
  'microsoft.kubernetes/connectedclusters': () => ({
    identity: { type: 'SystemAssigned', principalId, tenantId: '22222222-2222-4222-8222-222222222222' },
    properties: { agentPublicKeyCertificate: 'a2V5', connectivityStatus: 'Connected', distribution: 'k3s', totalNodeCount: 3 },
  }),
  'microsoft.containerservice/managedclusters': () => ({
    identity: { type: 'SystemAssigned', principalId, tenantId: '22222222-2222-4222-8222-222222222222' },
    properties: { kubernetesVersion: '1.33.2', disableLocalAccounts: false, agentPoolProfiles: [{ name: 'nodes', count: 3 }] },
  }),
  'microsoft.network/natgateways': () => ({ sku: { name: 'Standard' }, properties: { idleTimeoutInMinutes: 10, publicIpAddresses: [] } }),
};

function workspace(planned: Plan, id: string): JsonObject {
  const providers = id.slice(0, id.toLowerCase().indexOf('/microsoft.machinelearningservices'));
  return {
    identity: { ...identityOf(planned), principalId, tenantId: '22222222-2222-4222-8222-222222222222' },
    sku: { name: 'Basic', tier: 'Basic' },
    properties: {
      friendlyName: 'Mine',
      publicNetworkAccess: 'Enabled',
      hbiWorkspace: settled(planned, 'workspace.hbi') === true,
      managedNetwork: { isolationMode: 'Disabled' },
      privateEndpointConnections: connectionsTo(planned, id),
      storageAccount: storageIdOf(planned) ?? `${providers}/Microsoft.Storage/storageAccounts/wsstorage`,
      keyVault: `${providers}/Microsoft.KeyVault/vaults/ws-vault`,
      applicationInsights: `${providers}/Microsoft.Insights/components/ws-insights`,
    },
  };
}

/** The identity that the answers say the workspace has. */
function identityOf(planned: Plan): JsonObject {
  if (settled(planned, 'attach.workspace_identity') !== true) return { type: 'SystemAssigned' };
  const id = `${elsewhere(planned)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/theirs`;
  return { type: 'SystemAssigned,UserAssigned', userAssignedIdentities: { [id]: { principalId, clientId: principalId } } };
}

/** The endpoint of a plan, approved, which points at what its create command says. */
function privateEndpoint(planned: Plan, id: string): JsonObject {
  const target = targetOf(planned.steps.find((step) => idOf(step) === id && step.create.length > 0));
  return {
    properties: { privateLinkServiceConnections: [{ name: 'connection', properties: { privateLinkServiceId: target, ...approved } }] },
  };
}

/** What the endpoints of a plan leave behind on their target. */
function connectionsTo(planned: Plan, id: string): JsonObject[] {
  const made = planned.steps.filter((step) => targetOf(step).toLowerCase() === id.toLowerCase()).map(idOf);
  const there = endpointsThere(planned)
    .filter((one) => JSON.stringify(one).includes(`"${id}"`))
    .map((one) => String(one.id));
  return [...made, ...there].map((endpoint, index) => ({
    name: `connection-${index + 1}`,
    properties: { privateEndpoint: { id: endpoint }, ...approved },
  }));
}

const approved = { privateLinkServiceConnectionState: { status: 'Approved' } };

function targetOf(step: Step | undefined): string {
  const words = step?.create[0]?.map((word) => wordText(word) ?? '') ?? [];
  return words[words.indexOf('--private-connection-resource-id') + 1] ?? '';
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
  const own = Object.keys(planned.situation.answers)
    .filter((name) => name.endsWith('prefix'))
    .flatMap((name) => blocksAt(planned, name));
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
          properties: {
            allowForwardedTraffic: true,
            remoteVirtualNetwork: { id: peerOf(planned) },
            remoteAddressSpace: { addressPrefixes: ['10.250.0.0/16', '10.0.0.0/24'] },
            peeringState: 'Connected',
          },
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
    ...(exists(planned, 'Microsoft.HDInsight/clusters')
      ? { routeTable: { id: `${elsewhere(planned)}/providers/Microsoft.Network/routeTables/others` } }
      : {}),
    serviceEndpoints: [{ service: 'Microsoft.Sql', locations: [regionOf(planned)] }],
    delegations: [{ name: 'web', properties: { serviceName: 'Microsoft.Web/serverFarms' } }],
    privateEndpointNetworkPolicies: 'Enabled',
  };
}

function subnet(planned: Plan, id: string): JsonObject {
  const guarded = planned.steps.some(
    (step) => idOf(step) === id && step.wants.some(({ path }) => path.startsWith('properties.networkSecurityGroup.id &&')),
  );
  const group = { networkSecurityGroup: { id: `${elsewhere(planned)}/providers/Microsoft.Network/networkSecurityGroups/others` } };
  return {
    properties: {
      ...(guarded ? group : {}),
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

/** What a plan wants of it is filled in; the rest is as somebody made it. */
function databricksWorkspace(planned: Plan, id: string): JsonObject {
  const managed = `/subscriptions/${String(settled(planned, 'subscription'))}/resourceGroups/databricks-rg-${id.split('/').at(-1) ?? ''}`;
  const number = '1234567890123456';
  return {
    sku: { name: 'premium' },
    properties: {
      managedResourceGroupId: managed,
      requiredNsgRules: 'AllRules',
      publicNetworkAccess: 'Enabled',
      parameters: { enableNoPublicIp: { type: 'Bool', value: settled(planned, 'databricks.no_public_ip') === true } },
      workspaceId: number,
      workspaceUrl: `adb-${number}.6.azuredatabricks.net`,
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
  // A rule that lacks anything keeps Azure from changing any rule of its group.
  const whole = wants.reduce<JsonObject>((rule, want) => put(rule, placeOf(want) ?? [], typedValue(textOfWant(want))), {});
  const { destinationPortRange: _, ...properties } = propertiesOf(whole);
  const destinationPortRanges = ports === undefined ? [] : textOfWant(ports).split(' ');
  return { properties: { ...properties, access: 'Deny', sourcePortRange: '*', destinationPortRanges } };
}

function peerOf(planned: Plan): string {
  return `${elsewhere(planned)}/providers/Microsoft.Network/virtualNetworks/others`;
}

function storageIdOf(planned: Plan): string | undefined {
  const step = planned.steps.find((one) => typeOf(one).toLowerCase() === 'microsoft.storage/storageaccounts');
  return step === undefined ? undefined : idOf(step);
}

function blocksAt(planned: Plan, name: string): string[] {
  const value = settled(planned, name) as Json;
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
