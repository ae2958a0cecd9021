import type { Reading } from '../asks.ts';
import { checklistOf } from '../items.ts';
import { commandsOf, sayIn, type World } from '../resources.ts';
import type { Check } from '../schema-checks.ts';
import { templateExpressions } from '../template.ts';
import { wordText } from '../words.ts';
import { type Finding, findingOf, type PlannedItem, plannedItems, refsOf } from './findings.ts';
import { type Mend, toldMend } from './mends.ts';
import type { Ref } from './sources.ts';

/** A finding about this computer with what mends it. */
export interface Diagnosis extends Finding {
  readonly mend?: Mend;
}

/** The items that this computer decides, by itself or by a command that asks no cluster; those that wait for an answer are left out. */
export function itemsOfComputer(world: World): PlannedItem[] {
  return plannedItems(world, checklistOf(world.situation, { local: true })).filter(
    (item) => item.main !== undefined && isHere(item.main) && isSettled(world, item),
  );
}

/** Everything that items read, each once. */
export function refsOfItems(items: readonly PlannedItem[]): Ref[] {
  return [...new Map(items.flatMap(refsOf).map((ref) => [ref.key, ref])).values()];
}

/** What was found, in the order of the checklist; what fails comes with what mends it. */
export function diagnosesOf(world: World, items: readonly PlannedItem[], readings: ReadonlyMap<string, Reading>): Diagnosis[] {
  return items.map((item) => {
    const finding = findingOf(world, item, readings);
    const mend = finding.verdict === 'fail' ? mendOf(world, item) : undefined;
    return { ...finding, ...(mend ? { mend } : {}) };
  });
}

/** 4: something of severity high or medium fails; 3: nothing does, but something could not be looked at; 0: neither. */
export function exitCodeOfFindings(findings: readonly Finding[]): 0 | 3 | 4 {
  if (findings.some(({ verdict, severity }) => verdict === 'fail' && severity !== 'low')) return 4;
  return findings.some(({ verdict }) => verdict === 'unknown') ? 3 : 0;
}

/** Whether this computer tells it, by itself or by a command that asks no cluster. */
export function isHere({ source }: Ref): boolean {
  return source.type === 'computer' || (source.type === 'command' && !source.cluster);
}

/** Whether nothing that the item says or compares with waits for an answer. */
function isSettled(world: World, { line, check, self, also }: PlannedItem): boolean {
  const expressions = [line.item.label, line.item.says, ...textsOf(check)].flatMap((text) => (text ? templateExpressions(text) : []));
  const complete = Object.keys(check?.also ?? {}).every((name) => also[name] !== undefined);
  return complete && expressions.every((expression) => world.settle(expression, line.each, self) !== undefined);
}

function textsOf(check: Check | undefined): (string | undefined)[] {
  const equals = typeof check?.equals === 'string' ? check.equals : undefined;
  return [check?.path, equals, check?.includes, check?.at_least, check?.at_most];
}

/** As far as the commands can be written without a plan. */
function mendOf(world: World, { line, self }: PlannedItem): Mend | undefined {
  const { fix, mend } = line.item;
  const commands = fix === undefined ? [] : commandsOf(world, `${line.topic}/${fix}`, line.each, self);
  const whole = commands.filter((words) => words.every((word) => wordText(word) !== undefined));
  return toldMend({ commands: whole, ...(mend === undefined ? {} : { say: sayIn(world, mend, line.each, self) }) });
}
