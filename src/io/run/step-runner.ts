import type { Json } from '../../core/json.ts';
import type { RunEvent } from '../../core/run/events.ts';
import type { Pending, RunState } from '../../core/run/fold.ts';
import type { Call, Change, Ended, Found, Job, Outputs } from '../../core/run/job.ts';
import type { RunControl } from './control.ts';
import type { CallFor, Explained, Failure, RunOptions, RunWorld } from './ports.ts';
import type { Slots, Turns } from './slots.ts';

/** How one attempt at a step ended. */
export type StepEnd =
  | { readonly end: 'done'; readonly how: Extract<RunEvent, { type: 'done' }>['how']; readonly outputs?: Outputs; readonly body?: Json }
  | { readonly end: 'failed'; readonly failure: Omit<Failure, 'step' | 'what'> }
  /** `stopped`: nothing is under way; `left`: a program or Azure goes on. */
  | { readonly end: 'stopped' | 'left' };

interface Surroundings {
  readonly world: RunWorld;
  readonly control: RunControl;
  readonly options: RunOptions;
  readonly slots: Slots;
  readonly turns: Turns;
  readonly state: RunState;
}

/** Thrown where a step cannot go on; never leaves this file. */
class Halt extends Error {
  readonly end: StepEnd;
  constructor(end: StepEnd) {
    super('halt');
    this.end = end;
  }
}

type Making = Exclude<Change, { stop: string }>;
type NotRight = Exclude<Found, { state: 'busy' | 'unreadable' }>;

const seconds = 1000;
/** What is not there yet though it was made is looked for again so often: Azure tells all of its parts in its own time. */
const looksAfter = 6;
/** How often something else is looked for that forbids a removal. */
const guardLooks = 4;

/** Brings one step at a time from what is found to what is wanted. */
export class StepRunner {
  private readonly in: Surroundings;
  /** What earlier processes began and did not end. */
  private readonly pending = new Map<string, Pending>();
  private readonly survivors: Surroundings['state']['steps'];

  constructor(surroundings: Surroundings) {
    this.in = surroundings;
    this.survivors = surroundings.state.steps;
    for (const [key, { pending }] of surroundings.state.steps) if (pending) this.pending.set(key, pending);
  }

  /** Looks, changes what is not right, and looks again. */
  async perform(job: Job, rank: number, outputs: Outputs): Promise<StepEnd> {
    try {
      return await this.attempt({ job, rank, outputs });
    } catch (error) {
      if (error instanceof Halt) return error.end;
      throw error;
    }
  }

  private async attempt(one: Attempt): Promise<StepEnd> {
    const { key, serial } = one.job;
    // What an earlier process began may still go on, so nobody else has the turn until that is over.
    if (this.pending.has(key) || this.survivors.get(key)?.child) return this.in.turns.use(serial, () => this.goOn(one));
    const found = await this.settled(one);
    if (found.state === 'right') return this.done(one, found);
    return this.in.turns.use(serial, async (waited) => this.bring(one, waited ? await this.settled(one) : found, 0));
  }

  /** Takes up what an earlier process began. */
  private async goOn(one: Attempt): Promise<StepEnd> {
    await this.outlive(one.job);
    const found = await this.settled(one);
    const half = this.pending.get(one.job.key);
    this.pending.delete(one.job.key);
    if (!half) return this.bring(one, found, 0);
    const next = half.call + (half.begun ? 1 : 0);
    if (found.state === 'right') return next < half.of ? this.bring(one, halfDone(half), next) : this.done(one, found, half.what);
    if (found.state === 'absent') await this.forget(one.job);
    return this.bring(one, found, comingNext(half, found));
  }

  /** Makes the change, and tries again what passing errors refused. */
  private async bring(one: Attempt, first: NotRight, from: number): Promise<StepEnd> {
    let [found, made]: [NotRight, Making['what'] | undefined] = [first, undefined];
    for (let tries = 0; ; tries++) {
      const change = found.state === 'right' ? undefined : one.job.change(found, one.outputs);
      if (!change) return this.done(one, found, made);
      if ('stop' in change) throw failed(change.stop);
      const trouble = await this.make(one, change, tries === 0 ? from : 0);
      [found, made] = await this.outcome(one, change, trouble);
      if (trouble && found.state !== 'right') {
        await this.again(one, trouble, found, tries);
        found = await this.settled(one);
      } else if (found.state !== 'right') throw failed(notAsWanted(found));
    }
  }

