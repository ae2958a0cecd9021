import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cacheFolder, root } from './places.mjs';

const moduleName = 'amlguide:catalog';
const compilerSource = join(root, 'src/build/compile-catalog.ts');
const sourceFolders = ['checklists', 'templates'];

/**
 * Compiles `checklists/` and `templates/` with the project's own compiler; an empty catalog while that does not exist.
 * @returns {Promise<{catalog: unknown, problems: string[]}>}
 */
export async function compileCatalog() {
  if (!existsSync(compilerSource)) return { catalog: {}, problems: [] };
  const compiler = await import(await bundleCompiler());
  return compiler.compileCatalog(root);
}

async function bundleCompiler() {
  const result = await build({
    entryPoints: [compilerSource],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    packages: 'external',
    external: [moduleName],
    write: false,
    logLevel: 'silent',
  });
  const output = /** @type {import('esbuild').OutputFile} */ (result.outputFiles[0]);
  await mkdir(cacheFolder, { recursive: true });
  // The content is in the name, so that a watching build sees a changed compiler and two builds at once do not meet.
  const file = join(cacheFolder, `compile-catalog-${output.hash.replaceAll(/\W/g, '')}.mjs`);
  if (!existsSync(file)) await writeFile(file, output.contents);
  return pathToFileURL(file).href;
}

/**
 * Writes a catalog as a module: parsing JSON out of one string is faster than reading an object literal.
 * @param {unknown} catalog
 */
export function catalogModuleText(catalog) {
  return `export const catalog = JSON.parse(${JSON.stringify(JSON.stringify(catalog))});\n`;
}

/** The bundle reads the catalog from a file of JSON beside it: a source of that size costs more to load than to parse. */
const readingModuleText = `import path from 'amlguide:catalog-data';
import { readFileSync } from 'node:fs';
export const catalog = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
`;

/** @type {unknown} */
let current;

/**
 * Gives esbuild the module `amlguide:catalog`; every problem of the catalog is an error of the build.
 * @returns {import('esbuild').Plugin}
 */
export function catalogForEsbuild() {
  return {
    name: 'amlguide-catalog',
    setup(builder) {
      builder.onResolve({ filter: /^amlguide:catalog$/ }, () => ({ path: moduleName, namespace: 'amlguide' }));
      builder.onResolve({ filter: /^amlguide:catalog-data$/ }, () => ({ path: 'catalog.json', namespace: 'amlguide-data' }));
      builder.onLoad({ filter: /.*/, namespace: 'amlguide-data' }, async () => ({ contents: JSON.stringify(current), loader: 'file' }));
      builder.onLoad({ filter: /.*/, namespace: 'amlguide' }, async () => {
        const { catalog, problems } = await compileCatalog();
        // One error for all of them, since esbuild would sort them by their text and line 27 would follow line 125.
        const errors = problems.length > 0 ? [{ text: 'the catalog has problems', detail: problems }] : [];
        current = catalog;
        return { errors, contents: readingModuleText, loader: 'js', resolveDir: root, ...(await watched()) };
      });
    },
  };
}

/**
 * Gives vitest the same module.
 * @returns {import('vite').Plugin}
 */
export function catalogForVitest() {
  return {
    name: 'amlguide-catalog',
    enforce: 'pre',
    resolveId: (id) => (id === moduleName ? `\0${moduleName}` : undefined),
    async load(id) {
      if (id !== `\0${moduleName}`) return undefined;
      const { catalog, problems } = await compileCatalog();
      if (problems.length > 0) throw new Error(problems.join('\n'));
      return catalogModuleText(catalog);
    },
  };
}

async function watched() {
  /** @type {string[]} */
  const watchDirs = [];
  /** @type {string[]} */
  const watchFiles = [];
  for (const folder of sourceFolders.map((name) => join(root, name)).filter((path) => existsSync(path))) {
    watchDirs.push(folder);
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      (entry.isDirectory() ? watchDirs : watchFiles).push(join(entry.parentPath, entry.name));
    }
  }
  return { watchDirs, watchFiles };
}
