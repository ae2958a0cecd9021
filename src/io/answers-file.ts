import { open } from 'node:fs/promises';
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError, type YAMLMap } from 'yaml';
import { type Complaint, UserError } from '../core/errors.ts';
import { isObject, type Json } from '../core/json.ts';

/** What an answers file holds. */
export interface AnswersFile {
  /** Each key of the file with its value; nested maps are left as they are. */
  readonly values: Readonly<Record<string, Json>>;
  /** The version of the catalog that the file names. */
  readonly catalog?: string;
  /** Where a key is written, as file:line:col; also inside maps and lists, such as clusters.0.name. */
  readonly positions: (key: string) => string;
}

const answersFormat = 1;
const largestFile = 1024 * 1024;
const mostValues = 50_000;
const deepest = 32;

/** Reads an answers file (YAML or JSON); `-` reads the standard input. */
export async function readAnswersFile(path: string, stdin?: AsyncIterable<Uint8Array | string>): Promise<AnswersFile> {
  if (path !== '-') return parseAnswers(textOf(await bytesOfFile(path), path), path);
  if (!stdin)
    throw new UserError({
      what: 'The standard input cannot be read here.',
      where: '--answers -',
      hint: 'Name a file instead: --answers FILE',
    });
  return parseAnswers(textOf(await collect(stdin, 'stdin'), 'stdin'), 'stdin');
}

async function bytesOfFile(path: string): Promise<Buffer> {
  try {
    await using handle = await open(path, 'r');
    if ((await handle.stat()).isDirectory())
      throw new UserError({
        what: 'This is a folder, not an answers file.',
        where: path,
        hint: `Name the file in it, such as ${path.replace(/\/+$/, '')}/answers.yaml`,
      });
    return await collect(handle.createReadStream({ autoClose: false }), path);
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(error, path);
  }
}

function unreadable(error: unknown, path: string): UserError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const complaints: Readonly<Record<string, readonly [string, string]>> = {
    ENOENT: ['There is no such file.', 'Check the path; it starts from the folder that you are in.'],
    ENOTDIR: ['There is no such file: a part of the path is a file, not a folder.', 'Check the path.'],
    EACCES: ['You may not read this file.', 'Give yourself the right to read it: chmod u+r FILE'],
  };
  const [what, hint] = complaints[code] ?? [`The file cannot be read (${code || String(error)}).`, 'Check the path and the disk.'];
  return new UserError({ what, where: path, hint }, { cause: error });
}

async function collect(source: AsyncIterable<Uint8Array | string>, name: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of source) {
    parts.push(Buffer.from(part as Uint8Array));
    size += parts.at(-1)?.length ?? 0;
    if (size > largestFile)
      throw new UserError({
        what: 'This file is larger than 1 MiB; an answers file is a few KiB.',
        where: name,
        hint: 'Check that this is the file you meant.',
      });
  }
  return Buffer.concat(parts);
}

function textOf(bytes: Buffer, name: string): string {
  const marks = bytes.subarray(0, 2).toString('hex');
  if (marks === 'fffe' || marks === 'feff')
    throw new UserError({
      what: 'This file is UTF-16 text.',
      where: name,
      hint: 'Save it as UTF-8. In PowerShell: … | Out-File -Encoding utf8 FILE',
    });
  const hint = 'An answers file is YAML or JSON text in UTF-8.';
  if (bytes.includes(0)) throw new UserError({ what: 'This is a binary file, not an answers file.', where: name, hint });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UserError({ what: 'This file is not UTF-8 text.', where: name, hint }, { cause });
  }
}

