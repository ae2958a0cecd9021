/** A resource id taken apart. */
export interface ResourceId {
  /** As it was written. */
  readonly text: string;
  /** For comparing: lower case. */
  readonly key: string;
  readonly subscription: string;
  readonly group: string | undefined;
  /** The provider's namespace, or undefined for a resource group. */
  readonly namespace: string | undefined;
  /** Full type, e.g. `Microsoft.Network/virtualNetworks/subnets`. */
  readonly type: string;
  readonly name: string;
  /** Id of the resource above it, or undefined for a resource directly under its scope. */
  readonly parent: string | undefined;
  /** What stands before the last `/providers/`. */
  readonly scope: string;
}

/** A collection of resources: the last name is missing. */
export interface CollectionId {
  readonly subscription: string;
  readonly type: string;
  /** Resource, group or subscription whose children are meant. */
  readonly under: string;
}

/** Type name of a resource group. */
export const groupType = 'Microsoft.Resources/resourceGroups';

/** Takes a path apart: a resource, a collection, or undefined where it is neither. */
export function parsePath(path: string): ResourceId | CollectionId | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  if (parts[0]?.toLowerCase() !== 'subscriptions' || parts[1] === undefined) return undefined;
  const provider = parts.findLastIndex((part) => part.toLowerCase() === 'providers');
  return provider < 0 ? parseScope(parts) : parseProvided(parts, provider);
}

/** Takes a resource id apart; throws for a text that is none. */
export function resourceId(text: string): ResourceId {
  const parsed = parsePath(text);
  if (parsed === undefined || !isResource(parsed)) throw new Error(`not a resource id: ${text}`);
  return parsed;
}

/** Tells a resource from a collection. */
export function isResource(parsed: ResourceId | CollectionId): parsed is ResourceId {
  return 'key' in parsed;
}

/** Tells whether two ids name the same resource. */
export function sameId(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function parseScope(parts: string[]): ResourceId | CollectionId | undefined {
  const subscription = parts[1] ?? '';
  const text = `/${parts.join('/')}`;
  if (parts[2]?.toLowerCase() !== 'resourcegroups') return undefined;
  if (parts.length === 3) return { subscription, type: groupType, under: `/${parts.slice(0, 2).join('/')}` };
  if (parts.length !== 4) return undefined;
  const name = parts[3] ?? '';
  const scope = `/${parts.slice(0, 2).join('/')}`;
  return {
    text,
    key: text.toLowerCase(),
    subscription,
    group: name,
    namespace: undefined,
    type: groupType,
    name,
    parent: undefined,
    scope,
  };
}

function parseProvided(parts: string[], provider: number): ResourceId | CollectionId | undefined {
  const subscription = parts[1] ?? '';
  const namespace = parts[provider + 1];
  const tail = parts.slice(provider + 2);
  if (namespace === undefined || tail.length === 0) return undefined;
  const type = [namespace, ...tail.filter((_, index) => index % 2 === 0)].join('/');
  const scope = `/${parts.slice(0, provider).join('/')}`;
  const above = tail.length > 2 ? `/${parts.slice(0, parts.length - (tail.length % 2 === 0 ? 2 : 1)).join('/')}` : undefined;
  if (tail.length % 2 === 1) return { subscription, type, under: above ?? scope };
  const text = `/${parts.join('/')}`;
  const group = parts[2]?.toLowerCase() === 'resourcegroups' ? parts[3] : undefined;
  return { text, key: text.toLowerCase(), subscription, group, namespace, type, name: tail.at(-1) ?? '', parent: above, scope };
}
