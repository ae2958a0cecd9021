import type { Json } from './json.ts';

/** A piece of a word: fixed text, or a variable of the script. */
export type QuotePart = string | { readonly variable: string };

// What people cannot see or would take for a plain space is spelled as an escape, so that a script shows what it does.
const UNSEEN = /[[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}]--[ ]]/v;
const EACH_UNSEEN = new RegExp(UNSEEN, 'gv');
const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', 'n'],
  ['\r', 'r'],
  ['\t', 't'],
]);

const utf8 = new TextEncoder();

/** A reason why no shell can pass the text as an argument; undefined when it can. */
export function shellCannotCarry(text: string): string | undefined {
  if (text.includes('\0')) return 'it holds a NUL character, which no program can receive in an argument';
  if (!text.isWellFormed()) return 'it holds half of a character (a lone UTF-16 surrogate), which no file can hold';
  return undefined;
}

function mustCarry(text: string): void {
  const reason = shellCannotCarry(text);
  if (reason !== undefined) throw new RangeError(`A value cannot stand in a script: ${reason}.`);
}

function escapeEach(text: string, special: RegExp, mark: string, unseen: (character: string) => string): string {
  return text.replace(special, `${mark}$&`).replace(EACH_UNSEEN, unseen);
}

function joinTexts(parts: readonly QuotePart[]): QuotePart[] {
  const joined: QuotePart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  return joined;
}

function variableName({ variable }: { readonly variable: string }, allowed: RegExp): string {
  if (!allowed.test(variable)) throw new RangeError(`"${variable}" is no name of a script variable.`);
  return variable;
}

// A leading = is quoted because zsh, where people paste too, reads =name as the path of a program.
const BASH_BARE = /^(?!=)[A-Za-z0-9_.\/:=,@%+\-]+$/v;
const BASH_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/v;

/** The shortest safe spelling of a text as one bash word, on one line; throws when no shell can carry the text. */
export function bashLiteral(text: string): string {
  mustCarry(text);
  if (text === '') return "''";
  if (BASH_BARE.test(text)) return text;
  if (UNSEEN.test(text)) return `$'${escapeEach(text, /[\\']/gv, '\\', bashBytes).replaceAll('!', '\\041')}'`;
  const runs = text.split("'").map((run) => (run === '' ? '' : `'${run}'`));
  return runs.join("\\'");
}

