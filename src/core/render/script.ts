import type { Plan, Step, Want } from '../plan.ts';
import { commentLine } from '../quote.ts';
import { filledCommands } from '../resources.ts';
import { queryName, variableName } from '../variable-name.ts';
import type { Part, Word } from '../words.ts';

/** A variable on top of a script: a typed value, or text made out of earlier variables. */
export interface Variable {
  readonly name: string;
  readonly parts: readonly ScriptPart[];
}

/** A part of a word in a script: text, or a variable by its name there. */
export type ScriptPart = string | { readonly variable: string };

/** The word with variables in place of named values. */
export function scriptParts(word: Word): ScriptPart[] {
  return word.map((part): ScriptPart => {
    if ('text' in part) return part.text;
    if ('missing' in part) throw new Error(`a script cannot hold a value that is missing: ${part.missing}`);
    return { variable: variableName('output' in part ? part.output : part.name) };
  });
}

/** Every variable that the steps use, each after those it is made of. */
export function variablesOf(plan: Plan): Variable[] {
  const found = new Map<string, Variable & { readonly value: string }>();
  const take = (part: Part): void => {
    if (!('name' in part)) return;
    const name = variableName(part.name);
    const earlier = found.get(name);
    if (earlier && earlier.value !== part.value)
      throw new Error(`the variable ${name} of a script would hold ${earlier.value} and ${part.value}`);
    if (earlier) return;
    for (const inner of part.made ?? []) take(inner);
    found.set(name, { name, value: part.value, parts: part.made ? scriptParts(part.made) : [part.value] });
  };
  for (const word of plan.steps.flatMap(wordsOf)) for (const part of word) take(part);
  return [...found.values()];
}

/** All words of a step. */
function wordsOf(step: Step): readonly Word[] {
  return [
    ...(step.id ? [step.id] : []),
    ...(step.probe ?? []),
    ...step.wants.map(({ word }) => word),
    ...step.create.flat(),
    ...step.update.flat(),
  ];
}

