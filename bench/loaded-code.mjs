import { mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { metafilePath, root } from '../scripts/places.mjs';
import { wallTime } from './measure.mjs';

const interactiveLibraries = /node_modules\/(ink|react|react-reconciler|yoga-layout)\//;

/**
 * The chunks of the last build that hold code of Ink, React or Yoga, as full paths.
 * @returns {Promise<string[]>}
 */
export async function interactiveChunks() {
  /** @type {import('esbuild').Metafile} */
  const metafile = JSON.parse(await readFile(metafilePath, 'utf8'));
  return Object.entries(metafile.outputs)
    .filter(([, output]) => Object.entries(output.inputs).some(([path, part]) => part.bytesInOutput > 0 && interactiveLibraries.test(path)))
    .map(([path]) => join(root, path));
}

/**
 * Every file that V8 itself compiled while Node ran this: its coverage report lists them, called or not.
 * @param {string[]} args
 * @param {string} folder for the reports
 */
export async function loadedFiles(args, folder) {
  await mkdir(folder, { recursive: true });
  const reports = await mkdtemp(join(folder, 'coverage-'));
  wallTime(args, { cwd: folder, env: { ...process.env, NODE_V8_COVERAGE: reports } });
  const texts = await Promise.all((await readdir(reports)).map((name) => readFile(join(reports, name), 'utf8')));
  const scripts = texts.flatMap((text) => /** @type {{result: {url: string}[]}} */ (JSON.parse(text)).result);
  return new Set(scripts.filter(({ url }) => url.startsWith('file:')).map(({ url }) => fileURLToPath(url)));
}
