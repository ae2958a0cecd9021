import { act } from './actions.ts';
import { refuseLocked } from './authorization.ts';
import { type Answer, type Call, refused } from './call.ts';
import { answerGraph } from './graph.ts';
import { type JsonObject, merged, propertiesOf, textOf } from './json.ts';
import type { Write } from './kind.ts';
import { kindOf } from './kinds.ts';
import { type Operation, Operations } from './operations.ts';
import { paged } from './pages.ts';
import { refuseByPolicy } from './policies.ts';
import type { Registrations } from './providers.ts';
import { listed, readBeside } from './reads.ts';
import { groupNotFound, notFound, parentNotFound, type Refusal, refusal } from './refusal.ts';
import { answerQuery } from './resource-graph.ts';
import { type CollectionId, groupType, isResource, parsePath, type ResourceId } from './resource-id.ts';
import { regionsOf } from './service-tags.ts';
import type { Store } from './store.ts';

/** Resource Manager over a store. */
export class ResourceManager {
  readonly operations = new Operations();
  /** Milliseconds that every asynchronous write takes, instead of each kind's own time. */
  slowness: number | undefined;
  readonly #store: Store;
  readonly #registrations: Registrations;

  constructor(store: Store, registrations: Registrations) {
    this.#store = store;
    this.#registrations = registrations;
  }

