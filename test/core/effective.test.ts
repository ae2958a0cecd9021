import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allows, nextHop, nsgAllows } from '../../src/core/effective.ts';

const rule = (priority: number, access: string, direction: string, ports: string, where: string, protocol = 'Tcp') => ({
  name: `r${priority}`,
  properties: {
    priority,
    access,
    direction,
    protocol,
    destinationPortRange: ports,
    sourceAddressPrefix: direction === 'Inbound' ? where : '*',
    destinationAddressPrefix: direction === 'Outbound' ? where : '*',
  },
});
const nsg = (...securityRules: ReturnType<typeof rule>[]) => ({ properties: { securityRules } });

describe('a role', () => {
  const contributor = { actions: ['*'], notActions: ['Microsoft.Authorization/*/Write', 'Microsoft.Authorization/*/Delete'] };
  test.each([
    [[contributor], 'Microsoft.Network/virtualNetworks/subnets/join/action', true],
    [[contributor], 'Microsoft.Authorization/roleAssignments/write', false],
    [
      [contributor, { actions: ['Microsoft.Authorization/roleAssignments/*'], notActions: [] }],
      'Microsoft.Authorization/roleAssignments/write',
      true,
    ],
    [[{ actions: ['Microsoft.Network/*/read'], notActions: [] }], 'Microsoft.Network/virtualNetworks/subnets/read', true],
    [
      [{ actions: ['Microsoft.Network/virtualNetworks/subnet/join/action'] }],
      'Microsoft.Network/virtualNetworks/subnets/join/action',
      false,
    ],
    [[], 'Microsoft.Network/virtualNetworks/read', false],
    [null, 'Microsoft.Network/virtualNetworks/read', false],
  ])('%j allows %s: %s', (permissions, action, expected) => {
    expect(allows(permissions, action)).toBe(expected);
  });
});

describe('a network security group', () => {
  const denyAll = rule(4000, 'Deny', 'Outbound', '*', 'Internet', '*');
  test.each([
    ['lets out what no rule is about', nsg(), ['Outbound', 'Tcp', '443', 'Storage.westeurope'], true],
    ['lets nothing in that no rule is about', nsg(), ['Inbound', 'Tcp', '44224', 'AzureMachineLearning'], false],
    ['holds back what is denied', nsg(denyAll), ['Outbound', 'Tcp', '443', 'Storage.westeurope'], false],
    [
      'lets out what is allowed first',
      nsg(denyAll, rule(110, 'Allow', 'Outbound', '443', 'Storage')),
      ['Outbound', 'Tcp', '443', 'Storage.westeurope'],
      true,
    ],
    [
      'holds back what is denied first',
      nsg(denyAll, rule(110, 'Allow', 'Outbound', '443', 'Storage'), rule(100, 'Deny', 'Outbound', '440-450', '*')),
      ['Outbound', 'Tcp', '443', 'Storage'],
      false,
    ],
    [
      'knows that a region is not the whole tag',
      nsg(denyAll, rule(110, 'Allow', 'Outbound', '443', 'Storage.westeurope')),
      ['Outbound', 'Tcp', '443', 'Storage'],
      false,
    ],
    ['minds the port', nsg(denyAll, rule(110, 'Allow', 'Outbound', '443', 'Storage')), ['Outbound', 'Tcp', '445', 'Storage'], false],
    [
      'minds the protocol',
      nsg(denyAll, rule(110, 'Allow', 'Outbound', '5831', 'AzureMachineLearning')),
      ['Outbound', 'Udp', '5831', 'AzureMachineLearning'],
      false,
    ],
    [
      'lets in what is allowed',
      nsg(rule(120, 'Allow', 'Inbound', '44224', 'AzureMachineLearning')),
      ['Inbound', 'Tcp', '44224', 'AzureMachineLearning'],
      true,
    ],
  ] as const)('%s', (_name, group, [way, protocol, port, where], expected) => {
    expect(nsgAllows(group, way, protocol, port, where)).toBe(expected);
  });

  test('whatever else it says, a rule that comes first and covers all decides', () => {
    const priority = fc.integer({ min: 101, max: 4096 });
    const any = fc.tuple(
      priority,
      fc.constantFrom('Allow', 'Deny'),
      fc.constantFrom('443', '*', '1-1000'),
      fc.constantFrom('*', 'Storage', 'Internet'),
    );
    fc.assert(
      fc.property(fc.array(any), fc.constantFrom('Allow', 'Deny'), (others, access) => {
        const group = nsg(
          ...others.map(([at, how, ports, where]) => rule(at, how, 'Outbound', ports, where)),
          rule(100, access, 'Outbound', '*', '*', '*'),
        );
        return nsgAllows(group, 'Outbound', 'Tcp', '443', 'Storage') === (access === 'Allow');
      }),
    );
  });
});

test('the longest route wins, and a service tag before every block', () => {
  const route = (addressPrefix: string, nextHopType: string) => ({ properties: { addressPrefix, nextHopType } });
  const table = {
    properties: {
      routes: [route('0.0.0.0/0', 'VirtualAppliance'), route('10.0.0.0/8', 'VnetLocal'), route('AzureMachineLearning', 'Internet')],
    },
  };
  expect(nextHop(table, '52.1.2.0/24')).toBe('VirtualAppliance');
  expect(nextHop(table, '10.1.0.0/16')).toBe('VnetLocal');
  expect(nextHop(table, 'AzureMachineLearning')).toBe('Internet');
  expect(nextHop({ properties: { routes: [] } }, '0.0.0.0/0')).toBe(null);
});
