import type { Offered } from './answers.ts';
import type { Reading } from './asks.ts';
import { defaultOf } from './defaults.ts';
import { type Entry, entriesFor } from './entries.ts';
import { isTrue } from './expression.ts';
import type { Move } from './interview.ts';
import { type Json, sameJson } from './json.ts';
import { messages } from './messages.ts';
import { eachScope, type World } from './resources.ts';
import type { Live } from './schema-live.ts';
import type { Asked, Situation } from './situation.ts';
import { say } from './situation.ts';
import { type Ref, refOf } from './verify/sources.ts';

/** What was read of a subscription so far, by the key of what was wanted; what is not in it is still on its way. */
export type Inventory = ReadonlyMap<string, Reading>;

/** A look at Azure that choices come from. */
export interface Wanted {
  readonly key: string;
  readonly ref: Ref;
  /** The subscription that it is about; absent for what is asked across all that the sign-in sees. */
  readonly subscription?: string;
  /** Where Resource Manager of the cloud is. */
  readonly endpoint: string;
}

/** What Azure has to offer at a question. */
export interface Offer {
  readonly state: 'waiting' | 'there' | 'none';
  /** Why there is no list, or not a whole one, and what mends it. */
  readonly why?: string;
  readonly entries: readonly Entry[];
  /** Nothing of the list is missing. */
  readonly whole?: true;
  /** When it was read, ISO 8601; of several looks the oldest. */
  readonly at?: string;
}

/** The looks that the choices of these questions come from, those of the first question first; nothing that waits for an answer. */
export function wantedFor(situation: Situation, asked: readonly Asked[]): Wanted[] {
  const all = asked.flatMap((one) => {
    const { live } = one.question;
    return live && applies(situation, live) !== false ? looksOf(situation, live).map(([, wanted]) => wanted) : [];
  });
  return [...new Map(all.flatMap((wanted) => (wanted ? [[wanted.key, wanted] as const] : []))).values()];
}

/** What Azure offers at a question; undefined where it offers nothing, or waits for an earlier answer. */
export function offerOf(situation: Situation, asked: Asked, inventory: Inventory | undefined): Offer | undefined {
  const { live } = asked.question;
  if (!inventory || !live || applies(situation, live) !== true) return undefined;
  const [first, ...others] = looksOf(situation, live);
  const [, main] = first ?? [];
  if (!main) return undefined;
  const reading = inventory.get(main.key);
  const more = others.map(([name, wanted]) => [name, wanted && inventory.get(wanted.key), wanted] as const);
  if (!reading || more.some(([, one, wanted]) => wanted && !one)) return { state: 'waiting', entries: [] };
  if (!reading.ok && reading.value === undefined) return { state: 'none', why: messages.noList(reading), entries: [], at: reading.at };
  const readings = [reading, ...more.flatMap(([, one]) => one ?? [])];
  const before = made.get(reading);
  if (before?.situation === situation && before.asked === asked && readings.every((one, index) => one === before.readings[index]))
    return before.offer;
  const also = Object.fromEntries(more.map(([name, one]): [string, Json] => [name, one?.ok ? one.value : null]));
  const at = readings.map((one) => one.at).toSorted()[0] ?? reading.at;
  const offer = offered(situation, asked, live, reading, also, at);
  made.set(reading, { situation, asked, readings, offer });
  return offer;
}

/** The last offer of each reading: something else that comes in meanwhile makes no long list anew. */
const made = new WeakMap<Reading, Made>();

interface Made {
  readonly situation: Situation;
  readonly asked: Asked;
  readonly readings: readonly Reading[];
  readonly offer: Offer;
}

function offered(
  situation: Situation,
  asked: Asked,
  live: Live,
  reading: Reading,
  also: Readonly<Record<string, Json>>,
  at: string,
): Offer {
  const entries = entriesFor(situation, asked, live, reading.value ?? null, also);
  const whole = reading.ok ? { whole: true as const } : { why: messages.noWholeList(reading) };
  if (entries === undefined) return { state: 'none', why: messages.oddList, entries: [], at };
  return entries.length > 0
    ? { state: 'there', entries, at, ...whole }
    : { state: 'none', why: say(situation, live.nothing), entries, at, ...whole };
}

