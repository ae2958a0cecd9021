import { join } from 'node:path';
import type { Catalog } from '../core/catalog.ts';
import { UserError } from '../core/errors.ts';
import { wordsIn } from '../core/glossary.ts';
import { codeOf, knownErrorOf, messageOf, retryAfterOf } from '../core/known-errors.ts';
import { redact } from '../core/redact.ts';
import type { Progress, RunEvent } from '../core/run/events.ts';
import type { RunState } from '../core/run/fold.ts';
import type { Job } from '../core/run/job.ts';
import { logLine } from '../core/run/log.ts';
import { RunControl } from '../io/run/control.ts';
import type { Journal } from '../io/run/journal.ts';
import type { Clock, Decision, Exec, Explained, Failure, RunOptions } from '../io/run/ports.ts';
import { type Outcome, run } from '../io/run/runner.ts';
import type { RunHandles, RunOverview, RunTrouble, RunUi } from '../ui/run-ui.ts';
import { type Context, terminalOf } from './context.ts';

/** Flags that every run has. */
export interface RunFlags {
  readonly yes?: boolean;
  readonly parallel?: number;
  readonly timeout?: number;
  readonly showIds?: boolean;
}

/** What is to be carried out, and with what. */
export interface Work {
  readonly overview: RunOverview;
  readonly jobs: readonly Job[];
  readonly state: RunState;
  readonly journal: Journal;
  readonly exec: Exec;
  readonly clock: Clock;
  readonly alive: Parameters<typeof run>[2]['alive'];
  readonly endChild: Parameters<typeof run>[2]['endChild'];
  /** Signs a person in, in the terminal that is free meanwhile; absent where nobody can be asked. */
  readonly signIn?: () => Promise<boolean>;
  readonly before?: (event: RunEvent) => Promise<void> | undefined;
  /** The answers can be edited. */
  readonly editable: boolean;
  /** The command that goes on with this run. */
  readonly again: string;
}

/** How a run ended; `edit` names the step whose answers a person wants to change. */
export interface Ended {
  readonly outcome: Outcome;
  readonly edit?: string;
}

const minute = 60_000;

/** The user interface of a run: full screen, line by line, or for programs. */
export async function openRunUi(context: Context): Promise<RunUi> {
  if (context.output === 'json') return (await import('../ui/json-run.ts')).jsonRunUi({ output: context.stdout });
  if (context.plain || context.noInput) {
    const { plainRunUi } = await import('../ui/plain/run.ts');
    return plainRunUi({ input: context.stdin, output: context.stderr }, { interactive: !context.noInput });
  }
  const { inkRunUi } = await import('../ui/ink/ink-run-ui.ts');
  const catalog = await context.catalog();
  const ui = inkRunUi(terminalOf(context), () => wordsIn(catalog));
  const deaf = context.signals(() => ui.hurry?.());
  return { ...ui, close: () => Promise.resolve(ui.close()).finally(deaf) };
}

/** Refuses to change anything when nobody can say yes. */
export function mayChange(context: Context, flags: RunFlags, how: string): void {
  if (flags.yes || (!context.noInput && context.output !== 'json')) return;
  throw new UserError({ what: 'Nobody is here to say yes to the changes.', hint: how });
}

/** Runs the jobs, shows it, asks about failures, and listens to signals. */
export async function carryOut(context: Context, catalog: Catalog, work: Work, flags: RunFlags, ui: RunUi): Promise<Ended> {
  const control = new RunControl();
  const hide = hider(flags);
  const stopListening = context.signals((signal) => (signal === 'SIGHUP' || control.stopping.aborted ? control.leave() : control.stop()));
  context.lastWord?.(`What was done is written down. Go on with: ${work.again}`);
  let edit: string | undefined;
  const decide = async (failure: Failure): Promise<Decision> => {
    const choice = await choiceOf(work, troubleOf(catalog, work, failure, hide), ui);
    if (choice === 'edit') edit = failure.step;
    return choice === 'edit' ? 'stop' : choice;
  };
  ui.begin(work.overview, linesOf(work), { ...handlesOf(control, work.journal, hide), facts: factsIn(catalog, work) });
  try {
    const world = {
      ...work,
      random: Math.random,
      write: async (event: RunEvent) => {
        await work.before?.(event);
        await work.journal.write(withoutSecrets(event));
      },
      tell: (event: RunEvent | Progress) => ui.event(hidden(event, hide), work.clock.now()),
      explain: (text: string) => explained(catalog, text),
      decide,
    };
    const outcome = await run(work.jobs, work.state, world, control, optionsOf(flags));
    return { outcome, ...(edit === undefined ? {} : { edit }) };
  } finally {
    stopListening();
  }
}

/** Asks until the answer is one that the run understands; a sign-in that fails is asked about again. */
async function choiceOf({ signIn }: Work, trouble: RunTrouble, ui: RunUi): Promise<Decision | 'edit'> {
  for (;;) {
    const choice = await ui.decide(trouble);
    if (choice !== 'sign in') return choice;
    if (signIn && (await ui.aside(signIn))) return 'signed in';
  }
}

