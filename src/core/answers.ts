import { blockProblem } from './addresses.ts';
import { isTrue } from './expression.ts';
import { isObject, type Json, type JsonObject, sameJson } from './json.ts';
import { messages } from './messages.ts';
import { azInterprets } from './quote.ts';
import type { Choice, Field } from './schema.ts';
import { type Asked, rowScope, type Situation, say } from './situation.ts';
import { textOf } from './words.ts';

/** A choice as it is offered; `refused` is the reason why it cannot be taken now. */
export interface Offered {
  readonly value: Json;
  readonly label: string;
  readonly hint: string;
  readonly refused?: string;
  readonly facts: readonly string[];
}

/** What became of a typed or chosen value. */
export type Accepted = { readonly value: Json } | { readonly problem: string };

/** Names that expressions of a row can use besides the answers. */
export function extraOf(situation: Situation, asked: Asked): JsonObject {
  if (!asked.row) return {};
  return rowScope(situation.scope(), asked.row.group.id, asked.row.index);
}

/** The choices of a question, in order; empty for a question without choices. */
export function offeredOf(situation: Situation, asked: Asked): Offered[] {
  const { question } = asked;
  if (question.kind !== 'choice' && question.kind !== 'choices') return [];
  const extra = extraOf(situation, asked);
  if (Array.isArray(question.choices)) {
    return question.choices
      .filter((one) => one.when === undefined || isTrue(situation.settle(one.when, extra) ?? null))
      .map((one) => offered(situation, one, extra));
  }
  const { table, value, label, hint, when } = question.choices;
  const rows = (situation.settle(table) ?? []) as JsonObject[];
  return rows
    .filter((row) => when === undefined || isTrue(situation.settle(when, { ...extra, row }) ?? null))
    .map((row) => ({ value: row[value] ?? null, label: String(row[label] ?? ''), hint: hint ? String(row[hint] ?? '') : '', facts: [] }));
}

function offered(situation: Situation, choice: Choice, extra: JsonObject): Offered {
  const refused =
    choice.unless && isTrue(situation.settle(choice.unless.when, extra) ?? null) ? say(situation, choice.unless.say, extra) : undefined;
  return {
    value: choice.value,
    label: choice.label,
    hint: choice.hint ? say(situation, choice.hint, extra) : '',
    ...(refused === undefined ? {} : { refused }),
    facts: choice.unless?.facts ?? [],
  };
}

/** Turns what a person typed or a file holds into the value of an answer, or says what is wrong and how to mend it. */
export function accept(situation: Situation, asked: Asked, raw: Json): Accepted {
  const { question } = asked;
  const text = typeof raw === 'string' ? raw.trim() : raw;
  if (isNothing(question, text)) return acceptNothing(question);
  switch (question.kind) {
    case 'yes_no':
      return acceptYesNo(text);
    case 'number':
      return acceptNumber(question, text);
    case 'choice':
      return acceptChoice(offeredOf(situation, asked), text);
    case 'choices':
      return acceptEach(listOf(text), (one) => acceptChoice(offeredOf(situation, asked), one));
    case 'cidr':
      return acceptBlock(text);
    case 'cidrs':
      return acceptEach(listOf(text), acceptBlock);
    case 'texts':
      return acceptEach(listOf(text), (one) => acceptText(situation, question.format, one));
    case 'tags':
      return acceptTags(situation, text);
    case 'text':
    case 'resource':
      return acceptText(situation, question.format, text);
  }
}

/** Whether nothing is given: no text, no entry, no tag; commas alone are no entries. */
function isNothing(question: Field, raw: Json): boolean {
  if (raw === null || raw === '') return true;
  if (question.kind === 'tags' && isObject(raw)) return Object.keys(raw).length === 0;
  if (Array.isArray(raw)) return raw.length === 0;
  return ['choices', 'cidrs', 'texts', 'tags'].includes(question.kind) && listOf(raw).length === 0;
}

function acceptNothing(question: Field): Accepted {
  if (!question.optional) return { problem: messages.needed };
  return {
    value:
      question.kind === 'choices' || question.kind === 'cidrs' || question.kind === 'texts' ? [] : question.kind === 'tags' ? {} : null,
  };
}

/** A raw value as text; an object of a file may have a key toString, which String would call. */
function plainText(raw: Json): string {
  return Array.isArray(raw) ? (raw as Json[]).map(plainText).join(',') : textOf(raw);
}

