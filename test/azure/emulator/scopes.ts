import { type JsonObject, textOf } from './json.ts';
import { resourceId, sameId } from './resource-id.ts';
import type { Store } from './store.ts';

/** What is set on scopes and concerns one of them: set on it, above it and, unless a filter says otherwise, below it. */
export function reaching(type: string, scope: string, filter: string, store: Store): JsonObject[] {
  const wanted = scope.toLowerCase();
  const only = /at(Exact)?Scope\(\)/i.exec(filter);
  return [...store.all().values()].filter((resource) => {
    if (!sameId(textOf(resource.type), type)) return false;
    const held = resourceId(textOf(resource.id)).scope.toLowerCase();
    if (held === wanted) return true;
    if (only?.[1] !== undefined) return false;
    return wanted.startsWith(`${held}/`) || (only === null && held.startsWith(`${wanted}/`));
  });
}

/** What the caller may do at a scope: what was given there and above it, or everything where nothing was said. */
export function permissionsAt(scope: string, { settings }: Store): JsonObject[] {
  const given = [...settings.permissions]
    .filter(([held]) => covers(held, scope))
    .flatMap(([, permissions]) => permissions)
    .map((permission) => ({ ...nothing, ...permission }));
  return given.length > 0 ? given : [{ ...nothing, actions: ['*'] }];
}

/** Tells whether a scope is another one or above it; the empty one and `/` are above all. */
export function covers(held: string, scope: string): boolean {
  const [above, below] = [held, scope].map((text) => text.toLowerCase().replace(/\/$/, '')) as [string, string];
  return above === below || below.startsWith(`${above}/`);
}

const nothing = { actions: [], notActions: [], dataActions: [], notDataActions: [] };
