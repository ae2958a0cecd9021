import { inside, prefixLength } from './addresses.ts';
import { isObject, type Json } from './json.ts';

/**
 * Whether a role allows an action: some entry names it under `actions` (with * for anything), and does not take it away under `notActions`.
 * `permissions` is the list that Resource Manager gives for a scope.
 */
export function allows(permissions: Json, action: string): boolean {
  return listOf(permissions).some((one) => named(one, 'actions', action) && !named(one, 'notActions', action));
}

function named(entry: Json, key: 'actions' | 'notActions', action: string): boolean {
  const patterns = isObject(entry) ? listOf(entry[key] ?? null) : [];
  return patterns.some((pattern) => new RegExp(`^${String(pattern).split('*').map(escaped).join('.*')}$`, 'i').test(action));
}

function escaped(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Whether a network security group lets traffic through: the rule with the smallest priority number that is about it decides, then Azure's own rules.
 * `way` is Inbound or Outbound; `where` the service tag or block at the other end; `port` a number as text.
 */
export function nsgAllows(nsg: Json, way: string, protocol: string, port: string, where: string): boolean {
  const properties = isObject(nsg) && isObject(nsg['properties'] ?? null) ? nsg['properties'] : nsg;
  if (!isObject(properties ?? null)) return false;
  const { securityRules = [], defaultSecurityRules = [] } = properties as Readonly<Record<string, Json>>;
  const rules = [...listOf(securityRules), ...listOf(defaultSecurityRules)].flatMap((rule) => {
    const inner = isObject(rule) && isObject(rule['properties'] ?? null) ? rule['properties'] : rule;
    return isObject(inner ?? null) ? [inner as Readonly<Record<string, Json>>] : [];
  });
  const deciding = rules
    .filter((rule) => same(rule['direction'], way) && covers(rule, way, protocol, port, where))
    .toSorted((one, other) => Number(one['priority']) - Number(other['priority']))[0];
  if (deciding) return same(deciding['access'], 'Allow');
  // What Azure adds when nothing decides: out to anywhere, and in from the network and the load balancer.
  return same('Outbound', way) || same(where, 'VirtualNetwork') || same(where, 'AzureLoadBalancer');
}

function covers(rule: Readonly<Record<string, Json>>, way: string, protocol: string, port: string, where: string): boolean {
  const end = same(way, 'Inbound') ? 'source' : 'destination';
  const ends = both(rule, `${end}AddressPrefix`, `${end}AddressPrefixes`);
  const ports = both(rule, 'destinationPortRange', 'destinationPortRanges');
  const protocols = rule['protocol'] ?? '*';
  return (
    (protocols === '*' || same(protocols, protocol)) &&
    ports.some((range) => portIn(range, port)) &&
    ends.some((prefix) => placeIn(prefix, where))
  );
}

function both(rule: Readonly<Record<string, Json>>, one: string, many: string): string[] {
  return [rule[one] ?? null, ...listOf(rule[many] ?? null)].filter((entry) => entry !== null && entry !== '').map(String);
}

function portIn(range: string, port: string): boolean {
  if (range === '*') return true;
  const [from = 0, to = from] = range.split('-').map(Number);
  return Number(port) >= from && Number(port) <= to;
}

/** Tags hold their regional ones; Internet holds every public service; blocks hold smaller blocks. */
function placeIn(prefix: string, where: string): boolean {
  if (prefix === '*' || same(prefix, where) || prefix === '0.0.0.0/0') return true;
  if (where.toLowerCase().startsWith(`${prefix.toLowerCase()}.`)) return true;
  const block = /^[\d.]+(\/\d+)?$/;
  if (block.test(prefix) && block.test(where)) return inside([where], [prefix]);
  return same(prefix, 'Internet') && !block.test(where) && !['virtualnetwork', 'azureloadbalancer'].includes(where.toLowerCase());
}

/** Where a route table sends a block or service tag: the next hop type of the longest route that holds it, or null. */
export function nextHop(table: Json, where: string): Json {
  const properties = isObject(table) && isObject(table['properties'] ?? null) ? table['properties'] : table;
  const routes = isObject(properties ?? null) ? listOf((properties as Readonly<Record<string, Json>>)['routes'] ?? null) : [];
  const fitting = routes.flatMap((route) => {
    const inner = isObject(route) && isObject(route['properties'] ?? null) ? route['properties'] : route;
    if (!isObject(inner ?? null)) return [];
    const { addressPrefix = '', nextHopType = null } = inner as Readonly<Record<string, Json>>;
    return placeIn(String(addressPrefix), where) ? [{ weight: weightOf(String(addressPrefix)), hop: nextHopType }] : [];
  });
  return fitting.toSorted((one, other) => other.weight - one.weight)[0]?.hop ?? null;
}

/** Service tags win over blocks, longer blocks over shorter ones. */
function weightOf(prefix: string): number {
  return prefix.includes('/') ? prefixLength(prefix) : 33;
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

function same(one: Json | undefined, other: string): boolean {
  return String(one ?? '').toLowerCase() === other.toLowerCase();
}
