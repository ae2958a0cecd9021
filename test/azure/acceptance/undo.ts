import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan, Step } from '../../../src/core/plan.ts';
import { lookCommand } from '../../../src/core/render/script.ts';
import { readWords, restoreWords } from '../../../src/core/undo.ts';
import { type Word, wordText } from '../../../src/core/words.ts';
import { standInFolder } from '../az.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { type JsonObject, listOf, propertiesOf, textOf } from '../emulator/json.ts';
import { isKept } from '../emulator/soft-deleted.ts';
import { deletedVaultType } from '../emulator/unique-names.ts';
import type { Stage } from './journey.ts';
import { idOf } from './planned.ts';
import { type Ran, run } from './run.ts';

/** What was there before a run: the resources of steps as az showed them, and the actions that were done. */
export interface Found {
  readonly resources: ReadonlyMap<string, string>;
  readonly done: ReadonlySet<string>;
}

/** Looks at everything that the steps of a plan could make or change. */
export async function foundBefore(stage: Stage): Promise<Found> {
  const resources = new Map<string, string>();
  const done = new Set<string>();
  for (const step of stage.plan.steps) {
    if (step.id && stage.emulator.resource(idOf(step)) && step.update.length > 0 && step.restorable !== false)
      resources.set(step.key, await shownBy(stage, step));
    else if (step.id && stage.emulator.resource(idOf(step))) resources.set(step.key, '');
    // A look that waits for what a run makes fails now, and says that nothing is done.
    const probed = step.probe && step.undo && step.undo.words.length > 0 ? await call(stage, texts(step.probe)) : undefined;
    if (probed?.exitCode === 0 && probed.stdout.trim() === step.done) done.add(step.key);
  }
  return { resources, done };
}

/** Takes back what a run made and writes back what it changed, last step first, as the plan says; gives what it said and what went wrong. */
export async function takeBack(stage: Stage, found: Found, purges: boolean): Promise<string[]> {
  const said: string[] = [];
  const outputs = await outputsOf(stage);
  for (const step of stage.plan.steps.toReversed()) {
    const made = step.type === 'action' ? !found.done.has(step.key) : !found.resources.has(step.key);
    const calls = made ? await removalOf(stage, step, purges, said) : restorationOf(stage, step, found);
    for (const words of calls) {
      const ran = await call(stage, texts(words, outputs));
      if (ran.exitCode !== 0) said.push(`${step.key}: ${ran.stderr}`);
    }
  }
  return said;
}

/** Writes everything that a run may change back as it is, so that the emulator has added what it adds to every write. */
export async function writeBack(stage: Stage): Promise<void> {
  const found = await foundBefore(stage);
  for (const step of stage.plan.steps)
    for (const words of restorationOf(stage, step, found)) {
      const ran = await call(stage, texts(words));
      if (ran.exitCode !== 0) throw new Error(`${step.key}: ${ran.stderr}`);
    }
}

async function removalOf(stage: Stage, step: Step, purges: boolean, said: string[]): Promise<readonly (readonly Word[])[]> {
  const { undo } = step;
  if (!undo || undo.words.length === 0) return [];
  const looked = undo.empty ? await call(stage, texts(undo.empty.words)) : undefined;
  if (undo.empty && looked?.stdout.trim() !== undo.empty.is) {
    said.push(undo.empty.say);
    return [];
  }
  return purges && undo.purge.length > 0 ? undo.purge : undo.words;
}

function restorationOf({ plan, folder }: Stage, step: Step, found: Found): readonly (readonly Word[])[] {
  const before = found.resources.get(step.key) ?? '';
  if (before === '') return [];
  const file = join(folder, `before-${step.key.replaceAll('/', '-')}.json`);
  writeFileSync(file, before);
  return [restoreWords(plan.world, step, file)];
}

async function shownBy(stage: Stage, step: Step): Promise<string> {
  const { stdout } = await call(stage, texts(readWords(stage.plan.world, step)));
  return stdout;
}

function look(plan: Plan, step: Step, query: string): string[] {
  return lookCommand(plan, { id: idOf(step), api: step.api ?? '', query, output: 'tsv' }, (word) => wordText(word) ?? '');
}

/** The outputs that undo words name, as az tells them while everything is still there. */
async function outputsOf(stage: Stage): Promise<ReadonlyMap<string, string>> {
  const named = stage.plan.steps.flatMap(({ undo }) => (undo?.words ?? []).flat(2));
  const wanted = new Set(named.flatMap((part) => ('output' in part ? [part.output] : [])));
  const found = new Map<string, string>();
  for (const name of wanted) {
    const [key = '', output = ''] = name.split('.');
    const step = stage.plan.steps.find((one) => one.key === key);
    const query = step?.outputs[output];
    if (!step || query === undefined) throw new Error(`no step gives ${name}`);
    found.set(name, (await call(stage, look(stage.plan, step, query))).stdout.trim());
  }
  return found;
}

function texts(words: readonly Word[], outputs: ReadonlyMap<string, string> = new Map()): string[] {
  return words.map((word) => word.map((part) => ('output' in part ? (outputs.get(part.output) ?? '') : (wordText([part]) ?? ''))).join(''));
}

function call({ folder, environment }: Stage, [program = '', ...words]: readonly string[]): Promise<Ran> {
  return run(program === 'az' ? join(standInFolder, 'az') : program, words, folder, environment);
}

/** Everything that an emulator holds, without what Azure keeps of deleted things and without the history of deployments. */
export function heldNow(emulator: Emulator): Map<string, JsonObject> {
  const apart = /^microsoft\.resources\/deployments$/i;
  const all = [...emulator.resources()].filter(([, one]) => !isKeptApart(one) && !apart.test(textOf(one.type)));
  return new Map(all.map(([key, one]) => [key, withoutEmptyConnections(structuredClone(one))]));
}

/** An empty list of connections is none at all. */
function withoutEmptyConnections(resource: JsonObject): JsonObject {
  const { privateEndpointConnections, ...properties } = propertiesOf(resource);
  return privateEndpointConnections === undefined || listOf(privateEndpointConnections).length > 0 ? resource : { ...resource, properties };
}

/** The names of what Azure keeps of deleted things. */
export function keptNow(emulator: Emulator): string[] {
  return [...emulator.resources().values()].filter(isKeptApart).map((one) => textOf(one.id));
}

function isKeptApart(resource: JsonObject): boolean {
  return isKept(resource) || textOf(resource.type).toLowerCase() === deletedVaultType.toLowerCase();
}
