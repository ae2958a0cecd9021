import { isTrue } from './expression.ts';
import type { Flow } from './picture.ts';
import { type Layout, type Piece, piecesNamed } from './picture-pieces.ts';
import { type EachRow, eachRows, sayIn, type World } from './resources.ts';
import type { FlowRule } from './schema-picture.ts';

/** What may talk to what, by the box that it leaves or enters; rules about one end become one flow, for the first reason. */
export function flowsOf(world: World, layout: Layout): ReadonlyMap<Piece, readonly Flow[]> {
  const { situation } = world;
  const found = new Map<Piece, Flow[]>();
  const rules = situation.catalog.topics
    .filter((topic) => situation.applies(topic))
    .flatMap(({ picture }) => picture?.flows ?? [])
    .filter(({ when }) => when === undefined || isTrue(situation.settle(when) ?? null));
  for (const rule of rules) {
    const flows = rowsOf(world, rule).map((each) => flowOf(world, rule, each));
    for (const box of boxesOf(layout, rule)) found.set(box, [...(found.get(box) ?? []), ...flows]);
  }
  return new Map([...found].map(([box, flows]) => [box, inOrder(joined(flows))]));
}

function rowsOf({ situation }: World, { each }: FlowRule): readonly (EachRow | undefined)[] {
  return each === undefined ? [undefined] : (eachRows(situation, each) ?? []);
}

/** The boxes that a rule is about: those that it names, and those that hold what it names. */
function boxesOf({ pieces, holders }: Layout, { of }: FlowRule): ReadonlySet<Piece> {
  const named = of.flatMap((id) => piecesNamed(pieces, id));
  return new Set(named.flatMap((one) => (one.shape === 'box' || holders.get(one)?.length === 0 ? [one] : (holders.get(one) ?? []))));
}

function flowOf(world: World, { way, denied, who, on, why }: FlowRule, each: EachRow | undefined): Flow {
  const text = (template: string | undefined) => (template === undefined ? '' : sayIn(world, template, each).trim());
  return { way, denied: denied ?? false, who: text(who), ports: text(on), why: text(why) };
}

function joined(flows: readonly Flow[]): Flow[] {
  const byEnd = new Map<string, Flow>();
  for (const flow of flows) {
    const end = JSON.stringify([flow.way, flow.denied, flow.who]);
    const known = byEnd.get(end);
    byEnd.set(end, known ? { ...known, ports: both(known.ports, flow.ports), why: known.why || flow.why } : flow);
  }
  return [...byEnd.values()];
}

function both(one: string, other: string): string {
  return [...new Set([one, other].filter((text) => text !== ''))].join(', ');
}

/** What comes in first, then what goes out, and what is denied last. */
function inOrder(flows: readonly Flow[]): Flow[] {
  const rank = ({ way, denied }: Flow) => (denied ? 2 : way === 'in' ? 0 : 1);
  return flows.toSorted((a, b) => rank(a) - rank(b));
}
