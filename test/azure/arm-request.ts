import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { Emulator } from './emulator/emulator.ts';
import { type Json, type JsonObject, objectOf, textOf } from './emulator/json.ts';

/** What the emulator answered. */
export interface Reply {
  readonly status: number;
  readonly body: JsonObject;
  /** Error code of a refusal; empty where there is none. */
  readonly code: string;
  readonly headers: IncomingHttpHeaders;
}

/** Sends one request to the emulator as any client would, without az. */
export function send(emulator: Emulator, method: string, path: string, body?: JsonObject, authorization = 'Bearer test'): Promise<Reply> {
  const url = `${emulator.url}${path}${path.includes('?') ? '&' : '?'}api-version=2024-04-01`;
  const headers = { ...(authorization && { authorization }), 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, ca: readFileSync(emulator.authority) }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve(replyOf(response, Buffer.concat(parts).toString('utf8'))));
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Sends a PUT that has to succeed. */
export async function put(emulator: Emulator, path: string, body: JsonObject): Promise<JsonObject> {
  const reply = await send(emulator, 'PUT', path, body);
  if (reply.status >= 300) throw new Error(`PUT ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

function replyOf({ statusCode = 0, headers }: IncomingMessage, text: string): Reply {
  const body = text === '' ? {} : objectOf(JSON.parse(text) as Json);
  return { status: statusCode, headers, body, code: textOf(objectOf(body.error).code) };
}
