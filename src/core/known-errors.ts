import type { KnownError } from './schema.ts';

/** What is known about a message: the entry whose text is the longest of those that occur in it, so that the special goes before the general. */
export function knownErrorOf(errors: readonly KnownError[], message: string): KnownError | undefined {
  const text = message.toLowerCase();
  let found: KnownError | undefined;
  let longest = 0;
  for (const error of errors) {
    for (const match of error.match) {
      if (match.length <= longest || !text.includes(match.toLowerCase())) continue;
      found = error;
      longest = match.length;
    }
  }
  return found;
}

/** The seconds that a message asks to wait; undefined when it asks for none. */
export function retryAfterOf(message: string): number | undefined {
  const header = /retry-after['"]?\s*[:=]\s*['"]?(\d{1,5})/i.exec(message);
  if (header) return Number(header[1]);
  const words = /(?:retry|again|wait)[^.\n]{0,40}?\s'?(\d{1,5})'?\s*(second|minute)/i.exec(message);
  if (!words) return undefined;
  return Number(words[1]) * (words[2]?.toLowerCase() === 'minute' ? 60 : 1);
}

const longestMessage = 1000;

/** The essential words of what az or kubectl printed when it failed: its error without warnings, traces and repetitions. */
export function messageOf(printed: string): string {
  const lines = printed
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !/^(WARNING|DEBUG|INFO)\b/.test(line));
  const start = lines.findLastIndex((line) => /^(ERROR|error|Error)\b/.test(line));
  const told = start < 0 ? lines.slice(-3) : lines.slice(start);
  const text = withoutRepetition(told)
    .join('\n')
    .replace(/^(ERROR|error|Error):?\s*/, '');
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}

/** az repeats code and message on lines of their own after the first one. */
function withoutRepetition([first = '', ...rest]: readonly string[]): string[] {
  return [first, ...rest.filter((line) => !/^(Code|Message):/.test(line) && !line.startsWith('Traceback') && !line.startsWith('  File '))];
}

/** The code of a refusal by Resource Manager; undefined when the message has none. */
export function codeOf(message: string): string | undefined {
  return /^\(([A-Za-z][A-Za-z0-9.]+)\)/m.exec(message)?.[1] ?? /(?:^|\n)Code: ([A-Za-z][A-Za-z0-9.]+)/.exec(message)?.[1];
}
