import type { Drawn, Flow } from './picture.ts';
import { clean, rowsOfText, widthOf } from './text-width.ts';

/** Part of a row of the picture; `part` says what it is, for colours. */
export interface PictureSpan {
  readonly text: string;
  readonly part: 'frame' | 'name' | 'thing' | 'note' | 'in' | 'out' | 'denied';
}

/** A row of the picture; `begins` is the key of the thing whose first row it is. */
export interface PictureRow {
  readonly spans: readonly PictureSpan[];
  readonly begins?: string;
}

/** How the picture is drawn: at most so many columns wide; with what may talk to what; boxes beside each other where there is room. */
export interface PictureLook {
  readonly width: number;
  readonly flows: boolean;
  readonly beside: boolean;
}

/** Narrower than this, boxes in boxes leave no room for their names. */
export const narrowPicture = 56;
/** The least width of a box beside another one. */
const COLUMN = 56;
const GAP = 2;
/** How far from its name a note may stand in a long row. */
const FAR = 50;
/** The least width of a box. */
const LEAST = 24;

/** The picture in characters; `width` is the most columns it may take. */
export function drawText(nodes: readonly Drawn[], width = 76): string[] {
  return drawRows(nodes, { width, flows: true, beside: false }).map(({ spans }) =>
    spans
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );
}

/** The picture in rows that are never wider than asked: boxes in boxes, or an indented list where it is narrow. */
export function drawRows(nodes: readonly Drawn[], look: PictureLook): PictureRow[] {
  return look.width < narrowPicture ? nodes.flatMap((node) => listed(node, look, 0)) : placed(nodes, look);
}

/** Things below each other; boxes beside each other where there is room, those that hold several across the whole width. */
function placed(nodes: readonly Drawn[], look: PictureLook): PictureRow[] {
  const count = look.beside ? Math.min(2, Math.floor((look.width + GAP) / (COLUMN + GAP))) : 1;
  const boxes = nodes.filter(({ shape }) => shape === 'box');
  if (count < 2 || boxes.length < 2) return nodes.flatMap((node) => drawn(node, look));
  const heights = new Map(boxes.map((box) => [box, drawn(box, look).length]));
  const all = [...heights.values()].reduce((sum, height) => sum + height, 0);
  // What is taller than all the others together would leave half of the screen empty.
  const large = boxes.filter((box) => box.inner.filter(({ shape }) => shape === 'box').length > 1 || (heights.get(box) ?? 0) * 2 > all + 1);
  const things = nodes.filter(({ shape }) => shape !== 'box');
  const small = boxes.filter((box) => !large.includes(box));
  return [...things, ...large].flatMap((node) => drawn(node, look)).concat(besideEachOther(small, look));
}

/** Each box below the shorter one of two columns. */
function besideEachOther(boxes: readonly Drawn[], look: PictureLook): PictureRow[] {
  if (boxes.length < 2) return boxes.flatMap((box) => drawn(box, look));
  const width = Math.floor((look.width - GAP) / 2);
  const left: PictureRow[] = [];
  const right: PictureRow[] = [];
  for (const box of boxes) (right.length < left.length ? right : left).push(...drawn(box, { ...look, width }));
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => ({
    spans: trimmed([...filled(left[index]?.spans ?? [], width + GAP), ...(right[index]?.spans ?? [])]),
  }));
}

function drawn(node: Drawn, look: PictureLook): PictureRow[] {
  if (look.width < LEAST) return listed(node, look, 0);
  if (node.shape === 'box') return node.inner.length === 0 && flowsIn(node, look).length === 0 ? leaf(node, look) : box(node, look);
  const mark = node.shape === 'inside' ? '• ' : '─ ';
  return [
    ...thing(node, look.width, mark),
    ...node.inner.flatMap((child) => drawn(child, { ...look, width: look.width - 2 })).map((row) => shifted(row, '  ')),
  ];
}

function flowsIn({ flows }: Drawn, look: PictureLook): readonly Flow[] {
  return look.flows ? flows : [];
}

/** A box with nothing in it, on one row where it fits. */
function leaf(node: Drawn, { width }: PictureLook): PictureRow[] {
  const rows = thing(node, width - 2, '[ ');
  return rows.map((row, index) => (index < rows.length - 1 ? row : { ...row, spans: [...row.spans, { text: ' ]', part: 'frame' }] }));
}

