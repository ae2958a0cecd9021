import {
  agentPolicy,
  createDefaultHttpClient,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  decompressResponsePolicy,
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
  RestError,
  retryPolicy,
  type SendRequest,
  setClientRequestIdPolicy,
} from '@azure/core-rest-pipeline';
import { onlyReads } from '../../core/asks.ts';
import type { Json } from '../../core/json.ts';
import { Slots } from '../run/slots.ts';
import { Breaker } from './breaker.ts';
import type { Connection } from './connection.ts';
import type { ReaderOptions } from './reader.ts';

/** What Azure answered. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly header: (name: string) => string | undefined;
}

/** Sends requests that only read. */
export interface Transport {
  readonly get: (url: URL, signal: AbortSignal) => Promise<Answer>;
  readonly post: (url: URL, body: Json, signal: AbortSignal) => Promise<Answer>;
  /** The tokens that were used, which no message may show. */
  readonly tokens: ReadonlySet<string>;
}

/** How long things may take, in milliseconds. */
export interface Limits {
  /** One try. */
  readonly attempt: number;
  /** All tries of one request. */
  readonly patience: number;
  /** The first wait after a failure that says nothing about waiting; each later one is twice as long. */
  readonly pause: number;
  /** An answer that comes later. */
  readonly later: number;
}

const atOnce = 8;

/** A transport with retries, at most eight requests at once, and a new token after a 401; `sent` is told of each request. */
export function openTransport(options: ReaderOptions, limits: Limits, connection: Connection, sent: () => void): Transport {
  const client = createDefaultHttpClient();
  const pipeline = createEmptyPipeline();
  // The option «agent» of a request is lost on its way; the policy is not.
  pipeline.addPolicy(agentPolicy(connection.agent));
  pipeline.addPolicy(decompressResponsePolicy());
  pipeline.addPolicy(setClientRequestIdPolicy());
  const breaker = new Breaker();
  const asked = new WeakMap<PipelineRequest, number>();
  const inVain = (request: PipelineRequest) => breaker.isOpen(asked.get(request) ?? 0);
  pipeline.addPolicy(patientPolicy(limits, options.clock?.now ?? Date.now, inVain), { phase: 'Retry' });
  pipeline.addPolicy(attemptPolicy(limits.attempt, sent), { afterPhase: 'Retry' });
  const slots = new Slots(atOnce);
  const tokens = new Set<string>();
  const once = async (request: Asked, token: string, at: number) => {
    tokens.add(token);
    const sent = requestFor(request, token, options.version, connection);
    asked.set(sent, at);
    try {
      const answer = answerOf(await pipeline.sendRequest(client, sent));
      breaker.note(at, !mayPass(answer.status));
      return answer;
    } catch (error) {
      if (!request.signal.aborted) breaker.note(at, false);
      throw error;
    }
  };
  const send = (request: Asked, at = breaker.now()) =>
    slots.use(0, async () => {
      request.signal.throwIfAborted();
      const token = await options.token.take();
      const answer = await once(request, token, at);
      return answer.status === 401 ? once(request, await options.token.take(token), at) : answer;
    });
  return {
    get: (url, signal) => send({ method: 'GET', url, signal }),
    post: async (url, body, signal) => {
      // The last gate, for the address as it is sent: nothing that may change something gets past it.
      if (!onlyReads(url.pathname, options.azure.read_posts))
        throw new Error(`a POST to ${url.pathname} is not among those that only read`);
      return send({ method: 'POST', url, body: JSON.stringify(body), signal });
    },
    tokens,
  };
}

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly body?: string;
  readonly signal: AbortSignal;
}

