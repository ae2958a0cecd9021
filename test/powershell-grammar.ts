import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

/** A place where a script is no PowerShell. */
export interface PowerShellError {
  readonly line: number;
  readonly text: string;
}

/** A part of a string: text as the program gets it, or code that PowerShell runs or looks up to fill it in. */
export type StringPart = { readonly text: string } | { readonly code: string };

/** A string of a script: where it stands, and what its parts are by the rules of PowerShell. */
export interface PowerShellString {
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
  readonly parts: readonly StringPart[];
}

const SINGLE = /['\u2018-\u201B]/;
const DOUBLE = /["\u201C-\u201E]/;
const VARIABLE = /\$(?:\{(?:`.|[^}])*\}|(?:\w+:(?!:))?[\p{L}\p{N}_?]+|[$^?:])/suy;
const ESCAPES: Readonly<Record<string, string>> = { '0': '\0', a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/**
 * Lists the strings of a script by the rules of PowerShell's own tokenizer, which the grammar does not know in full:
 * typographic quotes are quotes, two quotes in a row inside a string are one, and # inside a string is text.
 */
export function powershellStrings(source: string): PowerShellString[] {
  const found: PowerShellString[] = [];
  lexCode(source, 0, found);
  return found;
}

// Goes to the end of the script, or in a $( ) to the bracket that closes it.
function lexCode(source: string, from: number, found: PowerShellString[], inside = false): number {
  let depth = 0;
  let at = from;
  while (at < source.length) {
    if (inside && source[at] === ')' && depth-- === 0) return at + 1;
    if (source[at] === '(') depth++;
    at = passOver(source, at, found);
  }
  return source.length;
}

function passOver(source: string, at: number, found: PowerShellString[]): number {
  if (source[at] === '`') return at + 2;
  if (source.startsWith('<#', at)) return endOf(source, '#>', at + 2);
  if (source[at] === '#' && /^[\s;(){}|&,]?$/.test(source[at - 1] ?? '')) return endOf(source, '\n', at);
  const string = stringAt(source, at);
  if (string === undefined) return at + 1;
  found.push(string);
  return string.end;
}

function stringAt(source: string, at: number): PowerShellString | undefined {
  if (source[at] === '@' && isQuote(source[at + 1]) && /^[ \t]*\r?\n/.test(source.slice(at + 2, at + 12))) {
    const close = hereStringEnd(source, at);
    const end = close ?? source.length;
    return { start: at, end, closed: close !== undefined, parts: [{ text: source.slice(at, end) }] };
  }
  if (!isQuote(source[at])) return undefined;
  return SINGLE.test(source[at] ?? '') ? lexSingle(source, at) : lexDouble(source, at);
}

function isQuote(character: string | undefined): boolean {
  return character !== undefined && (SINGLE.test(character) || DOUBLE.test(character));
}

function endOf(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from);
  return at < 0 ? source.length : at + mark.length;
}

function hereStringEnd(source: string, at: number): number | undefined {
  const mark = SINGLE.test(source[at + 1] ?? '') ? /\n['\u2018-\u201B]@/g : /\n["\u201C-\u201E]@/g;
  mark.lastIndex = at;
  return mark.test(source) ? mark.lastIndex : undefined;
}

function lexSingle(source: string, start: number): PowerShellString {
  let text = '';
  for (let at = start + 1; at < source.length; at++) {
    if (SINGLE.test(source[at] ?? '') && !SINGLE.test(source[++at] ?? '')) {
      return { start, end: at, closed: true, parts: [{ text }] };
    }
    text += source[at];
  }
  return { start, end: source.length, closed: false, parts: [{ text }] };
}

function lexDouble(source: string, start: number): PowerShellString {
  const parts: StringPart[] = [];
  let at = start + 1;
  while (at < source.length) {
    const piece = pieceAt(source, at);
    if (piece === undefined) return { start, end: at + 1, closed: true, parts };
    const last = parts.at(-1);
    if (last !== undefined && 'text' in last && 'text' in piece.part) parts[parts.length - 1] = { text: last.text + piece.part.text };
    else parts.push(piece.part);
    at += piece.length;
  }
  return { start, end: source.length, closed: false, parts };
}

// The next piece of a double-quoted text; undefined at the quote that ends it.
function pieceAt(source: string, at: number): { part: StringPart; length: number } | undefined {
  const code = codeLength(source, at);
  if (code > 0) return { part: { code: source.slice(at, at + code) }, length: code };
  const character = source[at] ?? '';
  if (character === '`') return escapeAt(source, at);
  if (!DOUBLE.test(character)) return { part: { text: character }, length: 1 };
  const next = source[at + 1] ?? '';
  return DOUBLE.test(next) ? { part: { text: next }, length: 2 } : undefined;
}

function escapeAt(source: string, at: number): { part: StringPart; length: number } {
  const pattern = /`u\{([0-9a-f]{1,6})\}|`(.)/isuy;
  pattern.lastIndex = at;
  const [whole = '`', hex, letter = ''] = pattern.exec(source) ?? [];
  const text = hex === undefined ? (ESCAPES[letter] ?? letter) : String.fromCodePoint(Number.parseInt(hex, 16));
  return { part: { text }, length: whole.length };
}

function codeLength(source: string, at: number): number {
  if (source[at] !== '$') return 0;
  if (source[at + 1] === '(') return lexCode(source, at + 2, [], true) - at;
  VARIABLE.lastIndex = at;
  return VARIABLE.exec(source)?.[0].length ?? 0;
}

/**
 * The script in the part of PowerShell that the grammar knows, with every character at its place: quotes that act as quotes become
 * plain ones, typographic quotes that are text become letters, and so does # in a string, where the grammar sees comments.
 */
export function plainQuotes(source: string): string {
  let plain = '';
  let done = 0;
  for (const { start, end, closed } of powershellStrings(source)) {
    if (source[start] === '@') continue;
    const quote = SINGLE.test(source[start] ?? '') ? "'" : '"';
    const stop = closed ? end - 1 : end;
    const inner = source.slice(start + 1, stop).replace(/[\u2018-\u201E#]/g, 'x');
    plain += source.slice(done, start) + quote + inner + (closed ? quote : '');
    done = end;
  }
  return plain + source.slice(done);
}

let parser: Promise<Parser> | undefined;

async function loadParser(): Promise<Parser> {
  await Parser.init();
  const wasm = createRequire(import.meta.url).resolve('tree-sitter-powershell/tree-sitter-powershell.wasm');
  return new Parser().setLanguage(await Language.load(wasm));
}

async function withTree<T>(source: string, read: (root: Node) => T): Promise<T> {
  parser ??= loadParser();
  const tree = (await parser).parse(plainQuotes(source));
  if (tree === null) throw new Error('The PowerShell grammar gave no tree.');
  try {
    return read(tree.rootNode);
  } finally {
    tree.delete();
  }
}

/** Parses a whole script with the grammar of tree-sitter-powershell and says where it is no PowerShell; no errors means it is fine. */
export async function parsePowerShell(source: string): Promise<{ errors: PowerShellError[] }> {
  if (source.split('\n').every((line) => /^\s*(?:#|$)/.test(line))) return { errors: [] };
  const open = powershellStrings(source).filter(({ closed }) => !closed);
  // First the string that is not closed: where it begins says more than the error of the grammar, which may be the whole script.
  const errors = open.map(({ start }) => errorAt(source, start, 'a string is not closed'));
  return withTree(source, (root) => ({ errors: [...errors, ...errorsOf(root, source)] }));
}

function errorsOf(node: Node, source: string): PowerShellError[] {
  if (node.isMissing) return [errorAt(source, node.startIndex, `missing ${node.type}`)];
  if (node.isError) return [errorAt(source, node.startIndex, source.slice(node.startIndex, node.endIndex).slice(0, 200))];
  return node.hasError ? node.children.flatMap((child) => (child === null ? [] : errorsOf(child, source))) : [];
}

function errorAt(source: string, index: number, text: string): PowerShellError {
  return { line: source.slice(0, index).split('\n').length, text };
}

/** The strings of a script as the grammar finds them: their source text, and how many expressions expand in each. */
export function grammarStrings(source: string): Promise<{ text: string; expressions: number }[]> {
  return withTree(source, (root) =>
    root.descendantsOfType('string_literal').flatMap((node) => {
      if (node === null) return [];
      const expressions = node.descendantsOfType(['variable', 'sub_expression']).length;
      return [{ text: source.slice(node.startIndex, node.endIndex), expressions }];
    }),
  );
}
