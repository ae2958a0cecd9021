import type { Json } from '../../core/json.ts';
import type { Fact } from '../../core/schema.ts';
import type { Ask, View } from '../../core/view.ts';
import { textOf } from '../../core/words.ts';
import { agoText } from '../ago.ts';
import { hasList, numbered, offeredAt } from './typed.ts';

/** From this many choices on, the list is not read out in full. */
export const MANY_CHOICES = 20;

/** A question as it is asked first: the question, its choices, how it is answered, and then why and where it comes from. */
export function questionLines(view: View, ask: Ask, now: Date): string[] {
  return [
    ...shortQuestion(view, ask),
    ...ask.problems.map(({ say, level }) => (level === 'warn' ? `Mind: ${say}` : `${whose(ask)} is not valid now: ${say}`)),
    ...liveLines(ask, now),
    ...choiceLines(ask, MANY_CHOICES),
    ...enterLines(ask),
    `${howTo(ask)}${ask.example ? ` Example: ${ask.example}` : ''}`,
    ...(ask.why ? [`Why: ${ask.why}`] : []),
    ...sourceLines(ask.facts),
  ];
}

/** What Azure has for a question, or why there is no list. */
function liveLines(ask: Ask, now: Date): string[] {
  const { live, kind } = ask;
  if (!live || kind === 'choice') return [];
  if (live.state === 'waiting') return ['Azure has not answered yet what there is. Type refresh to ask again.'];
  const why = live.why === undefined ? [] : [live.why];
  return hasList(ask) && live.at !== undefined ? [`From Azure, ${agoText(live.at, now)}:`, ...why] : why;
}

function whose({ quiet }: Ask): string {
  return quiet ? 'The default' : 'Your earlier answer';
}

/** The question alone, as it is repeated after a line that was not accepted. */
export function shortQuestion(view: View, ask: Ask): string[] {
  const row = ask.row ? ` For ${ask.row}:` : '';
  return [`Question ${view.number}:${row} ${ask.ask}`];
}

/** The choices with their numbers; those that cannot be taken now have none, and say why. */
export function choiceLines(ask: Ask, most = Number.POSITIVE_INFINITY): string[] {
  const open = numbered(ask);
  const lines = open.slice(0, most).map(({ label, hint }, index) => `  ${index + 1}) ${label}${hint ? ` - ${hint}` : ''}`);
  const find = hasList(ask) ? 'Type list and a part of a name to find it' : 'Type a part of a name to find it';
  if (open.length > most) lines.push(`  and ${open.length - most} more. ${find}, or list to hear all.`);
  return [...lines, ...refusedLines(ask, hasList(ask) ? most : Number.POSITIVE_INFINITY)];
}

function refusedLines(ask: Ask, most: number): string[] {
  return offeredAt(ask)
    .filter(({ refused }) => refused !== undefined)
    .slice(0, most)
    .flatMap(({ label, refused }) => (refused === undefined ? [] : [`  not now: ${label}, because: ${refused}`]));
}

/** The choice lines with these numbers. */
export function numberedLines(ask: Ask, numbers: readonly number[]): string[] {
  const lines = choiceLines(ask);
  return numbers.map((number) => lines[number - 1] ?? '');
}

function enterLines(ask: Ask): string[] {
  const because = ask.because ? ` Reason: ${ask.because}` : '';
  const kept = keeps(ask);
  if (kept && ask.value !== undefined)
    return [`Your earlier answer: ${inWords(ask, ask.value)}. Press Enter to keep it.`, ...proposalOf(ask)];
  if (ask.only) return [`Press Enter for ${ask.only.label}.${because}`];
  if (ask.default === undefined) return [];
  if (isNothing(ask.default)) return ['Press Enter to leave it empty.'];
  return [`Press Enter for the default: ${inWords(ask, ask.default)}.${because}`];
}

function proposalOf(ask: Ask): string[] {
  if (ask.default === undefined || isNothing(ask.default) || inWords(ask, ask.default) === inWords(ask, ask.value ?? null)) return [];
  return [`The default would be: ${inWords(ask, ask.default)}.${ask.because ? ` Reason: ${ask.because}` : ''}`];
}

/** Whether Enter keeps the answer given earlier: not when that is wrong and a default is there. */
export function keeps(ask: Ask): boolean {
  const wrong = ask.problems.some(({ level }) => level === 'refuse');
  return ask.value !== undefined && !(wrong && ask.default !== undefined);
}

