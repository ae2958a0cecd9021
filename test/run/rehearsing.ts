import { explained } from '../../src/commands/running.ts';
import type { Plan } from '../../src/core/plan.ts';
import { type Applied, Cloud, type Pace } from '../../src/core/run/cloud.ts';
import type { JournalEntry, RunEvent } from '../../src/core/run/events.ts';
import { fold, madeBy } from '../../src/core/run/fold.ts';
import type { Job } from '../../src/core/run/job.ts';
import { jobsOf } from '../../src/core/run/plan-jobs.ts';
import { secondsOf } from '../../src/core/run/takes.ts';
import { undoJobsOf } from '../../src/core/run/undo-jobs.ts';
import { RunControl } from '../../src/io/run/control.ts';
import type { Decision, Failure, Running, RunOptions, RunWorld } from '../../src/io/run/ports.ts';
import { type Outcome, run } from '../../src/io/run/runner.ts';
import { standIn } from '../../src/io/run/stand-in.ts';
import { VirtualClock } from './virtual-clock.ts';

/** As long as in Azure. */
export const azurePace: Pace = { look: 1000, accept: 500, change: (takes) => secondsOf(takes) * 1000 };
export const usual: RunOptions = { parallel: 4, timeout: 3_600_000, retries: 4 };

/** What a session has: a cloud, a clock, and the journals of its runs. */
export interface Stage {
  readonly plan: Plan;
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly journals: { readonly kind: 'apply' | 'undo'; readonly entries: JournalEntry[] }[];
}

/** A session before its first run. */
export function stageOf(plan: Plan, cloud = Cloud.of(plan)): Stage {
  return { plan, cloud, clock: new VirtualClock(), journals: [] };
}

/** A copy that goes its own way: what is in memory only is lost, as with a new process. */
export function copyOf({ plan, cloud, clock, journals }: Stage): Stage {
  const copy = Cloud.from(cloud.toJSON());
  copy.join(plan);
  return {
    plan,
    cloud: copy,
    clock: new VirtualClock(clock.now()),
    journals: journals.map(({ kind, entries }) => ({ kind, entries: [...entries] })),
  };
}

/** How a run is disturbed. */
export interface Disturbance {
  readonly control?: RunControl;
  readonly options?: Partial<RunOptions>;
  readonly pace?: Pace;
  readonly decide?: (failure: Failure) => Decision | Promise<Decision>;
  /** Sees every event just before and just after it is in the journal. */
  readonly around?: (moment: 'before' | 'after', event: RunEvent, number: number) => void;
  readonly death?: Death;
  readonly random?: () => number;
  /** Leaves the other jobs of the plan out. */
  readonly only?: (job: Job) => boolean;
}

/** The end of a process: from then on no port answers it. */
export class Death {
  dead = false;
  readonly #never = new Promise<never>(() => {});
  #die: () => void = () => {};
  readonly came = new Promise<'dead'>((resolve) => {
    this.#die = () => resolve('dead');
  });

  come(): void {
    this.dead = true;
    this.#die();
  }

  /** A port that answers the living alone. */
  mortal<A extends unknown[], T>(port: (...of: A) => Promise<T>): (...of: A) => Promise<T> {
    return async (...of) => {
      if (this.dead) return this.#never;
      const answer = await port(...of);
      return this.dead ? this.#never : answer;
    };
  }
}

const jobsKnown = new WeakMap<Plan, readonly Job[]>();

/** The jobs of a plan, worked out once. */
export function jobsFor(plan: Plan): readonly Job[] {
  const jobs = jobsKnown.get(plan) ?? jobsOf(plan);
  jobsKnown.set(plan, jobs);
  return jobs;
}

/** Changes that one step had carried out more than once; those that no look can see only when asked for. */
export function repeatedIn(changes: readonly Applied[], unseen = false): string[] {
  const keys = changes.filter((one) => unseen || !one.unseen).map(({ step, words }) => `${step}: ${words.replaceAll('\n', ' ')}`);
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}

/** What was carried out, whoever asked for it: one command may be that of several steps. */
export function wordsIn(changes: readonly Applied[]): string[] {
  return [...new Set(changes.map(({ words }) => words))].sort();
}

/** Chance that is the same each time. */
export function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Runs what the plan asks for; a new run when the last one was another kind or complete, otherwise that one goes on. */
export function apply(stage: Stage, disturbance: Disturbance = {}): Promise<Outcome | 'dead'> {
  const { only = () => true } = disturbance;
  return perform(stage, 'apply', jobsFor(stage.plan).filter(only), disturbance);
}

/** Takes back what all runs made. */
export function undo(stage: Stage, disturbance: Disturbance = {}): Promise<Outcome | 'dead'> {
  const made = madeBy(stage.journals.flatMap(({ entries }) => entries));
  return perform(stage, 'undo', undoJobsOf(made, false), disturbance);
}

async function perform(stage: Stage, kind: 'apply' | 'undo', jobs: readonly Job[], disturbance: Disturbance): Promise<Outcome | 'dead'> {
  const { around = () => {}, death = new Death(), control = new RunControl() } = disturbance;
  const last = stage.journals.at(-1);
  const goesOn = last?.kind === kind && fold(last.entries).outcome !== 'complete';
  const journal = goesOn ? last : { kind, entries: [] };
  if (!goesOn) stage.journals.push(journal);
  const state = fold(journal.entries);
  const write = async (event: RunEvent): Promise<void> => {
    const number = journal.entries.length;
    around('before', event, number);
    if (death.dead) return;
    journal.entries.push({ seq: number, at: new Date(stage.clock.now()).toISOString(), event });
    around('after', event, number);
  };
  const steps = jobs.map(({ key, what, digest, after }) => ({ key, what, digest, after: [...after] }));
  const ports = worldOf(stage, disturbance, write, death);
  const begun = (async () => {
    await ports.write({ type: 'run', kind, rehearsal: true, program: 'test', catalog: 'test', steps });
    return run(jobs, state, ports, control, { ...usual, ...disturbance.options });
  })();
  return Promise.race([begun, death.came]);
}

function worldOf(stage: Stage, disturbance: Disturbance, write: RunWorld['write'], death: Death): RunWorld {
  const { exec, alive, endChild } = standIn(stage.cloud, stage.clock, disturbance.pace ?? azurePace);
  const { decide = () => 'stop' as const, random = () => 0.5 } = disturbance;
  return {
    exec: death.mortal(async (call, about): Promise<Running> => {
      const running = await exec(call, about);
      return { ...running, ended: death.mortal(() => running.ended)() };
    }),
    clock: { now: stage.clock.now, sleep: death.mortal(stage.clock.sleep) },
    random,
    write: death.mortal(write),
    tell: () => {},
    alive: death.mortal(alive),
    endChild: death.mortal(endChild),
    explain: (text) => explained(stage.plan.situation.catalog, text),
    decide: death.mortal(async (failure) => decide(failure)),
  };
}

/** What went wrong in the last run, step by step. */
export function failuresOf({ journals }: Stage): string[] {
  return (journals.at(-1)?.entries ?? []).flatMap(({ event }) => (event.type === 'failed' ? [`${event.step}: ${event.message}`] : []));
}
