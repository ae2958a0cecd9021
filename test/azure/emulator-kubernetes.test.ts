import { afterAll, beforeAll, expect, test } from 'vitest';
import { put, send } from './arm-request.ts';
import { type Emulator, startEmulator } from './emulator/emulator.ts';
import type { JsonObject } from './emulator/json.ts';
import { propertiesOf } from './emulator/json.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ groups: { edge: 'westeurope' }, resources: [] });
});
afterAll(() => emulator.stop());

const group = () => `/subscriptions/${emulator.subscription}/resourceGroups/edge`;
const cluster = (name: string) => `${group()}/providers/Microsoft.Kubernetes/connectedClusters/${name}`;
const extension = (name: string, on = 'edge-1') => `${cluster(on)}/providers/Microsoft.KubernetesConfiguration/extensions/${name}`;
const identity = { type: 'SystemAssigned' };
const connected = { location: 'westeurope', identity, properties: { agentPublicKeyCertificate: 'a2V5' } };

/** The extension as az sends it, with other settings. */
function installed(settings: Record<string, string>, more: JsonObject = {}): JsonObject {
  const configurationSettings = { enableTraining: 'True', ...settings };
  const scope = { cluster: { releaseNamespace: 'azureml' } };
  return { identity, properties: { extensionType: 'Microsoft.AzureML.Kubernetes', scope, configurationSettings, ...more } };
}

test('a connected cluster needs identity and key, keeps its key, and then reports', async () => {
  const refused = async (body: JsonObject) => (await send(emulator, 'PUT', cluster('edge-1'), body)).code;
  expect(await refused({ ...connected, identity: { type: 'None' } })).toBe('InvalidRequestContent');
  expect(await refused({ ...connected, properties: {} })).toBe('InvalidRequestContent');
  await put(emulator, cluster('edge-1'), connected);
  expect(await refused({ ...connected, properties: { agentPublicKeyCertificate: 'b3RoZXI=' } })).toBe('PublicKeyMismatch');
  expect(propertiesOf(emulator.resource(cluster('edge-1')))).toMatchObject({ connectivityStatus: 'Connected', totalNodeCount: 3 });
});

test('an extension needs a cluster that reports, the namespace azureml, and something to do', async () => {
  const refused = async (id: string, body: JsonObject) => (await send(emulator, 'PUT', id, body)).code;
  expect(await refused(extension('aml', 'none'), installed({}))).toBe('ResourceNotFound');
  emulator.plant(cluster('edge-2'), { ...connected, properties: { connectivityStatus: 'Offline' } });
  expect(await refused(extension('aml', 'edge-2'), installed({}))).toBe('ClusterNotConnected');
  expect(await refused(extension('aml'), installed({}, { scope: { cluster: { releaseNamespace: 'ml' } } }))).toBe('InvalidScope');
  expect(await refused(extension('aml'), installed({ enableTraining: 'False' }))).toBe('ExtensionCreationFailed');
  expect(await refused(extension('aml'), installed({ internalLoadBalancerProvider: 'azure' }))).toBe('ExtensionCreationFailed');
  expect(await refused(extension('aml'), installed({}, { extensionType: 'Contoso.Other' }))).toBe('ExtensionTypeRegistrationGetFailed');
});

test('settings are merged, protected ones are replaced and never shown, and a second extension is refused', async () => {
  await put(
    emulator,
    extension('aml'),
    installed({ installVolcano: 'True' }, { configurationProtectedSettings: { one: 'secret', two: 'secret' } }),
  );
  await send(emulator, 'PATCH', extension('aml'), {
    properties: { configurationSettings: { installPromOp: 'False' }, configurationProtectedSettings: { two: 'new' } },
  });
  expect(propertiesOf(emulator.resource(extension('aml')))).toMatchObject({
    extensionType: 'microsoft.azureml.kubernetes',
    configurationSettings: { enableTraining: 'True', installVolcano: 'True', installPromOp: 'False' },
    configurationProtectedSettings: { two: '' },
  });
  expect(propertiesOf(emulator.resource(extension('aml'))).configurationProtectedSettings).toEqual({ two: '' });
  expect((await send(emulator, 'PUT', extension('again'), installed({}))).code).toBe('ExtensionCreationFailed');
});
