import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind } from './kind.ts';
import { refuseReferences } from './references.ts';
import { resourceId, sameId } from './resource-id.ts';
import type { Store } from './store.ts';

/** A private endpoint: its target shows an approved connection. */
export const privateEndpoints: Kind = {
  takes: 80,
  busyOn: (_id, body) => networkOf(body),
  shape: ({ id, body }) => ({
    ...body,
    properties: {
      ...propertiesOf(body),
      privateLinkServiceConnections: connectionsOf(body).map((connection) => approved(connection, id.text)),
    },
  }),
  refuse: refuseReferences,
  after: ({ id, body, store }) => {
    for (const target of targetsOf(body)) connect(target, id.text, store);
  },
  afterDelete: (id, before, store) => {
    for (const target of targetsOf(before)) disconnect(target, id.text, store);
  },
};

function connectionsOf(endpoint: JsonObject): JsonObject[] {
  return listOf(propertiesOf(endpoint).privateLinkServiceConnections).map(objectOf);
}

function targetsOf(endpoint: JsonObject): string[] {
  return connectionsOf(endpoint).map((connection) => textOf(propertiesOf(connection).privateLinkServiceId));
}

function networkOf(endpoint: JsonObject): string | undefined {
  const subnet = textOf(objectOf(propertiesOf(endpoint).subnet).id);
  return subnet === '' ? undefined : resourceId(subnet).parent;
}

function approved(connection: JsonObject, endpoint: string): JsonObject {
  const state = { status: 'Approved', description: 'Auto-Approved', actionsRequired: 'None' };
  const properties = { ...propertiesOf(connection), provisioningState: 'Succeeded', privateLinkServiceConnectionState: state };
  return { ...connection, id: `${endpoint}/privateLinkServiceConnections/${textOf(connection.name)}`, properties };
}

function connect(target: string, endpoint: string, store: Store): void {
  const resource = objectOf(store.get(target));
  const name = `${resourceId(endpoint).name}.connection`;
  const state = { status: 'Approved', description: 'Auto-Approved', actionsRequired: 'None' };
  const connection = {
    id: `${target}/privateEndpointConnections/${name}`,
    name,
    type: `${textOf(resource.type)}/privateEndpointConnections`,
    properties: { privateEndpoint: { id: endpoint }, privateLinkServiceConnectionState: state, provisioningState: 'Succeeded' },
  };
  store.put(target, withConnections(resource, [...othersOf(resource, endpoint), connection]));
}

function disconnect(target: string, endpoint: string, store: Store): void {
  const resource = store.get(target);
  if (resource !== undefined) store.put(target, withConnections(resource, othersOf(resource, endpoint)));
}

function othersOf(resource: JsonObject, endpoint: string): JsonObject[] {
  const all = listOf(propertiesOf(resource).privateEndpointConnections).map(objectOf);
  return all.filter((connection) => !sameId(textOf(objectOf(propertiesOf(connection).privateEndpoint).id), endpoint));
}

function withConnections(resource: JsonObject, privateEndpointConnections: JsonObject[]): JsonObject {
  return { ...resource, properties: { ...propertiesOf(resource), privateEndpointConnections } };
}
