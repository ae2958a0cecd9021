import type { Catalog } from './catalog.ts';
import type { Finding, Path } from './lint-finding.ts';
import type { Term } from './schema-glossary.ts';

/** Words of the glossary that are there twice, or that say something of Azure without saying where that is written. */
export function lintGlossary({ glossary }: Catalog): Finding[] {
  const known = new Map<string, string>();
  return glossary.flatMap((term, index): Finding[] => {
    const path: Path = ['glossary', index];
    return [...sharedNames(term, path, known), ...unsourced(term, path)];
  });
}

function sharedNames({ term, also = [] }: Term, path: Path, known: Map<string, string>): Finding[] {
  return [term, ...also].flatMap((name, at): Finding[] => {
    const other = known.get(name.toLowerCase());
    known.set(name.toLowerCase(), other ?? term);
    const place = at === 0 ? [...path, 'term'] : [...path, 'also', at - 1];
    return other === undefined ? [] : [{ path: place, message: `«${name}» stands in the glossary already, at «${other}»` }];
  });
}

function unsourced({ term, own, facts, sources }: Term, path: Path): Finding[] {
  const sourced = facts !== undefined || sources !== undefined;
  if (own && sourced) return [{ path: [...path, 'own'], message: `«${term}» rests on a document, so it is no word of the program itself` }];
  if (own || sourced) return [];
  return [{ path, message: `unsourced: «${term}» names neither facts nor sources`, hint: 'a word of the program itself says own: true' }];
}