  /** What is there after a change, and whether the change is what brought it. */
  private async outcome(one: Attempt, change: Making, trouble: Explained | undefined): Promise<[NotRight, Making['what'] | undefined]> {
    // The look of an action tells only whether there is something to do: its commands may be a second look, and succeed.
    if (!trouble && change.what === 'act') return [{ state: 'right' }, change.what];
    if (!trouble) return [await this.afterwards(one), change.what];
    const found = await this.settled(one);
    if (isOurs(found, change, trouble)) return [found, change.what];
    await this.forget(one.job);
    return [found, undefined];
  }

  /** Waits before the next try; a failure when there is none. */
  private async again(one: Attempt, trouble: Explained, found: NotRight, tries: number): Promise<void> {
    const { world, control, options } = this.in;
    if (trouble.retry === undefined || tries >= (trouble.tries ?? options.retries))
      throw new Halt({ end: 'failed', failure: failureOf(trouble, found) });
    const after = waitFor(trouble.retry, tries, world.random());
    await this.note({ type: 'retry', step: one.job.key, after, message: trouble.message });
    world.tell({ type: 'progress', step: one.job.key, doing: 'retrying', note: trouble.message });
    await this.pause(after, control.stopping);
    if (control.stopping.aborted) throw new Halt({ end: 'stopped' });
  }

  /** Waits for a place among the programs that may run at once. */
  private place<T>(step: string, rank: number, task: () => Promise<T>): Promise<T> {
    this.in.world.tell({ type: 'progress', step, doing: 'queued' });
    return this.in.slots.use(rank, task);
  }

  /** Reads an object whole. */
  private async read(one: Attempt): Promise<Json | undefined> {
    const { job, outputs } = one;
    return (
      job.read &&
      this.reading(one, job.read(outputs), 'read', ({ code, stdout, stderr }) => (code === 0 ? parsed(stdout) : { unreadable: stderr }))
    );
  }

  /** Looks whether a change may be made at all. */
  private async guard(one: Attempt, { words, is, say }: NonNullable<Making['guard']>): Promise<void> {
    for (let look = 1; ; look++) {
      const told = await this.reading<string>(one, words, 'guard', ({ code, stdout, stderr }) =>
        code === 0 ? { read: stdout } : { unreadable: stderr },
      );
      if (told.trim().toLowerCase() === is.toLowerCase()) return;
      // Lists of Azure follow what was deleted only after a while.
      if (look === guardLooks || this.in.control.stopping.aborted) throw failed(say);
      await this.pause(5 * look * seconds);
    }
  }

  /** Makes the calls of a change; gives what went wrong. */
  private async make(one: Attempt, change: Making, from: number): Promise<Explained | undefined> {
    const { job, rank } = one;
    if (change.guard) await this.guard(one, change.guard);
    const before = change.what === 'update' ? await this.read(one) : undefined;
    for (let call = from; call < change.calls.length; call++) {
      const trouble = await this.place(job.key, rank, () => this.makeCall(job, change, call, before));
      if (trouble) return trouble;
    }
    return undefined;
  }

  private async makeCall(job: Job, change: Making, index: number, before: Json | undefined): Promise<Explained | undefined> {
    const call = change.calls[index];
    if (!call) return undefined;
    // Somebody may have stopped the run while the call waited for its place.
    if (this.in.control.stopping.aborted) throw new Halt({ end: 'stopped' });
    const { undo, what } = change;
    await this.note({
      type: 'change',
      step: job.key,
      what,
      call: index,
      of: change.calls.length,
      words: call.words,
      ...(undo ? { undo } : {}),
      ...(before === undefined ? {} : { before }),
    });
    this.in.world.tell({ type: 'progress', step: job.key, doing: 'changing' });
    const ended = await this.call(call, { step: job.key, purpose: 'change' });
    const told = ended.code === 0 ? undefined : this.in.world.explain(`${ended.stderr}\n${ended.stdout}`);
    // A program that was ended from outside was refused nothing: Azure may have done what it asked for.
    const trouble = told && ended.code === undefined ? { ...told, refused: false } : told;
    await this.note({
      type: 'ended',
      step: job.key,
      ...(ended.code === undefined ? {} : { code: ended.code }),
      ...(trouble ? { message: trouble.message } : {}),
    });
    if (trouble && this.in.control.ending.aborted) throw new Halt({ end: 'left' });
    return trouble;
  }

