import { sortedWords, type Word, wordNamed } from '../../core/glossary.ts';
import type { View } from '../../core/view.ts';
import { askTexts } from '../review-words.ts';

/** So many words of a question are said with the help. */
const most = 3;

/** The words that the question uses, with what they mean; nothing when it uses none. */
export function wordsHere(view: View): string[] {
  const below = view.ask ? askTexts(view.ask) : [];
  const { here } = sortedWords(view.words(), below.filter((text) => text !== undefined).join('\n'));
  return here.length === 0 ? [] : ['Words here:', ...here.slice(0, most).map(({ term, says }) => `  ${term}: ${says}`)];
}

/** What one word means, and where that is written. */
export function wordLines(view: View, asked: string): string[] {
  const word = wordNamed(view.words(), asked);
  if (!word) return [`There is no word ${asked} in the glossary. Type glossary to hear which there are.`];
  return [`${word.term}: ${word.says}`, ...sourceLines(word)];
}

function sourceLines({ sources }: Word): string[] {
  const dated = sources.map(({ page, date }) => (date ? `${page} of ${date}` : page)).join(', ');
  return dated === '' ? [] : [`  Written in: ${dated}.`];
}

/** Which words there are, without what they mean: that would take minutes to hear. */
export function glossaryLines(view: View): string[] {
  const { here, others, own } = sortedWords(view.words(), '');
  const terms = (words: readonly Word[]) => words.map(({ term }) => term).join(', ');
  return [
    `Words of Azure: ${terms([...here, ...others])}.`,
    `Words of amlguide: ${terms(own)}.`,
    'Type glossary and one of them to hear what it means.',
  ];
}
