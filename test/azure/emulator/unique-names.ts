import { type JsonObject, textOf } from './json.ts';
import type { Write } from './kind.ts';
import { type Refusal, refusal } from './refusal.ts';
import { sameId } from './resource-id.ts';
import type { Store } from './store.ts';

/** Where a globally unique name is taken: by a resource that can be seen, by somebody else, or by a deleted vault. */
export type Holder = 'here' | 'elsewhere' | 'deleted';

/** Type of a vault that was deleted and not purged. */
export const deletedVaultType = 'Microsoft.KeyVault/locations/deletedVaults';

/** Who holds a globally unique name; undefined for a free one. */
export function holderOf(type: string, name: string, store: Store): Holder | undefined {
  const same = (resource: JsonObject, wanted: string) => sameId(textOf(resource.type), wanted) && sameId(textOf(resource.name), name);
  const all = [...store.all().values()];
  if (all.some((resource) => same(resource, type))) return 'here';
  if (sameId(type, 'Microsoft.KeyVault/vaults') && all.some((resource) => same(resource, deletedVaultType))) return 'deleted';
  return store.surroundings.taken.some((taken) => sameId(taken, `${type}/${name}`)) ? 'elsewhere' : undefined;
}

/** The refusal for a new resource whose name is taken. */
export function refuseTaken({ id, before, store }: Write): Refusal | undefined {
  if (before !== undefined) return undefined;
  const holder = holderOf(id.type, id.name, store);
  return holder === undefined ? undefined : refusals[id.type.toLowerCase()]?.(id.name, holder);
}

/** The answer to the question whether a name is free. */
export function nameAvailability(type: string, name: string, store: Store): JsonObject {
  const rule = rules[type.toLowerCase()];
  if (rule !== undefined && !rule.pattern.test(name)) return { nameAvailable: false, reason: rule.reason, message: rule.says(name) };
  const holder = holderOf(type, name, store);
  if (holder === undefined) return { nameAvailable: true };
  const message = refusals[type.toLowerCase()]?.(name, holder).message ?? `The name ${name} is already in use.`;
  return { nameAvailable: false, reason: 'AlreadyExists', message };
}

/** The refusal for a name that does not follow the rules of its type. */
export function refuseUniqueName({ id, before }: Write): Refusal | undefined {
  const rule = rules[id.type.toLowerCase()];
  if (rule === undefined || before !== undefined || rule.pattern.test(id.name)) return undefined;
  return refusal(400, rule.code, rule.says(id.name));
}

interface NameRule {
  readonly pattern: RegExp;
  readonly code: string;
  readonly reason: string;
  readonly says: (name: string) => string;
}

const rules: Record<string, NameRule> = {
  'microsoft.hdinsight/clusters': {
    pattern: /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,57}[A-Za-z0-9])?$/,
    code: 'InvalidClusterName',
    reason: 'Invalid',
    says: (name) => `The cluster name ${name} is invalid.`,
  },
  'microsoft.storage/storageaccounts': {
    pattern: /^[a-z0-9]{3,24}$/,
    code: 'AccountNameInvalid',
    reason: 'AccountNameInvalid',
    says: (name) =>
      `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
  },
  'microsoft.keyvault/vaults': {
    pattern: /^(?!.*--)[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/,
    code: 'VaultNameNotValid',
    reason: 'AccountNameInvalid',
    says: (name) =>
      `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens. Follow this link for more information: https://go.microsoft.com/fwlink/?linkid=2147742`,
  },
  'microsoft.containerregistry/registries': {
    pattern: /^[A-Za-z0-9]{5,50}$/,
    code: 'InvalidResourceName',
    reason: 'Invalid',
    says: (name) =>
      `The registry name ${name} is invalid. Registry names may contain alpha numeric characters only and must be between 5 and 50 characters.`,
  },
};

const refusals: Record<string, (name: string, holder: Holder) => Refusal> = {
  'microsoft.hdinsight/clusters': (name) => refusal(409, 'ClusterNameAlreadyExists', `The cluster name ${name} is already in use.`),
  'microsoft.storage/storageaccounts': (name, holder) =>
    holder === 'here'
      ? refusal(409, 'StorageAccountAlreadyExists', `The storage account named ${name} already exists under the subscription.`)
      : refusal(409, 'StorageAccountAlreadyTaken', `The storage account named ${name} is already taken.`),
  'microsoft.keyvault/vaults': (name, holder) =>
    holder === 'deleted'
      ? refusal(
          409,
          'ConflictError',
          `A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.`,
        )
      : refusal(
          409,
          'VaultAlreadyExists',
          `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state. If the vault is in a recoverable state then the vault will need to be purged before reusing the name. For more information about VaultAlreadyExists, soft delete and purging a vault follow this link https://go.microsoft.com/fwlink/?linkid=2147740.`,
        ),
  'microsoft.containerregistry/registries': (name) =>
    refusal(
      409,
      'AlreadyInUse',
      `The registry DNS name ${name.toLowerCase()}.azurecr.io is already in use. You can check if the name is already claimed using following API: https://docs.microsoft.com/en-us/rest/api/containerregistry/registries/checknameavailability`,
    ),
};
