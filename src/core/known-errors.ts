import type { KnownError } from './schema.ts';

/** What is known about a message: the entry whose text is the longest of those that occur in it, so that the special goes before the general. */
export function knownErrorOf(errors: readonly KnownError[], message: string): KnownError | undefined {
  // Warnings come before the error and often tell of something that did no harm.
  return longestOf(errors, messageOf(message, Number.POSITIVE_INFINITY)) ?? longestOf(errors, message);
}

function longestOf(errors: readonly KnownError[], message: string): KnownError | undefined {
  const text = message.toLowerCase().replace(/\s+/g, ' ');
  let found: KnownError | undefined;
  let longest = 0;
  for (const error of errors) {
    for (const match of error.match) {
      if (match.length <= longest || !occurs(match.toLowerCase(), text)) continue;
      found = error;
      longest = match.length;
    }
  }
  return found;
}

/** A code counts as a whole word only: its letters may occur in an id or in a longer code, which means something else. */
function occurs(match: string, text: string): boolean {
  const isCode = /^\w+$/.test(match);
  for (let at = text.indexOf(match); at >= 0; at = text.indexOf(match, at + 1)) {
    if (!isCode || !(isWord(text[at - 1]) || isWord(text[at + match.length]))) return true;
  }
  return false;
}

function isWord(letter: string | undefined): boolean {
  return letter !== undefined && /\w/.test(letter);
}

/** The seconds that a message asks to wait; undefined when it asks for none. */
export function retryAfterOf(message: string): number | undefined {
  const header = /retry-after(-ms)?['"]?\s{0,3}[:=]\s{0,3}['"]?(\d{1,7})/i.exec(message);
  if (header) return header[1] === undefined ? Number(header[2]) : Math.ceil(Number(header[2]) / 1000);
  const words = /\b(?:retry|retried|try|again|wait)\b[^.\n]{0,40}?\s['"]?(\d{1,5})['"]?\s{0,3}(second|minute|hour)/i.exec(message);
  return words ? Number(words[1]) * secondsOf(words[2] ?? '') : undefined;
}

function secondsOf(unit: string): number {
  const name = unit.toLowerCase();
  return name === 'hour' ? 3600 : name === 'minute' ? 60 : 1;
}

const longestMessage = 1000;

/** How the line with the error begins, as az, argparse, kubectl and helm write it. */
const error = /^(?:[\w./ -]{1,80}: error|ERROR|Error|error):\s*|^(?=Error from server \()/;
/** How the last line of a Python traceback begins. */
const exception = /^(?:[A-Za-z_]\w{0,60}\.){0,6}[A-Z]\w{0,60}(?:Error|Exception|Failure): /;
/** Lines that tell nothing of the failure: of the log, of a traceback, and what az says below its errors. */
const besides =
  /^(?:WARNING|DEBUG|INFO)\b|^[IWE]\d{4} \d\d:\d\d|^Traceback \(most recent|^(?:During handling of|The above exception was)|^ {2}File "|^ {4}\S|^\s*[\^~]+$|^(?:To check existing issues, please visit|To open a new issue, please run|Examples from AI knowledge base|Read more about the command|https:\/\/aka\.ms\/cli_ref)/;

/** The essential words of what az or kubectl printed when it failed: its error without warnings, traces and repetitions. */
export function messageOf(printed: string, atMost = longestMessage): string {
  const all = printed.split(/\r?\n/).map((line) => withoutColours(line).trimEnd());
  const telling = all.filter((line) => line !== '' && !besides.test(line));
  const lines = telling.length > 0 ? telling : all.filter((line) => line !== '');
  const text = withoutRepetition(toldIn(lines)).join('\n').replace(error, '').replace(exception, '');
  return text.length > atMost ? `${text.slice(0, atMost)}…` : text;
}

/** From the last error on, without the exception that az prints below its words; without both, the last lines. */
function toldIn(lines: readonly string[]): readonly string[] {
  const at = lines.findLastIndex((line) => error.test(line));
  if (at >= 0) return lines.slice(at).filter((line) => !exception.test(line) || error.test(line));
  const trace = lines.findLastIndex((line) => exception.test(line));
  return trace < 0 ? lines.slice(-3) : lines.slice(trace);
}

/** az repeats code and message on lines of their own after the first one. */
function withoutRepetition([first = '', ...rest]: readonly string[]): string[] {
  return [first, ...new Set(rest.filter((line) => !/^\s*(?:Code|Message):/.test(line)))];
}

function withoutColours(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with this character
  return line.replace(/\u001B\[[0-9;]{0,20}m/g, '');
}

/** The code of a refusal by Resource Manager; undefined when the message has none. */
export function codeOf(message: string): string | undefined {
  const forms = [
    /^\(([A-Za-z][A-Za-z0-9._]+)\)/m,
    /^\s*Code: ([A-Za-z][A-Za-z0-9._]+)/m,
    /["']code["']\s{0,3}:\s{0,3}["']([A-Za-z][A-Za-z0-9._]+)["']/,
  ];
  return forms.map((form) => form.exec(message)?.[1]).find((code) => code !== undefined);
}
