// Compares the built program with anchors that are made on the spot. Ratios, since milliseconds belong to a machine.
// npm run bench [-- --runs 15]; exit 1 when a limit is missed or cannot be measured.
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { distFolder, root } from '../scripts/places.mjs';
import { Terminal } from '../scripts/terminal.mjs';
import { interactiveChunks, loadedFiles } from './loaded-code.mjs';
import { ratio, wallTime } from './measure.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '21' } } });
const runs = Math.max(15, Number(values.runs));
const program = join(distFolder, 'cli.js');
const folder = await mkdtemp(join(tmpdir(), 'amlguide-bench-'));
const emptyModule = join(folder, 'empty.mjs');
let turn = 0;

/**
 * A row of the table that is printed.
 * @typedef {{metric: string, found: string, limit: string, verdict: 'ok' | 'MISSED' | 'NOT MEASURED', note: string}} Row
 */

const bareNode = () => wallTime([emptyModule]);
const renderArgs = (/** @type {string} */ example) => [program, 'render', '--example', example, '--out', join(folder, `out-${turn++}`)];

/** The example with the most answers is the one that takes longest. */
async function largestExample() {
  const examples = join(root, 'checklists/examples');
  const names = (await readdir(examples)).filter((name) => name.endsWith('.yaml'));
  const sized = await Promise.all(names.map(async (name) => ({ name, size: (await stat(join(examples, name))).size })));
  const largest = sized.sort((a, b) => b.size - a.size)[0];
  if (largest === undefined) throw new Error('there is no example yet');
  return basename(largest.name, '.yaml');
}

/** @param {string[]} args */
async function firstFrame(args) {
  const env = { ...process.env, AMLGUIDE_STATE_DIR: join(folder, `state-${turn++}`) };
  const terminal = new Terminal(process.execPath, args, { cwd: folder, env });
  try {
    return await terminal.firstFrame();
  } finally {
    await terminal.stop();
  }
}

/**
 * @param {string} metric
 * @param {number} limit
 * @param {() => Promise<{ratio: number, anchor: number, measured: number}>} measure
 * @returns {Promise<Row>}
 */
async function ratioRow(metric, limit, measure) {
  try {
    const result = await measure();
    const note = `${result.measured.toFixed(1)} ms against ${result.anchor.toFixed(1)} ms`;
    return { metric, found: result.ratio.toFixed(2), limit: limit.toFixed(2), verdict: result.ratio <= limit ? 'ok' : 'MISSED', note };
  } catch (error) {
    return { metric, found: '-', limit: limit.toFixed(2), verdict: 'NOT MEASURED', note: String(error) };
  }
}

/** @returns {Promise<Row>} */
async function headlessRow() {
  const row = { metric: 'headless: Ink files loaded', limit: '0' };
  try {
    const chunks = await interactiveChunks();
    if (chunks.length === 0) throw new Error('the build holds no Ink yet');
    // Loading these chunks on purpose must be seen, or seeing nothing would prove nothing.
    const control = await loadedFiles(['--input-type=module', '--eval', importing(chunks)], folder);
    if (!chunks.every((chunk) => control.has(chunk))) throw new Error('the detector does not see Ink when it is loaded');
    const rendering = await loadedFiles(renderArgs(await largestExample()), folder);
    if (!rendering.has(program)) throw new Error('the detector does not see the program itself');
    const loaded = chunks.filter((chunk) => rendering.has(chunk));
    const note =
      loaded.length > 0 ? loaded.map((chunk) => basename(chunk)).join(' ') : `none of ${chunks.length} chunks with Ink, React or Yoga`;
    return { ...row, found: String(loaded.length), verdict: loaded.length === 0 ? 'ok' : 'MISSED', note };
  } catch (error) {
    return { ...row, found: '-', verdict: 'NOT MEASURED', note: String(error) };
  }
}

/** @param {string[]} files */
function importing(files) {
  const imports = files.map((file) => `await import(${JSON.stringify(pathToFileURL(file).href)}).catch(() => {});`);
  return `${imports.join('\n')}\nprocess.exit(0);`;
}

/** @param {Row[]} rows */
function print(rows) {
  const head = { metric: 'metric', found: 'ratio', limit: 'limit', verdict: 'verdict', note: 'medians' };
  const width = (/** @type {keyof Row} */ key) => Math.max(...[head, ...rows].map((row) => row[key].length));
  for (const row of [head, ...rows]) {
    const cells = [row.metric.padEnd(width('metric')), row.found.padStart(width('found')), row.limit.padStart(width('limit'))];
    console.log([...cells, row.verdict.padEnd(width('verdict')), row.note].join('  '));
  }
}

async function bench() {
  await writeFile(emptyModule, '');
  console.log(`Node ${process.versions.node}, ${runs} runs of each, by turns`);
  const rawList = () => firstFrame([join(root, 'bench/raw-list.mjs')]);
  const rows = [
    await ratioRow('--version / empty module', 1.3, () => ratio(() => wallTime([program, '--version']), bareNode, runs)),
    await ratioRow('render / empty module', 3, async () => {
      const example = await largestExample();
      return ratio(() => wallTime(renderArgs(example), { cwd: folder }), bareNode, runs);
    }),
    await ratioRow('first wizard frame / raw list', 5, () => ratio(() => firstFrame([program, 'setup']), rawList, runs)),
    await headlessRow(),
  ];
  print(rows);
  if (rows.some((row) => row.verdict !== 'ok')) process.exitCode = 1;
}

try {
  await bench();
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit();
