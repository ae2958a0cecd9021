import { join } from 'node:path';
import { builtinRequire } from './builtin-require.mjs';
import { catalogForEsbuild } from './catalog-module.mjs';
import { patchInk } from './ink-patches.mjs';
import { leanLibraries } from './lean-libraries.mjs';
import { root } from './places.mjs';

/**
 * How the program is bundled: chunks that `import()` loads late, minified, without React's development branches.
 * @param {Record<string, string>} entryPoints output name to source file
 * @returns {import('esbuild').BuildOptions & {metafile: true, write: false}}
 */
export function bundleOptions(entryPoints) {
  return {
    absWorkingDir: root,
    entryPoints,
    outdir: join(root, 'dist'),
    chunkNames: 'chunks/[name]-[hash]',
    assetNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    jsx: 'automatic',
    // write-file-atomic makes the name of its temporary file out of __filename, which modules do not have.
    define: { 'process.env.NODE_ENV': '"production"', __filename: '"amlguide"' },
    // The libraries' licences are collected in a file of their own.
    legalComments: 'none',
    // The clock of React and Ink; `performance` of Node would load ten modules at the first look at it.
    inject: [join(root, 'scripts/clock.mjs')],
    plugins: [catalogForEsbuild(), patchInk(), leanLibraries(), builtinRequire()],
    metafile: true,
    write: false,
    logLevel: 'silent',
  };
}
