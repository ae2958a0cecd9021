// Compares the built program with anchors that are made on the spot, and its screens with what a person feels.
// npm run bench [-- --runs 15]; exit 1 when a goal is missed or cannot be measured. "reach" is the goal, "stretch" what would be better still.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { distFolder, root } from '../scripts/places.mjs';
import { Terminal } from '../scripts/terminal.mjs';
import { down, firstAnswer, goneAfter, opened, peakOf, pressed, up } from './keyboard.mjs';
import { interactiveChunks, loadedFiles } from './loaded-code.mjs';
import { writeLongList } from './long-list.mjs';
import { at, median, ratio, wallTime } from './measure.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '21' } } });
const runs = Math.max(5, Number(values.runs));
const program = join(distFolder, 'cli.js');
const folder = await mkdtemp(join(tmpdir(), 'amlguide-bench-'));
const emptyModule = join(folder, 'empty.mjs');
let turn = 0;

/**
 * A row of the table that is printed. Numbers that are larger are worse; a row without a goal has Infinity for both.
 * @typedef {{metric: string, found: number, reach: number, stretch: number, unit: string, note: string}} Row
 */

const bareNode = () => wallTime([emptyModule]);
const started = (/** @type {string} */ flag) => () => wallTime([program, flag]);
const renderArgs = (/** @type {string} */ example) => [program, 'render', '--example', example, '--out', join(folder, `out-${turn++}`)];
const place = () => ({ cwd: folder, env: { ...process.env, AMLGUIDE_STATE_DIR: join(folder, `state-${turn++}`) } });

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
  const terminal = new Terminal(process.execPath, args, place());
  try {
    return await terminal.firstFrame();
  } finally {
    await terminal.stop();
  }
}

/**
 * @param {string} metric
 * @param {readonly [number, number]} goal
 * @param {() => number} measured
 * @param {() => number} [anchor]
 * @returns {Promise<Row>}
 */
async function startRow(metric, [reach, stretch], measured, anchor = bareNode) {
  const result = await ratio(measured, anchor, runs);
  const note = `${result.measured.toFixed(1)} ms against ${result.anchor.toFixed(1)} ms`;
  return { metric, found: result.ratio, reach, stretch, unit: '', note };
}

/** @returns {Promise<Row[]>} */
async function renderRows() {
  const example = await largestExample();
  const time = await startRow('render / empty module', [2.5, 1.8], () => wallTime(renderArgs(example), { cwd: folder }));
  const file = join(folder, 'memory');
  const tell = `process.on('exit',()=>process.getBuiltinModule('fs').writeFileSync(${JSON.stringify(file)},String(process.resourceUsage().maxRSS)))`;
  wallTime(['--import', `data:text/javascript,${encodeURIComponent(tell)}`, ...renderArgs(example)], { cwd: folder });
  const found = Number(await readFile(file, 'utf8')) / 1024;
  return [time, { metric: 'render, memory', found, reach: 65, stretch: 52, unit: 'MiB', note: example }];
}

/** @returns {Promise<Row[]>} */
async function frameRows() {
  const rawList = () => firstFrame([join(root, 'bench/raw-list.mjs')]);
  const result = await ratio(() => firstFrame([program, 'setup']), rawList, runs);
  const note = `${result.measured.toFixed(1)} ms against ${result.anchor.toFixed(1)} ms`;
  // The frame stands before Ink can hear: what a person waits for who types at once.
  const answer = await ratio(() => firstAnswer([program, 'setup'], place()), rawList, runs);
  const terminal = await opened([program, 'setup'], place());
  const found = peakOf(terminal);
  await terminal.stop();
  const none = Number.POSITIVE_INFINITY;
  return [
    { metric: 'first wizard frame / raw list', found: result.ratio, reach: 3.7, stretch: 3.3, unit: '', note },
    {
      metric: 'first key answered / raw list',
      found: answer.ratio,
      reach: none,
      stretch: none,
      unit: '',
      note: `${answer.measured.toFixed(1)} ms`,
    },
    { metric: 'first wizard frame, memory', found, reach: 70, stretch: 63, unit: 'MiB', note: 'VmHWM' },
  ];
}

/** @returns {Promise<Row[]>} */
async function keyRows() {
  const terminal = await opened([program, 'setup'], place());
  await pressed(terminal, [down, down, up, down, up]);
  const moves = await pressed(
    terminal,
    Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? down : up)),
  );
  await terminal.stop();
  const times = moves.map(({ ms }) => ms);
  const bytes = median(moves.map((one) => one.bytes));
  return [
    { metric: 'key to last byte, p50', found: at(times, 0.5), reach: 8, stretch: 4.5, unit: 'ms', note: 'the first question' },
    { metric: 'key to last byte, p99', found: at(times, 0.99), reach: 16, stretch: 10, unit: 'ms', note: `${times.length} keys` },
    { metric: 'bytes a key, cursor move', found: bytes, reach: 500, stretch: 420, unit: 'B', note: '100x30' },
  ];
}

/** @param {number} count */
async function listKeys(count) {
  const catalog = await writeLongList(join(folder, `list-${count}`), count);
  const terminal = await opened([program, '--catalog', catalog, 'setup'], place());
  await pressed(terminal, [down, down, up, down, up]);
  const moves = await pressed(
    terminal,
    Array.from({ length: 150 }, (_, index) => (index % 2 === 0 ? down : up)),
  );
  const typed =
    count < 100
      ? []
      : await pressed(
          terminal,
          Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? '7' : '\u007F')),
        );
  const scrolls = count < 100 ? [] : (await pressed(terminal, Array(60).fill(down))).slice(30);
  await terminal.stop();
  return { times: [...moves, ...typed, ...scrolls].map(({ ms }) => ms), moves: moves.map(({ ms }) => ms), scrolls };
}

