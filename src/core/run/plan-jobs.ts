import { guidOf } from '../functions.ts';
import { type Json, parseJson } from '../json.ts';
import type { Plan, Step, Want } from '../plan.ts';
import { lookCommand, usedOutputs } from '../render/script.ts';
import { readWords, restoreWords } from '../undo.ts';
import { textOf, type Word } from '../words.ts';
import type { Call, Change, Ended, Found, Job, Outputs, Undoing } from './job.ts';

/** The exit code with which az says that a resource is not there. */
export const notThere = 3;

/** The jobs of a plan: its steps, each with what it looks at and what it does about that. */
export function jobsOf(plan: Plan): Job[] {
  return plan.steps.map((step) => (step.id ? resourceJob(plan, step, step.id) : actionJob(step)));
}

/** A word as the argument that a program gets; `outputs` holds what earlier steps told. */
export function argumentOf(word: Word, outputs: Outputs): string {
  return word
    .map((part) => {
      if ('text' in part) return part.text;
      if ('missing' in part) throw new Error(`a word waits for ${part.missing}`);
      if ('name' in part) return part.value;
      const value = outputs[part.output];
      if (value === undefined) throw new Error(`no step has told ${part.output}`);
      return value;
    })
    .join('');
}

function callOf(words: readonly Word[], outputs: Outputs): Call {
  return { words: words.map((word) => argumentOf(word, outputs)) };
}

function commonOf(step: Step): Pick<Job, 'key' | 'what' | 'after' | 'facts'> & Partial<Job> {
  const { key, what, after, facts, takes } = step;
  return { key, what, after, facts, ...serialOf(step), ...(takes === undefined ? {} : { takes }) };
}

/** The same text for the same work, whatever it is called. */
function digestOf({ type, id, api, probe, done, wants, create, update }: Step): string {
  return guidOf([JSON.stringify([type, id, api, probe, done, wants, create, update])]);
}

function resourceJob(plan: Plan, step: Step, id: Word): Job {
  const told = usedOutputs(plan, step);
  const updates = step.update.length > 0;
  const query = queryOf(step.wants, told);
  const look = (outputs: Outputs, asked: string) => lookWords(plan, step, id, outputs, asked);
  const read = (outputs: Outputs) => callOf(readWords(plan.world, step), outputs).words;
  return {
    ...commonOf(step),
    // az reads, changes and writes back: of two updates of one thing at once the first would be lost.
    ...(updates ? { serial: step.serial ?? argumentOf(id, {}).toLowerCase() } : {}),
    looksOnly: step.create.length === 0 && !updates,
    digest: digestOf(step),
    look: (outputs) => look(outputs, query),
    judge: (ended, outputs) => judgeResource(step, told, ended, outputs),
    ...(updates && step.restorable !== false ? { read } : {}),
    change: (found, outputs) => changeOf(plan, step, found, outputs, look(outputs, '[properties.provisioningState]')),
  };
}

function lookWords(plan: Plan, step: Step, id: Word, outputs: Outputs, query: string): string[] {
  const spelled = { id: argumentOf(id, outputs), api: step.api ?? '', query, output: 'json' };
  return lookCommand(plan, spelled, (word) => argumentOf(word, outputs));
}

/** One JMESPath for all: Azure's state, what is wanted, and what later steps read. */
function queryOf(wants: readonly Want[], told: readonly (readonly [string, string])[]): string {
  const list = (paths: readonly string[]) => (paths.length === 0 ? '`[]`' : `[${paths.join(', ')}]`);
  return `[properties.provisioningState, ${list(wants.map(({ path }) => path))}, ${list(told.map(([, path]) => path))}]`;
}

function judgeResource(step: Step, told: readonly (readonly [string, string])[], { code, stdout, stderr }: Ended, outputs: Outputs): Found {
  if (code === notThere) return { state: 'absent' };
  const read = code === 0 ? parseJson(stdout) : undefined;
  if (!Array.isArray(read)) return { state: 'unreadable', message: `${stderr}\n${code === 0 ? stdout : ''}`.trim() };
  const [provisioning, have, values] = read as [Json, Json[], Json[]];
  const state = typeof provisioning === 'string' ? provisioning : '';
  if (isBusy(state)) return { state: 'busy', provisioning: state };
  if (isBroken(state) && step.create.length > 0) return { state: 'broken', provisioning: state };
  const outputsNow = Object.fromEntries(told.map(([name], index) => [`${step.key}.${name}`, textOf(values[index] ?? '')]));
  const difference = step.wants.flatMap((want, index) => differenceOf(want, have[index] ?? null, outputs)).join('; ');
  return difference === '' ? { state: 'right', outputs: outputsNow } : { state: 'different', difference, outputs: outputsNow };
}

/** Resource Manager's words for work that goes on; every other word is an end. */
export function isBusy(state: string): boolean {
  return /^(creating|updating|deleting|accepted|in ?progress|provisioning|pending|resolving|moving|migrating|registering|upgrading|preparing|scaling|resizing)$/i.test(
    state,
  );
}

