import { constants, platform, setPriority, tmpdir } from 'node:os';
import { isObject, type Json, parseJson } from '../../core/json.ts';
import { fillWords, parseCommands, wordText } from '../../core/words.ts';
import type { Explained } from '../run/ports.ts';
import { findProgram, type Program } from '../run/programs.ts';
import { NoToken } from './trouble.ts';

/** Hands out a token for Resource Manager; it lives in memory alone. */
export interface TokenSource {
  /** The token; another one than `refused`, which Azure did not take. Throws NoToken. */
  readonly take: (refused?: string) => Promise<string>;
  /** Lets the next one who asks try again, after a new sign-in. */
  readonly forget: () => void;
}

/** What a token is got with. */
export interface TokenOptions {
  /** The command of catalog.yaml; it sees `subscription`. */
  readonly command: string;
  readonly subscription: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What a message of the program means. */
  readonly explain: (text: string) => Pick<Explained, 'message' | 'signIn'>;
  readonly now?: () => number;
  /** Ends the program. */
  readonly signal?: AbortSignal;
}

interface Held {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

const minute = 60_000;
/** A token is not used in its last minutes, so that it does not expire on its way. */
const reserve = 5 * minute;

/** Gets tokens from az: one process at a time, whoever waits for it, and none while the last token is good. A failure stays until `forget`. */
export function azToken(options: TokenOptions): TokenSource {
  const now = options.now ?? Date.now;
  let held: Promise<Held> | undefined;
  const renew = async (refused?: string): Promise<Held> => {
    const next = await fetched(options, now());
    if (next.token !== refused) return next;
    throw new NoToken(
      'signed out',
      'Azure does not take the token that az hands out. Sign in again; see that az is set to the right cloud.',
    );
  };
  return {
    take: async (refused) => {
      held ??= renew();
      const seen = held;
      const { token, until } = await seen;
      if (token !== refused && until > now()) return token;
      // Whoever comes second finds the process that the first one started.
      if (held === seen) held = renew(refused);
      return (await (held ?? renew(refused))).token;
    },
    forget: () => {
      held = undefined;
    },
  };
}

async function fetched({ command, subscription, environment, explain, signal }: TokenOptions, now: number): Promise<Held> {
  const [name = '', ...words] = wordsOf(command, subscription);
  const program = findProgram(name, environment, platform());
  if (!program)
    throw new NoToken(
      'az missing',
      `${name} is not installed, or not on the PATH. Azure is read with its sign-in: install it, then sign in.`,
    );
  const { exitCode, stdout, stderr, timedOut, shortMessage } = await called(program, words, environment, signal);
  if (exitCode !== 0) {
    const { message, signIn } = explain(timedOut || stderr.trim() === '' ? (shortMessage ?? '') : stderr);
    throw new NoToken(signIn ? 'signed out' : 'failed', message);
  }
  const token = tokenIn(stdout, now);
  if (!token) throw new NoToken('failed', `${name} printed no token where one was expected.`);
  return token;
}

async function called(program: Program, words: readonly string[], environment: TokenOptions['environment'], signal?: AbortSignal) {
  const { execa } = await import('execa');
  const running = execa(program.file, [...program.before, ...words], {
    cwd: tmpdir(),
    env: { ...environment },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: 2 * minute,
    ...(signal ? { cancelSignal: signal } : {}),
    windowsHide: true,
    // Who leaves meanwhile must not end it while it writes its sign-in.
    cleanup: false,
    // What it prints is the token; not even a debugger's variable may show it.
    verbose: 'none',
  });
  giveWay(running.pid);
  return running;
}

/** Keys of the person come before a program that nobody watches; where that cannot be had, it runs as any other. */
function giveWay(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It may have ended already.
  }
}

function wordsOf(command: string, subscription: string): string[] {
  const [template] = parseCommands(command);
  const resolve = (expression: string) => (expression === 'subscription' ? { value: subscription } : { missing: expression });
  return template ? fillWords(template, resolve).map((word) => wordText(word) ?? '') : [];
}

function tokenIn(printed: string, now: number): Held | undefined {
  const answer = parseJson(printed);
  if (!isObject(answer) || typeof answer.accessToken !== 'string' || !/^[\x21-\x7e]+$/.test(answer.accessToken)) return undefined;
  const expires = expiryOf(answer) ?? now + 2 * reserve;
  // az may hand out one that is nearly over, and would do so again.
  return { token: answer.accessToken, until: Math.max(expires - reserve, now + minute) };
}

/** The older az gives the local time without a zone, the newer one seconds too. */
function expiryOf({ expires_on: seconds, expiresOn: local }: { readonly [key: string]: Json }): number | undefined {
  if (typeof seconds === 'number') return seconds * 1000;
  const time = typeof local === 'string' ? Date.parse(local.replace(' ', 'T').replace(/(\.\d{3})\d+$/, '$1')) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
