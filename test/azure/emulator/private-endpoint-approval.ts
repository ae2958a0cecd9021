import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind } from './kind.ts';
import { approveOutboundRule } from './outbound-rules.ts';
import { connectionLists, writeInterface } from './private-endpoint-addresses.ts';
import type { ConnectionStatus } from './private-endpoint-connections.ts';
import type { Store } from './store.ts';
import { writeRecords } from './zone-groups.ts';

/** The connection of a private endpoint as its target shows it: an owner approves or rejects it here. */
export const privateEndpointConnections: Kind = {
  shape: ({ body, before }) => ({
    ...body,
    properties: {
      ...propertiesOf(before),
      privateLinkServiceConnectionState: {
        actionsRequired: 'None',
        ...objectOf(propertiesOf(body).privateLinkServiceConnectionState),
      },
    },
  }),
  created: 200,
  after: ({ body, store }) => passOn(body, store),
  afterDelete: (_id, before, store) => {
    passOn(withStatus(before, 'Disconnected'), store);
  },
};

function withStatus(connection: JsonObject, status: ConnectionStatus): JsonObject {
  return { ...connection, properties: { ...propertiesOf(connection), privateLinkServiceConnectionState: { status } } };
}

function passOn(connection: JsonObject, store: Store): void {
  const endpoint = textOf(objectOf(propertiesOf(connection).privateEndpoint).id);
  const state = objectOf(propertiesOf(connection).privateLinkServiceConnectionState);
  if (store.get(endpoint) !== undefined) settleEndpoint(endpoint, state, store);
  else if (textOf(state.status) === 'Approved') approveOutboundRule(endpoint, store);
}

function settleEndpoint(id: string, state: JsonObject, store: Store): void {
  const endpoint = store.get(id);
  if (endpoint === undefined) return;
  const properties = { ...propertiesOf(endpoint) };
  for (const list of connectionLists) {
    properties[list] = listOf(properties[list])
      .map(objectOf)
      .map((connection) => ({
        ...connection,
        properties: { ...propertiesOf(connection), privateLinkServiceConnectionState: { ...state } },
      }));
  }
  const settled = store.put(id, { ...endpoint, properties });
  writeInterface(settled, store);
  writeRecords(id, store);
}