/** Resource Manager's words for work that was given up. */
function isBroken(state: string): boolean {
  return /^(failed|cancell?ed)$/i.test(state);
}

/** Compares as the scripts do: without regard to capitals, as Azure does with names. */
function differenceOf({ how, word }: Want, have: Json, outputs: Outputs): string[] {
  const want = argumentOf(word, outputs);
  if (how === 'is') {
    const found = have === null ? '' : textOf(have);
    return found.toLowerCase() === want.toLowerCase() ? [] : [`wanted ${want}, found ${found === '' ? 'nothing' : found}`];
  }
  const list = Array.isArray(have) ? (have as Json[]).map((one) => textOf(one).toLowerCase()) : [];
  return list.includes(want.toLowerCase()) ? [] : [`wanted ${want} among ${list.length === 0 ? 'nothing' : list.join(', ')}`];
}

function changeOf(plan: Plan, step: Step, found: Found, outputs: Outputs, look: readonly string[]): Change | undefined {
  if (found.state === 'absent' || found.state === 'broken') {
    if (step.create.length === 0) return { stop: missingText(step) };
    return { what: 'create', calls: step.create.map((words) => callOf(words, outputs)), ...undoing(step, look, outputs) };
  }
  if (found.state !== 'different') return undefined;
  if (step.update.length === 0) return { stop: `It differs (${found.difference}).${step.say ? ` ${step.say}` : ''}` };
  return {
    what: 'update',
    calls: step.update.map((words) => callOf(words, outputs)),
    undo: writingBack(plan, step, look, outputs),
  };
}

function missingText({ missing, say }: Step): string {
  return missing ?? ['It does not exist.', ...(say ? [say] : [])].join(' ');
}

/** How the resource of a step is removed, by words that wait for nothing that other steps tell. */
export function undoingOf(plan: Plan, step: Step): Undoing {
  const look = lookWords(plan, step, step.id ?? [], {}, '[properties.provisioningState]');
  return undoing(step, look, {}).undo ?? { object: objectOf(step, look, {}), look, remove: [] };
}

/** How what a step makes is removed; `there` is what the look of an action prints while it is not. */
function undoing(step: Step, look: readonly string[], outputs: Outputs, there?: string): { readonly undo?: Undoing } {
  if (!step.undo) return {};
  const { words, purge, empty, softly, kept } = step.undo;
  return {
    undo: {
      object: objectOf(step, look, outputs),
      look,
      remove: words.map((one) => callOf(one, outputs)),
      ...serialOf(step),
      ...(there === undefined ? {} : { there }),
      ...(purge.length === 0 ? {} : { purge: purge.map((one) => callOf(one, outputs)) }),
      ...(empty ? { empty: { ...empty, words: callOf(empty.words, outputs).words } } : {}),
      ...(softly === undefined ? {} : { softly }),
      ...(kept === undefined ? {} : { kept }),
    },
  };
}

/** How an update of something that was there is written back. */
function writingBack(plan: Plan, step: Step, look: readonly string[], outputs: Outputs): Undoing {
  const kept = step.restorable === false ? step.undo?.kept : undefined;
  const object = objectOf(step, look, outputs);
  if (kept !== undefined) return { object, look, remove: [], kept };
  const read = callOf(readWords(plan.world, step), outputs).words;
  // Two that are written back at once need a file each.
  const file = `restore-${guidOf([read.join(' ')]).slice(0, 8)}.json`;
  return {
    object,
    look: read,
    remove: [],
    serial: step.serial ?? object,
    restore: { words: callOf(restoreWords(plan.world, step, file), outputs).words, file },
  };
}

/** A resource is known by its id, in whatever capitals; what an action does, by the look at it. */
function objectOf({ id }: Step, look: readonly string[], outputs: Outputs): string {
  return id ? argumentOf(id, outputs).toLowerCase() : look.join('\n');
}

function serialOf({ serial }: Step): { readonly serial?: string } {
  return serial === undefined ? {} : { serial };
}

function actionJob(step: Step): Job {
  const done = (step.done ?? '').trim().toLowerCase();
  const look = (outputs: Outputs) => callOf(step.probe ?? [], outputs).words;
  return {
    ...commonOf(step),
    // One command may do what several rows ask for: whoever comes second finds it done.
    serial: step.serial ?? JSON.stringify(step.create),
    looksOnly: step.create.length === 0,
    digest: digestOf(step),
    look,
    judge: ({ code, stdout, stderr }) => {
      if (code !== 0) return { state: 'unreadable', message: stderr };
      return stdout.trim().toLowerCase() === done ? { state: 'right' } : { state: 'different', difference: stdout.trim() };
    },
    change: (_found, outputs) => ({
      what: 'act',
      calls: step.create.map((words) => callOf(words, outputs)),
      ...undoing(step, look(outputs), outputs, done),
    }),
  };
}
