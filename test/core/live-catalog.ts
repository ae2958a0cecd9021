import type { Reading } from '../../src/core/asks.ts';
import type { Catalog } from '../../src/core/catalog.ts';
import type { Inventory } from '../../src/core/inventory.ts';
import { wantedFor } from '../../src/core/inventory.ts';
import type { Json } from '../../src/core/json.ts';
import type { Answers } from '../../src/core/situation.ts';
import { situationOf } from '../../src/core/walk.ts';

/** When everything was read. */
export const at = '2026-11-21T09:00:00.000Z';

/** A reading that came. */
export function came(value: Json, when = at): Reading {
  return { ok: true, value, at: when };
}

/** The inventory of some answers: what each read said, by its id; what is not named is still on its way. */
export function inventoryOf(catalog: Catalog, answers: Answers, readings: Readonly<Record<string, Reading>>): Inventory {
  const situation = situationOf(catalog, answers);
  return new Map(
    wantedFor(situation, situation.asked).flatMap(({ key, ref }) => {
      const reading = readings[ref.read ?? ''];
      return reading ? [[key, reading] as const] : [];
    }),
  );
}

const subscription = '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7';
/** Answers up to an existing network and a subnet that exists in it. */
export const before: Readonly<Record<string, Json>> = {
  targets: ['compute-cluster'],
  'network.model': 'own',
  name: 'contoso',
  'workspace.origin': 'existing',
  'workspace.name': 'mlw-contoso',
  subscription,
  'workspace.group': 'rg-ml',
  region: 'koreacentral',
  'endpoints.origin': 'none',
  required_tags: [],
  'vnet.origin': 'existing',
};
/** With the network, before the subnet. */
export const inNetwork: Readonly<Record<string, Json>> = {
  ...before,
  'names.vnet': 'vnet-spoke',
  'network.group': 'rg-net',
  'vnet.prefixes': ['10.20.0.0/16'],
  'vnet.taken': [],
  'nodes.most': 4,
  'subnet.origin': 'existing',
};

/** The id of a network or subnet. */
export function idOf(network: string, subnet?: string): string {
  const id = `/subscriptions/${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/${network}`;
  return subnet === undefined ? id : `${id}/subnets/${subnet}`;
}

/** A subnet in the answer of Resource Graph. */
export function subnet(name: string, prefix: string, properties: { readonly [key: string]: Json } = {}): Json {
  return { id: idOf('vnet-spoke', name), name, properties: { addressPrefix: prefix, ...properties } };
}

/** A network in the answer of Resource Graph. */
export function network(name: string, location: string, prefixes: readonly string[], subnets: readonly Json[]): Json {
  return { id: idOf(name), name, location, resourceGroup: 'rg-net', prefixes, subnets, servers: null };
}

/** Addresses that are in use. */
export function used(count: number): Json[] {
  return Array.from({ length: count }, (_, index) => ({ id: `/nic/${index}` }));
}

export const networks: readonly Json[] = [
  network(
    'vnet-spoke',
    'koreacentral',
    ['10.20.0.0/16', 'fd00::/48'],
    [
      subnet('snet-good', '10.20.1.0/26', { ipConfigurations: used(3) }),
      subnet('snet-full', '10.20.2.0/28', { ipConfigurations: used(9) }),
      subnet('snet-aci', '10.20.3.0/24', {
        delegations: [{ properties: { serviceName: 'Microsoft.ContainerInstance/containerGroups' } }],
      }),
      subnet('GatewaySubnet', '10.20.4.0/24'),
    ],
  ),
  network('vnet-far', 'westeurope', ['10.30.0.0/16'], []),
];
