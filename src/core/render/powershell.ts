import type { Plan, Step } from '../plan.ts';
import { commentLine, powershellDouble, powershellLiteral } from '../quote.ts';
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

/** run.ps1: the same steps as run.sh, for PowerShell 7. */
export function powershellScript(plan: Plan, heading: readonly string[]): string {
  const variables = variablesOf(plan).map(({ name, parts }) => `$${name} = ${powershellDouble(parts)}`);
  const steps = plan.steps.map((step, index) => stepLines(plan, step, index + 1).join('\n'));
  return [
    '#!/usr/bin/env pwsh',
    '#Requires -Version 7.2',
    ...heading.map((line) => commentLine(line)),
    '',
    ...variables,
    ...[...sharedQueries(plan)].map(([query, name]) => `$${name} = ${powershellLiteral(query)}`),
    '',
    frame(plan).trimEnd(),
    '',
    steps.join('\n\n'),
    '',
    "Write-Line 'Done.'",
    '',
  ].join('\n');
}

function frame(plan: Plan): string {
  const look = lookCommand(plan, { id: '$Id', api: '$Api', query: '$Query', output: 'tsv' }, powershellWord).join(' ');
  return (plan.situation.catalog.templates['frames/run.ps1'] ?? '').replace('@@LOOK@@', () => look);
}

/** A word in PowerShell, with variables. An option stays bare; everything else is quoted, so that nothing is read as an operator. */
function powershellWord(word: Word): string {
  const parts = scriptParts(word);
  const [only] = parts;
  // An option with a digit, such as --ipv4-address, is quoted too: some readers of PowerShell take the digit for the start of a redirection.
  if (parts.length === 1 && typeof only === 'string' && /^(az|[a-z][a-z0-9-]*|--[a-z][a-z-]*)$/.test(only)) return only;
  return powershellDouble(parts);
}

function stepLines(plan: Plan, step: Step, number: number): string[] {
  return [
    ...headOf(plan, step, number),
    `Write-Line ${powershellLiteral(`${number}/${plan.steps.length} ${step.what}`)}`,
    ...(step.id ? ensureLines(plan, step, step.id) : actionLines(step)),
    ...outputLines(plan, step),
  ];
}

function ensureLines(plan: Plan, step: Step, id: Word): string[] {
  const { query, wants, absent, different } = ensuringOf(plan, step);
  const look = `-Id ${powershellWord(id)} -Api ${powershellLiteral(step.api ?? '')} -Query ${powershellDouble([query])}`;
  return [
    `switch (Get-Difference ${look} -Wants @(${wants.map(powershellDouble).join(', ')})) {`,
    "  'absent' {",
    ...branchLines(absent),
    '  }',
    ...(different ? ["  'different' {", ...branchLines(different), '  }'] : []),
    "  'same' { Write-Line '   is there already' }",
    '}',
  ];
}

function branchLines(branch: Branch): string[] {
  if ('stop' in branch) return [`    Stop-Run ${powershellDouble(branch.stop)}`];
  return [`    Write-Line ${powershellDouble(branch.say)}`, ...commands(branch.run, '    ')];
}

function actionLines(step: Step): string[] {
  return [
    `$seen = "$(${(step.probe ?? []).map(powershellWord).join(' ')})".Trim()`,
    'Assert-Az',
    `if ($seen -ieq ${powershellLiteral(step.done ?? '')}) {`,
    "  Write-Line '   nothing to do'",
    '} else {',
    ...(step.say === undefined ? [] : [`  Write-Line ${powershellLiteral(`   ${step.say}`)}`]),
    ...commands(step.create, '  '),
    '}',
  ];
}

function outputLines(plan: Plan, step: Step): string[] {
  return usedOutputs(plan, step).flatMap(([name, path]) => {
    const spelled = {
      id: powershellWord(step.id ?? []),
      api: powershellLiteral(step.api ?? ''),
      query: powershellLiteral(path),
      output: 'tsv',
    };
    const look = lookCommand(plan, spelled, powershellWord).join(' ');
    return [`$${variableName(`${step.key}.${name}`)} = ${look}`, 'Assert-Az'];
  });
}

function commands(list: readonly (readonly Word[])[], indent: string): string[] {
  return list.flatMap((words) => [`${indent}${wrapOptions(words.map(powershellWord), indent, '`')}`, `${indent}Assert-Az`]);
}
