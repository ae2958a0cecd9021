import type { Progress, RunEvent } from '../core/run/events.ts';
import type { Fact } from '../core/schema.ts';

/** What a run is about to do, for a person who has to say yes. */
export interface RunOverview {
  /** The name of the session. */
  readonly name: string;
  readonly kind: 'apply' | 'undo';
  /** Nothing of it reaches Azure. */
  readonly rehearsal: boolean;
  /** What is made if it is not there, with what is known about time and money. */
  readonly creates: readonly { readonly what: string; readonly takes?: string; readonly costs?: string }[];
  /** What is changed if it differs, or done if it is not done. */
  readonly changes: readonly string[];
  /** What has to be there already and is only looked at. */
  readonly looks: readonly string[];
  /** What an undo removes or writes back, in order, with what a person has to know of it. */
  readonly removes: readonly { readonly what: string; readonly note?: string }[];
  /** What stays, and why. */
  readonly kept: readonly { readonly what: string; readonly because: string }[];
  readonly permissions: readonly { readonly scope: string; readonly actions: readonly string[] }[];
  /** How many steps an earlier run of the same session has finished already. */
  readonly finished: number;
  /** Finished steps that an edited answer has changed since. */
  readonly changed: readonly string[];
  /** The word to be typed for yes; a plain yes when there is none. */
  readonly typed?: string;
}

/** One step in the list of a run. */
export interface RunLine {
  readonly key: string;
  readonly what: string;
  readonly takes?: string;
  /** An earlier run has finished it. */
  readonly finished: boolean;
  /** The keys of the steps that come first. */
  readonly after?: readonly string[];
}

/** A failure with what is known about it. */
export interface RunTrouble {
  readonly step: string;
  readonly what: string;
  /** Azure's words, without secrets. */
  readonly message: string;
  readonly known?: { readonly id: string; readonly cause: string; readonly fix: string; readonly source: string; readonly link?: string };
  readonly signIn?: boolean;
  /** How many steps wait for this one. */
  readonly waiting: number;
  /** The answers may be edited: there is a session. */
  readonly editable: boolean;
}

/** What a person can do about a failure. */
export type RunChoice = 'again' | 'sign in' | 'edit' | 'skip' | 'stop';

/** How a person ends a run early. */
export interface RunHandles {
  /** Starts nothing new and lets what runs come to its end. */
  readonly stop: () => void;
  /** Ends the programs that run. */
  readonly end: () => void;
  /** Leaves at once; programs and Azure go on. */
  readonly leave: () => void;
  /** The lines of the log so far, without secrets. */
  readonly log: () => readonly string[];
  /** What a step rests on. */
  readonly facts?: (step: string) => readonly Fact[];
}

/** How a run ended, in words. */
export interface RunEnding {
  readonly outcome: 'complete' | 'failed' | 'stopped' | 'interrupted';
  /** What to do next, one line each. */
  readonly next: readonly string[];
}

/** A way to show a run to a person or a program. It shows and asks; it decides nothing. */
export interface RunUi {
  /** Shows what will happen and asks whether it shall. */
  readonly confirm: (overview: RunOverview) => Promise<boolean>;
  readonly begin: (head: Pick<RunOverview, 'name' | 'kind' | 'rehearsal'>, lines: readonly RunLine[], handles: RunHandles) => void;
  /** Everything that happens, with the time in milliseconds. */
  readonly event: (event: RunEvent | Progress, now: number) => void;
  readonly decide: (trouble: RunTrouble) => Promise<RunChoice>;
  /** Lets a program have the terminal, such as a sign-in. */
  readonly aside: <T>(task: () => Promise<T>) => Promise<T>;
  /** The program is asked to end: what was asked is answered with no or stop, and nobody has to see the end. */
  readonly hurry?: () => void;
  /** Shows how it ended; resolves when the person has seen it. */
  readonly end: (ending: RunEnding) => Promise<void>;
  /** Gives the terminal back. */
  readonly close: () => void | Promise<void>;
}
