import type { Reading } from '../asks.ts';
import { isTrue } from '../expression.ts';
import { guidOf } from '../functions.ts';
import { isObject, type Json, parseJson } from '../json.ts';
import type { Plan, Step } from '../plan.ts';
import { bashLiteral } from '../quote.ts';
import { commandsOf, sayIn } from '../resources.ts';
import type { Call, Job, Outputs } from '../run/job.ts';
import { argumentOf, jobsOf } from '../run/plan-jobs.ts';
import { readWords } from '../undo.ts';
import { type Word, wordText } from '../words.ts';
import { evaluated, type PlannedItem } from './findings.ts';
import { differencesOf } from './steps.ts';

/** What mends a failing item, as it is told: commands as their words, what a person does, or both. */
export interface Mend {
  readonly commands?: readonly (readonly string[])[];
  readonly say?: string;
}

/** What mends a failing item, so that it can be carried out. */
export interface MendPlan {
  /** The steps of the plan that make or change what was found wrong. */
  readonly steps: readonly string[];
  /** The words of the commands, out of a file of the item's own or out of those steps. */
  readonly commands: readonly (readonly Word[])[];
  readonly say?: string;
}

/** What mends an item that failed, by what was read of the thing: the steps that make it, or those that find something to change in it. */
export function mendOf(plan: Plan, item: PlannedItem, reading: Reading | undefined): MendPlan {
  const { line, self, main } = item;
  const { fix, fix_when, mend, manual } = line.item;
  const fixes = fix_when === undefined || isTrue(plan.world.settle(fix_when, line.each, self) ?? null);
  const said = mend ?? manual;
  const say = said === undefined ? {} : { say: sayIn(plan.world, said, line.each, self) };
  if (fix !== undefined && fixes) return { steps: [], commands: commandsOf(plan.world, `${line.topic}/${fix}`, line.each, self), ...say };
  if (main?.source.type !== 'resource') return { steps: [], commands: [], ...say };
  const id = main.source.id.toLowerCase();
  const gone = isGone(reading);
  const about = plan.steps.filter((step) => {
    const one = step.id && wordText(step.id)?.toLowerCase();
    // What stood below something that is gone is gone with it.
    return one !== undefined && (one === id || (gone && one.startsWith(`${id}/`)));
  });
  const steps = about.map((step) => ({ key: step.key, words: wordsFor(step, reading) })).filter(({ words }) => words.length > 0);
  const hint = steps.length > 0 ? undefined : about.find((step) => step.say !== undefined)?.say;
  return {
    steps: steps.map(({ key }) => key),
    commands: steps.flatMap(({ words }) => words),
    ...(hint === undefined ? {} : { say: hint }),
    ...say,
  };
}

/** Nothing is made anew over what only could not be read. */
function isGone(reading: Reading | undefined): boolean {
  return reading !== undefined && !reading.ok && reading.why === 'absent';
}

function wordsFor(step: Step, reading: Reading | undefined): Step['create'] {
  if (!reading?.ok) return isGone(reading) ? step.create : [];
  return differencesOf(step.wants, reading.value).length > 0 ? step.update : [];
}

/** What mends an item as it is told; what only Azure knows stands between angle marks. */
export function toldMend({ commands, say }: MendPlan): Mend | undefined {
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
  const wanted = [...all.filter(({ key }) => keys.has(key)), ...jobs.values()];
  const told = tellers(
    plan,
    keys,
    failing.flatMap(({ mend }) => mend.commands),
  );
  const looks = all.filter(({ key }) => told.has(key)).map((job) => ({ ...job, looksOnly: true, change: () => undefined }));
  return [...looks, ...wanted.map((job) => ({ ...job, after: [...new Set([...job.after, ...told])] }))];
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
