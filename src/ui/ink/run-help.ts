import { keyList } from './key-bar.ts';
import { type RunLayer, withLayer } from './run-scene.ts';
import type { RunKey } from './run-scrolling.ts';
import type { Paragraph } from './state.ts';

/** The key that opens the help for the keys of a screen. */
export function helpKey(keys: readonly RunKey[]): RunKey {
  return { press: ['?'], glyph: '?', does: 'help', weight: 3, run: ({ scene }) => ({ scene: withLayer(scene, helpLayer(keys)) }) };
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

/** The help of a run: keys and signs. */
function helpLayer(keys: readonly RunKey[]): RunLayer {
  const text: Paragraph[] = [
    { text: [{ text: 'Keys that work here', tone: 'strong' }] },
    ...keyList(keys).map(([begin, ...rest]): Paragraph => ({ ...(begin ? { begin: [begin] } : {}), text: rest })),
    { text: [] },
    { text: [{ text: 'Signs', tone: 'strong' }] },
    ...meanings.map(([sign, means]): Paragraph => ({ begin: [{ text: `  ${sign}  `, tone: 'accent' }], text: [{ text: means }] })),
    { text: [] },
    { text: [{ text: 'Every change is written down before it is made. Whatever happens, amlguide resume goes on from the truth.' }] },
  ];
  return { at: 'pages', what: 'help', title: 'Help', text, top: 0 };
}
