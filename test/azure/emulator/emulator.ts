import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, isChange, refused } from './call.ts';
import { makeCertificate } from './certificate.ts';
import { type Json, type JsonObject, objectOf, textOf } from './json.ts';
import { close, listen, startLoopback } from './loopback.ts';
import { refusal } from './refusal.ts';
import { ResourceManager } from './resource-manager.ts';
import { Store } from './store.ts';

/** What exists before the first request. */
export interface Seed {
  readonly subscription?: string;
  readonly tenant?: string;
  /** Resource groups: name and region. */
  readonly groups?: Record<string, string>;
  /** Resources as a GET would show them; each has its `id`. */
  readonly resources?: JsonObject[];
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
  readonly tenant: string;
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
  stop(): Promise<void>;
}

/** The subscription and tenant of a seed that names none. */
export const defaults = { subscription: '11111111-1111-4111-8111-111111111111', tenant: '22222222-2222-4222-8222-222222222222' } as const;

/** Starts an emulator with what the seed says. */
export async function startEmulator(seed: Seed = {}): Promise<Emulator> {
  const tenancy = { subscription: seed.subscription ?? defaults.subscription, tenant: seed.tenant ?? defaults.tenant };
  const store = seeded(seed, tenancy.subscription);
  const manager = new ResourceManager(store, tenancy);
  const folder = mkdtempSync(join(tmpdir(), 'resource-manager-'));
  const { key, certificate, authority } = makeCertificate(folder);
  const log: LogEntry[] = [];
  const failures: Failure[] = [];
  const server = createServer({ key, cert: certificate }, (request, response) => void serve(request, response, manager, log, failures));
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
    failNext: (method, path, status, code, message) =>
      void failures.push({ method, path, answer: refused(refusal(status, code, message)) }),
    stop,
  };
}

interface Failure {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: Answer;
}

function seeded(seed: Seed, subscription: string): Store {
  const store = new Store();
  for (const [name, location] of Object.entries(seed.groups ?? {})) {
    store.put(`/subscriptions/${subscription}/resourceGroups/${name}`, { location, properties: {} });
  }
  for (const resource of seed.resources ?? []) store.put(textOf(resource.id), resource);
  return store;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  manager: ResourceManager,
  log: LogEntry[],
  failures: Failure[],
): Promise<void> {
  const url = new URL(request.url ?? '/', `https://${request.headers.host ?? '127.0.0.1'}`);
  const path = decodeURIComponent(url.pathname)
    .replace(/\/+/g, '/')
    .replace(/(.)\/$/, '$1');
  const method = request.method ?? 'GET';
  const body = parsed(await read(request));
  const planned = failures.findIndex((failure) => failure.method === method && failure.path.test(path));
  const answer = planned >= 0 ? failures.splice(planned, 1)[0]?.answer : undefined;
  const given = answer ?? authorised(request) ?? manager.answer({ method, path, query: url.searchParams, body, origin: url.origin });
  const code = textOf(objectOf(objectOf(given.body).error).code);
  log.push({ method, path, query: url.search, body, status: given.status, code: code === '' ? undefined : code });
  send(response, given);
}

function authorised(request: IncomingMessage): Answer | undefined {
  if (/^Bearer ./.test(request.headers.authorization ?? '')) return undefined;
  return refused(refusal(401, 'AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing."));
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

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const content = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, { 'x-ms-request-id': randomUUID(), ...content, ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
