import type { Plan, Step } from '../../../src/core/plan.ts';
import { examples, idOf, planOfExample, requiredSteps } from './planned.ts';
import { placeOf } from './wants.ts';

/** A step of an example that stands for its kind of resource. */
export interface Case {
  readonly kind: string;
  readonly example: string;
  readonly step: Step;
}

const plans = new Map<string, Plan>(examples.map((name) => [name, planOfExample(name)]));

/** For each kind the earliest step that stops when its resource is missing. */
export function missingCases(): Case[] {
  return firstOfEachKind((planned) => requiredSteps(planned));
}

/** For each kind the earliest step that stops when its resource differs. */
export function differingCases(): Case[] {
  return firstOfEachKind((planned) =>
    planned.steps.filter((step) => step.update.length === 0 && step.wants.some((want) => want.how === 'is' && placeOf(want) !== undefined)),
  );
}

/** The example with the fewest steps among those that make several things in a network. */
export function shortestExample(): string {
  const made = [...plans].filter(([name]) => networkSteps(name).length > 2);
  return made.toSorted(([, one], [, other]) => one.steps.length - other.steps.length)[0]?.[0] ?? '';
}

/** The examples that add to a subnet which exists. */
export function examplesWithSubnet(): string[] {
  return examples.filter((name) => requiredSteps(planOfExample(name)).some(({ kind }) => kind === 'subnet'));
}

/** The steps of an example that make something in the network. */
export function networkSteps(example: string): Step[] {
  return (plans.get(example)?.steps ?? []).filter((step) => step.type === 'ensure' && idOf(step).includes('/Microsoft.Network/'));
}

function firstOfEachKind(wanted: (planned: Plan) => Step[]): Case[] {
  const found = new Map<string, Case & { at: number }>();
  for (const [example, planned] of plans) {
    for (const step of wanted(planned)) {
      const at = planned.steps.indexOf(step);
      const kind = step.kind ?? '';
      if (at < (found.get(kind)?.at ?? Number.POSITIVE_INFINITY)) found.set(kind, { kind, example, step, at });
    }
  }
  return [...found.values()];
}
