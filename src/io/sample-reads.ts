import { sampleOf } from '../core/sample.ts';
import type { Sample } from '../core/schema-sample.ts';
import type { Reads } from '../core/verify/reads.ts';

/** Reads out of a made-up subscription, at once; what is not in it does not exist. */
export function sampleReads(parts: readonly Sample[], now: Date): Reads {
  const answers = sampleOf(parts);
  return async (refs, told, { signal } = {}) => {
    signal?.throwIfAborted();
    const at = now.toISOString();
    for (const ref of refs) {
      const value = answers(ref);
      if (value !== undefined) told(ref, { ok: true, value, at });
      else if (ref.source.type === 'command' || ref.source.type === 'computer')
        told(ref, { ok: false, why: 'unreachable', message: 'The made-up subscription knows nothing of it.', at });
      else told(ref, { ok: false, why: 'absent', message: '', at });
    }
  };
}
