import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject, type Json, type JsonObject, sameJson } from '../../src/core/json.ts';
import { restoring } from '../../src/core/run/restore.ts';

/** What Azure may hold at a place; lists count as one value. */
const leaf = fc.oneof(fc.constant(undefined), fc.integer({ min: 0, max: 3 }), fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }));
type Leaf = number | number[] | undefined;
type Leaves = Readonly<Record<string, Leaf>>;
/** Places with the keys on their way; one key holds dots. */
const places = [
  'sku.name',
  'tags.a b',
  'properties.x',
  'properties.y',
  'properties.deep.one',
  'properties.deep.two.three',
  'properties.list',
];
const leaves: fc.Arbitrary<Leaves> = fc.record(Object.fromEntries(places.map((place) => [place, leaf])));

function bodyOf(of: Leaves, writes: number): Json {
  const body: JsonObject = { id: '/a/b', name: 'b', type: 'A/b', etag: `W/"${writes}"`, properties: { provisioningState: 'Succeeded' } };
  for (const [place, value] of Object.entries(of)) {
    if (value === undefined) continue;
    const keys = place.split('.');
    const holder = keys.slice(0, -1).reduce<JsonObject>((at, key) => {
      at[key] = isObject(at[key]) ? at[key] : {};
      return at[key] as JsonObject;
    }, body);
    holder[keys.at(-1) ?? ''] = value;
  }
  return body;
}

function leafAt(body: Json, place: string): Json {
  return place.split('.').reduce<Json>((at, key) => (isObject(at) ? (at[key] ?? null) : null), body);
}

const same = (one: Leaf | Json, other: Leaf | Json): boolean => sameJson((one ?? null) as Json, (other ?? null) as Json);

function expectLeaves(body: Json, wanted: (place: string) => Leaf): void {
  for (const place of places) expect(leafAt(body, place), place).toEqual(wanted(place) ?? null);
}

/** What an object of Azure is after a body was written: what it tells by itself comes back. */
function written(body: Json): Json {
  return { ...(body as JsonObject), id: '/a/b', name: 'b', type: 'A/b', etag: 'W/"9"' };
}

describe('restoring', () => {
  it('writes back what was there when nobody changed anything since', () => {
    fc.assert(
      fc.property(leaves, leaves, (before, after) => {
        const back = restoring(bodyOf(before, 1), bodyOf(after, 2), bodyOf(after, 2));
        const changed = places.some((place) => !same(before[place], after[place]));
        expect(back.state).toBe(changed ? 'write' : 'right');
        if (back.state !== 'write') return;
        expectLeaves(back.body, (place) => before[place]);
        expect(back.body).not.toHaveProperty('etag');
        expect(back.body).not.toHaveProperty('properties.provisioningState');
        expect(restoring(bodyOf(before, 1), bodyOf(after, 2), written(back.body)).state).toBe('right');
      }),
    );
  });

  it('lets foreign changes elsewhere stand, and calls those at the same place a conflict', () => {
    fc.assert(
      fc.property(leaves, leaves, leaves, (before, after, now) => {
        const ours = places.filter((place) => !same(before[place], after[place]));
        const open = ours.filter((place) => !same(now[place], before[place]));
        const foreign = open.filter((place) => !same(now[place], after[place]));
        const back = restoring(bodyOf(before, 1), bodyOf(after, 2), bodyOf(now, 3));
        expect(back.state).toBe(foreign.length > 0 ? 'conflict' : open.length > 0 ? 'write' : 'right');
        if (back.state === 'write') expectLeaves(back.body, (place) => (ours.includes(place) ? before[place] : now[place]));
      }),
    );
  });

  it('stops where nobody knows what the update made of it', () => {
    fc.assert(
      fc.property(leaves, leaves, (before, now) => {
        const changed = places.some((place) => !same(before[place], now[place]));
        expect(restoring(bodyOf(before, 1), undefined, bodyOf(now, 2)).state).toBe(changed ? 'conflict' : 'right');
      }),
    );
  });
});
