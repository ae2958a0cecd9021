import { Address4 } from 'ip-address';

/** Azure keeps five addresses of every subnet: four at the start, one at the end (virtual-networks-faq). */
const RESERVED = 5n;

interface Block {
  readonly first: bigint;
  readonly last: bigint;
  readonly length: number;
}

/** What is wrong with a text that should be an IPv4 block, with the text that would be right; undefined when nothing is. */
export function blockProblem(text: string): string | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(text)) return 'write it as address/length, such as 10.1.2.0/24';
  if (!Address4.isValid(text)) return 'no part of an IPv4 address is above 255, and the length is at most 32';
  const canonical = canonicalBlock(text);
  return canonical === text ? undefined : `the block that holds this address is written ${canonical}`;
}

/** The block with its host bits set to zero. */
export function canonicalBlock(text: string): string {
  const address = new Address4(text);
  return `${address.startAddress().addressMinusSuffix}/${address.subnetMask}`;
}

/** Whether every block of the first list lies within one block of the second. */
export function inside(inner: readonly string[], outer: readonly string[]): boolean {
  const wide = outer.map(parse);
  return inner.map(parse).every((block) => wide.some((other) => other.first <= block.first && block.last <= other.last));
}

/** Whether any block of the first list shares an address with any of the second. */
export function overlaps(some: readonly string[], others: readonly string[]): boolean {
  const blocks = others.map(parse);
  return some.map(parse).some((block) => blocks.some((other) => block.first <= other.last && other.first <= block.last));
}

/** Addresses of a subnet that can be given to nodes: its size less the five that Azure keeps. */
export function usable(block: string): number {
  const { first, last } = parse(block);
  const count = last - first + 1n - RESERVED;
  return count > 0n ? Number(count) : 0;
}

/** The number after the slash. */
export function prefixLength(block: string): number {
  return parse(block).length;
}

/** The longest prefix (smallest block) whose usable addresses are enough; never longer than /29, Azure's smallest subnet. */
export function lengthFor(addresses: number): number {
  for (let length = 29; length > 8; length--) if (2 ** (32 - length) - Number(RESERVED) >= addresses) return length;
  return 8;
}

/** The first free block of the given length inside the outer blocks that overlaps none of the taken; null when there is none. */
export function nextFree(outer: readonly string[], taken: readonly string[], length: number): string | null {
  const size = 2n ** BigInt(32 - length);
  const busy = taken.map(parse).sort((a, b) => (a.first < b.first ? -1 : 1));
  for (const room of outer.map(parse)) {
    let at = alignUp(room.first, size);
    for (;;) {
      const end = at + size - 1n;
      if (end > room.last) break;
      const clash = busy.find((block) => block.first <= end && at <= block.last);
      if (!clash) return `${Address4.fromBigInt(at).correctForm()}/${length}`;
      at = alignUp(clash.last + 1n, size);
    }
  }
  return null;
}

function alignUp(value: bigint, size: bigint): bigint {
  return ((value + size - 1n) / size) * size;
}

const parsed = new Map<string, Block>();

function parse(text: string): Block {
  const known = parsed.get(text);
  if (known) return known;
  const address = new Address4(text);
  const block = { first: address.startAddress().bigInt(), last: address.endAddress().bigInt(), length: address.subnetMask };
  parsed.set(text, block);
  return block;
}
