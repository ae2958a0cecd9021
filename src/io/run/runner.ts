import type { RunEvent } from '../../core/run/events.ts';
import type { RunState } from '../../core/run/fold.ts';
import type { Job, Outputs } from '../../core/run/job.ts';
import { scheduleOf } from '../../core/run/schedule.ts';
import type { RunControl } from './control.ts';
import type { Decision, Failure, RunOptions, RunWorld } from './ports.ts';
import { Slots, Turns } from './slots.ts';
import { type StepEnd, StepRunner } from './step-runner.ts';

/** How a run ended. */
export type Outcome = Extract<RunEvent, { type: 'end' }>['outcome'];

/**
 * Runs jobs until each is right, beginning where the journal says that they are. Independent ones run side by side; a failure is decided on
 * while the others go on. Every change is in the journal before it is made.
 */
export async function run(
  jobs: readonly Job[],
  state: RunState,
  world: RunWorld,
  control: RunControl,
  options: RunOptions,
): Promise<Outcome> {
  return new Run(jobs, state, world, control, options).run();
}

type Standing = 'open' | 'running' | 'done' | 'failed' | 'skipped' | 'left';

class Run {
  private readonly jobs: readonly Job[];
  private readonly world: RunWorld;
  private readonly control: RunControl;
  private readonly standing = new Map<string, Standing>();
  private readonly outputs: Record<string, string> = {};
  private readonly schedule: ReturnType<typeof scheduleOf>;
  private readonly steps: StepRunner;
  /** Decisions are asked for one after another. */
  private deciding: Promise<unknown> = Promise.resolve();
  /** When somebody signed in last; what failed for that reason before is tried again without a question. */
  private signedIn = Number.NEGATIVE_INFINITY;

  constructor(jobs: readonly Job[], state: RunState, world: RunWorld, control: RunControl, options: RunOptions) {
    this.jobs = jobs;
    this.world = world;
    this.control = control;
    this.schedule = scheduleOf(jobs);
    this.steps = new StepRunner({ world, control, options, slots: new Slots(options.parallel), turns: new Turns(), state });
    for (const job of jobs) {
      const earlier = state.steps.get(job.key);
      const done = earlier?.status === 'done' && earlier.digest === job.digest;
      this.standing.set(job.key, done ? 'done' : 'open');
      if (done) Object.assign(this.outputs, earlier.outputs);
    }
  }

  async run(): Promise<Outcome> {
    const running = new Map<string, Promise<void>>();
    for (;;) {
      if (!this.control.stopping.aborted)
        for (const job of this.jobs.filter((one) => this.isReady(one))) {
          this.standing.set(job.key, 'running');
          running.set(
            job.key,
            this.one(job).finally(() => running.delete(job.key)),
          );
        }
      if (running.size === 0) break;
      await Promise.race(running.values());
    }
    const outcome = this.outcome();
    await this.note({ type: 'end', outcome });
    return outcome;
  }

  private isReady({ key }: Job): boolean {
    if (this.standing.get(key) !== 'open') return false;
    return [...(this.schedule.before.get(key) ?? [])].every((one) => this.standing.get(one) === 'done');
  }

  private outcome(): Outcome {
    const all = new Set(this.standing.values());
    if (all.has('failed') || all.has('skipped')) return 'failed';
    if (all.has('left')) return 'interrupted';
    return all.has('open') || all.has('running') ? 'stopped' : 'complete';
  }

  private async one(job: Job): Promise<void> {
    const rank = this.schedule.rank.get(job.key) ?? 0;
    let decision: Decision = 'again';
    while (decision === 'again' || decision === 'signed in') {
      await this.note({ type: 'start', step: job.key, digest: job.digest });
      const begun = this.world.clock.now();
      const result = await this.steps.perform(job, rank, this.outputs as Outputs);
      if (result.end !== 'failed') return this.settle(job.key, result);
      decision = await this.decide(job, { step: job.key, what: job.what, ...result.failure }, begun);
    }
  }

  /** Writes down how a step that did not fail ended. */
  private async settle(step: string, result: Exclude<StepEnd, { end: 'failed' }>): Promise<void> {
    const { end } = result;
    if (end === 'done') {
      const { end: _, ...how } = result;
      Object.assign(this.outputs, result.outputs);
      await this.note({ type: 'done', step, ...how });
    }
    if (end === 'left') await this.note({ type: 'left', step });
    this.standing.set(step, end === 'stopped' ? 'open' : end);
  }

  /** Notes a failure and does what a person decides about it. */
  private async decide(job: Job, failure: Failure, begun: number): Promise<Decision> {
    const { message, error } = failure;
    await this.note({ type: 'failed', step: job.key, message, ...(error === undefined ? {} : { error }) });
    const decision = await this.ask(failure, begun);
    if (decision === 'signed in') this.signedIn = this.world.clock.now();
    if (decision === 'skip' || decision === 'stop') this.standing.set(job.key, 'failed');
    if (decision === 'skip') await this.skip(job.key, failure.what);
    if (decision === 'stop') this.control.stop();
    return decision;
  }

  private ask(failure: Failure, begun: number): Promise<Decision> {
    const asked = this.deciding.then(() => {
      if (this.control.stopping.aborted) return 'stop';
      return failure.signIn && begun < this.signedIn ? 'again' : this.world.decide(failure);
    });
    this.deciding = asked.catch(() => undefined);
    return asked;
  }

  /** Leaves a step and all that waits for it. */
  private async skip(key: string, what: string): Promise<void> {
    this.standing.set(key, 'skipped');
    await this.note({ type: 'skipped', step: key, because: what });
    for (const job of this.jobs) if (this.standing.get(job.key) === 'open' && job.after.includes(key)) await this.skip(job.key, what);
  }

  private async note(event: RunEvent): Promise<void> {
    await this.world.write(event);
    this.world.tell(event);
  }
}
