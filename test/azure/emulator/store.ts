import { copyOf, type Json, type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import { groupType, isResource, parsePath, type ResourceId, resourceId, sameId } from './resource-id.ts';
import { Settings } from './settings.ts';
import { type Surroundings, usualSurroundings } from './surroundings.ts';

/** Children that live inside their parent's properties, so that both views are one. */
const embedded: Record<string, string> = {
  'microsoft.network/virtualnetworks/subnets': 'subnets',
  'microsoft.network/virtualnetworks/virtualnetworkpeerings': 'virtualNetworkPeerings',
  'microsoft.network/networksecuritygroups/securityrules': 'securityRules',
  'microsoft.network/routetables/routes': 'routes',
  'microsoft.network/serviceendpointpolicies/serviceendpointpolicydefinitions': 'serviceEndpointPolicyDefinitions',
};

/** What the subscription holds. */
export class Store {
  readonly surroundings: Surroundings;
  /** What a test may change while the emulator runs. */
  readonly settings = new Settings();
  readonly #resources = new Map<string, JsonObject>();

  constructor(surroundings: Surroundings = usualSurroundings) {
    this.surroundings = surroundings;
  }

  /** Every resource by its lower-case id; embedded children stand in their parents. */
  all(): ReadonlyMap<string, JsonObject> {
    return this.#resources;
  }

  /** The stored resource; undefined where there is none, or where the text is no id at all. */
  get(text: string): JsonObject | undefined {
    const id = parsePath(text);
    if (id === undefined || !isResource(id)) return undefined;
    const property = embeddedProperty(id.type);
    if (property === undefined) return this.#resources.get(id.key);
    return this.#children(id, property).find((child) => sameName(child, id.name));
  }

  /** Stores a resource as it is, its id, name and type completed. */
  put(text: string, body: JsonObject): JsonObject {
    const id = resourceId(text);
    const before = this.get(text);
    const identity = { id: textOf(before?.id) || spelled(id.text), name: textOf(before?.name) || id.name, type: id.type };
    const resource = adoptChildren({ ...copyOf(body), ...identity }, id);
    const property = embeddedProperty(id.type);
    if (property === undefined) this.#resources.set(id.key, resource);
    else this.#putChild(id, property, resource);
    return resource;
  }

  /** Removes a resource and everything below it. */
  remove(text: string): void {
    const id = resourceId(text);
    const property = embeddedProperty(id.type);
    if (property !== undefined) {
      const parent = this.#resources.get((id.parent ?? '').toLowerCase());
      if (parent === undefined) return;
      const rest = this.#children(id, property).filter((child) => !sameName(child, id.name));
      parent.properties = { ...propertiesOf(parent), [property]: rest };
      return;
    }
    for (const key of [...this.#resources.keys()]) {
      if (key === id.key || key.startsWith(`${id.key}/`)) this.#resources.delete(key);
    }
  }

  /** The resources of a type below a resource, a group or a subscription. */
  list(type: string, under: string): JsonObject[] {
    const property = embeddedProperty(type);
    if (property !== undefined) return listOf(propertiesOf(this.get(under))[property]).map(objectOf);
    const prefix = `${under.toLowerCase()}/`;
    return [...this.#resources]
      .filter(([key, resource]) => key.startsWith(prefix) && sameId(textOf(resource.type), type))
      .map(([, resource]) => resource);
  }

  /** The resources that are neither groups nor children, below a group or a subscription. */
  topLevel(under: string): JsonObject[] {
    const prefix = `${under.toLowerCase()}/`;
    return [...this.#resources]
      .filter(([key, resource]) => key.startsWith(prefix) && isTopLevel(textOf(resource.type)))
      .map(([, resource]) => resource);
  }

  /** Tells whether the parent of a resource exists (true where it has none). */
  hasParent(id: ResourceId): boolean {
    return id.parent === undefined || this.get(id.parent) !== undefined;
  }

  #children(id: ResourceId, property: string): JsonObject[] {
    const parent = this.#resources.get((id.parent ?? '').toLowerCase());
    return listOf(propertiesOf(parent)[property]).map(objectOf);
  }

  #putChild(id: ResourceId, property: string, child: JsonObject): void {
    const parent = this.#resources.get((id.parent ?? '').toLowerCase());
    if (parent === undefined) throw new Error(`the parent of ${id.text} is missing`);
    const children = this.#children(id, property);
    const at = children.findIndex((other) => sameName(other, id.name));
    const next: Json[] = at < 0 ? [...children, child] : children.with(at, child);
    parent.properties = { ...propertiesOf(parent), [property]: next };
  }
}

function isTopLevel(type: string): boolean {
  // What was deployed is history, not a resource of the group.
  if (/^microsoft\.(authorization\/|resources\/deployments$)/i.test(type)) return false;
  return type !== groupType && type.split('/').length === 2;
}

function spelled(text: string): string {
  return text.replace(/\/resourcegroups\//i, '/resourceGroups/');
}

/** The property of the parent that holds resources of this type, if they live there. */
export function embeddedProperty(type: string): string | undefined {
  const key = type.toLowerCase();
  return key.endsWith('/privateendpointconnections') ? 'privateEndpointConnections' : embedded[key];
}

function adoptChildren(resource: JsonObject, id: ResourceId): JsonObject {
  for (const [type, property] of Object.entries(embedded)) {
    const segments = type.split('/');
    if (segments.slice(0, -1).join('/') !== id.type.toLowerCase()) continue;
    const properties = propertiesOf(resource);
    const children = listOf(properties[property]).map(objectOf);
    resource.properties = { ...properties, [property]: children.map((child) => adopted(child, resource, property)) };
  }
  return resource;
}

function adopted(child: JsonObject, parent: JsonObject, property: string): JsonObject {
  const name = textOf(child.name);
  return { ...child, name, id: `${textOf(parent.id)}/${property}/${name}`, type: `${textOf(parent.type)}/${property}` };
}

function sameName(child: JsonObject, name: string): boolean {
  return textOf(child.name).toLowerCase() === name.toLowerCase();
}
