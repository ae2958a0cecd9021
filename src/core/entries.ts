import { type Accepted, extraOf, type Offered } from './answers.ts';
import { evaluate, isTrue } from './expression.ts';
import { canonical, type Json, type JsonObject, sameJson } from './json.ts';
import { acceptWithId } from './pasted-id.ts';
import type { Live } from './schema-live.ts';
import { type Asked, type Situation, say } from './situation.ts';
import { textOf } from './words.ts';

/** Something that exists and that a question may be answered with; the value of a resource is its id. */
export interface Entry extends Offered {
  /** Answers of other questions that come with it. */
  readonly fills: Readonly<Record<string, Json>>;
  /** It is what the answers say now. */
  readonly current: boolean;
}

/** What a list of Azure offers at a question, what can be chosen first; undefined when the answer has another form than the catalog expects. */
export function entriesFor(
  situation: Situation,
  asked: Asked,
  live: Live,
  answer: Json,
  also: Readonly<Record<string, Json>>,
): Entry[] | undefined {
  const rows = new Rows(situation, { ...extraOf(situation, asked), also, read: answer });
  const list = listOf(rows, live);
  if (!list) return undefined;
  const entries = new Map<string, Entry>();
  for (const row of list) {
    const entry = entryOf(rows, asked, live, row);
    const key = entry && canonical([entry.value, entry.label, entry.hint]).toLowerCase();
    if (entry && key !== undefined && !entries.has(key)) entries.set(key, entry);
  }
  const all = [...entries.values()];
  return [...all.filter(({ refused }) => refused === undefined), ...all.filter(({ refused }) => refused !== undefined)];
}

/** The names that the expressions of one row see. */
type Names = JsonObject;

/** Evaluates expressions row after row; whether one waits for an answer is found out once, as a list may be long. */
class Rows {
  readonly situation: Situation;
  readonly #common: JsonObject;
  readonly #waits = new Map<string, boolean>();

  constructor(situation: Situation, common: JsonObject) {
    this.situation = situation;
    this.#common = common;
  }

  names(row?: Json): Names {
    return Object.assign(Object.create(this.situation.scope()) as JsonObject, this.#common, row === undefined ? {} : { row });
  }

  /** Undefined while it waits for an answer. */
  value(expression: string, names: Names): Json | undefined {
    const known = this.#waits.get(expression);
    if (known === true) return undefined;
    if (known === false) return evaluate(expression, names);
    const value = this.situation.settle(expression, names);
    this.#waits.set(expression, value === undefined);
    return value;
  }

  holds(expression: string | undefined, names: Names): boolean {
    return expression === undefined || isTrue(this.value(expression, names) ?? null);
  }

  text(template: string, names: Names): string {
    return plain(say({ settle: (expression) => this.value(expression, names) }, template));
  }
}

function listOf(rows: Rows, live: Live): readonly Json[] | undefined {
  try {
    const found = rows.value(live.rows ?? 'read', rows.names()) ?? [];
    return Array.isArray(found) ? (found as Json[]) : undefined;
  } catch {
    return undefined;
  }
}

/** A row as an entry; undefined when it is left out, or when it is so different that an expression cannot take it. */
function entryOf(rows: Rows, asked: Asked, live: Live, row: Json): Entry | undefined {
  const names = rows.names(row);
  try {
    for (const [name, expression] of Object.entries(live.with ?? {})) names[name] = rows.value(expression, names) ?? null;
    const value = rows.value(live.value, names) ?? null;
    if (!rows.holds(live.where, names) || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
    const accepted = acceptWithId(rows.situation, asked, value);
    return {
      value,
      label: plain(textOf((live.label && rows.value(live.label, names)) ?? value)),
      hint: live.hint === undefined ? '' : rows.text(live.hint, names),
      ...refusalOf(rows, live, names, accepted),
      // Of a long list one is chosen: what the others would fill in is not worked out.
      get fills() {
        return fillsOf(rows, live, names);
      },
      current: 'value' in accepted && isCurrent(rows.situation, { ...accepted.others, [asked.key]: accepted.value }),
    };
  } catch {
    return undefined;
  }
}

function refusalOf(rows: Rows, { unless = [] }: Live, names: Names, accepted: Accepted): Pick<Offered, 'refused' | 'facts'> {
  const against = unless.find(({ when }) => rows.holds(when, names));
  if (against) return { refused: rows.text(against.say, names), facts: against.facts ?? [] };
  return 'problem' in accepted ? { refused: plain(accepted.problem), facts: [] } : { facts: [] };
}

function fillsOf(rows: Rows, { fills = {} }: Live, names: Names): Record<string, Json> {
  const filled = Object.entries(fills).map(([key, expression]): [string, Json] => [key, valueOrNull(rows, expression, names)]);
  return Object.fromEntries(filled.filter(([, value]) => value !== null));
}

/** What an odd row cannot say is asked. */
function valueOrNull(rows: Rows, expression: string, names: Names): Json {
  try {
    return rows.value(expression, names) ?? null;
  } catch {
    return null;
  }
}

/** Names in Azure know no capitals. */
function isCurrent({ answers }: Situation, wanted: Readonly<Record<string, Json>>): boolean {
  return Object.entries(wanted).every(([key, value]) => {
    const answer = answers[key];
    if (typeof value === 'string' && typeof answer === 'string') return value.toLowerCase() === answer.toLowerCase();
    return answer !== undefined && sameJson(value, answer);
  });
}

const most = 160;

/** Text that somebody else chose, as a list may show it: short, in one direction, without control characters. */
function plain(text: string): string {
  const harmless = text.replace(/[\p{C}\u2028\u2029]/gu, '\uFFFD');
  return harmless.length > most ? `${[...harmless].slice(0, most - 1).join('')}…` : harmless;
}
