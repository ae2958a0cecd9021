import type { Json } from '../json.ts';

/** Values that only Azure knows, by resource and output, such as workspace.principal. */
export type Outputs = Readonly<Record<string, string>>;

/** What a look at a job's object says. */
export type Found =
  | { readonly state: 'right' | 'absent'; readonly outputs?: Outputs }
  | { readonly state: 'different'; readonly difference: string; readonly outputs?: Outputs; readonly body?: Json }
  /** Azure is still at work on it, or has given up; `provisioning` is Azure's word for that. */
  | { readonly state: 'busy' | 'broken'; readonly provisioning: string }
  | { readonly state: 'unreadable'; readonly message: string };

/** How a program ended; `code` is absent when it was ended from outside or never began. */
export interface Ended {
  readonly code?: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One call: the words that a program gets, and files that have to lie in its folder while it runs. */
export interface Call {
  readonly words: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

/** How what a job changes is taken back; kept in the journal, so that undo needs neither answers nor catalog. */
export interface Undoing {
  /** The text that stands for what is changed, whoever changes it. */
  readonly object: string;
  /** Looks at it, printing it as JSON. */
  readonly look: readonly string[];
  /** What the look prints while there is something to take back; without it the look's exit code tells. */
  readonly there?: string;
  readonly serial?: string;
  /** Removes what was made; empty for an update, which is written back. */
  readonly remove: readonly Call[];
  /** Removes it for good where Azure keeps what is deleted. */
  readonly purge?: readonly Call[];
  /** Has to print `is` before anything is removed; otherwise `say` is the reason to stop. */
  readonly empty?: { readonly words: readonly string[]; readonly is: string; readonly say: string };
  /** Writes the text of the named file back. */
  readonly restore?: { readonly words: readonly string[]; readonly file: string };
  /** What a person has to know: it stays recoverable under its name. */
  readonly softly?: string;
  /** Why it is not taken back. */
  readonly kept?: string;
}

/** What a job does about what it found. */
export type Change =
  | {
      readonly what: 'create' | 'update' | 'act' | 'remove' | 'restore';
      readonly calls: readonly Call[];
      /** Has to print `is` before the first call; otherwise `say` is the reason to stop. */
      readonly guard?: { readonly words: readonly string[]; readonly is: string; readonly say: string };
      readonly undo?: Undoing;
    }
  | { readonly stop: string };

/** One piece of work that looks, and changes only what is not right yet: a step of a plan, or a step of an undo. */
export interface Job {
  readonly key: string;
  /** A few words for lists, such as subnet snet-train. */
  readonly what: string;
  /** Keys of the jobs that come first; those that are not in the list count as done. */
  readonly after: readonly string[];
  /** Changes of jobs with the same text go one after another, as Azure refuses two at once. */
  readonly serial?: string;
  /** It takes something away, so that nothing to be found is what is wanted. */
  readonly removes?: boolean;
  /** It never changes anything. */
  readonly looksOnly: boolean;
  /** The same for the same work; another one means that an answer has changed it. */
  readonly digest: string;
  /** How long it usually takes, as a person would say it. */
  readonly takes?: string;
  /** Where to read about it. */
  readonly facts: readonly string[];
  readonly look: (outputs: Outputs) => readonly string[];
  /** Prints the object whole as JSON, before and after an update, so that an undo can write it back. */
  readonly read?: (outputs: Outputs) => readonly string[];
  readonly judge: (ended: Ended, outputs: Outputs) => Found;
  /** What to do about an object that is absent, different or broken; undefined when that is as good as right. */
  readonly change: (found: Found, outputs: Outputs) => Change | undefined;
}
