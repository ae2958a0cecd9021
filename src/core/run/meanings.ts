import { guidOf } from '../functions.ts';
import type { Json } from '../json.ts';
import type { Plan, Step, Want } from '../plan.ts';
import { usedOutputs } from '../render/script.ts';
import { wordText } from '../words.ts';
import type { Call, Change, Found, Job, Outputs, Undoing } from './job.ts';
import { argumentOf, jobsOf } from './plan-jobs.ts';

/** A value that is written at a path: the value itself, or one more in a list. */
export interface Written {
  readonly path: string;
  readonly how: Want['how'];
  readonly value: string;
}

/** What is common to everything that changes the made-up cloud. */
interface Changing {
  /** The object, or the probe of an action. */
  readonly on: string;
  readonly serial?: string;
  readonly takes?: string;
}

/** What words do to the made-up cloud. Nothing here is about Azure; a plan says it all. */
export type Meaning =
  /** Prints Azure's state and the values at these paths; without paths the whole object. */
  | { readonly do: 'look'; readonly on: string; readonly asks?: readonly (readonly string[])[] }
  | { readonly do: 'probe'; readonly on: string; readonly done: string }
  | { readonly do: 'guard'; readonly on: string; readonly is: string }
  | (Changing & {
      readonly do: 'write';
      readonly makes: boolean;
      readonly values: readonly Written[];
      readonly uses: readonly string[];
      readonly undo: Meanings;
    })
  | (Changing & {
      readonly do: 'act';
      /** The probes of all actions that the same words carry out. */
      readonly all: readonly string[];
      readonly undo: Meanings;
    })
  | (Changing & { readonly do: 'remove' | 'restore' | 'unact' | 'pass' });

/** What words mean, by the words. */
export type Meanings = Readonly<Record<string, Meaning>>;

/** What is there before anything is done. */
export interface Beginning {
  readonly id: string;
  readonly values: readonly Written[];
}

/** What a rehearsal has to know of a plan. */
export interface Meant {
  readonly meanings: Meanings;
  readonly beginning: readonly Beginning[];
  /** Steps that never change anything. */
  readonly looksOnly: ReadonlySet<string>;
}

/** The text that stands for the words of a call. */
export function spelled(words: readonly string[]): string {
  return words.join('\n');
}

const known = new WeakMap<Plan, Meant>();

/** Works out what every command of a plan means, once. */
export function meantBy(plan: Plan): Meant {
  const meant = known.get(plan) ?? workOut(plan);
  known.set(plan, meant);
  return meant;
}

function workOut(plan: Plan): Meant {
  const outputs = invented(plan);
  const jobs = jobsOf(plan);
  const all: Record<string, Meaning> = {};
  const ids = new Set(plan.steps.flatMap((step) => (step.id ? [idOf(step, outputs)] : [])));
  plan.steps.forEach((step, index) => {
    const job = jobs[index];
    if (!job) return;
    const own = step.id ? resourceMeanings(plan, step, job, outputs, ids) : actionMeanings(step, job, outputs);
    for (const [words, meaning] of Object.entries(own)) all[words] = together(all[words], meaning);
  });
  const undo = Object.values(all).map((one) => ('undo' in one ? one.undo : {}));
  const meanings: Meanings = Object.assign({}, ...undo, all);
  return { meanings, beginning: beginningOf(plan, outputs), looksOnly: new Set(jobs.filter((job) => job.looksOnly).map(({ key }) => key)) };
}

/** One command may carry out several actions. */
function together(earlier: Meaning | undefined, meaning: Meaning): Meaning {
  if (earlier?.do !== 'act' || meaning.do !== 'act') return meaning;
  return { ...earlier, all: [...earlier.all, ...meaning.all], undo: { ...earlier.undo, ...meaning.undo } };
}

/** Whatever steps tell, made up, the same each time. */
function invented(plan: Plan): Outputs {
  return Object.fromEntries(
    plan.steps.flatMap((step) => Object.entries(step.outputs).map(([name, path]) => [`${step.key}.${name}`, inventedAt(step, path)])),
  );
}

function inventedAt(step: Step, path: string): string {
  return guidOf([wordText(step.id ?? []) ?? step.key, path]);
}

function idOf(step: Step, outputs: Outputs): string {
  return argumentOf(step.id ?? [], outputs);
}

function resourceMeanings(plan: Plan, step: Step, job: Job, outputs: Outputs, ids: ReadonlySet<string>): Meanings {
  const on = idOf(step, outputs);
  const told = usedOutputs(plan, step).map(([, path]) => path);
  const asks = [step.wants.map(({ path }) => path), told];
  const look: Meaning = { do: 'look', on, asks };
  const made = writing(plan, step, job.change({ state: 'absent' }, outputs), true, outputs, ids);
  const updated = writing(plan, step, job.change(different, outputs), false, outputs, ids);
  const read: Meanings = job.read ? { [spelled(job.read(outputs))]: { do: 'look', on } } : {};
  return { ...updated, ...made, ...read, [spelled(job.look(outputs))]: look };
}

const different: Found = { state: 'different', difference: '' };

