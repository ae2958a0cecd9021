import { platform } from 'node:os';
import { execa } from 'execa';
import type { Catalog } from '../core/catalog.ts';
import { UserError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import type { Plan } from '../core/plan.ts';
import type { RunEvent } from '../core/run/events.ts';
import type { RunState } from '../core/run/fold.ts';
import type { Job } from '../core/run/job.ts';
import { argumentOf } from '../core/run/plan-jobs.ts';
import { fillWords, parseCommands } from '../core/words.ts';
import { endChild, isAlive, markedChildren } from '../io/run/children.ts';
import { realExec } from '../io/run/exec.ts';
import { findProgram, type Program } from '../io/run/programs.ts';
import type { Context } from './context.ts';
import { filesFolder, realClock, type Work } from './running.ts';

/** Where a run plays: in Azure, or in a rehearsal. */
export interface Stage {
  readonly ports: Pick<Work, 'exec' | 'clock' | 'alive' | 'endChild' | 'signIn'>;
  /** What has to be installed first, in words. */
  readonly installs: readonly string[];
  /** Completes what a journal knows by what this computer knows. */
  readonly adopt: (state: RunState) => Promise<RunState>;
  /** Installs what is missing, after the yes. */
  readonly prepare: () => Promise<void>;
  /** Keeps what has to be kept before an event is in the journal. */
  readonly before?: (event: RunEvent) => Promise<void> | undefined;
  /** Keeps what the next process needs. */
  readonly keep: () => Promise<void>;
}

/** What Azure is reached with. */
export interface Needs {
  readonly catalog: Catalog;
  /** The first words of all commands. */
  readonly programs: ReadonlySet<string>;
  /** Names of extensions. */
  readonly extensions: readonly string[];
}

/** What the commands of a plan need. */
export function needsOfPlan({ situation, steps }: Plan): Needs {
  const { catalog } = situation;
  const looks = steps.some(({ id }) => id) ? [catalog.manifest.programs[0] ?? ''] : [];
  const commands = steps.flatMap(({ probe, create, update }) => [...(probe ? [probe] : []), ...create, ...update]);
  const needed = catalog.manifest.run ? situation.settle(catalog.manifest.run.extensions.needed) : [];
  return {
    catalog,
    programs: new Set([...looks, ...commands.map((words) => argumentOf(words[0] ?? [], {}))]),
    extensions: Array.isArray(needed) ? (needed as Json[]).map(String) : [],
  };
}

/** Azure, through the programs that are installed here. */
export async function azure(context: Context, needs: Needs, jobs: readonly Job[], folder: string): Promise<Stage> {
  const programs = programsFor(context, needs.programs);
  const settings = needs.catalog.manifest.run;
  const environment = { ...context.environment, ...settings?.environment };
  const call = caller(programs, environment);
  const missing = settings && needs.extensions.length > 0 ? await missingExtensions(needs.extensions, settings.extensions.list, call) : [];
  return {
    ports: {
      exec: realExec({ folder: filesFolder(folder), environment, programs, run: folder }),
      clock: realClock,
      alive: isAlive,
      endChild,
      ...(context.noInput || !settings ? {} : { signIn: async () => (await call(wordsIn(settings.sign_in), true)).exitCode === 0 }),
    },
    installs: missing.map((name) => `the extension ${name}, on this computer`),
    adopt: (state) => withOrphans(state, jobs, folder),
    prepare: async () => {
      for (const name of missing) await install(name, settings?.extensions.add ?? '', call);
    },
    keep: async () => undefined,
  };
}

interface Called {
  readonly exitCode?: number | undefined;
  readonly stdout?: unknown;
  readonly stderr?: unknown;
}

type Caller = (words: readonly string[], seen: boolean) => Promise<Called>;

function caller(programs: ReadonlyMap<string, Program>, environment: Readonly<Record<string, string | undefined>>): Caller {
  return async ([name = '', ...words], seen) => {
    const program = programs.get(name);
    if (!program) throw new UserError({ what: `${name} is not installed.` });
    const streams = seen ? { stdio: 'inherit' as const } : { stdin: 'ignore' as const };
    return execa(program.file, [...program.before, ...words], { env: environment, extendEnv: false, reject: false, ...streams });
  };
}

function programsFor({ environment }: Context, names: ReadonlySet<string>): Map<string, Program> {
  const found = new Map<string, Program>();
  for (const name of names) {
    const program = findProgram(name, environment, platform());
    if (program) found.set(name, program);
  }
  const missing = [...names].filter((name) => !found.has(name));
  if (missing.length === 0) return found;
  throw new UserError({
    what: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not installed, or not on the PATH.`,
    hint: 'Install it and run the same command again; or rehearse first, which needs nothing: add --rehearse.',
  });
}

async function missingExtensions(needed: readonly string[], list: string, call: Caller): Promise<string[]> {
  const words = wordsIn(list);
  const { exitCode, stdout, stderr } = await call(words, false);
  if (exitCode !== 0) throw new UserError({ what: `${words[0]} does not run.`, hint: String(stderr).trim() }, { exitCode: 3 });
  const there = new Set(
    String(stdout)
      .split(/\r?\n/)
      .map((line) => line.trim()),
  );
  return needed.filter((name) => !there.has(name));
}

async function install(name: string, add: string, call: Caller): Promise<void> {
  const { exitCode, stderr } = await call(wordsIn(add, name), false);
  if (exitCode === 0) return;
  throw new UserError({ what: `The extension ${name} could not be installed.`, hint: String(stderr).trim() }, { exitCode: 3 });
}

/** The words of a command of catalog.yaml, in which only the name of an extension is open. */
function wordsIn(text: string, name = ''): string[] {
  const [command] = parseCommands(text);
  return command ? fillWords(command, () => ({ value: name })).map((word) => argumentOf(word, {})) : [];
}

/** A program whose start was the last thing that a dead process did is in no journal; its mark tells. */
async function withOrphans(state: RunState, jobs: readonly Job[], run: string): Promise<RunState> {
  const lost = jobs.filter(({ key }) => {
    const step = state.steps.get(key);
    return step?.pending?.begun && !step.child;
  });
  if (lost.length === 0) return state;
  const marked = await markedChildren(`${run}/change/`);
  const steps = new Map(state.steps);
  for (const { key } of lost) {
    const child = marked.get(`${run}/change/${key}`);
    const step = steps.get(key);
    if (child && step) steps.set(key, { ...step, child });
  }
  return { ...state, steps };
}
