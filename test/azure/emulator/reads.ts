import { assignmentsOf, roleDefinitions } from './authorization.ts';
import type { Answer, Call } from './call.ts';
import { refused } from './call.ts';
import { databricksHosts } from './databricks.ts';
import { billingSpecs } from './hdinsight.ts';
import { type Json, type JsonObject, textOf } from './json.ts';
import { deletedVaults } from './key-vaults.ts';
import { recordSetsOf } from './private-dns-zones.ts';
import { groupIdsOf, membersOf } from './private-link-names.ts';
import { knownNamespaces, providerView, type Registrations } from './providers.ts';
import { kubernetesVersions, machineSkus, subnetUsages, usagesOf } from './quotas.ts';
import { groupNotFound, notFound, refusal } from './refusal.ts';
import { groupType, isResource, parsePath, sameId } from './resource-id.ts';
import { permissionsAt, reaching } from './scopes.ts';
import { prefixesOfTag, regionsOf, serviceTagsOf } from './service-tags.ts';
import { deletedLogWorkspaces } from './soft-deleted.ts';
import type { Store } from './store.ts';
import { subscriptionView } from './tenancy.ts';
import { imageAt, machineSizes } from './virtual-machines.ts';
import { outboundDependencies } from './workspace-actions.ts';

type Reader = (match: RegExpExecArray, call: Call, store: Store, registrations: Registrations) => Answer;

