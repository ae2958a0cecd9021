import type { Attempt, Change, Move } from '../core/interview.ts';
import type { View } from '../core/view.ts';

/** What a user interface gets for one turn: what to show, a way to try a move without making it, and what the last move changed besides. */
export interface Turn {
  readonly name: string;
  readonly view: View;
  readonly attempt: (move: Move) => Attempt;
  readonly changes: readonly Change[];
}

/** A way to talk to a person or a file. It shows and asks; it decides nothing. */
export interface Ui {
  readonly ask: (turn: Turn) => Promise<Move>;
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
  | { readonly type: 'resume'; readonly name: string }
  | { readonly type: 'checklist' }
  | { readonly type: 'doctor' }
  | { readonly type: 'quit' };
