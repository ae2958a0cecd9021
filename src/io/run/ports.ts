import type { Child, Progress, RunEvent } from '../../core/run/events.ts';
import type { Call, Ended } from '../../core/run/job.ts';

/** A program that was started. */
export interface Running {
  /** How it is found again after our death; absent where nothing survives us. */
  readonly child?: Child;
  readonly ended: Promise<Ended>;
  /** Ends it and what it started. */
  readonly end: () => void;
  /** Lets it go on without us. */
  readonly leave: () => void;
}

/** What a call is for; a stand-in for Azure reads it, a real program needs the words alone. */
export interface CallFor {
  readonly step: string;
  readonly purpose: 'look' | 'read' | 'guard' | 'change';
}

/** Starts programs. */
export type Exec = (call: Call, about: CallFor) => Promise<Running>;

/** Time, so that tests can make it. */
export interface Clock {
  readonly now: () => number;
  /** Waits some milliseconds, or until the signal. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** Why a step did not come to its end. */
export interface Failure {
  readonly step: string;
  readonly what: string;
  readonly message: string;
  /** The id of the known error. */
  readonly error?: string;
  /** Only a new sign-in mends it. */
  readonly signIn?: boolean;
}

/** What a person decides about a failure; `again` after mending it outside, `signed in` after a new sign-in. */
export type Decision = 'again' | 'signed in' | 'skip' | 'stop';

/** What an error message means, as far as a run needs it. */
export interface Explained {
  readonly id?: string;
  /** Seconds after which the same call may be tried again; absent when that is of no use. */
  readonly retry?: number;
  /** How often that may be done; as often as the run does when absent. */
  readonly tries?: number;
  readonly signIn?: boolean;
  /** The essential words of the message. */
  readonly message: string;
  /** Azure understood the request and refused it, so that nothing was changed by it. */
  readonly refused: boolean;
}

/** Everything outside of a run. */
export interface RunWorld {
  readonly exec: Exec;
  readonly clock: Clock;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** Writes an event into the journal; resolves when it is on the disk. */
  readonly write: (event: RunEvent) => Promise<void>;
  readonly tell: (event: RunEvent | Progress) => void;
  readonly alive: (child: Child) => Promise<boolean>;
  readonly endChild: (child: Child) => Promise<void>;
  readonly explain: (text: string) => Explained;
  readonly decide: (failure: Failure) => Promise<Decision>;
}

/** How a run behaves. */
export interface RunOptions {
  /** The most programs at once. */
  readonly parallel: number;
  /** The most milliseconds that one call, or Azure's work after it, may take. */
  readonly timeout: number;
  /** The most times that a call is tried again, by itself, after passing errors. */
  readonly retries: number;
}
