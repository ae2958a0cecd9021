import { roleDefinitions } from './authorization.ts';
import { type JsonObject, textOf } from './json.ts';
import type { ColumnType, Table } from './query-run.ts';
import { QueryFault } from './query-tokens.ts';
import { groupType, resourceId, sameId } from './resource-id.ts';
import type { Store } from './store.ts';
import { subscriptionView } from './tenancy.ts';

/** The columns of every table, in the order in which Resource Graph shows them. */
export const columns: ReadonlyMap<string, ColumnType> = new Map([
  ['id', 'string'],
  ['name', 'string'],
  ['type', 'string'],
  ['tenantId', 'string'],
  ['kind', 'string'],
  ['location', 'string'],
  ['resourceGroup', 'string'],
  ['subscriptionId', 'string'],
  ['managedBy', 'string'],
  ['sku', 'dynamic'],
  ['plan', 'dynamic'],
  ['properties', 'dynamic'],
  ['tags', 'dynamic'],
  ['identity', 'dynamic'],
  ['zones', 'dynamic'],
  ['extendedLocation', 'dynamic'],
]);

/** A resource as a GET shows it. */
export type View = (id: string) => JsonObject | undefined;

/** Which lower-case types stand in which table; children of resources stand in none unless they are named here. */
const tables: Record<string, RegExp> = {
  resources:
    /^(?!microsoft\.(authorization|policyinsights|kubernetesconfiguration|resources)\/)[^/]+\/[^/]+$|^microsoft\.network\/privatednszones\/virtualnetworklinks$/,
  resourcecontainers: /^microsoft\.resources\/resourcegroups$/,
  dnsresources: /^microsoft\.network\/(private)?dnszones\/(a|aaaa|cname|mx|ptr|soa|srv|txt)$/,
  authorizationresources: /^microsoft\.authorization\/role(assignments|definitions)$/,
  kubernetesconfigurationresources: /^microsoft\.kubernetesconfiguration\//,
  policyresources: /^microsoft\.authorization\/policy/,
};

/** A table of Resource Graph over some subscriptions; throws a QueryFault for one that there is not. */
export function graphTable(name: string, store: Store, view: View, subscriptions: readonly string[]): Table {
  const key = name.toLowerCase();
  const types = tables[key];
  if (types === undefined) throw new QueryFault('DisallowedLogicalTableName', `Table ${name} is invalid, unsupported or disallowed.`);
  const shown = [...store.all().values()]
    .filter((resource) => types.test(textOf(resource.type).toLowerCase()) && (key !== 'resources' || !isExtension(textOf(resource.id))))
    .map((resource) => view(textOf(resource.id)) ?? resource);
  const stored = shown
    .map((resource) => rowOf(resource, store))
    .filter(({ subscriptionId }) => subscriptions.some((one) => sameId(one, textOf(subscriptionId))));
  return { columns, rows: [...beside(key, store, subscriptions), ...stored] };
}

/** Tells whether a resource lies on another one rather than in a group. */
function isExtension(id: string): boolean {
  return id.toLowerCase().split('/providers/').length > 2;
}

/** The rows of what is no stored resource. */
function beside(table: string, store: Store, subscriptions: readonly string[]): JsonObject[] {
  const { tenant } = store.surroundings;
  if (table === 'resourcecontainers') {
    return subscriptions.map((id) => {
      const { displayName = '', state = '', managedByTenants = [], tags = null } = subscriptionView(id, store);
      const resource = { id: `/subscriptions/${id}`, name: displayName, tags, properties: { state, managedByTenants } };
      return completed(resource, { type: 'microsoft.resources/subscriptions', tenantId: tenant, subscriptionId: id, resourceGroup: '' });
    });
  }
  if (table !== 'authorizationresources') return [];
  // Built-in roles belong to the tenant, so that each is one row of no subscription.
  return roleDefinitions('', '').map((role) => {
    const id = textOf(role.id).replace(/^\/subscriptions\//, '');
    return completed({ ...role, id }, { type: textOf(role.type).toLowerCase(), tenantId: tenant });
  });
}

function rowOf(resource: JsonObject, { surroundings }: Store): JsonObject {
  const { subscription, group = '', type } = resourceId(textOf(resource.id));
  const shownType = type === groupType ? 'microsoft.resources/subscriptions/resourcegroups' : type.toLowerCase();
  return completed(resource, {
    type: shownType,
    tenantId: surroundings.tenant,
    subscriptionId: subscription,
    resourceGroup: group.toLowerCase(),
    location: textOf(resource.location).toLowerCase().replaceAll(' ', ''),
  });
}

/** A row with every column: what is missing is the empty text or null. */
function completed(resource: JsonObject, more: JsonObject): JsonObject {
  const whole: JsonObject = { ...resource, ...more };
  return Object.fromEntries([...columns].map(([name, type]) => [name, whole[name] ?? (type === 'string' ? '' : null)]));
}
