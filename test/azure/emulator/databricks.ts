import { maskOf } from './addresses.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { type Refusal, refusal } from './refusal.ts';
import { sameId } from './resource-id.ts';
import type { Store } from './store.ts';
import { prefixesOf } from './virtual-networks.ts';

const delegation = 'Microsoft.Databricks/workspaces';
const ruleName = 'Microsoft.Databricks-workspaces_UseOnly_databricks-worker-to-';

/** What a Databricks workspace has to reach outside, by category: a list without pages, other than everything else. */
export const databricksHosts: readonly JsonObject[] = [
  { category: 'Webapp', endpoints: [{ domainName: 'tunnel.example.azuredatabricks.net', endpointDetails: [{ port: 443 }] }] },
  { category: 'Metastore', endpoints: [{ domainName: 'metastore.mysql.example.com', endpointDetails: [{ port: 3306 }] }] },
  { category: 'EventHub', endpoints: [{ domainName: 'prod.servicebus.example.com', endpointDetails: [{ port: 9093 }] }] },
];

/** A Databricks workspace: it takes two subnets for itself and writes rules into their security groups. What it refuses is known, the wording is ours. */
export const databricksWorkspaces: Kind = {
  takes: 120,
  shape,
  refuse: (write) => refuseBody(write) ?? refuseManagedGroup(write) ?? refuseNetwork(write) ?? refuseMove(write),
  after: ({ body, store }) => {
    const managed = textOf(propertiesOf(body).managedResourceGroupId);
    if (store.get(managed) === undefined)
      store.put(managed, { location: body.location ?? '', properties: { provisioningState: 'Succeeded' } });
    for (const subnet of subnetsOf(body, store)) writeRules(subnet, body, store);
  },
  afterDelete: (_, before, store) => store.remove(textOf(propertiesOf(before).managedResourceGroupId)),
};

/** The value of a parameter of a Databricks workspace. */
function parameter(workspace: JsonObject | undefined, name: string): string {
  const value = objectOf(objectOf(propertiesOf(workspace).parameters)[name]).value;
  return typeof value === 'boolean' ? String(value) : textOf(value);
}

function shape({ id, body, before }: Write): JsonObject {
  const given = propertiesOf(body);
  const parameters = Object.entries(objectOf(given.parameters)).map(([name, held]) => {
    const value = objectOf(held).value ?? '';
    return [name, { type: typeof value === 'boolean' ? 'Bool' : 'String', value }] as const;
  });
  const number = textOf(propertiesOf(before).workspaceId) || String(7_000_000_000_000_000 + id.key.length);
  const kept = { workspaceId: number, workspaceUrl: `adb-${number}.7.azuredatabricks.net` };
  const properties = {
    publicNetworkAccess: 'Enabled',
    requiredNsgRules: 'AllRules',
    ...given,
    parameters: Object.fromEntries(parameters),
    ...kept,
  };
  return { ...body, properties };
}

function refuseBody({ id, body }: Write): Refusal | undefined {
  const tier = textOf(objectOf(body.sku).name) || 'premium';
  if (!/^[A-Za-z0-9_-]{3,64}$/.test(id.name)) return refusal(400, 'InvalidWorkspaceName', `The workspace name ${id.name} is not valid.`);
  if (textOf(body.location) === '') return refusal(400, 'LocationRequired', 'The location property is required for this definition.');
  if (!sameId(tier, 'premium')) return refusal(400, 'SkuNotAvailable', `The pricing tier ${tier} is not available for new workspaces.`);
  const withoutRule = textOf(propertiesOf(body).requiredNsgRules) === 'NoAzureDatabricksRules';
  if (withoutRule && parameter(body, 'enableNoPublicIp') !== 'true')
    return refusal(400, 'InvalidRequiredNsgRules', 'NoAzureDatabricksRules is accepted only with enableNoPublicIp.');
  return undefined;
}

function refuseManagedGroup({ id, body, before, store }: Write): Refusal | undefined {
  const managed = textOf(propertiesOf(body).managedResourceGroupId);
  if (!/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i.test(managed))
    return refusal(400, 'InvalidManagedResourceGroupId', `The managed resource group id '${managed}' is not valid.`);
  const taken = before === undefined && store.get(managed) !== undefined;
  if (taken || sameId(managed, id.scope))
    return refusal(409, 'ApplianceManagedResourceGroupExists', `The managed resource group '${managed}' exists already.`);
  return undefined;
}

