import { answerPages, itemPages, permissionPages } from './explain.ts';
import { type Filter, filterKeys, wordsOf } from './filter.ts';
import { asksAgain, copies, showsNetwork, undoKeys, type WizardKey } from './question-keys.ts';
import { type Entry, entriesWith, reviewEntries } from './review-entries.ts';
import { type Context, closed, type Layer, opened, replaced, type Step } from './state.ts';

type Review = Extract<Layer, { at: 'review' }>;

/** The keys of the review; when every question is answered it is the last screen and writes. */
export function reviewKeys({ turn }: Context, review: Review): WizardKey[] {
  const { view } = turn;
  const last = view.ask === undefined;
  const all = reviewEntries(view);
  const { filter } = review;
  const hits = entriesWith(view, wordsOf(filter));
  const here = hits.includes(review.cursor) ? all[review.cursor] : undefined;
  const filtering = filterKeys<Context, Step>(filter, ({ state }, next) => ({
    state: replaced(state, filteredReview(review, next, view)),
  }));
  const keys: WizardKey[] = hits.length > 1 ? movingKeys(review, hits) : [];
  if (filter?.typing) return [...withoutLetters(keys), ...filtering, leaveKey(['ctrl+c'])];
  if (here) keys.push(...openingKeys(here, view));
  keys.push(...filtering);
  if (!filter) keys.push(...partKeys(review, all));
  keys.push({ press: ['v', 'ctrl+g'], glyph: 'v', ...showsNetwork, weight: 2 }, ...azureKeys(turn));
  keys.push(...fileKeys(turn), ...undoKeys(turn, false));
  if (last) keys.push(...endings);
  if (!filter) keys.push(...backKeys(view));
  return [...keys, leaveKey(last ? ['q', 'ctrl+c'] : ['ctrl+c'])];
}

function leaveKey(press: readonly string[]): WizardKey {
  return { press, glyph: press[0] ?? '', does: 'save and leave', weight: 2, run: ({ state }) => ({ state, move: { type: 'leave' } }) };
}

/** The review with another filter: the cursor stays where it is as long as that line is listed. */
function filteredReview({ filter: _, ...review }: Review, filter: Filter | undefined, view: Context['turn']['view']): Review {
  const hits = entriesWith(view, wordsOf(filter));
  const cursor = hits.includes(review.cursor) ? review.cursor : (hits[0] ?? review.cursor);
  return { ...review, cursor, ...(filter ? { filter } : {}) };
}

/** The keys that go from part to part. */
function partKeys(review: Review, all: readonly Entry[]): WizardKey[] {
  const here = all[review.cursor];
  const keys: WizardKey[] = [];
  const next = nextPart(all, review.cursor);
  const unasked = nextUnasked(all, review.cursor);
  const answers = all.findIndex((one) => one.part === 'answers');
  if (answers > 0 && here?.part !== 'answers')
    keys.push({ press: ['a'], glyph: 'a', does: 'answers', weight: 3, run: ({ state }) => to(state, review, answers) });
  if (unasked !== undefined)
    keys.push({ press: ['n'], glyph: 'n', does: 'next not asked', weight: 6, run: ({ state }) => to(state, review, unasked) });
  if (next !== undefined)
    keys.push({
      press: ['tab'],
      glyph: 'tab',
      does: all[next]?.part ?? '',
      weight: 3,
      run: ({ state }) => to(state, review, next),
    });
  return keys;
}

/** The way back: to the question that waits, or to the last one. */
function backKeys(view: Context['turn']['view']): WizardKey[] {
  if (view.ask)
    return [
      {
        press: ['esc', 'r', 'ctrl+r', 'q'],
        glyph: 'esc',
        does: 'back to the question',
        weight: 1,
        run: ({ state }) => ({ state: closed(state) }),
      },
    ];
  if (view.answers.length === 0) return [];
  return [{ press: ['esc'], glyph: 'esc', does: 'back', weight: 4, run: ({ state }) => ({ state, move: { type: 'back' } }) }];
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
  const answer = view.answers.find((one) => one.key === key);
  const shows = (press: readonly string[], page: () => Layer): WizardKey => ({
    press,
    glyph: 'e',
    does: 'explain',
    weight: press.length > 1 ? 0 : 3,
    run: ({ state }) => ({ state: opened(state, page()) }),
  });
  if (answer)
    return [
      { press: ['enter'], glyph: '⏎', does: 'edit', weight: 0, run: ({ state }) => ({ state, move: { type: 'jump', key: answer.key } }) },
      shows(['e'], () => answerPages(answer, view.facts)),
    ];
  if ('node' in here) return [{ press: ['enter'], glyph: '⏎', does: 'show', weight: 0, run: showsNetwork.run }];
  if ('item' in here) return [shows(['enter', 'e'], () => itemPages(here.item, view.facts))];
  if ('permission' in here) return [shows(['enter', 'e'], () => permissionPages(here.permission))];
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

/** Keys without those that are letters while words are typed, and those that move in them. */
function withoutLetters(keys: readonly WizardKey[]): WizardKey[] {
  return keys.map((key) => ({ ...key, press: key.press.filter((id) => id.length > 1 && !['home', 'end', 'space'].includes(id)) }));
}

/** The keys that move the cursor among the lines that are listed. */
function movingKeys(review: Review, hits: readonly number[]): WizardKey[] {
  const at = Math.max(0, hits.indexOf(review.cursor));
  const by = (press: readonly string[], glyph: string, does: string, where: (page: number) => number, weight?: number): WizardKey => ({
    press,
    glyph,
    does,
    ...(weight === undefined ? {} : { weight }),
    run: ({ state, seen }) => to(state, review, hits[Math.min(Math.max(0, where(seen.page)), hits.length - 1)] ?? review.cursor),
  });
  return [
    by(['up', 'k'], '↑', 'up', () => at - 1),
    by(['down', 'j'], '↑↓', 'choose', () => at + 1, 1),
    by(['pageup'], 'pgup', 'a page up', (page) => at - page),
    by(['pagedown'], 'pgdn', 'a page down', (page) => at + page),
    by(['home', 'g'], 'home', 'first', () => 0),
    by(['end', 'G'], 'end', 'last', () => hits.length - 1),
  ];
}

function to(state: Context['state'], review: Review, cursor: number): Step {
  return { state: replaced(state, { ...review, cursor }) };
}
