import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundleOptions } from '../../scripts/bundle.mjs';
import type { azureReader } from '../../src/io/azure/reader.ts';
import { certificate, loopback, proxy, reading, tokens } from '../io/azure/loopback-azure.ts';

const heavy = /node_modules\/(?:@azure|@typespec|https-proxy-agent|agent-base|debug)\//;

describe('the reader in the bundle', () => {
  it('loads what speaks HTTPS at the first ask, and then reads through a proxy', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'amlguide-bundle-'));
    try {
      const { outputFiles, metafile } = await build({ ...bundleOptions({ reader: 'src/io/azure/reader.ts' }), outdir: folder });
      for (const { path, contents } of outputFiles) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, contents);
      }
      const outputs = Object.entries(metafile.outputs);
      const inputs = (name: string): string[] => {
        const [, output] = outputs.find(([path]) => basename(path) === basename(name)) ?? [];
        const deeper = output?.imports.filter(({ kind }) => kind === 'import-statement').flatMap(({ path }) => inputs(path)) ?? [];
        return [
          ...Object.entries(output?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
          ...deeper,
        ];
      };
      expect(inputs('reader.js')).toContain('src/io/azure/reader.ts');
      expect(inputs('reader.js').filter((path) => heavy.test(path))).toEqual([]);
      const all = outputs.flatMap(([, output]) => Object.keys(output.inputs));
      expect(all.some((path) => path.includes('core-rest-pipeline'))).toBe(true);
      expect(all.filter((path) => /node_modules\/(?:debug|supports-color)\//.test(path))).toEqual([]);

      const azure = await loopback(() => ({ body: { id: 'x' } }));
      const gate = await proxy(azure.port);
      const bundled = (await import(pathToFileURL(join(folder, 'reader.js')).href)) as { azureReader: typeof azureReader };
      const reader = bundled.azureReader({
        token: tokens('t'),
        endpoint: 'https://localhost',
        subscriptions: [],
        environment: { HTTPS_PROXY: gate.url, SSL_CERT_FILE: certificate.authority },
        azure: reading,
        version: '1.2.3',
      });
      expect(await reader.ask({ get: '/thing', api: '1' })).toMatchObject({ ok: true, value: { id: 'x' } });
      expect(gate.asked).toEqual(['localhost:443']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
