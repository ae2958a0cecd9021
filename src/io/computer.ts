import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { platform as system } from 'node:os';
import { version } from 'node:process';
import type { Reading } from '../core/asks.ts';
import type { Json } from '../core/json.ts';
import { showsUnicode } from '../core/unicode-terminal.ts';
import type { Program } from './run/programs.ts';

/** What a look at this computer needs. */
export interface ComputerPorts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: Pick<NodeJS.ReadStream, 'isTTY'>;
  readonly stdout: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows'> & Partial<Pick<NodeJS.WriteStream, 'getColorDepth'>>;
  /** The programs that were looked for and found. */
  readonly programs: ReadonlyMap<string, Program>;
  readonly now: () => Date;
  /** The system; that of this process when absent. */
  readonly platform?: NodeJS.Platform;
}

/** This computer as checks read it: `node`, `platform`, `programs`, `terminal`, `proxy` and `certificates`; no secret is in it. */
export function readComputer(ports: ComputerPorts): Reading {
  const { environment, programs, now, platform = system() } = ports;
  const value: Json = {
    node: { version: version.replace(/^v/, '') },
    platform,
    programs: Object.fromEntries([...programs].map(([name, { file, before }]) => [name, [file, ...before].join(' ')])),
    terminal: terminalOf(ports, platform),
    proxy: proxyOf(ports),
    certificates: bundles.map((variable) => bundleOf(variable, environment[variable] ?? '')),
  };
  return { ok: true, value, at: now().toISOString() };
}

/** `columns` and `rows` are null where nobody knows; `colours` is how many the terminal shows. */
function terminalOf({ environment, stdin, stdout }: ComputerPorts, platform: NodeJS.Platform): Json {
  const depth = stdout.isTTY ? (stdout.getColorDepth?.() ?? 1) : 1;
  return {
    interactive: Boolean(stdin.isTTY && stdout.isTTY),
    columns: stdout.columns ?? null,
    rows: stdout.rows ?? null,
    colours: environment.NO_COLOR ? 0 : depth > 1 ? 2 ** depth : 0,
    unicode: showsUnicode(environment, platform),
    locale: environment.LC_ALL || environment.LC_CTYPE || environment.LANG || null,
  };
}

/** The address without name and password, and what is wrong with it; both null when there is none. */
function proxyOf({ environment }: ComputerPorts): Json {
  const of = (name: string) => environment[name.toLowerCase()] || environment[name] || null;
  const https = of('HTTPS_PROXY') ?? of('ALL_PROXY');
  return {
    https: https?.replace(/^(\w+:\/\/)?.*@/s, '$1‹hidden›@') ?? null,
    problem: https && proxyProblem(https),
    no_proxy: of('NO_PROXY'),
  };
}

function proxyProblem(address: string): string | null {
  if (!URL.canParse(address)) return 'it is no address such as http://proxy.contoso.com:3128';
  const { protocol, hostname } = new URL(address);
  if (!/^(?:https?|socks[45]h?|socks):$/.test(protocol)) return 'it does not begin with http://, https:// or socks5://';
  return hostname === '' ? 'it names no host' : null;
}

/** Variables that name a file with certificates to trust: those of Python's requests, of OpenSSL and of Node. */
const bundles = ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'];

/** How many certificates a file holds, or what is wrong with it; a variable that is not set has neither. */
function bundleOf(variable: string, path: string): Json {
  if (path === '') return { variable, path: null, certificates: 0, problem: null };
  try {
    const found = readFileSync(path, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    const certificates = found.filter(isCertificate).length;
    return { variable, path, certificates, problem: certificates === 0 ? 'it holds no certificate in PEM form' : null };
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    // Python takes a folder of certificates too.
    const isFolder = code === 'EISDIR' && variable.endsWith('_CA_BUNDLE');
    return { variable, path, certificates: 0, problem: isFolder ? null : (problems[code] ?? `it cannot be read (${code})`) };
  }
}

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).subject !== undefined;
  } catch {
    return false;
  }
}

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder',
};
