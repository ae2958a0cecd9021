import type { Reading, Why } from '../asks.ts';
import { evaluate, isTrue } from '../expression.ts';
import { type ChecklistLine, checkedPath, expectationOf } from '../items.ts';
import { isObject, type Json } from '../json.ts';
import type { Instance, World } from '../resources.ts';
import { sayIn } from '../resources.ts';
import type { Check } from '../schema-checks.ts';
import { textOf } from '../words.ts';
import { instanceOf, type Ref, refOf } from './sources.ts';

/** pass · fail · unknown: nobody could tell · by hand: a person has to look. Unknown is never a pass. */
export type Verdict = 'pass' | 'fail' | 'unknown' | 'by hand';

/** What became of one item of the checklist. */
export interface Finding {
  readonly id: string;
  readonly topic: string;
  readonly label: string;
  readonly says: string;
  readonly severity: 'high' | 'medium' | 'low';
  readonly facts: readonly string[];
  readonly verdict: Verdict;
  /** Who decided: Azure, the Kubernetes cluster, this computer, the answers alone, or a person. */
  readonly by: 'azure' | 'cluster' | 'computer' | 'answers' | 'hand';
  /** What was found and what was expected, of a check that was made. */
  readonly found?: string;
  readonly expected?: string;
  /** Why nobody could tell, or what a person has to look at. */
  readonly why?: string;
  /** The same without the thing that was looked at, so that what has one cause can be told once. */
  readonly reason?: string;
  /** What was looked at, in a few words, and its Resource Manager id. */
  readonly what?: string;
  readonly resource?: string;
  /** When it was read or looked at, ISO 8601. */
  readonly at?: string;
}

/** An item with all that its check reads; without a check, or without anything to read, it has no `main`. */
export interface PlannedItem {
  readonly line: ChecklistLine;
  readonly check?: Check;
  readonly self?: Instance;
  readonly main?: Ref;
  readonly also: Readonly<Record<string, Ref>>;
}

/** The items of a checklist with what they read, in its order. */
export function plannedItems(world: World, lines: readonly ChecklistLine[]): PlannedItem[] {
  return lines.map((line) => {
    const { check } = line.item;
    if (!check) return { line, also: {} };
    const main = refOf(world, check.read, line.each);
    const self = instanceOf(world, check.read, line.each);
    const also = Object.entries(check.also ?? {}).flatMap(([name, read]) => {
      const ref = refOf(world, read, line.each);
      return ref ? [[name, ref] as const] : [];
    });
    return { line, check, ...(main ? { main } : {}), ...(self ? { self } : {}), also: Object.fromEntries(also) };
  });
}

/** Something to be looked at: what it reads, and what follows from that. */
export interface Look {
  readonly id: string;
  readonly refs: readonly Ref[];
  readonly judge: (readings: ReadonlyMap<string, Reading>) => Finding;
}

/** The looks at planned items. */
export function itemLooks(world: World, items: readonly PlannedItem[]): Look[] {
  return items.map((item) => ({ id: item.line.id, refs: refsOf(item), judge: (readings) => findingOf(world, item, readings) }));
}

/** Everything that an item reads. */
export function refsOf({ main, also }: PlannedItem): Ref[] {
  return main ? [main, ...Object.values(also)] : [];
}

/** Judges an item by what was read; a check whose reading is missing is unknown. */
export function findingOf(world: World, item: PlannedItem, readings: ReadonlyMap<string, Reading>): Finding {
  const { line, check, main } = item;
  const { id, topic, label, says, severity, facts } = line;
  const common = { id, topic, label, says, severity, facts };
  if (!check) return { ...common, ...withoutCheck(line) };
  if (!main) return { ...common, by: 'azure', verdict: 'unknown', why: 'What it reads is not part of these answers.' };
  const { source } = main;
  const by = source.type === 'computer' ? 'computer' : source.type === 'command' ? (source.cluster ? 'cluster' : 'computer') : 'azure';
  const place = { by, what: main.what, ...(source.type === 'resource' ? { resource: source.id } : {}) } as const;
  return { ...common, ...place, ...judged(world, item, check, main, readings) };
}

function withoutCheck({ state, manual, says }: ChecklistLine): Pick<Finding, 'verdict' | 'by' | 'why'> {
  if (state === 'met') return { verdict: 'pass', by: 'answers' };
  if (state === 'contradicted') return { verdict: 'fail', by: 'answers', why: says };
  if (state === 'open') return { verdict: 'unknown', by: 'answers', why: 'It waits for an answer.' };
  return { verdict: 'by hand', by: 'hand', why: manual ?? says };
}

type Judged = Pick<Finding, 'verdict' | 'found' | 'expected' | 'why' | 'reason' | 'at'> & Partial<Pick<Finding, 'by'>>;

function judged(world: World, item: PlannedItem, check: Check, main: Ref, readings: ReadonlyMap<string, Reading>): Judged {
  const expected = expectationOf(world, check, item.line, item.self);
  const reading = readings.get(main.key);
  if (!reading) return { verdict: 'unknown', why: 'It was not read.' };
  const { at } = reading;
  if (!reading.ok) return withoutAnswer(reading, check, main, expected);
  const also = Object.entries(item.also).map(([name, ref]) => [name, ref, readings.get(ref.key)] as const);
  const gap = also.find(([, , one]) => !one?.ok && !(one && one.why === 'absent'));
  if (gap) return { verdict: 'unknown', ...gapOf(gap[2], gap[1]), expected, at };
  try {
    const more = Object.fromEntries(also.map(([name, , one]) => [name, one?.ok ? one.value : null]));
    if (!tells(world, item, check, reading.value, more))
      return { verdict: 'by hand', by: 'hand', why: item.line.manual ?? item.line.says, at };
    const { holds, found } = evaluated(world, item, check, reading.value, more);
    return { verdict: holds ? 'pass' : 'fail', found: shownValue(found), expected, at };
  } catch (cause) {
    return {
      verdict: 'unknown',
      why: `${main.what}: the answer has an unexpected form. ${faultOf(cause)}`,
      expected,
      at,
    };
  }
}

