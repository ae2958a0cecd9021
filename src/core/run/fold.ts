import type { Json } from '../json.ts';
import type { Child, JournalEntry, RunEvent } from './events.ts';
import type { Outputs, Undoing } from './job.ts';
import { allBefore } from './schedule.ts';

/** A change that was begun and not seen to be complete. */
export interface Pending {
  readonly what: Change['what'];
  /** The call that comes next, from 0, out of how many, and whether that one was started already. */
  readonly call: number;
  readonly of: number;
  readonly begun: boolean;
}

type Change = Extract<RunEvent, { type: 'change' }>;

/** How far a step is, as its journal tells. `unknown`: begun, and nobody wrote how it ended. */
export interface StepState {
  readonly status: 'open' | 'unknown' | 'done' | 'failed' | 'skipped' | 'left';
  readonly digest: string;
  readonly outputs: Outputs;
  readonly how?: Extract<RunEvent, { type: 'done' }>['how'];
  readonly pending?: Pending;
  /** A program that may still be alive. */
  readonly child?: Child;
  readonly message?: string;
  /** The id of the known error. */
  readonly error?: string;
}

/** What a session changed in Azure, and how it is taken back. */
export interface Made {
  readonly step: string;
  readonly what: string;
  readonly change: 'create' | 'update' | 'act';
  readonly undo: Undoing;
  readonly before?: Json;
  readonly body?: Json;
  /** Keys of all steps that came before it, however far away. */
  readonly after: ReadonlySet<string>;
}

/** What a journal comes to. */
export interface RunState {
  readonly steps: ReadonlyMap<string, StepState>;
  readonly begun?: Extract<RunEvent, { type: 'run' }>;
  readonly outcome?: Extract<RunEvent, { type: 'end' }>['outcome'];
}

const fresh: StepState = { status: 'open', digest: '', outputs: {} };

/** The states of the steps of a run; the same for the same entries. */
export function fold(entries: readonly JournalEntry[]): RunState {
  const steps = new Map<string, StepState>();
  let state: Omit<RunState, 'steps'> = {};
  for (const { event } of entries) {
    if (event.type === 'run') state = { begun: event };
    else if (event.type === 'end') state = { ...state, outcome: event.outcome };
    else steps.set(event.step, next(steps.get(event.step) ?? fresh, event));
  }
  return { ...state, steps };
}

function next(was: StepState, event: Exclude<RunEvent, { type: 'run' | 'end' }>): StepState {
  switch (event.type) {
    case 'start':
      return {
        ...(event.digest === was.digest ? without(was, 'message', 'error') : { ...fresh, ...childOf(was) }),
        digest: event.digest,
        status: was.pending ? 'unknown' : 'open',
      };
    case 'change':
      return { ...without(was, 'child'), status: 'unknown', pending: { what: event.what, call: event.call, of: event.of, begun: true } };
    case 'child':
      return { ...was, child: event.child };
    case 'ended':
      return {
        ...without(was, 'child'),
        ...(was.pending && event.code === 0 ? { pending: { ...was.pending, call: was.pending.call + 1, begun: false } } : {}),
      };
    case 'seen':
      return event.ours ? was : { ...without(was, 'pending'), status: 'open' };
    case 'retry':
      return was;
    case 'done':
      return { ...without(was, 'child', 'pending', 'message', 'error'), status: 'done', how: event.how, outputs: event.outputs ?? {} };
    case 'failed':
      return { ...was, status: 'failed', message: event.message, ...(event.error === undefined ? {} : { error: event.error }) };
    case 'skipped':
      return { ...was, status: 'skipped', message: event.because };
    case 'left':
      return { ...was, status: 'left' };
  }
}

function childOf({ child }: StepState): Pick<StepState, 'child'> {
  return child ? { child } : {};
}

function without<K extends keyof StepState>(
  state: StepState,
  ...keys: readonly K[]
): Omit<StepState, K> & Pick<StepState, 'status' | 'digest' | 'outputs'> {
  const copy: Record<string, unknown> = { ...state };
  for (const key of keys) delete copy[key];
  return copy as unknown as StepState;
}

/** What the runs of a session changed and no undo took back, in the order of the changes; entries of all its journals, oldest first. */
export function madeBy(entries: readonly JournalEntry[]): Made[] {
  const made = new Map<string, Made>();
  // What a step changes at the moment: that it was asked for is known, whether Azure did it perhaps not.
  const asked: Asked = new Map();
  const digests = new Map<string, string>();
  let about = new Map<string, About>();
  for (const { event } of entries) {
    if (event.type === 'run') about = aboutSteps(event.steps);
    else if (event.type === 'start') digests.set(event.step, event.digest);
    else if (event.type === 'change') takeChange(made, asked, event, about.get(event.step));
    else if (event.type === 'seen' && !event.ours) forget(made, asked, event.step);
    else if (event.type === 'done') settle(made, asked, digests, event);
  }
  return [...made.values()];
}

/** The text that stands for what is taken back: an object that was made, or what one step changed of one that was there. */
export function takenBackOf({ step, change, undo }: Pick<Made, 'step' | 'change' | 'undo'>): string {
  return change === 'update' ? `${undo.object}\n${step}` : undo.object;
}

/** By step: what it changes, and whether an earlier change of it is to be taken back anyway. */
type Asked = Map<string, { readonly key: string; readonly again: boolean }>;

interface About {
  readonly what: string;
  readonly after: ReadonlySet<string>;
}

function aboutSteps(steps: Extract<RunEvent, { type: 'run' }>['steps']): Map<string, About> {
  const before = new Map(steps.map(({ key, after }) => [key, new Set(after)]));
  return new Map(steps.map(({ key, what }) => [key, { what, after: allBefore(key, before) }]));
}

function takeChange(made: Map<string, Made>, asked: Asked, event: Change, about: About | undefined): void {
  const { step, what, undo, before, call } = event;
  if (!undo || what === 'remove' || what === 'restore') return;
  // What was made here stays so though it is changed later.
  if (made.has(undo.object)) return;
  const key = takenBackOf({ step, change: what, undo });
  const earlier = made.get(key);
  if (call === 0) asked.set(step, { key, again: earlier !== undefined });
  // Of several changes of one step the first one knows what was there before.
  made.set(
    key,
    earlier
      ? { ...earlier, undo }
      : {
          step,
          what: about?.what ?? step,
          change: what,
          undo,
          after: about?.after ?? new Set(),
          ...(before === undefined ? {} : { before }),
        },
  );
}

/** A call that changed nothing, unless an earlier one of the same step did. */
function forget(made: Map<string, Made>, asked: Asked, step: string): void {
  const one = asked.get(step);
  if (one && !one.again) made.delete(one.key);
  asked.delete(step);
}

function settle(
  made: Map<string, Made>,
  asked: Asked,
  digests: ReadonlyMap<string, string>,
  event: Extract<RunEvent, { type: 'done' }>,
): void {
  const { step, how, body } = event;
  if (how === 'removed' || how === 'gone' || how === 'restored') made.delete(digests.get(step) ?? '');
  const key = asked.get(step)?.key;
  const one = key === undefined ? undefined : made.get(key);
  if (one && key !== undefined && body !== undefined) made.set(key, { ...one, body });
  asked.delete(step);
}
