import type { Catalog } from './catalog.ts';
import { factMentions, factUses } from './fact-uses.ts';
import { type Finding, meant } from './lint-finding.ts';

/** Facts that are named and do not exist, that nothing rests on, or that hide what they replaced. */
export function lintFacts(catalog: Catalog): Finding[] {
  return [...unknownFacts(catalog), ...unusedFacts(catalog), ...silentChanges(catalog), ...unsourced(catalog)];
}

function unknownFacts(catalog: Catalog): Finding[] {
  return factMentions(catalog)
    .filter(({ fact }) => !Object.hasOwn(catalog.facts, fact))
    .map(({ fact, path }) => ({ path, message: `there is no fact «${fact}»`, ...meant(fact, Object.keys(catalog.facts)) }));
}

function unusedFacts(catalog: Catalog): Finding[] {
  return factUses(catalog).flatMap(({ fact, uses, reason }): Finding[] => {
    const path = ['facts', fact];
    if (uses.length === 0 && reason === undefined)
      return [{ path: [...path, 'id'], message: `nothing uses the fact «${fact}»`, hint: 'use it, or say why not in unused:' }];
    const [use] = uses;
    if (use && reason !== undefined)
      return [
        { path: [...path, 'unused'], message: `«${fact}» is used after all (${use.kind} ${use.id} of ${use.topic}); take unused: away` },
      ];
    return [];
  });
}

function silentChanges(catalog: Catalog): Finding[] {
  return Object.values(catalog.facts)
    .filter(({ status, was }) => (status === 'changed' || status === 'retired') && was === undefined)
    .map(({ id, status }) => ({
      path: ['facts', id, 'status'],
      message: `the fact «${id}» is ${status}, so it needs was: what the documents said before`,
    }));
}

/** A row of a table that names facts must name one. */
function unsourced(catalog: Catalog): Finding[] {
  return Object.entries(catalog.tables).flatMap(([id, rows]) => {
    if (!rows.some((row) => 'facts' in row)) return [];
    return rows.flatMap((row, index): Finding[] => {
      const facts = row['facts'];
      return Array.isArray(facts) && facts.length > 0
        ? []
        : [{ path: ['tables', id, index], message: 'unsourced: the other rows of this table name facts, this one does not' }];
    });
  });
}
