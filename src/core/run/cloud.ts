import type { Json } from '../json.ts';
import type { Plan } from '../plan.ts';
import { bodyOf, countInside, provide, settledThings, type Thing, type Things, takeAway, userOf, valuesIn } from './cloud-objects.ts';
import { anotherOperation, type Fault, printed, type Refusal, refusalOf, troubleOf } from './faults.ts';
import type { Call, Ended } from './job.ts';
import { type Meaning, type Meanings, meantBy, spelled, withWritten } from './meanings.ts';
import { notThere } from './plan-jobs.ts';

/** How long things take, in milliseconds. */
export interface Pace {
  readonly look: number;
  /** Until Azure has taken a request. */
  readonly accept: number;
  /** A whole change, by what the plan says that it takes. */
  readonly change: (takes: string | undefined) => number;
}

/** A program that was started for a call and has not ended. */
interface Sent {
  readonly pid: number;
  readonly started: string;
  readonly step: string;
  readonly purpose: string;
  readonly words: string;
  /** Taken along, as the plan may be another one when it is needed. */
  readonly meaning?: Meaning;
  readonly files?: Readonly<Record<string, string>>;
  readonly accepts: number;
  readonly takes: number;
  readonly fault?: Fault;
  accepted?: boolean;
}

type Changing = Exclude<Meaning, { do: 'look' | 'probe' | 'guard' }>;

/** Work that goes on in the cloud, whether or not somebody waits for it. */
interface Work {
  readonly pid: number;
  readonly step: string;
  readonly words: string;
  readonly meaning: Changing;
  readonly shows: 'Creating' | 'Updating' | 'Deleting';
  readonly until: number;
  readonly body?: string;
  readonly fails?: boolean;
}

interface Planted {
  readonly step: string;
  readonly fault: Fault;
  readonly at: 'look' | 'change';
  times: number;
}

/** Everything of a cloud that outlives a program. */
interface State {
  things: Things;
  acts: Record<string, true>;
  /** How what was done is looked at and taken back, for plans that are edited later. */
  known: Record<string, Meaning>;
  sent: Sent[];
  work: Work[];
  planted: Planted[];
  pids: number;
}

/** A change that was carried out. */
export interface Applied {
  readonly step: string;
  readonly words: string;
  /** No look tells that it was carried out. */
  readonly unseen?: true;
}

/** What an object is, for comparing two moments. */
export interface Snapshot {
  readonly things: Readonly<Record<string, Json>>;
  readonly acts: readonly string[];
}

/**
 * A made-up Azure in memory: which objects exist, what goes on, and which programs run. It follows the conventions of Resource Manager and az, and
 * takes everything else from plans. Time is told to it.
 */
export class Cloud {
  private readonly state: State;
  /** What the words of the plans mean, and how what they change is taken back. */
  private meanings: Meanings = {};
  private looksOnly: ReadonlySet<string> = new Set();
  private ids: readonly string[] = [];
  private readonly results = new Map<number, Ended>();
  private readonly done: Applied[] = [];

  private constructor(state: State) {
    this.state = state;
  }

  /** The cloud before anything is done: what the plan needs is there, what it makes is not. */
  static of(plan: Plan): Cloud {
    const cloud = new Cloud({ things: {}, acts: {}, known: {}, sent: [], work: [], planted: [], pids: 0 });
    cloud.join(plan);
    return cloud;
  }

  /** A cloud that was written down with toJSON. */
  static from(json: Json): Cloud {
    return new Cloud(structuredClone(json) as unknown as State);
  }

  toJSON(): Json {
    return structuredClone(this.state) as unknown as Json;
  }

  /** Learns what the commands of a plan mean, and gets what it needs to be there. */
  join(plan: Plan): void {
    const meant = meantBy(plan);
    this.meanings = { ...this.meanings, ...meant.meanings };
    this.looksOnly = meant.looksOnly;
    this.ids = [...new Set(Object.values(this.meanings).flatMap(({ do: what, on }) => (what === 'look' ? [on] : [])))];
    for (const { id, values } of meant.beginning) provide(this.state.things, id, values);
  }

