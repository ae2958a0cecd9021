import { isTrue } from './expression.ts';
import { type EachRow, eachRows, eachScope, type Instance, sayIn, type World } from './resources.ts';
import type { Check, Item } from './schema-checks.ts';
import { type Situation, say } from './situation.ts';

/**
 * met: the answers make it true · contradicted: they make it false · verify: Azure decides, afterwards · by hand: a person looks ·
 * open: waits for an answer.
 */
export type ItemState = 'met' | 'contradicted' | 'verify' | 'by hand' | 'open';

/** A line of the checklist as it stands now. */
export interface ChecklistLine {
  readonly id: string;
  readonly topic: string;
  readonly label: string;
  readonly says: string;
  readonly state: ItemState;
  readonly severity: Item['severity'];
  readonly facts: readonly string[];
  readonly manual?: string;
  readonly item: Item;
  readonly each?: EachRow;
}

/** The checklist: every item that applies, in the order of the topics; those about this computer alone only where they are wanted. */
export function checklistOf(situation: Situation, { local = false } = {}): ChecklistLine[] {
  return situation.catalog.topics
    .filter((topic) => situation.applies(topic))
    .flatMap((topic) =>
      (topic.items ?? []).filter((item) => local || !item.local).flatMap((item) => linesOf(situation, topic.topic, item)),
    );
}

function linesOf(situation: Situation, topic: string, item: Item): ChecklistLine[] {
  if (item.when !== undefined && !isTrue(situation.settle(item.when) ?? null)) return [];
  const rows = item.each === undefined ? [undefined] : (eachRows(situation, item.each) ?? []);
  return rows.map((each) => {
    const extra = eachScope(each);
    const first = situation.catalog.facts[item.facts[0] ?? '']?.says ?? item.label;
    return {
      id: each ? `${item.id}.${each.index}` : item.id,
      topic,
      label: say(situation, item.label, extra),
      says: item.says ? say(situation, item.says, extra) : first,
      state: stateOf(situation, item, each),
      severity: item.severity,
      facts: [...new Set([...item.facts, ...rowFacts(each)])],
      ...(item.manual ? { manual: say(situation, item.manual, extra) } : {}),
      item,
      ...(each ? { each } : {}),
    };
  });
}

/** Rows of tables may bring facts of their own. */
export function rowFacts(each: EachRow | undefined): string[] {
  const facts = (each?.row as { facts?: unknown } | null | undefined)?.facts;
  return Array.isArray(facts) ? facts.map(String) : [];
}

function stateOf(situation: Situation, item: Item, each: EachRow | undefined): ItemState {
  if (item.must !== undefined) {
    const holds = situation.settle(item.must, eachScope(each));
    if (holds === undefined) return 'open';
    return isTrue(holds) ? 'met' : 'contradicted';
  }
  return item.check ? 'verify' : 'by hand';
}

/** The path of a check, or whether an answer `tells` anything: with what its topic lets names stand for, and its values filled in. */
export function checkedPath(world: World, path: string, line: Pick<ChecklistLine, 'each' | 'topic'>, self: Instance | undefined): string {
  const { lets = {} } = world.situation.catalog.topics.find(({ topic }) => topic === line.topic) ?? {};
  const text = boundPath(path, lets);
  return text.includes('${') ? sayIn(world, text, line.each, self) : text;
}

/** A path with the entries that it names bound before it, each after those that it names itself. */
export function boundPath(path: string, lets: Readonly<Record<string, string>>): string {
  const named = Object.entries(lets).filter(([name]) => new RegExp(`\\$${name}\\b`).test(path));
  return named.reduce((text, [name, value]) => `let $${name} = (${boundPath(value, withoutKey(lets, name))}) in ${text}`, path);
}

function withoutKey<T>(from: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _, ...rest } = from;
  return rest;
}

/** What a check expects, in words. */
export function expectationOf(world: World, check: Check, line: Pick<ChecklistLine, 'each'>, self: Instance | undefined): string {
  const fill = (text: string) => sayIn(world, text, line.each, self);
  if (check.includes !== undefined) return `holds ${fill(check.includes)}`;
  if (check.at_least !== undefined) return `${fill(check.at_least)} or more`;
  if (check.at_most !== undefined) return `${fill(check.at_most)} or less`;
  if (check.equals === undefined) return 'true';
  return typeof check.equals === 'string' ? fill(check.equals) : JSON.stringify(check.equals ?? null);
}