  /** Answers one request. */
  answer(call: Call): Answer {
    return paged(this.#answer(call), call, this.#store.settings.pageSize);
  }

  #answer(call: Call): Answer {
    const people = answerGraph(call);
    if (people !== undefined) return people;
    const refusedCall = this.#refuseCall(call);
    if (refusedCall !== undefined) return refused(refusedCall);
    const queried = answerQuery(call, this.#store, (id) => this.view(id));
    if (queried !== undefined) return queried;
    const polled = this.#poll(call);
    if (polled !== undefined) return polled;
    const beside = readBeside(call, this.#store, this.#registrations);
    if (beside !== undefined) return beside;
    const parsed = parsePath(call.path);
    if (parsed === undefined) return refused(refusal(404, 'InvalidResourceType', `The path ${call.path} is not known.`));
    return isResource(parsed) ? this.#resource(call, parsed) : this.#collection(call, parsed);
  }

  /** A resource as a GET of an api-version shows it; without one, all of it. */
  view(text: string, version?: string): JsonObject | undefined {
    const resource = this.#store.get(text);
    if (resource === undefined) return undefined;
    const type = textOf(resource.type);
    const seen = kindOf(type).view?.(resource, this.#store, version) ?? resource;
    if (/^microsoft\.authorization\//i.test(type)) return seen;
    return { ...seen, properties: { ...propertiesOf(seen), provisioningState: this.operations.provisioningState(text) } };
  }

  /** Gives the latest change of a resource a bad end. */
  doom(path: string): void {
    this.operations.doom(path);
  }

  #refuseCall({ path, query }: Call): Refusal | undefined {
    const version = query.get('api-version');
    if (version === null)
      return refusal(400, 'MissingApiVersionParameter', 'The api-version query parameter (?api-version=) is required for all requests.');
    if (!/^\d{4}-\d{2}-\d{2}(-[a-z.]+)?$/i.test(version))
      return refusal(
        400,
        'InvalidApiVersionParameter',
        `The api-version '${version}' is invalid. The supported versions are '2024-03-01,2022-09-01'.`,
      );
    const subscription = /^\/subscriptions\/([^/]+)/i.exec(path)?.[1];
    const known = this.#store.surroundings.subscriptions.some((one) => one.toLowerCase() === subscription?.toLowerCase());
    if (subscription === undefined || known) return undefined;
    return refusal(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);
  }

  #poll({ method, path, query, origin }: Call): Answer | undefined {
    const id = /\/(operations|operationresults)\/([^/]+)$/i.exec(path);
    if (method !== 'GET' || id === null) return undefined;
    const status = this.operations.status(id[2] ?? '');
    if (status === undefined) return refused(refusal(404, 'OperationNotFound', `The operation ${id[2]} is not known.`));
    const late = refusal(409, 'ResourceOperationFailure', "The resource operation completed with terminal provisioning state 'Failed'.");
    if (status === 'Failed' && id[1]?.toLowerCase() !== 'operations') return refused(late);
    if (status === 'Failed') return { status: 200, body: { status, ...(refused(late).body as JsonObject) } };
    if (id[1]?.toLowerCase() === 'operations') return { status: 200, body: { status }, headers: { 'x-ms-retry-after-ms': '50' } };
    if (status === 'InProgress') return { status: 202, headers: { 'x-ms-retry-after-ms': '50', location: `${origin}${path}?${query}` } };
    const result = this.operations.result(id[2] ?? '');
    return result === undefined ? { status: 204 } : { status: 200, body: result };
  }

  #collection(call: Call, collection: CollectionId): Answer {
    const { type, under } = collection;
    if (call.method === 'POST') return this.#action(call, collection);
    if (call.method !== 'GET')
      return refused(refusal(405, 'MethodNotAllowed', `The method ${call.method} is not allowed on ${call.path}.`));
    const above = parsePath(under);
    if (above !== undefined && isResource(above)) {
      if (above.group !== undefined && !this.#hasGroup(above)) return refused(groupNotFound(above.group));
      if (this.#store.get(under) === undefined) return refused(above.type === groupType ? groupNotFound(above.name) : notFound(above));
    }
    return listed(this.#store.list(type, under).map((resource) => this.view(textOf(resource.id)) ?? resource));
  }

  #action(call: Call, { type, under, subscription }: CollectionId): Answer {
    const acted = act(
      { type, under, subscription, body: call.body ?? {}, version: call.query.get('api-version') ?? '' },
      this.#store,
      this.#registrations,
    );
    if (acted.takes === undefined) return acted.answer;
    const parsed = parsePath(under);
    if (parsed === undefined || !isResource(parsed)) return acted.answer;
    const operation = this.operations.start(under, under, false, this.slowness ?? acted.takes, acted.result);
    return { ...acted.answer, headers: headersOf(operation, { ...call, method: 'DELETE' }, parsed) };
  }

  #resource(call: Call, id: ResourceId): Answer {
    const verb = call.method;
    const missing = this.#refuseMissingAbove(verb, id);
    if (missing !== undefined) return refused(missing);
    if (verb === 'GET') return this.#get(call, id);
    if (verb === 'HEAD') return { status: this.#store.get(id.text) === undefined ? 404 : 204 };
    if (verb === 'DELETE') return this.#delete(call, id);
    if (verb === 'PUT' || verb === 'PATCH') return this.#write(call, id);
    return refused(refusal(405, 'MethodNotAllowed', `The method ${verb} is not allowed on a resource.`));
  }

  #refuseMissingAbove(verb: string, id: ResourceId): Refusal | undefined {
    if (id.type !== groupType && id.group !== undefined && !this.#hasGroup(id)) return groupNotFound(id.group);
    if (this.#store.hasParent(id)) return undefined;
    if (verb === 'DELETE') return parentNotFound(id, 'delete');
    return parentNotFound(id, verb === 'PUT' || verb === 'PATCH' ? 'write' : 'read');
  }

  #get({ query }: Call, id: ResourceId): Answer {
    const body = this.view(id.text, query.get('api-version') ?? undefined);
    if (body !== undefined) return { status: 200, body };
    return refused(id.type === groupType ? groupNotFound(id.name) : notFound(id));
  }

  #write(call: Call, id: ResourceId): Answer {
    const before = this.#store.get(id.text);
    const unfit = refuseRequest(call, id, before);
    if (unfit !== undefined) return refused(unfit);
    const kind = kindOf(id.type);
    const whole = call.method === 'PATCH' ? merged(before ?? {}, call.body ?? {}) : (call.body ?? {});
    const given: Write = { id, body: whole, before, store: this.#store };
    const write: Write = { ...given, body: kind.shape?.(given) ?? whole };
    const no =
      this.#registrations.refuse(id.subscription, id.namespace) ??
      refuseLocked(id, false, this.#store) ??
      refuseByPolicy(write) ??
      this.#refuseBusy(write) ??
      refuseLocation(write) ??
      kind.refuse?.(write);
    if (no !== undefined) return refused(no);
    const operation = this.#begin(write);
    this.#store.put(id.text, write.body);
    kind.after?.(write);
    const status = before === undefined ? (kind.created ?? 201) : (kind.updated ?? 200);
    return { status, body: this.view(id.text) ?? {}, headers: headersOf(operation, call, id) };
  }

  #delete(call: Call, id: ResourceId): Answer {
    const before = this.#store.get(id.text);
    if (before === undefined) return id.type === groupType ? refused(groupNotFound(id.name)) : { status: 204 };
    const kind = kindOf(id.type);
    const write: Write = { id, body: before, before, store: this.#store };
    const no = refuseLocked(id, true, this.#store) ?? this.#refuseBusy(write) ?? kind.refuseDelete?.(id, this.#store);
    if (no !== undefined) return refused(no);
    const operation = this.#begin(write);
    this.#store.remove(id.text);
    kind.afterDelete?.(id, before, this.#store, call.query);
    return operation === undefined ? { status: 200, body: before } : { status: 202, headers: headersOf(operation, call, id) };
  }

  #begin({ id, body, before }: Write): Operation | undefined {
    const kind = kindOf(id.type);
    const takes = id.type === groupType && before !== undefined && body === before ? 50 : kind.takes;
    if (takes === undefined) return undefined;
    return this.operations.start(id.text, kind.busyOn?.(id, body), before === undefined, this.slowness ?? takes);
  }

  #refuseBusy({ id, body }: Write): Refusal | undefined {
    const busyOn = kindOf(id.type).busyOn?.(id, body);
    const holding = busyOn === undefined ? undefined : this.operations.holding(busyOn);
    if (holding === undefined) return undefined;
    return refusal(
      409,
      'AnotherOperationInProgress',
      `Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri: ${this.#operationPath(id, holding.id)}?api-version=2022-07-01.`,
    );
  }

  #operationPath(id: ResourceId, operation: string): string {
    return `/subscriptions/${id.subscription}/providers/${id.namespace ?? 'Microsoft.Resources'}/locations/test/operations/${operation}`;
  }

  #hasGroup(id: ResourceId): boolean {
    return this.#store.get(`/subscriptions/${id.subscription}/resourceGroups/${id.group}`) !== undefined;
  }
}

/** The refusal for a write that cannot be begun at all. */
function refuseRequest(call: Call, id: ResourceId, before: JsonObject | undefined): Refusal | undefined {
  if (call.body === undefined)
    return refusal(400, 'InvalidRequestContent', 'The request content was invalid and could not be deserialized.');
  if (call.method === 'PATCH' && before === undefined) return id.type === groupType ? groupNotFound(id.name) : notFound(id);
  if (call.onlyNew !== true || before === undefined) return undefined;
  const message = `The ${id.type.split('/').at(-1)} '${id.name}' exists already and hence cannot be created again.`;
  return refusal(412, 'PreconditionFailed', message);
}

function headersOf(operation: Operation | undefined, call: Call, id: ResourceId): Record<string, string> {
  if (operation === undefined) return {};
  const at = (kind: string) =>
    `${call.origin}/subscriptions/${id.subscription}/providers/${id.namespace ?? 'Microsoft.Resources'}/locations/test/${kind}/${operation.id}?api-version=2022-07-01`;
  const polling = { 'azure-asyncoperation': at('operations'), 'x-ms-retry-after-ms': '50' };
  return call.method === 'DELETE' ? { ...polling, location: at('operationResults') } : polling;
}

function refuseLocation({ id, body, before, store }: Write): Refusal | undefined {
  const normal = (text: string) => text.toLowerCase().replaceAll(' ', '');
  const wanted = normal(textOf(body.location));
  if (wanted === '' || wanted === 'global') return undefined;
  const regions = regionsOf(store.surroundings.cloud);
  if (!regions.includes(wanted)) {
    return refusal(
      400,
      'LocationNotAvailableForResourceType',
      `The provided location '${textOf(body.location)}' is not available for resource type '${id.type}'. List of available regions for the resource type is '${regions.join(',')}'.`,
    );
  }
  const held = normal(textOf(before?.location));
  if (held === '' || held === wanted) return undefined;
  return refusal(
    409,
    'InvalidResourceLocation',
    `The resource '${id.name}' already exists in location '${held}' in resource group '${id.group}'. A resource with the same name cannot be created in location '${wanted}'. Please select a new resource name.`,
  );
}