/** The calls of a change: what they want shows after the last one; what is there at all, after the first. */
function writing(plan: Plan, step: Step, change: Change | undefined, makes: boolean, outputs: Outputs, ids: ReadonlySet<string>): Meanings {
  if (!change || 'stop' in change) return {};
  const on = idOf(step, outputs);
  const common = { do: 'write', on, makes, ...commonOf(step) } as const;
  const beside = makes ? besides(plan, step, outputs) : [];
  const undo = change.undo ? undoMeanings(change.undo, on, step) : {};
  return meaningsOf(change.calls, (call, last) => ({
    ...common,
    undo,
    uses: call.words.filter((word) => word !== on && ids.has(word)),
    values: [...beside, ...(last ? [...writtenBy(step, outputs), ...toldBy(step)] : [])],
  }));
}

function meaningsOf(calls: readonly Call[], meaning: (call: Call, last: boolean) => Meaning): Meanings {
  return Object.fromEntries(calls.map((call, index) => [spelled(call.words), meaning(call, index === calls.length - 1)]));
}

function commonOf({ serial, takes }: Step): { readonly serial?: string; readonly takes?: string } {
  return { ...(serial === undefined ? {} : { serial }), ...(takes === undefined ? {} : { takes }) };
}

function writtenBy(step: Step, outputs: Outputs): Written[] {
  return step.wants.map(({ path, how, word }) => ({ path, how, value: argumentOf(word, outputs) }));
}

function toldBy(step: Step): Written[] {
  return Object.values(step.outputs).map((path) => ({ path, how: 'is', value: inventedAt(step, path) }));
}

/** What other steps only look for on the same object: it is right as soon as the object is there. */
function besides(plan: Plan, step: Step, outputs: Outputs): Written[] {
  const id = idOf(step, outputs).toLowerCase();
  return plan.steps
    .filter((other) => other !== step && other.id && other.create.length === 0 && other.update.length === 0)
    .filter((other) => idOf(other, outputs).toLowerCase() === id)
    .flatMap((other) => [...writtenBy(other, outputs), ...toldBy(other)]);
}

/** How a change is looked at and taken back; of several calls the last one removes, of a purge the one that also removes by itself. */
function undoMeanings({ look, remove, purge = [], empty, restore }: Undoing, on: string, step: Step): Meanings {
  const common = { on, ...commonOf(step) };
  const plain = new Set(remove.map(({ words }) => spelled(words)));
  const removes = purge.some(({ words }) => plain.has(spelled(words)));
  return {
    ...meaningsOf(purge, (_call, last): Meaning => ({ do: last && !removes ? 'remove' : 'pass', ...common })),
    ...meaningsOf(remove, (_call, last): Meaning => ({ do: last ? 'remove' : 'pass', ...common })),
    [spelled(look)]: { do: 'look', on, ...(restore ? {} : { asks: [] }) },
    ...(empty ? { [spelled(empty.words)]: { do: 'guard', on, is: empty.is } } : {}),
    ...(restore ? { [spelled(restore.words)]: { do: 'restore', ...common } } : {}),
  };
}

function actionMeanings(step: Step, job: Job, outputs: Outputs): Meanings {
  const on = spelled(job.look(outputs));
  const probe: Meaning = { do: 'probe', on, done: step.done ?? '' };
  const change = job.change(different, outputs);
  if (!change || 'stop' in change) return { [on]: probe };
  const common = { on, ...commonOf(step) };
  const { empty, remove = [] } = change.undo ?? {};
  const undo: Meanings = {
    ...meaningsOf(remove, (_call, last): Meaning => ({ do: last ? 'unact' : 'pass', ...common })),
    ...(empty ? { [spelled(empty.words)]: { do: 'guard', on, is: empty.is } } : {}),
    [on]: probe,
  };
  return {
    ...meaningsOf(change.calls, (_call, last): Meaning => (last ? { do: 'act', all: [on], undo, ...common } : { do: 'pass', ...common })),
    [on]: probe,
  };
}

/** What the plan makes is not there yet; what it needs is there and right, but for what it updates. */
function beginningOf(plan: Plan, outputs: Outputs): Beginning[] {
  const steps = plan.steps.filter(({ id }) => id);
  const byId = Map.groupBy(steps, (step) => idOf(step, outputs).toLowerCase());
  return [...byId.values()]
    .filter((group) => group.every(({ create }) => create.length === 0))
    .map((group) => ({
      id: idOf(group[0] as Step, outputs),
      values: [
        ...group.filter(({ update }) => update.length > 0).flatMap((step) => otherwise(step)),
        ...group.filter(({ update }) => update.length === 0).flatMap((step) => writtenBy(step, outputs)),
        ...group.flatMap(toldBy),
      ],
    }));
}

/** Something else than what an update will write. */
function otherwise(step: Step): Written[] {
  return step.wants.map(({ path, how }) => ({ path, how, value: 'other' }));
}

/** The values of an object after a write. */
export function withWritten(values: Readonly<Record<string, Json>>, written: readonly Written[]): Record<string, Json> {
  const now: Record<string, Json> = { ...values };
  for (const { path, how, value } of written) {
    const list = Array.isArray(now[path]) ? (now[path] as Json[]) : [];
    now[path] = how === 'is' ? value : list.includes(value) ? list : [...list, value];
  }
  return now;
}
