import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { LogEntry } from '../emulator/emulator.ts';
import { type Json, type JsonObject, merged, objectOf, textOf } from '../emulator/json.ts';
import { close, listen } from '../emulator/loopback.ts';
import { apiOf, discovery, type Resource, resources } from './discovery.ts';
import { refuseInstanceType } from './instance-types.ts';
import { objectInProtobuf } from './protobuf.ts';

/** A Kubernetes cluster on 127.0.0.1: its API server, as far as kubectl needs it. */
export interface Cluster {
  readonly url: string;
  readonly log: readonly LogEntry[];
  /** The requests that changed something, refused ones included. */
  changes(): readonly LogEntry[];
  /** An object by its path, such as /api/v1/namespaces/default. */
  object(path: string): JsonObject | undefined;
  /** Stores an object without any check, or removes it. */
  plant(path: string, object: JsonObject | undefined): void;
  /** Writes a kubeconfig with these contexts, all of which lead here. */
  writeConfig(file: string, contexts: readonly string[]): void;
  stop(): Promise<void>;
}

/** A Kubernetes object by its path. */
export type Objects = Readonly<Record<string, JsonObject>>;

/** Starts a cluster that holds the usual namespaces and these objects. */
export async function startCluster(seed: Objects = {}): Promise<Cluster> {
  const held = new Map<string, JsonObject>();
  const plant = (path: string, object: JsonObject | undefined) =>
    object === undefined ? void held.delete(path) : void held.set(path, completed(path, object));
  for (const name of ['default', 'kube-system', 'azureml']) plant(`/api/v1/namespaces/${name}`, { status: { phase: 'Active' } });
  const ready = [{ type: 'Ready', status: 'True' }];
  plant('/api/v1/namespaces/azureml/pods/relayserver-0', { status: { phase: 'Running', conditions: ready } });
  for (const [path, object] of Object.entries(seed)) plant(path, object);
  const log: LogEntry[] = [];
  const server = createServer((request, response) => void serve(request, response, held, log));
  const url = `http://127.0.0.1:${await listen(server)}`;
  return {
    url,
    log,
    changes: () => log.filter(({ method }) => method !== 'GET'),
    object: (path) => held.get(path),
    plant,
    writeConfig: (file, contexts) => writeFileSync(file, configOf(url, contexts)),
    stop: () => close(server),
  };
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
}

interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

async function serve(request: IncomingMessage, response: ServerResponse, held: Map<string, JsonObject>, log: LogEntry[]): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { method = 'GET' } = request;
  const path = decodeURIComponent(url.pathname);
  const body = read(Buffer.concat(parts), request.headers['content-type'] ?? '');
  const answer =
    body === undefined
      ? failure(415, 'UnsupportedMediaType', 'the body could not be read')
      : answerTo({ method, path, query: url.searchParams, body }, held);
  const code = answer.status < 300 ? undefined : textOf(answer.body.reason);
  log.push({ method, path, query: url.search, body, status: answer.status, code });
  // kubectl reads this one as protobuf, in which no byte at all is a schema that knows nothing, so everything is left to the server.
  const text = path === '/openapi/v2' ? '' : JSON.stringify(answer.body);
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
}

/** The object in a body; undefined where it cannot be read. */
function read(body: Buffer, type: string): JsonObject | undefined {
  try {
    if (type.includes('protobuf')) return objectInProtobuf(body);
    return body.length === 0 ? {} : objectOf(JSON.parse(body.toString('utf8')) as Json);
  } catch {
    return undefined;
  }
}

function answerTo(call: Call, held: Map<string, JsonObject>): Answer {
  const known = call.method === 'GET' ? discovery(call.path) : undefined;
  if (known !== undefined) return { status: 200, body: known };
  const found = placeOf(call.path);
  if (found === undefined) return failure(404, 'NotFound', 'the server could not find the requested resource');
  if (found.name !== undefined) return answerOne(call, found.resource, found.name, held);
  return call.method === 'POST' ? create(call, found.resource, held) : listed(call, found.resource, held);
}

interface Place {
  readonly resource: Resource;
  readonly name: string | undefined;
}

/** What a path below /api or /apis stands for. */
function placeOf(path: string): Place | undefined {
  const parts = path.split('/');
  const [plural, name] = parts.slice(parts[1] === 'api' ? 3 : 4);
  const inside = parts.slice(parts[1] === 'api' ? 5 : 6);
  const base = parts.slice(0, parts[1] === 'api' ? 3 : 4).join('/');
  const named = (wanted: string | undefined) => resources.find((one) => apiOf(one) === base && one.plural === wanted);
  const resource = plural === 'namespaces' && inside[0] !== undefined ? named(inside[0]) : named(plural);
  return resource === undefined ? undefined : { resource, name: plural === 'namespaces' && inside[0] !== undefined ? inside[1] : name };
}

