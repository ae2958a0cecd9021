import type { JsonObject } from './json.ts';
import type { Surroundings } from './surroundings.ts';

/** A subscription as a GET shows it. */
export function subscriptionView(id: string, { tenant }: Surroundings): JsonObject {
  return {
    id: `/subscriptions/${id}`,
    subscriptionId: id,
    tenantId: tenant,
    displayName: 'Test subscription',
    state: 'Enabled',
    authorizationSource: 'RoleBased',
    managedByTenants: [],
  };
}
