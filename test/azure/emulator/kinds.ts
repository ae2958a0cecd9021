import { roleAssignments } from './authorization.ts';
import type { Kind } from './kind.ts';
import { computes, workspaces } from './machine-learning.ts';
import { privateEndpoints } from './private-endpoints.ts';
import { refuseDeleteInUse, refuseReferences } from './references.ts';
import { securityGroups, securityRules, usedBySubnets } from './security-groups.ts';
import { storageAccounts } from './storage-accounts.ts';
import { subnets, virtualNetworks } from './virtual-networks.ts';

const special: Record<string, Kind> = {
  'microsoft.network/virtualnetworks': virtualNetworks,
  'microsoft.network/virtualnetworks/subnets': subnets,
  'microsoft.network/virtualnetworks/virtualnetworkpeerings': { takes: 80, busyOn: (id) => id.parent, refuse: refuseReferences },
  'microsoft.network/networksecuritygroups': securityGroups,
  'microsoft.network/networksecuritygroups/securityrules': securityRules,
  'microsoft.network/routetables': usedBySubnets,
  'microsoft.network/natgateways': usedBySubnets,
  'microsoft.network/serviceendpointpolicies': usedBySubnets,
  'microsoft.network/privateendpoints': privateEndpoints,
  'microsoft.storage/storageaccounts': storageAccounts,
  'microsoft.machinelearningservices/workspaces': workspaces,
  'microsoft.machinelearningservices/workspaces/computes': computes,
  'microsoft.authorization/roleassignments': roleAssignments,
};

const network: Kind = { takes: 50, refuse: refuseReferences, refuseDelete: refuseDeleteInUse };

/** What Azure does with resources of a type. */
export function kindOf(type: string): Kind {
  const key = type.toLowerCase();
  return special[key] ?? (key.startsWith('microsoft.network/') ? network : {});
}
