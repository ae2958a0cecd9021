import type { Plan } from '../../../src/core/plan.ts';
import type { JsonObject } from '../emulator/json.ts';
import { elsewhere, idOf, regionOf, typeOf } from './planned.ts';

/** Tells whether a plan takes a resource of this type for granted. */
export function exists(planned: Plan, type: string): boolean {
  return planned.steps.some((step) => step.type === 'require' && typeOf(step) === type);
}

/** What Azure Machine Learning and HDInsight need of the security group of machines that are attached. */
export function rulesForAttached(planned: Plan): JsonObject[] {
  const rule = (name: string, priority: number, source: string, port: string): JsonObject => ({
    name,
    properties: {
      priority,
      direction: 'Inbound',
      access: 'Allow',
      protocol: '*',
      sourceAddressPrefix: source,
      sourcePortRange: '*',
      destinationAddressPrefix: '*',
      destinationPortRange: port,
    },
  });
  const ssh = rule('AmlSsh', 200, 'AzureMachineLearning', '22');
  const management = rule('HDInsight', 210, 'HDInsight', '443');
  if (exists(planned, 'Microsoft.HDInsight/clusters')) return [ssh, management];
  return exists(planned, 'Microsoft.Compute/virtualMachines') ? [ssh] : [];
}

/** Card and address of a machine that exists, which the plan does not name. */
export function machineParts(planned: Plan): JsonObject[] {
  const machine = planned.steps.find((step) => step.type === 'require' && typeOf(step) === 'Microsoft.Compute/virtualMachines');
  if (machine === undefined) return [];
  const network = `${elsewhere(planned)}/providers/Microsoft.Network`;
  const address = { id: `${network}/publicIPAddresses/theirs-ip`, location: regionOf(planned), sku: { name: 'Standard' }, properties: {} };
  const properties = { publicIPAddress: { id: address.id }, subnet: { id: subnetThere(planned) } };
  const card = {
    id: `${network}/networkInterfaces/theirs-nic`,
    location: regionOf(planned),
    properties: { virtualMachine: { id: idOf(machine) }, ipConfigurations: [{ name: 'one', properties }] },
  };
  return [address, card];
}

/** A machine that existed for long: with Ubuntu, and keys alone. */
export function existingMachine(planned: Plan): JsonObject {
  return {
    properties: {
      networkProfile: {
        networkInterfaces: [{ id: `${elsewhere(planned)}/providers/Microsoft.Network/networkInterfaces/theirs-nic` }],
      },
      storageProfile: { osDisk: { osType: 'Linux' }, imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts' } },
      osProfile: { linuxConfiguration: { disablePasswordAuthentication: true } },
    },
  };
}

/** A Spark cluster that runs in a subnet of the network. */
export function existingCluster(planned: Plan, id: string): JsonObject {
  return {
    properties: {
      clusterState: 'Running',
      computeProfile: { roles: [{ name: 'headnode', virtualNetworkProfile: { subnet: subnetThere(planned) } }] },
      connectivityEndpoints: [{ name: 'SSH', protocol: 'TCP', location: `${id.split('/').at(-1)}-ssh.azurehdinsight.net`, port: 22 }],
    },
  };
}

/** The first subnet of the network of the answers. */
function subnetThere(planned: Plan): string {
  const network = planned.steps.find((step) => typeOf(step) === 'Microsoft.Network/virtualNetworks');
  if (network === undefined) throw new Error('the plan has no network');
  return `${idOf(network)}/subnets/other-1`;
}
