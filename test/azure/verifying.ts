import type { Plan } from '../../src/core/plan.ts';
import { isHere } from '../../src/core/verify/doctor.ts';
import { type Finding, itemLooks, type PlannedItem, plannedItems } from '../../src/core/verify/findings.ts';
import { azureReader, type Reader } from '../../src/io/azure/reader.ts';
import { azureReads } from '../../src/io/verify/azure-reads.ts';
import { type ReadPorts, verify } from '../../src/io/verify/verify.ts';
import type { Emulator } from './emulator/emulator.ts';

/** A reader that asks the emulator, with a token that it gave out. */
export function readerOf(emulator: Emulator, plan: Plan): Reader {
  const { azure } = plan.situation.catalog.manifest;
  if (!azure) throw new Error('the catalog does not say how Azure is read');
  return azureReader({
    token: { take: async () => emulator.issueToken(), forget: () => undefined },
    endpoint: emulator.url,
    subscriptions: [...emulator.subscriptions],
    environment: { SSL_CERT_FILE: emulator.authority },
    azure,
    version: '0.0.0',
  });
}

/** The ports of a verification that only asks the emulator. */
export function portsOf(reader: Reader): ReadPorts {
  return { azure: azureReads(reader.ask), computer: async () => undefined };
}

/** The items that Azure decides. */
export function azureItems(plan: Plan): PlannedItem[] {
  const lines = plan.checklist.filter(({ item }) => !item.only_before);
  return plannedItems(plan.world, lines).filter(({ main }) => main && !main.slow && !isHere(main) && main.source.type !== 'command');
}

/** What verify says about everything that Azure decides. */
export async function verified(
  emulator: Emulator,
  plan: Plan,
): Promise<{ readonly findings: readonly Finding[]; readonly requests: number }> {
  const reader = readerOf(emulator, plan);
  const { findings } = await verify(itemLooks(plan.world, azureItems(plan)), portsOf(reader), () => undefined);
  return { findings, requests: reader.requests() };
}
