import type { Catalog } from './catalog.ts';
import { type Finding, meant, type Path } from './lint-finding.ts';
import type { KnownError } from './schema.ts';

/** Known errors that share an id or a text, name facts that do not exist, or say how often but not when. */
export function lintErrors({ errors, facts }: Catalog): Finding[] {
  const ids = new Set<string>();
  const texts = new Map<string, string>();
  return errors.flatMap((error, index): Finding[] => {
    const path: Path = ['errors', index];
    const twice = ids.has(error.id) ? [{ path: [...path, 'id'], message: `there is already a known error «${error.id}»` }] : [];
    ids.add(error.id);
    return [...twice, ...sharedTexts(error, path, texts), ...unknownFacts(error, path, Object.keys(facts)), ...idleTries(error, path)];
  });
}

/** A text that two entries have would decide by their order alone. */
function sharedTexts({ id, match }: KnownError, path: Path, texts: Map<string, string>): Finding[] {
  return match.flatMap((text, at): Finding[] => {
    const place = [...path, 'match', at];
    if (text.trim() !== text) return [{ path: place, message: `the text «${text}» begins or ends with a blank` }];
    const other = texts.get(text.toLowerCase());
    texts.set(text.toLowerCase(), other ?? id);
    return other === undefined ? [] : [{ path: place, message: `«${text}» is a text of «${other}» already` }];
  });
}

function unknownFacts({ facts = [] }: KnownError, path: Path, known: readonly string[]): Finding[] {
  return facts.flatMap((fact, at) =>
    known.includes(fact) ? [] : [{ path: [...path, 'facts', at], message: `there is no fact «${fact}»`, ...meant(fact, known) }],
  );
}

function idleTries({ retry, tries }: KnownError, path: Path): Finding[] {
  return tries === undefined || retry !== undefined
    ? []
    : [{ path: [...path, 'tries'], message: 'tries: says how often, but there is no retry: that says after how many seconds' }];
}
