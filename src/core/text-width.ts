import stringWidth from 'string-width';

const ascii = /^[\x20-\x7E]*$/;
// The signs of our own screens; asking a table of Unicode for their width costs more than all the rest of a key.
const narrow = /^[\x20-\x7E·«»–…‹›←↑→↓⏎─-╿☐○◌▸❯✔✖✎−⠀-⣿]*$/;
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;
let segmenter: Intl.Segmenter | undefined;

/** Text without characters that would move the cursor or turn the writing direction. */
export function clean(text: string): string {
  return ascii.test(text) ? text : text.replace(/\t/g, ' ').replace(unprintable, '');
}

/** How many columns a text takes. */
export function widthOf(text: string): number {
  return narrow.test(text) ? text.length : stringWidth(text);
}

/** The characters of a text as a person sees them: a letter with its marks is one. */
export function graphemes(text: string): readonly string[] {
  if (narrow.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The longest beginning of a text that fits into so many columns. */
export function headOf(text: string, width: number): string {
  if (narrow.test(text)) return text.slice(0, Math.max(0, width));
  let head = '';
  let room = width;
  for (const one of graphemes(text)) {
    room -= widthOf(one);
    if (room < 0) break;
    head += one;
  }
  return head;
}

/** A text in rows that fit; breaks at spaces, and a word that is too long anywhere. A character that is wider than a row stands alone. */
export function rowsOfText(text: string, width: number): string[] {
  const rows: string[] = [];
  for (const word of clean(text.replace(/\s+/g, ' ')).trim().split(' ')) {
    const last = rows[rows.length - 1];
    const longer = `${last} ${word}`;
    if (last !== undefined && widthOf(longer) <= width) rows[rows.length - 1] = longer;
    else rows.push(...piecesOf(word, width));
  }
  return rows.length === 0 ? [''] : rows;
}

function piecesOf(word: string, width: number): string[] {
  const pieces: string[] = [];
  for (let rest = word; rest !== ''; ) {
    const head = headOf(rest, width) || (graphemes(rest)[0] ?? rest);
    pieces.push(head);
    rest = rest.slice(head.length);
  }
  return pieces;
}
