import type { Drawn, Flow } from './picture.ts';
import { arrow, endOf } from './picture-text.ts';
import { pictureSentences } from './picture-words.ts';
import { markup } from './reports/markup.ts';

const em = 13;
const lineHeight = 18;
const pad = 12;
const gap = 10;
/** The least width of a box beside another one, and of a thing beside another one. */
const column = 260;

/** What was drawn, and how much room it took from top to bottom. */
interface Placed {
  readonly parts: readonly string[];
  readonly height: number;
}

/** The network as SVG in the colour of the text around it: boxes in boxes, in each the things that are put into it (square) or connected to it (line). */
export function drawSvg(nodes: readonly Drawn[], title: string): string {
  const { parts, height } = placeInner(nodes, 1, 1, width - 2);
  return svg(nodes, title, { x: 0, y: 0, width, height: height + 2 }, '', parts);
}

/** The same as a file of its own: dark on white, as an image does not know what it stands on; its first line says by what it was written. */
export function svgFile(nodes: readonly Drawn[], title: string, writtenBy: string): string {
  const { parts, height } = placeInner(nodes, 1, 1, width - 2);
  const sheet = { x: -pad, y: -pad, width: width + 2 * pad, height: height + 2 + 2 * pad };
  const paper = `<rect x="${sheet.x}" y="${sheet.y}" width="${sheet.width}" height="${sheet.height}" fill="#ffffff"/>`;
  const drawn = svg(nodes, title, sheet, ' color="#1f2328"', [paper, ...parts]);
  // Two hyphens would end the comment.
  return `<!-- ${markup(writtenBy).replace(/-(?=-)/g, '- ')} -->\n${drawn}\n`;
}

const width = 920;

interface Sheet {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function svg(nodes: readonly Drawn[], title: string, sheet: Sheet, attributes: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${sheet.x} ${sheet.y} ${sheet.width} ${sheet.height}" width="${sheet.width}" height="${sheet.height}" role="img" aria-labelledby="picture-title picture-text" font-family="system-ui, sans-serif" font-size="${em}" fill="currentColor"${attributes}>`,
    `<title id="picture-title">${markup(title)}</title>`,
    `<desc id="picture-text">${markup(pictureSentences(nodes).join(' '))}</desc>`,
    ...parts,
    '</svg>',
  ].join('\n');
}

/** What holds much takes the whole width and comes first; then things, then boxes, each in as many columns as there is room for. */
function placeInner(nodes: readonly Drawn[], x: number, y: number, width: number): Placed {
  const boxes = nodes.filter(({ shape }) => shape === 'box');
  const all = linesIn(boxes);
  // What holds more than all the others together would stand between empty columns.
  const large = boxes.filter((box) => box.inner.filter(({ shape }) => shape === 'box').length > 2 || linesIn([box]) * 2 > all + 1);
  const rows: readonly (readonly [readonly Drawn[], number, Place])[] = [
    ...large.map((box) => [[box], gap, placeBox] as const),
    [nodes.filter(({ shape }) => shape !== 'box'), 4, placeThing],
    [boxes.filter((box) => !large.includes(box)), gap, placeBox],
  ];
  const parts: string[] = [];
  let height = 0;
  for (const [row, between, place] of rows.filter(([some]) => some.length > 0)) {
    const above = height === 0 ? 0 : height + gap;
    const placed = placeColumns(row, x, y + above, width, between, place);
    parts.push(...placed.parts);
    height = above + placed.height;
  }
  return { parts, height };
}

/** How many things and flows boxes hold, themselves with them. */
function linesIn(nodes: readonly Drawn[]): number {
  return nodes.reduce((sum, { inner, flows }) => sum + 1 + flows.length + linesIn(inner), 0);
}

type Place = (node: Drawn, x: number, y: number, width: number) => Placed;

/** Puts each node below the shortest column. */
function placeColumns(nodes: readonly Drawn[], x: number, y: number, width: number, between: number, place: Place): Placed {
  const count = Math.max(1, Math.min(nodes.length, Math.floor((width + gap) / (column + gap))));
  const each = (width - gap * (count - 1)) / count;
  const heights = Array.from({ length: count }, () => 0);
  const parts: string[] = [];
  for (const node of nodes) {
    const shortest = heights.indexOf(Math.min(...heights));
    const above = heights[shortest] ?? 0;
    const top = above === 0 ? 0 : above + between;
    const placed = place(node, x + shortest * (each + gap), y + top, each);
    parts.push(...placed.parts);
    heights[shortest] = top + placed.height;
  }
  return { parts, height: Math.max(0, ...heights) };
}

