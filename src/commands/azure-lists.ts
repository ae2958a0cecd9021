import type { Catalog } from '../core/catalog.ts';
import type { Reads } from '../core/verify/reads.ts';
import { configuredEndpoint } from '../io/azure/az-config.ts';
import { azureReader, type Reader } from '../io/azure/reader.ts';
import { azToken } from '../io/azure/token.ts';
import type { ReadsFor } from '../io/inventory.ts';
import { azureReads } from '../io/verify/azure-reads.ts';
import type { Context } from './context.ts';
import { explained } from './running.ts';

/** What lists are read with; with --sample they are made up. */
export async function listReads(context: Context, catalog: Catalog, wanted: Parameters<ReadsFor>[0]): Promise<Reads> {
  return context.sample ? sampleFor(context) : azureReads((await readerOf(context, catalog, wanted)).ask);
}

/** The made-up subscription. */
export async function sampleFor({ folder }: Context): Promise<Reads> {
  const [{ loadSample }, { sampleReads }] = await Promise.all([import('../io/catalog.ts'), import('../io/sample-reads.ts')]);
  return sampleReads(await loadSample(folder), () => new Date());
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
