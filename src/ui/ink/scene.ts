import type { SavedSession, Turn } from '../ui.ts';
import type { ListState } from './list.ts';
import type { Paragraph, WizardState } from './state.ts';

/** The help over the home screen, and its first row in sight. */
export interface HomeHelp {
  readonly text: readonly Paragraph[];
  readonly top: number;
}

/** What the terminal shows: nothing yet, the home screen, or a turn of the conversation. */
export type Scene =
  | { readonly at: 'blank' }
  | { readonly at: 'home'; readonly saved: readonly SavedSession[]; readonly list: ListState; readonly help?: HomeHelp }
  | { readonly at: 'turn'; readonly turn: Turn; readonly state: WizardState };
