import type { Offered } from '../../core/answers.ts';
import type { Entry } from '../../core/entries.ts';
import { type Json, sameJson } from '../../core/json.ts';
import type { Ask } from '../../core/view.ts';

/** A row of a list: a choice of the catalog, something that exists in Azure, what is proposed, or the way to typing. */
export interface Row extends Offered {
  readonly entry?: Entry;
  readonly types?: true;
}

const yesNo: readonly Row[] = [
  { value: true, label: 'yes', hint: '', facts: [] },
  { value: false, label: 'no', hint: '', facts: [] },
];

const typing: Row = { value: null, label: 'type it', hint: 'something that is not in this list', facts: [], types: true };

const made = new WeakMap<readonly Entry[], { readonly proposed: Json | undefined; readonly rows: readonly Row[] }>();

/** The rows of a question that is answered from a list; undefined when the answer is typed. */
export function choicesOf(ask: Ask, { typing: typed }: { readonly typing: boolean }): readonly Row[] | undefined {
  if (ask.kind === 'yes_no') return yesNo;
  if (ask.kind === 'choice' || ask.kind === 'choices') return ask.choices;
  return typed || !hasList(ask) ? undefined : rowsOf(ask);
}

/** Whether Azure has something to choose from at a question that can be typed too. */
export function hasList(ask: Ask): boolean {
  return ask.kind !== 'choice' && ask.live?.state === 'there';
}

/** What exists, after what is proposed and does not, and before the way to typing; the same list for the same things. */
function rowsOf(ask: Ask): readonly Row[] {
  const entries = ask.live?.entries ?? [];
  const proposed = ask.value ?? ask.default;
  const known = made.get(entries);
  if (known && sameJson(known.proposed ?? null, proposed ?? null)) return known.rows;
  const own: Row[] =
    typeof proposed === 'string' && proposed !== '' && !present(ask) ? [{ value: proposed, label: proposed, hint: '', facts: [] }] : [];
  const rows = [...own, ...entries.map((entry): Row => withEntry(entry)), typing];
  made.set(entries, { proposed, rows });
  return rows;
}

function withEntry(entry: Entry): Row {
  const { value, label, hint, refused, facts } = entry;
  return { value, label, hint, facts, ...(refused === undefined ? {} : { refused }), entry };
}

/** Whether what is answered or proposed is among what exists. */
function present({ value, default: proposed, live }: Ask): boolean {
  if (value !== undefined) return live?.entries.some(({ current }) => current) ?? false;
  return live?.entries.some((entry) => sameJson(entry.value, proposed ?? null)) ?? false;
}

/** The numbers of the rows that a question stands at: what is answered, else what is proposed. */
export function standingAt(ask: Ask, rows: readonly Row[]): readonly number[] {
  if (!rows.some(({ types }) => types)) return choicesIn(rows, ask.value ?? ask.default);
  const current = rows.flatMap(({ entry }, index) => (entry?.current && ask.value !== undefined ? [index] : []));
  if (current.length > 0) return current;
  return choicesIn(rows, ask.value ?? ask.default ?? ask.only?.value);
}

/** The numbers of the choices that a value stands for. */
export function choicesIn(choices: readonly Offered[], value: Json | undefined): number[] {
  if (value === undefined) return [];
  const wanted = Array.isArray(value) ? (value as Json[]) : [value];
  return choices.flatMap((choice, index) => (wanted.some((one) => sameJson(one, choice.value)) ? [index] : []));
}

/** From this many choices on, a list is found by typing: letters are the filter, and keys need ctrl. */
const FOUND_BY_TYPING = 9;

/** Whether letters filter the list. */
export function isFound(choices: readonly Offered[] | undefined): choices is readonly Offered[] {
  return choices !== undefined && choices.length >= FOUND_BY_TYPING;
}

/** From this many choices on, a slash filters a shorter list. */
const FOUND_BY_SLASH = 3;

/** Whether a slash makes letters filter the list, which has other keys until then. */
export function mayBeFound(choices: readonly Offered[]): boolean {
  return choices.length >= FOUND_BY_SLASH && !isFound(choices);
}

/** Whether letters are text at a question, so that its other keys need ctrl. */
export function takesText(ask: Ask, state: { readonly typing: boolean; readonly list?: { readonly finding?: true } }): boolean {
  const choices = choicesOf(ask, state);
  return choices === undefined || isFound(choices) || state.list?.finding === true;
}
