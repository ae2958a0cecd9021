import type { Reading } from '../../src/core/asks.ts';
import type { Catalog } from '../../src/core/catalog.ts';
import { answersGiven } from '../../src/core/given.ts';
import { checklistOf } from '../../src/core/items.ts';
import { isObject, type Json } from '../../src/core/json.ts';
import { type Plan, plan } from '../../src/core/plan.ts';
import type { EachRow } from '../../src/core/resources.ts';
import type { Shown } from '../../src/core/schema-checks.ts';
import { type Finding, findingOf, type PlannedItem, plannedItems } from '../../src/core/verify/findings.ts';
import { filledTree } from '../../src/core/verify/sources.ts';

/** A check with the answers that show it, in the plan of an example that has it. */
export interface ShownCheck {
  readonly plan: Plan;
  readonly item: PlannedItem;
  readonly shown: Shown;
}

/** The plans of all examples, by name. */
export function examplePlans(catalog: Catalog): ReadonlyMap<string, Plan> {
  return new Map(
    Object.entries(catalog.examples).map(([name, { answers }]) => {
      const made = plan(catalog, answersGiven(catalog, answers as Record<string, Json>).answers);
      if ('problems' in made) throw new Error(`${name} has problems`);
      return [name, made];
    }),
  );
}

/** The check of an item in the example that its answers name, or in the first one that has it; undefined where none has. */
export function shownCheck(catalog: Catalog, plans: ReadonlyMap<string, Plan>, topic: string, id: string): ShownCheck | undefined {
  const shown = catalog.answers[topic]?.[id];
  if (!shown) return undefined;
  const candidates = candidatesFor(catalog, plans, shown);
  for (const one of candidates) {
    const items = plannedItems(one.world, checklistOf(one.situation, { local: true })).filter(
      ({ line, main }) => line.topic === topic && line.item.id === id && main,
    );
    const item = items[shown.row ?? 0];
    if (item) return { plan: one, item, shown };
  }
  return undefined;
}

function candidatesFor(catalog: Catalog, plans: ReadonlyMap<string, Plan>, { example, set }: Shown): readonly Plan[] {
  if (example === undefined) return [...plans.values()];
  if (set !== undefined) return [planWith(catalog, { ...catalog.examples[example]?.answers, ...set } as Record<string, Json>)];
  const named = plans.get(example);
  return named ? [named] : [];
}

function planWith(catalog: Catalog, answers: Readonly<Record<string, Json>>): Plan {
  const made = plan(catalog, answersGiven(catalog, answers).answers);
  if ('problems' in made) throw new Error(made.problems.map(({ key, say }) => `${key}: ${say}`).join('\n'));
  return made;
}

/** An answer of the catalog with its expressions filled in; a resource comes with its id. */
export function answerOf({ plan: { world }, item }: ShownCheck, tree: unknown): Json {
  const row: EachRow | undefined = item.line.each;
  const filled = filledTree(world, tree, row, item.self);
  const { source } = item.main ?? {};
  return source?.type === 'resource' && isObject(filled) ? { id: source.id, ...filled } : filled;
}

/** What a check makes of an answer. */
export function verdictOn(
  { plan: { world }, item, shown, ...rest }: ShownCheck,
  answer: Json,
  also?: Readonly<Record<string, Json>>,
): Finding {
  const at = '2026-11-21T00:00:00Z';
  const read = (value: Json): Reading => ({ ok: true, value, at });
  const others = also ?? alsoOf({ plan: { world } as Plan, item, shown, ...rest });
  const readings = new Map<string, Reading>([[item.main?.key ?? '', read(answer)]]);
  for (const [name, ref] of Object.entries(item.also)) readings.set(ref.key, read(others[name] ?? null));
  return findingOf(world, item, readings);
}

/** What the other reads of a check answer. */
export function alsoOf({ plan: { world }, item, shown }: ShownCheck): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(shown.also ?? {}).map(([name, tree]) => [name, filledTree(world, tree, item.line.each, item.self)]),
  );
}

/** Every answer that differs from this one in a single value: another one in its place, or none. */
export function mutationsOf(answer: Json): Json[] {
  if (Array.isArray(answer)) {
    const list = answer as Json[];
    return list
      .flatMap((one, index) => [list.toSpliced(index, 1), ...mutationsOf(one).map((other) => list.with(index, other))])
      .concat([[]]);
  }
  if (isObject(answer)) {
    return Object.entries(answer)
      .filter(([key]) => key !== 'id')
      .flatMap(([key, one]) => {
        const { [key]: _, ...rest } = answer;
        return [rest, ...mutationsOf(one).map((other) => ({ ...answer, [key]: other }))];
      });
  }
  if (typeof answer === 'boolean') return [!answer, null];
  if (typeof answer === 'number') return [answer + 100_000, answer - 100_000, 0, null];
  return typeof answer === 'string' ? [`${answer}-other`, '', null] : [true, 'other', 1];
}
