import { sampleOf } from '../core/sample.ts';
import type { Sample } from '../core/schema-sample.ts';
import type { Reads } from '../core/verify/reads.ts';

/** Reads out of a made-up subscription, at once; what is not in it does not exist. */
export function sampleReads(parts: readonly Sample[], now: () => Date): Reads {
  const answers = sampleOf(parts);
  return async (refs, told, { signal } = {}) => {
    signal?.throwIfAborted();
    const at = now().toISOString();
    for (const ref of refs) {
      const answer = answers(ref);
      told(ref, 'value' in answer ? { ok: true, value: answer.value, at } : { ok: false, ...answer, at });
    }
  };
}
