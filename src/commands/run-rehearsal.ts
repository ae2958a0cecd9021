import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { UserError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import type { Plan } from '../core/plan.ts';
import { Cloud } from '../core/run/cloud.ts';
import { parseFailAt } from '../core/run/faults.ts';
import { journalFiles } from '../io/run/journal.ts';
import { standIn } from '../io/run/stand-in.ts';
import type { Stage } from './run-stage.ts';
import { realClock } from './running.ts';

/** A rehearsal of a plan: goes on with the made-up Azure of one that broke off, otherwise with a new one. */
export async function rehearsal(plan: Plan, folder: string, failAt: readonly string[], goesOn: boolean): Promise<Stage> {
  const faults = failAt.map((text) =>
    parseFailAt(
      text,
      plan.steps.map(({ key }) => key),
    ),
  );
  const before = goesOn ? await readCloud(folder) : undefined;
  if (!before) await forget(folder);
  const cloud = before ?? Cloud.of(plan);
  if (before) cloud.join(plan);
  for (const { step, fault } of faults) cloud.plant(step, fault);
  return stageOf(cloud, folder);
}

/** The made-up Azure of the last rehearsal, for an undo. */
export async function rehearsedAgain(folder: string): Promise<Stage> {
  const cloud = await readCloud(folder);
  if (cloud) return stageOf(cloud, folder);
  throw new UserError({ what: 'The made-up Azure of this rehearsal is gone.', where: cloudFile(folder), hint: 'Rehearse again.' });
}

function stageOf(cloud: Cloud, folder: string): Stage {
  const keeper = keeperOf(cloud, cloudFile(folder));
  return {
    ports: { clock: realClock, ...standIn(cloud, realClock, undefined, keeper.changed), signIn: async () => true },
    installs: [],
    adopt: async (state) => state,
    prepare: async () => undefined,
    keep: keeper.keep,
    before: (event) => (event.type === 'ended' || event.type === 'done' ? keeper.keep() : undefined),
  };
}

/** Writes the cloud down soon after it has changed, so that a rehearsal can be killed and goes on. */
function keeperOf(cloud: Cloud, file: string) {
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const keep = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(() => writeFileAtomic(file, JSON.stringify(cloud), { mode: 0o600 }));
    return writing;
  };
  const changed = (): void => {
    timer ??= setTimeout(() => void keep().catch(() => undefined), 100);
    timer.unref();
  };
  return { keep, changed };
}

/** A new rehearsal begins with nothing: what an earlier one made was never there. */
async function forget(folder: string): Promise<void> {
  for (const file of [...(await journalFiles(folder)), cloudFile(folder)]) await rm(file, { force: true });
}

async function readCloud(folder: string): Promise<Cloud | undefined> {
  const text = await readFile(cloudFile(folder), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return Cloud.from(JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

function cloudFile(folder: string): string {
  return join(folder, 'cloud.json');
}
