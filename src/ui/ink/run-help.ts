import { helpText } from './help.ts';
import { askedTrouble, type RunLayer, type RunScene, withLayer } from './run-scene.ts';
import type { RunKey } from './run-scrolling.ts';
import { stepMeant } from './run-steps.ts';

/** The key that opens the help for the keys of a screen. */
export function helpKey(keys: readonly RunKey[]): RunKey {
  return { press: ['?'], glyph: '?', does: 'help', weight: 3, run: ({ scene }) => ({ scene: withLayer(scene, helpLayer(scene, keys)) }) };
}

const meanings = [
  ['✔', 'right: it was there, or was made, changed or done'],
  ['▸', 'under way; something turns here where the terminal allows it'],
  ['!', 'is tried again by itself'],
  ['◌', 'waits for its place: only so many run at once'],
  ['○', 'waits for other steps'],
  ['✖', 'failed'],
  ['−', 'skipped, because it needs what failed'],
  ['→', 'goes on in Azure without anybody who waits'],
] as const;

/** The help of a run: words, keys and signs. */
function helpLayer(scene: RunScene, keys: readonly RunKey[]): RunLayer {
  const text = helpText({
    keys,
    words: scene.words(),
    below: [...troubleTexts(scene), stepMeant(scene)?.what, ...overviewTexts(scene), ...scene.view.steps.map(({ what }) => what)],
    signs: { heading: 'Signs', rows: meanings.map(([sign, means]) => ({ sign, tone: 'accent', means })) },
    notes: ['Every change is written down before it is made. Whatever happens, amlguide resume goes on from the truth.'],
  });
  return { at: 'pages', what: 'help', title: 'Help', text, top: 0 };
}

function troubleTexts(scene: RunScene): (string | undefined)[] {
  const trouble = askedTrouble(scene);
  return trouble ? [trouble.what, trouble.message, trouble.known?.cause, trouble.known?.fix] : [];
}

function overviewTexts({ stage, overview }: RunScene): string[] {
  if (stage !== 'overview' || !overview) return [];
  const { creates, changes, looks, removes, kept } = overview;
  return [...creates, ...removes, ...kept].map(({ what }) => what).concat(changes, looks);
}
