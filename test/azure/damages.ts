import { type Damage, deny, rule, set, without } from './damage.ts';
import { toEndpoints } from './damages-endpoints.ts';
import type { Json } from './emulator/json.ts';

const network = '/virtualNetworks/vnet-northwind';
const storage = '/storageAccounts/stnorthwind6c32';
const vault = '/vaults/kv-northwind-6c32';
const registry = '/registries/crnorthwind6c32';
const workspace = '/workspaces/mlw-northwind';
const inNetwork = (subnet: string, path: string, value: Json) => set(`properties/subnets/${subnet}/properties/${path}`, value);

/** What happens to networks, one thing at a time: more than forty that commands mend, and a few that only people may. */
export const damages: readonly Damage[] = [
  ...toEndpoints,
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
    healed: true,
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
    healed: true,
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
    name: 'NAT gateway loses its address',
    to: '/natGateways/nat-northwind',
    change: set('properties/publicIpAddresses', []),
    fails: ['nat_has_address'],
    healed: true,
  },
  {
    name: 'training subnet loses its NSG',
    to: network,
    change: inNetwork('snet-training', 'networkSecurityGroup', null),
    fails: ['subnet_nsg'],
    healed: true,
  },
  {
    name: 'endpoints come under network policies',
    to: network,
    change: inNetwork('snet-endpoints', 'privateEndpointNetworkPolicies', 'Enabled'),
    fails: ['endpoint_policies'],
    healed: true,
  },
];