function answerOne(call: Call, resource: Resource, name: string, held: Map<string, JsonObject>): Answer {
  const before = held.get(call.path);
  if (before === undefined) return failure(404, 'NotFound', `${resource.plural} "${name}" not found`);
  if (call.method === 'GET') return { status: 200, body: before };
  if (call.method === 'DELETE') {
    held.delete(call.path);
    // A namespace takes along what is in it.
    if (resource.kind === 'Namespace') for (const path of held.keys()) if (path.includes(`/namespaces/${name}/`)) held.delete(path);
    return { status: 200, body: { kind: 'Status', apiVersion: 'v1', status: 'Success' } };
  }
  return store(call.path, call.method === 'PATCH' ? merged(before, call.body) : call.body, resource, held, 200);
}

function create(call: Call, resource: Resource, held: Map<string, JsonObject>): Answer {
  const name = textOf(objectOf(call.body.metadata).name);
  const namespace = /\/namespaces\/([^/]+)\//.exec(call.path)?.[1];
  if (namespace !== undefined && !held.has(`/api/v1/namespaces/${namespace}`))
    return failure(404, 'NotFound', `namespaces "${namespace}" not found`);
  const path = `${call.path}/${name}`;
  if (held.has(path)) return failure(409, 'AlreadyExists', `${resource.plural} "${name}" already exists`);
  return store(path, call.body, resource, held, 201);
}

function store(path: string, body: JsonObject, resource: Resource, held: Map<string, JsonObject>, status: number): Answer {
  const name = textOf(objectOf(body.metadata).name);
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name) || (resource.kind === 'Namespace' && name.includes('.')))
    return failure(
      422,
      'Invalid',
      `${resource.kind} "${name}" is invalid: metadata.name: Invalid value: "${name}": a lowercase RFC 1123 name`,
    );
  const wrong = resource.kind === 'InstanceType' ? refuseInstanceType(body) : undefined;
  if (wrong !== undefined) return failure(422, 'Invalid', `InstanceType "${name}" is invalid: ${wrong}`);
  held.set(path, completed(path, body));
  return { status, body: held.get(path) ?? {} };
}

/** The objects below a path, of one namespace or of all; with the labels that are asked for. */
function listed(call: Call, resource: Resource, held: Map<string, JsonObject>): Answer {
  const base = apiOf(resource);
  const labels = (call.query.get('labelSelector') ?? '').split(',').filter((one) => one !== '');
  const fields = (call.query.get('fieldSelector') ?? '').split(',').filter((one) => one !== '');
  const items = [...held].flatMap(([path, object]) => {
    const place = placeOf(path);
    const inside = path.startsWith(`${call.path}/`) || (call.path === `${base}/${resource.plural}` && path.startsWith(`${base}/`));
    const own = objectOf(objectOf(object.metadata).labels);
    const fits = labels.every((label) =>
      label.startsWith('!') ? !(label.slice(1) in own) : textOf(own[label.split('=')[0] ?? '']) === (label.split(/==?/)[1] ?? ''),
    );
    return place?.resource === resource && place.name !== undefined && inside && fits && fields.every((field) => hasField(object, field))
      ? [object]
      : [];
  });
  const { group, version, kind } = resource;
  return { status: 200, body: { kind: `${kind}List`, apiVersion: group === '' ? version : `${group}/${version}`, metadata: {}, items } };
}

/** Tells whether an object fits one term of a field selector, such as status.phase!=Running. */
function hasField(object: JsonObject, term: string): boolean {
  const [, path = '', sign = '', wanted = ''] = /^([^!=]+)(!?==?)(.*)$/.exec(term) ?? [];
  const value = path.split('.').reduce<Json>((at, key) => objectOf(at)[key] ?? null, object);
  return (textOf(value) === wanted) === !sign.startsWith('!');
}

function completed(path: string, object: JsonObject): JsonObject {
  const place = placeOf(path);
  if (place?.name === undefined) throw new Error(`${path} is no path of an object`);
  const { group, version, kind } = place.resource;
  const namespace = /\/namespaces\/([^/]+)\//.exec(path)?.[1];
  const metadata = {
    name: place.name,
    ...(namespace === undefined ? {} : { namespace }),
    resourceVersion: '1',
    ...objectOf(object.metadata),
  };
  return { apiVersion: group === '' ? version : `${group}/${version}`, kind, ...object, metadata };
}

function failure(code: number, reason: string, message: string): Answer {
  return { status: code, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code } };
}

function configOf(server: string, contexts: readonly string[]): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'loopback', cluster: { server } }],
    users: [{ name: 'tester', user: {} }],
    contexts: contexts.map((name) => ({ name, context: { cluster: 'loopback', user: 'tester' } })),
  };
  return JSON.stringify(config);
}
