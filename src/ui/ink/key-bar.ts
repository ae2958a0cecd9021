import { platform } from 'node:os';
import { asciiKey } from '../ascii.ts';
import type { Size } from './frame.ts';
import type { Binding } from './keys.ts';
import { type Line, type Span, widthOf } from './text.ts';

/** How wide the bar is, and whether keys are named in ASCII. */
type BarSize = Pick<Size, 'columns' | 'ascii'>;
type Shown = Pick<Binding<never, never>, 'glyph' | 'does' | 'weight'>;

/** The bar at the foot of the screen: the keys that work now, the dispensable ones left out where it is narrow. */
export function keyBar(bindings: readonly Shown[], { columns: width, ascii = false }: BarSize, most: number): Line[] {
  const inBar = bindings.filter((one) => one.weight !== undefined).map((one) => (ascii ? { ...one, glyph: asciiKey(one.glyph) } : one));
  const byWeight = [...inBar].sort((a, b) => (a.weight ?? 0) - (b.weight ?? 0));
  let kept: readonly Shown[] = [];
  for (const one of byWeight) {
    const wanted = inBar.filter((other) => other === one || kept.includes(other));
    if (rowsOf(wanted, width).length <= most) kept = wanted;
  }
  return rowsOf(kept, width);
}

function rowsOf(bindings: readonly Shown[], width: number): Line[] {
  const rows: Span[][] = [];
  let used = 0;
  for (const { glyph, does } of bindings) {
    const size = widthOf(glyph) + 1 + widthOf(does);
    const row = rows[rows.length - 1];
    if (row && used + 2 + size <= width) {
      row.push({ text: '  ' }, { text: glyph, tone: 'accent' }, { text: ` ${does}`, tone: 'dim' });
      used += 2 + size;
    } else {
      rows.push([{ text: ' ' }, { text: glyph, tone: 'accent' }, { text: ` ${does}`, tone: 'dim' }]);
      used = 1 + size;
    }
  }
  return rows;
}

/** The keys that every screen has; Windows has no job control. */
const everywhere: readonly Shown[] = [
  { glyph: 'ctrl+l', does: 'paint the screen anew' },
  ...(platform() === 'win32' ? [] : [{ glyph: 'ctrl+z', does: 'to the shell; fg comes back' }]),
];

/** All keys of a screen, one a row, for the help. */
export function keyList(own: readonly Shown[]): Line[] {
  const bindings = [...own, ...everywhere];
  const size = Math.max(...bindings.map(({ glyph }) => widthOf(glyph)), 0);
  return bindings.map(({ glyph, does }) => [{ text: `  ${glyph}${' '.repeat(size - widthOf(glyph))}  `, tone: 'accent' }, { text: does }]);
}
