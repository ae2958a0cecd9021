import type { Reading } from '../asks.ts';
import { isTrue } from '../expression.ts';
import { guidOf } from '../functions.ts';
import { isObject, type Json, parseJson } from '../json.ts';
import type { Plan, Step } from '../plan.ts';
import { bashLiteral } from '../quote.ts';
import { commandsOf, sayIn } from '../resources.ts';
import type { Call, Job, Outputs } from '../run/job.ts';
import { argumentOf, jobsOf, undoingOf } from '../run/plan-jobs.ts';
import { removalJob } from '../run/undo-jobs.ts';
import { readWords } from '../undo.ts';
import { type Word, wordText } from '../words.ts';
import { evaluated, type PlannedItem } from './findings.ts';
import { instanceOf } from './sources.ts';
import { differencesOf } from './steps.ts';

/** What mends a failing item, as it is told: commands as their words, what a person does, or both. */
export interface Mend {
  readonly commands?: readonly (readonly string[])[];
  readonly say?: string;
}

/** What mends a failing item, so that it can be carried out. */
export interface MendPlan {
  /** Steps of the plan whose things are deleted first. */
  readonly removes: readonly string[];
  /** The steps of the plan that make or change what was found wrong. */
  readonly steps: readonly string[];
  /** The words of the commands, out of a file of the item's own or out of those steps. */
  readonly commands: readonly (readonly Word[])[];
  readonly say?: string;
}

/** What mends an item that failed, by what was read of the thing. */
export function mendOf(plan: Plan, item: PlannedItem, reading: Reading | undefined): MendPlan {
  const { line, self } = item;
  const said = line.item.mend ?? line.item.manual;
  const work = ownWork(plan, item, reading) ?? stepsWork(plan, item, reading);
  return { ...work, ...(said === undefined ? {} : { say: sayIn(plan.world, said, line.each, self) }) };
}

/** What the item itself names: steps of the plan, commands of a file, or what is made anew. */
function ownWork(plan: Plan, item: PlannedItem, reading: Reading | undefined): MendPlan | undefined {
  const { line, self } = item;
  const { fix, fix_when, redo, remake } = line.item;
  const own = fix_when === undefined || isTrue(plan.world.settle(fix_when, line.each, self) ?? null);
  if (redo !== undefined && own) return againOf(plan, stepsNamed(plan, item, redo));
  const made = goneWork(plan, item, reading);
  if (made.steps.length > 0) return made;
  if (fix !== undefined && own) return { ...nothing, commands: commandsOf(plan.world, `${line.topic}/${fix}`, line.each, self) };
  return remake !== undefined && own ? remade(plan, stepsNamed(plan, item, remake)) : undefined;
}

/** What is gone has to be made before anything in it can be mended. */
function goneWork(plan: Plan, item: PlannedItem, reading: Reading | undefined): MendPlan {
  const id = readId(item);
  return id !== undefined && isGone(reading) ? againOf(plan, stepsAt(plan, id)) : nothing;
}

/** The steps of the plan that find something to change in what the item reads. */
function stepsWork(plan: Plan, item: PlannedItem, reading: Reading | undefined): MendPlan {
  const id = readId(item);
  const about = id === undefined ? [] : plan.steps.filter((step) => idOf(step) === id);
  const changes = about.filter(({ wants }) => reading?.ok && differencesOf(wants, reading.value).length > 0);
  const work = mending(changes.map((step) => ({ step, words: step.update })));
  const hint = work.steps.length > 0 ? undefined : about.find((step) => step.say !== undefined)?.say;
  return { ...work, ...(hint === undefined ? {} : { say: hint }) };
}

function readId({ main }: PlannedItem): string | undefined {
  return main?.source.type === 'resource' ? main.source.id.toLowerCase() : undefined;
}

const nothing = { removes: [], steps: [], commands: [] } as const;

