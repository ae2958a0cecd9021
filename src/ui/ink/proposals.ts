import type { Taken } from '../../core/interview.ts';
import type { WizardKey } from './question-keys.ts';
import { type Context, opened, type Paragraph, type Step } from './state.ts';

/** The key that takes what is proposed for everything that remains, after showing it. */
export function proposalsKey(press: Pick<WizardKey, 'press' | 'glyph'>): WizardKey {
  return { ...press, does: 'take all proposed', weight: 8.5, run: proposals };
}

/** Shows the answers that are proposed and asks once; what comes in meanwhile changes nothing of what was shown. */
function proposals({ turn, state }: Context): Step {
  const { taken = [], stops } = turn.attempt({ type: 'defaults', all: true });
  const move = { type: 'defaults', all: true, ...(stops ? { until: stops.key } : {}) } as const;
  if (taken.length === 0) return { state: { ...state, notice: ['Nothing is proposed here: this question needs your answer.'] } };
  const title = taken.length === 1 ? 'Take this proposed answer?' : `Take these ${taken.length} proposed answers?`;
  const next = stops ? `Then you are asked: ${stops.ask}` : 'Then every question is answered, and the review follows.';
  const text: Paragraph[] = [...taken.flatMap(takenRows), { text: [] }, { text: [{ text: next, tone: 'strong' }] }];
  return { state: opened(state, { at: 'pages', what: 'proposals', title, text, top: 0, move }) };
}

function takenRows({ title, label, text, from }: Taken, index: number, all: readonly Taken[]): Paragraph[] {
  const head: Paragraph[] = title === all[index - 1]?.title ? [] : [{ text: [{ text: title, tone: 'accent' }] }];
  const where = from === 'azure' ? [{ text: '  from Azure', tone: 'dim' as const }] : [];
  return [...head, { begin: [{ text: `  ${label}: `, tone: 'dim' }], text: [{ text }, ...where] }];
}
