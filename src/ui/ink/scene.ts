import type { Word } from '../../core/glossary.ts';
import type { SavedSession, Turn } from '../ui.ts';
import type { ListState } from './list.ts';
import type { PageText } from './pages.ts';
import type { WizardState } from './state.ts';

/** What the terminal shows: nothing yet, the home screen, or a turn of the conversation. */
export type Scene =
  | { readonly at: 'blank' }
  | {
      readonly at: 'home';
      readonly saved: readonly SavedSession[];
      readonly list: ListState;
      readonly help?: PageText;
      /** The glossary of the catalog, for the help. */
      readonly words: () => readonly Word[];
    }
  | { readonly at: 'turn'; readonly turn: Turn; readonly state: WizardState };
