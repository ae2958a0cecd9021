import type { Plan, Step } from '../plan.ts';
import { bashDouble, bashLiteral, commentLine } from '../quote.ts';
import { variableName } from '../variable-name.ts';
import type { Word } from '../words.ts';
import {
  type Branch,
  ensuringOf,
  headOf,
  lookCommand,
  scriptParts,
  sharedQueries,
  usedOutputs,
  variablesOf,
  wrapOptions,
} from './script.ts';

/** run.sh: creates what is missing, leaves alone what is right, stops at what is wrong. */
export function bashScript(plan: Plan, heading: readonly string[]): string {
  const variables = variablesOf(plan).map(({ name, parts }) => `${name}=${bashDouble(parts)}`);
  const steps = plan.steps.map((step, index) => stepLines(plan, step, index + 1).join('\n'));
  return [
    '#!/usr/bin/env bash',
    ...heading.map((line) => commentLine(line)),
    '# JMESPath has backticks of its own; nothing in those quotes is for bash.',
    '# shellcheck disable=SC2016',
    'set -euo pipefail',
    '',
    ...variables,
    ...[...sharedQueries(plan)].map(([query, name]) => `${name}=${bashLiteral(query)}`),
    '',
    frame(plan).trimEnd(),
    '',
    steps.join('\n\n'),
    '',
    "say 'Done.'",
    '',
  ].join('\n');
}

/** A word in bash, with variables. */
function bashWord(word: Word): string {
  return bashDouble(scriptParts(word));
}

function frame(plan: Plan): string {
  const text = plan.situation.catalog.templates['frames/run.sh'];
  const look = lookCommand(plan, { id: '"$id"', api: '"$api"', query: '"$query"', output: 'tsv' }, bashWord).join(' ');
  return (text ?? '').replace('@@LOOK@@', () => look);
}

function stepLines(plan: Plan, step: Step, number: number): string[] {
  return [
    ...headOf(plan, step, number),
    `say ${bashLiteral(`${number}/${plan.steps.length} ${step.what}`)}`,
    ...(step.id ? ensureLines(plan, step, step.id) : actionLines(step)),
    ...outputLines(plan, step),
  ];
}

function ensureLines(plan: Plan, step: Step, id: Word): string[] {
  const { query, wants, absent, different } = ensuringOf(plan, step);
  return [
    ['look', bashWord(id), bashLiteral(step.api ?? ''), bashDouble([query]), ...wants.map(bashDouble)].join(' '),
    'case $found in',
    '  absent)',
    ...branchLines(absent),
    '    ;;',
    ...(different ? ['  different)', ...branchLines(different), '    ;;'] : []),
    `  same) say '   is there already' ;;`,
    'esac',
  ];
}

function branchLines(branch: Branch): string[] {
  if ('stop' in branch) return [`    stop ${bashDouble(branch.stop)}`];
  return [`    say ${bashDouble(branch.say)}`, ...branch.run.map((words) => `    ${command(words, '    ')}`)];
}

function actionLines(step: Step): string[] {
  return [
    `seen=$(${command(step.probe ?? [], '')})`,
    `if [ "$(lower "$seen")" = ${bashLiteral((step.done ?? '').toLowerCase())} ]; then`,
    `  say '   nothing to do'`,
    'else',
    ...(step.say === undefined ? [] : [`  say ${bashLiteral(`   ${step.say}`)}`]),
    ...step.create.map((words) => `  ${command(words, '  ')}`),
    'fi',
  ];
}

/** Each output in a variable; az on Windows ends its lines with a carriage return. */
function outputLines(plan: Plan, step: Step): string[] {
  return usedOutputs(plan, step).map(([name, path]) => {
    const spelled = { id: bashWord(step.id ?? []), api: bashLiteral(step.api ?? ''), query: bashLiteral(path), output: 'tsv' };
    const look = lookCommand(plan, spelled, bashWord).join(' ');
    return `${variableName(`${step.key}.${name}`)}=$(${look} | tr -d '\\r')`;
  });
}

function command(words: readonly Word[], indent: string): string {
  return wrapOptions(words.map(bashWord), indent, '\\');
}