/** The steps of resources and actions, of those that repeat the one of the item's row. */
function stepsNamed(plan: Plan, { line }: PlannedItem, names: readonly string[]): Step[] {
  return names.flatMap((name) => {
    const all = plan.steps.filter(({ key }) => key === name || key.startsWith(`${name}/`));
    const row = line.each && instanceOf(plan.world, name, line.each);
    const id = row?.each && wordText(row.id)?.toLowerCase();
    return id ? all.filter((step) => idOf(step) === id) : all;
  });
}

/** Deletes resources, and makes them and what stood on them again. */
function remade(plan: Plan, steps: readonly Step[]): MendPlan {
  const removed = steps.filter(({ undo }) => (undo?.words ?? []).length > 0);
  const again = againOf(
    plan,
    removed.flatMap((step) => stepsAt(plan, idOf(step) ?? '')),
  );
  return {
    removes: removed.map(({ key }) => key),
    steps: again.steps,
    commands: [...removed.flatMap(({ undo }) => undo?.words ?? []), ...again.commands],
  };
}

/** Makes what is not there, and adds what other steps add to it. */
function againOf(plan: Plan, steps: readonly Step[]): MendPlan {
  const wanted = new Set(steps);
  const made = new Set(steps.filter(({ create }) => create.length > 0).map(idOf));
  const words = (step: Step) => (step.create.length > 0 || !made.has(idOf(step)) ? step.create : step.update);
  return mending(plan.steps.filter((step) => wanted.has(step)).map((step) => ({ step, words: words(step) })));
}

function mending(all: readonly { readonly step: Step; readonly words: Step['create'] }[]): MendPlan {
  const some = all.filter(({ words }) => words.length > 0);
  return { removes: [], steps: some.map(({ step }) => step.key), commands: some.flatMap(({ words }) => words) };
}

/** The steps on a resource and on what stands on it, as that is gone with it. */
function stepsAt(plan: Plan, id: string): Step[] {
  return plan.steps.filter((step) => idOf(step) === id || idOf(step)?.startsWith(`${id}/`));
}

function idOf(step: Step): string | undefined {
  return step.id && wordText(step.id)?.toLowerCase();
}

/** Nothing is made anew over what only could not be read. */
function isGone(reading: Reading | undefined): boolean {
  return reading !== undefined && !reading.ok && reading.why === 'absent';
}

/** What mends an item as it is told; what only Azure knows stands between angle marks. */
export function toldMend({ commands, say }: Pick<MendPlan, 'commands' | 'say'>): Mend | undefined {
  const spelled = (word: Word) => word.map((part) => ('output' in part ? `‹${part.output}›` : (wordText([part]) ?? ''))).join('');
  if (commands.length === 0 && say === undefined) return undefined;
  return {
    ...(commands.length === 0 ? {} : { commands: commands.map((words) => words.map(spelled)) }),
    ...(say === undefined ? {} : { say }),
  };
}

/** A mend as lines for a person, the commands in the spelling of bash. */
export function mendLines({ commands = [], say }: Mend): string[] {
  return [...(say === undefined ? [] : [say]), ...commands.map((words) => words.map(bashLiteral).join(' '))];
}

/** The jobs that mend failing items: those of the plan's steps, and one for each item with commands of its own; none twice. */
export function mendJobs(plan: Plan, failing: readonly { readonly item: PlannedItem; readonly mend: MendPlan }[]): Job[] {
  const keys = new Set(failing.flatMap(({ mend }) => mend.steps));
  const own = failing.filter(({ mend }) => mend.steps.length === 0 && mend.commands.length > 0);
  // What a step makes has to be there before something of it is mended.
  const jobs = new Map(own.map(({ item, mend }) => [JSON.stringify(mend.commands), { ...mendJob(plan, item, mend), after: [...keys] }]));
  const all = jobsOf(plan);
  const removals = removalsOf(plan, new Set(failing.flatMap(({ mend }) => mend.removes)));
  const gone = removals.map(({ key }) => key);
  const wanted = [...all.filter(({ key }) => keys.has(key)), ...jobs.values()].map((job) => ({ ...job, after: [...job.after, ...gone] }));
  const told = tellers(
    plan,
    keys,
    failing.flatMap(({ mend }) => mend.commands),
  );
  const looks = all.filter(({ key }) => told.has(key)).map((job) => ({ ...job, looksOnly: true, change: () => undefined }));
  return [...looks, ...removals, ...wanted.map((job) => ({ ...job, after: [...new Set([...job.after, ...told])] }))];
}

