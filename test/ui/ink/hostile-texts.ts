import fc from 'fast-check';

/** Pieces of every kind of script that make trouble in terminals, and characters that want to break rows. */
const pieces = [
  ...['a', ' ', 'é', 'e\u0301', '한', '\u1112\u1161\u11AB', '中', 'ｗ', 'ﾊﾟ', 'क्षि', 'ไทย', 'שלום', 'عربي', 'لا'],
  ...['👍', '👍🏽', '👨‍👩‍👧‍👦', '🇰🇷', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '❤️', '1️⃣', '☺', '🏽'],
  ...[
    '\u0301',
    '\u200B',
    '\u200D',
    '\u200C',
    '\u200E',
    '\u200F',
    '\u061C',
    '\u202E',
    '\u2067',
    '\u2069',
    '\uFEFF',
    '\u00AD',
    '\u3164',
    '\u2028',
  ],
  ...['\t', '\n', '\r', '\u0000', '\u0008', '\u001B[31m', '\u009B2J', '\u007F', '\uD800', '\uDC00'],
];
/** Texts of any such pieces. */
export const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((parts) => parts.join(''));