/** A name and what is noted of it: at the right end of the row where both fit, behind it and wrapped otherwise. */
function thing({ key, label, notes }: Drawn, width: number, mark: string): PictureRow[] {
  const begin: PictureSpan = { text: mark, part: 'frame' };
  const room = width - widthOf(mark);
  const name = rowsOfText(label, room);
  const note = notes.length === 0 ? '' : rowsOfText(notes.join(' · '), Number.MAX_SAFE_INTEGER).join('');
  const [first = ''] = name;
  const free = room - widthOf(first) - widthOf(note);
  if (name.length === 1 && note !== '' && free >= 2 && mark !== '[ ')
    return [{ begins: key, spans: [begin, said(first), { text: `${' '.repeat(gapBefore(first, free, room))}${note}`, part: 'note' }] }];
  const rows = note === '' ? name : rowsOfText(`${label} · ${note}`, room);
  return rows.map((text, index) =>
    index === 0 ? { begins: key, spans: [begin, said(text)] } : { spans: [{ text: ' '.repeat(widthOf(mark)), part: 'frame' }, said(text)] },
  );
}

/** Notes stand at the right end, or in a column that the eye still finds where the row is very long. */
function gapBefore(name: string, free: number, room: number): number {
  return room > FAR * 2 ? Math.min(free, Math.max(2, FAR - widthOf(name))) : free;
}

function said(text: string): PictureSpan {
  return { text, part: 'thing' };
}

function box(node: Drawn, look: PictureLook): PictureRow[] {
  const { width } = look;
  const { first, more } = head(node, width);
  const inner = [...more, ...placed(node.inner, { ...look, width: width - 4 })];
  const flows = flowRows(flowsIn(node, look), width);
  const fork = flows.length === 0 ? '──' : '─┬';
  return [
    first,
    ...inner.map((row): PictureRow => ({ ...row, spans: [frame('│ '), ...filled(row.spans, width - 4), frame(' │')] })),
    { spans: [frame(`└─${fork}${'─'.repeat(width - 5)}┘`)] },
    ...flows,
  ];
}

/** The upper edge with the name, and what is noted of the box at its right end; what has no room there stands below it. */
function head({ key, label, notes }: Drawn, width: number): { readonly first: PictureRow; readonly more: readonly PictureRow[] } {
  const [name = '', ...others] = rowsOfText(label, width - 6);
  const note = notes.length === 0 ? '' : rowsOfText(notes.join(' · '), Number.MAX_SAFE_INTEGER).join('');
  const rest = width - 6 - widthOf(name) - widthOf(note);
  const fits = note !== '' && others.length === 0 && rest >= 5;
  const edge = (count: number) => frame('─'.repeat(Math.max(0, count)));
  const begin = [frame('┌─ '), { text: name, part: 'name' } as const, frame(' ')];
  const spans = fits
    ? [...begin, edge(rest - 2), frame(' '), { text: note, part: 'note' } as const, frame(' ─┐')]
    : [...begin, edge(width - 5 - widthOf(name)), frame('┐')];
  const below = [
    ...others.map((text): PictureSpan => ({ text, part: 'name' })),
    ...(fits || note === '' ? [] : rowsOfText(note, width - 4).map((text): PictureSpan => ({ text, part: 'note' }))),
  ];
  return { first: { begins: key, spans }, more: below.map((span) => ({ spans: [span] })) };
}

function frame(text: string): PictureSpan {
  return { text, part: 'frame' };
}

/** What may talk to what, in aligned columns below the box: who, on which ports, and what for where all reasons fit beside them. */
function flowRows(flows: readonly Flow[], width: number): PictureRow[] {
  const room = width - 6;
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => widthOf(clean(text))));
  const longest = widest(flows.map((one) => one.ports));
  const gap = longest === 0 ? 0 : GAP;
  // Ports may go on in the next row, between two of them; a long name could only be broken in the middle.
  const who = Math.min(widest(flows.map(endOf)), room - Math.min(longest, 12) - gap);
  const ports = Math.min(longest, room - who - gap);
  const why = room - who - GAP - ports - gap;
  const reasoned = widest(flows.map((one) => one.why)) <= why;
  return flows.flatMap((flow, index) => {
    const fork = index === flows.length - 1 ? '└' : '├';
    const cells: FlowCells = {
      who: rowsOfText(endOf(flow), who),
      ports: rowsOfText(flow.ports, ports),
      why: reasoned ? clean(flow.why) : '',
    };
    return oneFlow(flow, cells, fork, { who: who + GAP, ports: ports + gap });
  });
}

