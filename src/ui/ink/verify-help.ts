import { keyList } from './key-bar.ts';
import type { Paragraph } from './state.ts';
import { type VerifyKey, verdicts } from './verify-scene.ts';

const meanings = {
  fail: 'it is not so; what was found, what was expected and what mends it stands beside it',
  unknown: 'nobody could tell, and the reason stands beside it; unknown is no pass',
  'by hand': 'no machine can tell; look, and say y or n',
  pass: 'it is so',
} as const;

/** The key that opens the help for the keys of a screen. */
export function helpKey(keys: readonly VerifyKey[]): VerifyKey {
  return {
    press: ['?'],
    glyph: '?',
    does: 'help',
    weight: 3,
    run: ({ scene }) => ({ scene: { ...scene, pages: { what: 'help', title: 'Help', text: helpText(keys), top: 0 } } }),
  };
}

function helpText(keys: readonly VerifyKey[]): readonly Paragraph[] {
  return [
    { text: [{ text: 'Keys that work here', tone: 'strong' }] },
    ...keyList(keys).map(([begin, ...rest]): Paragraph => ({ ...(begin ? { begin: [begin] } : {}), text: rest })),
    { text: [] },
    { text: [{ text: 'Signs', tone: 'strong' }] },
    ...(['fail', 'unknown', 'by hand', 'pass'] as const).map(
      (verdict): Paragraph => ({
        begin: [{ text: `  ${verdicts[verdict].sign}  `, tone: verdicts[verdict].tone }],
        text: [{ text: meanings[verdict] }],
      }),
    ),
    { text: [] },
    { text: [{ text: 'Looking changes nothing. What mends something is shown first, and done after a yes.' }] },
    { text: [{ text: 'What was found is printed when you leave.' }] },
  ];
}
