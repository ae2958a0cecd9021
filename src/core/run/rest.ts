import { isActive, type RunView, type StepView } from './progress.ts';

/** From so many to so many milliseconds. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

const minute = 60_000;
const units = { second: 1000, minute, hour: 60 * minute } as const;
const numbers: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, five: 5, ten: 10, twenty: 20, thirty: 30 };

/** How long something takes that is told in words such as 5 to 15 minutes; undefined for words that say no number. */
export function spanOf(text: string): Span | undefined {
  const words = text.trim().toLowerCase();
  const unit = /\b(second|minute|hour)s?\b/.exec(words)?.[1] as keyof typeof units | undefined;
  if (unit === undefined) return undefined;
  const said = words.slice(0, words.indexOf(unit)).trim() || 'a';
  const rest = words
    .slice(words.indexOf(unit) + unit.length)
    .replace(/^s/, '')
    .trim();
  const span = countsIn(rest === '' ? said : `${said} ${rest}`);
  return span && { least: span[0] * units[unit], most: span[1] * units[unit] };
}

function countsIn(said: string): readonly [number, number] | undefined {
  if (said === 'a few') return [2, 10];
  if (said === 'half an' || said === 'half a') return [0.5, 0.5];
  const upTo = /^up to (\S+)$/.exec(said);
  if (upTo) return pair(0, numberOf(upTo[1]));
  const range = /^(\S+) (?:to|or|-|–) (\S+)$/.exec(said);
  if (range) return pair(numberOf(range[1]), numberOf(range[2]));
  const one = numberOf(said.replace(/^about /, ''));
  return pair(one, one);
}

function pair(least: number | undefined, most: number | undefined): readonly [number, number] | undefined {
  return least === undefined || most === undefined ? undefined : [least, most];
}

function numberOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  return /^\d+$/.test(word) ? Number(word) : numbers[word];
}

/**
 * How long the rest of a run usually takes: the longest chain of steps that wait for each other. Undefined in a rehearsal, whose times mean
 * nothing, and as soon as it is not known of one step how long that takes.
 */
export function restOf(view: RunView, at: number): Span | undefined {
  const left = view.steps.filter((step) => step.status === 'open' || isActive(step));
  const spans = new Map<string, Span>();
  for (const step of left) {
    const span = step.takes === undefined ? undefined : spanOf(step.takes);
    if (span) spans.set(step.key, without(span, step, at));
  }
  if (view.rehearsal || view.outcome !== undefined || left.length === 0 || spans.size < left.length) return undefined;
  return { least: longest(left, spans, 'least'), most: longest(left, spans, 'most') };
}

function without({ least, most }: Span, { begun }: StepView, at: number): Span {
  const gone = begun === undefined ? 0 : Math.max(0, at - begun);
  return { least: Math.max(0, least - gone), most: Math.max(0, most - gone) };
}

function longest(steps: readonly StepView[], spans: ReadonlyMap<string, Span>, which: keyof Span): number {
  const after = new Map(steps.map((step) => [step.key, step.after]));
  const known = new Map<string, number>();
  const upTo = (key: string): number => {
    const found = known.get(key);
    if (found !== undefined) return found;
    // A circle of steps cannot come from a plan; it must not hang the screen all the same.
    known.set(key, 0);
    const before = Math.max(0, ...(after.get(key) ?? []).filter((one) => after.has(one)).map(upTo));
    const sum = before + (spans.get(key)?.[which] ?? 0);
    known.set(key, sum);
    return sum;
  };
  return Math.max(0, ...steps.map(({ key }) => upTo(key)));
}
