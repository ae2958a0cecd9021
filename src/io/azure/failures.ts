import { getPath, isObject, type Json, parseJson } from '../../core/json.ts';
import { type Connection, proxyRefusal } from './connection.ts';
import type { Answer } from './transport.ts';
import { type Failure, NoToken, NoWay, withoutToken } from './trouble.ts';

/** The object of a good answer, or why there is none. */
export type Page = { readonly body: { readonly [key: string]: Json } } | Failure;

/** The object that a good answer holds, a bare list as its `value`; a failure for every other answer. */
export function pageIn(answer: Answer): Page {
  const body = parseJson(answer.text);
  if (answer.status < 200 || answer.status > 299) return refusal(answer, body);
  if (isObject(body)) return { body };
  // Databricks gives a list without pages and without the object around it.
  if (Array.isArray(body)) return { body: { value: body as Json[] } };
  const kind = answer.header('content-type') ?? 'no type';
  const message = `What answers for Azure sent ${answer.status} and no object of JSON (${kind}). It may be a proxy, or the sign-in page of a network: check HTTPS_PROXY and the network.`;
  return { why: 'unexpected', message };
}

/** What an answer that is no success means. */
function refusal({ status }: Answer, body: Json | undefined): Failure {
  const told = toldIn(body);
  const message = told ?? `Azure answered ${status}.`;
  if (status === 404) return { why: 'absent', message };
  if (status === 401) return { why: 'signed out', message: `${message} Sign in again; see that az is set to the right cloud.` };
  if (status === 429) return { why: 'throttled', message: `${message} Wait a few minutes.` };
  if (status === 408 || status >= 500)
    return {
      why: 'unreachable',
      message: `${message} That is a fault of Azure (${status}), which often passes: try again in some minutes.`,
    };
  // Resource Manager gives its reasons as JSON; a filter on the way gives a page.
  if (status === 403 && told === undefined)
    return { why: 'unreachable', message: 'Something between here and Azure refuses the request with 403, perhaps a proxy or a firewall.' };
  if (status === 403) return { why: 'forbidden', message };
  return { why: status < 400 ? 'unexpected' : 'refused', message };
}

/** Code and message of an error, as az writes them. */
function toldIn(body: Json | undefined): string | undefined {
  const error = isObject(body) ? (isObject(body.error) ? body.error : body) : undefined;
  const [code, message] = [error?.code, error?.message].map((text) => (typeof text === 'string' && text !== '' ? text : undefined));
  const details = [getPath(error, ['details', '0', 'message'])].filter((text) => typeof text === 'string' && text !== message);
  const text = [message, ...details].filter((part) => part !== undefined).join(' ');
  if (code === undefined) return text === '' ? undefined : text;
  return text === '' ? `(${code})` : `(${code}) ${text}`;
}

/** What an error on the way means; undefined when it is a fault of this program. */
export function failureOf(error: unknown, host: string, connection: Connection | undefined): Failure | undefined {
  if (error instanceof NoWay) return { why: 'unreachable', message: error.message };
  if (error instanceof NoToken) return withoutToken(error);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (!(error instanceof Error) || code === undefined) return undefined;
  return { why: 'unreachable', message: sentenceFor(code, error.message, host, connection?.proxy) };
}

const authority =
  'Name the file with the certificate of your authority in REQUESTS_CA_BUNDLE, which az reads too, or in NODE_EXTRA_CA_CERTS.';

function sentenceFor(code: string, told: string, host: string, proxy: Connection['proxy']): string {
  const through = proxy ? ` through the proxy ${proxy.address}` : '';
  const check = proxy ? ` Check ${proxy.variable} and NO_PROXY.` : ' Check the network; where a proxy is needed, name it in HTTPS_PROXY.';
  if (code === proxyRefusal) return refusedByProxy(told, host, proxy);
  if (code === 'ETIMEDOUT') return `${host} does not answer${through}: ${told}.${check}`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `A name is not found${through === '' ? '' : ` on the way${through}`}: ${told}.${check}`;
  if (code === 'ECONNREFUSED') return `The connection to ${host}${through} is refused: ${told}.${check}`;
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return `The certificate of ${host}${through} is not valid today. Check the clock of this computer; a proxy that opens connections may have an old one.`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `Who answers for ${host}${through} has the certificate of somebody else: ${told}. Check DNS and proxy.`;
  if (/CERT|ISSUER|SELF_SIGNED|LEAF_SIGNATURE/.test(code))
    return `The certificate of ${host}${through} comes from an authority that this computer does not know (${code}). ${authority}`;
  return `The connection to ${host}${through} failed: ${told} (${code}).${check}`;
}

function refusedByProxy(told: string, host: string, proxy: Connection['proxy']): string {
  const mend = told.startsWith('407')
    ? `It wants to know who you are: put user and password before the host in ${proxy?.variable}, with an @ between.`
    : 'Ask who runs it to let this host through, or name the host in NO_PROXY.';
  return `The proxy ${proxy?.address} does not let ${host} through (${told}). ${mend}`;
}
