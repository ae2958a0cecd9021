import { isAddress } from './addresses.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf, textsOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { references, refuseDeleteInUse, refuseReferences } from './references.ts';
import { type Refusal, refusal } from './refusal.ts';
import { sameId } from './resource-id.ts';
import { isServiceTag } from './service-tags.ts';
import type { Store } from './store.ts';

const writeTime = 50;

/** A network security group, its rules inside. */
export const securityGroups: Kind = {
  takes: writeTime,
  shape: ({ body, id }) => ({ ...body, properties: { ...propertiesOf(body), defaultSecurityRules: defaultRules(id.text) } }),
  refuse: (write) => refuseRules(listOf(propertiesOf(write.body).securityRules).map(objectOf)) ?? refuseReferences(write),
  refuseDelete: refuseDeleteInUse,
  view: (resource, store) => withUsers(resource, store),
};

/** A rule of a network security group. */
export const securityRules: Kind = { takes: writeTime, refuse: (write) => refuseRules(withRule(write)) };

/** A route table or a NAT gateway: it shows the subnets that use it. */
export const usedBySubnets: Kind = {
  takes: writeTime,
  refuse: refuseReferences,
  refuseDelete: refuseDeleteInUse,
  view: (resource, store) => withUsers(resource, store),
};

function withRule({ id, body, store }: Write): JsonObject[] {
  const group = propertiesOf(store.get(id.parent ?? ''));
  const others = listOf(group.securityRules)
    .map(objectOf)
    .filter((rule) => !sameId(textOf(rule.name), id.name));
  return [...others, { ...body, name: id.name }];
}

function refuseRules(rules: JsonObject[]): Refusal | undefined {
  for (const [index, rule] of rules.entries()) {
    const refused = refuseRule(rule) ?? refuseConflict(rule, rules.slice(0, index));
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function refuseRule(rule: JsonObject): Refusal | undefined {
  const properties = propertiesOf(rule);
  const priority = properties.priority;
  if (typeof priority !== 'number' || priority < 100 || priority > 4096) {
    return refusal(
      400,
      'SecurityRuleInvalidPriority',
      `Security rule has invalid Priority. Value provided: ${String(priority)}. Value should be between 100 and 4096.`,
    );
  }
  return refuseSide(rule, 'source') ?? refuseSide(rule, 'destination');
}

function refuseSide(rule: JsonObject, side: 'source' | 'destination'): Refusal | undefined {
  const properties = propertiesOf(rule);
  const prefix = textOf(properties[`${side}AddressPrefix`]);
  const prefixes = textsOf(properties[`${side}AddressPrefixes`]);
  const groups = listOf(properties[`${side}ApplicationSecurityGroups`]);
  if (prefix === '' && prefixes.length === 0 && groups.length === 0) {
    return refusal(
      400,
      'SecurityRuleParameterNotSpecified',
      `Required security rule parameters are missing for security rule with Id: ${textOf(rule.name)}. Security rule must specify ${side}AddressPrefixes, ${side}AddressPrefix, or ${side}ApplicationSecurityGroups.`,
    );
  }
  return (
    refusePrefix(prefix) ??
    refusePrefixes(rule, side, prefixes) ??
    refusePorts([textOf(properties[`${side}PortRange`]), ...textsOf(properties[`${side}PortRanges`])])
  );
}

function refusePrefix(prefix: string): Refusal | undefined {
  if (prefix === '' || prefix === '*' || isAddress(prefix) || isServiceTag(prefix)) return undefined;
  return refusal(400, 'SecurityRuleInvalidAddressPrefix', `Security rule has invalid Address prefix. Value provided: ${prefix}`);
}

function refusePrefixes(rule: JsonObject, side: string, prefixes: string[]): Refusal | undefined {
  const tag = prefixes.find((prefix) => prefix === '*' || isServiceTag(prefix));
  if (tag !== undefined) {
    const parameter = `${side === 'source' ? 'Source' : 'Destination'}AddressPrefixes`;
    return refusal(
      400,
      'SecurityRuleParameterContainsUnsupportedValue',
      `Security rule parameter ${parameter} for rule with Id ${textOf(rule.id) || textOf(rule.name)} cannot specify existing VIRTUALNETWORK, INTERNET, AZURELOADBALANCER, '*' or system tags. Unsupported value used: ${tag}.`,
    );
  }
  return prefixes.map(refusePrefix).find((refused) => refused !== undefined);
}

function refusePorts(ranges: string[]): Refusal | undefined {
  const wrong = ranges.find((range) => range !== '' && !isPortRange(range));
  if (wrong === undefined) return undefined;
  return refusal(
    400,
    'SecurityRuleInvalidPortRange',
    `Security rule has invalid Port range. Value provided: ${wrong}. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.`,
  );
}

function isPortRange(range: string): boolean {
  if (range === '*') return true;
  if (!/^\d+(-\d+)?$/.test(range)) return false;
  const [low = 0, high = low] = range.split('-').map(Number);
  return low <= high && high <= 65535;
}

function refuseConflict(rule: JsonObject, earlier: JsonObject[]): Refusal | undefined {
  const mine = propertiesOf(rule);
  const clash = earlier.find(
    (other) => propertiesOf(other).priority === mine.priority && sameId(textOf(propertiesOf(other).direction), textOf(mine.direction)),
  );
  if (clash === undefined) return undefined;
  return refusal(
    400,
    'SecurityRuleConflict',
    `Security rule ${textOf(rule.name)} conflicts with rule ${textOf(clash.name)}. Rules cannot have the same Priority and Direction.`,
  );
}

function withUsers(resource: JsonObject, store: Store): JsonObject {
  const id = textOf(resource.id).toLowerCase();
  const networks = [...store.all().values()].filter((other) => sameId(textOf(other.type), 'Microsoft.Network/virtualNetworks'));
  const users = networks
    .flatMap((network) => listOf(propertiesOf(network).subnets).map(objectOf))
    .filter((subnet) => references(propertiesOf(subnet)).some((reference) => reference.toLowerCase() === id))
    .map((subnet) => ({ id: textOf(subnet.id) }));
  return users.length === 0 ? resource : { ...resource, properties: { ...propertiesOf(resource), subnets: users } };
}

function defaultRules(group: string): JsonObject[] {
  const rule = (name: string, direction: string, priority: number, access: string, source: string, destination: string): JsonObject => ({
    name,
    id: `${group}/defaultSecurityRules/${name}`,
    type: 'Microsoft.Network/networkSecurityGroups/defaultSecurityRules',
    properties: {
      provisioningState: 'Succeeded',
      protocol: '*',
      sourcePortRange: '*',
      destinationPortRange: '*',
      sourceAddressPrefix: source,
      destinationAddressPrefix: destination,
      access,
      priority,
      direction,
      sourcePortRanges: [],
      destinationPortRanges: [],
      sourceAddressPrefixes: [],
      destinationAddressPrefixes: [],
    },
  });
  return [
    rule('AllowVnetInBound', 'Inbound', 65000, 'Allow', 'VirtualNetwork', 'VirtualNetwork'),
    rule('AllowAzureLoadBalancerInBound', 'Inbound', 65001, 'Allow', 'AzureLoadBalancer', '*'),
    rule('DenyAllInBound', 'Inbound', 65500, 'Deny', '*', '*'),
    rule('AllowVnetOutBound', 'Outbound', 65000, 'Allow', 'VirtualNetwork', 'VirtualNetwork'),
    rule('AllowInternetOutBound', 'Outbound', 65001, 'Allow', '*', 'Internet'),
    rule('DenyAllOutBound', 'Outbound', 65500, 'Deny', '*', '*'),
  ];
}
