import type { Emulator } from './emulator/emulator.ts';
import { type Json, type JsonObject, listOf, propertiesOf, textOf } from './emulator/json.ts';
import { heldAt, idEnding } from './verified-world.ts';

/** Something that somebody does to what a run made, and the items of the checklist that it breaks. */
export interface Damage {
  readonly name: string;
  readonly to: string;
  readonly change: (resource: JsonObject) => JsonObject | undefined;
  readonly fails: readonly string[];
  /** Commands mend it; else a person is told what to do. */
  readonly healed: boolean;
}

const gone = () => undefined;

function set(path: string, value: Json): Damage['change'] {
  return (resource) => changed(resource, path.split('/'), value) as JsonObject;
}

function changed(at: Json, [step = '', ...rest]: readonly string[], value: Json): Json {
  if (step === '') return value;
  if (Array.isArray(at))
    return (at as Json[]).map((one, index) => (String(index) === step || nameOf(one) === step ? changed(one, rest, value) : one));
  const held = typeof at === 'object' && at !== null ? (at as JsonObject) : {};
  return { ...held, [step]: changed(held[step] ?? null, rest, value) };
}

function nameOf(one: Json): string {
  return typeof one === 'object' && one !== null && !Array.isArray(one) ? textOf((one as JsonObject).name) : '';
}

function without(path: string, name: string): Damage['change'] {
  return (resource) => ({
    ...resource,
    properties: { ...propertiesOf(resource), [path]: listOf(propertiesOf(resource)[path]).filter((one) => nameOf(one as Json) !== name) },
  });
}

function rule(name: string, properties: JsonObject): Damage['change'] {
  return (resource) => ({
    ...resource,
    properties: {
      ...propertiesOf(resource),
      securityRules: [
        ...listOf(propertiesOf(resource).securityRules),
        { id: `${textOf(resource.id)}/securityRules/${name}`, name, properties },
      ],
    },
  });
}

const deny = (direction: string, priority: number) => ({
  access: 'Deny',
  direction,
  priority,
  protocol: '*',
  sourceAddressPrefix: '*',
  sourcePortRange: '*',
  destinationAddressPrefix: '*',
  destinationPortRange: '*',
});

const network = '/virtualNetworks/vnet-northwind';
const storage = '/storageAccounts/stnorthwind6c32';
const vault = '/vaults/kv-northwind-6c32';
const registry = '/registries/crnorthwind6c32';
const workspace = '/workspaces/mlw-northwind';
const extension = '/extensions/amlarc-compute';
const inNetwork = (subnet: string, path: string, value: Json) => set(`properties/subnets/${subnet}/properties/${path}`, value);
const setting = (name: string, value: Json) => set(`properties/configurationSettings/${name}`, value);