function refuseNetwork(write: Write): Refusal | undefined {
  const { id, body, store } = write;
  const network = parameter(body, 'customVirtualNetworkId');
  if (network === '') return undefined;
  const found = store.get(network);
  const region = (resource: JsonObject | undefined) => textOf(resource?.location).toLowerCase().replaceAll(' ', '');
  if (found === undefined || !network.toLowerCase().startsWith(`/subscriptions/${id.subscription}/`.toLowerCase()))
    return refusal(400, 'InvalidVirtualNetwork', `The virtual network ${network} does not exist in the subscription of the workspace.`);
  if (region(found) !== region(body))
    return refusal(400, 'InvalidVirtualNetworkRegion', `The virtual network ${network} must be in the region of the workspace.`);
  const names = subnetNames(body);
  if (names.some((name) => name === '') || sameId(names[0] ?? '', names[1] ?? ''))
    return refusal(400, 'InvalidSubnets', 'A private and a public subnet are needed, and they must differ.');
  return names.map((name) => refuseSubnet(`${network}/subnets/${name}`, write)).find((refused) => refused !== undefined);
}

function refuseSubnet(subnetId: string, { id, store }: Write): Refusal | undefined {
  const subnet = store.get(subnetId);
  if (subnet === undefined) return refusal(400, 'InvalidSubnet', `The subnet ${subnetId} could not be found.`);
  const delegated = listOf(propertiesOf(subnet).delegations).some((one) =>
    sameId(textOf(propertiesOf(objectOf(one)).serviceName), delegation),
  );
  if (!delegated) return refusal(400, 'SubnetNotDelegated', `The subnet ${subnetId} is not delegated to ${delegation}.`);
  if (textOf(objectOf(propertiesOf(subnet).networkSecurityGroup).id) === '')
    return refusal(400, 'SubnetWithoutNetworkSecurityGroup', `The subnet ${subnetId} has no network security group.`);
  if (prefixesOf(subnet).every((prefix) => maskOf(prefix) > 26))
    return refusal(400, 'SubnetTooSmall', `The subnet ${subnetId} must be a /26 or larger.`);
  const others = store.list('Microsoft.Databricks/workspaces', `/subscriptions/${id.subscription}`);
  const owner = others.find((other) => !sameId(textOf(other.id), id.text) && subnetIds(other).some((one) => sameId(one, subnetId)));
  return owner === undefined
    ? undefined
    : refusal(409, 'NetworkIntentPolicyConflict', `The subnet ${subnetId} is used by the workspace ${textOf(owner.id)}.`);
}

function refuseMove({ body, before }: Write): Refusal | undefined {
  if (before === undefined) return undefined;
  const fixed = ['customVirtualNetworkId', 'customPrivateSubnetName', 'customPublicSubnetName'];
  const moved = fixed.find((name) => !sameId(parameter(before, name), parameter(body, name)));
  return moved === undefined ? undefined : refusal(400, 'InvalidParameterChange', `The parameter ${moved} cannot be changed.`);
}

function subnetNames(workspace: JsonObject): string[] {
  return [parameter(workspace, 'customPrivateSubnetName'), parameter(workspace, 'customPublicSubnetName')];
}

function subnetIds(workspace: JsonObject): string[] {
  const network = parameter(workspace, 'customVirtualNetworkId');
  return network === '' ? [] : subnetNames(workspace).map((name) => `${network}/subnets/${name}`);
}

function subnetsOf(workspace: JsonObject, store: Store): JsonObject[] {
  return subnetIds(workspace).map((id) => objectOf(store.get(id)));
}

/** Puts the rules of Databricks into the security group of a subnet, once. */
function writeRules(subnet: JsonObject, workspace: JsonObject, store: Store): void {
  const group = textOf(objectOf(propertiesOf(subnet).networkSecurityGroup).id);
  const withControl = textOf(propertiesOf(workspace).requiredNsgRules) === 'AllRules';
  const rules = [
    rule('worker-inbound', 'Inbound', 'VirtualNetwork', ['*']),
    ...(withControl ? [rule('databricks-webapp', 'Outbound', 'AzureDatabricks', ['443', '3306', '8443-8451'])] : []),
    rule('sql', 'Outbound', 'Sql', ['3306']),
    rule('storage', 'Outbound', 'Storage', ['443']),
    rule('worker-outbound', 'Outbound', 'VirtualNetwork', ['*']),
    rule('eventhub', 'Outbound', 'EventHub', ['9093']),
  ];
  const before = store.get(group);
  const held = listOf(propertiesOf(before).securityRules).map(objectOf);
  if (before === undefined || held.some((one) => textOf(one.name).startsWith(ruleName))) return;
  const numbered = rules.map((one, index) => ({ ...one, properties: { ...propertiesOf(one), priority: 100 + index } }));
  store.put(group, { ...before, properties: { ...propertiesOf(before), securityRules: [...held, ...numbered] } });
}

function rule(name: string, direction: string, destination: string, ports: string[]): JsonObject {
  const single: JsonObject = ports.length === 1 ? { destinationPortRange: ports[0] ?? '*' } : { destinationPortRanges: ports };
  const protocol = destination === 'VirtualNetwork' ? '*' : 'tcp';
  const from = { sourceAddressPrefix: 'VirtualNetwork', sourcePortRange: '*', destinationAddressPrefix: destination };
  return {
    name: `${ruleName}${name}`,
    properties: { access: 'Allow', direction, protocol, ...from, ...single, provisioningState: 'Succeeded' },
  };
}
