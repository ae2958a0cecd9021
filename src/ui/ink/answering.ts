import type { Entry } from '../../core/entries.ts';
import type { Change, Move } from '../../core/interview.ts';
import { answerOf } from '../../core/inventory.ts';
import type { Json } from '../../core/json.ts';
import type { Ask } from '../../core/view.ts';
import type { WizardKey } from './question-keys.ts';
import { type Context, opened, type Step } from './state.ts';

/** Gives an answer: refused ones stay on the screen with the reason, and what an edit changes besides is shown first. */
export function give(context: Context, ask: Ask, value: Json): Step {
  return make(context, ask, { type: 'answer', key: ask.key, value });
}

/** Gives something that exists as the answer, and the answers that come with it. */
export function giveEntry(context: Context, ask: Ask, entry: Entry): Step {
  return make(context, ask, answerOf(ask, entry));
}

function make({ turn, state }: Context, ask: Ask, move: Move): Step {
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
