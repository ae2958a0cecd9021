import { beforeAll, describe, expect, it } from 'vitest';
import { namesInTemplates } from '../../scripts/az-reference.ts';
import { ownCatalog } from '../../scripts/golden.ts';
import type { Catalog } from '../../src/core/catalog.ts';
import { answersGiven } from '../../src/core/given.ts';
import type { Json } from '../../src/core/json.ts';
import { type Plan, plan, type Step } from '../../src/core/plan.ts';
import { lookCommand } from '../../src/core/render/script.ts';
import { readWords, restoreWords } from '../../src/core/undo.ts';
import { type Word, wordText } from '../../src/core/words.ts';
import { problemsOfCall, type Reference, readReference } from './az-reference.ts';
import { allTurns, sameNumbers, walkOnce } from './random-answers.ts';

const walksAtMost = 500;

let catalog: Catalog;
let reference: Reference;

beforeAll(async () => {
  [catalog, reference] = await Promise.all([ownCatalog(), readReference()]);
});

/** The calls of a plan as arguments; what only Azure knows reads as a made-up word. */
function callsOf({ steps, ...rest }: Plan): string[][] {
  const text = (word: Word) => word.map((part) => ('output' in part ? 'an-output' : (wordText([part]) ?? ''))).join('');
  const looks = lookCommand({ steps, ...rest }, { id: '/an/id', api: '2024-01-01', query: 'id', output: 'json' }, text);
  const commands = steps.flatMap((step) => [...(step.probe ? [step.probe] : []), ...step.create, ...step.update, ...backOf(step)]);
  return [looks, ...[...commands, ...steps.flatMap((step) => restoreOf(rest.world, step))].map((words) => words.map(text))];
}

/** The calls that take a step back. */
function backOf({ undo }: Step): (readonly Word[])[] {
  return undo ? [...undo.words, ...undo.purge, ...(undo.empty ? [undo.empty.words] : [])] : [];
}

/** The calls that read a step's resource whole and write it back. */
function restoreOf(world: Plan['world'], step: Step): (readonly Word[])[] {
  if (!step.id || step.update.length === 0 || step.restorable === false) return [];
  return [readWords(world, step), restoreWords(world, step, '/before.json')];
}

function planOf(answers: Readonly<Record<string, Json>>, from = catalog): Plan {
  const made = plan(from, answers);
  if ('problems' in made) throw new Error(made.problems.map(({ key, say }) => `${key}: ${say}`).join('\n'));
  return made;
}

/** The problems of all calls, each once. */
function problemsOf(plans: readonly Plan[]): string[] {
  return [...new Set(plans.flatMap(callsOf).flatMap((words) => problemsOfCall(words, reference)))];
}

describe('every az command that can be rendered', () => {
  it('is right in all examples', () => {
    const plans = Object.values(catalog.examples).map((example) =>
      planOf(answersGiven(catalog, example.answers as Record<string, Json>).answers),
    );
    expect(problemsOf(plans)).toEqual([]);
  });

  it('is right whatever is chosen, and every choice and every command file was there', { timeout: 300_000 }, () => {
    const { plans, missed } = manyWalks();
    expect(problemsOf(plans)).toEqual([]);
    expect(missed).toEqual([]);
  });

  it('is in the small copy of the reference, which holds nothing that is deprecated', () => {
    expect(namesInTemplates(catalog).filter((name) => !Object.hasOwn(reference.commands, name))).toEqual([]);
    expect(Object.entries(reference.commands).filter(([, { status }]) => status === 'deprecated')).toEqual([]);
  });
});

/** Plans of walks, until every choice was taken and every command file was in a plan; always the same ones, made once. */
function manyWalks(): Walks {
  walks ??= walkOften();
  return walks;
}

let walks: Walks | undefined;

interface Walks {
  readonly plans: readonly Plan[];
  readonly missed: readonly string[];
}

function walkOften(): Walks {
  const random = sameNumbers(7);
  const seen = new Map<string, number>();
  const wanted = new Set([...allTurns(catalog), ...withCommands()]);
  const plans: Plan[] = [];
  for (let round = 0; round < walksAtMost && (wanted.size > 0 || plans.length < 24); round++) {
    const walk = walkOnce(catalog, seen, random);
    if (!walk) continue;
    for (const turn of walk.turns) wanted.delete(turn);
    const made = plan(catalog, walk.answers);
    // Names typed by chance may be those of one resource, which the plan refuses.
    if ('problems' in made) continue;
    plans.push(made);
    for (const { key } of made.steps) wanted.delete(key.split('/')[0] ?? '');
  }
  return { plans, missed: [...wanted] };
}

/** The ids of all that has command files. */
function withCommands(): string[] {
  return catalog.topics.flatMap(({ resources = [], actions = [] }) =>
    [...resources.filter(({ create, update }) => create ?? update), ...actions].map(({ id }) => id),
  );
}

describe('what is taken back', () => {
  it('is held against the reference in every plan', () => {
    const { plans } = manyWalks();
    const words = plans.flatMap(callsOf).map((call) => call.join(' '));
    const kinds = Object.entries(catalog.kinds).filter(([, { undo }]) => undo !== undefined);
    const made = new Set(plans.flatMap(({ steps }) => steps.flatMap(({ undo, kind }) => (undo?.words.length ? [kind] : []))));
    expect(kinds.filter(([id]) => !made.has(id))).toEqual([]);
    for (const part of [
      '--permanently-delete',
      'az keyvault purge',
      '--force true',
      'az rest --method put',
      'az rest --method get',
      'tags.created_by',
      'az resource delete',
    ])
      expect(
        words.some((line) => line.includes(part)),
        part,
      ).toBe(true);
  });
});

describe('a planted mistake is found', () => {
  const right = 'az network vnet create --name v --resource-group g --subscription s';
  it.each([
    ['a command that does not exist', 'az network vnet creat --name v', 'no such command: az network vnet creat --name'],
    ['an option that does not exist', `${right} --adress-prefixes 10.0.0.0/8`, 'does not take --adress-prefixes'],
    ['a cluster that is not named', 'kubectl get pods -n azureml', 'kubectl names no context'],
    ['an option twice', `${right} -n w`, '-n is given twice'],
    ['two values where one is allowed', `${right} --location a b`, '--location takes fewer values than a b'],
    ['no value', `${right} --location`, '--location needs a value'],
    ['no subscription', 'az network vnet create --name v --resource-group g', 'does not carry --subscription'],
    ['a required option left out', 'az network vnet create --name v --subscription s', 'needs --resource-group'],
    [
      'none of the sets of options',
      'az ml compute create --workspace-name w --resource-group g --subscription s --name n',
      'needs one of --file, or --name and --type',
    ],
    [
      'a value that is none',
      'az network public-ip create --name v --resource-group g --subscription s --sku Golden',
      '--sku does not take Golden',
    ],
  ])('%s', (_name, line, problem) => {
    expect(problemsOfCall(line.split(' '), reference).join('\n')).toContain(problem);
  });

  it('in a template of the catalog, where the plan uses it', () => {
    const path = 'training_subnet/subnet.az';
    const text = catalog.templates[path] ?? '';
    const templates = { ...catalog.templates, [path]: text.replace('--address-prefixes', '--adress-prefixes') };
    const example = catalog.examples['compute-cluster'];
    const made = planOf(answersGiven(catalog, example?.answers as Record<string, Json>).answers, { ...catalog, templates });
    expect(problemsOf([made])).toEqual([expect.stringContaining('does not take --adress-prefixes')]);
  });

  it('and what is right has none', () => {
    expect(problemsOfCall(right.split(' '), reference)).toEqual([]);
  });
});
