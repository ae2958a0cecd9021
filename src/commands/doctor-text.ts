import { platform } from 'node:os';
import { styleText } from 'node:util';
import wrapText from 'wrap-ansi';
import { bashLiteral, powershellLiteral } from '../core/quote.ts';
import { showsUnicode } from '../core/unicode-terminal.ts';
import type { Diagnosis } from '../core/verify/doctor.ts';
import { countsOf, type Verdict } from '../core/verify/findings.ts';
import { type Context, wantsColour } from './context.ts';

interface Sign {
  readonly sign: string;
  /** In its place where signs do not come out right. */
  readonly plain: string;
  /** The same as the sign, in a word. */
  readonly word: string;
  readonly colour: 'green' | 'red' | 'yellow';
}

const signs: Readonly<Record<Verdict, Sign>> = {
  pass: { sign: '✔', plain: '+', word: 'fine', colour: 'green' },
  fail: { sign: '✖', plain: 'x', word: 'wrong', colour: 'red' },
  unknown: { sign: '?', plain: '?', word: 'unknown', colour: 'yellow' },
  'by hand': { sign: '?', plain: '?', word: 'by hand', colour: 'yellow' },
};

const indent = ' '.repeat(11);

/** What was found, a line for each item, below it what it means and what mends it unless it is fine, and the counts at the end. */
export function diagnosesText(found: readonly Diagnosis[], context: Context): string {
  const width = Math.max(40, Math.min(context.stdout.columns ?? 100, 110));
  const lines = found.flatMap((one) => [headOf(one, context), ...detailsOf(one, context, width)]);
  return [...lines, '', countsText(found)].join('\n');
}

function headOf({ verdict, label, found, severity }: Diagnosis, context: Context): string {
  const { sign, plain, word, colour } = signs[verdict];
  const mark = showsUnicode(context.environment, platform()) ? sign : plain;
  const coloured = wantsColour(context) ? styleText(colour, mark, { stream: context.stdout }) : mark;
  const value = verdict === 'pass' && found !== undefined && tells(found) ? `: ${found}` : '';
  return `${coloured} ${word.padEnd(8)} ${label}${verdict === 'pass' ? value : ` (${severity})`}`;
}

/** Whether a value says more than that the check passed. */
function tells(found: string): boolean {
  return !['true', 'false', 'nothing', ''].includes(found);
}

/** What stands below an item: what it means, what was found and what mends it; of what nobody could look at only why. */
function detailsOf(one: Diagnosis, context: Context, width: number): string[] {
  if (one.verdict === 'pass') return [];
  const { says, why, found, expected, mend } = one;
  const comparison = expected === undefined || expected === 'true' ? [] : [`Found: ${found}. Expected: ${expected || 'nothing'}.`];
  const texts = one.verdict === 'fail' ? [says, ...(why === undefined ? comparison : [why])] : [why ?? says];
  const commands = (mend?.commands ?? []).map((words) => `${indent}  $ ${spelled(words)}`);
  const mends = mend ? [hang(`Mend: ${mend.say ?? ''}`.trimEnd(), width), ...commands] : [];
  return [...texts.map((text) => hang(text, width)), ...mends, ...(context.plain ? [] : [''])];
}

/** A command as one types it into the shell of this computer. */
function spelled(words: readonly string[]): string {
  return words.map(platform() === 'win32' ? powershellLiteral : bashLiteral).join(' ');
}

function hang(text: string, width: number): string {
  return wrapText(text, width - indent.length, { hard: false })
    .split('\n')
    .map((line) => `${indent}${line}`)
    .join('\n');
}

function countsText(found: readonly Diagnosis[]): string {
  const { pass, fail, unknown } = countsOf(found);
  const low = found.filter(({ verdict, severity }) => verdict === 'fail' && severity === 'low').length;
  const wrong =
    low === 0 || low === fail
      ? low === 0
        ? `${fail} wrong`
        : `${fail} wrong of low severity`
      : `${fail} wrong, ${low} of them of low severity`;
  return `${pass} fine, ${wrong}, ${unknown} unknown`;
}