/** Reads the text of an answers file; `name` is how complaints call it. */
export function parseAnswers(text: string, name: string): AnswersFile {
  const { value, offsets, at } = parseTree(text, name);
  if (value !== null && !isObject(value))
    throw new UserError({
      what: 'An answers file holds keys with values.',
      where: at(0),
      hint: 'Write one answer per line, such as subnet.prefix: 10.1.2.0/24',
    });
  const { amlguide: format, catalog, answers, ...rest } = value ?? {};
  const leveled = value !== null && Object.hasOwn(value, 'answers');
  const place = (key: string) => at(offsets.get(key) ?? 0);
  const complaints: Complaint[] = [...formatComplaints(format, place('amlguide')), ...levelComplaints(leveled, answers, rest, place)];
  if (catalog !== undefined && typeof catalog !== 'string' && typeof catalog !== 'number') {
    complaints.push({
      what: 'The version of the catalog is a text.',
      where: place('catalog'),
      hint: 'Write it as catalog: "2026-11", or leave it out.',
    });
  }
  if (complaints.length > 0) throw new UserError(complaints);
  return {
    values: leveled ? ((answers ?? {}) as Record<string, Json>) : rest,
    ...(catalog === undefined ? {} : { catalog: String(catalog) }),
    positions: (key) => at(nearestOffset(offsets, leveled ? `answers.${key}` : key)),
  };
}

function formatComplaints(format: Json | undefined, where: string): Complaint[] {
  if (format === undefined || format === answersFormat) return [];
  if (typeof format === 'number' && format > answersFormat) {
    return [{ what: `This file has format ${format}; this amlguide reads format ${answersFormat}.`, where, hint: 'Update amlguide.' }];
  }
  return [
    {
      what: `amlguide: must be ${answersFormat}, the format of the file.`,
      where,
      hint: `Write amlguide: ${answersFormat}, or leave the line out.`,
    },
  ];
}

function levelComplaints(leveled: boolean, answers: Json | undefined, rest: object, place: (key: string) => string): Complaint[] {
  if (!leveled) return [];
  const beside = Object.keys(rest).map((key) => ({
    what: `${JSON.stringify(key)} stands beside answers:, not below it.`,
    where: place(key),
    hint: 'Indent it, so that it belongs to answers:',
  }));
  if (answers === null || isObject(answers)) return beside;
  return [
    {
      what: 'Below answers: there must be keys with values.',
      where: place('answers'),
      hint: 'Write them indented, such as subnet.prefix: 10.1.2.0/24',
    },
    ...beside,
  ];
}

/** The offset of a key, or of the nearest thing around it. */
function nearestOffset(offsets: ReadonlyMap<string, number>, key: string): number {
  for (let path = dotted(key); path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const offset = offsets.get(path);
    if (offset !== undefined) return offset;
  }
  return 0;
}

/** A key with its row as a word: clusters[0].name is clusters.0.name. */
function dotted(key: string): string {
  return key.replace(/\[(\d+)\]/g, '.$1');
}

/** What is known while a tree is turned into plain values. */
interface Reading {
  readonly at: (offset: number) => string;
  readonly offsets: Map<string, number>;
  readonly anchors: Map<string, { readonly value: Json; readonly size: number }>;
  readonly complaints: Complaint[];
  left: number;
}

function parseTree(text: string, name: string): { value: Json; offsets: ReadonlyMap<string, number>; at: Reading['at'] } {
  const lines = new LineCounter();
  // The library compares each key with all others and unfolds aliases late; `plain` does both, and in time.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: true,
    resolveKnownTags: false,
  });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const errors = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (errors.length > 0) throw new UserError(complaintsOf(errors, at));
  const reading: Reading = { at, offsets: new Map(), anchors: new Map(), complaints: [], left: mostValues };
  const value = plain(reading, document.contents, '', 0);
  if (reading.complaints.length > 0) throw new UserError(reading.complaints.slice(0, 10));
  return { value, offsets: reading.offsets, at };
}

function complaintsOf(errors: readonly YAMLError[], at: Reading['at']): Complaint[] {
  const deep = errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
  if (deep) return [tooDeep(at(deep.pos[0]))];
  const hint = 'Put a text with : # [ ] { } & * ! or % in quotes, and indent with spaces.';
  return errors.slice(0, 10).map((error) => ({
    what: `Not valid YAML: ${error.message.replace(/\p{C}/gu, '\uFFFD').slice(0, 200)}.`.replace(/\.\.$/, '.'),
    where: at(error.pos[0]),
    hint,
  }));
}

function tooDeep(where: string): Complaint {
  return { what: `Lists and maps are nested deeper than ${deepest} levels.`, where, hint: 'Answers need three levels at most.' };
}

