import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { isolationOf, isProvisioned, ruleType } from './managed-network.ts';
import { connect, connectionsTo, disconnect, stateFor, statusOf } from './private-endpoint-connections.ts';
import { groupIdsOf } from './private-link-names.ts';
import { type Refusal, refusal } from './refusal.ts';
import { resourceId, sameId } from './resource-id.ts';
import { isServiceTag } from './service-tags.ts';
import type { Store } from './store.ts';
import { guidFor } from './surroundings.ts';

const approverRole = 'b556d68e-0be0-4f35-a333-ad7ee1ce17ea';
const wideRoles = [approverRole, '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'b24988ac-6180-42a0-ab88-20f7382dd24c'];

/** An outbound rule of a managed network. */
export const outboundRules: Kind = {
  takes: 60,
  busyOn: (id) => id.parent,
  created: 200,
  shape: ({ body }) => ({ ...body, properties: { category: 'UserDefined', ...propertiesOf(body), status: 'Inactive' } }),
  refuse: (write) => refuseName(write) ?? refuseRequired(write) ?? refuseMode(write) ?? refuseDestination(write),
  refuseDelete: (id, store) => refuseDeleteRequired(propertiesOf(store.get(id.text)), id.name),
  after: ({ id, store }) => applyRule(objectOf(store.get(id.text)), store),
  afterDelete: (id, before, store) => disconnect(targetOf(before), endpointOf(id.text), store),
};

/** Makes a rule work, if its network is there: an endpoint rule needs the consent of its target. */
export function applyRule(rule: JsonObject, store: Store): void {
  const workspace = objectOf(store.get(resourceId(textOf(rule.id)).parent ?? ''));
  const active = isProvisioned(workspace) && isConnected(rule, workspace, store);
  store.put(textOf(rule.id), { ...rule, properties: { ...propertiesOf(rule), status: active ? 'Active' : 'Inactive' } });
}

/** Makes the rule work whose endpoint was approved by hand. */
export function approveOutboundRule(endpoint: string, store: Store): void {
  const rules = [...store.all().values()].filter((resource) => sameId(textOf(resource.type), ruleType));
  const rule = rules.find((one) => sameId(endpointOf(textOf(one.id)), endpoint));
  if (rule !== undefined) applyRule(rule, store);
}

/** Id of the endpoint that the service makes for a rule, in a subscription of its own. */
export function endpointOf(rule: string): string {
  const id = resourceId(rule);
  const group = `vnet-${resourceId(id.parent ?? '').name}-${guidFor(id.parent ?? '').slice(0, 8)}`;
  return `/subscriptions/${guidFor('managed networks')}/resourceGroups/${group}/providers/Microsoft.Network/privateEndpoints/${id.name}`;
}

function isConnected(rule: JsonObject, workspace: JsonObject, store: Store): boolean {
  if (textOf(propertiesOf(rule).type) !== 'PrivateEndpoint') return true;
  const target = targetOf(rule);
  const endpoint = endpointOf(textOf(rule.id));
  connect(target, endpoint, stateFor(mayApprove(workspace, target, store) ? 'Approved' : 'Pending'), store);
  const connection = connectionsTo(store.get(target)).find((one) =>
    sameId(textOf(objectOf(propertiesOf(one).privateEndpoint).id), endpoint),
  );
  return connection !== undefined && statusOf(connection) === 'Approved';
}

/** The service may approve on the workspace's own resources; elsewhere its identity needs a role. */
function mayApprove(workspace: JsonObject, target: string, store: Store): boolean {
  const properties = propertiesOf(workspace);
  const own = [workspace.id, properties.storageAccount, properties.keyVault, properties.containerRegistry, properties.applicationInsights];
  if (own.some((id) => sameId(textOf(id), target))) return true;
  const principal = textOf(objectOf(workspace.identity).principalId);
  return [...store.all().values()].some((resource) => {
    const held = propertiesOf(resource);
    const scope = textOf(held.scope).toLowerCase();
    const above = scope !== '' && (target.toLowerCase() === scope || target.toLowerCase().startsWith(`${scope}/`));
    const role = textOf(held.roleDefinitionId).split('/').at(-1) ?? '';
    return (
      sameId(textOf(resource.type), 'Microsoft.Authorization/roleAssignments') &&
      above &&
      held.principalId === principal &&
      wideRoles.includes(role)
    );
  });
}

function targetOf(rule: JsonObject): string {
  return textOf(objectOf(propertiesOf(rule).destination).serviceResourceId);
}

function refuseName({ id }: Write): Refusal | undefined {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/.test(id.name)) return undefined;
  return refusal(400, 'ValidationError', `The outbound rule name ${id.name} is invalid.`);
}

