import { clean, graphemes, headOf, piecesOf, shown, widthOf } from '../../core/text-width.ts';
import { asciiRow, asciiSigns } from '../ascii.ts';

export { clean, graphemes, headOf, shown, widthOf };

/** What a piece of text means; the theme turns it into colour and weight. */
export type Tone = 'plain' | 'strong' | 'dim' | 'accent' | 'good' | 'warn' | 'bad' | 'chosen' | 'changed' | 'missing' | 'button';

/** A piece of a line. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
}

/** One row of the screen. */
export type Line = readonly Span[];

/** One line of one tone. */
export function line(text: string, tone: Tone = 'plain'): Line {
  return [{ text, tone }];
}

/** How many columns a line takes. */
export function lineWidth(spans: Line): number {
  return spans.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/** A line that fits: what is too much goes, and … says so. */
export function cut(spans: Line, width: number): Line {
  const tidy = spans.map((span) => ({ ...span, text: shown(span.text) }));
  if (lineWidth(tidy) <= width) return tidy;
  const kept: Span[] = [];
  let room = width - 1;
  for (const span of tidy) {
    const text = headOf(span.text, room);
    room -= widthOf(text);
    if (text !== '') kept.push({ ...span, text });
    if (text.length < span.text.length) break;
  }
  return width < 1 ? [] : [...kept, { text: '…', tone: 'dim' }];
}

const ascii = /^[\x20-\x7E]*$/;

/** A line in ASCII signs, cut where words took the place of a sign and it grew too wide. */
export function asciiLine(spans: Line, width: number): Line {
  const line = spans.map((span) => (ascii.test(span.text) ? span : { ...span, text: asciiRow(span.text) }));
  return lineWidth(line) <= width ? line : cut(line, width).map((span) => ({ ...span, text: asciiSigns(span.text) }));
}

/** A line filled up with spaces, or cut, to exactly so many columns. */
export function fill(spans: Line, width: number): Line {
  const fitting = cut(spans, width);
  const rest = width - lineWidth(fitting);
  return rest > 0 ? [...fitting, { text: ' '.repeat(rest) }] : fitting;
}

/** Two ends of one line; the left one gives way. */
export function ends(left: Line, right: Line, width: number): Line {
  const room = width - lineWidth(right) - 1;
  return room < 4 ? cut(left, width) : [...fill(left, room), { text: ' ' }, ...right];
}

interface Piece {
  readonly text: string;
  readonly tone: Tone;
}

/** Breaks a line at spaces, and a word that is too long anywhere, so that every row fits. */
export function wrap(spans: Line, width: number): Line[] {
  const rows = new Rows(Math.max(1, width));
  for (const word of wordsOf(spans)) {
    if (word[0]?.text === ' ') rows.space(word[0]);
    else rows.word(word);
  }
  return rows.all.map(trimEnd);
}

/** Rows that fill up from left to right; a class because the last row and what it has left change together. */
class Rows {
  readonly all: Span[][] = [[]];
  private used = 0;
  private readonly room: number;

  constructor(room: number) {
    this.room = room;
  }

  space(piece: Piece): void {
    if (this.used > 0 && this.used < this.room) this.put(piece);
  }

  word(pieces: readonly Piece[]): void {
    if (this.used > 0 && this.used + lineWidth(pieces) > this.room) this.feed();
    for (const { text, tone } of pieces) {
      const whole = this.used + widthOf(text) <= this.room;
      for (const part of whole ? [text] : piecesOf(text, this.room)) {
        if (this.used + widthOf(part) > this.room) this.feed();
        this.put({ text: part, tone });
      }
    }
  }

  private put({ text, tone }: Piece): void {
    const row = this.all[this.all.length - 1] ?? [];
    const last = row[row.length - 1];
    if (last?.tone === tone) row[row.length - 1] = { text: last.text + text, tone };
    else row.push({ text, tone });
    this.used += widthOf(text);
  }

  private feed(): void {
    this.all.push([]);
    this.used = 0;
  }
}

/** Words and the spaces between them, in order; a word may change its tone in the middle. */
function wordsOf(spans: Line): Piece[][] {
  const words: Piece[][] = [];
  for (const { text, tone = 'plain' } of spans) {
    for (const part of shown(text.replace(/\s+/g, ' ')).split(/( )/)) {
      const last = words[words.length - 1];
      if (part === '') continue;
      if (last && part !== ' ' && last[0]?.text !== ' ') last.push({ text: part, tone });
      else words.push([{ text: part, tone }]);
    }
  }
  return words;
}

function trimEnd(row: readonly Span[]): Line {
  const last = row[row.length - 1];
  if (!last?.text.endsWith(' ')) return row;
  const text = last.text.trimEnd();
  return text === '' ? row.slice(0, -1) : [...row.slice(0, -1), { ...last, text }];
}

/** Rows that hang behind a beginning: the first row follows it, the others stand below the first. */
export function hang(begin: Line, spans: Line, width: number): Line[] {
  const indent = lineWidth(begin);
  if (indent * 2 > width) return belowSpaces(begin, spans, width);
  return wrap(spans, width - indent).map((row, index) => [...(index === 0 ? begin : [{ text: ' '.repeat(indent) }]), ...row]);
}

/** Rows below each other whose beginning takes too much room: of it only the spaces stay before every row. */
function belowSpaces([first, ...rest]: Line, spans: Line, width: number): Line[] {
  const text = first?.text.trimStart() ?? '';
  const spaces = first ? first.text.slice(0, first.text.length - text.length) : '';
  const words: Line = [...(first && text !== '' ? [{ ...first, text }] : []), ...rest, ...spans];
  const indent: Line = spaces === '' || spaces.length * 4 > width ? [] : [{ text: spaces }];
  return wrap(words, width - lineWidth(indent)).map((row) => [...indent, ...row]);
}

/** A paragraph behind a short heading, such as Why. */
export function paragraph(heading: string, spans: Line, width: number, tone: Tone = 'dim'): Line[] {
  if (width < 56) return wrap([{ text: `${heading}: `, tone }, ...spans], width);
  return hang([{ text: heading.padEnd(9), tone }], spans, width);
}
