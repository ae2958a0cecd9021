import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { evaluate } from '../../src/core/expression.ts';
import type { Json } from '../../src/core/json.ts';
import { type ComputerPorts, readComputer } from '../../src/io/computer.ts';

const folder = mkdtempSync(join(tmpdir(), 'amlguide-computer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const terminal = { isTTY: true, columns: 100, rows: 30, getColorDepth: () => 8 } as const;

function computer(environment: ComputerPorts['environment'], more: Partial<ComputerPorts> = {}): Json {
  const ports = {
    environment,
    stdin: { isTTY: true },
    stdout: terminal,
    programs: new Map(),
    now: () => new Date(0),
    platform: 'linux' as const,
  };
  const reading = readComputer({ ...ports, ...more } as ComputerPorts);
  if (!reading.ok) throw new Error(reading.message);
  return reading.value;
}

/** The values at some paths. */
const at = (value: Json, ...paths: string[]) => paths.map((path) => evaluate(path, value));

describe('the terminal', () => {
  test('is told by its size, its colours and its locale', () => {
    expect(at(computer({ LANG: 'de_DE.UTF-8' }), 'terminal')).toEqual([
      { interactive: true, columns: 100, rows: 30, colours: 256, unicode: true, locale: 'de_DE.UTF-8' },
    ]);
    expect(at(computer({ LANG: 'C.UTF-8', LC_ALL: 'POSIX' }), 'terminal.unicode')).toEqual([false]);
    expect(at(computer({ WT_SESSION: '1' }, { platform: 'win32' }), 'terminal.unicode')).toEqual([true]);
    expect(at(computer({ NO_COLOR: '1' }), 'terminal.colours')).toEqual([0]);
  });

  test('that is none has no size', () => {
    const piped = { isTTY: false } as unknown as ComputerPorts['stdout'];
    expect(at(computer({}, { stdout: piped }), 'terminal.[interactive, columns, rows, colours]')).toEqual([[false, null, null, 0]]);
  });
});

describe('the proxy', () => {
  test('is shown without its password', () => {
    const value = computer({ https_proxy: 'http://anna:s3cretWord@proxy.contoso.com:3128', NO_PROXY: 'localhost' });
    expect(JSON.stringify(value)).not.toContain('s3cretWord');
    expect(at(value, 'proxy.problem', 'proxy.no_proxy')).toEqual([null, 'localhost']);
    expect(at(value, 'proxy.https')[0]).toBe('http://‹hidden›@proxy.contoso.com:3128');
  });

  test.each([
    [undefined, null],
    ['http://proxy:3128', null],
    ['socks5://proxy:1080', null],
    ['proxy', 'it is no address such as http://proxy.contoso.com:3128'],
    ['proxy:3128', 'it does not begin with http://, https:// or socks5://'],
    ['ftp://proxy', 'it does not begin with http://, https:// or socks5://'],
  ])('%s: %s', (address, problem) => {
    expect(at(computer({ HTTPS_PROXY: address }), 'proxy.problem')).toEqual([problem]);
  });

  test('that is no address shows no password either', () => {
    expect(JSON.stringify(computer({ HTTPS_PROXY: 'anna:s3cretWord@proxy:3128' }))).not.toContain('s3cretWord');
  });
});

describe('files with certificates', () => {
  const system = '/etc/ssl/certs/ca-certificates.crt';
  const problemsOf = (environment: ComputerPorts['environment']) =>
    at(computer(environment), 'certificates[?path].[variable, certificates > `0`, problem]')[0];

  test('are counted, or what is wrong with them is told', () => {
    const empty = join(folder, 'empty.pem');
    const broken = join(folder, 'broken.pem');
    writeFileSync(empty, 'no certificate\n');
    writeFileSync(broken, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    expect(problemsOf({ REQUESTS_CA_BUNDLE: '/nowhere', SSL_CERT_FILE: empty, NODE_EXTRA_CA_CERTS: broken })).toEqual([
      ['REQUESTS_CA_BUNDLE', false, 'there is no such file'],
      ['SSL_CERT_FILE', false, 'it holds no certificate in PEM form'],
      ['NODE_EXTRA_CA_CERTS', false, 'it holds no certificate in PEM form'],
    ]);
    expect(problemsOf({ REQUESTS_CA_BUNDLE: folder, NODE_EXTRA_CA_CERTS: folder })).toEqual([
      ['REQUESTS_CA_BUNDLE', false, null],
      ['NODE_EXTRA_CA_CERTS', false, 'it is a folder'],
    ]);
    expect(problemsOf({})).toEqual([]);
  });

  test.skipIf(!existsSync('/usr/bin/openssl'))('of a company are read', () => {
    const file = join(folder, 'ca.pem');
    const words = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-subj',
      '/CN=Contoso',
      '-keyout',
    ];
    execFileSync('/usr/bin/openssl', [...words, join(folder, 'key.pem'), '-out', file], { stdio: 'ignore' });
    expect(problemsOf({ NODE_EXTRA_CA_CERTS: file })).toEqual([['NODE_EXTRA_CA_CERTS', true, null]]);
  });

  test.skipIf(!existsSync(system))('of the system are read', () => {
    expect(problemsOf({ REQUESTS_CA_BUNDLE: system })).toEqual([['REQUESTS_CA_BUNDLE', true, null]]);
  });
});
