import type { RunOverview } from '../run-ui.ts';
import { edited, editingKeys } from './input.ts';
import { type RunContext, type RunLayer, type RunScene, type RunStep, withLayer } from './run-scene.ts';
import { type RunKey, scrollKeys } from './run-scrolling.ts';
import { permissionsText } from './run-text.ts';
import type { Seen } from './state.ts';

/** The keys where a person says yes or no. */
export function overviewKeys(scene: RunScene, overview: RunOverview, seen: Seen): RunKey[] {
  const answer =
    (yes: boolean) =>
    ({ scene: now }: RunContext): RunStep => ({ scene: now, act: { type: 'answer', yes } });
  const { typed, permissions } = overview;
  const scroll = scrollKeys(seen);
  const no: RunKey = {
    press: typed === undefined ? ['n', 'q', 'esc', 'ctrl+c'] : ['esc', 'ctrl+c'],
    glyph: typed === undefined ? 'n' : 'esc',
    does: 'no',
    weight: 0,
    run: answer(false),
  };
  if (typed === undefined) {
    const shows: RunKey[] =
      permissions.length > 0
        ? [
            {
              press: ['p'],
              glyph: 'p',
              does: 'permissions',
              weight: 3,
              run: ({ scene }) => ({ scene: withLayer(scene, permissionsLayer(overview)) }),
            },
          ]
        : [];
    return [...scroll, { press: ['y'], glyph: 'y', does: 'yes', weight: 0, run: answer(true) }, no, ...shows];
  }
  // Letters are the name that is typed; only keys without a letter scroll.
  return [
    ...scroll
      .map((key) => ({
        ...key,
        glyph: key.glyph === 'space' ? 'pgdn' : key.glyph,
        press: key.press.filter((id) => id.length > 1 && !['space', 'home', 'end'].includes(id)),
      }))
      .filter(({ press }) => press.length > 0),
    ...(scene.input.text.trim() === typed ? [{ press: ['enter'], glyph: '⏎', does: 'take it back', weight: 0, run: answer(true) }] : []),
    {
      press: ['text', 'paste', 'space', ...editingKeys],
      glyph: 'a–z',
      does: 'type the name',
      run: ({ scene: now }, press) => ({ scene: { ...now, input: edited(now.input, press) } }),
    },
    no,
  ];
}

function permissionsLayer(overview: RunOverview): RunLayer {
  return { at: 'pages', what: 'permissions', title: 'Permissions that you need', text: permissionsText(overview), top: 0 };
}