function placeBox(node: Drawn, x: number, y: number, width: number): Placed {
  // Bold letters are wider.
  const lines = wrapped(node.label, (width - 2 * pad) * 0.88);
  const notes = node.notes.length === 0 ? [] : wrapped(node.notes.join(' · '), width - 2 * pad);
  const head = pad + (lines.length + notes.length) * lineHeight;
  const inner = node.inner.length === 0 ? undefined : placeInner(node.inner, x + pad, y + head + 6, width - 2 * pad);
  const filled = head + (inner ? inner.height + 6 : 0);
  const flows = placeFlows(node.flows, x + pad, y + filled + 4, width - 2 * pad);
  const height = filled + flows.height + pad - 2;
  const frame = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
  return {
    parts: [
      `<rect ${frame} rx="6" fill-opacity="0.04" stroke="currentColor" stroke-opacity="0.55"/>`,
      ...textLines(lines, x + pad, y + pad + em - 2, ' font-weight="600"'),
      ...textLines(notes, x + pad, y + pad + em - 2 + lines.length * lineHeight, ' fill-opacity="0.75"'),
      ...(inner?.parts ?? []),
      ...flows.parts,
    ],
    height,
  };
}

/** Room for the sign of a flow. */
const signWidth = 20;

/** What may talk to what, below a rule: the sign, who, and the ports where they stand in a column of their own. */
function placeFlows(flows: readonly Flow[], x: number, y: number, width: number): Placed {
  if (flows.length === 0) return { parts: [], height: 0 };
  const rule = `<line x1="${round(x)}" y1="${round(y + 2)}" x2="${round(x + width)}" y2="${round(y + 2)}" stroke="currentColor" stroke-opacity="0.3"/>`;
  const parts: string[] = [rule];
  let height = 8;
  const widest = (texts: readonly string[]) => Math.max(...texts.map(widthOf));
  const ports = Math.min(widest(flows.map((flow) => flow.ports)), 80);
  const who = Math.min(widest(flows.map(endOf)), width - signWidth - ports - 12);
  for (const flow of flows) {
    const cells = [wrapped(endOf(flow), who), wrapped(flow.ports, width - signWidth - who - 12)];
    parts.push(
      ...textLines([arrow(flow)], x, y + height + em, ' font-weight="600"'),
      ...textLines(cells[0] ?? [], x + signWidth, y + height + em, ''),
      ...textLines(cells[1] ?? [], x + signWidth + who + 12, y + height + em, ' fill-opacity="0.75"'),
    );
    height += lineHeight * Math.max(...cells.map(({ length }) => length));
  }
  return { parts, height };
}

function placeThing(node: Drawn, x: number, y: number, width: number): Placed {
  const lines = wrapped([node.label, ...node.notes].join(' · '), width - 20);
  const middle = round(y + 9);
  const mark =
    node.shape === 'inside'
      ? `<rect x="${round(x + 1)}" y="${round(y + 5)}" width="8" height="8" rx="1"/>`
      : `<line x1="${round(x - 2)}" y1="${middle}" x2="${round(x + 12)}" y2="${middle}" stroke="currentColor" stroke-width="2"/>`;
  const inner = node.inner.length === 0 ? undefined : placeInner(node.inner, x + 20, y + lines.length * lineHeight, width - 20);
  return {
    parts: [mark, ...textLines(lines, x + 20, y + em, ''), ...(inner?.parts ?? [])],
    height: lines.length * lineHeight + (inner?.height ?? 0),
  };
}

function textLines(lines: readonly string[], x: number, y: number, more: string): string[] {
  return lines.map((line, index) => `<text x="${round(x)}" y="${round(y + index * lineHeight)}"${more}>${markup(line)}</text>`);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A label in lines that fit; a word that is too long is cut where it must. */
function wrapped(label: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of label.split(/\s+/).flatMap((one) => pieces(one, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const found: string[] = [''];
  for (const character of word) {
    const last = found.length - 1;
    if (widthOf(`${found[last]}${character}`) > width && found[last] !== '') found.push(character);
    else found[last] += character;
  }
  return found;
}

/** How wide a text is at most in a usual font; nothing here can measure it. */
function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2e7f ? em : em * 0.58), 0);
}
