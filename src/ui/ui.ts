import type { Complaint } from '../core/errors.ts';
import type { Attempt, Change, Move } from '../core/interview.ts';
import type { Json } from '../core/json.ts';
import type { View } from '../core/view.ts';

/** What became of answers that a person edited as a file: they are there, they cannot be taken, or nothing could be edited. */
export type Edited =
  | { readonly type: 'answers'; readonly values: Readonly<Record<string, Json>> }
  /** What is wrong, line by line, and the text as it was left. */
  | { readonly type: 'wrong'; readonly complaints: readonly Complaint[]; readonly text: string }
  | { readonly type: 'none'; readonly say: string };

/** What a user interface gets for one turn: what to show, a way to try a move without making it, and what the last move changed besides. */
export interface Turn {
  readonly name: string;
  readonly view: View;
  readonly attempt: (move: Move) => Attempt;
  readonly changes: readonly Change[];
  /** There is an answer of this conversation that can be taken back. */
  readonly undoes?: boolean;
  /** The answers as an answers file has them. */
  readonly file?: () => Promise<string>;
  /** Lets a person edit an answers file; whoever shows the turn gives the terminal away before. */
  readonly edit?: (text: string) => Promise<Edited>;
  /** When the turn began; ages are told from it. */
  readonly now: Date;
  /** Azure is read meanwhile. */
  readonly live?: LiveTurn;
}

/** What a user interface can do about what is read of Azure. */
export interface LiveTurn {
  /** All of it is made up. */
  readonly sample: boolean;
  /** Reads again what was read, and gives the turn as it is then; at the latest after some time, in milliseconds. */
  readonly refresh: (most: number) => Promise<Turn>;
  /** The turn as it is when the list of its question is there; at the latest after some time, in milliseconds. */
  readonly later: (most: number) => Promise<Turn>;
  /** Resolves when everything that is known to be wanted was read; at the latest after some time, in milliseconds. */
  readonly settled: (most: number) => Promise<void>;
}

/** A way to talk to a person or a file. It shows and asks; it decides nothing. */
export interface Ui {
  readonly ask: (turn: Turn) => Promise<Move>;
  /** Resolves when it hears the person, where that takes a while: what takes long should begin after it. */
  readonly ready?: () => Promise<void>;
  /** Something came from Azure while a turn waits for its move: the same turn, with more to show. */
  readonly update?: (turn: Turn) => void;
  /** The program is asked to end: whoever waits leaves. */
  readonly leave?: () => void;
  /** Gives the terminal back. */
  readonly close: () => void | Promise<void>;
}

/** A saved session as the home screen lists it. */
export interface SavedSession {
  readonly name: string;
  readonly about: string;
  /** Why it cannot be opened. */
  readonly damaged?: string;
}

/** What a person chooses on the home screen. */
export type HomeChoice =
  | { readonly type: 'new' }
  /** A new setup over a made-up subscription. */
  | { readonly type: 'sample' }
  | { readonly type: 'resume'; readonly name: string }
  | { readonly type: 'checklist' }
  | { readonly type: 'doctor' }
  | { readonly type: 'quit' };
