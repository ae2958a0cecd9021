import { createHash } from 'node:crypto';
import { type Cloud, clouds } from './clouds.ts';

/** What lies around the resources of a test world: neighbours that one cannot see, and rights that one does not have. */
export interface Surroundings {
  readonly cloud: Cloud;
  /** Every subscription that can be reached; the first is the usual one. */
  readonly subscriptions: readonly string[];
  readonly tenant: string;
  /** Globally unique names that somebody else holds, as type and name: `Microsoft.KeyVault/vaults/kv-1`. */
  readonly taken: readonly string[];
  /** Ids of targets on which the caller may not approve private endpoints. */
  readonly noApprovalRight: readonly string[];
  /** Ids of targets whose private endpoints stay pending although the caller asked for approval. */
  readonly leftPending: readonly string[];
  /** Roles that the service itself gives the identity of a new workspace: the name of a role, then the property that holds the scope. */
  readonly identityRoles: Readonly<Record<string, string>>;
}

/** The subscription and tenant where nothing else is said. */
export const usualTenancy = {
  subscription: '11111111-1111-4111-8111-111111111111',
  tenant: '22222222-2222-4222-8222-222222222222',
} as const;

/** An empty neighbourhood in the public cloud. */
export const usualSurroundings: Surroundings = {
  cloud: clouds.AzureCloud,
  subscriptions: [usualTenancy.subscription],
  tenant: usualTenancy.tenant,
  taken: [],
  noApprovalRight: [],
  leftPending: [],
  identityRoles: {},
};

/** A GUID that is always the same for a text. */
export function guidFor(text: string): string {
  const hash = createHash('sha256').update(text.toLowerCase()).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