const readers: [RegExp, Reader][] = [
  [/^\/subscriptions$/i, (_match, _call, store) => listed(store.surroundings.subscriptions.map((id) => subscriptionView(id, store)))],
  [/^\/subscriptions\/([^/]+)$/i, (match, _call, store) => found(subscriptionView(match[1] ?? '', store))],
  [/^\/tenants$/i, (_match, _call, { surroundings: { tenant } }) => listed([{ id: `/tenants/${tenant}`, tenantId: tenant }])],
  [
    /^\/subscriptions\/([^/]+)\/locations$/i,
    (match, _call, { surroundings }) => listed(regionsOf(surroundings.cloud).map((name) => location(match[1] ?? '', name))),
  ],
  [/^\/subscriptions\/([^/]+)\/providers$/i, providers],
  [/^\/subscriptions\/([^/]+)\/providers\/([^/]+)$/i, oneProvider],
  [
    /^\/subscriptions\/([^/]+)\/providers\/microsoft\.keyvault\/deletedvaults$/i,
    (match, _call, store) => listed(deletedVaults(match[1] ?? '', store)),
  ],
  [/\/providers\/microsoft\.keyvault\/locations\/[^/]+\/deletedvaults\/([^/]+)$/i, oneDeletedVault],
  [/^(.*\/privatednszones\/[^/]+)\/(all|recordsets)$/i, (match, _call, store) => listed(recordSetsOf(match[1] ?? '', store))],
  [/^(.*\/providers\/[^/]+\/[^/]+\/[^/]+)\/privatelinkresources$/i, linkResources],
  [/^(\/subscriptions\/[^/]+)\/resources$/i, resourcesOfSubscription],
  [/^(\/subscriptions\/[^/]+\/resourcegroups\/([^/]+))\/resources$/i, resourcesOfGroup],
  [
    /^(.*)\/providers\/microsoft\.authorization\/roleassignments$/i,
    (match, call, store) => listed(assignmentsOf(match[1] ?? '', store, call.query.get('$filter') ?? '')),
  ],
  [
    /\/providers\/microsoft\.authorization\/roledefinitions$/i,
    (_match, call, { surroundings }) => listed(roleDefinitions(surroundings.subscriptions[0] ?? '', call.query.get('$filter') ?? '')),
  ],
  [/\/providers\/microsoft\.authorization\/roledefinitions\/([^/]+)$/i, oneRole],
  [
    /^(.*)\/providers\/microsoft\.authorization\/permissions$/i,
    (match, _call, store) => atScope(match[1] ?? '', store, () => permissionsAt(match[1] ?? '', store)),
  ],
  [
    /^(.*)\/providers\/(microsoft\.authorization\/(?:locks|policyassignments))$/i,
    (match, call, store) =>
      atScope(match[1] ?? '', store, () => reaching(match[2] ?? '', match[1] ?? '', call.query.get('$filter') ?? '', store)),
  ],
  [
    /\/providers\/(microsoft\.(?:network|compute|machinelearningservices))\/locations\/([^/]+)\/(?:usages|quotas)$/i,
    (match, call, store) => listed(usagesOf(match[1] ?? '', match[2] ?? '', call.path, store)),
  ],
  [/^(.*\/virtualnetworks\/[^/]+)\/usages$/i, networkUse],
  [/\/providers\/microsoft\.compute\/skus$/i, (_match, call, store) => listed(machineSkus(call.query.get('$filter') ?? '', store))],
  [/\/providers\/microsoft\.containerservice\/locations\/[^/]+\/kubernetesversions$/i, () => found(kubernetesVersions)],
  [
    /^(.*)\/providers\/microsoft\.operationalinsights\/deletedworkspaces$/i,
    (match, _call, store) => listed(deletedLogWorkspaces(match[1] ?? '', store)),
  ],
  [/^(.*\/providers\/microsoft\.machinelearningservices\/workspaces\/[^/]+)\/outboundnetworkdependenciesendpoints$/i, outbound],
  [/\/providers\/microsoft\.databricks\/workspaces\/[^/]+\/outboundnetworkdependenciesendpoints$/i, () => found([...databricksHosts])],
  [/\/providers\/microsoft\.network\/locations\/([^/]+)\/servicetags$/i, tags],
  [/\/providers\/microsoft\.compute\/.*\/artifacttypes\/vmimage\//i, image],
  [/\/providers\/microsoft\.compute\/locations\/[^/]+\/vmsizes$/i, () => listed(machineSizes)],
  [/\/providers\/microsoft\.hdinsight\/locations\/[^/]+\/billingspecs$/i, () => found(billingSpecs)],
  [
    /\/providers\/microsoft\.machinelearningservices\/locations\/([^/]+)\/vmsizes$/i,
    () =>
      found({
        value: sizes.map((name) => ({
          name,
          vCPUs: 4,
          memoryGB: 14,
          gpus: 0,
          lowPriorityCapable: true,
          premiumIO: true,
          supportedComputeTypes: ['AmlCompute', 'ComputeInstance'],
        })),
      }),
  ],
];

const sizes = ['Standard_DS3_v2', 'Standard_DS11_v2', 'Standard_D4s_v3', 'Standard_E4s_v3', 'Standard_NC6s_v3', 'Standard_NC4as_T4_v3'];

/** The answer to a read that is not a resource of the store; undefined where it is one. */
export function readBeside(call: Call, store: Store, registrations: Registrations): Answer | undefined {
  if (call.method !== 'GET') return undefined;
  for (const [pattern, reader] of readers) {
    const match = pattern.exec(call.path);
    if (match !== null) return reader(match, call, store, registrations);
  }
  return undefined;
}

/** The answer that lists. */
export function listed(value: Json[]): Answer {
  return { status: 200, body: { value } };
}

function found(body: Json): Answer {
  return { status: 200, body };
}

function location(subscriptionId: string, name: string): JsonObject {
  return {
    id: `/subscriptions/${subscriptionId}/locations/${name}`,
    name,
    displayName: name,
    regionalDisplayName: name,
    type: 'Region',
    metadata: { regionType: 'Physical' },
  };
}

function providers(match: RegExpExecArray, _call: Call, { surroundings }: Store, registrations: Registrations): Answer {
  const locations = regionsOf(surroundings.cloud);
  return listed(knownNamespaces().map((namespace) => providerView(match[1] ?? '', namespace, registrations, locations)));
}

function oneProvider(match: RegExpExecArray, _call: Call, { surroundings }: Store, registrations: Registrations): Answer {
  return found(providerView(match[1] ?? '', match[2] ?? '', registrations, regionsOf(surroundings.cloud)));
}

function image(_match: RegExpExecArray, { path }: Call): Answer {
  const known = imageAt(path);
  return known === undefined ? refused({ status: 404, code: 'NotFound', message: `Artifact: VMImage was not found.` }) : found(known);
}

function oneDeletedVault(match: RegExpExecArray, call: Call, store: Store): Answer {
  const vault = deletedVaults(call.path.split('/')[2] ?? '', store).find((one) => one.name === match[1]);
  if (vault !== undefined) return found(vault);
  return refused({ status: 404, code: 'DeletedVaultNotFound', message: `The specified deleted vault '${match[1]}' does not exist.` });
}

function linkResources(match: RegExpExecArray, _call: Call, store: Store): Answer {
  const target = store.get(match[1] ?? '');
  if (target === undefined) return refused({ status: 404, code: 'ResourceNotFound', message: `The resource ${match[1]} was not found.` });
  const groups = (groupIdsOf(target) ?? []).map((groupId) => ({
    id: `${textOf(target.id)}/privateLinkResources/${groupId}`,
    name: groupId,
    type: `${textOf(target.type)}/privateLinkResources`,
    properties: { groupId, requiredMembers: membersOf(target, groupId, store.surroundings.cloud).map(({ name }) => name) },
  }));
  return listed(groups);
}

function resourcesOfGroup(match: RegExpExecArray, _call: Call, store: Store): Answer {
  const group = match[1] ?? '';
  return store.get(group) === undefined ? refused(groupNotFound(match[2] ?? '')) : listed(store.topLevel(group));
}

/** The filters that az writes, joined by and. */
function resourcesOfSubscription(match: RegExpExecArray, call: Call, store: Store): Answer {
  const terms = (call.query.get('$filter') ?? '').split(/ and /i).filter((term) => term !== '');
  const parsed = terms.map((term) => /^(resourceGroup|resourceType|name) eq '([^']*)'$/i.exec(term.trim()));
  if (parsed.includes(null))
    return refused(
      refusal(400, 'InvalidFilterInQueryString', `Invalid $filter '${call.query.get('$filter')}' specified in the query string.`),
    );
  const fits = (resource: JsonObject) =>
    parsed.every((term) => {
      const [, key = '', value = ''] = term ?? [];
      const held = {
        resourcegroup: textOf(resource.id).split('/')[4] ?? '',
        resourcetype: textOf(resource.type),
        name: textOf(resource.name),
      };
      return sameId(held[key.toLowerCase() as keyof typeof held], value);
    });
  const found = store.topLevel(match[1] ?? '').filter(fits);
  // Computes of the emulator are of 2026; what they stand on was made before them.
  const dated = call.query.get('$expand')?.includes('createdTime') ?? false;
  return listed(dated ? found.map((resource) => ({ createdTime: '2025-12-31T12:00:00.0000000Z', ...resource })) : found);
}

