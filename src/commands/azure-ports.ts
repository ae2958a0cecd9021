import type { Reading } from '../core/asks.ts';
import type { Catalog } from '../core/catalog.ts';
import { UserError } from '../core/errors.ts';
import type { Situation } from '../core/situation.ts';
import type { Reads } from '../core/verify/reads.ts';
import type { Ref } from '../core/verify/sources.ts';
import { configuredEndpoint } from '../io/azure/az-config.ts';
import { azureReader, type Reader } from '../io/azure/reader.ts';
import { azToken } from '../io/azure/token.ts';
import { commandPorts, programsOf, readCommand } from '../io/commands-read.ts';
import { readComputer } from '../io/computer.ts';
import { azureReads } from '../io/verify/azure-reads.ts';
import type { ReadPorts } from '../io/verify/verify.ts';
import { type Context, tell } from './context.ts';
import { explained } from './running.ts';

/** What Azure and this computer are read with. */
export interface LivePorts extends ReadPorts {
  /** How many requests have left so far. */
  readonly requests: () => number;
}

/** Reads the Azure of these answers, with the sign-in of az; nothing is started before the first reading. */
export async function livePorts(
  context: Context,
  situation: Situation,
  { cluster, signal }: { readonly cluster: boolean; readonly signal?: AbortSignal },
): Promise<LivePorts> {
  if (context.sample) return samplePorts(context, signal !== undefined);
  const reader = await readerFor(context, situation, signal);
  return { azure: azureReads(reader.ask), computer: computerReads(context, situation.catalog, cluster, signal), requests: reader.requests };
}

/** What is said of a made-up subscription. */
export const sampleNote = 'This is a made-up subscription: nothing of it exists, and nothing is reached.';

/** A made-up subscription, which knows nothing of this computer and of no cluster; whoever can leave sees on the screen that it is one. */
async function samplePorts(context: Context, onScreen: boolean): Promise<LivePorts> {
  const reads = await (await import('./azure-lists.ts')).sampleFor(context);
  if (!onScreen) tell(context, sampleNote);
  return { azure: reads, computer: reads, requests: () => 0 };
}

async function readerFor(context: Context, situation: Situation, signal?: AbortSignal): Promise<Reader> {
  const { azure } = situation.catalog.manifest;
  if (!azure) throw new UserError({ what: 'These checklists do not say how Azure is read.', hint: 'Add azure: to catalog.yaml.' });
  const subscription = String(situation.settle(azure.subscription) ?? '');
  const endpoint = (await configuredEndpoint(context.environment)) ?? String(situation.settle(azure.endpoint) ?? '');
  const { environment, version } = context;
  const explain = (text: string) => explained(situation.catalog, text);
  const token = azToken({ command: azure.token, subscription, environment, explain, ...(signal ? { signal } : {}) });
  return azureReader({ token, endpoint, subscriptions: subscriptionsOf(situation, subscription), environment, azure, version });
}

/** The subscription of the answers, and those of resource ids among them, such as a hub's: Resource Graph is asked about all of them. */
function subscriptionsOf({ answers }: Situation, own: string): string[] {
  const named = [...JSON.stringify(answers).matchAll(/\/subscriptions\/([0-9a-f-]{36})/gi)].map(([, id = '']) => id.toLowerCase());
  return [...new Set([own, ...named.filter((id) => id !== own.toLowerCase())])];
}

/** Reads this computer and what commands print that only look; a cluster only when it is wanted. */
function computerReads(context: Context, catalog: Catalog, cluster: boolean, signal?: AbortSignal): Reads {
  const ports = commandPorts(catalog, context.environment, signal);
  const read = async ({ source }: Ref): Promise<Reading> => {
    if (source.type !== 'command')
      return readComputer({ ...context, programs: programsOf(catalog.manifest, context.environment), now: ports.now });
    if (!source.cluster || cluster) return readCommand(source, ports);
    return { ok: false, why: 'unexpected', message: 'The cluster is only looked at with --cluster.', at: ports.now().toISOString() };
  };
  return async (refs, told) => {
    await Promise.all(refs.map(async (ref) => told(ref, await read(ref))));
  };
}
