import type { JsonObject } from './json.ts';
import type { ResourceId } from './resource-id.ts';

/** What Resource Manager answers when it does not do what was asked. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Makes a refusal. */
export function refusal(status: number, code: string, message: string): Refusal {
  return { status, code, message };
}

/** The body of a refusal. */
export function refusalBody(refused: Refusal): JsonObject {
  return { error: { code: refused.code, message: refused.message } };
}

/** The refusal for a group that does not exist. */
export function groupNotFound(group: string): Refusal {
  return refusal(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
}

/** The refusal for a resource that does not exist, in the words of Resource Manager or of the network provider. */
export function notFound(id: ResourceId): Refusal {
  if (id.parent !== undefined && id.type.toLowerCase().startsWith('microsoft.network/')) {
    return refusal(404, 'NotFound', `Resource ${id.text} not found.`);
  }
  const short = id.text.slice(id.scope.length + '/providers/'.length);
  const message = `The Resource '${short}' under resource group '${id.group ?? '<null>'}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  return refusal(404, 'ResourceNotFound', message);
}

/** The refusal for a resource whose parent does not exist. */
export function parentNotFound(id: ResourceId, verb: 'read' | 'write' | 'delete'): Refusal {
  const type = id.type.slice(id.type.indexOf('/') + 1);
  const message =
    verb === 'write'
      ? `Can not perform requested operation on nested resource. Parent resource '${parentName(id)}' not found.`
      : `Failed to perform '${verb}' on resource(s) of type '${type}', because the parent resource '${id.parent}' could not be found.`;
  return refusal(404, 'ParentResourceNotFound', message);
}

function parentName(id: ResourceId): string {
  const parts = (id.parent ?? '').split('/');
  return parts.at(-1) ?? '';
}
