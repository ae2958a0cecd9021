import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, type Call, isChange, refused } from './call.ts';
import { makeCertificate } from './certificate.ts';
import { type CloudName, clouds } from './clouds.ts';
import { answerOf, Conduct, type Fate, type Instead } from './conduct.ts';
import { type Json, type JsonObject, objectOf, textOf } from './json.ts';
import { close, listen, startLoopback } from './loopback.ts';
import { deny } from './policies.ts';
import { Registrations } from './providers.ts';
import { refusal } from './refusal.ts';
import { ResourceManager } from './resource-manager.ts';
import type { DenyRule, Permission, Settings, Usage } from './settings.ts';
import { Store } from './store.ts';
import { type Surroundings, usualTenancy } from './surroundings.ts';

/** What exists before the first request. */
export interface Seed {
  readonly subscription?: string;
  readonly tenant?: string;
  /** Further subscriptions of the same tenant. */
  readonly subscriptions?: string[];
  /** The cloud that is played; the public one where nothing is said. */
  readonly cloud?: CloudName;
  /** Resource providers that are not registered. */
  readonly unregistered?: string[];
  /** Resource groups: name and region. */
  readonly groups?: Record<string, string>;
  /** Resources as a GET would show them; each has its `id`. */
  readonly resources?: JsonObject[];
  /** Globally unique names that somebody else holds, as type and name: `Microsoft.KeyVault/vaults/kv-1`. */
  readonly taken?: string[];
  /** Vaults that were deleted and not purged: name and region. */
  readonly deletedVaults?: Record<string, string>;
  /** Ids of targets on which the caller may not approve private endpoints: only those made by hand are accepted, and they stay pending. */
  readonly noApprovalRight?: string[];
  /** Ids of targets whose private endpoints stay pending although they were not made by hand. */
  readonly leftPending?: string[];
  /** Roles that the service itself gives the identity of a new workspace: role, then the workspace's property with the scope (`keyVault`) or `group`. */
  readonly identityRoles?: Record<string, string>;
  /** What the caller may do at a scope and below; everything where no scope covers what is asked about. */
  readonly permissions?: Record<string, Permission[]>;
}

/** One request and how it ended. */
export interface LogEntry {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: JsonObject | undefined;
  readonly status: number;
  /** Error code of a refusal. */
  readonly code: string | undefined;
}

/** A Resource Manager on 127.0.0.1. */
export interface Emulator {
  readonly port: number;
  readonly url: string;
  /** Port of the plain server: tokens and the proxy. */
  readonly plainPort: number;
  readonly subscription: string;
  /** Every subscription; the first is the usual one. */
  readonly subscriptions: readonly string[];
  readonly tenant: string;
  /** Cloud, neighbours and rights, as the seed gave them. */
  readonly surroundings: Surroundings;
  /** File with the certificate of our own authority. */
  readonly authority: string;
  readonly log: LogEntry[];
  /** Hosts outside that a client tried to reach through the proxy; always refused. */
  readonly foreign: string[];
  /** The requests of the log that change something, refused ones included. */
  changes(): LogEntry[];
  /** Every stored resource by its lower-case id; subnets and rules stand in their parents. */
  resources(): ReadonlyMap<string, JsonObject>;
  /** A resource as a GET shows it. */
  resource(id: string): JsonObject | undefined;
  /** Stores a resource without any check, or removes it. */
  plant(id: string, resource: JsonObject | undefined): void;
  /** Makes every asynchronous write take this long; undefined: the usual time. */
  slow(milliseconds: number | undefined): void;
  /** Lets the next request that matches fail. */
  failNext(method: string, path: RegExp, status: number, code: string, message: string): void;
  /** Lets the next request that matches meet a fate that is no answer of Azure. */
  meetNext(method: string, path: RegExp, fate: Fate): void;
  /** Answers every request that matches in this way, until what is returned is called; without a method, those of all methods. */
  always(method: string | undefined, path: RegExp, instead: Instead): () => void;
  /** Waits this many milliseconds before every answer; those of requests at the same time run side by side. */
  delay(milliseconds: number): void;
  /** Most requests that were under way at once. */
  busiest(): number;
  /** The requests of the log with a method and a path. */
  calls(method?: string, path?: RegExp): LogEntry[];
  /** A new token, as the token endpoint gives one. */
  issueToken(): string;
  /** Lets every token expire but the newest, the next ones too as soon as there is a newer one; false takes any again. */
  expireTokens(on?: boolean): void;
  /** What a test may change while the emulator runs. */
  readonly settings: Settings;
  /** Sets how much of a quota is used and how much there is: `usage('Microsoft.Network', 'westeurope', 'VirtualNetworks', {limit: 1})`. */
  usage(namespace: string, region: string, name: string, usage: Usage): void;
  /** Assigns a policy that denies: to the question what policies would say, and to writes. */
  deny(rule: DenyRule): void;
  stop(): Promise<void>;
}

/** The subscription and tenant of a seed that names none. */
export const defaults = usualTenancy;

