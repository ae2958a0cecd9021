import { blockProblem, inside, lengthFor, nextFree, overlaps, prefixLength, usable } from './addresses.ts';
import { allows, nextHop, nsgAllows } from './effective.ts';
import { isObject, type Json } from './json.ts';

/** A pure function that expressions may call. */
export interface PureFunction {
  readonly from: number;
  readonly to: number;
  readonly call: (...args: readonly Json[]) => Json;
}

/** The closed set of functions that the catalog language adds to JMESPath; null in gives null out. */
export const pureFunctions: Readonly<Record<string, PureFunction>> = {
  inside: blocks(2, ([a = [], b = []]) => inside(a, b)),
  overlaps: blocks(2, ([a = [], b = []]) => overlaps(a, b)),
  usable: blocks(1, ([list]) => onFirst(list, usable)),
  prefix_length: blocks(1, ([list]) => onFirst(list, prefixLength)),
  length_for: one((count) => lengthFor(Number(count))),
  next_free: {
    from: 3,
    to: 3,
    call: (room, taken, length) => blocks(2, ([outer = [], busy = []]) => freeBlock(outer, busy, length)).call(room ?? null, taken ?? []),
  },
  matches: two((text, pattern) => new RegExp(`^(?:${String(pattern)})$`, 'u').test(String(text))),
  unique: one((list) => (Array.isArray(list) ? [...new Set(list as Json[])] : list)),
  slug: { from: 2, to: 2, call: (text, length) => (text === null ? null : slug(String(text), Number(length))) },
  id_part: two((id, segment) => idPart(String(id), String(segment))),
  same_id: two((a, b) => String(a).toLowerCase() === String(b).toLowerCase()),
  first_row: { from: 3, to: 3, call: firstRow },
  guid: { from: 1, to: 8, call: (...parts) => (parts.includes(null) ? null : guidOf(parts.map(String))) },
  allows: two((permissions, action) => allows(permissions, String(action))),
  nsg_allows: {
    from: 5,
    to: 5,
    call: (nsg = null, ...rest) => {
      const [way = '', protocol = '', port = '', where = ''] = rest.map(String);
      return nsg === null || rest.includes(null) ? null : nsgAllows(nsg, way, protocol, port, where);
    },
  },
  next_hop: two((table, where) => nextHop(table, String(where))),
  seconds: one((duration) => secondsOf(String(duration))),
  pairs: one((map) => (isObject(map) ? Object.entries(map).map(([key, value]) => `${key}=${String(value)}`) : null)),
};

function one(call: (value: Json) => Json): PureFunction {
  return { from: 1, to: 1, call: (value = null) => (value === null ? null : call(value)) };
}

function two(call: (a: Json, b: Json) => Json): PureFunction {
  return { from: 2, to: 2, call: (a = null, b = null) => (a === null || b === null ? null : call(a, b)) };
}

/** A function of blocks or lists of blocks; what is no block gives null, so that a wrong answer is told where it stands and nowhere else. */
function blocks(count: 1 | 2, call: (lists: readonly (readonly string[])[]) => Json): PureFunction {
  return {
    from: count,
    to: count,
    call: (...args) => {
      const lists = args.map(texts);
      return args.some((value) => value === null) || lists.flat().some((text) => blockProblem(text) !== undefined) ? null : call(lists);
    },
  };
}

function onFirst(list: readonly string[] = [], call: (block: string) => Json): Json {
  return list[0] === undefined ? null : call(list[0]);
}

function freeBlock(room: readonly string[], taken: readonly string[], length: Json = null): Json {
  return typeof length === 'number' && Number.isInteger(length) && length >= 0 && length <= 32 ? nextFree(room, taken, length) : null;
}

function texts(value: Json): string[] {
  if (value === null) return [];
  return (Array.isArray(value) ? (value as Json[]) : [value]).filter((part) => part !== null).map(String);
}

/** Lower-case letters and digits only, cut to a length: what the strictest Azure names allow. */
function slug(text: string, length: number): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, length);
}

/** The part of a Resource Manager id that follows a segment, such as resourceGroups. */
function idPart(id: string, segment: string): Json {
  const parts = id.split('/');
  const at = parts.findIndex((part) => part.toLowerCase() === segment.toLowerCase());
  return at < 0 ? null : (parts[at + 1] ?? null);
}

/** The seconds of an ISO 8601 duration up to days, such as PT2M or PT120S, which Azure uses for one time alike; null for anything else. */
function secondsOf(duration: string): Json {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.0+)?S)?)?$/i.exec(duration)?.slice(1);
  if (!parts || parts.every((part) => part === undefined)) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** The first row of a table whose column holds a value. */
function firstRow(table: Json = null, column: Json = null, value: Json = null): Json {
  if (!Array.isArray(table)) return null;
  return (table as Json[]).find((row) => isObject(row) && row[String(column)] === value) ?? null;
}

/** A GUID that the same texts always give, whatever their case: a UUID of version 8 (RFC 9562) over 128-bit FNV-1a. Names things, and keeps no secret. */
export function guidOf(parts: readonly string[]): string {
  let hash = 0x6c62272e07bb014262b821756295c58dn;
  const text = parts.join('\n').toLowerCase();
  // Twice, so that every letter moves every digit.
  for (const byte of new TextEncoder().encode(`${text}\n${text}`)) {
    hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * 0x0000000001000000000000000000013bn);
  }
  const digits = hash.toString(16).padStart(32, '0');
  const variant = '89ab'[Number.parseInt(digits[16] ?? '0', 16) % 4] ?? '8';
  return [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`, `${variant}${digits.slice(17, 20)}`, digits.slice(20)].join(
    '-',
  );
}
