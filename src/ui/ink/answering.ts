import type { Change } from '../../core/interview.ts';
import type { Json } from '../../core/json.ts';
import type { Ask } from '../../core/view.ts';
import type { WizardKey } from './question-keys.ts';
import { type Context, opened, type Step } from './state.ts';

/** Gives an answer: refused ones stay on the screen with the reason, and what an edit changes besides is shown first. */
export function give({ turn, state }: Context, ask: Ask, value: Json): Step {
  const move = { type: 'answer', key: ask.key, value } as const;
  const { refused, changes } = turn.attempt(move);
  if (refused.length > 0) return { state: { ...state, problems: refused, insisted: true } };
  return needsConsent(ask, changes) ? { state: opened(state, { at: 'confirm', move, changes }) } : { state, move };
}

function needsConsent(ask: Ask, changes: readonly Change[]): boolean {
  return changes.some(({ what }) => ask.value !== undefined || ask.quiet || what === 'set aside' || what === 'no longer valid');
}

/** Enter where there is nothing to accept yet: it must not look dead. */
export function saysWhatIsMissing(say: string, { key }: Ask): WizardKey {
  const problems = [{ key, say, level: 'refuse' as const, facts: [] }];
  return { press: ['enter'], glyph: '⏎', does: 'accept', run: ({ state }) => ({ state: { ...state, problems, insisted: true } }) };
}

function back({ turn, state }: Context): Step {
  return { state, ...(turn.view.number > 1 ? { move: { type: 'back' as const } } : {}) };
}

/** The way to the question before; none at the first. */
export function backKey({ turn }: Context): WizardKey[] {
  return turn.view.number > 1 ? [{ press: ['esc'], glyph: 'esc', does: 'back', weight: 3, run: back }] : [];
}
