import type { Line } from './text.ts';

/** A part of a column: parts with a low rank get room first, and rank 0 always. */
export interface Part {
  readonly rows: readonly Line[];
  readonly rank: number;
  /** A blank row stands before it when there is room. */
  readonly gap?: boolean;
  /** Its end may be cut off; otherwise it is shown whole or not at all. */
  readonly mayBeCut?: boolean;
  readonly name?: string;
}

/** What of a column fits into a height: its rows, and at which row each named part begins. */
export interface Stacked {
  readonly rows: readonly Line[];
  readonly at: Readonly<Record<string, number>>;
}

interface Share {
  readonly rows: number;
  readonly gap: boolean;
}

/** Stacks parts in order; where the height is short, what matters least is cut or goes. */
export function stack(parts: readonly Part[], height: number): Stacked {
  const given = new Map<Part, Share>();
  let room = height;
  for (const part of [...parts].sort((a, b) => a.rank - b.rank)) {
    const share = shareOf(part, room);
    if (share.rows > 0) given.set(part, share);
    room -= share.rows + (share.gap ? 1 : 0);
  }
  // What is always there gets its blank rows last, out of what is left.
  for (const [part, share] of given) {
    if (!part.gap || share.gap || room < 1) continue;
    given.set(part, { ...share, gap: true });
    room--;
  }
  return put(parts, given);
}

function shareOf(part: Part, room: number): Share {
  const gap = part.gap === true && part.rank > 0;
  const left = room - (gap ? 1 : 0);
  if (part.rows.length <= left) return { rows: part.rows.length, gap: gap && part.rows.length > 0 };
  const rows = part.mayBeCut || part.rank === 0 ? Math.max(0, left) : 0;
  return { rows, gap: gap && rows > 0 };
}

function put(parts: readonly Part[], given: ReadonlyMap<Part, Share>): Stacked {
  const rows: Line[] = [];
  const at: Record<string, number> = {};
  for (const part of parts) {
    const share = given.get(part);
    if (!share) continue;
    if (share.gap && rows.length > 0) rows.push([]);
    if (part.name !== undefined) at[part.name] = rows.length;
    const cut = share.rows < part.rows.length;
    rows.push(...part.rows.slice(0, cut && share.rows > 1 && part.rank > 0 ? share.rows - 1 : share.rows));
    if (cut && share.rows > 1 && part.rank > 0) rows.push([{ text: '…', tone: 'dim' }]);
  }
  return { rows, at };
}
