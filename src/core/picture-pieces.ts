import { isTrue } from './expression.ts';
import { type EachRow, eachRows, type Instance, sayIn, type World } from './resources.ts';
import { wordText } from './words.ts';

/** Something that is drawn, before it is known what stands in what. */
export interface Piece {
  readonly key: string;
  /** Its id in the catalog, and those of other resources that are the same thing. */
  readonly ids: Set<string>;
  readonly shape: 'box' | 'inside' | 'line';
  readonly label: string;
  readonly notes: readonly string[];
  readonly in: string | undefined;
  readonly each: EachRow | undefined;
  readonly instance?: Instance;
}

/** What is drawn, and the boxes that each piece stands in. */
export interface Layout {
  readonly pieces: readonly Piece[];
  readonly holders: ReadonlyMap<Piece, readonly Piece[]>;
}

/** Everything that is drawn, as far as it is known: resources, and things of the catalog that are none. */
export function piecesOf(world: World): Piece[] {
  return [...resourcePieces(world), ...thingPieces(world)];
}

/** The pieces that an id of the catalog names: of those that repeat like something else, the one of its row. */
export function piecesNamed(pieces: readonly Piece[], id: string, each?: EachRow): readonly Piece[] {
  const found = pieces.filter(({ ids }) => ids.has(id));
  const same = each && found.filter((one) => one.each?.index === each.index);
  return same && same.length > 0 ? same : found;
}

function resourcePieces(world: World): Piece[] {
  const byId = new Map<string, Piece>();
  for (const instance of world.instances) {
    const { kind, resource, each, key } = instance;
    if (!kind.draw || kind.draw === 'none') continue;
    const text = identityOf(instance);
    const known = byId.get(text);
    if (known) {
      known.ids.add(resource.id);
      continue;
    }
    const { picture } = resource;
    byId.set(text, {
      key,
      ids: new Set([resource.id]),
      shape: kind.draw,
      label: sayIn(world, picture?.name ?? resource.what, each, instance),
      notes: notesOf(world, picture?.notes, each, instance),
      in: picture?.in,
      each,
      instance,
    });
  }
  return [...byId.values()];
}

/** What tells whether two resources are one thing: the id, or what it will be made of while that is not known. */
function identityOf({ id, resource, each }: Instance): string {
  const { kind, parent = '', name } = resource;
  return wordText(id)?.toLowerCase() ?? JSON.stringify([kind, parent, name, each?.index]);
}

/** Things that are no resources, such as a network that the service manages itself. */
function thingPieces(world: World): Piece[] {
  const { situation } = world;
  const things = situation.catalog.topics
    .filter((topic) => situation.applies(topic))
    .flatMap(({ picture }) => picture?.things ?? [])
    .filter(({ when }) => when === undefined || isTrue(situation.settle(when) ?? null));
  return things.flatMap((thing) => {
    const rows = thing.each === undefined ? [undefined] : (eachRows(situation, thing.each) ?? []);
    return rows.map(
      (each): Piece => ({
        key: each ? `${thing.id}/${each.index}` : thing.id,
        ids: new Set([thing.id]),
        shape: thing.draw,
        label: sayIn(world, thing.what, each),
        notes: notesOf(world, thing.notes, each),
        in: thing.in,
        each,
      }),
    );
  });
}

function notesOf(world: World, notes: readonly string[] | undefined, each: EachRow | undefined, self?: Instance): string[] {
  return (notes ?? []).map((note) => sayIn(world, note, each, self).trim()).filter((note) => note !== '' && !note.includes('…'));
}
