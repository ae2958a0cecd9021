import { type JsonObject, objectOf } from '../emulator/json.ts';

/** The reason why the extension would not take an instance type, after the rules of its page; the wording is ours. */
export function refuseInstanceType(body: JsonObject): string | undefined {
  const resources = objectOf(objectOf(body.spec).resources);
  const requests = objectOf(resources.requests);
  const limits = objectOf(resources.limits);
  for (const [part, amounts] of Object.entries({ requests, limits })) {
    for (const name of ['cpu', 'memory']) {
      const amount = amounts[name];
      if (typeof amount !== 'string') return `spec.resources.${part}.${name}: Required value: a text`;
      if (!/[1-9]/.test(amount)) return `spec.resources.${part}.${name}: Invalid value: "${amount}": must not be zero`;
      if (!/^\d+(\.\d+)?(m|[KMGT]i?)?$/.test(amount)) return `spec.resources.${part}.${name}: Invalid value: "${amount}"`;
    }
  }
  if ('nvidia.com/gpu' in requests) return 'spec.resources.requests: Forbidden: GPUs stand in the limits alone';
  const gpu = limits['nvidia.com/gpu'];
  if (gpu !== undefined && !Number.isInteger(gpu)) return `spec.resources.limits: Invalid value: GPUs are a whole number`;
  return undefined;
}