  /** Lets the next calls of a step go wrong. */
  plant(step: string, fault: Fault, times = 1, at: Planted['at'] = this.looksOnly.has(step) ? 'look' : 'change'): void {
    this.state.planted.push({ step, fault, times, at });
  }

  /** The changes that were carried out while this object was in memory, in order. */
  get applied(): readonly Applied[] {
    return this.done;
  }

  /** What is there, without what changes by itself. */
  snapshot(): Snapshot {
    return { things: settledThings(this.state.things), acts: Object.keys(this.state.acts).sort() };
  }

  /** Starts a program; gives its process id. */
  send(call: Call, about: { readonly step: string; readonly purpose: string }, now: number, pace: Pace): number {
    this.advance(now);
    const words = spelled(call.words);
    const meaning = this.meaning(words);
    const changes = about.purpose === 'change';
    const fault = this.faultAt(about.step, changes ? 'change' : about.purpose);
    const takes = meaning && 'takes' in meaning ? meaning.takes : undefined;
    const { pids } = this.state;
    const pid = pids + 1;
    this.state.pids = pid;
    this.state.sent.push({
      pid,
      started: String(now),
      ...about,
      words,
      ...(meaning ? { meaning } : {}),
      ...(call.files ? { files: call.files } : {}),
      accepts: now + (changes ? pace.accept : pace.look),
      takes: changes ? Math.max(pace.change(takes) - pace.accept, 0) : 0,
      ...(fault === undefined ? {} : { fault }),
    });
    return pid;
  }

