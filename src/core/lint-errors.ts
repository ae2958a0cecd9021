import type { Catalog } from './catalog.ts';
import { type Finding, meant } from './lint-finding.ts';

/** Known errors that share an id or a text, or name facts that do not exist. */
export function lintErrors({ errors, facts }: Catalog): Finding[] {
  const ids = new Map<string, number>();
  const texts = new Map<string, string>();
  return errors.flatMap(({ id, match, facts: named = [] }, index): Finding[] => {
    const path = ['errors', index];
    const twice = ids.has(id) ? [{ path: [...path, 'id'], message: `there is already a known error «${id}»` }] : [];
    ids.set(id, index);
    const shared = match.flatMap((text, at): Finding[] => {
      const other = texts.get(text.toLowerCase());
      texts.set(text.toLowerCase(), id);
      return other === undefined ? [] : [{ path: [...path, 'match', at], message: `«${text}» is a text of «${other}» already` }];
    });
    const unknown = named
      .filter((fact) => !Object.hasOwn(facts, fact))
      .map((fact) => ({ path: [...path, 'facts'], message: `there is no fact «${fact}»`, ...meant(fact, Object.keys(facts)) }));
    return [...twice, ...shared, ...unknown];
  });
}
