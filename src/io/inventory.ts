import type { Reading } from '../core/asks.ts';
import type { LiveInventory, Wanted } from '../core/inventory.ts';
import type { Reads } from '../core/verify/reads.ts';

/** What reads for one subscription of one cloud, or for all that the sign-in sees. */
export type ReadsFor = (wanted: Pick<Wanted, 'endpoint' | 'subscription'>) => Promise<Reads>;

/** How lists are fetched. */
export interface InventoryOptions {
  readonly readsFor: ReadsFor;
  /** Milliseconds before the first look, so that the first screen is there before it. */
  readonly delay?: number;
  readonly sample?: boolean;
  readonly signal?: AbortSignal;
}

/** What passes with time, and is read again when it is wanted again. */
const passing = new Set(['signed out', 'throttled', 'unreachable']);
/** How long a failure that may pass counts, in milliseconds: not every answer asks again. */
const patience = 60_000;
/** Answers that come together are told together, in milliseconds. */
const together = 30;

/** Reads lists in the background and keeps them for as long as the conversation goes on; a failure is an answer too, never an error. */
export function liveInventory({ readsFor, delay = 60, sample = false, signal }: InventoryOptions): LiveInventory {
  const readings = new Map<string, Reading>();
  const flights = new Map<string, Promise<void>>();
  const listeners = new Set<() => void>();
  const sources = new Map<string, Promise<Reads>>();
  const begun = Promise.withResolvers<void>();
  let started = false;
  let telling: NodeJS.Timeout | undefined;

  const tell = (): void => {
    if (telling) return;
    telling = setTimeout(() => {
      telling = undefined;
      for (const listener of listeners) listener();
    }, together);
  };
  const came = (key: string, reading: Reading): void => {
    if (signal?.aborted) return;
    readings.set(key, reading);
    tell();
  };
  const sourceOf = (wanted: Wanted): Promise<Reads> => {
    const key = `${wanted.endpoint} ${wanted.subscription ?? ''}`;
    const source = sources.get(key) ?? readsFor(wanted);
    sources.set(key, source);
    return source;
  };
  const read = async (wanted: Wanted, fresh: boolean): Promise<void> => {
    await begun.promise;
    if (signal?.aborted) return;
    try {
      const reads = await sourceOf(wanted);
      await reads([wanted.ref], (_, reading) => came(wanted.key, reading), {
        ...(fresh ? { direct: true } : {}),
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      came(wanted.key, { ok: false, why: 'unreachable', message, at: new Date().toISOString() });
    }
  };
  const isOver = (key: string): boolean => {
    const reading = readings.get(key);
    return reading !== undefined && (reading.ok || !passing.has(reading.why) || Date.now() - Date.parse(reading.at) < patience);
  };
  const want: LiveInventory['want'] = async (wanted, { fresh = false } = {}) => {
    // Somebody may have signed in meanwhile.
    if (fresh || wanted.some(({ key }) => readings.get(key)?.ok === false)) sources.clear();
    if (!started) setTimeout(begun.resolve, delay);
    started = true;
    const open = wanted.filter(({ key }) => flights.has(key) || fresh || !isOver(key));
    for (const one of open.filter(({ key }) => !flights.has(key))) {
      flights.set(
        one.key,
        read(one, fresh).finally(() => flights.delete(one.key)),
      );
    }
    await Promise.all(open.map(({ key }) => flights.get(key)));
  };
  const changed: LiveInventory['changed'] = (heard) => {
    listeners.add(heard);
    return () => listeners.delete(heard);
  };
  return { readings: () => readings, want, changed, sample };
}
