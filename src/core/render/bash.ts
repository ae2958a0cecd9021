import type { Plan, Step, Want } from '../plan.ts';
import { bashDouble, bashLiteral, commentLine } from '../quote.ts';
import type { Word } from '../words.ts';
import {
  lookCommand,
  missingText,
  queryOf,
  scriptParts,
  sharedQueries,
  sourceLine,
  usedOutputs,
  variableName,
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

/** One command as bash would read it on one line; for the guide and previews. */
export function bashCommand(words: readonly Word[]): string {
  return words.map(bashWord).join(' ');
}

/** A word in bash, with variables. */
export function bashWord(word: Word): string {
  return bashDouble(scriptParts(word));
}

function frame(plan: Plan): string {
  const text = plan.situation.catalog.templates['frames/run.sh'];
  const look = lookCommand(plan, { id: '"$id"', api: '"$api"', query: '"$query"' }, bashWord).join(' ');
  return (text ?? '').replace('@@LOOK@@', () => look);
}

function stepLines(plan: Plan, step: Step, number: number): string[] {
  const source = sourceLine(plan, step);
  const head = [
    commentLine(`Step ${number} of ${plan.steps.length}: ${step.what}`),
    ...(step.why ? [commentLine(`Why: ${step.why}`)] : []),
    ...(source ? [commentLine(`Source: ${source}`)] : []),
    `say ${bashLiteral(`${number}/${plan.steps.length} ${step.what}`)}`,
  ];
  return [...head, ...(step.id ? ensureLines(plan, step, step.id) : actionLines(step)), ...outputLines(plan, step)];
}

function ensureLines(plan: Plan, step: Step, id: Word): string[] {
  const wants = step.wants.map(wantWord);
  const call = ['look', bashWord(id), bashLiteral(step.api ?? ''), queryWord(step, plan), ...wants].join(' ');
  const missing = missingText(step);
  const wrong = step.say ? `It differs ($difference). ${step.say}` : 'It differs ($difference).';
  return [
    call,
    'case $found in',
    '  absent)',
    ...(step.create.length > 0
      ? [`    say '   making it'`, ...step.create.map((words) => `    ${command(words, '    ')}`)]
      : [`    stop ${bashLiteral(missing)}`]),
    '    ;;',
    ...(step.wants.length === 0 ? [] : ['  different)', ...differentLines(step, wrong), '    ;;']),
    `  same) say '   is there already' ;;`,
    'esac',
  ];
}

/** The query itself, or the variable that holds one that several steps share. */
function queryWord(step: Step, plan: Plan): string {
  const shared = sharedQueries(plan).get(queryOf(step.wants));
  return shared ? `"$${shared}"` : bashLiteral(queryOf(step.wants));
}

function differentLines(step: Step, wrong: string): string[] {
  if (step.update.length === 0) return [`    stop ${stopWords(wrong)}`];
  return ['    say "   changing it: $difference"', ...step.update.map((words) => `    ${command(words, '    ')}`)];
}

/** A sentence in double quotes in which only $difference is a variable. */
function stopWords(sentence: string): string {
  const [before = '', ...after] = sentence.split('$difference');
  return bashDouble([before, { variable: 'difference' }, after.join('')]);
}

function actionLines(step: Step): string[] {
  return [
    `seen=$(${command(step.probe ?? [], '')})`,
    `if [ "$(lower "$seen")" = ${bashLiteral((step.done ?? '').toLowerCase())} ]; then`,
    `  say '   is done already'`,
    'else',
    ...step.create.map((words) => `  ${command(words, '  ')}`),
    'fi',
  ];
}

function outputLines(plan: Plan, step: Step): string[] {
  return usedOutputs(plan, step).map(([name, path]) => {
    const spelled = { id: bashWord(step.id ?? []), api: bashLiteral(step.api ?? ''), query: bashLiteral(path) };
    const look = lookCommand(plan, spelled, bashWord).join(' ');
    return `${variableName(`${step.key}.${name}`)}=$(${look})`;
  });
}

function wantWord(want: Want): string {
  return bashDouble([`${want.how}:`, ...scriptParts(want.word)]);
}

function command(words: readonly Word[], indent: string): string {
  return wrapOptions(words.map(bashWord), indent, '\\');
}
