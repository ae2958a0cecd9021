import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { Agent as PlainAgent } from 'node:http';
import { Agent } from 'node:https';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { NoWay } from './trouble.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How Resource Manager is reached from this computer. */
export interface Connection {
  readonly agent: PlainAgent;
  /** What each request hands to node:https besides. */
  readonly overrides: Readonly<Record<string, unknown>>;
  /** The proxy, without the password in its address, and the variable that names it. */
  readonly proxy?: { readonly address: string; readonly variable: string };
}

/** The code of the error when a proxy says no to a tunnel. */
export const proxyRefusal = 'PROXY_REFUSAL';

/** Proxy, certificates and kept connections for one host; throws NoWay when a variable of the environment is of no use. */
export function connectionTo(host: string, environment: Environment): Connection {
  const certificates = authoritiesOf(environment);
  // Made once: to read hundreds of certificates for each connection takes longer than the request.
  const secureContext = certificates.length > 0 ? tls.createSecureContext({ ca: [...usualAuthorities(), ...certificates] }) : undefined;
  const trust = secureContext ? { secureContext } : {};
  const proxy = proxyFor(host, environment);
  // Told outright, as the agent otherwise looks for its caller on the stack.
  const overrides = { protocol: 'https:', ...trust };
  if (!proxy) return { agent: new Agent({ keepAlive: true, ...trust }), overrides };
  const agent = new HttpsProxyAgent(proxy.url, { keepAlive: true, ...trust });
  agent.on('proxyConnect', ({ statusCode, statusText }, request) => {
    // Otherwise the answer of the proxy would pass for one of Azure.
    if (statusCode !== 200) request.destroy(Object.assign(new Error(`${statusCode} ${statusText}`.trim()), { code: proxyRefusal }));
  });
  return { agent, overrides, proxy: { address: proxy.url.origin, variable: proxy.variable } };
}

/** A variable that programs write in small and in capital letters; az reads the small ones first. */
function variableOf(environment: Environment, name: string): { readonly name: string; readonly value: string } | undefined {
  const found = [name.toLowerCase(), name].find((one) => environment[one]);
  return found === undefined ? undefined : { name: found, value: environment[found] ?? '' };
}

function proxyFor(host: string, environment: Environment): { readonly url: URL; readonly variable: string } | undefined {
  const named = variableOf(environment, 'HTTPS_PROXY') ?? variableOf(environment, 'ALL_PROXY');
  if (!named || isSpared(host, variableOf(environment, 'NO_PROXY')?.value ?? '')) return undefined;
  const text = named.value.includes('://') ? named.value : `http://${named.value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && isDecodable(url)) return { url, variable: named.name };
  throw new NoWay(`${named.name} names no proxy that can be used. It looks like http://proxy.example.com:8080.`);
}

function isDecodable({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

/** As az reads it: a list of hosts and ends of hosts, or * for all. */
function isSpared(host: string, list: string): boolean {
  return list
    .split(/[\s,]+/)
    .map((entry) =>
      entry
        .toLowerCase()
        .replace(/:\d+$/, '')
        .replace(/^\*?\./, ''),
    )
    .some((entry) => entry === '*' || entry === host || (entry !== '' && host.endsWith(`.${entry}`)));
}

/** Variables that name certificates of further authorities: az's own, Node's, and OpenSSL's. */
const certificateVariables = ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'];

function authoritiesOf(environment: Environment): string[] {
  const paths = certificateVariables.flatMap((name) => {
    const path = environment[name];
    return path ? [{ name, path }] : [];
  });
  return [...new Map(paths.map((one) => [one.path, one])).values()].flatMap(({ name, path }) => certificatesIn(name, path));
}

function certificatesIn(name: string, path: string): string[] {
  try {
    const files = statSync(path).isDirectory() ? readdirSync(path).map((file) => join(path, file)) : [path];
    const texts = files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, 'utf8'));
    const found = texts.flatMap((text) => text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []);
    if (found.length > 0) return found;
  } catch {
    // Told below: whatever the reason is, the variable names nothing that can be used.
  }
  throw new NoWay(`${name} names «${path}», where no certificates can be read. Correct it or take it away.`);
}

/** What Node trusts by itself. */
function usualAuthorities(): readonly string[] {
  // An older Node cannot tell what it was started with.
  const { getCACertificates, rootCertificates }: Partial<typeof tls> = tls;
  return getCACertificates?.('default') ?? rootCertificates ?? [];
}
