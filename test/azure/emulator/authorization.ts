import { type JsonObject, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { type Refusal, refusal } from './refusal.ts';
import { type ResourceId, sameId } from './resource-id.ts';
import type { Store } from './store.ts';

const assignmentType = 'Microsoft.Authorization/roleAssignments';

/** Built-in roles that the emulator knows: name and id. */
const roles: Record<string, string> = {
  Owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  Contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  Reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  'Network Contributor': '4d97b98b-1d4f-4787-a291-c67834d212e7',
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  'Storage Blob Data Reader': '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
  'AzureML Data Scientist': 'f6c7c914-8db3-469d-8ca1-694a8f32e121',
  'AzureML Compute Operator': 'e503ece1-11d0-4e8e-8e2c-7a6c3bf38815',
  AcrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
};

/** An assignment of a role. */
export const roleAssignments: Kind = {
  shape: ({ id, body }) => ({ ...body, properties: { principalType: 'ServicePrincipal', ...propertiesOf(body), scope: id.scope } }),
  refuse: refuseTwin,
};

/** The role assignments at, above and below a scope. */
export function assignmentsOf(scope: string, store: Store): JsonObject[] {
  const wanted = scope.toLowerCase();
  return [...store.all().values()].filter((resource) => {
    if (!sameId(textOf(resource.type), assignmentType)) return false;
    const held = textOf(propertiesOf(resource).scope).toLowerCase();
    return held === wanted || held.startsWith(`${wanted}/`) || wanted.startsWith(`${held}/`);
  });
}

/** The definitions of the built-in roles, or of the one that a filter names. */
export function roleDefinitions(subscription: string, filter: string): JsonObject[] {
  const wanted = /roleName eq '([^']*)'/i.exec(filter)?.[1];
  return Object.entries(roles)
    .filter(([name]) => wanted === undefined || sameId(name, wanted))
    .map(([name, guid]) => ({
      id: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
      name: guid,
      type: 'Microsoft.Authorization/roleDefinitions',
      properties: {
        roleName: name,
        type: 'BuiltInRole',
        description: name,
        assignableScopes: ['/'],
        permissions: [{ actions: ['*'], notActions: [], dataActions: [], notDataActions: [] }],
      },
    }));
}

/** The refusal if a lock at or above a resource forbids the change. */
export function refuseLocked(id: ResourceId, deletes: boolean, store: Store): Refusal | undefined {
  const key = id.key;
  const locks = [...store.all().values()].filter((resource) => sameId(textOf(resource.type), 'Microsoft.Authorization/locks'));
  for (const lock of locks) {
    const scope = textOf(lock.id).split(/\/providers\/microsoft\.authorization\/locks\//i)[0] ?? '';
    const covers = key === scope.toLowerCase() || key.startsWith(`${scope.toLowerCase()}/`);
    const forbids = deletes || textOf(propertiesOf(lock).level) === 'ReadOnly';
    if (!covers || !forbids || key === textOf(lock.id).toLowerCase()) continue;
    return refusal(
      409,
      'ScopeLocked',
      `The scope '${id.text}' cannot perform ${deletes ? 'delete' : 'write'} operation because following scope(s) are locked: '${scope}'. Please remove the lock and try again.`,
    );
  }
  return undefined;
}

function refuseTwin({ id, body, store }: Write): Refusal | undefined {
  const mine = propertiesOf(body);
  const twin = assignmentsOf(id.scope, store).find((other) => {
    const theirs = propertiesOf(other);
    const sameRole = textOf(theirs.roleDefinitionId).split('/').at(-1) === textOf(mine.roleDefinitionId).split('/').at(-1);
    return (
      sameRole && theirs.principalId === mine.principalId && sameId(textOf(theirs.scope), id.scope) && !sameId(textOf(other.id), id.text)
    );
  });
  return twin === undefined ? undefined : refusal(409, 'RoleAssignmentExists', 'The role assignment already exists.');
}
