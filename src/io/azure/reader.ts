import { type Ask, askProblem, type Reading } from '../../core/asks.ts';
import { canonical } from '../../core/json.ts';
import type { Manifest } from '../../core/schema.ts';
import type { Asking } from './asking.ts';
import type { TokenSource } from './token.ts';
import type { Limits } from './transport.ts';
import { NoToken, withoutToken } from './trouble.ts';
import { dated } from './world.ts';

/** Reads Azure. */
export interface Reader {
  /**
   * Asks once for all who ask the same; `fresh` asks again. Rejects with the signal's reason, and for an ask that does more than read.
   * What may pass, such as a broken network, is asked again by the next one.
   */
  readonly ask: (ask: Ask, signal?: AbortSignal, options?: { readonly fresh?: boolean }) => Promise<Reading>;
  /** How many requests have left, each try counted. */
  readonly requests: () => number;
}

/** What Azure is read with. */
export interface ReaderOptions {
  readonly token: TokenSource;
  /** Where Resource Manager of this cloud is, such as https://host. */
  readonly endpoint: string;
  /** Whose resources a query of Resource Graph sees. */
  readonly subscriptions: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the catalog says about reading. */
  readonly azure: NonNullable<Manifest['azure']>;
  /** The version of this program, for its requests. */
  readonly version: string;
  readonly clock?: { readonly now: () => number };
  readonly limits?: Partial<Limits>;
}

/** A reader for one cloud and one sign-in; whatever speaks HTTPS is loaded when there is a token, as az takes longer, and without a sign-in nobody needs it. */
export function azureReader(options: ReaderOptions): Reader {
  if (!isEndpoint(options.endpoint)) throw new Error(`«${options.endpoint}» is no place of Resource Manager: it looks like https://host`);
  const now = options.clock?.now ?? Date.now;
  let count = 0;
  let opened: Promise<Asking> | undefined;
  const open = async (): Promise<Asking> => {
    try {
      await options.token.take();
    } catch (error) {
      opened = undefined;
      if (error instanceof NoToken) return async () => dated(withoutToken(error), new Date(now()).toISOString(), []);
      throw error;
    }
    return (await import('./asking.ts')).openAsking(options, () => count++);
  };
  const flights = new Map<string, Flight>();
  const begin = (ask: Ask, key: string): Flight => {
    opened ??= open();
    const asking = opened;
    const forget = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    const flight = new Flight(async (signal) => (await asking)(ask, signal), forget);
    flights.set(key, flight);
    return flight;
  };
  return {
    ask: async (ask, signal, { fresh = false } = {}) => {
      const problem = askProblem(ask, options.azure.read_posts);
      if (problem !== undefined) throw new Error(problem);
      signal?.throwIfAborted();
      const key = canonical(ask);
      return ((fresh ? undefined : flights.get(key)) ?? begin(ask, key)).join(signal);
    },
    requests: () => count,
  };
}

function isEndpoint(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' && url.pathname === '/' && url.search === '' && url.username === '';
}

const passing = new Set(['not installed', 'signed out', 'throttled', 'unreachable', 'partial']);

/** One question on its way, for all who wait for it; given up when nobody does. */
class Flight {
  readonly #reading: Promise<Reading>;
  readonly #over = new AbortController();
  readonly #forget: () => void;
  #waiting = 0;

  constructor(start: (signal: AbortSignal) => Promise<Reading>, forget: () => void) {
    this.#forget = forget;
    this.#reading = start(this.#over.signal);
    this.#reading.then((reading) => !reading.ok && passing.has(reading.why) && forget(), forget);
  }

  /** The reading, unless the signal comes first. */
  async join(signal?: AbortSignal): Promise<Reading> {
    this.#waiting++;
    if (!signal) return this.#reading;
    const { promise, reject } = Promise.withResolvers<never>();
    const leave = () => {
      this.#waiting--;
      if (this.#waiting === 0) this.#giveUp();
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([this.#reading, promise]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  #giveUp(): void {
    this.#forget();
    this.#over.abort();
  }
}