function optionsOf({ parallel = 4, timeout = 90 }: RunFlags): RunOptions {
  return { parallel, timeout: timeout * minute, retries: 6 };
}

function linesOf({ jobs, state }: Work) {
  return jobs.map(({ key, what, takes, digest, after }) => {
    const earlier = state.steps.get(key);
    const finished = earlier?.status === 'done' && earlier.digest === digest;
    return { key, what, finished, after, ...(takes === undefined ? {} : { takes }) };
  });
}

/** Looks up what a step rests on. */
function factsIn({ facts }: Catalog, { jobs }: Work): NonNullable<RunHandles['facts']> {
  const byKey = new Map(jobs.map((job) => [job.key, job.facts]));
  return (step) => (byKey.get(step) ?? []).flatMap((id) => facts[id] ?? []);
}

function handlesOf(control: RunControl, journal: Journal, hide: (text: string) => string): RunHandles {
  return {
    stop: () => control.stop(),
    end: () => control.end(),
    leave: () => control.leave(),
    log: () => journal.entries.map((entry) => hide(logLine(entry))),
  };
}

/** What is known about a message; a refusal is what Azure, or az itself, says no to in words. */
export function explained(catalog: Catalog, text: string): Explained {
  // Before it is cut: half a key looks like none.
  const message = messageOf(redact(text, { ids: false }));
  const known = knownErrorOf(catalog.errors, text);
  const asked = retryAfterOf(text);
  const retry = known?.retry === undefined ? undefined : Math.max(known.retry, asked ?? 0);
  return {
    message,
    refused: retry === undefined && !known?.sign_in && (known !== undefined || codeOf(message) !== undefined),
    ...(known ? { id: known.id } : {}),
    ...(retry === undefined ? {} : { retry }),
    ...(known?.tries === undefined ? {} : { tries: known.tries }),
    ...(known?.sign_in ? { signIn: true } : {}),
  };
}

function troubleOf(catalog: Catalog, work: Work, failure: Failure, hide: (text: string) => string): RunTrouble {
  const known = catalog.errors.find(({ id }) => id === failure.error);
  const source = known?.sources.map(({ page, date }) => (date ? `${page} (${date})` : page)).join('; ');
  return {
    step: failure.step,
    what: failure.what,
    message: hide(failure.message),
    ...(known
      ? { known: { id: known.id, cause: known.cause, fix: known.fix, source: source ?? '', ...(known.link ? { link: known.link } : {}) } }
      : {}),
    ...(failure.signIn && work.signIn ? { signIn: true } : {}),
    waiting: waitingFor(work.jobs, failure.step),
    editable: work.editable,
  };
}

function waitingFor(jobs: readonly Job[], step: string): number {
  const found = new Set([step]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const { key, after } of jobs) if (after.some((one) => found.has(one))) found.add(key);
  }
  return found.size - 1;
}

/** Hides secrets, and ids unless they are wanted. */
export function hider({ showIds = false }: RunFlags): (text: string) => string {
  return (text) => redact(text, { ids: !showIds });
}

/** The same value with every text hidden; steps keep their keys, which hold no secret and tell them apart. */
export function hidden<T>(value: T, hide: (text: string) => string): T {
  const texts = (inner: unknown): unknown => {
    if (typeof inner === 'string') return hide(inner);
    if (Array.isArray(inner))
      return inner.map((one, index) => (typeof one === 'string' ? hiddenWord(inner[index - 1], one, hide) : texts(one)));
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, key === 'type' || key === 'step' ? one : texts(one)]));
  };
  return texts(value) as T;
}

/** A word of a command; what an option names can only be told together with it. */
function hiddenWord(before: unknown, word: string, hide: (text: string) => string): string {
  if (typeof before !== 'string' || !before.startsWith('--')) return hide(word);
  return hide(`${before} ${word}`).slice(before.length + 1);
}

/** What a journal may keep: a body with a secret in it is left away, and then it is not written back either. */
function withoutSecrets(event: RunEvent): RunEvent {
  if (event.type === 'change' && event.before !== undefined && holdsSecret(event.before)) {
    const { before: _, undo, ...rest } = event;
    const kept = 'What it was before holds a secret, so it was not kept. Put it back by hand.';
    return undo ? { ...rest, undo: { ...undo, kept } } : rest;
  }
  if (event.type !== 'done' || event.body === undefined || !holdsSecret(event.body)) return event;
  const { body: _, ...rest } = event;
  return rest;
}

function holdsSecret(value: unknown): boolean {
  const text = JSON.stringify(value);
  return redact(text, { ids: false }) !== text;
}

/** Where the files lie that the commands of a run read. */
export function filesFolder(folder: string): string {
  return join(folder, 'files');
}

/** The time of this computer. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const timer = setTimeout(done, milliseconds);
      function done(): void {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      }
      signal?.addEventListener('abort', done, { once: true });
    }),
};
