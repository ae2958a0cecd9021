// Makes a picture of a real screen: runs a command in a real terminal, sends it keys, and writes what it shows as SVG.
// node scripts/picture.mjs --out docs/screen.svg [--keys '\r' --keys '\u001b[B'] [--columns 100 --rows 30] [-- setup ...]
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { distFolder } from './places.mjs';
import { Terminal } from './terminal.mjs';

const cell = { width: 8.4, height: 18 };
const ground = '#1e1e2e';
const ink = '#cdd6f4';
const sixteen = [
  ...['#45475a', '#f38ba8', '#a6e3a1', '#f9e2af', '#89b4fa', '#f5c2e7', '#94e2d5', '#bac2de'],
  ...['#6c7086', '#f38ba8', '#a6e3a1', '#f9e2af', '#89b4fa', '#f5c2e7', '#94e2d5', '#ffffff'],
];

/** @typedef {import('@xterm/headless').IBufferCell} Cell */

/** @param {number} color */
function indexed(color) {
  if (color < 16) return sixteen[color] ?? ink;
  if (color >= 232) return hex([0, 0, 0].fill(8 + (color - 232) * 10));
  return hex([36, 6, 1].map((step) => Math.floor((color - 16) / step) % 6).map((level) => (level === 0 ? 0 : 55 + level * 40)));
}

/** @param {number[]} channels */
function hex(channels) {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** @param {Cell} from */
function colors(from) {
  const front = from.isFgRGB()
    ? `#${from.getFgColor().toString(16).padStart(6, '0')}`
    : from.isFgDefault()
      ? ink
      : indexed(from.getFgColor());
  const back = from.isBgRGB()
    ? `#${from.getBgColor().toString(16).padStart(6, '0')}`
    : from.isBgDefault()
      ? ground
      : indexed(from.getBgColor());
  return from.isInverse() ? { front: back, back: front } : { front, back };
}

/** @param {string} text */
function xmlText(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * @param {Cell} from
 * @param {number} column
 * @param {number} row
 */
function drawCell(from, column, row) {
  const { front, back } = colors(from);
  const [x, y, width] = [(column + 1) * cell.width, (row + 1) * cell.height, cell.width * from.getWidth()].map((value) => value.toFixed(1));
  const box = back === ground ? '' : `<rect x="${x}" y="${y}" width="${width}" height="${cell.height}" fill="${back}"/>`;
  const style = `${from.isBold() ? ' font-weight="bold"' : ''}${from.isDim() ? ' opacity="0.6"' : ''}${from.isUnderline() ? ' text-decoration="underline"' : ''}`;
  const baseline = ((row + 1) * cell.height + 13).toFixed(1);
  const text =
    from.getChars().trim() === '' ? '' : `<text x="${x}" y="${baseline}" fill="${front}"${style}>${xmlText(from.getChars())}</text>`;
  return box + text;
}

/** @param {Terminal} terminal */
function drawScreen({ screen }) {
  const [width, height] = [(screen.cols + 2) * cell.width, (screen.rows + 2) * cell.height];
  const rows = Array.from({ length: screen.rows }, (_, row) => {
    const line = screen.buffer.active.getLine(screen.buffer.active.viewportY + row);
    const cells = Array.from({ length: screen.cols }, (_unused, column) => line?.getCell(column));
    return cells.map((from, column) => (from === undefined || from.getWidth() === 0 ? '' : drawCell(from, column, row))).join('');
  });
  const font = `font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14"`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width.toFixed(1)} ${height}" ${font}>\n<title>A screen of amlguide</title>`;
  return [head, `<rect width="100%" height="100%" rx="8" fill="${ground}"/>`, ...rows.filter((row) => row !== ''), '</svg>', ''].join('\n');
}

async function picture() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string', default: 'docs/screen.svg' },
      keys: { type: 'string', multiple: true, default: [] },
      columns: { type: 'string', default: '100' },
      rows: { type: 'string', default: '30' },
    },
  });
  const state = await mkdtemp(join(tmpdir(), 'amlguide-picture-'));
  const args = [join(distFolder, 'cli.js'), ...(positionals.length > 0 ? positionals : ['setup'])];
  const size = { columns: Number(values.columns), rows: Number(values.rows) };
  const terminal = new Terminal(process.execPath, args, { ...size, cwd: state, env: { ...process.env, AMLGUIDE_STATE_DIR: state } });
  await terminal.firstFrame();
  await terminal.settle();
  for (const keys of values.keys) {
    terminal.send(JSON.parse(`"${keys}"`));
    await terminal.settle();
  }
  await writeFile(values.out, drawScreen(terminal));
  await terminal.stop();
  await rm(state, { recursive: true, force: true });
  console.log(values.out);
}

await picture();
process.exit();