/** Forty things that happen to networks, one at a time. */
export const damages: readonly Damage[] = [
  {
    name: 'training subnet is delegated',
    to: network,
    change: inNetwork('snet-training', 'delegations', [
      { name: '0', properties: { serviceName: 'Microsoft.ContainerInstance/containerGroups' } },
    ]),
    fails: ['not_delegated'],
    healed: true,
  },
  {
    name: 'training subnet loses its NAT gateway',
    to: network,
    change: inNetwork('snet-training', 'natGateway', null),
    fails: ['way_out', 'nat_bound'],
    healed: true,
  },
  {
    name: 'training subnet has another block',
    to: network,
    change: inNetwork('snet-training', 'addressPrefix', '10.80.8.0/27'),
    fails: ['subnet_in_network'],
    healed: false,
  },
  {
    name: 'training subnet is deleted',
    to: network,
    change: without('subnets', 'snet-training'),
    fails: ['subnet_in_network', 'not_delegated', 'way_out', 'nat_bound', 'subnet_nsg'],
    healed: true,
  },
  {
    name: 'Databricks subnet loses its delegation',
    to: network,
    change: inNetwork('databricks-private', 'delegations', []),
    fails: ['databricks_private_delegated'],
    healed: true,
  },
  {
    name: 'Databricks subnet loses its NSG',
    to: network,
    change: inNetwork('databricks-public', 'networkSecurityGroup', null),
    fails: ['databricks_public_guarded'],
    healed: true,
  },
  {
    name: 'Databricks subnet loses its NAT gateway',
    to: network,
    change: inNetwork('databricks-public', 'natGateway', null),
    fails: ['databricks_way_out_public'],
    healed: true,
  },
  {
    name: 'HDInsight subnet loses its NAT gateway',
    to: network,
    change: inNetwork('snet-hdinsight', 'natGateway', null),
    fails: ['hdinsight_way_out'],
    healed: true,
  },
  {
    name: 'network has DNS servers of its own',
    to: network,
    change: set('properties/dhcpOptions', { dnsServers: ['10.9.9.9'] }),
    fails: ['instance_dns.0'],
    healed: false,
  },
  { name: 'gateway subnet is deleted', to: network, change: without('subnets', 'GatewaySubnet'), fails: ['way_in'], healed: false },
  {
    name: 'NSG of the nodes denies everything outbound',
    to: '/networkSecurityGroups/nsg-northwind',
    change: rule('deny-all', deny('Outbound', 100)),
    fails: ['existing_rules'],
    healed: false,
  },
  {
    name: 'NSG rule for HDInsight is deleted',
    to: '/networkSecurityGroups/nsg-northwind-hdinsight',
    change: without('securityRules', 'AllowHDInsight'),
    fails: ['hdinsight_management.0'],
    healed: true,
  },
  {
    name: 'NSG rule for SSH to the machine is deleted',
    to: '/networkSecurityGroups/nsg-northwind-machine',
    change: without('securityRules', 'AllowAzureMLSsh'),
    fails: ['machine_ssh_rule.0'],
    healed: true,
  },
  {
    name: 'NSG of the machine denies everything outbound',
    to: '/networkSecurityGroups/nsg-northwind-machine',
    change: rule('deny-all', deny('Outbound', 100)),
    fails: ['machine_outbound'],
    healed: false,
  },
  {
    name: 'machine is open to the internet',
    to: '/networkSecurityGroups/nsg-northwind-machine',
    change: rule('open', { ...deny('Inbound', 120), access: 'Allow', destinationPortRange: '22' }),
    fails: ['machine_own_nsg'],
    healed: false,
  },
  {
    name: 'storage is opened to all networks',
    to: storage,
    change: set('properties/publicNetworkAccess', 'Enabled'),
    fails: ['storage_not_public'],
    healed: true,
  },
  {
    name: 'storage lets nobody by',
    to: storage,
    change: set('properties/networkAcls/bypass', 'None'),
    fails: ['storage_lets_workspace'],
    healed: true,
  },
  {
    name: 'storage refuses account keys',
    to: storage,
    change: set('properties/allowSharedKeyAccess', false),
    fails: ['storage_keys'],
    healed: true,
  },
  {
    name: 'key vault is opened',
    to: vault,
    change: set('properties/publicNetworkAccess', 'Enabled'),
    fails: ['vault_closed'],
    healed: true,
  },
  {
    name: 'key vault goes back to access policies',
    to: vault,
    change: set('properties/enableRbacAuthorization', false),
    fails: ['vault_rbac'],
    healed: false,
  },
  {
    name: 'registry is opened',
    to: registry,
    change: set('properties/publicNetworkAccess', 'Enabled'),
    fails: ['registry_closed'],
    healed: true,
  },
  { name: 'registry is no longer Premium', to: registry, change: set('sku/name', 'Standard'), fails: ['registry_premium'], healed: true },
  {
    name: 'registry trusts no services',
    to: registry,
    change: set('properties/networkRuleBypassOptions', 'None'),
    fails: ['registry_trusted'],
    healed: true,
  },
  {
    name: 'workspace is public',
    to: workspace,
    change: set('properties/publicNetworkAccess', 'Enabled'),
    fails: ['workspace_not_public'],
    healed: true,
  },
  {
    name: 'workspace is in v1 legacy mode',
    to: workspace,
    change: set('properties/v1LegacyMode', true),
    fails: ['no_legacy_mode'],
    healed: true,
  },
  {
    name: 'workspace builds images nowhere',
    to: workspace,
    change: set('properties/imageBuildCompute', ''),
    fails: ['builds_on_cluster'],
    healed: true,
  },
  {
    name: 'endpoint of the workspace is rejected',
    to: '/privateEndpoints/pe-northwind-workspace',
    change: set('properties/privateLinkServiceConnections/0/properties/privateLinkServiceConnectionState/status', 'Rejected'),
    fails: ['workspace_endpoint_made'],
    healed: false,
  },
  {
    name: 'endpoint of the blobs is deleted',
    to: '/privateEndpoints/pe-northwind-blob',
    change: gone,
    fails: ['storage_endpoint_made.0', 'endpoints_together', 'reader_on_endpoints.0'],
    healed: true,
  },
  {
    name: 'zone link is deleted',
    to: '/privatelink.api.azureml.ms/virtualNetworkLinks/link-vnet-northwind',
    change: gone,
    fails: ['zones_linked.0'],
    healed: true,
  },
  {
    name: 'record of the storage is gone',
    to: '/privatelink.blob.core.windows.net/a/stnorthwind6c32',
    change: gone,
    fails: ['records_right'],
    healed: false,
  },
  {
    name: 'record of the vault points elsewhere',
    to: '/privatelink.vaultcore.azure.net/a/kv-northwind-6c32',
    change: set('properties/aRecords', [{ ipv4Address: '10.99.0.4' }]),
    fails: ['records_right'],
    healed: false,
  },
  {
    name: 'reader on the endpoint is gone',
    to: '/pe-northwind-blob/providers/Microsoft.Authorization/roleAssignments/46366f89-3d58-88e1-86e4-06a471c7d13d',
    change: gone,
    fails: ['reader_on_endpoints.0'],
    healed: true,
  },
  {
    name: 'cluster got a public IP',
    to: '/computes/northwind-cluster',
    change: set('properties/properties/enableNodePublicIp', true),
    fails: ['cluster_public_ip.0'],
    healed: false,
  },
  {
    name: 'cluster keeps nodes',
    to: '/computes/northwind-cluster',
    change: set('properties/properties/scaleSettings/minNodeCount', 2),
    fails: ['cluster_nodes.0', 'cluster_keeps_none.0'],
    healed: true,
  },
  {
    name: 'instance never stops',
    to: '/computes/northwind-ci',
    change: set('properties/properties/idleTimeBeforeShutdown', null),
    fails: ['instance_idle.0'],
    healed: false,
  },
  {
    name: 'Databricks has another tier',
    to: '/workspaces/dbw-northwind',
    change: set('sku/name', 'standard'),
    fails: ['databricks_premium'],
    healed: true,
  },
  {
    name: 'attached machine is gone',
    to: '/computes/northwind-vm',
    change: gone,
    fails: ['targets_attached', 'machine_attached'],
    healed: true,
  },
  {
    name: 'extension trains no more',
    to: extension,
    change: setting('enableTraining', 'False'),
    fails: ['extension_training'],
    healed: false,
  },
  {
    name: 'extension follows no updates',
    to: extension,
    change: set('properties/autoUpgradeMinorVersion', false),
    fails: ['extension_follows'],
    healed: true,
  },
  {
    name: 'Arc cluster is offline',
    to: '/connectedClusters/arc-northwind-edge',
    change: set('properties/connectivityStatus', 'Offline'),
    fails: ['arc_reports'],
    healed: false,
  },
  {
    name: 'Kubernetes is attached in another namespace',
    to: '/computes/northwind-k8s',
    change: set('properties/properties/namespace', 'other'),
    fails: ['cluster_namespace'],
    healed: false,
  },
];

/** Does a damage to the emulator; gives what heals it. */
export function doTo(emulator: Emulator, { to, change }: Damage): () => void {
  const id = idEnding(to);
  const all = structuredClone([...emulator.resources()]);
  emulator.plant(id, change(structuredClone(emulator.resources().get(id.toLowerCase()) ?? heldAt(id))));
  // What stood below something that was removed comes back too, parents first.
  return () => {
    for (const [one, resource] of all) emulator.plant(one, resource);
  };
}
