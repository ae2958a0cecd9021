import { cell, ground, ink, xmlText } from './screen-svg.mjs';

/** @typedef {{rows: string[], caption: string, seconds: number, still: boolean}} Shot */

const margin = 12;
const captionHeight = 44;

/**
 * Screens one after the other as an SVG that plays by itself and begins anew; who wants no motion sees the screen that is marked as still.
 * @param {Shot[]} shots
 * @param {{columns: number, rows: number}} size
 */
export function drawDemo(shots, { columns, rows }) {
  const [width, height] = [Math.ceil(columns * cell.width) + 2 * margin, rows * cell.height + 2 * margin + captionHeight];
  const ids = new Map([...new Set(shots.flatMap((shot) => shot.rows))].filter((row) => row !== '').map((row, index) => [row, `r${index}`]));
  const all = shots.reduce((sum, { seconds }) => sum + seconds, 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t d" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" fill="${ink}" xml:space="preserve">`,
    '<title id="t">A session of amlguide</title>',
    `<desc id="d">${xmlText(captionsOf(shots).join(' '))}</desc>`,
    `<style>${styleOf(shots, all)}</style>`,
    `<defs>${[...ids].map(([row, id]) => `<g id="${id}">${row}</g>`).join('\n')}</defs>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${ground}"/>`,
    ...shots.map((shot, index) => drawShot(shot, index, ids)),
    `<g transform="translate(0 ${height - captionHeight})"><rect width="${width}" height="1" fill="#45475a"/><rect class="bar" width="${width}" height="2" fill="#89b4fa"/></g>`,
    '</svg>',
    '',
  ].join('\n');

  function drawShot(/** @type {Shot} */ { rows: lines, caption }, /** @type {number} */ index, /** @type {Map<string, string>} */ known) {
    const uses = lines.flatMap((row, number) =>
      row === '' ? [] : [`<use href="#${known.get(row)}" x="${margin}" y="${margin + number * cell.height}"/>`],
    );
    const words = `<text class="c" x="${width / 2}" y="${height - 16}" text-anchor="middle">${xmlText(caption)}</text>`;
    return `<g class="s s${index}">${uses.join('')}${words}</g>`;
  }
}

/** @param {Shot[]} shots @param {number} all */
function styleOf(shots, all) {
  const still = Math.max(
    0,
    shots.findIndex((shot) => shot.still),
  );
  let begin = 0;
  const plays = shots.map(({ seconds }, index) => {
    const [from, to] = [begin, begin + seconds].map((second) => Math.round((second / all) * 100_000) / 1000);
    begin += seconds;
    const before = index === 0 ? '' : '0%{visibility:hidden}';
    return `.s${index}{animation:a${index} ${all}s step-end infinite}@keyframes a${index}{${before}${from}%{visibility:visible}${to}%{visibility:hidden}}`;
  });
  return [
    'text{white-space:pre}',
    `.c{font:600 17px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#f5e0dc}`,
    `.s{visibility:hidden}.s${still}{visibility:visible}.bar{transform:scaleX(0)}`,
    `@media (prefers-reduced-motion:no-preference){${plays.join('')}.bar{animation:bar ${all}s linear infinite}@keyframes bar{to{transform:scaleX(1)}}}`,
  ].join('');
}

/** The captions, each once. @param {Shot[]} shots */
function captionsOf(shots) {
  return [...new Set(shots.map(({ caption }) => caption))];
}

/** The same in words. @param {Shot[]} shots */
export function wordsOf(shots) {
  return [
    '# The picture in words',
    '',
    'What `docs/demo.svg` shows, one after the other. `npm run demo` writes both.',
    '',
    ...captionsOf(shots).map((caption, index) => `${index + 1}. ${caption}`),
    '',
  ].join('\n');
}
