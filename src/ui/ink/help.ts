import { stateWords } from './explain.ts';
import { keyList } from './key-bar.ts';
import type { WizardKey } from './question-keys.ts';
import type { Layer, Paragraph } from './state.ts';
import { signs } from './theme.ts';

const glossary = [
  ['question', 'what only you can know; most have a proposed answer that Enter accepts'],
  ['section', 'questions about one thing; they are listed at the left of a wide terminal'],
  ['checklist', 'what the documents ask for; it fills in while you answer'],
  ['fact', 'what a document says, with its date, and whether it is still true'],
  ['set aside', 'an answer that no longer applies is kept and comes back when it applies again'],
  ['not asked', 'a proposed answer that counts without a question; the review lists and changes it'],
  ['preview', 'the commands that hold this answer; ‹…› stands for what is not answered yet'],
  ['session', 'your answers under a name, saved after each one; nothing happens in Azure'],
] as const;

/** The help for the screen below it: the keys that work there, the signs, and a few words. */
export function helpPages(keys: readonly WizardKey[]): Layer {
  const text: Paragraph[] = [
    ...keysText(keys),
    { text: [{ text: 'Signs of the checklist', tone: 'strong' }] },
    ...(['met', 'contradicted', 'verify', 'by hand', 'open'] as const).map(
      (state): Paragraph => ({
        begin: [{ text: `  ${signs[state].sign} `, tone: signs[state].tone }],
        text: [{ text: stateWords[state] }],
      }),
    ),
    { text: [] },
    ...wordsText(),
  ];
  return { at: 'pages', what: 'help', title: 'Help', text, top: 0 };
}

/** The keys of a screen, as the first part of its help. */
export function keysText(keys: Parameters<typeof keyList>[0]): readonly Paragraph[] {
  return [
    { text: [{ text: 'Keys that work here', tone: 'strong' }] },
    ...keyList(keys).map(([begin, ...rest]): Paragraph => ({ ...(begin ? { begin: [begin] } : {}), text: rest })),
    { text: [] },
  ];
}

/** The words that the screens use, as the last part of their help. */
export function wordsText(): readonly Paragraph[] {
  return [
    { text: [{ text: 'Words', tone: 'strong' }] },
    ...glossary.map(([word, means]): Paragraph => ({ begin: [{ text: `  ${word.padEnd(11)}`, tone: 'accent' }], text: [{ text: means }] })),
  ];
}
