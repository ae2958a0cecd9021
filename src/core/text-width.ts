import stringWidth from 'string-width';

// The signs of our own screens; asking a table of Unicode for their width costs more than all the rest of a key.
const narrow = /^[\x20-\x7E·•«»–…‹›←↑→↓⏎─-╿☐○◌▸❯✔✖✎−⠀-⣿]*$/;
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;
// Characters that nobody sees, but for those that letters and signs of several parts are made of.
const invisible = /(?!\u200C|\u200D|\uFE0E|\uFE0F|[\u{E0020}-\u{E007F}])\p{Default_Ignorable_Code_Point}/gu;
// What makes one sign out of several, or another one out of it: terminals do not agree on how wide that is.
const joining = /\u200D|\uFE0E|\uFE0F|\u20E3|(?<=\S)[\u{1F3FB}-\u{1F3FF}]/gu;
let segmenter: Intl.Segmenter | undefined;

/** Text without characters that would move the cursor, turn the writing direction, or that nobody sees. */
export function clean(text: string): string {
  return narrow.test(text) ? text : text.replace(/\t/g, ' ').replace(unprintable, '').replace(invisible, '');
}

/** A text as every terminal shows it in the same width: a family of emoji as its members. */
export function shown(text: string): string {
  return narrow.test(text) ? text : clean(text).replace(joining, '');
}

/** How many columns a text takes as it is shown. */
export function widthOf(text: string): number {
  return narrow.test(text) ? text.length : stringWidth(shown(text));
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
  for (const word of shown(text.replace(/\s+/g, ' ')).trim().split(' ')) {
    const last = rows[rows.length - 1];
    const longer = `${last} ${word}`;
    if (last !== undefined && widthOf(longer) <= width) rows[rows.length - 1] = longer;
    else rows.push(...piecesOf(word, width));
  }
  return rows.length === 0 ? [''] : rows;
}

/** A word that is too long, in pieces that fit; a character that is wider than that stands alone. */
export function piecesOf(word: string, width: number): string[] {
  const pieces: string[] = [];
  for (let rest = word; rest !== ''; ) {
    const head = headOf(rest, width) || (graphemes(rest)[0] ?? rest);
    pieces.push(head);
    rest = rest.slice(head.length);
  }
  return pieces;
}
