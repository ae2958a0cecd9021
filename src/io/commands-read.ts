import { platform } from 'node:os';
import type { Reading, Why } from '../core/asks.ts';
import type { Catalog } from '../core/catalog.ts';
import type { Json } from '../core/json.ts';
import { codeOf, knownErrorOf, messageOf } from '../core/known-errors.ts';
import { redact } from '../core/redact.ts';
import type { Ended } from '../core/run/job.ts';
import type { KnownError } from '../core/schema.ts';
import type { Source } from '../core/verify/sources.ts';
import { realExec } from './run/exec.ts';
import type { Exec } from './run/ports.ts';
import { findProgram, type Program } from './run/programs.ts';
import { Slots } from './run/slots.ts';

/** What commands that only look are run with. */
export interface CommandPorts {
  readonly exec: Exec;
  /** Whether the program that words begin with is here. */
  readonly has: (program: string) => boolean;
  /** The program whose exit code 3 says that something does not exist. */
  readonly tellsAbsent: string | undefined;
  readonly errors: readonly KnownError[];
  readonly slots: Slots;
  readonly now: () => Date;
  /** The most milliseconds that one command may take. */
  readonly timeout: number;
  /** Ends what runs. */
  readonly signal?: AbortSignal;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The ports for the programs of this computer that a catalog names; at most four run at once, a minute each. */
export function commandPorts({ manifest, errors }: Catalog, environment: Environment, signal?: AbortSignal): CommandPorts {
  const programs = programsOf(manifest, environment);
  return {
    exec: realExec({ folder: '.', environment: { ...environment, ...manifest.run?.environment }, programs, run: 'look' }),
    has: (program) => programs.has(program),
    tellsAbsent: manifest.programs[0],
    errors,
    slots: new Slots(4),
    now: () => new Date(),
    timeout: 60_000,
    ...(signal ? { signal } : {}),
  };
}

/** The programs that a catalog names and that are on the PATH, by the name that the catalog has for them. */
export function programsOf({ programs, tools = {} }: Catalog['manifest'], environment: Environment): ReadonlyMap<string, Program> {
  const wanted = [...programs.map((name) => [name, [name]] as const), ...Object.entries(tools)];
  return new Map(
    wanted.flatMap(([name, names]) => {
      const found = names.flatMap((one) => foundAt(one, environment) ?? [])[0];
      return found ? [[name, found]] : [];
    }),
  );
}

/** Windows puts files that cannot even be looked at on the PATH, which stand for programs of its store. */
function foundAt(name: string, environment: Environment): Program | undefined {
  try {
    return findProgram(name, environment, platform());
  } catch {
    return undefined;
  }
}

/** Runs a command that only looks, without a shell, and gives what it printed, or why there is nothing; secrets are hidden. */
export async function readCommand(source: Extract<Source, { type: 'command' }>, ports: CommandPorts): Promise<Reading> {
  const [program = ''] = source.words;
  const gap = (why: Why, message: string): Reading => ({ ok: false, why, message, at: ports.now().toISOString() });
  if (!ports.has(program)) return gap('not installed', `${program} is not installed, or not on the PATH.`);
  const ended = await ports.slots.use(0, () => runFor(source.words, ports));
  if (ended === 'timed out') return gap('timed out', `${program} was ended after ${ports.timeout / 1000} seconds.`);
  if (ended.code !== 0) return gap(gapOf(ended, program, ports), messageOf(redact(ended.stderr, { ids: false })));
  return answerOf(ended.stdout, source.text, ports.now().toISOString());
}

async function runFor(words: readonly string[], { exec, timeout, signal }: CommandPorts): Promise<Ended | 'timed out'> {
  if (signal?.aborted) return { stdout: '', stderr: 'It was interrupted.' };
  const running = await exec({ words }, { step: words.join(' '), purpose: 'look' });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    running.end();
  }, timeout);
  signal?.addEventListener('abort', running.end, { once: true });
  try {
    const ended = await running.ended;
    return late ? 'timed out' : ended;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', running.end);
  }
}

function answerOf(stdout: string, text: boolean, at: string): Reading {
  const shown = redact(stdout, { ids: false });
  if (text) return { ok: true, value: shown.trim(), at };
  try {
    return { ok: true, value: JSON.parse(shown) as Json, at };
  } catch {
    return { ok: false, why: 'unexpected', message: 'It printed something else than JSON.', at };
  }
}

/** How a refusal is told in words by a program that has no code for it. */
const told: readonly (readonly [RegExp, Why])[] = [
  [/Error from server \(NotFound\)|\bNot Found\(/, 'absent'],
  [/Error from server \(Forbidden\)|\bForbidden\(/, 'forbidden'],
  [/\bToo Many Requests\b/, 'throttled'],
  [
    /Max retries exceeded|Failed to establish a new connection|getaddrinfo|Name or service not known|Connection (?:refused|reset|aborted)|connection refused|Unable to connect to the server|CERTIFICATE_VERIFY_FAILED|ProxyError|i\/o timeout|no such host/i,
    'unreachable',
  ],
];

function gapOf({ code, stderr }: Ended, program: string, { tellsAbsent, errors }: CommandPorts): Why {
  if (code === 3 && program === tellsAbsent) return 'absent';
  const refusal = codeOf(messageOf(stderr));
  if (refusal !== undefined && /NotFound$/.test(refusal)) return 'absent';
  if (refusal !== undefined && /^(?:Linked)?AuthorizationFailed$|^Forbidden$/.test(refusal)) return 'forbidden';
  if (refusal !== undefined && /TooManyRequests|Throttled$/.test(refusal)) return 'throttled';
  if (knownErrorOf(errors, stderr)?.sign_in) return 'signed out';
  const said = told.find(([pattern]) => pattern.test(stderr))?.[1];
  return said ?? (refusal === undefined ? 'unexpected' : 'refused');
}
