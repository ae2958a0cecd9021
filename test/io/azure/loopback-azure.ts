import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createPlain, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import { ownCatalog } from '../../../scripts/golden.ts';
import { azureReader, type Reader, type ReaderOptions } from '../../../src/io/azure/reader.ts';
import type { TokenSource } from '../../../src/io/azure/token.ts';
import { type Certificate, makeCertificate } from '../../azure/emulator/certificate.ts';

const folder = mkdtempSync(join(tmpdir(), 'amlguide-reading-'));
/** An authority that nobody knows, and a server certificate of it for 127.0.0.1 and localhost. */
export const certificate: Certificate = makeCertificate(folder);
const running: Server[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map(stop));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What came in. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An answer: status, body (JSON unless it is text) and headers; or something else that is done with the response. */
export type Reply =
  | { readonly status?: number; readonly body?: unknown; readonly headers?: Record<string, string> }
  | ((response: ServerResponse) => void);

/** A Resource Manager that answers as it is told. */
export interface Loopback {
  readonly url: string;
  readonly port: number;
  readonly seen: Seen[];
  /** Connections that were opened. */
  readonly connections: () => number;
  /** The most requests that were under way at once. */
  readonly most: () => number;
}

/** Starts an HTTPS server on loopback that ends with the test. */
export async function loopback(reply: (seen: Seen, count: number) => Reply | Promise<Reply>): Promise<Loopback> {
  const seen: Seen[] = [];
  let [connections, now, most] = [0, 0, 0];
  const server = createServer({ key: certificate.key, cert: certificate.certificate }, (request, response) => {
    now++;
    most = Math.max(most, now);
    response.on('close', () => now--);
    void textOf(request).then(async (body) => {
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      send(response, await reply(one, seen.push(one) - 1));
    });
  });
  server.on('connection', () => connections++);
  const port = await start(server);
  return { url: `https://127.0.0.1:${port}`, port, seen, connections: () => connections, most: () => most };
}

/** A proxy that tunnels to a port, or says no. */
export async function proxy(
  target: number,
  refusal?: string,
): Promise<{ readonly url: string; readonly asked: string[]; readonly names: string[] }> {
  const [asked, names]: [string[], string[]] = [[], []];
  const server = createPlain();
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    asked.push(request.url ?? '');
    names.push(request.headers['proxy-authorization'] ?? '');
    socket.on('error', () => socket.destroy());
    if (refusal !== undefined) return void socket.end(`HTTP/1.1 ${refusal}\r\nContent-Length: 2\r\n\r\nno`);
    const upstream = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  return { url: `http://127.0.0.1:${await start(server)}`, asked, names };
}

/** Hands out the tokens one after another; the last one for ever. */
export function tokens(...list: string[]): TokenSource & { readonly refused: string[] } {
  const refused: string[] = [];
  let at = 0;
  return {
    refused,
    take: async (bad) => {
      if (bad !== undefined && bad === list[at]) {
        refused.push(bad);
        at = Math.min(at + 1, list.length - 1);
      }
      return list[at] ?? '';
    },
    forget: () => undefined,
  };
}

const { azure } = (await ownCatalog()).manifest;
if (!azure) throw new Error('the catalog does not say how Azure is read');
/** What the catalog says about reading. */
export const reading = azure;

/** A reader for such a server, in a hurry. */
export function readerFor({ url }: { readonly url: string }, more: Partial<ReaderOptions> = {}): Reader {
  return azureReader({
    token: tokens('token-one'),
    endpoint: url,
    subscriptions: ['11111111-1111-4111-8111-111111111111'],
    environment: { REQUESTS_CA_BUNDLE: certificate.authority },
    azure: reading,
    version: '1.2.3',
    ...more,
    limits: { attempt: 1000, patience: 3000, pause: 20, later: 2000, ...more.limits },
  });
}

/** A folder that is removed after the tests. */
export function scratch(name: string): string {
  return join(folder, name);
}

function send(response: ServerResponse, reply: Reply): void {
  if (typeof reply === 'function') {
    reply(response);
    return;
  }
  const { status = 200, body = {}, headers = {} } = reply;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

async function start(server: Server): Promise<number> {
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