  /** Looks until what was made shows. */
  private async afterwards(one: Attempt): Promise<NotRight> {
    for (let look = 1; ; look++) {
      const found = await this.settled(one);
      if (found.state === 'right' || found.state === 'broken' || look === looksAfter) return found;
      await this.pause(2 ** look * seconds);
    }
  }

  /** Looks until Azure is no longer at work on it. */
  private async settled(one: Attempt): Promise<NotRight> {
    const { world, options } = this.in;
    const until = world.clock.now() + options.timeout;
    for (let round = 0; ; round++) {
      const found = await this.look(one);
      if (found.state !== 'busy') return found;
      if (world.clock.now() >= until) throw failed(`Azure is still at it (${found.provisioning}) after ${spell(options.timeout)}.`);
      world.tell({ type: 'progress', step: one.job.key, doing: 'waiting', note: found.provisioning });
      await this.pause(Math.min(30, 3 + round * 2) * seconds);
      if (this.in.control.leaving.aborted || this.in.control.ending.aborted) throw new Halt({ end: 'left' });
    }
  }

  private async look(one: Attempt): Promise<Exclude<Found, { state: 'unreadable' }>> {
    const { job, outputs } = one;
    return this.reading<Exclude<Found, { state: 'unreadable' }>>(one, job.look(outputs), 'look', (ended) => {
      const found = job.judge(ended, outputs);
      return found.state === 'unreadable' ? { unreadable: found.message } : { read: found };
    });
  }

  /** Runs a program that only looks, and again after passing errors, until what it prints can be read. */
  private async reading<T>(
    { job, rank }: Attempt,
    words: readonly string[],
    purpose: CallFor['purpose'],
    read: (ended: Ended) => Read<T>,
  ): Promise<T> {
    const { world, options } = this.in;
    for (let tries = 0; ; tries++) {
      const ended = await this.place(job.key, rank, () => {
        world.tell({ type: 'progress', step: job.key, doing: 'looking' });
        return this.call({ words }, { step: job.key, purpose });
      });
      const one = read(ended);
      if ('read' in one) return one.read;
      const trouble = world.explain(one.unreadable);
      if (trouble.retry === undefined || tries >= (trouble.tries ?? options.retries))
        throw new Halt({ end: 'failed', failure: failureOf(trouble) });
      world.tell({ type: 'progress', step: job.key, doing: 'retrying', note: trouble.message });
      await this.pause(waitFor(trouble.retry, tries, world.random()));
    }
  }

  /** Runs a program to its end, to the limit of time, or to the moment when nobody waits any more. */
  private async call(call: Call, about: CallFor): Promise<Ended> {
    const { world, control, options } = this.in;
    if (control.leaving.aborted || control.ending.aborted) throw new Halt({ end: 'stopped' });
    const running = await world.exec(call, about);
    if (running.child && about.purpose === 'change') await this.note({ type: 'child', step: about.step, child: running.child });
    const over = new AbortController();
    const limit = world.clock.sleep(options.timeout, over.signal).then(() => 'late' as const);
    const left = aborted(control.leaving, over.signal).then(() => 'left' as const);
    const end = (): void => running.end();
    control.ending.addEventListener('abort', end, { once: true });
    if (control.ending.aborted) end();
    const first = await Promise.race([running.ended, limit, left]);
    // A reason of its own, as making the usual error takes longer than all the rest.
    over.abort('over');
    control.ending.removeEventListener('abort', end);
    if (first === 'left') {
      running.leave();
      throw new Halt({ end: about.purpose === 'change' ? 'left' : 'stopped' });
    }
    if (first !== 'late') {
      // A look that was ended says nothing about what it looked at.
      if (control.ending.aborted && first.code !== 0 && about.purpose !== 'change') throw new Halt({ end: 'stopped' });
      return first;
    }
    running.end();
    // Something that it started may have got away, and holds its streams.
    const { stdout, stderr } = await Promise.race([
      running.ended,
      world.clock.sleep(10 * seconds).then(() => ({ stdout: '', stderr: '' })),
    ]);
    running.leave();
    return { stdout, stderr: `${stderr}\nIt did not come to its end within ${spell(options.timeout)}.` };
  }

