import { spawnSync } from 'node:child_process';

/**
 * What a run of a command takes, in milliseconds; a command that fails is not a measurement.
 * @param {string[]} args of Node
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function wallTime(args, options = {}) {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const took = performance.now() - started;
  if (status !== 0) throw new Error(`exit ${status}: ${String(stderr).trim().split('\n')[0]}`);
  return took;
}

/**
 * The median ratio of two things measured by turns, so that a busy moment of the machine meets both.
 * @param {() => number | Promise<number>} measured
 * @param {() => number | Promise<number>} anchor
 * @param {number} runs
 */
export async function ratio(measured, anchor, runs) {
  // The first runs fill the compile cache and the page cache.
  await anchor();
  for (let warm = 0; warm < 2; warm++) await measured();
  const [ofAnchor, ofMeasured] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let run = 0; run < runs; run++) {
    ofAnchor.push(await anchor());
    ofMeasured.push(await measured());
  }
  return { ratio: median(ofMeasured) / median(ofAnchor), anchor: median(ofAnchor), measured: median(ofMeasured) };
}

/** @param {number[]} values */
export function median(values) {
  return at(values, 0.5);
}

/** The value below which so large a part of all lies. @param {number[]} values @param {number} part from 0 to 1 */
export function at(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
