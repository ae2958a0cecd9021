import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Json } from '../../src/core/json.ts';
import { pythonLiteral } from '../../src/core/quote.ts';

/** The bash under test: on a Mac it is 3.2; elsewhere BASH_UNDER_TEST can name an old one. */
export const bash = process.env.BASH_UNDER_TEST ?? '/bin/bash';

/** The Python under test: the one that az uses where there is one. */
export const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

/** Runs lines of bash as a script and gives back what they print, cut at each NUL. */
export function runBash(lines: readonly string[], locale = 'C'): string[] {
  const input = ['set -u', ...lines, ''].join('\n');
  const env = { PATH: '/usr/bin:/bin', LC_ALL: locale, HOME: '/nowhere', A: '', HISTFILE: '/dev/null' };
  return runProgram(bash, ['--noprofile', '--norc'], input, env).split('\0').slice(0, -1);
}

/** Runs Python expressions in one process and gives back their values as JSON text. */
export function runPython(values: readonly Json[]): string[] {
  const items = values.map((value) => `    ${pythonLiteral(value)},`);
  const input = ['import json', 'values = [', ...items, ']', 'for value in values:', '    print(json.dumps(value, ensure_ascii=True))', ''];
  return runProgram(python, ['-I', '-'], input.join('\n'), {}).trimEnd().split('\n');
}

/** Runs a program on a text and gives back what it prints. */
export function runProgram(file: string, args: readonly string[], input: string, env: Record<string, string>): string {
  return execFileSync(file, args, { input, env, stdio: 'pipe', encoding: 'utf8', maxBuffer: 1 << 28, timeout: 20_000 });
}
