import type { Catalog } from './catalog.ts';
import type { Fact } from './schema.ts';

/** A word of the glossary with where its meaning is written. */
export interface Word {
  readonly term: string;
  readonly also: readonly string[];
  readonly says: string;
  /** A word of the program itself, which says nothing of Azure. */
  readonly own: boolean;
  /** The ids of the facts behind it. */
  readonly facts: readonly string[];
  readonly sources: readonly Fact['sources'][number][];
}

/** The words of a glossary as a help shows them. */
export interface SortedWords {
  /** Those about Azure that a text holds, in the order in which it does. */
  readonly here: readonly Word[];
  /** The other ones about Azure, by the alphabet. */
  readonly others: readonly Word[];
  /** Those of the program itself, as the catalog has them. */
  readonly own: readonly Word[];
}

const known = new WeakMap<Catalog, readonly Word[]>();

/** Every word of the glossary, the sources of its facts with its own ones. */
export function wordsIn(catalog: Catalog): readonly Word[] {
  const words = known.get(catalog) ?? catalog.glossary.map((term) => wordOf(term, catalog.facts));
  known.set(catalog, words);
  return words;
}

function wordOf({ term, also = [], says, own, facts = [], sources = [] }: Catalog['glossary'][number], all: Catalog['facts']): Word {
  const found = [...sources, ...facts.flatMap((id) => all[id]?.sources ?? [])];
  return { term, also, says, own: own === true, facts, sources: [...new Map(found.map((one) => [one.page, one])).values()] };
}

/** Sorts a glossary by what stands in a text, so that what a person looks at comes first. */
export function sortedWords(words: readonly Word[], text: string): SortedWords {
  const own = words.filter((word) => word.own);
  const places = new Map(words.filter((word) => !word.own).map((word) => [word, placeIn(text, word)]));
  const others = [...places].filter(([, place]) => place < 0).map(([word]) => word);
  const here = [...places].filter(([, place]) => place >= 0).toSorted(([, a], [, b]) => a - b);
  return { here: here.map(([word]) => word), others: byAlphabet(others), own };
}

function byAlphabet(words: readonly Word[]): Word[] {
  return words.toSorted((a, b) => (a.term.toLowerCase() < b.term.toLowerCase() ? -1 : 1));
}

/** Where a text first has a word, in one of its spellings; -1 where it has none. */
function placeIn(text: string, { term, also }: Word): number {
  const places = [term, ...also].map((name) => text.search(patternOf(name))).filter((place) => place >= 0);
  return places.length === 0 ? -1 : Math.min(...places);
}

/** A word stands alone, perhaps in the plural; names such as vnet-hub hold none. */
function patternOf(name: string): RegExp {
  const letters = name
    .split(/\s+/)
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('\\s+');
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${letters}(?:e?s)?(?![\\p{L}\\p{N}_-])`, 'iu');
}

/** The word that a person names by one of its spellings, whatever the capitals, or the only one that holds it. */
export function wordNamed(words: readonly Word[], name: string): Word | undefined {
  const wanted = name.trim().replace(/\s+/g, ' ').toLowerCase();
  const names = ({ term, also }: Word) => [term, ...also].map((one) => one.toLowerCase());
  const exact = words.find((word) => names(word).includes(wanted)) ?? words.find((word) => names(word).includes(wanted.replace(/s$/, '')));
  const holding = wanted === '' ? [] : words.filter((word) => names(word).some((one) => one.includes(wanted)));
  return exact ?? (holding.length === 1 ? holding[0] : undefined);
}