/** The jobs that delete what is made again, what stands on something before that. */
function removalsOf(plan: Plan, keys: ReadonlySet<string>): Job[] {
  const steps = plan.steps.filter(({ key }) => keys.has(key)).sort((one, other) => (idOf(other) ?? '').length - (idOf(one) ?? '').length);
  const removalKey = (step: Step) => `remake/${step.key}`;
  return steps.map((step, index) => removalJob(removalKey(step), step.what, undoingOf(plan, step), steps.slice(0, index).map(removalKey)));
}

/** The steps that tell what only Azure knows to these commands; they only look. */
function tellers(plan: Plan, chosen: ReadonlySet<string>, commands: readonly (readonly Word[])[]): ReadonlySet<string> {
  const steps = plan.steps.filter(({ key }) => chosen.has(key));
  const wants = steps.flatMap((step) => step.wants.map(({ word }) => word));
  const outputs = [...commands.flat(), ...wants].flatMap((word) => word.flatMap((part) => ('output' in part ? [part.output] : [])));
  return new Set(outputs.map((name) => name.slice(0, name.lastIndexOf('.'))).filter((key) => !chosen.has(key)));
}

function mendJob(plan: Plan, item: PlannedItem, mend: MendPlan): Job {
  const { line } = item;
  const key = `mend/${line.id}`;
  const look = lookOf(plan, item);
  const call = (words: readonly Word[], outputs: Outputs): Call => ({ words: words.map((word) => argumentOf(word, outputs)) });
  return {
    key,
    what: line.label,
    after: [],
    serial: item.main?.source.type === 'resource' ? item.main.source.id.toLowerCase() : key,
    looksOnly: false,
    digest: guidOf([JSON.stringify(mend.commands)]),
    facts: line.facts,
    look: () => look,
    judge: ({ code, stdout, stderr }) => {
      const answer = code === 0 ? parseJson(stdout) : undefined;
      if (answer === undefined) return { state: 'unreadable', message: stderr };
      return holdsIn(plan, item, answer) ? { state: 'right' } : { state: 'different', difference: line.label };
    },
    change: (_found, outputs) => ({
      what: 'act',
      calls: mend.commands.map((words) => call(words, outputs)),
      undo: { object: look.join('\n'), look, remove: [], kept: 'What verify has mended is not undone.' },
    }),
  };
}

/** The command that prints what the item's check reads. */
function lookOf(plan: Plan, { main }: PlannedItem): readonly string[] {
  const source = main?.source;
  if (source?.type === 'command') return source.words;
  if (source?.type === 'resource') return argumentsOf(readWords(plan.world, { id: [{ text: source.id }], api: source.api }));
  if (source?.type === 'ask' && 'get' in source.ask)
    return argumentsOf(readWords(plan.world, { id: [{ text: source.ask.get }], api: source.ask.api }));
  return [];
}

function argumentsOf(words: readonly Word[]): string[] {
  return words.map((word) => argumentOf(word, {}));
}

/** Without the other readings nothing can be said, so the commands run: they change nothing that is right already. */
function holdsIn(plan: Plan, item: PlannedItem, answer: Json): boolean {
  if (!item.check || Object.keys(item.also).length > 0 || !isObject(answer)) return false;
  try {
    return evaluated(plan.world, item, item.check, answer, {}).holds;
  } catch {
    return false;
  }
}
