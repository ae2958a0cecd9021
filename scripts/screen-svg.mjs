// Draws what a terminal shows as SVG: each different row once, and screens made of rows.

/** The width and height of a character, in pixels. */
export const cell = { width: 8.4, height: 18 };
export const ground = '#1e1e2e';
export const ink = '#cdd6f4';
const sixteen = [
  ...['#45475a', '#f38ba8', '#a6e3a1', '#f9e2af', '#89b4fa', '#f5c2e7', '#94e2d5', '#bac2de'],
  ...['#6c7086', '#f38ba8', '#a6e3a1', '#f9e2af', '#89b4fa', '#f5c2e7', '#94e2d5', '#ffffff'],
];

/** @typedef {import('@xterm/headless').IBufferCell} Cell */
/** @typedef {{text: string, column: number, width: number, front: string, back: string, style: string}} Run */

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
  const front = from.isFgRGB() ? rgb(from.getFgColor()) : from.isFgDefault() ? ink : indexed(from.getFgColor());
  const back = from.isBgRGB() ? rgb(from.getBgColor()) : from.isBgDefault() ? ground : indexed(from.getBgColor());
  return from.isInverse() ? { front: back, back: front } : { front, back };
}

/** @param {number} color */
function rgb(color) {
  return `#${color.toString(16).padStart(6, '0')}`;
}

/** @param {string} text */
export function xmlText(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/**
 * The rows of a screen as SVG, without their place; empty rows are empty texts. `mask` changes a row of text without changing its length.
 * @param {import('@xterm/headless').Terminal} screen
 * @param {(row: string) => string} [mask]
 * @returns {string[]}
 */
export function rowsOf(screen, mask = (row) => row) {
  const buffer = screen.buffer.active;
  return Array.from({ length: screen.rows }, (_, row) => {
    const line = buffer.getLine(buffer.viewportY + row);
    const cells = Array.from({ length: screen.cols }, (_unused, column) => line?.getCell(column)).filter((one) => one !== undefined);
    const masked = [...mask(cells.map((one) => one.getChars() || ' ').join(''))];
    return runsOf(cells, masked).map(drawRun).join('');
  });
}

/**
 * Neighbours of one look in one piece; what is no plain text stands by itself, so that a font with another width for it moves nothing.
 * @param {Cell[]} cells
 * @param {string[]} texts
 * @returns {Run[]}
 */
function runsOf(cells, texts) {
  /** @type {Run[]} */
  const runs = [];
  cells.forEach((from, column) => {
    const text = texts[column] ?? ' ';
    if (from.getWidth() === 0) return;
    const { front, back } = colors(from);
    const style = `${from.isBold() ? ' font-weight="bold"' : ''}${from.isDim() ? ' opacity=".6"' : ''}${from.isUnderline() ? ' text-decoration="underline"' : ''}`;
    const last = runs.at(-1);
    const joins = last && last.front === front && last.back === back && last.style === style && isLetter(text) && isLetter(last.text);
    if (joins) Object.assign(last, { text: last.text + text, width: last.width + from.getWidth() });
    else runs.push({ text, column, width: from.getWidth(), front, back, style });
  });
  return runs;
}

/** @param {string} text */
function isLetter(text) {
  return /^[\u0020-\u007E\u00A0-\u00FF\u2500-\u2503]+$/.test(text);
}

/** @param {Run} run */
function drawRun({ text, column, width, front, back, style }) {
  const box = back === ground ? '' : `<rect x="${at(column)}" y="0" width="${at(width)}" height="${cell.height}" fill="${back}"/>`;
  const shown = text.trimEnd();
  if (shown.trim() === '') return box;
  const skipped = shown.length - shown.trimStart().length;
  const word = shown.trimStart();
  // Every font takes as much room as the terminal does.
  const length = [...word].length > 1 ? ` textLength="${at([...word].length)}"` : '';
  const fill = front === ink ? '' : ` fill="${front}"`;
  return `${box}<text x="${at(column + skipped)}" y="13"${fill}${style}${length}>${xmlText(word)}</text>`;
}

/** @param {number} columns */
function at(columns) {
  return String(Math.round(columns * cell.width * 10) / 10);
}
