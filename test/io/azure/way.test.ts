import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { certificate, loopback, proxy, readerFor, scratch } from './loopback-azure.ts';

const thing = { get: '/thing', api: '1' };
const trusting = { REQUESTS_CA_BUNDLE: certificate.authority };

describe('a proxy of the environment', () => {
  it.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])(
    'named by %s is used, over kept connections, with a private authority',
    async (variable) => {
      const azure = await loopback(() => ({ body: {} }));
      const gate = await proxy(azure.port);
      const environment = { ...trusting, [variable]: gate.url };
      const reader = readerFor({ url: 'https://localhost' }, { environment });
      expect(await reader.ask(thing)).toMatchObject({ ok: true });
      expect(await reader.ask(thing, undefined, { fresh: true })).toMatchObject({ ok: true });
      expect(gate.asked).toEqual(['localhost:443']);
      expect(azure.seen).toHaveLength(2);
    },
  );

  it('is used without a scheme, and is told name and password', async () => {
    const azure = await loopback(() => ({ body: {} }));
    const gate = await proxy(azure.port);
    const named = gate.url.replace('http://', 'http://anna:p%40ss@');
    expect(await readerFor({ url: 'https://localhost' }, { environment: { ...trusting, HTTPS_PROXY: named } }).ask(thing)).toMatchObject({
      ok: true,
    });
    expect(gate.names).toEqual([`Basic ${Buffer.from('anna:p@ss').toString('base64')}`]);
    const plain = gate.url.replace('http://', '');
    expect(await readerFor({ url: 'https://localhost' }, { environment: { ...trusting, HTTPS_PROXY: plain } }).ask(thing)).toMatchObject({
      ok: true,
    });
  });

  it.each(['127.0.0.1', '*', 'example.com, 127.0.0.1', '127.0.0.1:8443'])('is left aside for NO_PROXY=%s', async (list) => {
    const azure = await loopback(() => ({ body: {} }));
    const gate = await proxy(azure.port);
    for (const variable of ['NO_PROXY', 'no_proxy'])
      expect(await readerFor(azure, { environment: { ...trusting, HTTPS_PROXY: gate.url, [variable]: list } }).ask(thing)).toMatchObject({
        ok: true,
      });
    expect(gate.asked).toEqual([]);
  });

  it.each(['27.0.0.1', 'example.com', '.0.1.example'])('is used for all that NO_PROXY=%s does not name', async (list) => {
    const azure = await loopback(() => ({ body: {} }));
    const gate = await proxy(azure.port);
    expect(await readerFor(azure, { environment: { ...trusting, HTTPS_PROXY: gate.url, NO_PROXY: list } }).ask(thing)).toMatchObject({
      ok: true,
    });
    expect(gate.asked).toHaveLength(1);
  });

  it.each([
    ['407 Proxy Authentication Required', /does not let 127\.0\.0\.1 through \(407.*user and password before the host in HTTPS_PROXY/],
    ['403 Forbidden', /does not let 127\.0\.0\.1 through \(403.*NO_PROXY/],
    ['502 Bad Gateway', /through \(502/],
  ])('that answers %s is told from Azure, without its password', async (refusal, says) => {
    const gate = await proxy(1, refusal);
    const named = gate.url.replace('http://', 'http://anna:hunter2hunter2@');
    const reading = await readerFor({ url: 'https://127.0.0.1' }, { environment: { HTTPS_PROXY: named } }).ask(thing);
    expect(reading).toMatchObject({ why: 'unreachable', message: expect.stringMatching(says) });
    expect(JSON.stringify(reading)).not.toContain('hunter2');
    expect(gate.asked).toHaveLength(1);
  });

  it.each(['socks5://127.0.0.1:1', 'http://', 'http://%zz@127.0.0.1'])('that cannot be one (%s) is named', async (value) => {
    const reader = readerFor({ url: 'https://localhost' }, { environment: { https_proxy: value } });
    expect(await reader.ask(thing)).toMatchObject({ why: 'unreachable', message: expect.stringMatching(/^https_proxy names no proxy/) });
    expect(reader.requests()).toBe(0);
  });

  it('that is not there is named', async () => {
    const environment = { HTTPS_PROXY: 'http://127.0.0.1:9' };
    const reading = await readerFor({ url: 'https://localhost' }, { environment, limits: { pause: 1 } }).ask(thing);
    expect(reading).toMatchObject({
      why: 'unreachable',
      message: expect.stringMatching(/through the proxy http:\/\/127\.0\.0\.1:9 is refused.*HTTPS_PROXY/),
    });
  });
});

describe('the authority of a certificate', () => {
  it('that nobody knows is told, with what mends it, and no request is sent', async () => {
    const azure = await loopback(() => ({ body: {} }));
    const reading = await readerFor(azure, { environment: {} }).ask(thing);
    expect(reading).toMatchObject({
      why: 'unreachable',
      message: expect.stringMatching(/authority.*REQUESTS_CA_BUNDLE.*NODE_EXTRA_CA_CERTS/),
    });
    expect(azure.seen).toEqual([]);
  });

  it.each(['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'])('is known from %s', async (variable) => {
    const azure = await loopback(() => ({ body: {} }));
    expect(await readerFor(azure, { environment: { [variable]: certificate.authority } }).ask(thing)).toMatchObject({ ok: true });
  });

  it('cannot be read: the variable is named', async () => {
    writeFileSync(scratch('empty.pem'), 'nothing');
    for (const path of [scratch('nowhere.pem'), scratch('empty.pem')]) {
      const reading = await readerFor({ url: 'https://localhost' }, { environment: { SSL_CERT_FILE: path } }).ask(thing);
      expect(reading).toMatchObject({
        why: 'unreachable',
        message: `SSL_CERT_FILE names «${path}», where no certificates can be read. Correct it or take it away.`,
      });
    }
  });

  it('is right and the name is not', async () => {
    const azure = await loopback(() => ({ body: {} }));
    const gate = await proxy(azure.port);
    const reading = await readerFor({ url: 'https://example.com' }, { environment: { ...trusting, HTTPS_PROXY: gate.url } }).ask(thing);
    expect(reading).toMatchObject({ why: 'unreachable', message: expect.stringMatching(/certificate of somebody else/) });
    expect(azure.seen).toEqual([]);
  });
});

describe('a network', () => {
  it('without that name, or where nobody listens', async () => {
    const lost = await readerFor({ url: 'https://management.invalid' }, { limits: { pause: 1 } }).ask(thing);
    expect(lost).toMatchObject({
      why: 'unreachable',
      message: expect.stringMatching(/name is not found: .*management\.invalid.*HTTPS_PROXY/),
    });
    const closed = await readerFor({ url: 'https://127.0.0.1:9' }, { limits: { pause: 1 } }).ask(thing);
    expect(closed).toMatchObject({ why: 'unreachable', message: expect.stringMatching(/^The connection to 127\.0\.0\.1 is refused/) });
  });

  it('where somebody else answers', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('SSH-2.0-OpenSSH\r\n');
    });
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    const reading = await readerFor({ url: `https://127.0.0.1:${port}` }).ask(thing);
    server.close();
    expect(reading).toMatchObject({ why: 'unreachable', message: expect.stringMatching(/^The connection to 127\.0\.0\.1 failed/) });
  });
});
