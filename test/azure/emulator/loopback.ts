import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import { clouds } from './clouds.ts';

/** The plain server beside Resource Manager: hands out tokens and is the proxy that lets nothing out. */
export interface Loopback {
  readonly port: number;
  /** Hosts that somebody wanted to reach and that are not here. */
  readonly foreign: string[];
  /** The token that was handed out last. */
  newestToken(): string | undefined;
  /** Hands out a token. */
  issueToken(): string;
  stop(): Promise<void>;
}

/** Starts the token endpoint and the proxy on 127.0.0.1. */
export async function startLoopback(resourceManagerPort: number, tenant: string): Promise<Loopback> {
  const foreign: string[] = [];
  let newest: string | undefined;
  const issue = () => {
    const issued = token(tenant);
    newest = issued.access_token;
    return issued;
  };
  const server = createServer((request, response) => answerPlain(request, response, issue, foreign));
  server.on('connect', (request: IncomingMessage, socket: Socket) => tunnel(request, socket, resourceManagerPort, foreign));
  const port = await listen(server);
  return { port, foreign, newestToken: () => newest, issueToken: () => issue().access_token, stop: () => close(server) };
}

/** Listens on a free port of 127.0.0.1. */
export function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Ends a server and every connection to it. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function answerPlain(request: IncomingMessage, response: ServerResponse, issue: () => Token, foreign: string[]): void {
  const url = request.url ?? '';
  request.resume();
  if (!/^\/(msi|identity)\/token/.test(url)) {
    foreign.push(url);
    response.writeHead(403).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(issue()));
}

/** What the token endpoint answers. */
type Token = Record<string, string> & { readonly access_token: string };

function token(tenant: string): Token {
  const expires = Math.floor(Date.now() / 1000) + 86_000;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    aud: 'https://management.azure.com/',
    tid: tenant,
    oid: '00000000-0000-4000-8000-00000000cccc',
    appid: '00000000-0000-4000-8000-00000000dddd',
    exp: expires,
    // Two tokens of the same second differ.
    uti: randomUUID(),
  };
  return {
    access_token: `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.x`,
    token_type: 'Bearer',
    expires_on: String(expires),
    expires_in: '86000',
    resource: 'https://management.azure.com/',
    client_id: claims.appid,
  };
}

const managers = new Set(Object.values(clouds).map(({ management }) => `${management}:443`));

function tunnel(request: IncomingMessage, socket: Socket, port: number, foreign: string[]): void {
  socket.on('error', () => socket.destroy());
  if (!managers.has(request.url ?? '')) {
    foreign.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    return;
  }
  const upstream = connect(port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.pipe(socket);
    socket.pipe(upstream);
  });
  upstream.on('error', () => socket.destroy());
  socket.on('close', () => upstream.destroy());
}