/** Whether a question is one for which things are looked up; undefined while that is open. */
function applies(situation: Situation, { when }: Live): boolean | undefined {
  const value = when === undefined ? true : situation.settle(when);
  return value === undefined ? undefined : isTrue(value);
}

/** The looks of a question by name, its own first; undefined for one that waits for an answer. */
function looksOf(situation: Situation, live: Live): (readonly [string, Wanted | undefined])[] {
  const names: (readonly [string, string])[] = [['read', live.read], ...Object.entries(live.also ?? {})];
  return names.map(([name, read]) => [name, wantedNamed(situation, read)]);
}

const known = new WeakMap<Situation, Map<string, Wanted | undefined>>();

function wantedNamed(situation: Situation, read: string): Wanted | undefined {
  const looked = known.get(situation) ?? new Map<string, Wanted | undefined>();
  known.set(situation, looked);
  if (!looked.has(read)) looked.set(read, madeWanted(situation, read));
  return looked.get(read);
}

function madeWanted(situation: Situation, read: string): Wanted | undefined {
  const ref = refOf(withoutResources(situation), read, undefined);
  const { azure } = situation.catalog.manifest;
  if (!ref || !azure) return undefined;
  const subscription = situation.settle(azure.subscription);
  const endpoint = String(situation.settle(azure.endpoint) ?? azure.usually ?? '');
  const own = typeof subscription === 'string' && ref.key.includes(subscription);
  return { key: `${endpoint} ${ref.key}`, ref, endpoint, ...(own ? { subscription } : {}) };
}

/** Choices are looked up before there is a plan: their reads see answers, values and tables. */
function withoutResources(situation: Situation): World {
  return {
    situation,
    instances: [],
    of: () => [],
    settle: (expression, each) => situation.settle(expression, eachScope(each)),
    resolve: (expression, each) => {
      const value = situation.settle(expression, eachScope(each));
      return value === undefined ? { missing: expression } : { value };
    },
  };
}

/** The move that answers a question with something that exists. */
export function answerOf(
  { key, live }: { readonly key: string; readonly live?: Offer },
  { value, fills }: Entry,
): Extract<Move, { type: 'answer' }> {
  return { type: 'answer', key, value, from: 'azure', fills, ...(live?.at === undefined ? {} : { at: live.at }) };
}

/** What exists and alone fits, where nothing else is proposed: of a whole list, so that nothing that was not read fits too. */
export function onlyFit(situation: Situation, asked: Asked, offer: Offer | undefined): Entry | undefined {
  if (asked.question.kind === 'choice' || offer?.state !== 'there' || !offer.whole || defaultOf(situation, asked) !== undefined)
    return undefined;
  const [only, ...others] = offer.entries.filter(({ refused }) => refused === undefined);
  return others.length === 0 ? only : undefined;
}

/** The choices of a question with what Azure says about them: those that are there come first. */
export function choicesWith(choices: readonly Offered[], { entries }: Offer): readonly Offered[] {
  const there = entries.flatMap((entry) => {
    const choice = choices.find(({ value }) => sameJson(value, entry.value));
    return choice && choice.refused === undefined
      ? [{ ...choice, hint: entry.hint || choice.hint, ...(entry.refused ? { refused: entry.refused } : {}) }]
      : [];
  });
  return [...there, ...choices.filter(({ value }) => !there.some((one) => sameJson(one.value, value)))];
}

/** What a conversation reads of Azure while it goes on; nothing of it is waited for. */
export interface LiveInventory {
  /** What came so far. */
  readonly readings: () => Inventory;
  /** Begins to read what is not there and not under way; `fresh` reads what is there once more. Ends when all of it came. */
  readonly want: (wanted: readonly Wanted[], options?: { readonly fresh?: boolean }) => Promise<void>;
  /** Tells when something came, until the returned function is called. */
  readonly changed: (heard: () => void) => () => void;
  /** All of it is made up. */
  readonly sample?: boolean;
}
