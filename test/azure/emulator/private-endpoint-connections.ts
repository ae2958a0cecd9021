import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import { resourceId, sameId } from './resource-id.ts';
import type { Store } from './store.ts';
import { guidFor } from './surroundings.ts';

/** How far a connection of a private endpoint has come. */
export type ConnectionStatus = 'Approved' | 'Pending' | 'Rejected' | 'Disconnected';

/** The state of a connection. */
export function statusOf(connection: JsonObject): string {
  return textOf(objectOf(propertiesOf(connection).privateLinkServiceConnectionState).status);
}

/** The state object for a connection that was just asked for. */
export function stateFor(status: ConnectionStatus, message = ''): JsonObject {
  const description = status === 'Approved' ? 'Auto-Approved' : message || 'Please approve my connection.';
  return { status, description, actionsRequired: 'None' };
}

/** The connections that a target shows. */
export function connectionsTo(target: JsonObject | undefined): JsonObject[] {
  return listOf(propertiesOf(target).privateEndpointConnections).map(objectOf);
}

/** Lets the target of an endpoint show it; a connection that is there already keeps its state. */
export function connect(target: string, endpoint: string, state: JsonObject, store: Store): void {
  const resource = store.get(target);
  if (resource === undefined) return;
  const before = connectionsTo(resource).find((connection) => isOf(connection, endpoint));
  if (before !== undefined) return;
  const name = `${resourceId(endpoint).name}.${guidFor(endpoint)}`;
  store.put(`${textOf(resource.id)}/privateEndpointConnections/${name}`, {
    properties: { privateEndpoint: { id: endpoint }, privateLinkServiceConnectionState: state, provisioningState: 'Succeeded' },
  });
}

/** Takes the connection of an endpoint off its target. */
export function disconnect(target: string, endpoint: string, store: Store): void {
  const connection = connectionsTo(store.get(target)).find((one) => isOf(one, endpoint));
  if (connection !== undefined) store.remove(textOf(connection.id));
}

function isOf(connection: JsonObject, endpoint: string): boolean {
  return sameId(textOf(objectOf(propertiesOf(connection).privateEndpoint).id), endpoint);
}
