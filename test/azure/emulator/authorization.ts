import { type JsonObject, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { notFound, type Refusal, refusal } from './refusal.ts';
import { isResource, parsePath, type ResourceId, sameId } from './resource-id.ts';
import type { Store } from './store.ts';

const assignmentType = 'Microsoft.Authorization/roleAssignments';

/** Built-in roles that the emulator knows: name and id. */
const roles: Record<string, string> = {
  'User Access Administrator': '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
  'Role Based Access Control Administrator': 'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
  'Azure AI Administrator': 'b78c5d69-af96-48a3-bf8d-a8b4d589de94',
  'Azure AI Enterprise Network Connection Approver': 'b556d68e-0be0-4f35-a333-ad7ee1ce17ea',
  'Key Vault Administrator': '00482a5a-887f-4fb3-b363-3b7fe8e74483',
  'Key Vault Contributor': 'f25e0fa2-a7c8-4377-a976-54943a77a395',
  'Key Vault Reader': '21090545-7ca7-4776-b22c-e363652d74d2',
  'Key Vault Secrets Officer': 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6',
  AcrPush: '8311e382-0749-4cb8-b61a-304f252e45ec',
  'Storage Account Contributor': '17d1049b-9a84-46fb-8f53-869881c3d3ab',
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  'Storage File Data Privileged Contributor': '69566ab7-960f-475b-8e7c-b3118f30c6bd',
  'Storage File Data SMB Share Contributor': '0c867c2a-1d8c-454a-a3db-ab2ea1bdc8bb',
  'Private DNS Zone Contributor': 'b12aa53e-6015-4669-85d0-8515ebb3ae7f',
  'Log Analytics Reader': '73c42c96-874c-492b-b04d-ab87d138a893',
  'Managed Identity Operator': 'f1a07417-d97a-45cb-824c-7a7467783830',
  Owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  Contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  Reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  'Network Contributor': '4d97b98b-1d4f-4787-a291-c67834d212e7',
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  'Storage Blob Data Reader': '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
  'AzureML Data Scientist': 'f6c7c914-8db3-469d-8ca1-694a8f32e121',
  'AzureML Compute Operator': 'e503ece1-11d0-4e8e-8e2c-7a6c3bf38815',
  'Kubernetes Extension Contributor': '85cb6faf-e071-4c9b-8136-154b5a04f717',
  'Azure Kubernetes Service Cluster Admin Role': '0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8',
  AcrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
};

/** An assignment of a role. */
export const roleAssignments: Kind = {
  updated: 201,
  shape: ({ id, body }) => ({ ...body, properties: { principalType: 'ServicePrincipal', ...propertiesOf(body), scope: id.scope } }),
  refuse: (write) => refuseScope(write) ?? refuseRole(write) ?? refuseTwin(write) ?? refuseUpdate(write),
};

/** Id of a built-in role. */
export function roleId(name: string): string {
  return roles[name] ?? '';
}

/** The role assignments at, above and below a scope. */
export function assignmentsOf(scope: string, store: Store, filter = ''): JsonObject[] {
  const wanted = scope.toLowerCase();
  const principal = /(?:principalId eq |assignedTo\()'([^']*)'/i.exec(filter)?.[1];
  const below = !/atScope\(\)/i.test(filter);
  return [...store.all().values()].filter((resource) => {
    if (!sameId(textOf(resource.type), assignmentType)) return false;
    if (principal !== undefined && propertiesOf(resource).principalId !== principal) return false;
    const held = textOf(propertiesOf(resource).scope).toLowerCase();
    return held === wanted || (below && held.startsWith(`${wanted}/`)) || wanted.startsWith(`${held}/`);
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

/** Extension resources can only be written where their scope is. */
function refuseScope({ id, store }: Write): Refusal | undefined {
  const scope = parsePath(id.scope);
  if (scope === undefined || !isResource(scope) || store.get(id.scope) !== undefined) return undefined;
  return notFound(scope);
}

function refuseRole({ body, store }: Write): Refusal | undefined {
  const guid = textOf(propertiesOf(body).roleDefinitionId).split('/').at(-1) ?? '';
  const custom = [...store.all().values()].some(
    (resource) => /\/roledefinitions$/i.test(textOf(resource.type)) && sameId(textOf(resource.name), guid),
  );
  if (custom || Object.values(roles).some((known) => sameId(known, guid))) return undefined;
  return refusal(400, 'RoleDefinitionDoesNotExist', `The specified role definition with ID '${guid.replaceAll('-', '')}' does not exist.`);
}

function refuseUpdate({ body, before }: Write): Refusal | undefined {
  if (before === undefined) return undefined;
  const then = propertiesOf(before);
  const now = propertiesOf(body);
  const role = (properties: JsonObject) => textOf(properties.roleDefinitionId).split('/').at(-1) ?? '';
  if (then.principalId === now.principalId && sameId(role(then), role(now))) return undefined;
  const message = 'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.';
  return refusal(403, 'RoleAssignmentUpdateNotPermitted', message);
}