function oneRole(match: RegExpExecArray, _call: Call, { surroundings }: Store): Answer {
  const role = roleDefinitions(surroundings.subscriptions[0] ?? '', '').find((definition) => definition.name === match[1]);
  return role === undefined
    ? refused({
        status: 404,
        code: 'RoleDefinitionDoesNotExist',
        message: `The specified role definition with ID '${match[1]}' does not exist.`,
      })
    : found(role);
}

/** A list at a scope that has to exist. */
function atScope(scope: string, store: Store, list: () => Json[]): Answer {
  const parsed = parsePath(scope);
  if (parsed === undefined || !isResource(parsed) || store.get(scope) !== undefined) return listed(list());
  return refused(parsed.type === groupType ? groupNotFound(parsed.name) : notFound(parsed));
}

function networkUse(match: RegExpExecArray, _call: Call, store: Store): Answer {
  return atScope(match[1] ?? '', store, () => subnetUsages(match[1] ?? '', store));
}

function outbound(match: RegExpExecArray, _call: Call, store: Store): Answer {
  return atScope(match[1] ?? '', store, () => outboundDependencies(match[1] ?? '', store));
}

function tags(match: RegExpExecArray, call: Call, { surroundings: { cloud } }: Store): Answer {
  const values = serviceTagsOf(cloud).map((name) => ({
    name,
    id: name,
    properties: {
      changeNumber: '1',
      region: regionOfTag(name),
      systemService: name.split('.')[0] ?? '',
      addressPrefixes: prefixesOfTag(name),
    },
  }));
  return found({
    name: cloud.tagName,
    id: call.path,
    type: 'Microsoft.Network/serviceTags',
    changeNumber: '1',
    cloud: cloud.tagName,
    region: match[1] ?? '',
    values,
  });
}

/** The region of a tag, where its name ends in one. */
function regionOfTag(tag: string): string {
  const end = tag.split('.')[1] ?? '';
  return /^[a-z0-9]+$/.test(end) ? end : '';
}
