import { sortedWords, type Word } from '../../core/glossary.ts';
import { keyList } from './key-bar.ts';
import type { Paragraph } from './state.ts';
import type { Tone } from './text.ts';

/** What a help is made of. */
export interface HelpParts {
  readonly keys: Parameters<typeof keyList>[0];
  /** The glossary of the catalog. */
  readonly words: readonly Word[];
  /** What the screen below says, to find the words that it uses. */
  readonly below: readonly (string | undefined)[];
  readonly signs?: {
    readonly heading: string;
    readonly rows: readonly { readonly sign: string; readonly tone: Tone; readonly means: string }[];
  };
  /** Sentences after the signs. */
  readonly notes?: readonly string[];
}

/** So many words of the screen below come first; more of them would hide the keys. */
const most = 3;

/** The help of a screen: the words that it uses, its keys, its signs, and all other words. */
export function helpText({ keys, words, below, signs, notes = [] }: HelpParts): readonly Paragraph[] {
  const { here, others, own } = sortedWords(words, below.filter((text) => text !== undefined).join('\n'));
  const first = here.slice(0, most);
  return [
    ...part('Words here', first.map(wordRow)),
    ...part('Keys that work here', keyRows(keys)),
    ...part(
      signs?.heading ?? '',
      (signs?.rows ?? []).map(({ sign, tone, means }) => ({ begin: [{ text: `  ${sign} `, tone }], text: [{ text: means }] })),
    ),
    ...notes.flatMap((text): Paragraph[] => [{ text: [{ text }] }, { text: [] }]),
    ...part('Words of amlguide', own.map(wordRow)),
    ...part(first.length > 0 ? 'More words' : 'Words of Azure', [...here.slice(most), ...others].map(wordRow)),
    ...(words.length > 0 ? [{ text: [{ text: 'amlguide glossary WORD says where it is written, and when.', tone: 'dim' as const }] }] : []),
  ];
}

function part(heading: string, rows: readonly Paragraph[]): Paragraph[] {
  return rows.length === 0 ? [] : [{ text: [{ text: heading, tone: 'strong' }] }, ...rows, { text: [] }];
}

function keyRows(keys: HelpParts['keys']): Paragraph[] {
  return keyList(keys).map(([begin, ...rest]): Paragraph => ({ ...(begin ? { begin: [begin] } : {}), text: rest }));
}

/** A word and what it means; where that is written would double its length. */
function wordRow({ term, says }: Word): Paragraph {
  return { begin: [{ text: '  ' }], text: [{ text: term, tone: 'accent' }, { text: `: ${says}` }] };
}
