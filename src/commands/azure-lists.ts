import type { Catalog } from '../core/catalog.ts';
import type { LiveInventory } from '../core/inventory.ts';
import { configuredEndpoint } from '../io/azure/az-config.ts';
import { azureReader, type Reader } from '../io/azure/reader.ts';
import { azToken } from '../io/azure/token.ts';
import { liveInventory, type ReadsFor } from '../io/inventory.ts';
import { azureReads } from '../io/verify/azure-reads.ts';
import type { Context } from './context.ts';
import { explained } from './running.ts';

/** Lists of what there is, for choices, until the signal; with --sample they are made up. Nothing is started before the first is wanted. */
export async function listsOf(context: Context, catalog: Catalog, signal: AbortSignal): Promise<LiveInventory> {
  if (!context.sample) return liveInventory({ readsFor: async (wanted) => azureReads((await readerOf(context, catalog, wanted)).ask), signal });
  const [{ loadSample }, { sampleReads }] = await Promise.all([import('../io/catalog.ts'), import('../io/sample-reads.ts')]);
  const reads = sampleReads(await loadSample(context.folder), new Date());
  return liveInventory({ readsFor: async () => reads, sample: true, signal });
}

/** A reader for one subscription, or over all of the sign-in where none is chosen yet. */
async function readerOf(context: Context, catalog: Catalog, wanted: Parameters<ReadsFor>[0]): Promise<Reader> {
  const { azure } = catalog.manifest;
  if (!azure) throw new Error('These checklists do not say how Azure is read.');
  const { subscription = '' } = wanted;
  const endpoint = (await configuredEndpoint(context.environment)) ?? wanted.endpoint;
  const { environment, version } = context;
  const token = azToken({ command: azure.token, subscription, environment, explain: (text) => explained(catalog, text) });
  return azureReader({ token, endpoint, subscriptions: subscription === '' ? [] : [subscription], environment, azure, version });
}
