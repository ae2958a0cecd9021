import type { Reading } from '../../core/asks.ts';
import type { Json } from '../../core/json.ts';
import { redact } from '../../core/redact.ts';
import type { Page } from './failures.ts';
import type { ReaderOptions } from './reader.ts';
import type { Answer, Limits, Transport } from './transport.ts';
import type { Failure } from './trouble.ts';

/** What one ask is answered with. */
export interface World {
  readonly transport: Transport;
  readonly limits: Limits;
  readonly options: ReaderOptions;
  readonly origin: string;
  readonly signal: AbortSignal;
  /** Sends something and reads the answer; rejects only when it was aborted, or for a fault of this program. */
  readonly page: (send: () => Promise<Answer>) => Promise<Page>;
}

/** What one ask comes to before it is dated: a value, or a failure with what came before it. */
export type Outcome = { readonly value: Json } | (Failure & { readonly value?: Json });

/** The address of a path below Resource Manager. */
export function addressOf({ endpoint }: ReaderOptions, path: string, api: string): URL {
  return new URL(`${endpoint.replace(/\/$/, '')}${path}${path.includes('?') ? '&' : '?'}api-version=${encodeURIComponent(api)}`);
}

/** An address that Azure names; undefined when a token must not be sent there. */
export function sameOrigin(address: string, origin: string): URL | undefined {
  const url = URL.canParse(address, origin) ? new URL(address, origin) : undefined;
  return url?.origin === origin && url.username === '' ? url : undefined;
}

/** A reading that came at a time (ISO 8601); its message shows none of the known secrets. */
export function dated(outcome: Outcome, at: string, known: readonly string[]): Reading {
  if (!('why' in outcome)) return { ok: true, value: outcome.value, at };
  const { why, value } = outcome;
  const message = redact(outcome.message, { ids: false, known });
  return { ok: false, why, message, ...(value === undefined ? {} : { value }), at };
}
