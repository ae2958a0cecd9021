import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { distFolder, root } from './places.mjs';

const copied = { 'README.md': 'README.md', LICENSE: 'LICENSE', 'checklists/schema.json': 'schema.json' };

/**
 * Writes `dist/`: the bundle, the launcher and a package.json of its own. What an earlier build left is removed last,
 * so that a program that is running keeps its chunks as long as possible.
 * @param {import('esbuild').OutputFile[]} bundle
 * @param {import('esbuild').Metafile} metafile
 */
export async function writeDist(bundle, metafile) {
  const workshop = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  /** @type {Map<string, string | Uint8Array>} */
  const files = new Map(bundle.map((file) => [relative(distFolder, file.path), file.contents]));
  files.set('package.json', `${JSON.stringify(publishedPackage(workshop), null, 2)}\n`);
  files.set('THIRD-PARTY-LICENSES.txt', await bundledLicenses(metafile));
  for (const [from, to] of Object.entries(copied)) {
    if (existsSync(join(root, from))) files.set(to, await readFile(join(root, from)));
  }
  files.set('cli.js', await launcher(workshop.version));
  for (const [name, contents] of files) await write(join(distFolder, name), contents);
  await chmod(join(distFolder, 'cli.js'), 0o755);
  await removeOthers(new Set(files.keys()));
}

/** @param {{version: string}} workshop */
function publishedPackage(workshop) {
  return {
    name: 'amlguide',
    version: workshop.version,
    description: 'An interactive guide that puts Azure Machine Learning training into a private network',
    license: 'MIT',
    type: 'module',
    bin: { amlguide: 'cli.js' },
    engines: { node: '>=22.12' },
    keywords: ['azure', 'machine-learning', 'virtual-network', 'wizard', 'cli'],
  };
}

/** @param {string} version */
async function launcher(version) {
  const source = await readFile(join(root, 'src/launcher.js'), 'utf8');
  if (!source.includes('__AMLGUIDE_VERSION__')) throw new Error('src/launcher.js has no place for the version');
  return source.replace('__AMLGUIDE_VERSION__', version);
}

/** @param {import('esbuild').Metafile} metafile */
async function bundledLicenses(metafile) {
  const folders = Object.keys(metafile.inputs)
    .filter((path) => !path.startsWith('builtin'))
    .map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? '');
  const texts = await Promise.all(
    [...new Set(folders)]
      .filter((folder) => folder !== '')
      .sort()
      .map(license),
  );
  return `These libraries are part of the bundle.\n\n${texts.join('\n')}`;
}

/** @param {string} folder */
async function license(folder) {
  const { name, version, license: kind } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : `\n${await readFile(join(root, folder, file), 'utf8')}`;
  return `${'-'.repeat(80)}\n${name} ${version} (${kind})\n${text}`;
}

/**
 * @param {string} path
 * @param {string | Uint8Array} contents
 */
async function write(path, contents) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}

/** @param {Set<string>} kept */
async function removeOthers(kept) {
  for (const entry of await readdir(distFolder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(relative(distFolder, path))) await rm(path, { force: true });
  }
}
