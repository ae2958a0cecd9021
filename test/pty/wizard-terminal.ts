// The wizard in a real terminal: what a person sees, and the keys that a person presses.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Terminal } from '../../scripts/terminal.mjs';
import { node, program, quietEnvironment } from '../cli/run.ts';

/** What is typed where nothing is proposed, by the words of the question; everywhere else Enter takes what is proposed. */
const typed: readonly (readonly [RegExp, string])[] = [
  [/which subscription/i, '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7'],
  [/short name/i, 'contoso'],
  [/which region/i, 'koreacentral'],
  [/people open the studio/i, '1'],
];

/** What a person types at a question before Enter. */
export function typedAt(ask: string): string {
  return typed.find(([words]) => words.test(ask))?.[1] ?? '';
}

/** A question on the screen: its place among all, and its words. */
export interface Shown {
  readonly place: string;
  readonly ask: string;
}

/** Starts the program in a terminal; with `after`, in a shell that goes on when it has ended. */
export function openTerminal(
  words: readonly string[],
  folder: string,
  size: { columns: number; rows: number } = { columns: 90, rows: 30 },
  after?: string,
): Terminal {
  const env = quietEnvironment({ AMLGUIDE_STATE_DIR: join(folder, 'state') });
  const options = { ...size, cwd: folder, env };
  if (after === undefined) return new Terminal(node, [program, ...words], options);
  return new Terminal('bash', ['-c', `"$@"; ${after}`, 'bash', node, program, ...words], options);
}

/** Waits until the screen shows what is wanted, and gives that. */
export async function until<T>(terminal: Terminal, look: (lines: readonly string[]) => T | undefined, what: string): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    await new Promise<void>((resolve) => terminal.screen.write('', resolve));
    const found = isBetweenFrames(terminal.output) ? look(terminal.lines()) : undefined;
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what} did not come; the screen:\n${terminal.lines().join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Terminals paint a frame at once; this one would show half of it. Keys count only once the program asked for pasted text too. */
function isBetweenFrames(output: string): boolean {
  return output.includes('\u001B[?2004h') && output.lastIndexOf('\u001B[?2026h') <= output.lastIndexOf('\u001B[?2026l');
}

/** The question on a screen without a sidebar; undefined while there is none. */
export function shownOn(lines: readonly string[]): Shown | undefined {
  const at = lines.findIndex((line) => / section \d+ of \d+$/.test(line));
  const ask = lines.slice(at + 1).find((line) => line.trim() !== '');
  if (at < 0 || ask === undefined || !lines.some((line) => /ctrl\+c save and leave/.test(line))) return undefined;
  return { place: /(question \d+ · )?section \d+ of \d+$/.exec(lines[at] ?? '')?.[0] ?? '', ask: ask.trim() };
}

/** Whether every question is answered and the review offers to write. */
export function isReview(lines: readonly string[]): boolean {
  return lines.some((line) => /w write the scripts/.test(line));
}

/** What comes after a question: another one, or the review at the end. */
export function next(terminal: Terminal, before: Shown): Promise<Shown | 'review'> {
  const look = (lines: readonly string[]): Shown | 'review' | undefined => {
    if (isReview(lines)) return 'review';
    const shown = shownOn(lines);
    return shown && (shown.place !== before.place || shown.ask !== before.ask) ? shown : undefined;
  };
  return until(terminal, look, `what follows «${before.ask}»`);
}

/** The answers of the session that lies in a folder. */
export function savedAnswers(folder: string): Record<string, { value: unknown }> {
  const [file] = readdirSync(join(folder, 'state/sessions')).filter((name) => name.endsWith('.json'));
  return JSON.parse(readFileSync(join(folder, 'state/sessions', file ?? ''), 'utf8')).session.answers;
}

/** Ends the program without asking it. */
export async function kill9(terminal: Terminal): Promise<void> {
  terminal.process.kill('SIGKILL');
  await terminal.exited;
}
