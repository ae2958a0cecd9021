import { isObject, type Json, type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import type { Refusal } from './refusal.ts';
import { resourceId } from './resource-id.ts';

/** A deployment of a template, as `az vm create` posts one: it writes every resource of the template. */
export function deploymentsOf(kindOf: (type: string) => Kind): Kind {
  return {
    takes: 200,
    refuse: (write) =>
      writesOf(write, kindOf)
        .map((one) => kindOf(one.id.type).refuse?.(one))
        .find((refused) => refused !== undefined),
    after: (write) => {
      for (const one of writesOf(write, kindOf)) {
        write.store.put(one.id.text, one.body);
        kindOf(one.id.type).after?.(one);
      }
    },
    view: (deployment) => {
      const { parameters: _, ...properties } = propertiesOf(deployment);
      return { ...deployment, properties };
    },
  };
}

/** The reason why a template would not be deployed; what az asks with `--validate`. */
export function refuseDeployment(write: Write, kindOf: (type: string) => Kind): Refusal | undefined {
  return deploymentsOf(kindOf).refuse?.(write);
}

function writesOf({ id, body, store }: Write, kindOf: (type: string) => Kind): Write[] {
  const properties = propertiesOf(body);
  const resources = listOf(objectOf(properties.template).resources).map(objectOf);
  const below = `/subscriptions/${id.subscription}/resourceGroups/${id.group}/providers`;
  return resources.map((resource) => {
    const { dependsOn: _, apiVersion: __, type, name, ...rest } = filled(resource, objectOf(properties.parameters));
    const own = resourceId(`${below}/${textOf(type)}/${textOf(name)}`);
    const write: Write = { id: own, body: rest, before: store.get(own.text), store };
    return { ...write, body: kindOf(own.type).shape?.(write) ?? rest };
  });
}

/** Only parameters are filled in; az writes everything else into the template itself. */
function filled(value: JsonObject, parameters: JsonObject): JsonObject {
  return objectOf(fill(value, parameters));
}

function fill(value: Json, parameters: JsonObject): Json {
  if (Array.isArray(value)) return value.map((one) => fill(one, parameters));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, parameters)]));
  const name = typeof value === 'string' ? /^\[parameters\('([^']+)'\)\]$/.exec(value)?.[1] : undefined;
  return name === undefined ? value : (objectOf(parameters[name]).value ?? null);
}