/** The JMESPath that prints one line for each thing wanted. az's JMESPath is the classic one. */
function queryOf(wants: readonly Want[]): string {
  if (wants.length === 0) return 'id';
  return `[${wants.map(({ path, how }) => (how === 'is' ? path : `join(',', ${path} || \`[]\`)`)).join(', ')}]`;
}

const outputsRead = new WeakMap<Plan, ReadonlySet<string>>();

/** The outputs of a step that some word reads, each with its query. */
export function usedOutputs(plan: Plan, step: Step): readonly (readonly [string, string])[] {
  const read =
    outputsRead.get(plan) ??
    new Set(plan.steps.flatMap(wordsOf).flatMap((word) => word.flatMap((part) => ('output' in part ? [part.output] : []))));
  outputsRead.set(plan, read);
  return Object.entries(step.outputs).filter(([name]) => read.has(`${step.key}.${name}`));
}

const shared = new WeakMap<Plan, ReadonlyMap<string, string>>();

/** Queries that more than two steps share, with the name of the variable that holds each; worked out once for a plan. */
export function sharedQueries(plan: Plan): ReadonlyMap<string, string> {
  const known = shared.get(plan);
  if (known) return known;
  const uses = Map.groupBy(
    plan.steps.filter(({ wants }) => wants.length > 1),
    ({ wants }) => queryOf(wants),
  );
  const often = [...uses].filter(([, steps]) => steps.length > 2);
  const found = new Map(often.map(([query, [step]], index) => [query, variableName(queryName(step?.kind ?? 'step', index))]));
  shared.set(plan, found);
  return found;
}

/** Where a step comes from, as one line: pages with their dates; empty when no page says it. */
function sourceLine(plan: Plan, step: Step): string {
  const { facts } = plan.situation.catalog;
  const pages = step.facts
    .flatMap((id) => facts[id]?.sources ?? [])
    .filter(({ page }) => !/^(general knowledge|no current page)/.test(page));
  const dated = pages.map(({ page, date }) => (date ? `${page} (${date})` : page));
  return [...new Set(dated)].slice(0, 3).join('; ');
}

/** The comments above a step; both languages begin a comment with #. */
export function headOf(plan: Plan, step: Step, number: number): string[] {
  const source = sourceLine(plan, step);
  return [
    `Step ${number} of ${plan.steps.length}: ${step.what}`,
    ...(step.why ? [`Why: ${step.why}`] : []),
    ...(source ? [`Source: ${source}`] : []),
  ].map((line) => commentLine(line));
}

/** What a script does in one case: it says something and runs commands, or it stops with a sentence. */
export type Branch =
  | { readonly say: readonly ScriptPart[]; readonly run: readonly (readonly Word[])[] }
  | { readonly stop: readonly ScriptPart[] };

/** How a script looks a resource up, and what follows; whatever its language. */
export interface Ensuring {
  readonly query: ScriptPart;
  readonly wants: readonly (readonly ScriptPart[])[];
  readonly absent: Branch;
  /** Absent when nothing is compared. */
  readonly different?: Branch;
}

/** Works out the branches of a step that ensures a resource. */
export function ensuringOf(plan: Plan, step: Step): Ensuring {
  const query = queryOf(step.wants);
  const variable = sharedQueries(plan).get(query);
  return {
    query: variable === undefined ? query : { variable },
    wants: step.wants.map(({ how, word }) => [`${how}:`, ...scriptParts(word)]),
    absent: step.create.length > 0 ? { say: ['   making it'], run: step.create } : { stop: [missingText(step)] },
    ...(step.wants.length === 0 ? {} : { different: differentBranch(step) }),
  };
}

/** The frames of both languages set this variable. */
const difference: ScriptPart = { variable: 'difference' };

function differentBranch({ update, say }: Step): Branch {
  if (update.length > 0) return { say: ['   changing it: ', difference], run: update };
  return { stop: ['It differs (', difference, say ? `). ${say}` : ').'] };
}

/** What a script says when something that has to exist does not; the line before it names the step. */
function missingText({ missing, say }: Step): string {
  return missing ?? ['It does not exist.', ...(say ? [say] : [])].join(' ');
}

/** Groups the words of a command into lines: the command itself, then each option with its values. */
export function optionLines(words: readonly string[]): string[] {
  const lines: string[][] = [[]];
  for (const word of words) {
    if (word.startsWith('--')) lines.push([]);
    lines.at(-1)?.push(word);
  }
  return lines.filter((line) => line.length > 0).map((line) => line.join(' '));
}

/** Options of a command on as few lines as a width allows, joined by the continuation of the language. */
export function wrapOptions(words: readonly string[], indent: string, continuation: string, width = 110): string {
  const lines: string[] = [];
  let line = '';
  for (const option of optionLines(words)) {
    if (line !== '' && `${line} ${option}`.length > width) {
      lines.push(line);
      line = option;
    } else line = line === '' ? option : `${line} ${option}`;
  }
  if (line !== '') lines.push(line);
  return lines.join(` ${continuation}\n${indent}  `);
}

const PARAMETER = 'parameter ';

/**
 * The look-up command of the catalog as the words of a language. `spell` gives what stands for id, api, query and output, `write` any other word;
 * only in scripts are other values variables.
 */
export function lookCommand(plan: Plan, spell: Readonly<Record<string, string>>, write: (word: Word) => string): string[] {
  const { world } = plan;
  const resolve = (expression: string) =>
    expression in spell ? { parts: [{ name: `${PARAMETER}${expression}`, value: '' }] } : world.resolve(expression);
  const [words = []] = filledCommands(world, world.situation.catalog.manifest.probe, resolve);
  return words.map((word) => {
    const [only] = word;
    const parameter = only && 'name' in only && only.name.startsWith(PARAMETER) ? only.name.slice(PARAMETER.length) : undefined;
    return parameter === undefined ? write(word) : (spell[parameter] ?? '');
  });
}
