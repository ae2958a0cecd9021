import type { RunChoice } from '../run-ui.ts';
import { choicesFor, interruptions } from '../run-words.ts';
import { pageText, readingKeys } from './pages.ts';
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
import { type RunKey, scrollKeys } from './run-scrolling.ts';
import { following, movingKeys, stepFilterKeys, stepMeant } from './run-steps.ts';
import type { Seen } from './state.ts';

/** The keys that work on a screen of a run, the help with them. */
export function runKeys({ scene, seen }: RunContext): RunKey[] {
  const layer = topLayer(scene);
  if (layer?.at === 'pages') return [...pageKeys(layer, seen), outKey];
  if (layer?.at === 'ways out') return wayOutKeys(scene, layer);
  if (scene.stage === 'blank') return [];
  if (scene.stage === 'ended') return endedKeys(seen);
  if (scene.stage === 'overview') return scene.overview ? overviewScreen(scene, seen) : [];
  if (scene.filter?.typing && !askedTrouble(scene)) return [...stepFilterKeys(scene), ...movingKeys(scene), outKey];
  const keys = [...(askedTrouble(scene) ? troubleKeys(scene) : listKeys(scene)), logKey, outKey];
  return [...keys, helpKey(keys)];
}

const closing: RunKey = {
  press: ['q', 'enter', 'esc', 'ctrl+c'],
  glyph: 'q',
  does: 'close',
  weight: 0,
  run: ({ scene }) => ({ scene, act: { type: 'close' } }),
};

/** The keys of the end, where the log can still be read. */
function endedKeys(seen: Seen): RunKey[] {
  const keys = [...scrollKeys(seen), logKey, closing];
  return [...keys, helpKey(keys)];
}

/** The keys of the overview; where a name is typed, a question mark is a letter. */
function overviewScreen(scene: RunScene, seen: Seen): RunKey[] {
  const keys = scene.overview ? overviewKeys(scene, scene.overview, seen) : [];
  return scene.overview?.typed === undefined ? [...keys, helpKey(keys)] : keys;
}

/** The keys of the running list. */
function listKeys(scene: RunScene): RunKey[] {
  const follow: RunKey = { press: ['esc'], glyph: 'esc', does: 'follow', weight: 1, run: ({ scene: now }) => ({ scene: following(now) }) };
  const meant = stepMeant(scene);
  return [
    ...movingKeys(scene),
    ...(meant ? [explainKey(meant.key, ['e', 'enter'])] : []),
    ...(scene.at === undefined || scene.filter ? [] : [follow]),
    ...stepFilterKeys(scene),
    ...(scene.stopping === undefined ? [stopKey('stop after these')] : []),
  ];
}

function explainKey(step: string, press: readonly string[]): RunKey {
  return { press, glyph: 'e', does: 'explain', weight: 4, run: ({ scene }) => ({ scene, act: { type: 'explain', step } }) };
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
    explainKey(trouble.step, ['e']),
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

const closes = { log: ['l'], help: ['?'], permissions: ['p'], step: ['e'] } as const;

function pageKeys(layer: Extract<RunLayer, { at: 'pages' }>, seen: Seen): RunKey[] {
  const close: RunKey = {
    press: ['esc', 'q', 'enter', ...closes[layer.what]],
    glyph: 'esc',
    does: 'back',
    weight: 0,
    run: ({ scene }) => ({ scene: withoutLayer(scene) }),
  };
  const reading = readingKeys<RunContext, RunStep, typeof layer>(layer, seen, {
    close,
    to: ({ scene }, text) => ({ scene: withTop(scene, text) }),
    // A log is read from its end.
    filteredTop: layer.what === 'log' ? Number.MAX_SAFE_INTEGER : 0,
  });
  const copy: RunKey = {
    press: ['c'],
    glyph: 'c',
    does: 'copy this text',
    run: ({ scene }) => ({ scene, act: { type: 'copy', text: pageText(layer) } }),
  };
  return layer.filter?.typing ? reading : [...reading, copy];
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
