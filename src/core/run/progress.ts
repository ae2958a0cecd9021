import type { Progress, RunEvent } from './events.ts';

/** What a run is called and does. */
export interface RunHead {
  readonly name: string;
  readonly kind: 'apply' | 'undo';
  readonly rehearsal: boolean;
}

/** A step before anything happens. */
export interface PlannedStep {
  readonly key: string;
  readonly what: string;
  readonly takes?: string;
  /** An earlier run has finished it. */
  readonly finished: boolean;
  /** The keys of the steps that come first. */
  readonly after?: readonly string[];
}

/** How a step stands. `open`: waits for others; `waiting`: Azure is at work; `surviving`: a program of the last run still is. */
export type StepStatus = 'open' | Progress['doing'] | 'done' | 'failed' | 'skipped' | 'left';

/** How a step came to be right. */
export type How = Extract<RunEvent, { type: 'done' }>['how'];

/** One step as a person follows it; all times in milliseconds. */
export interface StepView {
  readonly key: string;
  readonly what: string;
  readonly takes?: string;
  readonly after: readonly string[];
  readonly status: StepStatus;
  /** When it came to stand so. */
  readonly since: number;
  /** When this attempt at it began. */
  readonly begun?: number;
  /** How long it took, when it is over. */
  readonly took?: number;
  readonly how?: How;
  /** An earlier run has finished it. */
  readonly earlier?: boolean;
  /** Azure's word while it waits, why it is tried again, why it failed, or what it was skipped for. */
  readonly note?: string;
  /** When it is tried again. */
  readonly until?: number;
  /** Why it failed, kept when it is skipped afterwards. */
  readonly failure?: string;
  /** What is changed, and which call of how many does it. */
  readonly change?: { readonly what: Extract<RunEvent, { type: 'change' }>['what']; readonly call: number; readonly of: number };
}

/** A run as a person follows it. */
export interface RunView extends RunHead {
  readonly steps: readonly StepView[];
  /** When the first thing happened, and the last. */
  readonly begun?: number;
  readonly now: number;
  readonly outcome?: Extract<RunEvent, { type: 'end' }>['outcome'];
}

/** A run of which nothing has happened yet. */
export function plannedRun({ name, kind, rehearsal }: RunHead, lines: readonly PlannedStep[]): RunView {
  const steps = lines.map(
    ({ key, what, takes, finished, after = [] }): StepView => ({
      key,
      what,
      ...(takes === undefined ? {} : { takes }),
      after,
      status: finished ? 'done' : 'open',
      since: 0,
      ...(finished ? { earlier: true } : {}),
    }),
  );
  return { name, kind, rehearsal, steps, now: 0 };
}

/** The run after something happened. */
export function progressed(view: RunView, event: RunEvent | Progress, now: number): RunView {
  const next: RunView = { ...view, begun: view.begun ?? now, now };
  if (event.type === 'run') {
    const after = new Map(event.steps.map((step) => [step.key, step.after]));
    return { ...next, steps: next.steps.map((step) => ({ ...step, after: after.get(step.key) ?? step.after })) };
  }
  if (event.type === 'end')
    return { ...next, outcome: event.outcome, steps: next.steps.map((step) => (isActive(step) ? fresh(step, now) : step)) };
  return { ...next, steps: next.steps.map((step) => (step.key === event.step ? stepAfter(step, event, now) : step)) };
}

type StepEvent = Exclude<RunEvent, { type: 'run' | 'end' }> | Progress;

function stepAfter(step: StepView, event: StepEvent, now: number): StepView {
  switch (event.type) {
    case 'start':
      return { ...fresh(step, now), status: 'queued', begun: now };
    case 'progress':
      return doing(step, event, now);
    case 'change':
      return { ...turned(step, 'changing', now), change: { what: event.what, call: event.call + 1, of: event.of } };
    case 'retry':
      return { ...turned(step, 'retrying', now), note: event.message, until: now + event.after };
    case 'done':
      return { ...over(step, 'done', now), how: event.how };
    case 'failed':
      return { ...over(step, 'failed', now), note: event.message, failure: event.message };
    case 'skipped':
      return { ...over(step, 'skipped', now), note: event.because };
    case 'left':
      return over(step, 'left', now);
    case 'child':
    case 'ended':
    case 'seen':
      return step;
  }
}

function doing(step: StepView, { doing: status, note }: Progress, now: number): StepView {
  // The reason and the time come with the event before; this one only says the same again.
  if (status === 'retrying' && step.status === 'retrying') return step;
  const next = turned(step, status, now);
  return {
    ...next,
    ...(note === undefined ? {} : { note }),
    ...(status === 'changing' && step.change ? { change: step.change } : {}),
  };
}

/** The step in another state; what it said about the one before is gone. */
function turned(
  { note: _, until: __, change: ___, earlier: ____, how: _____, ...step }: StepView,
  status: StepStatus,
  now: number,
): StepView {
  return { ...step, status, since: step.status === status ? step.since : now, begun: step.begun ?? now };
}

function over(step: StepView, status: StepStatus, now: number): StepView {
  const { begun } = step;
  const next = turned(step, status, now);
  // What was never begun took no time; what failed before it was skipped took what it took.
  if (begun === undefined || !isActive(step)) return { ...next, ...(step.took === undefined ? {} : { took: step.took }) };
  return { ...next, took: Math.max(0, now - begun) };
}

function fresh({ key, what, takes, after }: StepView, now: number): StepView {
  return { key, what, ...(takes === undefined ? {} : { takes }), after, status: 'open', since: now };
}

const active: ReadonlySet<StepStatus> = new Set<StepStatus>(['looking', 'queued', 'changing', 'waiting', 'retrying', 'surviving']);

/** Whether a step is under way. */
export function isActive({ status }: Pick<StepView, 'status'>): boolean {
  return active.has(status);
}

/** How many steps stand how; what waits for its place in the queue does not run. */
export interface Counts {
  readonly all: number;
  readonly done: number;
  readonly running: number;
  readonly failed: number;
  readonly skipped: number;
  readonly left: number;
  readonly open: number;
}

/** Counts the steps of a run. */
export function countsOf({ steps }: RunView): Counts {
  const count = (...statuses: readonly StepStatus[]): number => steps.filter(({ status }) => statuses.includes(status)).length;
  return {
    all: steps.length,
    done: count('done'),
    running: count(...[...active].filter((status) => status !== 'queued')),
    failed: count('failed'),
    skipped: count('skipped'),
    left: count('left'),
    open: count('open'),
  };
}

/** How long a run has gone on. */
export function elapsedOf({ begun, now, outcome }: RunView, at: number): number {
  if (begun === undefined) return 0;
  return Math.max(0, (outcome === undefined ? Math.max(at, now) : now) - begun);
}

/** How long a step has been at it, or took. */
export function timeOf({ begun, took, status }: StepView, at: number): number | undefined {
  if (took !== undefined || !active.has(status)) return took;
  return begun === undefined ? undefined : Math.max(0, at - begun);
}
