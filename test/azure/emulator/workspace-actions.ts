import { type Answer, refused } from './call.ts';
import { refuseIdle } from './compute-instances.ts';
import { type JsonObject, propertiesOf, textOf } from './json.ts';
import { refusal } from './refusal.ts';
import type { Store } from './store.ts';

/** The lists of a diagnosis. */
const findings = [
  'userDefinedRouteResults',
  'networkSecurityRuleResults',
  'resourceLockResults',
  'dnsResolutionResults',
  'storageAccountResults',
  'keyVaultResults',
  'containerRegistryResults',
  'applicationInsightsResults',
  'otherResults',
];

/** What a diagnosis of a workspace says: nothing, save what a test has set. */
export function diagnosisOf(workspace: string, { settings }: Store): JsonObject {
  const empty = Object.fromEntries(findings.map((name) => [name, []]));
  return { value: { ...empty, ...settings.diagnoses.get(workspace.toLowerCase()) } };
}

/** The nodes of a cluster; other computes have none to list. */
export function nodesOf(compute: string, store: Store): Answer {
  const type = textOf(propertiesOf(store.get(compute)).computeType);
  if (type === 'AmlCompute') return { status: 200, body: { nodes: [...(store.settings.nodes.get(compute.toLowerCase()) ?? [])] } };
  return refused(refusal(400, 'BadRequest', `Listing nodes is not supported for a compute of type ${type}.`));
}

/** Lets an instance stop after so long without use. */
export function setIdle(compute: string, { idleTimeBeforeShutdown }: JsonObject, store: Store): Answer {
  const found = store.get(compute);
  const settings = propertiesOf(found);
  if (found === undefined || settings.computeType !== 'ComputeInstance')
    return refused(refusal(400, 'BadRequest', 'Idle shutdown is a setting of compute instances.'));
  const own = { ...propertiesOf(settings), idleTimeBeforeShutdown: idleTimeBeforeShutdown ?? null };
  const no = refuseIdle(own);
  if (no !== undefined) return refused(no);
  store.put(compute, { ...found, properties: { ...settings, properties: own } });
  return { status: 200 };
}

/** What a workspace has to reach outside, by category. */
export function outboundDependencies(workspace: string, store: Store): JsonObject[] {
  const { cloud } = store.surroundings;
  const named = (property: string) =>
    textOf(propertiesOf(store.get(workspace))[property])
      .split('/')
      .at(-1) ?? '';
  const storage = ['blob', 'file', 'dfs'].map((part) => `${named('storageAccount')}.${part}.${cloud.storage}`);
  const machines = [443, 8787, 18881];
  const groups: [string, string[], number[]][] = [
    ['Azure Active Directory', ['login.microsoftonline.com'], [443]],
    ['Azure Resource Manager', [cloud.management], [443]],
    ['Azure Machine Learning studio', ['ml.azure.com'], [443]],
    ['API', [`*.${cloud.workspace.replace(/^api\./, '')}`], [443]],
    ['Integrated notebook', [`*.${cloud.notebooks}`, ...storage], [443]],
    ['Compute instance', [`*.${cloud.instances}`], [443]],
    ['Azure Storage Account', [cloud.storage], machines],
    ['Azure Key Vault', [cloud.vault], machines],
    ['Azure Container Registry', [cloud.registry], machines],
    ['Microsoft Container Registry', ['mcr.microsoft.com'], machines],
  ];
  return groups.map(([category, names, ports]) => ({
    properties: {
      category,
      endpoints: names.map((domainName) => ({ domainName, endpointDetails: ports.map((port) => ({ port })) })),
    },
  }));
}
