import type { Catalog } from '../core/catalog.ts';
import { attempt, type Change, type Move } from '../core/interview.ts';
import type { Session } from '../core/session.ts';
import { viewOf } from '../core/view.ts';
import type { Ui } from './ui.ts';

/** What is wanted when every question is answered. */
export type Wanted = 'write' | 'rehearse' | 'run';

/** How a conversation ended: left for later, or with what is wanted of the answers. */
export interface Outcome {
  readonly session: Session;
  readonly end: 'leave' | Wanted;
}

/** The one loop of all user interfaces: shows a view, makes the move, saves, until the person leaves or wants the files. */
export async function converse(
  catalog: Catalog,
  start: Session,
  ui: Ui,
  name: () => string,
  save: (session: Session) => Promise<void>,
): Promise<Outcome> {
  let session = start;
  let changes: readonly Change[] = [];
  for (;;) {
    const now = session;
    const view = viewOf(catalog, now);
    const move = await ui.ask({ name: name(), view, attempt: (one) => attempt(catalog, now, one), changes });
    if (move.type === 'leave') return { session, end: 'leave' };
    if (isWanted(move) && !view.ask) return { session, end: move.type };
    const tried = attempt(catalog, session, move);
    changes = tried.changes;
    if (tried.session === session) continue;
    session = tried.session;
    await save(session);
  }
}

function isWanted(move: Move): move is Extract<Move, { type: Wanted }> {
  return move.type === 'write' || move.type === 'rehearse' || move.type === 'run';
}
