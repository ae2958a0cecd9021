import { roleAssignments } from './authorization.ts';
import { clusterExtensions } from './cluster-extensions.ts';
import { databricksWorkspaces } from './databricks.ts';
import { deploymentsOf } from './deployments.ts';
import { endpointPolicies, endpointPolicyDefinitions } from './endpoint-policies.ts';
import { hdinsightClusters } from './hdinsight.ts';
import { keyVaults } from './key-vaults.ts';
import type { Kind } from './kind.ts';
import { connectedClusters, managedClusters } from './kubernetes-clusters.ts';
import { computes } from './machine-learning.ts';
import { insights, logWorkspaces } from './monitoring.ts';
import { outboundRules } from './outbound-rules.ts';
import { isRecordType, privateDnsZones, zoneLinks, zoneRecords } from './private-dns-zones.ts';
import { privateEndpointConnections } from './private-endpoint-approval.ts';
import { privateEndpoints } from './private-endpoints.ts';
import { refuseDeleteInUse, refuseReferences } from './references.ts';
import { registries } from './registries.ts';
import { routes, routeTables } from './routes.ts';
import { securityGroups, securityRules, usedBySubnets } from './security-groups.ts';
import { storageAccounts } from './storage-accounts.ts';
import { networkInterfaces, virtualMachines } from './virtual-machines.ts';
import { subnets, virtualNetworks } from './virtual-networks.ts';
import { workspaces } from './workspaces.ts';
import { zoneGroups } from './zone-groups.ts';

const special: Record<string, Kind> = {
  'microsoft.network/virtualnetworks': virtualNetworks,
  'microsoft.network/virtualnetworks/subnets': subnets,
  'microsoft.network/virtualnetworks/virtualnetworkpeerings': { takes: 80, busyOn: (id) => id.parent, refuse: refuseReferences },
  'microsoft.network/networksecuritygroups': securityGroups,
  'microsoft.network/networksecuritygroups/securityrules': securityRules,
  'microsoft.network/routetables': routeTables,
  'microsoft.network/routetables/routes': routes,
  'microsoft.network/natgateways': usedBySubnets,
  'microsoft.network/serviceendpointpolicies': endpointPolicies,
  'microsoft.network/serviceendpointpolicies/serviceendpointpolicydefinitions': endpointPolicyDefinitions,
  'microsoft.network/privateendpoints': privateEndpoints,
  'microsoft.network/privateendpoints/privatednszonegroups': zoneGroups,
  'microsoft.network/privatednszones': privateDnsZones,
  'microsoft.network/privatednszones/virtualnetworklinks': zoneLinks,
  'microsoft.network/networkinterfaces': networkInterfaces,
  'microsoft.compute/virtualmachines': virtualMachines,
  'microsoft.hdinsight/clusters': hdinsightClusters,
  'microsoft.resources/deployments': deploymentsOf((type) => kindOf(type)),
  'microsoft.storage/storageaccounts': storageAccounts,
  'microsoft.machinelearningservices/workspaces': workspaces,
  'microsoft.machinelearningservices/workspaces/computes': computes,
  'microsoft.machinelearningservices/workspaces/outboundrules': outboundRules,
  'microsoft.databricks/workspaces': databricksWorkspaces,
  'microsoft.keyvault/vaults': keyVaults,
  'microsoft.containerregistry/registries': registries,
  'microsoft.operationalinsights/workspaces': logWorkspaces,
  'microsoft.insights/components': insights,
  'microsoft.authorization/roleassignments': roleAssignments,
  'microsoft.kubernetes/connectedclusters': connectedClusters,
  'microsoft.containerservice/managedclusters': managedClusters,
  'microsoft.kubernetesconfiguration/extensions': clusterExtensions,
  'microsoft.relay/namespaces': { takes: 50 },
};

const network: Kind = { takes: 50, refuse: refuseReferences, refuseDelete: refuseDeleteInUse };

/** What Azure does with resources of a type. */
export function kindOf(type: string): Kind {
  const key = type.toLowerCase();
  if (key.endsWith('/privateendpointconnections')) return privateEndpointConnections;
  if (isRecordType(key)) return zoneRecords;
  return special[key] ?? (key.startsWith('microsoft.network/') ? network : {});
}
