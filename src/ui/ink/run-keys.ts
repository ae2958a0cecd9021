import type { RunChoice } from '../run-ui.ts';
import { choicesFor, interruptions } from '../run-words.ts';
import { pageText, scrollingKeys } from './pages.ts';
import { helpKey } from './run-help.ts';
import { overviewKeys } from './run-overview-keys.ts';
import { choiceKeys } from './run-panels.ts';
import {
  askedTrouble,
  type RunContext,
  type RunLayer,
  type RunScene,
  type RunStep,
  topLayer,
  withLayer,
  withoutLayer,
  withTop,
} from './run-scene.ts';
import { last, type RunKey, scrollKeys, within } from './run-scrolling.ts';
import { scrollStart } from './run-sight.ts';
import type { Seen } from './state.ts';

/** The keys that work on a screen of a run, the help with them. */
export function runKeys({ scene, seen }: RunContext): RunKey[] {
  const layer = topLayer(scene);
  if (layer?.at === 'pages') return [...pageKeys(layer, seen), outKey];
  if (layer?.at === 'ways out') return wayOutKeys(scene, layer);
  if (scene.stage === 'blank') return [];
  if (scene.stage === 'ended') return [...scrollKeys(seen), closing];
  if (scene.stage === 'overview') return scene.overview ? overviewKeys(scene, scene.overview, seen) : [];
  const keys = [...(askedTrouble(scene) ? troubleKeys(scene) : listKeys(scene, seen)), logKey, outKey];
  return [...keys, helpKey(keys)];
}

const closing: RunKey = {
  press: ['text', 'paste', 'enter', 'esc', 'tab', 'ctrl+c'],
  glyph: 'any key',
  does: 'closes',
  weight: 0,
  run: ({ scene }) => ({ scene, act: { type: 'close' } }),
};

/** The keys of the running list. */
function listKeys(scene: RunScene, seen: Seen): RunKey[] {
  const scroll = scrollingKeys<RunContext, RunStep>(seen.count > seen.page, ({ scene: now, seen: sight }, where) => ({
    scene: { ...now, top: within(where(Math.min(now.top ?? scrollStart(now.view.steps), last(sight)), sight.page), sight) },
  }));
  const follow: RunKey = {
    press: ['esc'],
    glyph: 'esc',
    does: 'follow',
    weight: 1,
    run: ({ scene: { top: _, ...now } }) => ({ scene: now }),
  };
  return [
    ...(seen.count > seen.page ? scroll : []),
    ...(scene.top === undefined ? [] : [follow]),
    ...(scene.stopping === undefined ? [stopKey('stop after these')] : []),
  ];
}

function stopKey(does: string): RunKey {
  return { press: ['s'], glyph: 's', does, weight: 1, run: ({ scene }) => ({ scene, act: { type: 'out', choice: 'stop' } }) };
}

/** The keys where a failure is asked about. */
function troubleKeys(scene: RunScene): RunKey[] {
  const trouble = askedTrouble(scene);
  if (!trouble) return [];
  const choices = choicesFor(trouble);
  const at = Math.min(scene.cursor, choices.length - 1);
  const choose = (choice: RunChoice): RunStep => ({ scene: { ...scene, cursor: 0 }, act: { type: 'choose', choice } });
  const move = (to: number): RunStep => ({ scene: { ...scene, cursor: Math.max(0, Math.min(to, choices.length - 1)) } });
  return [
    { press: ['up', 'k'], glyph: '↑', does: 'up', run: () => move(at - 1) },
    { press: ['down', 'j'], glyph: '↑↓', does: 'choose', weight: 1, run: () => move(at + 1) },
    ...choices.map(
      ({ choice, says }): RunKey => ({
        press: [choiceKeys[choice]],
        glyph: choiceKeys[choice],
        does: says,
        run: () => choose(choice),
      }),
    ),
    { press: ['enter'], glyph: '⏎', does: 'do it', weight: 0, run: () => choose(choices[at]?.choice ?? 'again') },
    {
      press: ['c'],
      glyph: 'c',
      does: 'copy the error and its commands',
      run: ({ scene: now }) => ({ scene: now, act: { type: 'copy trouble', trouble } }),
    },
  ];
}

const logKey: RunKey = { press: ['l'], glyph: 'l', does: 'log', weight: 2, run: ({ scene }) => ({ scene, act: { type: 'log' } }) };
const outKey: RunKey = {
  press: ['ctrl+c'],
  glyph: 'ctrl+c',
  does: 'ways out',
  weight: 1,
  run: ({ scene }) => ({
    scene: withLayer(scene, { at: 'ways out', cursor: scene.stopping === undefined ? 0 : interruptions(true).length - 1 }),
  }),
};

const closes = { log: ['l'], help: ['?'], permissions: ['p'] } as const;

function pageKeys(layer: Extract<RunLayer, { at: 'pages' }>, { page, count }: Seen): RunKey[] {
  return [
    ...scrollingKeys<RunContext, RunStep>(count > page, ({ scene, seen }, where) => ({
      scene: withTop(scene, { ...layer, top: within(where(Math.min(layer.top, last(seen)), seen.page), seen) }),
    })),
    {
      press: ['esc', 'q', 'enter', ...closes[layer.what]],
      glyph: 'esc',
      does: 'back',
      weight: 0,
      run: ({ scene }) => ({ scene: withoutLayer(scene) }),
    },
    { press: ['c'], glyph: 'c', does: 'copy this text', run: ({ scene }) => ({ scene, act: { type: 'copy', text: pageText(layer) } }) },
  ];
}

/** The keys where a person chooses how a run ends early; ctrl+c once more leaves at once. */
function wayOutKeys(scene: RunScene, { cursor }: Extract<RunLayer, { at: 'ways out' }>): RunKey[] {
  const choices = interruptions(scene.stopping !== undefined);
  const move = (to: number): RunStep => ({
    scene: withTop(scene, { at: 'ways out', cursor: Math.max(0, Math.min(to, choices.length - 1)) }),
  });
  const choice = choices[cursor]?.choice ?? 'keep';
  return [
    { press: ['up', 'k'], glyph: '↑', does: 'up', run: () => move(cursor - 1) },
    { press: ['down', 'j'], glyph: '↑↓', does: 'choose', weight: 1, run: () => move(cursor + 1) },
    {
      press: choices.map((_, index) => String(index + 1)),
      glyph: `1–${choices.length}`,
      does: 'go to that row',
      run: (_, { id }) => move(Number(id) - 1),
    },
    {
      press: ['enter'],
      glyph: '⏎',
      does: 'do it',
      weight: 0,
      run: ({ scene: now }) => ({ scene: withoutLayer(now), ...(choice === 'keep' ? {} : { act: { type: 'out', choice } }) }),
    },
    { press: ['esc', 'q'], glyph: 'esc', does: 'keep going', weight: 0, run: ({ scene: now }) => ({ scene: withoutLayer(now) }) },
    {
      press: ['ctrl+c'],
      glyph: 'ctrl+c',
      does: 'leave at once',
      weight: 0,
      run: ({ scene: now }) => ({ scene: withoutLayer(now), act: { type: 'out', choice: 'leave', atOnce: true } }),
    },
  ];
}
