import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { answersFile } from '../../../src/core/render/answers.ts';
import type { Stage } from './journey.ts';
import { catalog } from './planned.ts';
import { type Ran, run } from './run.ts';

/** The built program. */
export const program = join(import.meta.dirname, '../../../dist/cli.js');

/** Writes the answers of a stage, and gives the words that name them. */
export function answersOf({ plan, folder }: Stage): string[] {
  const file = join(folder, 'answers-given.yaml');
  // A run wants to find the files that answers name; those of examples lie below the home of the stage.
  const text = answersFile(catalog, plan.situation.answers).replaceAll(/(?<=: )\/(home|etc)\//g, `${join(folder, 'home')}/$1/`);
  writeFileSync(file, text);
  return ['--answers', file];
}

/** What the program sees of a stage: az of the emulator, and a state folder of its own. */
export function environmentOf(stage: Stage): Record<string, string> {
  return { ...stage.environment, AMLGUIDE_STATE_DIR: join(stage.folder, 'state') };
}

/** Runs amlguide on a stage. */
export function amlguide(stage: Stage, ...words: readonly string[]): Promise<Ran> {
  return run(execPath, [program, ...words], stage.folder, environmentOf(stage));
}

/** The name under which a stage runs. */
export function nameOf({ plan }: Stage): string {
  return String(plan.situation.answers[catalog.manifest.name_from]);
}
