import type { JsonObject } from './json.ts';
import type { Store } from './store.ts';

/** A subscription as a GET shows it. */
export function subscriptionView(id: string, { surroundings, settings }: Store): JsonObject {
  return {
    id: `/subscriptions/${id}`,
    subscriptionId: id,
    tenantId: surroundings.tenant,
    displayName: 'Test subscription',
    state: 'Enabled',
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    ...settings.subscriptions.get(id.toLowerCase()),
  };
}
