import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../../src/core/plan.ts';
import { azEnvironment, keepCommandIndex } from '../az.ts';
import { type Cluster, startCluster } from '../cluster/api-server.ts';
import { arcObjects } from '../cluster/arc-objects.ts';
import { type Emulator, type LogEntry, type Seed, startEmulator } from '../emulator/emulator.ts';
import type { JsonObject } from '../emulator/json.ts';
import { azServer, stopAzServer } from './az-server.ts';
import { putNamedFiles } from './named-files.ts';
import { planOfExample, renderedFolder, settled } from './planned.ts';
import { type Ran, runScript } from './run.ts';
import { worldBefore } from './seed.ts';

/** An emulator with its own folder, in which a plan is rendered. */
export interface Stage {
  readonly plan: Plan;
  readonly emulator: Emulator;
  /** The Kubernetes cluster, where the plan speaks to one. */
  readonly cluster: Cluster | undefined;
  readonly folder: string;
  readonly environment: Record<string, string>;
}

/** The run.sh of an example twice in a row, and what was there before, between and after. */
export interface Journey extends Stage {
  readonly before: JsonObject[];
  readonly first: Ran;
  readonly after: JsonObject[];
  readonly second: Ran;
  readonly changed: readonly LogEntry[];
}

const stages: Stage[] = [];
const journeys = new Map<string, Promise<Journey>>();

/** Sets the stage for a plan. */
export async function stageFor(plan: Plan, seed: Seed): Promise<Stage> {
  const folder = renderedFolder(plan);
  const emulator = await startEmulator(seed);
  putNamedFiles(plan, join(folder, 'home'));
  const cluster = await clusterFor(plan, join(folder, 'kubeconfig'));
  const config: Record<string, string> = cluster === undefined ? {} : { KUBECONFIG: join(folder, 'kubeconfig') };
  const environment = { ...azEnvironment(emulator, folder), ...config, ...(await azServer()) };
  const stage = { plan, emulator, cluster, folder, environment };
  stages.push(stage);
  return stage;
}

/** A cluster behind the context that the plan names; none where it names none. */
async function clusterFor(plan: Plan, config: string): Promise<Cluster | undefined> {
  const context = settled(plan, 'arc.context');
  if (typeof context !== 'string') return undefined;
  const cluster = await startCluster(arcObjects(plan));
  cluster.writeConfig(config, [context, 'another']);
  return cluster;
}

/** The journey of an example; made once, however often it is asked for. */
export function journeyOf(example: string): Promise<Journey> {
  const known = journeys.get(example) ?? travel(planOfExample(example));
  journeys.set(example, known);
  return known;
}

/** Runs the run.sh of a plan twice; nothing else may use the stage before that is over. */
export async function travel(plan: Plan, seed = worldBefore(plan)): Promise<Journey> {
  const stage = await stageFor(plan, seed);
  const before = snapshot(stage.emulator);
  const first = await runScript(stage.folder, stage.environment);
  keepCommandIndex(stage.environment);
  const after = snapshot(stage.emulator);
  const done = [stage.emulator.changes().length, stage.cluster?.changes().length] as const;
  const second = await runScript(stage.folder, stage.environment);
  const changed = [...stage.emulator.changes().slice(done[0]), ...(stage.cluster?.changes().slice(done[1]) ?? [])];
  return { ...stage, before, first, after, second, changed };
}

/** Everything that an emulator holds, as seed for another. */
export function snapshot(emulator: Emulator): JsonObject[] {
  return structuredClone([...emulator.resources().values()]);
}

/** Stops every emulator and the az server, and removes every folder. */
export async function clearStages(): Promise<void> {
  await stopAzServer();
  await Promise.all(stages.flatMap(({ emulator, cluster }) => [emulator.stop(), cluster?.stop()]));
  for (const { folder } of stages) rmSync(folder, { recursive: true, force: true });
}
