import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { type Refusal, refusal } from './refusal.ts';
import { isResource, parsePath, sameId } from './resource-id.ts';
import { refuseTaken } from './unique-names.ts';

/** An HDInsight cluster. What Azure refuses is known from the documents; most of the wording is ours. */
export const hdinsightClusters: Kind = {
  takes: 200,
  created: 200,
  shape: ({ id, body }) => {
    const properties = propertiesOf(body);
    const network = { resourceProviderConnection: 'Inbound', ...objectOf(properties.networkProperties) };
    return {
      ...body,
      properties: {
        ...properties,
        networkProperties: network,
        clusterState: 'Running',
        connectivityEndpoints: endpoints(id.name, network),
      },
    };
  },
  refuse: (write) => refuseTaken(write) ?? refuseNodes(write) ?? refusePasswords(write) ?? refuseSubnet(write) ?? refuseStorage(write),
  view: (cluster) => withoutSecrets(cluster),
};

/** Which sizes HDInsight takes when nobody names one. */
export const billingSpecs: JsonObject = {
  vmSizes: ['Standard_E8_v3', 'Standard_E4_v3'],
  vmSizeFilters: ['HeadNodeRole', 'WorkerNodeRole'].map((role) => ({
    filterMode: 'Default',
    nodeTypes: [role],
    clusterFlavors: ['spark', 'hadoop'],
    vmSizes: ['Standard_E8_v3'],
  })),
};

function endpoints(name: string, network: JsonObject): JsonObject[] {
  if (network.resourceProviderConnection === 'Outbound') return [];
  return [
    { name: 'SSH', protocol: 'TCP', location: `${name}-ssh.azurehdinsight.net`, port: 22 },
    { name: 'HTTPS', protocol: 'TCP', location: `${name}.azurehdinsight.net`, port: 443 },
  ];
}

function rolesOf(cluster: JsonObject): JsonObject[] {
  return listOf(objectOf(propertiesOf(cluster).computeProfile).roles).map(objectOf);
}

/** Azure gives passwords and keys back to nobody. */
function withoutSecrets(cluster: JsonObject): JsonObject {
  const { storageProfile: _, ...properties } = propertiesOf(cluster);
  const roles = rolesOf(cluster).map((role) => {
    const { password: __, ...linux } = objectOf(objectOf(role.osProfile).linuxOperatingSystemProfile);
    return { ...role, osProfile: { linuxOperatingSystemProfile: linux } };
  });
  const { configurations: ___, ...definition } = objectOf(properties.clusterDefinition);
  return { ...cluster, properties: { ...properties, clusterDefinition: definition, computeProfile: { roles } } };
}

function bad(code: string, message: string): Refusal {
  return refusal(400, code, message);
}

function refuseNodes({ body }: Write): Refusal | undefined {
  const count = (name: string) => rolesOf(body).find((role) => role.name === name)?.targetInstanceCount;
  if (count('headnode') !== 2) return bad('BadRequest', 'A cluster needs two head nodes.');
  return Number(count('workernode') ?? 0) > 0 ? undefined : bad('BadRequest', 'A cluster needs a worker node at least.');
}

function refusePasswords({ body }: Write): Refusal | undefined {
  const gateway = objectOf(objectOf(objectOf(propertiesOf(body).clusterDefinition).configurations).gateway);
  const linux = objectOf(objectOf(rolesOf(body)[0]?.osProfile).linuxOperatingSystemProfile);
  const weak = (text: string) =>
    !(text.length >= 10 && /\d/.test(text) && /[A-Za-z]/.test(text) && /[^A-Za-z0-9]/.test(text)) || /['"`\\\s]/.test(text);
  if (weak(textOf(gateway['restAuthCredential.password'])))
    return bad('InvalidPassword', 'The password of the cluster login needs ten characters with a digit, a letter and a special character.');
  return weak(textOf(linux.password)) && linux.sshProfile === undefined
    ? bad('InvalidPassword', 'The password for SSH needs ten characters with a digit, a letter and a special character.')
    : undefined;
}

/** The NSG has to let HDInsight in before the cluster is created, unless it calls out itself. */
function refuseSubnet({ body, store }: Write): Refusal | undefined {
  const profile = objectOf(rolesOf(body)[0]?.virtualNetworkProfile);
  const text = textOf(profile.subnet);
  if (text === '') return undefined;
  const subnet = store.get(text);
  const parsed = parsePath(text);
  if (subnet === undefined || parsed === undefined || !isResource(parsed))
    return bad('InvalidNetworkConfigurationErrorCode', `The subnet ${text} was not found.`);
  const region = (resource: JsonObject | undefined) => textOf(resource?.location).toLowerCase().replaceAll(' ', '');
  if (region(store.get(parsed.parent ?? '')) !== region(body))
    return bad('InvalidNetworkConfigurationErrorCode', 'The virtual network is in another region than the cluster.');
  const group = store.get(textOf(objectOf(propertiesOf(subnet).networkSecurityGroup).id));
  const inbound = objectOf(propertiesOf(body).networkProperties).resourceProviderConnection !== 'Outbound';
  if (!inbound || group === undefined) return undefined;
  const rules = listOf(propertiesOf(group).securityRules).map((rule) => propertiesOf(objectOf(rule)));
  const open = rules
    .filter((rule) => rule.direction === 'Inbound' && rule.access === 'Allow' && has443(rule))
    .map((rule) => textOf(rule.sourceAddressPrefix));
  const own = `HDInsight.${region(body)}`;
  return open.some((source) => ['HDInsight', own].some((tag) => sameId(tag, source)))
    ? undefined
    : bad(
        'InvalidNetworkSecurityGroupSecurityRules',
        'The security rules of the network security group do not allow HDInsight to reach the cluster on port 443.',
      );
}

function has443(rule: JsonObject): boolean {
  return [textOf(rule.destinationPortRange), ...listOf(rule.destinationPortRanges).map(textOf)].includes('443');
}

function refuseStorage({ body, store }: Write): Refusal | undefined {
  const accounts = listOf(objectOf(propertiesOf(body).storageProfile).storageaccounts).map(objectOf);
  const [first] = accounts;
  if (first === undefined) return bad('BadRequest', 'A cluster needs a storage account.');
  const account = store.get(textOf(first.resourceId));
  if (account === undefined) return bad('BadRequest', `The storage account ${textOf(first.resourceId)} was not found.`);
  const properties = propertiesOf(account);
  if (textOf(first.key) === '' || properties.allowSharedKeyAccess === false)
    return bad('BadRequest', 'The storage account is not reached with this key.');
  if (properties.isHnsEnabled === true) return bad('BadRequest', 'A Data Lake Gen2 account needs a managed identity.');
  return objectOf(properties.networkAcls).defaultAction === 'Deny'
    ? bad('BadRequest', 'The firewall of the storage account keeps HDInsight away.')
    : undefined;
}