interface FlowCells {
  readonly who: readonly string[];
  readonly ports: readonly string[];
  readonly why: string;
}

function oneFlow(
  flow: Flow,
  { who, ports, why }: FlowCells,
  fork: string,
  widths: { readonly who: number; readonly ports: number },
): PictureRow[] {
  const part = flow.denied ? 'denied' : flow.way;
  return Array.from({ length: Math.max(who.length, ports.length) }, (_, row): PictureRow => {
    const begin =
      row === 0 ? [frame(`   ${fork}`), { text: `${arrow(flow)} `, part } as const] : [frame(fork === '├' ? '   │  ' : '      ')];
    const cells = [
      ...filled([{ text: who[row] ?? '', part }], widths.who),
      ...filled([{ text: ports[row] ?? '', part: 'thing' }], widths.ports),
    ];
    const spans: PictureSpan[] = [...begin, ...cells, { text: row === 0 ? why : '', part: 'note' }];
    return { spans: trimmed(spans) };
  });
}

/** The sign of a flow: where it goes, or that nothing may go there. */
export function arrow({ denied, way }: Flow): string {
  return denied ? '✖' : way === 'in' ? '←' : '→';
}

/** Who is at the other end of a flow; as what is denied has one sign both ways, a word says which way it is. */
export function endOf({ denied, way, who }: Flow): string {
  return denied ? `${way === 'in' ? 'from' : 'to'} ${who}` : who;
}

/** The picture as an indented list, for narrow screens. */
function listed(node: Drawn, look: PictureLook, depth: number): PictureRow[] {
  // Deep things on a very narrow screen keep some room for their names.
  const indent = ' '.repeat(Math.min(depth * 2, Math.max(0, look.width - 16)));
  const room = Math.max(1, look.width - indent.length - 2);
  const rows = rowsOfText([node.label, ...node.notes].join(' · '), room);
  const own = rows.map((text, index): PictureRow => {
    const mark = index > 0 || depth === 0 ? '  ' : node.shape === 'line' ? '─ ' : '• ';
    const spans: PictureSpan[] = [frame(`${indent}${mark}`), { text, part: node.shape === 'box' ? 'name' : 'thing' }];
    return index === 0 ? { begins: node.key, spans } : { spans };
  });
  const flows = flowsIn(node, look).flatMap((flow) =>
    rowsOfText(flow.ports === '' ? endOf(flow) : `${endOf(flow)}: ${flow.ports}`, Math.max(1, room - 2)).map(
      (text, index): PictureRow => ({
        spans: [frame(`${indent}  `), { text: `${index === 0 ? arrow(flow) : ' '} ${text}`, part: flow.denied ? 'denied' : flow.way }],
      }),
    ),
  );
  return [...own, ...node.inner.flatMap((child) => listed(child, look, depth + 1)), ...flows];
}

function shifted(row: PictureRow, by: string): PictureRow {
  return { ...row, spans: [frame(by), ...row.spans] };
}

/** Spans with spaces up to a width. */
function filled(spans: readonly PictureSpan[], width: number): PictureSpan[] {
  const rest = width - spans.reduce((sum, { text }) => sum + widthOf(text), 0);
  return rest > 0 ? [...spans, { text: ' '.repeat(rest), part: 'frame' }] : [...spans];
}

/** Spans without spaces at their end. */
function trimmed(spans: readonly PictureSpan[]): readonly PictureSpan[] {
  const last = spans[spans.length - 1];
  if (!last) return spans;
  const text = last.text.trimEnd();
  return text === '' ? trimmed(spans.slice(0, -1)) : [...spans.slice(0, -1), { ...last, text }];
}