/** Starts an emulator with what the seed says. */
export async function startEmulator(seed: Seed = {}): Promise<Emulator> {
  const surroundings = surroundingsOf(seed);
  const subscription = surroundings.subscriptions[0] ?? defaults.subscription;
  const tenancy = { subscription, tenant: surroundings.tenant };
  const store = seeded(seed, surroundings, subscription);
  const manager = new ResourceManager(store, new Registrations(subscription, seed.unregistered ?? []));
  const folder = mkdtempSync(join(tmpdir(), 'resource-manager-'));
  const { key, certificate, authority } = makeCertificate(folder);
  const log: LogEntry[] = [];
  const conduct = new Conduct(() => loopback.newestToken());
  const server = createServer({ key, cert: certificate }, (request, response) => void serve(request, response, manager, log, conduct));
  const port = await listen(server);
  const loopback = await startLoopback(port, tenancy.tenant);
  const stop = async () => {
    await Promise.all([close(server), loopback.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    port,
    url: `https://127.0.0.1:${port}`,
    plainPort: loopback.port,
    ...tenancy,
    subscriptions: surroundings.subscriptions,
    surroundings,
    authority,
    log,
    foreign: loopback.foreign,
    changes: () => log.filter((entry) => isChange(entry.method, entry.path)),
    resources: () => store.all(),
    resource: (id) => manager.view(id),
    plant: (id, resource) => void (resource === undefined ? store.remove(id) : store.put(id, resource)),
    slow: (milliseconds) => {
      manager.slowness = milliseconds;
    },
    failNext: (method, path, status, code, message) => conduct.plan({ method, path, answer: answerOf({ status, code, message }) }),
    meetNext: (method, path, fate) => conduct.plan({ method, path, fate }),
    always: (method, path, instead) => conduct.always(method, path, instead),
    delay: (milliseconds) => {
      conduct.delay = milliseconds;
    },
    busiest: () => conduct.busiest,
    calls: (method, path) => log.filter((entry) => (method ?? entry.method) === entry.method && (path?.test(entry.path) ?? true)),
    issueToken: () => loopback.issueToken(),
    expireTokens: (on = true) => {
      conduct.newestTokenOnly = on;
    },
    settings: store.settings,
    usage: (namespace, region, name, usage) => void store.settings.usages.set([namespace, region, name].join('/'), usage),
    deny: (rule) => deny(rule, store),
    stop,
  };
}

function surroundingsOf(seed: Seed): Surroundings {
  return {
    cloud: clouds[seed.cloud ?? 'AzureCloud'],
    subscriptions: [seed.subscription ?? defaults.subscription, ...(seed.subscriptions ?? [])],
    tenant: seed.tenant ?? defaults.tenant,
    taken: seed.taken ?? [],
    noApprovalRight: seed.noApprovalRight ?? [],
    leftPending: seed.leftPending ?? [],
    identityRoles: seed.identityRoles ?? {},
  };
}

function seeded(seed: Seed, surroundings: Surroundings, subscription: string): Store {
  const store = new Store(surroundings);
  for (const [scope, permissions] of Object.entries(seed.permissions ?? {}))
    store.settings.permissions.set(scope.toLowerCase(), permissions);
  for (const [name, location] of Object.entries(seed.groups ?? {})) {
    store.put(`/subscriptions/${subscription}/resourceGroups/${name}`, { location, properties: {} });
  }
  const parentsFirst = (seed.resources ?? []).toSorted((one, other) => depthOf(one) - depthOf(other));
  for (const resource of parentsFirst) store.put(textOf(resource.id), resource);
  for (const [name, location] of Object.entries(seed.deletedVaults ?? {})) {
    const id = `/subscriptions/${subscription}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${name}`;
    store.put(id, { properties: { location, vaultId: '' } });
  }
  return store;
}

function depthOf(resource: JsonObject): number {
  return textOf(resource.id).split('/').length;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  manager: ResourceManager,
  log: LogEntry[],
  conduct: Conduct,
): Promise<void> {
  const url = new URL(request.url ?? '/', `https://${request.headers.host ?? '127.0.0.1'}`);
  const path = decodeURIComponent(url.pathname)
    .replace(/\/+/g, '/')
    .replace(/(.)\/$/, '$1');
  const method = request.method ?? 'GET';
  const body = parsed(await read(request));
  const failure = conduct.take(method, path);
  if (failure?.fate === 'no answer') return;
  if (failure?.fate === 'dropped before') return void request.socket.destroy();
  await conduct.during(() => {
    const onlyNew = request.headers['if-none-match'] === '*';
    const given =
      failure?.answer ??
      conduct.instead(method, path, request.headers.authorization) ??
      answered(manager, { method, path, query: url.searchParams, body, origin: url.origin, onlyNew });
    const code = textOf(objectOf(objectOf(given.body).error).code);
    log.push({ method, path, query: url.search, body, status: given.status, code: code === '' ? undefined : code });
    if (failure?.fate === 'late failure') manager.doom(path);
    if (failure?.fate === 'dropped after') request.socket.destroy();
    else send(response, given);
  });
}

/** A fault of the emulator itself must not end it, or every later test would fail as well. */
function answered(manager: ResourceManager, call: Call): Answer {
  try {
    return manager.answer(call);
  } catch (error) {
    const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return refused(refusal(500, 'InternalServerError', `Fault of the emulator: ${fault}`));
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function parsed(text: string): JsonObject | undefined {
  if (text === '') return undefined;
  try {
    return objectOf(JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, body, text, headers }: Answer): void {
  const content = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, { 'x-ms-request-id': randomUUID(), ...content, ...headers });
  response.end(text ?? (body === undefined ? undefined : JSON.stringify(body)));
}
