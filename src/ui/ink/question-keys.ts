import type { Ask } from '../../core/view.ts';
import { backKey, give, saysWhatIsMissing } from './answering.ts';
import { choicesOf, hasList, takesText } from './choosing.ts';
import { explainPages } from './explain.ts';
import { edited, editingKeys, inputWith } from './input.ts';
import { type Binding, letterOr, type Press } from './keys.ts';
import { listKeys } from './list-keys.ts';
import { networkPages } from './network.ts';
import { previewPages, previewText } from './preview.ts';
import { proposalsKey } from './proposals.ts';
import { type Context, draftText, offeredOf, opened, type Step, type WizardState } from './state.ts';

/** A key of the wizard. */
export type WizardKey = Binding<Context, Step>;

/** The keys of a question: those of its list or its input, and those that every question has. */
export function questionKeys(context: Context): WizardKey[] {
  const { ask } = context.turn.view;
  if (!ask) return [];
  const own = choicesOf(ask, context.state) === undefined ? inputKeys(context, ask) : listKeys(context, ask);
  return [...own, ...commonKeys(context, ask, takesText(ask, context.state))];
}

const leave: WizardKey = {
  press: ['ctrl+c'],
  glyph: 'ctrl+c',
  does: 'save and leave',
  weight: 2,
  run: ({ state }) => ({ state, move: { type: 'leave' } }),
};

/** Keys that every question has; where letters are text they need ctrl. */
function commonKeys({ turn, state, seen }: Context, ask: Ask, typing: boolean): WizardKey[] {
  const { view } = turn;
  const key = (letter: string, control: string) => letterOr(letter, control, typing);
  const keys: WizardKey[] = [];
  if (view.preview.length > 0) {
    const does = state.preview && seen.preview ? 'hide preview' : 'preview';
    keys.push({ ...key('p', 'p'), does, weight: 6, run: (context) => ({ state: previewPressed(context) }) });
  }
  if (ask.facts.length > 0 || ask.why !== undefined) {
    keys.push({ ...key('e', 'x'), does: 'explain', weight: 5, run: (context) => ({ state: opened(context.state, explainPages(ask)) }) });
  }
  if (ask.value === undefined && (ask.default !== undefined || ask.only) && state.input.text === '') {
    keys.push(proposalsKey(key('s', 's')), {
      ...key('d', 'd'),
      does: 'section defaults',
      weight: 8,
      run: (context) => ({ state: context.state, move: { type: 'defaults' } }),
    });
  }
  if (ask.live && turn.live && ask.live.state !== 'waiting')
    keys.push({ ...key('u', 'y'), does: 'ask Azure again', weight: 9, run: asksAgain });
  if (view.answers.length > 0)
    keys.push({
      ...key('r', 'r'),
      does: 'review',
      weight: 7,
      run: ({ state }) => ({ state: opened(state, { at: 'review', cursor: 0, top: 0 }) }),
    });
  if (view.preview.length > 0) keys.push({ ...key('c', 't'), does: 'copy the commands', run: copies(() => previewText(view.preview)) });
  return [...keys, { ...key('v', 'g'), ...showsNetwork }, ...undoKeys(turn, typing), leave];
}

/** A key that hands a text to the clipboard. */
export function copies(text: (context: Context) => string | Promise<string>): WizardKey['run'] {
  return (context) => ({ state: context.state, copy: text(context) });
}

/** The key that takes back what was last given; none while there is nothing. */
export function undoKeys({ undoes = false }: Context['turn'], typing: boolean): WizardKey[] {
  if (!undoes) return [];
  return [{ ...letterOr('z', '_', typing), does: 'take back the last answer', run: ({ state }) => ({ state, move: { type: 'undo' } }) }];
}

/** Opens the picture of the network, as far as it is known. */
export const showsNetwork = {
  does: 'network',
  weight: 7,
  run: ({ state }: Context): Step => ({ state: opened(state, networkPages) }),
} as const;

/** Reads once more what was read from Azure. */
export function asksAgain({ turn, state }: Context): Step {
  void turn.live?.refresh(0);
  return { state: { ...state, notice: ['Azure is asked again.'] } };
}

function previewPressed({ turn, state, seen }: Context): WizardState {
  if (!state.preview || seen.preview) return { ...state, preview: !state.preview };
  return opened(state, previewPages(turn.view.preview));
}

function inputKeys(context: Context, ask: Ask): WizardKey[] {
  const { state } = context;
  const { input } = state;
  const empty = input.text === '';
  const keys: WizardKey[] = [enterKey(context, ask)];
  if (empty && draftText(ask.default ?? null) !== '') {
    keys.push({
      press: ['tab', 'right'],
      glyph: 'tab',
      does: 'edit it',
      weight: 2,
      run: (now) => ({ state: drafted(now, ask, inputWith(draftText(ask.default ?? null))) }),
    });
  }
  if (ask.optional && (!empty || draftText(offeredOf(ask) ?? null) !== '')) {
    keys.push({ press: ['ctrl+n'], glyph: 'ctrl+n', does: 'none', weight: 4, run: (now) => give(now, ask, null) });
  }
  if (hasList(ask)) {
    const list = (now: Context): Step => ({ state: { ...now.state, typing: false, problems: [] } });
    keys.push({ press: ['ctrl+o'], glyph: 'ctrl+o', does: 'list', weight: 3, run: list });
  }
  keys.push(...backKey(context));
  if (!empty) keys.push({ press: ['ctrl+u'], glyph: 'ctrl+u', does: 'clear', weight: 9, run: (now, press) => typed(now, ask, press) });
  return [
    ...keys,
    { press: [...editingKeys, 'text', 'space', 'paste'], glyph: 'a–z', does: 'type', run: (now, press) => typed(now, ask, press) },
  ];
}

function enterKey({ state }: Context, ask: Ask): WizardKey {
  const offer = offeredOf(ask);
  const empty = state.input.text === '';
  if (empty && offer === undefined) return saysWhatIsMissing(`An answer is needed${ask.example ? `, such as ${ask.example}` : ''}.`, ask);
  // Enter on a draft that is refused says so louder, but the bar must not promise more.
  const fine = state.problems.every(({ level }) => level === 'warn');
  return {
    press: ['enter'],
    glyph: '⏎',
    does: 'accept',
    ...(fine ? { weight: 0 } : {}),
    run: (now) => give(now, ask, empty ? (offer ?? null) : now.state.input.text),
  };
}

function typed(context: Context, ask: Ask, press: Press): Step {
  const text = press.id === 'paste' ? { ...press, text: pasted(press.text ?? '', ask) } : press;
  return { state: drafted(context, ask, edited(context.state.input, text)) };
}

/** Pasted lines become entries of a list, or one line. */
function pasted(text: string, ask: Ask): string {
  const parts = text
    .split(/[\r\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.join(['texts', 'cidrs', 'tags'].includes(ask.kind) ? ', ' : ' ');
}

/** The state with another draft; what is wrong with it is looked up only when the text changed. */
function drafted({ turn, state }: Context, ask: Ask, input: WizardState['input']): WizardState {
  if (input.text === state.input.text) return { ...state, input };
  const problems = input.text.trim() === '' ? [] : turn.attempt({ type: 'answer', key: ask.key, value: input.text }).refused;
  return { ...state, input, problems, insisted: false };
}
