import type { Json, JsonObject } from './json.ts';
import { type Refusal, refusalBody } from './refusal.ts';

/** A request as it reached Resource Manager. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: JsonObject | undefined;
  /** Tells whether the caller wants no existing resource to be written over (`If-None-Match: *`). */
  readonly onlyNew?: boolean;
  /** Scheme and host that the caller used, for addresses in headers. */
  readonly origin: string;
}

/** What is answered. */
export interface Answer {
  readonly status: number;
  readonly body?: Json;
  /** Sent as it stands in place of a body, with the content type that `headers` name. */
  readonly text?: string;
  readonly headers?: Record<string, string>;
}

/** The answer for a refusal. */
export function refused(refusal: Refusal): Answer {
  return { status: refusal.status, body: refusalBody(refusal) };
}

/** Tells whether a request changes something: a POST that only lists or checks does not. */
export function isChange(method: string, path: string): boolean {
  if (['PUT', 'PATCH', 'DELETE'].includes(method)) return true;
  const action = path.split('/').at(-1) ?? '';
  return method === 'POST' && !/^(list|check|get|query|diagnose$|resources$)/i.test(action);
}