function requestFor({ method, url, body, signal }: Asked, token: string, version: string, connection: Connection): PipelineRequest {
  return createPipelineRequest({
    method,
    url: url.href,
    headers: createHttpHeaders({
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      'user-agent': `amlguide/${version}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }),
    ...(body === undefined ? {} : { body }),
    abortSignal: signal,
    requestOverrides: { ...connection.overrides },
  });
}

function answerOf({ status, headers, bodyAsText }: PipelineResponse): Answer {
  return { status, text: bodyAsText ?? '', header: (name) => headers.get(name) };
}

/** Tries again while it may help, the time is not over, and others did not try in vain; the waits that Azure asks for are kept. */
function patientPolicy({ patience, pause }: Limits, now: () => number, inVain: (request: PipelineRequest) => boolean): PipelinePolicy {
  return {
    name: 'amlguidePatience',
    sendRequest: (request, next) => {
      const end = now() + patience;
      // Counted by itself: the line may break once after ten answers that said to wait.
      let broken = 0;
      const strategy = {
        name: 'amlguidePatience',
        retry: ({
          response,
          responseError,
          retryCount,
        }: {
          response?: PipelineResponse;
          responseError?: RestError;
          retryCount: number;
        }) => {
          const wait = response ? waitAfter(response, retryCount, pause, now()) : waitAfterError(responseError, broken++, pause);
          return wait === undefined || now() + wait > end || inVain(request) ? { skipStrategy: true } : { retryAfterInMs: wait };
        },
      };
      return retryPolicy([strategy], { maxRetries: 20 }).sendRequest(request, next);
    },
  };
}

/** Answers that may be others in a while. */
function mayPass(status: number): boolean {
  return status === 429 || status === 408 || (status >= 500 && status !== 501 && status !== 505);
}

function waitAfter({ status, headers }: PipelineResponse, count: number, pause: number, now: number): number | undefined {
  if (!mayPass(status)) return undefined;
  return retryAfter((name) => headers.get(name), now) ?? (count < 5 ? backoff(count, pause) : undefined);
}

/** Failures of the network that often pass by themselves. */
const passingErrors = new Set(['ETIMEDOUT', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN']);

function waitAfterError(error: RestError | undefined, count: number, pause: number): number | undefined {
  return count < 2 && passingErrors.has(error?.code ?? '') ? backoff(count, pause) : undefined;
}

function backoff(count: number, pause: number): number {
  return pause * 2 ** count * (0.5 + Math.random() / 2);
}

/** The milliseconds that an answer asks to wait; undefined when it asks for none. */
export function retryAfter(header: (name: string) => string | undefined, now: number): number | undefined {
  const milliseconds = header('retry-after-ms') ?? header('x-ms-retry-after-ms');
  const text = header('retry-after');
  const wait = milliseconds !== undefined ? Number(milliseconds) : text === undefined ? Number.NaN : Number(text) * 1000;
  if (wait >= 0) return wait;
  const date = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** One try, with its body: the pipeline's own timeout ends with the headers, and it never sees that a packed body breaks off. */
function attemptPolicy(limit: number, sent: () => void): PipelinePolicy {
  return {
    name: 'amlguideAttempt',
    sendRequest: async (request, next) => {
      sent();
      const outer = request.abortSignal;
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), limit);
      try {
        return await withinTime(request, next, outer ? [outer as AbortSignal, late.signal] : [late.signal]);
      } catch (error) {
        throw outer?.aborted ? error : passingError(error, request, late.signal.aborted ? limit : undefined);
      } finally {
        clearTimeout(timer);
        if (outer) request.abortSignal = outer;
        else delete request.abortSignal;
      }
    },
  };
}

/** Gives a late and a broken answer the codes that a dead line has, as both may pass. */
function passingError(error: unknown, request: PipelineRequest, late: number | undefined): unknown {
  if (late !== undefined) return new RestError(`no whole answer in ${Math.round(late / 1000)} seconds`, { code: 'ETIMEDOUT', request });
  const broken = error instanceof RestError && error.code === RestError.PARSE_ERROR;
  return broken ? new RestError('the connection broke off', { code: 'ECONNRESET', request }) : error;
}

async function withinTime(request: PipelineRequest, next: SendRequest, signals: readonly AbortSignal[]): Promise<PipelineResponse> {
  const any = AbortSignal.any([...signals]);
  request.abortSignal = any;
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new Error('aborted'));
  any.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([next(request), promise]);
  } finally {
    any.removeEventListener('abort', stop);
  }
}
