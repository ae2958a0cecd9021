import type { LogEntry } from '../emulator/emulator.ts';
import { type Stage, stageFor } from './journey.ts';
import { withoutLaterConnections } from './later.ts';
import { planOfExample } from './planned.ts';
import { worldBefore } from './seed.ts';
import { writeBack } from './undo.ts';

/** The stage of an example in which everything was written once as it is, so that the emulator has added what it adds to every write. */
export async function settledStage(example: string): Promise<Stage> {
  const plan = planOfExample(example);
  const stage = await stageFor(plan, withoutLaterConnections(plan, worldBefore(plan)));
  await writeBack(stage);
  return stage;
}

/** The changes that Resource Manager carried out, without those that it refused. */
export function carriedOut({ emulator }: Stage, from = 0): LogEntry[] {
  return emulator
    .changes()
    .slice(from)
    .filter(({ status }) => status < 400);
}

/** Changes by method and path, sorted, so that two runs can be compared whatever their order. */
export function spelled(changes: readonly LogEntry[]): string[] {
  return changes.map(({ method, path }) => `${method} ${path.toLowerCase()}`).toSorted();
}
