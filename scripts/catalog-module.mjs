import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cacheFolder, root } from './places.mjs';

const moduleName = 'amlguide:catalog';
const sampleName = 'amlguide:sample';
const compilerSource = join(root, 'src/build/compile-catalog.ts');
const sourceFolders = ['checklists', 'templates'];

/**
 * Compiles `checklists/` and `templates/` with the project's own compiler; an empty catalog while that does not exist.
 * @returns {Promise<{catalog: unknown, late: string, sample: unknown, problems: string[]}>}
 */
export async function compileCatalog() {
  if (!existsSync(compilerSource)) return { catalog: {}, late: '', sample: [], problems: [] };
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
    external: [moduleName, sampleName],
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
 * @param {string} late
 */
export function catalogModuleText(catalog, late) {
  const text = JSON.stringify(JSON.stringify(catalog));
  return `export const catalog = JSON.parse(${text});\nexport const late = ${JSON.stringify(late)};\n`;
}

/** The bundle reads the catalog from a file of JSON beside it: a source of that size costs more to load than to parse. */
const readingModuleText = `import path from 'amlguide:catalog-data';
import latePath from 'amlguide:late-data';
import { readFileSync } from 'node:fs';
const textOf = (path) => readFileSync(new URL(path, import.meta.url), 'latin1');
export const catalog = JSON.parse(textOf(path));
export const late = textOf(latePath);
`;

/** The same for the made-up subscription, which few people want. */
const sampleModuleText = `import path from 'amlguide:sample-data';
import { readFileSync } from 'node:fs';
export const sample = JSON.parse(readFileSync(new URL(path, import.meta.url), 'latin1'));
`;

/**
 * JSON of ASCII alone: one sign beyond Latin would double the memory that the text takes while it is read.
 * @param {unknown} value
 */
function asciiJson(value) {
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** @type {Promise<{catalog: unknown, late: string, sample: unknown, problems: string[]}> | undefined} */
let current;

function compiled() {
  current ??= compileCatalog();
  return current;
}

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
      builder.onResolve({ filter: /^amlguide:late-data$/ }, () => ({ path: 'late.txt', namespace: 'amlguide-data' }));
      builder.onResolve({ filter: /^amlguide:sample$/ }, () => ({ path: sampleName, namespace: 'amlguide-sample' }));
      builder.onResolve({ filter: /^amlguide:sample-data$/ }, () => ({ path: 'sample.json', namespace: 'amlguide-data' }));
      builder.onStart(() => {
        current = undefined;
      });
      builder.onLoad({ filter: /.*/, namespace: 'amlguide-data' }, async ({ path }) => {
        const { catalog, late, sample } = await compiled();
        const contents = path === 'late.txt' ? late : asciiJson(path === 'sample.json' ? sample : catalog);
        return { contents, loader: 'file' };
      });
      builder.onLoad({ filter: /.*/, namespace: 'amlguide-sample' }, () => ({
        contents: sampleModuleText,
        loader: 'js',
        resolveDir: root,
      }));
      builder.onLoad({ filter: /.*/, namespace: 'amlguide' }, async () => {
        const { problems } = await compiled();
        // One error for all of them, since esbuild would sort them by their text and line 27 would follow line 125.
        const errors = problems.length > 0 ? [{ text: 'the catalog has problems', detail: problems }] : [];
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
    resolveId: (id) => (id === moduleName || id === sampleName ? `\0${id}` : undefined),
    async load(id) {
      if (id !== `\0${moduleName}` && id !== `\0${sampleName}`) return undefined;
      const { catalog, late, sample, problems } = await compileCatalog();
      if (problems.length > 0) throw new Error(problems.join('\n'));
      return id === `\0${moduleName}` ? catalogModuleText(catalog, late) : `export const sample = ${JSON.stringify(sample)};\n`;
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
