// Plays a real session in a real terminal and writes it as an animated picture, with the same in words.
// node scripts/demo.mjs            writes docs/demo.svg and docs/demo.md
// node scripts/demo.mjs --check    plays it, and fails when they would become others
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { drawDemo, wordsOf } from './demo-picture.mjs';
import { scenes } from './demo-scenes.mjs';
import { distFolder, root } from './places.mjs';
import { rowsOf } from './screen-svg.mjs';
import { Terminal } from './terminal.mjs';

const size = { columns: 100, rows: 30 };
/** How long words may take to come, in milliseconds. */
const patience = 30_000;

/** @param {string} folder */
async function shell(folder) {
  const rc = join(folder, 'rc');
  await writeFile(rc, `PS1='$ '\namlguide() { "${process.execPath}" "${join(distFolder, 'cli.js')}" "$@"; }\n`);
  const { ACCESSIBLE: _accessible, INK_SCREEN_READER: _reader, NO_COLOR: _plain, ...rest } = process.env;
  const env = { ...rest, AMLGUIDE_STATE_DIR: join(folder, 'state'), BASH_SILENCE_DEPRECATION_WARNING: '1', FORCE_COLOR: undefined };
  const work = join(folder, 'work');
  await writeFile(join(folder, '.inputrc'), 'set enable-bracketed-paste off\n');
  const options = { ...size, cwd: folder, env: { ...env, INPUTRC: join(folder, '.inputrc'), HOME: folder, WORK: work } };
  return new Terminal('bash', ['--noprofile', '--rcfile', rc, '-i'], options);
}

/** Waits until the screen shows words, between two frames and at rest, so that a picture of it is always the same. */
async function shows(/** @type {Terminal} */ terminal, /** @type {RegExp} */ words) {
  const end = Date.now() + patience;
  for (;;) {
    await new Promise((resolve) => terminal.screen.write('', () => resolve(undefined)));
    if (isBetweenFrames(terminal.output) && words.test(terminal.lines().join('\n'))) return;
    if (Date.now() > end) throw new Error(`${words} did not come. The screen:\n${terminal.lines().join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** The rows of the screen once nothing on it changes any more but what is masked. @param {Terminal} terminal */
async function atRest(terminal) {
  let rows = rowsOf(terminal.screen, masked);
  for (let since = Date.now(); Date.now() - since < 1200; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const now = isBetweenFrames(terminal.output) ? rowsOf(terminal.screen, masked) : [];
    if (now.join('\n') === rows.join('\n')) continue;
    rows = now;
    since = Date.now();
  }
  return rows;
}

/** @param {string} output */
function isBetweenFrames(output) {
  return output.lastIndexOf('\u001B[?2026h') <= output.lastIndexOf('\u001B[?2026l');
}

/** How long something took differs from machine to machine: the picture shows no digits there. @param {string} row */
function masked(row) {
  return row
    .replaceAll(/\b\d{4}-\d\d-\d\d \d\d:\d\d\b/g, '––––-––-–– ––:––')
    .replaceAll(/\b\d\d:\d\d\b/g, '––:––')
    .replaceAll(/\b\d+(?= (?:s|min)\b)/g, (digits) => '–'.repeat(digits.length));
}

/** Plays all scenes and gives the screens, as rows of SVG, with their captions. */
async function play() {
  const folder = await mkdtemp(join(tmpdir(), 'amlguide-demo-'));
  const terminal = await shell(folder);
  try {
    await shows(terminal, /^\$/);
    const frames = [];
    for (const { send, see, caption, seconds, still } of scenes) {
      if (caption.length > 84) throw new Error(`This caption does not fit on one line: ${caption}`);
      if (send !== undefined) terminal.send(send);
      await shows(terminal, see);
      if (seconds !== undefined) frames.push({ rows: await atRest(terminal), caption, seconds, still: still ?? false });
    }
    return frames;
  } finally {
    terminal.process.kill('SIGKILL');
    await terminal.exited;
    await rm(folder, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const frames = await play();
const files = { 'docs/demo.svg': drawDemo(frames, size), 'docs/demo.md': wordsOf(frames) };
for (const [name, content] of Object.entries(files)) {
  if (!values.check) await writeFile(join(root, name), content);
  else if ((await readFile(join(root, name), 'utf8').catch(() => '')) !== content) {
    console.error(`${name} is not what the program shows now. Write it anew: npm run demo`);
    process.exitCode = 1;
  }
}
console.log(
  `${frames.length} screens, ${frames.reduce((sum, { seconds }) => sum + seconds, 0)} s, ${Math.ceil(files['docs/demo.svg'].length / 1024)} KiB`,
);
process.exit();