function refuseRequired({ id, before, body }: Write): Refusal | undefined {
  const system = id.name.startsWith('__SYS_') || propertiesOf(before).category === 'Required' || propertiesOf(body).category === 'Required';
  return system ? refusal(400, 'ValidationError', `The outbound rule ${id.name} is required and cannot be changed.`) : undefined;
}

function refuseDeleteRequired(rule: JsonObject, name: string): Refusal | undefined {
  return rule.category === 'Required'
    ? refusal(400, 'ValidationError', `The outbound rule ${name} is required and cannot be deleted.`)
    : undefined;
}

/** The documents forbid it; the wording is ours. */
function refuseMode({ id, body, store }: Write): Refusal | undefined {
  const mode = isolationOf(store.get(id.parent ?? ''));
  const type = textOf(propertiesOf(body).type);
  if (mode === 'Disabled')
    return refusal(400, 'ValidationError', 'The workspace has no managed network, so it cannot have outbound rules.');
  if (mode === 'AllowOnlyApprovedOutbound' || type === 'PrivateEndpoint') return undefined;
  return refusal(
    400,
    'ValidationError',
    `Outbound rules of type ${type} are only allowed with the isolation mode AllowOnlyApprovedOutbound.`,
  );
}

function refuseDestination(write: Write): Refusal | undefined {
  const properties = propertiesOf(write.body);
  if (properties.type === 'FQDN') return refuseHost(textOf(properties.destination));
  if (properties.type === 'ServiceTag') return refuseTag(objectOf(properties.destination));
  if (properties.type === 'PrivateEndpoint') return refuseTarget(write);
  return refusal(400, 'ValidationError', `The outbound rule type ${textOf(properties.type)} is not known.`);
}

function refuseHost(destination: string): Refusal | undefined {
  const hosts = destination.split(',').map((host) => host.trim());
  const wrong = hosts.find((host) => !/^(\*\.)?([A-Za-z0-9_-]+\.)+[A-Za-z]{2,}$/.test(host));
  return wrong === undefined ? undefined : refusal(400, 'ValidationError', `The FQDN ${wrong} of an outbound rule is invalid.`);
}

function refuseTag({ serviceTag, portRanges, addressPrefixes }: JsonObject): Refusal | undefined {
  const given = textOf(serviceTag);
  if (!isServiceTag(given) && listOf(addressPrefixes).length === 0)
    return refusal(400, 'ValidationError', `The service tag ${given} of an outbound rule is not known.`);
  const wrong = textOf(portRanges)
    .split(',')
    .map((range) => range.trim())
    .find((range) => !/^(\*|\d{1,5}(-\d{1,5})?)$/.test(range));
  return wrong === undefined ? undefined : refusal(400, 'ValidationError', `The port range ${wrong} of an outbound rule is invalid.`);
}

function refuseTarget({ id, body, store }: Write): Refusal | undefined {
  const destination = objectOf(propertiesOf(body).destination);
  const targetId = textOf(destination.serviceResourceId);
  const group = textOf(destination.subresourceTarget);
  const target = store.get(targetId);
  if (target === undefined) return refusal(400, 'ValidationError', `The resource ${targetId} of an outbound rule was not found.`);
  if (groupIdsOf(target)?.includes(group) === false)
    return refusal(400, 'ValidationError', `The subresource target ${group} is not one of ${targetId}.`);
  const twin = store.list(ruleType, id.parent ?? '').find((rule) => isTwin(rule, targetId, group) && !sameId(textOf(rule.name), id.name));
  if (twin === undefined) return undefined;
  return refusal(400, 'ValidationError', `The outbound rule ${textOf(twin.name)} leads to ${group} of ${targetId} already.`);
}

function isTwin(rule: JsonObject, target: string, group: string): boolean {
  return sameId(targetOf(rule), target) && objectOf(propertiesOf(rule).destination).subresourceTarget === group;
}
