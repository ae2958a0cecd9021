import { nearest, UserError } from '../core/errors.ts';
import type { Finding } from '../core/verify/findings.ts';
import { type ByHand, keepByHand, seenByHand } from '../io/by-hand.ts';
import { nameProblem } from '../io/session-file.ts';
import { stateFolder } from '../io/store.ts';
import type { Context } from './context.ts';

/** What a person saw, today or earlier, at items that only a person can look at. */
export interface Hands {
  /** It is still known the next time. */
  readonly keeps: boolean;
  /** A finding with what was seen, if anything was. */
  readonly shown: (finding: Finding) => Finding;
  readonly saw: (id: string, verdict: 'pass' | 'fail') => void;
  /** Takes texts such as item=pass, of items that are looked at by hand; throws for others. Later ones change nothing any more. */
  readonly take: (texts: readonly string[], findings: readonly Finding[]) => void;
  /** Resolves when all of it is on the disk. */
  readonly kept: () => Promise<void>;
}

/** What was seen for a session, by its name; without a name that a file can have, and of what is made up, it counts this time alone. */
export async function handsOf(context: Context, name: string): Promise<Hands> {
  const state = stateFolder(context.environment);
  const keeps = nameProblem(name) === undefined && !context.sample;
  let seen: ByHand = keeps ? await seenByHand(state, name) : {};
  let writing = Promise.resolve();
  let taken = false;
  const remember = (more: ByHand): void => {
    seen = { ...seen, ...more };
    const all = seen;
    if (keeps) writing = writing.then(() => keepByHand(state, name, all));
    // Whoever waits for it hears of a failure.
    writing.catch(() => undefined);
  };
  return {
    keeps,
    shown: (finding) => shownAs(finding, seen[finding.id]),
    saw: (id, verdict) => remember({ [id]: { verdict, at: new Date().toISOString() } }),
    take: (texts, findings) => {
      if (taken || texts.length === 0) return;
      remember(seenNow(findings, texts, new Date().toISOString()));
      taken = true;
    },
    kept: () => writing,
  };
}

function shownAs(finding: Finding, one: ByHand[string] | undefined): Finding {
  if (finding.verdict !== 'by hand' || !one) return finding;
  const why = `Looked at by hand on ${one.at.slice(0, 10)}. ${finding.why ?? ''}`.trim();
  return { ...finding, verdict: one.verdict, at: one.at, why };
}

function seenNow(findings: readonly Finding[], seen: readonly string[], at: string): ByHand {
  const possible = findings.filter(({ verdict }) => verdict === 'by hand').map(({ id }) => id);
  return Object.fromEntries(
    seen.map((text) => {
      const [, id = '', verdict = ''] = /^(.+)=(pass|fail)$/.exec(text) ?? [];
      if (possible.includes(id)) return [id, { verdict: verdict === 'pass' ? ('pass' as const) : ('fail' as const), at }];
      const near = nearest(id || text, possible);
      throw new UserError({
        what: `--seen ${text}: it takes the id of an item that is looked at by hand, and pass or fail, such as ${possible[0] ?? 'item'}=pass.`,
        ...(near ? { hint: `Did you mean ${near}?` } : {}),
      });
    }),
  );
}
