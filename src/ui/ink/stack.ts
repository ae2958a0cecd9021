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

/** Stacks parts in order; where the height is short, what matters least is cut or goes. */
export function stack(parts: readonly Part[], height: number): Stacked {
  const given = new Map<Part, { rows: number; gap: boolean }>();
  let room = height;
  for (const part of [...parts].sort((a, b) => a.rank - b.rank)) {
    if (part.rows.length === 0) continue;
    const gap = part.gap === true && part.rank > 0 ? 1 : 0;
    const rows = part.rows.length + gap <= room ? part.rows.length : part.mayBeCut || part.rank === 0 ? Math.max(0, room - gap) : 0;
    if (rows === 0) continue;
    given.set(part, { rows, gap: gap === 1 });
    room -= rows + gap;
  }
  for (const part of parts) {
    const share = given.get(part);
    if (share && part.gap && part.rank === 0 && room > 0) {
      given.set(part, { ...share, gap: true });
      room--;
    }
  }
  return put(parts, given);
}

function put(parts: readonly Part[], given: ReadonlyMap<Part, { rows: number; gap: boolean }>): Stacked {
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