function isNothing(value: Json): boolean {
  return value === null || (Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.keys(value).length === 0);
}

/** A value of a question as a person says it. */
export function inWords(ask: Ask, value: Json): string {
  if (isNothing(value)) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return (value as Json[]).map((one) => inWords(ask, one)).join(', ');
  if (typeof value === 'object')
    return Object.entries(value as Record<string, Json>)
      .map(([name, one]) => `${name}=${textOf(one)}`)
      .join(', ');
  const label = ask.choices.find((choice) => textOf(choice.value) === textOf(value))?.label;
  return shortened(label ?? `${textOf(value)}${ask.unit ? ` ${ask.unit}` : ''}`);
}

/** A text that can be listened to: the beginning of a very long one, and how long it is. */
export function shortened(text: string): string {
  const characters = [...text];
  return characters.length > 200 ? `${characters.slice(0, 150).join('')}… (${characters.length} characters)` : text;
}

function howTo(ask: Ask): string {
  if (hasList(ask)) return numbered(ask).length > 0 ? 'Type the number of one that exists, or a name.' : 'Type the name of another one.';
  const how = {
    choice: 'Type the number of a choice.',
    choices: 'Type the numbers of all that you want, with commas between.',
    yes_no: 'Type yes or no.',
    number: `Type a whole number${ask.unit ? ` of ${ask.unit}` : ''}.`,
    cidr: 'Type a block such as 10.1.2.0/24.',
    cidrs: 'Type blocks such as 10.1.2.0/24, with commas between.',
    text: 'Type the text.',
    texts: 'Type the entries, with commas between.',
    tags: 'Type name=value, with commas between.',
    resource: 'Type the name.',
  }[ask.kind];
  const empty = ask.optional && ask.default !== undefined && !isNothing(ask.default) ? ' Type = alone to leave it empty.' : '';
  return how + empty;
}

/** Where a question comes from and whether that is still true: what changed first, and one fact only. */
function sourceLines(facts: readonly Fact[]): string[] {
  const fact = facts.find(({ status }) => status === 'changed' || status === 'retired') ?? facts[0];
  if (!fact) return [];
  const more = facts.length > 1 ? [`Type explain for ${facts.length - 1} more.`] : [];
  if (fact.status === 'valid') return [[`From: ${pagesOf([fact])}. Still true today.`, ...more].join(' ')];
  return [...newsLines(fact), ...more];
}

/** A fact that is not simply still true: old rule, current rule, since when. */
function newsLines(fact: Fact): string[] {
  if (fact.status === 'unknown') return [`From: ${pagesOf([fact])}. Whether it is still true is not known: ${fact.says}`];
  const word = fact.status === 'retired' ? 'Retired' : 'Changed';
  const since = fact.since ? `${word} since the documents; stated since ${fact.since}.` : `${word} since the documents.`;
  return [since, ...(fact.was ? [`  Old rule: ${fact.was}`] : []), `  Current rule: ${fact.says}`, `  From: ${pagesOf([fact])}.`];
}

function pagesOf(facts: readonly Fact[]): string {
  return [...new Set(facts.flatMap(({ sources }) => sources.map(({ page }) => page)))].join(', ');
}

/** Everything that is known about a question: each fact in full, with dates. */
export function explainLines(ask: Ask, known: Readonly<Record<string, Fact>>): string[] {
  const fromChoices = ask.choices.flatMap((choice) => choice.facts).flatMap((id) => (known[id] ? [known[id]] : []));
  const facts = [...new Map([...ask.facts, ...fromChoices].map((fact) => [fact.id, fact])).values()];
  const why = ask.why ? [`Why: ${ask.why}`] : [];
  if (facts.length === 0) return [...why, 'No document says more about this question.'];
  return [...why, ...facts.flatMap((fact, index) => [`${index + 1} of ${facts.length}:`, ...factLines(fact)])];
}

function factLines(fact: Fact): string[] {
  const dated = fact.sources.map(({ page, date }) => (date ? `${page} of ${date}` : page)).join(', ');
  const state =
    fact.status === 'valid'
      ? [`  ${fact.says}`, '  Still true today.']
      : newsLines(fact)
          .map((line) => `  ${line.trim()}`)
          .filter((line) => !line.startsWith('  From: '));
  return [...state, ...(fact.disagreement ? [`  The documents disagree: ${fact.disagreement}`] : []), `  Written in: ${dated}.`];
}
