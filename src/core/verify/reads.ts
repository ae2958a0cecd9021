import type { Reading } from '../asks.ts';
import type { Ref } from './sources.ts';

/** How things are to be read: `direct` asks Resource Manager for each resource by itself, and again. */
export interface ReadOptions {
  readonly direct?: boolean;
  readonly signal?: AbortSignal;
}

/** Reads things and tells each reading as it comes; what cannot be read is told too. Where they are read, in Azure or in a sample, is its own matter. */
export type Reads = (refs: readonly Ref[], told: (ref: Ref, reading: Reading) => void, options?: ReadOptions) => Promise<void>;
