import type { Emulator } from './emulator/emulator.ts';
import { type Json, type JsonObject, listOf, propertiesOf, textOf } from './emulator/json.ts';
import { heldAt, idEnding } from './verified-world.ts';

/** Something that somebody does to what a run made, and the items of the checklist that it breaks. */
export interface Damage {
  readonly name: string;
  /** The end of its id; with a star behind it, the middle of several. */
  readonly to: string;
  readonly change: (resource: JsonObject) => JsonObject | undefined;
  readonly fails: readonly string[];
  /** Commands mend it; else a person is told what to do. */
  readonly healed: boolean;
}

/** The resource is deleted. */
export const gone = () => undefined;

/** One value of it is another. */
export function set(path: string, value: Json): Damage['change'] {
  return (resource) => changed(resource, path.split('/'), value) as JsonObject;
}

function changed(at: Json, [step = '', ...rest]: readonly string[], value: Json): Json {
  if (step === '') return value;
  if (Array.isArray(at))
    return (at as Json[]).map((one, index) => (String(index) === step || nameOf(one) === step ? changed(one, rest, value) : one));
  const held = typeof at === 'object' && at !== null ? (at as JsonObject) : {};
  return { ...held, [step]: changed(held[step] ?? null, rest, value) };
}

function nameOf(one: Json): string {
  return typeof one === 'object' && one !== null && !Array.isArray(one) ? textOf((one as JsonObject).name) : '';
}

/** A child of it is gone. */
export function without(path: string, name: string): Damage['change'] {
  return (resource) => ({
    ...resource,
    properties: { ...propertiesOf(resource), [path]: listOf(propertiesOf(resource)[path]).filter((one) => nameOf(one as Json) !== name) },
  });
}

/** An NSG gets one more rule. */
export function rule(name: string, properties: JsonObject): Damage['change'] {
  return (resource) => ({
    ...resource,
    properties: {
      ...propertiesOf(resource),
      securityRules: [
        ...listOf(propertiesOf(resource).securityRules),
        { id: `${textOf(resource.id)}/securityRules/${name}`, name, properties },
      ],
    },
  });
}

/** A rule that denies everything. */
export const deny = (direction: string, priority: number) => ({
  access: 'Deny',
  direction,
  priority,
  protocol: '*',
  sourceAddressPrefix: '*',
  sourcePortRange: '*',
  destinationAddressPrefix: '*',
  destinationPortRange: '*',
});

/** Does a damage to the emulator; gives what heals it. */
export function doTo(emulator: Emulator, { to, change }: Damage): () => void {
  const all = structuredClone([...emulator.resources()]);
  for (const id of idsOf(emulator, to)) {
    emulator.plant(id, change(structuredClone(emulator.resources().get(id.toLowerCase()) ?? heldAt(id))));
  }
  // What stood below something that was removed comes back too, parents first.
  return () => {
    for (const [one, resource] of all) emulator.plant(one, resource);
  };
}

/** The resource whose id ends so; with a star at the end all whose ids hold what stands before it. */
function idsOf(emulator: Emulator, to: string): string[] {
  if (!to.endsWith('*')) return [idEnding(to)];
  const part = to.slice(0, -1).toLowerCase();
  return [...emulator.resources().keys()].filter((id) => id.includes(part));
}
