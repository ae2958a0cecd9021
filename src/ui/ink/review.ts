import { itemPages, permissionPages } from './explain.ts';
import { asksAgain, copies, showsNetwork, undoKeys, type WizardKey } from './question-keys.ts';
import { type Entry, reviewEntries } from './review-entries.ts';
import { type Context, closed, type Layer, opened, replaced, type Step } from './state.ts';

type Review = Extract<Layer, { at: 'review' }>;

/** The keys of the review; when every question is answered it is the last screen and writes. */
export function reviewKeys({ turn }: Context, review: Review): WizardKey[] {
  const { view } = turn;
  const last = view.ask === undefined;
  const all = reviewEntries(view);
  const here = all[review.cursor];
  const keys: WizardKey[] = all.length > 1 ? movingKeys(review, all.length) : [];
  if (here) keys.push(...openingKeys(here, view));
  const next = nextPart(all, review.cursor);
  const unasked = nextUnasked(all, review.cursor);
  const answers = all.findIndex((one) => one.part === 'answers');
  if (answers > 0 && here?.part !== 'answers')
    keys.push({ press: ['a'], glyph: 'a', does: 'answers', weight: 1, run: ({ state }) => to(state, review, answers, all.length) });
  if (unasked !== undefined)
    keys.push({ press: ['n'], glyph: 'n', does: 'next not asked', weight: 3, run: ({ state }) => to(state, review, unasked, all.length) });
  if (next !== undefined)
    keys.push({
      press: ['tab'],
      glyph: 'tab',
      does: all[next]?.part ?? '',
      weight: 3,
      run: ({ state }) => to(state, review, next, all.length),
    });
  keys.push({ press: ['v', 'ctrl+g'], glyph: 'v', ...showsNetwork, weight: 2 }, ...azureKeys(turn));
  keys.push(...fileKeys(turn));
  keys.push(...undoKeys(turn, false));
  if (last) keys.push(...endings);
  if (last && view.answers.length > 0)
    keys.push({ press: ['esc'], glyph: 'esc', does: 'back', weight: 4, run: ({ state }) => ({ state, move: { type: 'back' } }) });
  if (!last)
    keys.push({
      press: ['esc', 'r', 'ctrl+r', 'q'],
      glyph: 'esc',
      does: 'back to the question',
      weight: 1,
      run: ({ state }) => ({ state: closed(state) }),
    });
  return [
    ...keys,
    {
      press: last ? ['ctrl+c', 'q'] : ['ctrl+c'],
      glyph: last ? 'q' : 'ctrl+c',
      does: 'save and leave',
      weight: 2,
      run: ({ state }) => ({ state, move: { type: 'leave' } }),
    },
  ];
}

/** The keys for the answers as a file. */
function fileKeys({ file, edit }: Context['turn']): WizardKey[] {
  if (!file) return [];
  const copy: WizardKey = { press: ['c', 'ctrl+t'], glyph: 'c', does: 'copy the answers file', run: copies(file) };
  if (!edit) return [copy];
  return [copy, { press: ['o'], glyph: 'o', does: 'open in the editor', weight: 5, run: ({ state }) => ({ state, edit: file() }) }];
}

/** The keys for answers that were read from Azure. */
function azureKeys({ view, live }: Context['turn']): WizardKey[] {
  const keys: WizardKey[] = [];
  if (live && view.answers.some(({ from }) => from === 'azure'))
    keys.push({ press: ['u'], glyph: 'u', does: 'ask Azure again', weight: 3, run: asksAgain });
  if (Object.keys(view.fresh?.answers ?? {}).length > 0)
    keys.push({ press: ['t'], glyph: 't', does: 'take what Azure says', weight: 1, run: taken });
  return keys;
}

/** Shows what comes of the answers as Azure has them now, before they are taken over. */
function taken({ turn, state }: Context): Step {
  const move = { type: 'take', answers: turn.view.fresh?.answers ?? {} } as const;
  return { state: opened(state, { at: 'confirm', move, changes: turn.attempt(move).changes }) };
}

/** What can be made of the answers. */
const endings: readonly WizardKey[] = [
  { press: ['w'], glyph: 'w', does: 'write the scripts', weight: 0, run: ({ state }) => ({ state, move: { type: 'write' } }) },
  { press: ['h'], glyph: 'h', does: 'rehearse', weight: 1, run: ({ state }) => ({ state, move: { type: 'rehearse' } }) },
  { press: ['x'], glyph: 'x', does: 'run', weight: 1, run: ({ state }) => ({ state, move: { type: 'run' } }) },
];

/** What Enter does on a line of the review: goes to the answer, or says more. */
function openingKeys(here: Entry, view: Context['turn']['view']): WizardKey[] {
  const key = 'answer' in here ? here.answer.key : 'problem' in here ? here.problem.key : 'news' in here ? here.news : undefined;
  const does = (word: string, run: WizardKey['run']): WizardKey[] => [{ press: ['enter', 'e'], glyph: '⏎', does: word, weight: 0, run }];
  if (key !== undefined && view.answers.some((one) => one.key === key))
    return does('edit', ({ state }) => ({ state, move: { type: 'jump', key } }));
  if ('node' in here) return does('show', showsNetwork.run);
  if ('item' in here) return does('explain', ({ state }) => ({ state: opened(state, itemPages(here.item, view.facts)) }));
  if ('permission' in here) return does('show', ({ state }) => ({ state: opened(state, permissionPages(here.permission)) }));
  return [];
}

/** The first line of the part after the one at the cursor; after the last part the first one. */
function nextPart(all: readonly Entry[], cursor: number): number | undefined {
  const part = all[cursor]?.part;
  if (all.every((one) => one.part === part)) return undefined;
  const next = all.findIndex((one, index) => index > cursor && one.part !== part);
  return next < 0 ? 0 : next;
}

/** The first answer after the cursor that was not asked for; after the last one the first. */
function nextUnasked(all: readonly Entry[], cursor: number): number | undefined {
  const unasked = all.flatMap((one, index) => ('answer' in one && one.answer.from === 'quiet' ? [index] : []));
  return unasked.find((index) => index > cursor) ?? unasked[0];
}

function movingKeys(review: Review, count: number): WizardKey[] {
  const by = (press: readonly string[], glyph: string, does: string, where: (page: number) => number, weight?: number): WizardKey => ({
    press,
    glyph,
    does,
    ...(weight === undefined ? {} : { weight }),
    run: ({ state, seen }) => to(state, review, where(seen.page), count),
  });
  return [
    by(['up', 'k'], '↑', 'up', () => review.cursor - 1),
    by(['down', 'j'], '↑↓', 'choose', () => review.cursor + 1, 1),
    by(['pageup'], 'pgup', 'a page up', (page) => review.cursor - page),
    by(['pagedown'], 'pgdn', 'a page down', (page) => review.cursor + page),
    by(['home', 'g'], 'home', 'first', () => 0),
    by(['end', 'G'], 'end', 'last', () => count - 1),
  ];
}

function to(state: Context['state'], review: Review, where: number, count: number): Step {
  return { state: replaced(state, { ...review, cursor: Math.min(Math.max(0, where), count - 1) }) };
}