function acceptYesNo(raw: Json): Accepted {
  if (typeof raw === 'boolean') return { value: raw };
  const word = plainText(raw).toLowerCase();
  if (['y', 'yes', 'true'].includes(word)) return { value: true };
  return ['n', 'no', 'false'].includes(word) ? { value: false } : { problem: messages.yesOrNo };
}

function acceptNumber(question: Extract<Field, { kind: 'number' }>, raw: Json): Accepted {
  const number = typeof raw === 'number' ? raw : typeof raw === 'string' && /^-?\d{1,9}$/.test(raw) ? Number(raw) : Number.NaN;
  if (!Number.isInteger(number)) return { problem: messages.wholeNumber };
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = question;
  return number < min || number > max ? { problem: messages.between(question.min, question.max) } : { value: number === 0 ? 0 : number };
}

function acceptChoice(choices: readonly Offered[], raw: Json): Accepted {
  const text = plainText(raw);
  const chosen = choices.find(({ value }) => sameJson(value, raw)) ?? choices.find(({ value }) => textOf(value) === text);
  if (!chosen)
    return {
      problem: messages.notAChoice(
        shown(raw),
        choices.filter((one) => one.refused === undefined).map((one) => textOf(one.value)),
      ),
    };
  return chosen.refused === undefined ? { value: chosen.value } : { problem: chosen.refused };
}

function acceptEach(list: readonly Json[], acceptOne: (raw: Json) => Accepted): Accepted {
  const values: Json[] = [];
  for (const one of list) {
    const accepted = acceptOne(one);
    if ('problem' in accepted) return accepted;
    if (!values.some((value) => sameJson(value, accepted.value))) values.push(accepted.value);
  }
  return { value: values };
}

function acceptBlock(raw: Json): Accepted {
  if (typeof raw !== 'string') return { problem: messages.notText(shown(raw)) };
  const problem = blockProblem(raw.trim());
  return problem ? { problem: `${shown(raw)}: ${problem}.` } : { value: raw.trim() };
}

function acceptText(situation: Situation, format: string, raw: Json): Accepted {
  if (isObject(raw) || Array.isArray(raw)) return { problem: messages.notText(shown(raw)) };
  const text = plainText(raw).trim();
  const rule = situation.catalog.formats[format];
  const readByAz = azInterprets(text);
  if (readByAz) return { problem: `${shown(text)}: ${readByAz}` };
  if (!rule) return { value: text };
  if (rule.max !== undefined && [...text].length > rule.max) return { problem: messages.tooLong(shown(text), rule.max, rule.say) };
  return wholly(rule.pattern).test(text) ? { value: text } : { problem: `${shown(text)}: ${rule.say}` };
}

const patterns = new Map<string, RegExp>();

/** A pattern for a whole text, made once: a list of Azure may hold ten thousand names. */
function wholly(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(`^(?:${pattern})$`, 'u');
  patterns.set(pattern, known);
  return known;
}

function acceptTags(situation: Situation, raw: Json): Accepted {
  const pairs = isObject(raw) ? Object.entries(raw) : listOf(raw).map((one) => splitTag(plainText(one)));
  const tags = new Map<string, string>();
  for (const [key, value] of pairs) {
    if (value === undefined) return { problem: messages.tagForm(shown(key)) };
    for (const [part, format] of [
      [key, 'tag_name'],
      [value, 'tag_value'],
    ] as const) {
      const accepted = acceptText(situation, format, part);
      if ('problem' in accepted) return accepted;
    }
    tags.set(key, plainText(value));
  }
  return { value: Object.fromEntries(tags) };
}

function splitTag(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 1 ? [text, undefined] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/** A list from a list, or from text with commas. */
function listOf(raw: Json): readonly Json[] {
  if (Array.isArray(raw)) return raw as Json[];
  if (typeof raw === 'string')
    return raw
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  return [raw];
}

/** A value as a message may show it: short, in quotes, without control characters. */
export function shown(raw: Json): string {
  const text = typeof raw === 'string' ? raw : JSON.stringify(raw);
  const clean = [...text.replace(/[\p{C}]/gu, '�')];
  return `«${clean.length > 60 ? `${clean.slice(0, 57).join('')}…` : clean.join('')}»`;
}
