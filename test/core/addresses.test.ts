import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockProblem, canonicalBlock, inside, lengthFor, nextFree, overlaps, prefixLength, usable } from '../../src/core/addresses.ts';
import { evaluate } from '../../src/core/expression.ts';

/** The block of a length that holds an address. */
function blockOf(address: number, length: number): string {
  const first = Math.floor(address / 2 ** (32 - length)) * 2 ** (32 - length);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${length}`;
}

/** First and last address of a block, worked out in another way than the code does. */
function range(block: string): readonly [number, number] {
  const [address = '', length = ''] = block.split('/');
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return [first, first + 2 ** (32 - Number(length)) - 1];
}

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const block = fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([at, length]) => blockOf(at, length));
/** Blocks that often meet: all within 10.0.0.0/16. */
const near = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 16 - 1 }), fc.integer({ min: 17, max: 30 }))
  .map(([at, length]) => blockOf(10 * 2 ** 24 + at, length));

describe('usable', () => {
  test.each([
    [32, 0],
    [31, 0],
    [30, 0],
    [29, 3],
    [28, 11],
    [27, 27],
    [26, 59],
    [24, 251],
    [16, 65_531],
  ])('/%i has %i addresses for nodes', (length, count) => expect(usable(`10.0.0.0/${length}`)).toBe(count));

  test('lengthFor gives the smallest subnet that is enough', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 24 - 5 }), (count) => {
        const length = lengthFor(count);
        expect(usable(`0.0.0.0/${length}`)).toBeGreaterThanOrEqual(count);
        if (length < 29) expect(usable(`0.0.0.0/${length + 1}`)).toBeLessThan(count);
      }),
    );
  });

  test.each([
    [0, 29],
    [3, 29],
    [4, 28],
    [10, 28],
    [11, 28],
    [12, 27],
    [251, 24],
    [252, 23],
  ])('%i nodes need /%i', (count, length) => expect(lengthFor(count)).toBe(length));
});

describe('inside and overlaps', () => {
  test('are what the ranges say', () => {
    fc.assert(
      fc.property(fc.oneof(block, near), fc.oneof(block, near), (a, b) => {
        const [[from, to], [low, high]] = [range(a), range(b)];
        expect(inside([a], [b])).toBe(low <= from && to <= high);
        expect(overlaps([a], [b])).toBe(from <= high && low <= to);
        expect(overlaps([b], [a])).toBe(overlaps([a], [b]));
      }),
    );
  });

  test('lists: each of the first in some of the second, any with any', () => {
    expect(inside(['10.1.0.0/24', '10.2.0.0/24'], ['10.1.0.0/16', '10.2.0.0/16'])).toBe(true);
    expect(inside(['10.1.0.0/24', '10.3.0.0/24'], ['10.1.0.0/16', '10.2.0.0/16'])).toBe(false);
    expect(overlaps(['10.1.0.0/24', '10.3.0.0/24'], ['10.2.0.0/16', '10.3.0.128/25'])).toBe(true);
    expect(overlaps([], ['10.0.0.0/8'])).toBe(false);
  });
});

describe('nextFree', () => {
  test('lies inside, overlaps nothing, and is the first', () => {
    fc.assert(
      fc.property(near, fc.array(near, { maxLength: 12 }), fc.integer({ min: 17, max: 30 }), (room, taken, length) => {
        const free = nextFree([room], taken, length);
        const [low, high] = range(room);
        const size = 2 ** (32 - length);
        const candidates = Array.from({ length: Math.max(0, Math.floor((high - low + 1) / size)) }, (_, index) =>
          blockOf(low + index * size, length),
        );
        expect(free).toBe(candidates.find((one) => !overlaps([one], taken)) ?? null);
        if (free !== null) expect([inside([free], [room]), overlaps([free], taken), blockProblem(free)]).toEqual([true, false, undefined]);
      }),
    );
  });

  test('goes on to the next room, up to the end of all addresses', () => {
    expect(nextFree(['10.0.0.0/28', '10.1.0.0/24'], ['10.0.0.0/29'], 28)).toBe('10.1.0.0/28');
    expect(nextFree(['255.255.255.0/24'], ['255.255.255.0/25'], 25)).toBe('255.255.255.128/25');
    expect(nextFree(['255.255.255.0/24'], ['255.255.255.0/24'], 32)).toBeNull();
    expect(nextFree(['10.0.0.0/24'], ['10.0.0.0/8'], 27)).toBeNull();
    expect(nextFree([], [], 27)).toBeNull();
  });
});

describe('blockProblem', () => {
  test('accepts every block and names the block of every other address', () => {
    fc.assert(
      fc.property(address, fc.integer({ min: 0, max: 32 }), (at, length) => {
        const right = blockOf(at, length);
        const text = `${blockOf(at, 32).split('/')[0]}/${length}`;
        expect(blockProblem(right)).toBeUndefined();
        expect(canonicalBlock(text)).toBe(right);
        expect(prefixLength(text)).toBe(length);
        if (text !== right) expect(blockProblem(text)).toContain(right);
      }),
    );
  });

  test.each([
    '',
    '10.0.0.0',
    '10.0.0/24',
    '10.0.0.0/33',
    '10.0.0.256/32',
    '10.0.0.0/-1',
    '10.0.0.0/24/24',
    'fd00::/64',
    '10.0.0.0/24\n',
    '10.0.0.0 /24',
    '٠.0.0.0/8',
    '10.0.0.0/024',
    '010.0.0.0/8',
    'x'.repeat(10_000),
  ])('refuses %j', (text) => expect(blockProblem(text)).toEqual(expect.any(String)));

  test('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9./]{0,20}$/)), (text) => {
        const problem = blockProblem(text);
        if (problem === undefined) expect(canonicalBlock(text)).toBe(text);
      }),
    );
  });
});

describe('in expressions', () => {
  test.each([
    'inside(x, x)',
    'overlaps(x, x)',
    'usable(x)',
    'prefix_length(x)',
    'next_free(x, `null`, `27`)',
    "next_free('10.0.0.0/24', `null`, x)",
  ])('%s: null and what is no block give null', (call) => {
    for (const value of [null, 'banana', '10.0.0.0/33', '10.0.0.1/24', { a: 1 }])
      expect(evaluate(call, { x: value }), JSON.stringify(value)).toBeNull();
  });

  test('taken blocks may be null', () => expect(evaluate("next_free('10.0.0.0/24', x, `27`)", { x: null })).toBe('10.0.0.0/27'));

  test.each([-1, 33, 27.5, 1e9])('next_free gives null for length %d', (length) =>
    expect(evaluate("next_free('10.0.0.0/8', `null`, x)", { x: length })).toBeNull(),
  );
});