  /** Waits for a program that an earlier process started: it may still change what this one is about to look at. */
  private async outlive(job: Job): Promise<void> {
    const child = this.survivors.get(job.key)?.child;
    if (!child) return;
    const { world, control, options } = this.in;
    const until = world.clock.now() + options.timeout;
    while (await world.alive(child)) {
      if (control.stopping.aborted) throw new Halt({ end: 'left' });
      if (world.clock.now() >= until) {
        await world.endChild(child);
        return;
      }
      world.tell({ type: 'progress', step: job.key, doing: 'surviving' });
      await this.pause(seconds, control.stopping);
    }
  }

  private async done(one: Attempt, found: NotRight, what?: Making['what']): Promise<StepEnd> {
    const outputs = 'outputs' in found ? found.outputs : undefined;
    const body = what === 'update' ? await this.read(one) : undefined;
    return {
      end: 'done',
      how: what === undefined ? (one.job.removes ? 'gone' : 'there') : names[what],
      ...(outputs && Object.keys(outputs).length > 0 ? { outputs } : {}),
      ...(body === undefined ? {} : { body }),
    };
  }

  /** Writes down that what was asked for last changed nothing. */
  private async forget(job: Job): Promise<void> {
    await this.note({ type: 'seen', step: job.key, ours: false });
  }

  /** Waits; a person who only wants nothing new to begin lets what runs take its time. */
  private pause(milliseconds: number, ...signals: readonly AbortSignal[]): Promise<void> {
    const { world, control } = this.in;
    return world.clock.sleep(milliseconds, AbortSignal.any([...signals, control.leaving, control.ending]));
  }

  private async note(event: RunEvent): Promise<void> {
    await this.in.world.write(event);
    this.in.world.tell(event);
  }
}

interface Attempt {
  readonly job: Job;
  readonly rank: number;
  readonly outputs: Outputs;
}

const names = { create: 'made', update: 'changed', act: 'acted', remove: 'removed', restore: 'restored' } as const;

/** What stands for an object that is right while calls of its change are still to be made. */
function halfDone({ what }: Pending): NotRight {
  return what === 'update' ? { state: 'different', difference: '' } : { state: 'absent' };
}

/** The call to go on with where the look shows only the last one: those that came to their end are not made again. */
function comingNext({ what, call }: Pending, { state }: NotRight): number {
  return what !== 'create' && state === 'different' ? call : 0;
}

/** Whether what is found after trouble is there because of the call: it is not when Azure refused the call in words. */
function isOurs(found: NotRight, change: Making, trouble: Explained): boolean {
  if (found.state === 'absent') return change.what === 'remove';
  return found.state === 'broken' || !trouble.refused;
}

/** What was printed, understood; or why it cannot be. */
type Read<T> = { readonly read: T } | { readonly unreadable: string };

function parsed(text: string): Read<Json> {
  try {
    return { read: JSON.parse(text) as Json };
  } catch {
    return { unreadable: text };
  }
}

function failed(message: string): Halt {
  return new Halt({ end: 'failed', failure: { message } });
}

function failureOf(trouble: Explained, found?: NotRight): Omit<Failure, 'step' | 'what'> {
  const state = found?.state === 'broken' ? ` Azure shows it as ${found.provisioning}.` : '';
  return {
    message: `${trouble.message}${state}`,
    ...(trouble.id === undefined ? {} : { error: trouble.id }),
    ...(trouble.signIn ? { signIn: true } : {}),
  };
}

function notAsWanted(found: NotRight): string {
  if (found.state === 'broken') return `Azure took the change, and then shows it as ${found.provisioning}.`;
  if (found.state === 'different') return `The change was made, and it still differs: ${found.difference}.`;
  return 'The change was made, and Azure does not show it.';
}

/** Twice as long each time, at most five minutes, and never all at the same moment. */
function waitFor(retry: number, tries: number, chance: number): number {
  return Math.round(Math.min(300, retry * 2 ** Math.min(tries, 8)) * (1 + chance / 4) * seconds);
}

function spell(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  return minutes >= 1 ? `${minutes} min` : `${Math.round(milliseconds / 1000)} s`;
}

function aborted(signal: AbortSignal, over: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true, signal: over }));
}
