import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { put, send } from './arm-request.ts';
import type { Emulator } from './emulator/emulator.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './emulator/json.ts';
import { emptyWorld, makeEndpoint, makeNetwork, makeWorkspace, makeZone, type PrivateIds } from './private-world.ts';

let emulator: Emulator;
let ids: PrivateIds;
let net: string;
const location = 'westeurope';

beforeEach(async () => {
  ({ emulator, ids } = await emptyWorld());
  net = await makeNetwork(emulator, ids);
});

afterEach(() => emulator.stop());

const remove = async (path: string) => {
  const { status, code } = await send(emulator, 'DELETE', path);
  return code === '' ? status : code;
};
const resource = (id: string, properties: JsonObject = {}, more: JsonObject = {}) => put(emulator, id, { location, ...more, properties });
const gone = (id: string) => emulator.resource(id) === undefined;

describe('what something else uses', () => {
  test('a security group, a route table, a NAT gateway and a policy stay while a subnet has them', async () => {
    const used = ['networkSecurityGroups/nsg', 'routeTables/table', 'natGateways/nat', 'serviceEndpointPolicies/policy'].map(
      (one) => `${ids.network}/${one}`,
    );
    for (const id of used) await resource(id);
    const [nsg = '', table = '', nat = '', policy = ''] = used;
    const subnet = `${net}/subnets/training`;
    const properties = {
      networkSecurityGroup: { id: nsg },
      routeTable: { id: table },
      natGateway: { id: nat },
      serviceEndpointPolicies: [{ id: policy }],
    };
    await resource(subnet, { addressPrefix: '10.0.1.0/24', serviceEndpoints: [{ service: 'Microsoft.Storage' }], ...properties });
    expect(await Promise.all(used.map(remove))).toEqual([
      'InUseNetworkSecurityGroupCannotBeDeleted',
      'InUseRouteTableCannotBeDeleted',
      'InUseNatGatewayCannotBeDeleted',
      'InUseServiceEndpointPolicyCannotBeDeleted',
    ]);
    await remove(subnet);
    expect(await Promise.all(used.map(remove))).toEqual([202, 202, 202, 202]);
  });

  test('a public address stays while a NAT gateway has it', async () => {
    const [address, nat] = [`${ids.network}/publicIPAddresses/ip`, `${ids.network}/natGateways/nat`];
    await resource(address);
    await resource(nat, { publicIpAddresses: [{ id: address }] });
    expect(await remove(address)).toBe('PublicIPAddressCannotBeDeleted');
    expect([await remove(nat), await remove(address)]).toEqual([202, 202]);
  });

  test('a zone stays while it has a link', async () => {
    const zone = await makeZone(emulator, ids, 'privatelink.blob.core.windows.net');
    const [link] = [...emulator.resources().keys()].filter((key) => key.includes('/virtualnetworklinks/'));
    expect(await remove(zone)).toBe('CannotDeleteResource');
    await remove(link ?? '');
    await remove(zone);
    expect(gone(zone)).toBe(true);
  });

  test('a subnet stays while a private endpoint is in it, and so does its network', async () => {
    await makeWorkspace(emulator, ids);
    await makeEndpoint(emulator, ids, 'pe', { target: ids.storage, group: 'blob' });
    expect(await remove(`${net}/subnets/endpoints`)).toBe('InUseSubnetCannotBeDeleted');
    expect(await remove(net)).toBe('InUseSubnetCannotBeDeleted');
    await remove(`${ids.network}/privateEndpoints/pe`);
    await remove(net);
    expect(gone(net)).toBe(true);
  });

  test.each([
    [
      'a compute',
      (subnet: string): [string, JsonObject] => [
        `${ids.workspace}/computes/cpu`,
        { computeType: 'AmlCompute', properties: { vmSize: 'Standard_DS3_v2', subnet: { id: subnet } } },
      ],
    ],
    [
      'a machine of Databricks',
      (): [string, JsonObject] => [
        `${ids.group}/providers/Microsoft.Databricks/workspaces/dbx`,
        { parameters: { customVirtualNetworkId: { value: net }, customPublicSubnetName: { value: 'training' } } },
      ],
    ],
    [
      'a node of HDInsight',
      (subnet: string): [string, JsonObject] => [
        `${ids.group}/providers/Microsoft.HDInsight/clusters/hdi`,
        { computeProfile: { roles: [{ virtualNetworkProfile: { id: net, subnet } }] } },
      ],
    ],
  ])('a subnet stays while %s is in it', async (_what, user) => {
    const subnet = `${net}/subnets/training`;
    const [id, properties] = user(subnet);
    emulator.plant(ids.workspace, { location, properties: {} });
    emulator.plant(id, { location, properties });
    expect(await remove(subnet)).toBe('InUseSubnetCannotBeDeleted');
    emulator.plant(id, undefined);
    expect(await remove(subnet)).toBe(202);
  });
});

