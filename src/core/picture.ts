import { flowsOf } from './picture-flows.ts';
import { type Layout, type Piece, piecesNamed, piecesOf } from './picture-pieces.ts';
import type { Instance, World } from './resources.ts';

/** What may talk to what: those in a box to `who`, or `who` to them. */
export interface Flow {
  readonly way: 'out' | 'in';
  readonly denied: boolean;
  /** Who is at the other end: a service tag, a host, or how many hosts. */
  readonly who: string;
  /** The ports, and the protocol where it matters; empty where nothing says them. */
  readonly ports: string;
  /** What for, in a few words; empty where nothing says it. */
  readonly why: string;
}

/** A thing of the picture with what stands in it and what it may talk to. */
export interface Drawn {
  readonly key: string;
  readonly label: string;
  readonly shape: 'box' | 'inside' | 'line';
  /** A few words each, such as a block of addresses, its size, a delegation. */
  readonly notes: readonly string[];
  readonly inner: readonly Drawn[];
  /** Keys of what it leads to, such as the account behind a private endpoint. */
  readonly links: readonly string[];
  readonly flows: readonly Flow[];
}

/** What is put into a box stands first in it, then what is connected to it. */
const order: Readonly<Record<Drawn['shape'], number>> = { inside: 0, line: 1, box: 2 };

/** The network as a tree, as far as it is known: boxes in boxes, and in each box what is put into it or connected to it. */
export function pictureOf(world: World): Drawn[] {
  const pieces = piecesOf(world);
  const holders = new Map(pieces.map((piece) => [piece, holdersOf(world, pieces, piece)]));
  const flows = flowsOf(world, { pieces, holders });
  const nodeOf = (piece: Piece): Drawn => ({
    key: piece.key,
    label: piece.label,
    shape: piece.shape,
    notes: piece.notes,
    inner: pieces
      .filter((other) => holders.get(other)?.includes(piece))
      .toSorted((a, b) => order[a.shape] - order[b.shape])
      .map(nodeOf),
    links: linksOf(pieces, holders, piece),
    flows: flows.get(piece) ?? [],
  });
  return pieces.filter((piece) => holders.get(piece)?.length === 0).map(nodeOf);
}

/** What a thing stands in: what the catalog says, what it joins, what its parent is, or who joins it. A line is connected to all of them. */
function holdersOf(world: World, pieces: readonly Piece[], piece: Piece, seen: readonly Instance[] = []): readonly Piece[] {
  const [named] = piece.in === undefined ? [] : piecesNamed(pieces, piece.in, piece.each);
  if (named && named !== piece) return [named];
  const { instance } = piece;
  if (!instance || seen.includes(instance)) return [];
  const { joins, parent } = instance.resource;
  const boxAt = (id: string | undefined) =>
    id === undefined ? undefined : piecesNamed(pieces, id, piece.each).find((one) => one !== piece && one.shape === 'box');
  // It is put into the first of them; the others it only needs.
  const joined = (joins ?? []).flatMap((id) => boxAt(id) ?? []).at(0);
  if (joined) return [joined];
  const above = boxAt(parent);
  if (above || piece.shape === 'box') return above ? [above] : [];
  const line = parent === undefined ? undefined : piecesNamed(pieces, parent, piece.each).find((one) => one !== piece);
  if (line) return holdersOf(world, pieces, line, [...seen, instance]);
  return joinersOf(world, pieces, piece, [...seen, instance]);
}

/** The boxes of whatever joins a thing, through what is not drawn; something that is put into a box is in one alone. */
function joinersOf(world: World, pieces: readonly Piece[], piece: Piece, seen: readonly Instance[]): readonly Piece[] {
  const joiners = world.instances.filter(({ resource }) => resource.joins?.some((id) => piece.ids.has(id)));
  const boxes = joiners.flatMap((joiner) => {
    const drawn = pieces.find(({ ids }) => ids.has(joiner.resource.id));
    if (drawn?.shape === 'box') return [drawn];
    const through = drawn ?? { ...piece, key: joiner.key, ids: new Set([joiner.resource.id]), in: undefined, instance: joiner };
    return holdersOf(world, pieces, through, seen);
  });
  return [...new Set(boxes)].slice(0, piece.shape === 'line' ? undefined : 1);
}

/** What a thing joins or leads to besides what it stands in; what is connected to it is drawn in it. */
function linksOf(pieces: readonly Piece[], holders: Layout['holders'], piece: Piece): string[] {
  const above = (one: Piece): readonly Piece[] => (holders.get(one) ?? []).flatMap((holder) => [holder, ...above(holder)]);
  const around = above(piece);
  const { joins = [], picture } = piece.instance?.resource ?? {};
  const joined = [...joins, ...(picture?.to ?? [])].flatMap((id) => piecesNamed(pieces, id, piece.each));
  return [...new Set(joined)]
    .filter((one) => one !== piece && one.shape !== 'line' && !around.includes(one) && !above(one).includes(piece))
    .map(({ key }) => key);
}