/** The plain value of a node; notes where each key is written. */
function plain(reading: Reading, node: Node | null, path: string, depth: number): Json {
  const where = () => reading.at(node?.range?.[0] ?? 0);
  if (depth > deepest) throw new UserError(tooDeep(where()));
  const before = reading.left;
  spend(reading, 1, where);
  if (isAlias(node)) return aliased(reading, node.source, where);
  const value = isMap(node)
    ? mapOf(reading, node, path, depth)
    : isSeq(node)
      ? node.items.map((item, index) => entry(reading, item as Node | null, `${path}.${index}`, depth))
      : scalarOf(node);
  if (node?.anchor) reading.anchors.set(node.anchor, { value, size: before - reading.left });
  return value;
}

/** An alias counts as much as all that it stands for, so that a small file cannot unfold into a huge one. */
function aliased(reading: Reading, name: string, where: () => string): Json {
  const target = reading.anchors.get(name);
  if (target) spend(reading, target.size, where);
  else
    reading.complaints.push({
      what: `*${name} stands for nothing: no finished &${name} comes before it.`,
      where: where(),
      hint: 'Write the value out, or put a text that starts with * in quotes.',
    });
  return target?.value ?? null;
}

function spend(reading: Reading, amount: number, where: () => string): void {
  reading.left -= amount;
  if (reading.left < 0)
    throw new UserError({
      what: `The file unfolds to more than ${mostValues} values.`,
      where: where(),
      hint: 'Use fewer aliases (*name), or check that this is the file you meant.',
    });
}

function entry(reading: Reading, node: Node | null, path: string, depth: number): Json {
  if (node?.range && !reading.offsets.has(path)) reading.offsets.set(path, node.range[0]);
  return plain(reading, node, path, depth + 1);
}

function mapOf(reading: Reading, map: YAMLMap, path: string, depth: number): Json {
  const values = new Map<string, Json>();
  const seen = new Map<string, number>();
  for (const pair of map.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    const offset = (pair.key as Node | null)?.range?.[0] ?? map.range?.[0] ?? 0;
    const first = seen.get(key);
    if (key === '') reading.complaints.push({ what: 'A value without a key.', where: reading.at(offset), hint: 'Write key: value.' });
    else if (first !== undefined)
      reading.complaints.push({
        what: `${JSON.stringify(key)} is there twice; first at ${reading.at(first)}.`,
        where: reading.at(offset),
        hint: 'Keep one of them.',
      });
    seen.set(key, first ?? offset);
    const inner = dotted(path === '' ? key : `${path}.${key}`);
    if (!reading.offsets.has(inner)) reading.offsets.set(inner, offset);
    values.set(key, plain(reading, pair.value as Node | null, inner, depth + 1));
  }
  return Object.fromEntries(values);
}

function scalarOf(node: Node | null): Json {
  if (!isScalar(node)) return null;
  const { value, source } = node;
  if (typeof value === 'number') return source === undefined || isPlainNumber(source) ? value : source;
  return typeof value === 'boolean' || value === null ? value : String(value);
}

/** Only a number that reads back as it was written: 007, 1.10, 1e3 and 0x1F are names, versions and ids. */
function isPlainNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text;
}

/** Reads the `key=value` of `--set`; the value is text unless it has the form of a list, a map, a number, or is true or false. */
export function parseSetting(setting: string): { readonly key: string; readonly value: Json } {
  const split = setting.indexOf('=');
  const key = setting.slice(0, Math.max(0, split)).trim();
  if (key === '' || /[\s\p{C}]/u.test(key))
    throw new UserError({
      what: `${JSON.stringify(setting.slice(0, 80))} is not key=value.`,
      where: '--set',
      hint: 'Write it as --set subnet.prefix=10.1.2.0/24',
    });
  return { key, value: settingValue(setting.slice(split + 1), `--set ${key}`) };
}

function settingValue(text: string, name: string): Json {
  const word = text.trim();
  if (word === 'true' || word === 'false') return word === 'true';
  if (isPlainNumber(word)) return Number(word);
  return /^(\[.*\]|\{.*\})$/s.test(word) ? parseTree(word, name).value : text;
}
