import type { Lines } from './lines.ts';

/** Asks until a line says yes or no; the end of the input is a no. */
export async function askYes(lines: Lines, question: string): Promise<boolean> {
  for (;;) {
    lines.tell(question);
    const word = (await lines.next('> '))?.trim().toLowerCase();
    if (word === undefined || ['n', 'no'].includes(word)) return false;
    if (['y', 'yes'].includes(word)) return true;
  }
}

/** A choice with its number; its word may be typed too. */
export interface Numbered<Choice extends string> {
  readonly choice: Choice;
  readonly says: string;
  readonly note?: string;
}

/** Asks until a line is the number or the word of a choice, with `?` saying everything once more; undefined at the end of the input and at ctrl+c. */
export async function askNumber<Choice extends string>(
  lines: Lines,
  question: string,
  choices: readonly Numbered<Choice>[],
): Promise<Choice | undefined> {
  const asked = [
    question,
    ...choices.map(({ says, note }, index) => `  ${index + 1}) ${says}${note ? `: ${note}` : ''}`),
    'Type the number of a choice. Type ? to hear them again.',
  ];
  lines.tell(...asked);
  for (;;) {
    const typed = (await lines.next('> '))?.trim().toLowerCase();
    if (typed === undefined) return undefined;
    const found = choices[Number(typed) - 1] ?? choices.find(({ choice }) => choice === typed);
    if (found) return found.choice;
    lines.tell(...(typed === '?' ? asked : [typed === '' ? 'A number is needed.' : `There is no ${typed} in the list.`]));
  }
}
