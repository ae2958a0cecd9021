import type { Plan, Step } from '../../../src/core/plan.ts';
import type { CloudName } from '../emulator/clouds.ts';
import type { Seed } from '../emulator/emulator.ts';
import type { JsonObject } from '../emulator/json.ts';
import { barelyExisting, longExisting, neighbourhood } from './existing.ts';
import { idOf, requiredSteps, settled, typeOf } from './planned.ts';
import { placeOf, put, textOfWant, typedValue, unmet } from './wants.ts';

/** The world in which a plan can begin: what it takes for granted exists, what it would change is not yet so. */
export function worldBefore(planned: Plan): Seed {
  const resources = [...neighbourhood(planned), ...requiredSteps(planned).map((step) => existing(planned, step))];
  return { ...tenancy(planned), ...otherSubscriptions(planned, resources), resources };
}

/** The subscriptions of a hub and of others, in which resources lie too. */
function otherSubscriptions(planned: Plan, resources: readonly JsonObject[]): Pick<Seed, 'subscriptions'> {
  const all = resources.map(({ id }) => String(id).split('/')[2]?.toLowerCase() ?? '');
  const own = String(settled(planned, 'subscription')).toLowerCase();
  return { subscriptions: [...new Set(all)].filter((one) => one !== own) };
}

/** The world before, in which what exists has nothing yet of what a plan adds. */
export function bareWorldBefore(planned: Plan): Seed {
  const required = requiredSteps(planned).map((step) => barelyExisting(existing(planned, step)));
  return { ...tenancy(planned), resources: [...neighbourhood(planned), ...required] };
}

/** The world before, with everything that the plan makes, save its computes. */
export function worldWithoutComputes(planned: Plan): Seed {
  const made = planned.steps
    .filter((step) => step.type === 'ensure' && !isCompute(step))
    .map((step) =>
      fitted(
        longExisting(planned, typeOf(step), idOf(step)),
        planned.steps.filter((other) => other.update.length === 0 && idOf(other) === idOf(step)),
      ),
    );
  return { ...tenancy(planned), resources: [...(worldBefore(planned).resources ?? []), ...made] };
}

/** Tells whether a step stands for a compute. */
export function isCompute(step: Step): boolean {
  return typeOf(step).toLowerCase().endsWith('/computes');
}

function tenancy(planned: Plan): Pick<Seed, 'subscription' | 'cloud'> {
  return { subscription: String(settled(planned, 'subscription')), cloud: settled(planned, 'cloud_row.az') as CloudName };
}

/** What a step takes for granted it must find; what it can change itself is left as it was. */
function existing(planned: Plan, step: Step): JsonObject {
  const fixed = planned.steps.filter((other) => other.type === 'require' && other.update.length === 0 && idOf(other) === idOf(step));
  const resource = fitted(longExisting(planned, typeOf(step), idOf(step)), fixed);
  const wrong = fixed.flatMap((one) => unmet(one, resource));
  if (wrong.length > 0) throw new Error(`existing.ts cannot make what the plan takes for granted: ${wrong.join('; ')}`);
  return resource;
}

function fitted(resource: JsonObject, steps: readonly Step[]): JsonObject {
  let fit = resource;
  for (const want of steps.flatMap(({ wants }) => wants)) {
    const place = want.word.some((part) => 'output' in part) ? undefined : placeOf(want);
    if (place !== undefined) fit = put(fit, place, typedValue(textOfWant(want)));
  }
  return fit;
}
