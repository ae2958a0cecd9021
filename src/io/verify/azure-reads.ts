import type { Ask, Reading } from '../../core/asks.ts';
import type { Reads } from '../../core/verify/reads.ts';
import { directRequest, type Request, requestsFor } from '../../core/verify/requests.ts';
import type { Ref } from '../../core/verify/sources.ts';

/** Asks Azure; as `Reader.ask` does. */
type AskAzure = (ask: Ask, signal?: AbortSignal, options?: { readonly fresh?: boolean }) => Promise<Reading>;

/** Reads out of Azure with as few requests as it takes, or directly with one for each resource. */
export function azureReads(ask: AskAzure): Reads {
  return async (refs, told, { direct = false, signal } = {}) => {
    const requests = direct ? directly(refs) : requestsFor(refs);
    const byKey = new Map(refs.map((ref) => [ref.key, ref]));
    await Promise.all(
      requests.map(async (request) => {
        const reading = await ask(request.ask, signal, direct ? { fresh: true } : {});
        for (const [key, one] of request.split(reading)) {
          const ref = byKey.get(key);
          if (ref) told(ref, one);
        }
      }),
    );
  };
}

/** One request for each resource; what is no resource is asked as ever. */
function directly(refs: readonly Ref[]): Request[] {
  const others = refs.filter(({ source }) => source.type !== 'resource');
  return [...refs.flatMap((ref) => directRequest(ref) ?? []), ...requestsFor(others)];
}
