import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { context, formatMessages } from 'esbuild';
import { bundleOptions } from './bundle.mjs';
import { writeDist } from './dist-package.mjs';
import { cacheFolder, metafilePath, root } from './places.mjs';

const entry = join(root, 'src/cli.ts');
const watch = process.argv.includes('--watch');

/** @param {import('esbuild').Message[]} errors */
async function report(errors) {
  // A problem of the catalog already says file:line:col.
  const ofCatalog = errors.flatMap(({ detail }) => (Array.isArray(detail) ? detail : []));
  const others = errors.filter(({ detail }) => !Array.isArray(detail));
  for (const problem of ofCatalog) console.error(problem);
  for (const text of await formatMessages(others, { kind: 'error', color: process.stderr.isTTY })) console.error(text);
  const count = ofCatalog.length + others.length;
  console.error(`The build failed: ${count} ${count === 1 ? 'problem' : 'problems'}.`);
}

/** @param {import('esbuild').BuildResult} result */
async function finish({ errors, outputFiles, metafile }) {
  if (errors.length > 0 || outputFiles === undefined || metafile === undefined) {
    // A single build reports when it is rejected, which includes what went wrong in here.
    if (watch) await report(errors);
    return;
  }
  await writeDist(outputFiles, metafile);
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(metafilePath, JSON.stringify(metafile));
  const size = outputFiles.reduce((sum, file) => sum + file.contents.length, 0);
  console.log(`dist: ${outputFiles.length} chunks, ${Math.round(size / 1024)} KiB`);
}

/** @returns {import('esbuild').Plugin} */
function finishing() {
  return { name: 'amlguide-finish', setup: (builder) => builder.onEnd(finish) };
}

async function build() {
  if (!existsSync(entry)) return console.log('nothing to build yet');
  const options = bundleOptions({ amlguide: entry });
  const builder = await context({ ...options, plugins: [...(options.plugins ?? []), finishing()] });
  if (watch) return builder.watch();
  await builder.rebuild().catch(async (failure) => {
    await report(failure.errors);
    process.exitCode = 1;
  });
  await builder.dispose();
}

await build();