  private faultAt(key: string, at: string): Fault | undefined {
    const step = key.replace(/#\d+$/, '');
    const planted = this.state.planted.find((one) => one.step === step && one.at === at && one.times > 0);
    if (planted) planted.times--;
    return planted?.fault;
  }

  /** When the program does something next; undefined when it has ended or never will. */
  next(pid: number): number | undefined {
    const sent = this.state.sent.find((one) => one.pid === pid);
    if (!sent || sent.fault === 'hang') return undefined;
    return sent.accepted ? sent.accepts + sent.takes : sent.accepts;
  }

  /** How the program ended, once. */
  ended(pid: number): Ended | undefined {
    const ended = this.results.get(pid);
    this.results.delete(pid);
    return ended;
  }

  /** Ends a program; what Azure has taken goes on. */
  kill(pid: number, now: number): void {
    this.advance(now);
    if (this.state.sent.some((one) => one.pid === pid)) this.over(pid, { stdout: '', stderr: '' });
  }

  /** Ends all programs, as when the computer loses its power. */
  blackOut(now: number): void {
    this.advance(now);
    this.state.sent = [];
  }

  /** Whether a program still runs. */
  runs(pid: number, started: string, now: number): boolean {
    this.advance(now);
    return this.state.sent.some((one) => one.pid === pid && one.started === started);
  }

  /** When all work that goes on will be over, as far as that is known. */
  restsAt(now: number): number {
    this.advance(now);
    return Math.max(now, ...this.state.sent.flatMap(({ pid }) => this.next(pid) ?? []), ...this.state.work.map(({ until }) => until));
  }

  /** Lets everything happen that was due by now, in its order. */
  advance(now: number): void {
    for (;;) {
      const sent = earliest(
        this.state.sent.filter(({ accepted, fault }) => !accepted && fault !== 'hang'),
        ({ accepts }) => accepts,
      );
      const work = earliest(this.state.work, ({ until }) => until);
      if (work && work.until <= now && (!sent || work.until <= sent.accepts)) this.finish(work);
      else if (sent && sent.accepts <= now) this.accept(sent);
      else return;
    }
  }

  private over(pid: number, ended: Ended): void {
    this.state.sent = this.state.sent.filter((one) => one.pid !== pid);
    this.results.set(pid, ended);
  }

  /** Azure has the request of a program. */
  private accept(sent: Sent): void {
    sent.accepted = true;
    const { meaning } = sent;
    const changes = meaning !== undefined && isChanging(meaning);
    const failed = this.refused(sent);
    if (failed) this.over(sent.pid, { code: failed.code ?? 1, stdout: '', stderr: failed.stderr });
    else if (meaning && changes) this.undertake(sent, meaning);
    else if (meaning) this.over(sent.pid, this.answered(meaning));
  }

  private refused({ fault, words, purpose, meaning }: Sent): { readonly code?: number; readonly stderr: string } | undefined {
    if (!meaning) return { code: 2, stderr: `ERROR: the rehearsal does not know this command: ${words.replaceAll('\n', ' ')}\n` };
    const after = purpose === 'change' && (fault === 'late' || fault === 'dropped-after');
    const answer = fault === undefined || after ? undefined : refusalOf(fault === 'late' ? '500' : fault, meaning.on);
    if (answer) return { stderr: printed(answer) };
    if (fault !== undefined && !after) return { stderr: troubleOf(fault) };
    return isChanging(meaning) ? this.refusedChange(meaning) : undefined;
  }

  private refusedChange(meaning: Changing): { readonly code?: number; readonly stderr: string } | undefined {
    if (meaning.do === 'act' || meaning.do === 'unact') return undefined;
    const { on, serial } = meaning;
    const busy = this.state.work.some(
      ({ meaning: other }) => other.on.toLowerCase() === on.toLowerCase() || (serial !== undefined && other.serial === serial),
    );
    if (busy) return { stderr: printed(anotherOperation) };
    if (meaning.do === 'write') return this.refusedWrite(meaning);
    if (!this.thing(meaning.on)) return meaning.do === 'pass' ? undefined : absent(meaning.on);
    const user = meaning.do === 'remove' ? userOf(this.state.things, meaning.on) : undefined;
    if (user === undefined) return undefined;
    return refuse('InUseCannotBeDeleted', `The resource '${meaning.on}' cannot be deleted, as '${user}' still uses it.`);
  }

  private refusedWrite({
    on,
    makes,
    uses,
  }: Extract<Changing, { do: 'write' }>): { readonly code?: number; readonly stderr: string } | undefined {
    if (!makes && !this.thing(on)) return absent(on);
    const parent = this.parentOf(on);
    if (parent !== undefined && !this.ready(parent))
      return refuse('ParentResourceNotFound', `The parent resource '${parent}' of '${on}' was not found.`);
    const missing = uses.find((id) => !this.ready(id));
    if (missing !== undefined)
      return refuse('InvalidResourceReference', `The resource '${missing}', which '${on}' refers to, was not found.`);
    return undefined;
  }

  /** The nearest object that a plan knows and that this one lies in. */
  private parentOf(id: string): string | undefined {
    const lower = id.toLowerCase();
    const around = this.ids.filter((one) => lower.startsWith(`${one.toLowerCase()}/`));
    return around.toSorted((a, b) => b.length - a.length)[0];
  }

  private ready(id: string): boolean {
    return (
      this.thing(id) !== undefined &&
      !this.state.work.some(({ meaning, shows }) => meaning.on.toLowerCase() === id.toLowerCase() && shows !== 'Updating')
    );
  }

  /** Begins the work that a request asks for. */
  private undertake(sent: Sent, meaning: Changing): void {
    const { pid, step, words, fault, accepts, takes } = sent;
    const there = this.thing(meaning.on);
    const [body] = Object.values(sent.files ?? {});
    const shows =
      meaning.do === 'remove' || meaning.do === 'unact' ? 'Deleting' : there || meaning.do !== 'write' ? 'Updating' : 'Creating';
    if (!there && meaning.do === 'write')
      this.state.things[meaning.on.toLowerCase()] = { id: meaning.on, values: {}, uses: meaning.uses, state: 'Failed', writes: 0 };
    this.state.work.push({
      pid,
      step,
      words,
      meaning,
      shows,
      until: accepts + takes,
      ...(body === undefined ? {} : { body }),
      ...(fault === 'late' ? { fails: true } : {}),
    });
    // Nothing tells that an action is under way, so it counts as done from the moment in which it was taken.
    if (meaning.do === 'act' && fault !== 'late') this.act(sent, meaning);
    if (fault === 'dropped-after') this.over(pid, { code: 1, stdout: '', stderr: troubleOf(fault) });
  }

  private act({ step, words }: Sent, { all, undo }: Extract<Changing, { do: 'act' }>): void {
    for (const act of all) this.state.acts[act] = true;
    Object.assign(this.state.known, undo);
    this.done.push({ step, words });
  }

  /** Work comes to its end. */
  private finish(work: Work): void {
    this.state.work = this.state.work.filter((one) => one !== work);
    const thing = this.thing(work.meaning.on);
    const refusal = work.fails ? refusalOf('late', work.meaning.on) : undefined;
    if (refusal && thing) thing.state = 'Failed';
    if (!refusal) this.carryOut(work, thing);
    const waits = this.state.sent.some(({ pid }) => pid === work.pid);
    if (waits) this.over(work.pid, refusal ? { code: 1, stdout: '', stderr: printed(refusal) } : { code: 0, stdout: '', stderr: '' });
  }

  private carryOut({ step, words, meaning, body }: Work, thing: Thing | undefined): void {
    if (meaning.do === 'act') return;
    this.done.push({ step, words, ...(meaning.do === 'pass' ? { unseen: true } : {}) });
    if (meaning.do === 'write') Object.assign(this.state.known, meaning.undo);
    if (meaning.do === 'unact') delete this.state.acts[meaning.on];
    if (meaning.do === 'remove') takeAway(this.state.things, meaning.on);
    if (!thing) return;
    thing.state = 'Succeeded';
    thing.writes++;
    if (meaning.do === 'write') thing.values = withWritten(thing.values, meaning.values);
    if (meaning.do === 'restore') thing.values = valuesIn(body);
  }

  private answered(meaning: Exclude<Meaning, Changing>): Ended {
    if (meaning.do === 'probe') return output(this.state.acts[meaning.on] ? meaning.done : 'not yet');
    if (meaning.do === 'guard') return this.guarded(meaning.on, meaning.is);
    const thing = this.thing(meaning.on);
    if (!thing) return { ...absent(meaning.on), stdout: '' };
    const state = this.provisioning(thing);
    const body = bodyOf(thing, state);
    const asked = (meaning.asks ?? []).map((paths) => paths.map((path) => thing.values[path] ?? null));
    const told: Json = meaning.asks ? [state, ...asked] : body;
    return output(JSON.stringify(told));
  }

  private guarded(on: string, is: string): Ended {
    const count = countInside(this.state.things, on);
    return output(count === 0 ? is : String(count));
  }

  /** What Azure says that it is doing. */
  private provisioning({ id, state }: Thing): string {
    return this.state.work.find(({ meaning }) => meaning.on.toLowerCase() === id.toLowerCase())?.shows ?? state;
  }

  private thing(id: string): Thing | undefined {
    return this.state.things[id.toLowerCase()];
  }

  private meaning(words: string): Meaning | undefined {
    return this.meanings[words] ?? this.state.known[words];
  }
}

function isChanging(meaning: Meaning): meaning is Changing {
  return meaning.do !== 'look' && meaning.do !== 'probe' && meaning.do !== 'guard';
}

function earliest<T>(list: readonly T[], time: (one: T) => number): T | undefined {
  return list.reduce<T | undefined>((first, one) => (first === undefined || time(one) < time(first) ? one : first), undefined);
}

function output(stdout: string): Ended {
  return { code: 0, stdout: `${stdout}\n`, stderr: '' };
}

function refuse(code: string, says: string): { readonly stderr: string } {
  const refusal: Refusal = { code, says };
  return { stderr: printed(refusal) };
}

function absent(id: string): { readonly code: number; readonly stderr: string } {
  const says = `The Resource '${id}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  return { code: notThere, stderr: printed({ code: 'ResourceNotFound', says }) };
}
