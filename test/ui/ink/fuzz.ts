import { expect } from 'vitest';
import type { Frame, Size } from '../../../src/ui/ink/frame.ts';
import type { Press } from '../../../src/ui/ink/keys.ts';
import { lineWidth } from '../../../src/ui/ink/text.ts';

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed of FUZZ_SEED, or another one each time. */
export function fuzzSeed(): number {
  return Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
}

const names = 'up down left right home end pageup pagedown enter esc tab shift+tab space backspace delete alt+b alt+f unknown'.split(' ');
const controls = Array.from('abdefghijklnopqrstuvwxyz', (letter) => `ctrl+${letter}`);
const pastes = [
  '10.1.0.0/16',
  '10.1.0.0/33',
  'a\r\nb\r\n\r\nc',
  '日本語の名前と e\u0301\u0301\u0301',
  '\u001B[31mred\u001B[0m\u0007',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  '\u202Eevil\u2066',
  'x'.repeat(3000),
  ',,, ,',
  '/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v',
  '{{ x }}',
  "'; rm -rf / #",
  '',
];

/** One of some. */
export function oneOf<T>(random: () => number, all: readonly T[]): T {
  return all[Math.floor(random() * all.length)] as T;
}

/** A key or a paste, as a person or a cat would press it; keys of the bar come more often than others. */
export function anyPress(random: () => number, seen: readonly string[]): Press {
  const kind = random();
  if (kind < 0.45 && seen.length > 0) return pressOf(oneOf(random, seen));
  if (kind < 0.65) return { id: oneOf(random, names) };
  if (kind < 0.75) return { id: oneOf(random, controls) };
  if (kind < 0.8) return { id: 'paste', text: oneOf(random, pastes) };
  return pressOf(String.fromCodePoint(random() < 0.95 ? 33 + Math.floor(random() * 94) : 0x3041 + Math.floor(random() * 80)));
}

function pressOf(id: string): Press {
  if (id === 'text') return { id: 'a', text: 'a' };
  if (id === 'paste') return { id, text: 'pasted' };
  return [...id].length === 1 ? { id, text: id } : { id, ...(id === 'space' ? { text: ' ' } : {}) };
}

/** A size from far too small to very large. */
export function anySize(random: () => number): Size {
  return { columns: 20 + Math.floor(random() * 180), rows: 6 + Math.floor(random() * 60) };
}

/** Fails where a screen is wider or higher than the terminal, or its cursor is outside. */
export function expectToFit(frame: Frame, { columns, rows }: Size, where: () => string): void {
  if (frame.lines.length > rows) expect.fail(`${where()}: ${frame.lines.length} rows in ${rows}`);
  for (const row of frame.lines)
    if (lineWidth(row) > columns) expect.fail(`${where()}: wider than ${columns}: ${row.map(({ text }) => text).join('')}`);
  const { cursor } = frame;
  if (cursor && (cursor.x < 0 || cursor.x >= columns || cursor.y < 0 || cursor.y >= rows))
    expect.fail(`${where()}: the cursor is at ${cursor.x},${cursor.y} in ${columns}x${rows}`);
}
