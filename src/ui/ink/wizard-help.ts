import type { AnswerView, View } from '../../core/view.ts';
import { askTexts } from '../review-words.ts';
import { stateWords } from './explain.ts';
import { helpText } from './help.ts';
import type { WizardKey } from './question-keys.ts';
import { entryTexts, reviewEntries } from './review-entries.ts';
import { type Context, type Layer, topOf } from './state.ts';
import { signs } from './theme.ts';

/** The help for the screen below it: its words and keys, the signs, and all words. */
export function helpPages({ turn, state }: Context, keys: readonly WizardKey[]): Layer {
  const { view } = turn;
  const top = topOf(state);
  const below = top.at === 'review' ? lineTexts(view, top.cursor) : view.ask ? [...askTexts(view.ask), ...besideTexts(view)] : [];
  const rows = (['met', 'contradicted', 'verify', 'by hand', 'open'] as const).map((name) => ({ ...signs[name], means: stateWords[name] }));
  const text = helpText({ keys, words: view.words(), below, signs: { heading: 'Signs of the checklist', rows } });
  return { at: 'pages', what: 'help', title: 'Help', text, top: 0 };
}

/** The lines of the checklist that stand beside a question. */
function besideTexts({ ask, checklist }: View): string[] {
  return checklist.filter(({ topic }) => topic === ask?.topic).map(({ label }) => label);
}

/** What the line of the review at the cursor is about. */
function lineTexts(view: View, cursor: number): (string | undefined)[] {
  const entry = reviewEntries(view)[cursor];
  if (!entry) return [];
  const answer: AnswerView | undefined = 'answer' in entry ? entry.answer : undefined;
  return [...entryTexts(entry), answer?.ask, answer?.why];
}
