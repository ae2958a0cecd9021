import type { Plan } from '../../../src/core/plan.ts';
import type { Seed } from '../emulator/emulator.ts';
import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from '../emulator/json.ts';
import { idOf } from './planned.ts';

/** The world before without connections to endpoints that the plan makes only now. */
export function withoutLaterConnections(plan: Plan, seed: Seed): Seed {
  const made = plan.steps.filter(({ type }) => type === 'ensure').map((step) => idOf(step).toLowerCase());
  const isLater = (connection: JsonObject) => made.includes(textOf(objectOf(propertiesOf(connection).privateEndpoint).id).toLowerCase());
  const resources = (seed.resources ?? []).map((resource) => {
    const { privateEndpointConnections, ...properties } = propertiesOf(resource);
    if (privateEndpointConnections === undefined) return resource;
    const earlier = listOf(privateEndpointConnections)
      .map(objectOf)
      .filter((one) => !isLater(one));
    return { ...resource, properties: { ...properties, privateEndpointConnections: earlier } };
  });
  return { ...seed, resources };
}