// Bytes in octal: bash 3.2 knows no \u, and three octal digits never swallow a digit that follows.
// A bare ! in $'..' after \' would recall an old command when the line is pasted into bash 3.2.
function bashBytes(character: string): string {
  const name = NAMED_ESCAPES.get(character);
  if (name !== undefined) return `\\${name}`;
  return Array.from(utf8.encode(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/** One bash word of text and variables, mostly in double quotes: variables expand, text never becomes code. */
export function bashDouble(parts: readonly QuotePart[]): string {
  const joined = joinTexts(parts);
  if (joined.every((part) => typeof part === 'string')) return bashLiteral(joined.join(''));
  const alone = joined.length === 1;
  const pieces = joined.flatMap((part): BashPiece[] => {
    if (typeof part === 'string') return bashPieces(part);
    const name = variableName(part, BASH_NAME);
    return [{ inside: true, code: alone ? `$${name}` : `\${${name}}` }];
  });
  return quoteTogether(pieces);
}

interface BashPiece {
  readonly inside: boolean;
  readonly code: string;
}

// ! in double quotes recalls an old command when the line is pasted into a terminal, and \n there is no newline: these stand outside.
function bashPieces(text: string): BashPiece[] {
  mustCarry(text);
  const runs = text.split(/((?:!|[[\p{Cc}\p{Cf}\p{Co}\p{Z}]--[ ]])+)/v);
  return runs.flatMap((run, index): BashPiece[] => {
    if (run === '') return [];
    if (index % 2 === 1) return [{ inside: false, code: bashLiteral(run) }];
    return [{ inside: true, code: run.replace(/[\\"$`]/gv, '\\$&') }];
  });
}

function quoteTogether(pieces: readonly BashPiece[]): string {
  let word = '';
  let open = false;
  for (const { inside, code } of pieces) {
    if (inside !== open) word += '"';
    open = inside;
    word += code;
  }
  return open ? `${word}"` : word;
}

// PowerShell takes typographic quotes for quotes: U+2018 to U+201B end a single-quoted text, U+201C to U+201E a double-quoted one.
const POWERSHELL_SINGLE = /['\u2018-\u201B]/gv;
const POWERSHELL_DOUBLE = /["\u201C-\u201E`$]/gv;
const POWERSHELL_NAME = /^(?:(?:env|script|global|local|using):)?[A-Za-z_][A-Za-z0-9_]*$/v;

/** A text as one PowerShell 7 string on one line; throws when no shell can carry the text. */
export function powershellLiteral(text: string): string {
  mustCarry(text);
  if (UNSEEN.test(text)) return `"${powershellText(text)}"`;
  return `'${text.replace(POWERSHELL_SINGLE, '$&$&')}'`;
}

/** One PowerShell 7 string of text and variables: variables expand, text never becomes code. */
export function powershellDouble(parts: readonly QuotePart[]): string {
  const joined = joinTexts(parts);
  if (joined.every((part) => typeof part === 'string')) return powershellLiteral(joined.join(''));
  const alone = joined.length === 1;
  const pieces = joined.map((part) => {
    if (typeof part === 'string') return powershellText(part);
    const name = variableName(part, POWERSHELL_NAME);
    return alone ? `$${name}` : `\${${name}}`;
  });
  return `"${pieces.join('')}"`;
}

function powershellText(text: string): string {
  mustCarry(text);
  return escapeEach(text, POWERSHELL_DOUBLE, '`', powershellEscape);
}

function powershellEscape(character: string): string {
  return `\`${NAMED_ESCAPES.get(character) ?? `u{${codePoint(character).toString(16)}}`}`;
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}

const CMD_LINE_LIMIT = 8191;

/**
 * Tells whether an argument reaches az.cmd on Windows unchanged, though cmd parses it a second time.
 * PowerShell drops empty arguments there and quotes only what holds white space; az.cmd uses its arguments inside ( ).
 */
export function survivesCmd(text: string): boolean {
  if (text === '' || text.length > CMD_LINE_LIMIT || text.endsWith('\\')) return false;
  if (/["%^\&\|<>!\p{Cc}\p{Cs}\u2028\u2029]/v.test(text)) return false;
  return text.includes(' ') || !/[\(\)]/v.test(text);
}

/** A JSON value as a Python expression on one line; throws on numbers that JSON does not have. */
export function pythonLiteral(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return pythonNumber(value);
  if (typeof value === 'string') return `"${escapeEach(value, /[\\"]/gv, '\\', pythonEscape)}"`;
  if (isList(value)) return `[${value.map(pythonLiteral).join(', ')}]`;
  const entries = Object.entries(value).map(([key, item]) => `${pythonLiteral(key)}: ${pythonLiteral(item)}`);
  return `{${entries.join(', ')}}`;
}

function isList(value: readonly Json[] | { readonly [key: string]: Json }): value is readonly Json[] {
  return Array.isArray(value);
}

function pythonNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no number of JSON.`);
  return Object.is(value, -0) ? '-0.0' : String(value);
}

function pythonEscape(character: string): string {
  const name = NAMED_ESCAPES.get(character);
  if (name !== undefined) return `\\${name}`;
  const hex = codePoint(character).toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** A whole one-line comment: the marker, a space, and the text with everything that could end or mean more than a comment defused. */
export function commentLine(text: string, marker = '#'): string {
  const line = text
    .replace(/[\s\u0085]+/gv, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gv, (character) => `<U+${codePoint(character).toString(16).toUpperCase().padStart(4, '0')}>`)
    // Python obeys "coding: name" in the first two lines, and under utf-7 a comment can hold code.
    .replace(/coding(?=[:=])/gv, 'coding ')
    .trim()
    .replace(/[\\`]$/v, '$& (end)');
  if (line === '') return marker;
  return looksLikeSignature(line) ? `${marker} ${line} (a comment, not the signature of a script)` : `${marker} ${line}`;
}

const SIGNATURE = 'sig#beginsignatureblock';
const SIGNATURE_DISTANCE = 11;

// PowerShell refuses all code after a comment that resembles the start of a signature (fewer than 10 edits, spaces left out).
function looksLikeSignature(line: string): boolean {
  const text = line.replaceAll(' ', '').toLowerCase();
  return Math.abs(text.length - SIGNATURE.length) <= SIGNATURE_DISTANCE && edits(text, SIGNATURE) < SIGNATURE_DISTANCE;
}

function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, character] of [...from].entries()) {
    const above = row;
    row = [index + 1];
    for (let column = 1; column < above.length; column++) {
      const swap = (above[column - 1] ?? 0) + (character === to[column - 1] ? 0 : 1);
      row.push(Math.min(swap, (above[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1));
    }
  }
  return row.at(-1) ?? 0;
}

/** A reason why az would interpret a value instead of taking it literally; undefined when it takes it as it is. */
export function azInterprets(text: string): string | undefined {
  if (text.startsWith('@')) return 'az reads a value that begins with @ from the file of that name.';
  if (text.includes('=@')) return 'az reads what follows =@ from the file of that name.';
  if (text.startsWith('-')) return 'az takes a value that begins with - for an option.';
  return shorthand(text) ?? shorthand(/^[\w.'\/\[\]\-]+=(.*)$/sv.exec(text)?.[1] ?? '');
}

function shorthand(text: string): string | undefined {
  if (text === '??') return 'az prints help for ?? and ends without doing the work.';
  if (text === 'null') return 'az takes the word null for "no value" and clears the setting.';
  if (text.startsWith('[')) return 'az reads a value that begins with [ as a list.';
  if (text.startsWith('{')) return 'az reads a value that begins with { as an object.';
  if (text.startsWith("'")) return 'az takes a single quote at the beginning of a value for a quotation mark and drops it.';
  return undefined;
}