/** @returns {Promise<Row[]>} */
async function listRows() {
  const [few, many] = [await listKeys(10), await listKeys(10_000)];
  const p50 = at(many.times, 0.5);
  const growth = at(many.moves, 0.5) / at(few.moves, 0.5);
  const note = `${at(many.moves, 0.5).toFixed(1)} ms against ${at(few.moves, 0.5).toFixed(1)} ms`;
  const bytes = median(many.scrolls.map((one) => one.bytes));
  return [
    { metric: 'key in a list of 10,000, p50', found: p50, reach: 5, stretch: 2.5, unit: 'ms', note: 'moves, letters, scrolling' },
    {
      metric: 'key in a list of 10,000, p99',
      found: at(many.times, 0.99),
      reach: 16,
      stretch: 8,
      unit: 'ms',
      note: `${many.times.length} keys`,
    },
    { metric: 'p50 at 10,000 / p50 at 10', found: growth, reach: 1.3, stretch: 1.1, unit: '', note },
    { metric: 'bytes a key, scroll', found: bytes, reach: 2100, stretch: 600, unit: 'B', note: '100x30, a list of 10,000' },
  ];
}

/** @returns {Promise<Row[]>} */
async function quitRows() {
  const times = [];
  for (let run = 0; run < runs; run++) times.push(await goneAfter(await opened([program, 'setup'], place()), '\u0003'));
  return [{ metric: 'quit key to process gone', found: median(times), reach: 20, stretch: 10, unit: 'ms', note: `${runs} times` }];
}

/** @returns {Promise<Row[]>} */
async function headlessRows() {
  const chunks = await interactiveChunks();
  if (chunks.length === 0) throw new Error('the build holds no Ink yet');
  // Loading these chunks on purpose must be seen, or seeing nothing would prove nothing.
  const control = await loadedFiles(['--input-type=module', '--eval', importing(chunks)], folder);
  if (!chunks.every((chunk) => control.has(chunk))) throw new Error('the detector does not see Ink when it is loaded');
  const rendering = await loadedFiles(renderArgs(await largestExample()), folder);
  if (!rendering.has(program)) throw new Error('the detector does not see the program itself');
  const loaded = chunks.filter((chunk) => rendering.has(chunk)).map((chunk) => basename(chunk));
  const note = loaded.length > 0 ? loaded.join(' ') : `none of ${chunks.length} chunks with Ink, React or Yoga`;
  return [{ metric: 'headless: Ink files loaded', found: loaded.length, reach: 0, stretch: 0, unit: '', note }];
}

/** @param {string[]} files */
function importing(files) {
  const imports = files.map((file) => `await import(${JSON.stringify(pathToFileURL(file).href)}).catch(() => {});`);
  return `${imports.join('\n')}\nprocess.exit(0);`;
}

/** @param {Row} row */
function cells({ metric, found, reach, stretch, unit, note }) {
  const digits = (Number.isFinite(reach) ? Math.max(found, reach) : found) >= 50 || Number.isInteger(found) ? 0 : 2;
  return [
    metric,
    Number.isNaN(found) ? '-' : found.toFixed(digits),
    goal(reach),
    goal(stretch),
    unit,
    verdict(found, reach, stretch),
    note,
  ];
}

/** @param {number} found @param {number} reach @param {number} stretch */
function verdict(found, reach, stretch) {
  if (Number.isNaN(found)) return 'NOT MEASURED';
  if (!Number.isFinite(reach)) return 'no goal';
  if (found <= stretch) return 'stretch';
  return found <= reach ? 'reach' : 'MISSED';
}

/** @param {number} limit */
function goal(limit) {
  return Number.isFinite(limit) ? String(limit) : '-';
}

/** @param {Row[]} rows */
function print(rows) {
  const table = [['metric', 'found', 'reach', 'stretch', 'unit', 'verdict', 'how'], ...rows.map(cells)];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const numbers = [1, 2, 3];
  const pad = (/** @type {string} */ cell, /** @type {number} */ column) =>
    numbers.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  for (const row of table) console.log(row.map(pad).join('  ').trimEnd());
}

/** @type {readonly (readonly [string, () => Promise<Row[]>])[]} */
const parts = [
  ['--version', async () => [await startRow('--version / empty module', [1.2, 1.12], started('--version'))]],
  ['--help', async () => [await startRow('--help / empty module', [1.45, 1.3], started('--help'))]],
  ['render', renderRows],
  ['first frame', frameRows],
  ['keys', keyRows],
  ['lists', listRows],
  ['quit', quitRows],
  ['headless', headlessRows],
];

async function bench() {
  await writeFile(emptyModule, '');
  console.log(`Node ${process.versions.node}, ${runs} runs of each, by turns`);
  const rows = [];
  for (const [metric, measure] of parts) {
    process.stderr.write(`measuring ${metric} ...\n`);
    rows.push(...(await measure().catch((error) => [{ metric, found: Number.NaN, reach: 0, stretch: 0, unit: '', note: String(error) }])));
  }
  print(rows);
  if (rows.some(({ found, reach }) => !(found <= reach))) process.exitCode = 1;
}

try {
  await bench();
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit();
