import type { Ask, Reading } from '../../core/asks.ts';
import { type Connection, connectionTo } from './connection.ts';
import { failureOf, type Page, pageIn } from './failures.ts';
import { awaited } from './later.ts';
import { graphRows, listFrom } from './pages.ts';
import type { ReaderOptions } from './reader.ts';
import { type Answer, type Limits, openTransport, type Transport } from './transport.ts';
import { NoWay } from './trouble.ts';
import { addressOf, dated, type Outcome, type World } from './world.ts';

/** Asks once, whatever was asked before. */
export type Asking = (ask: Ask, signal: AbortSignal) => Promise<Reading>;

const usualLimits: Limits = { attempt: 30_000, patience: 60_000, pause: 1000, later: 300_000 };

/** Opens the way to Azure; when there is none, every reading says so. */
export function openAsking(options: ReaderOptions, sent: () => void): Asking {
  const now = options.clock?.now ?? Date.now;
  const answer = answering(options, { ...usualLimits, ...options.limits }, sent);
  return async (ask, signal) => {
    const { outcome, tokens } = await answer(ask, signal);
    return dated(outcome, new Date(now()).toISOString(), [...tokens]);
  };
}

type Answering = (ask: Ask, signal: AbortSignal) => Promise<{ readonly outcome: Outcome; readonly tokens: Iterable<string> }>;

function answering(options: ReaderOptions, limits: Limits, sent: () => void): Answering {
  const { origin, hostname } = new URL(options.endpoint);
  let connection: Connection;
  let transport: Transport;
  try {
    connection = connectionTo(hostname, options.environment);
    transport = openTransport(options, limits, connection, sent);
  } catch (error) {
    if (!(error instanceof NoWay)) throw error;
    return async () => ({ outcome: { why: 'unreachable', message: error.message }, tokens: [] });
  }
  return async (ask, signal) => {
    const page = (send: () => Promise<Answer>) => pageOf(send, hostname, connection, signal);
    return { outcome: await outcomeOf(ask, { transport, limits, options, origin, signal, page }), tokens: transport.tokens };
  };
}

async function pageOf(send: () => Promise<Answer>, host: string, connection: Connection, signal: AbortSignal): Promise<Page> {
  try {
    return pageIn(await send());
  } catch (error) {
    signal.throwIfAborted();
    const failure = failureOf(error, host, connection);
    if (!failure) throw error;
    return failure;
  }
}

async function outcomeOf(ask: Ask, world: World): Promise<Outcome> {
  if ('graph' in ask) return graphRows(ask.graph, world);
  const first = await world.page(() => ('get' in ask ? gotten(ask, world) : posted(ask, world)));
  if ('why' in first) return first;
  return ask.list ? listFrom(first.body, world) : { value: first.body };
}

function gotten({ get, api }: Extract<Ask, { get: string }>, { transport, options, signal }: World): Promise<Answer> {
  return transport.get(addressOf(options, get, api), signal);
}

async function posted({ post, api, body, wait }: Extract<Ask, { post: string }>, world: World): Promise<Answer> {
  const answer = await world.transport.post(addressOf(world.options, post, api), body, world.signal);
  return wait && answer.status === 202 ? awaited(answer, world) : answer;
}
