import { helpText } from './help.ts';
import { itemAt, verifyRows } from './verify-list.ts';
import { type VerifyKey, type VerifyScene, verdicts } from './verify-scene.ts';

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
    run: ({ scene }) => ({ scene: { ...scene, pages: { what: 'help', title: 'Help', text: textOf(scene, keys), top: 0 } } }),
  };
}

function textOf(scene: VerifyScene, keys: readonly VerifyKey[]) {
  const rows = (['fail', 'unknown', 'by hand', 'pass'] as const).map((verdict) => ({ ...verdicts[verdict], means: meanings[verdict] }));
  return helpText({
    keys,
    words: scene.words(),
    below: itemTexts(scene),
    signs: { heading: 'Signs', rows },
    notes: [
      'Looking changes nothing. What mends something is shown first, and done after a yes.',
      'What was found is printed when you leave.',
    ],
  });
}

/** What is said of the item at the cursor. */
function itemTexts(scene: VerifyScene): (string | undefined)[] {
  const item = itemAt(scene, verifyRows(scene));
  if (!item) return [];
  const { label, says, why, what, found, expected } = item;
  const { say, commands = [] } = scene.mends.get(item.id) ?? {};
  return [label, says, why, what, found, expected, say, ...commands.flat()];
}
