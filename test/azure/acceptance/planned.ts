import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalog } from '../../../src/core/catalog.ts';
import { answersGiven } from '../../../src/core/given.ts';
import type { Json } from '../../../src/core/json.ts';
import { type Plan, plan, type Step } from '../../../src/core/plan.ts';
import { defaultFormats, render } from '../../../src/core/render.ts';
import { wordText } from '../../../src/core/words.ts';
import { loadCatalog } from '../../../src/io/catalog.ts';
import { hasKubectl } from '../needs.ts';

/** The catalog as it is published. */
export const catalog = await loadCatalog();

/** The names of all examples; where there is no kubectl, of those that do without, unless it is required. */
export const examples: readonly string[] = Object.entries(catalog.examples).flatMap(([name, { answers }]) =>
  'arc.context' in answers && !hasKubectl() && process.env.AMLGUIDE_REQUIRE_AZ !== '1' ? [] : [name],
);

/** The plan of an example; throws what is wrong with it. */
export function planOfExample(name: string): Plan {
  return planOfAnswers(catalog, (catalog.examples[name]?.answers ?? {}) as Record<string, Json>);
}

/** The plan of answers as a file gives them; throws what is wrong with them. */
export function planOfAnswers(from: Catalog, given: Readonly<Record<string, Json>>): Plan {
  const { answers, problems } = answersGiven(from, given);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const planned = plan(from, answers);
  if ('problems' in planned) throw new Error(JSON.stringify(planned.problems));
  return planned;
}

/** Writes everything that a plan renders into a new folder, and gives the folder. */
export function renderedFolder(planned: Plan): string {
  const folder = mkdtempSync(join(tmpdir(), 'amlguide-acceptance-'));
  for (const { path, text, executable } of render(planned, defaultFormats, 'test')) {
    const file = join(folder, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
    if (executable) chmodSync(file, 0o755);
  }
  return folder;
}

/** The Resource Manager id of a step; empty for an action. */
export function idOf(step: Step): string {
  return wordText(step.id ?? []) ?? '';
}

/** The type of the resource of a step, such as Microsoft.Network/virtualNetworks; empty for an action. */
export function typeOf(step: Step): string {
  return step.kind === undefined ? '' : (catalog.kinds[step.kind]?.type ?? '');
}

/** The steps that check what has to exist before the plan begins, each id once. */
export function requiredSteps(planned: Plan): Step[] {
  const key = (step: Step) => idOf(step).toLowerCase();
  const made = new Set(planned.steps.filter(({ type }) => type === 'ensure').map(key));
  const required = planned.steps.filter((step) => step.type === 'require' && !made.has(key(step)));
  return required.filter((step, index) => required.findIndex((other) => key(other) === key(step)) === index);
}

/** What expressions of the plan see under a dotted name. */
export function settled(planned: Plan, name: string): Json {
  return planned.situation.settle(name) ?? null;
}

/** Where the neighbours live. */
export function elsewhere(planned: Plan): string {
  return `/subscriptions/${String(settled(planned, 'subscription'))}/resourceGroups/rg-of-others`;
}

/** The region of a plan. */
export function regionOf(planned: Plan): string {
  return String(settled(planned, 'region'));
}