describe('a virtual machine', () => {
  const machine = () => `${ids.group}/providers/Microsoft.Compute/virtualMachines/vm`;
  const disk = () => `${ids.group}/providers/Microsoft.Compute/disks/vm_OsDisk`;
  const nic = () => `${ids.network}/networkInterfaces/nic`;

  beforeEach(async () => {
    await resource(nic(), { ipConfigurations: [{ name: 'one', properties: { subnet: { id: `${net}/subnets/training` } } }] });
    const [publisher = '', offer = '', sku = ''] = 'Canonical:ubuntu-24_04-lts:server'.split(':');
    await resource(machine(), {
      hardwareProfile: { vmSize: 'Standard_D2s_v5' },
      storageProfile: { imageReference: { publisher, offer, sku, version: 'latest' } },
      osProfile: { adminUsername: 'ann' },
      networkProfile: { networkInterfaces: [{ id: nic() }] },
    });
  });

  test('leaves its disk and its card behind', async () => {
    expect([textOf(emulator.resource(disk())?.managedBy), await remove(nic())]).toEqual([machine(), 'NicInUse']);
    await remove(machine());
    expect(propertiesOf(emulator.resource(disk())).diskState).toBe('Unattached');
    expect(await remove(nic())).toBe(202);
  });

  test('takes its disk along when it says so', async () => {
    const held = objectOf(emulator.resource(machine()));
    const profile = objectOf(propertiesOf(held).storageProfile);
    const storageProfile = { ...profile, osDisk: { ...objectOf(profile.osDisk), deleteOption: 'Delete' } };
    await put(emulator, machine(), { ...held, properties: { ...propertiesOf(held), storageProfile } });
    await remove(machine());
    expect([gone(disk()), gone(nic())]).toEqual([true, false]);
  });
});

describe('what Azure keeps of deleted things', () => {
  test('a workspace keeps its name until it is purged, and only deletion with purge does that', async () => {
    const body = objectOf(await makeWorkspace(emulator, ids));
    await remove(ids.workspace);
    expect(gone(ids.workspace)).toBe(true);
    const again = await send(emulator, 'PUT', ids.workspace, body);
    expect([again.status, textOf(objectOf(again.body.error).message)]).toEqual([
      409,
      expect.stringMatching(/^Soft-deleted workspace exists/),
    ]);
    expect(await remove(`${ids.workspace}?forceToPurge=true`)).toBe(204);
    expect((await send(emulator, 'PUT', ids.workspace, body)).status).toBe(409);
    const other = ids.workspace.replace(/private$/, 'other');
    await put(emulator, other, body);
    await remove(`${other}?forceToPurge=true`);
    await put(emulator, other, body);
  });

  test('a Log Analytics workspace comes back with its name, unless it was deleted by force', async () => {
    const logs = `${ids.group}/providers/Microsoft.OperationalInsights/workspaces/logs`;
    const days = async () => propertiesOf(await resource(logs)).retentionInDays;
    await resource(logs, { retentionInDays: 90 });
    await remove(logs);
    expect(await days()).toBe(90);
    await resource(logs, { retentionInDays: 90 });
    await remove(`${logs}?force=true`);
    expect(await days()).toBe(30);
  });

  test('it is in no group, so a group without anything else is empty', async () => {
    await makeWorkspace(emulator, ids);
    const listed = async () => {
      const filter = encodeURIComponent("resourceGroup eq 'rg'");
      const { body } = await send(emulator, 'GET', `/subscriptions/${emulator.subscription}/resources?$filter=${filter}`);
      return listOf(body.value).map((one) => textOf(objectOf(one).name));
    };
    expect(await listed()).toContain('private');
    for (const id of [ids.workspace, ids.registry, ids.vault, ids.storage, net]) await remove(id);
    expect(await listed()).toEqual([]);
  });
});