/** What is wrong with an answer, without the expression that stumbled over it, which may be long. */
function faultOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message : String(inner);
}

/** Evaluates the path of a check over an answer and compares; throws when the answer has a form that the path cannot take. */
export function evaluated(
  world: World,
  { line, self }: Pick<PlannedItem, 'line' | 'self'>,
  check: Check,
  answer: Json,
  also: Readonly<Record<string, Json>>,
): { readonly holds: boolean; readonly found: Json } {
  const found = evaluate(checkedPath(world, check.path, line, self), scopeOf(answer, also));
  return { found, holds: holds(check, found, (text) => sayIn(world, text, line.each, self)) };
}

/** Whether an answer decides anything: a firewall of somebody else, say, cannot be read from Azure. */
function tells(
  world: World,
  { line, self }: PlannedItem,
  { tells: when }: Check,
  answer: Json,
  also: Readonly<Record<string, Json>>,
): boolean {
  return when === undefined || isTrue(evaluate(checkedPath(world, when, line, self), scopeOf(answer, also)));
}

/** What a path sees: the answer, with what else was read as `also`. */
function scopeOf(answer: Json, also: Readonly<Record<string, Json>>): Json {
  if (Object.keys(also).length === 0) return answer;
  return isObject(answer) ? { ...answer, also } : { value: answer, also };
}

function holds(check: Check, found: Json, fill: (text: string) => string): boolean {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  if (check.includes !== undefined) {
    const wanted = fill(check.includes);
    return Array.isArray(found) && (found as Json[]).some((one) => one !== null && same(textOf(one), wanted));
  }
  if (check.at_least !== undefined) return reaches(found, fill(check.at_least));
  if (check.at_most !== undefined) return numberOf(found) <= Number(fill(check.at_most));
  if (check.equals === undefined) return isTrue(found);
  const wanted = typeof check.equals === 'string' ? fill(check.equals) : textOf((check.equals ?? null) as Json);
  return same(found === null && wanted !== 'null' ? '' : textOf(found), wanted);
}

/** Versions of three parts are compared part by part; what is not there reaches none. */
function reaches(found: Json, least: string): boolean {
  if (!/^\d+\.\d+\.\d+$/.test(least)) return numberOf(found) >= Number(least);
  if (found === null) return false;
  const parts = /^v?(\d+(?:\.\d+)*)/.exec(textOf(found))?.[1];
  if (parts === undefined) throw new Error(`A version was expected and ${shownValue(found)} was found.`);
  return parts.localeCompare(least, 'en', { numeric: true }) >= 0;
}

function numberOf(value: Json): number {
  if (typeof value !== 'number') throw new Error(`A number was expected and ${shownValue(value)} was found.`);
  return value;
}

function withoutAnswer(reading: Extract<Reading, { ok: false }>, check: Check, main: Ref, expected: string): Judged {
  const { at } = reading;
  const absent = check.absent ?? 'fail';
  if (reading.why !== 'absent' && check.unread?.includes(reading.why))
    return { verdict: 'fail', why: gapOf(reading, main).why, expected, at };
  if (reading.why !== 'absent' || absent === 'unknown') return { verdict: 'unknown', ...gapOf(reading, main), expected, at };
  return { verdict: absent, found: 'it does not exist', expected, at };
}

const gaps: Readonly<Record<Why, string>> = {
  absent: 'It does not exist.',
  forbidden: 'You may not read it.',
  'signed out': 'Nobody is signed in.',
  throttled: 'Azure refused further requests for now.',
  unreachable: 'Azure gave no answer.',
  partial: 'Part of the answer was lost.',
  refused: 'Azure refused the request.',
  'not installed': 'A program is missing.',
  'timed out': 'It took too long.',
  unexpected: 'Something unexpected came back.',
};

/** Why a reading is none, with what one would have to be allowed. */
export function gapOf(reading: Reading | undefined, ref: Ref): Required<Pick<Finding, 'why' | 'reason'>> {
  const reason = reasonOf(reading, ref);
  return { why: `${ref.what}: ${reason}`, reason };
}

function reasonOf(reading: Reading | undefined, { permissions }: Ref): string {
  if (!reading || reading.ok) return 'It was not read.';
  const needed = reading.why === 'forbidden' && permissions.length > 0 ? ` It takes ${permissions.join(', ')}.` : '';
  return `${gaps[reading.why]}${needed}${reading.message === '' ? '' : ` ${reading.message}`}`;
}

/** A value that was found, short enough for a line. */
export function shownValue(value: Json): string {
  if (value === null) return 'nothing';
  const text = Array.isArray(value) ? (value.length === 0 ? 'nothing' : (value as Json[]).map(textOf).join(', ')) : textOf(value);
  return text === '' ? 'nothing' : text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

/** How many of each verdict. */
export function countsOf(findings: readonly Finding[]): Readonly<Record<Verdict, number>> {
  const counts = { pass: 0, fail: 0, unknown: 0, 'by hand': 0 };
  for (const { verdict } of findings) counts[verdict] += 1;
  return counts;
}
