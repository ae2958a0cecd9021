import type { Catalog } from '../core/catalog.ts';
import { freshOf } from '../core/fresh.ts';
import { type Attempt, attempt, type Change, currentOf, type Move } from '../core/interview.ts';
import { type LiveInventory, type Wanted, wantedFor } from '../core/inventory.ts';
import { sameJson } from '../core/json.ts';
import { type Session, valuesIn } from '../core/session.ts';
import { viewOf } from '../core/view.ts';
import { situationOf } from '../core/walk.ts';
import type { Turn, Ui } from './ui.ts';

/** What is wanted when every question is answered. */
export type Wish = 'write' | 'rehearse' | 'run';

/** How a conversation ended: left for later, or with what is wanted of the answers. */
export interface Outcome {
  readonly session: Session;
  readonly end: 'leave' | Wish;
}

/** The one loop of all user interfaces: shows a view, makes the move, saves, until the person leaves or wants the files. Azure is read meanwhile, where `inventory` is given. */
export async function converse(
  catalog: Catalog,
  start: Session,
  ui: Ui,
  name: () => string,
  save: (session: Session) => Promise<void>,
  inventory?: LiveInventory,
): Promise<Outcome> {
  let session = start;
  let changes: readonly Change[] = [];
  const past: Session[] = [];
  for (;;) {
    const waiting = new Waiting(catalog, session, name(), changes, past.length > 0, inventory);
    const move = await waiting.moveBy(ui);
    session = waiting.session;
    if (move.type === 'leave') return { session, end: 'leave' };
    if (isWish(move) && !waiting.turn().view.ask) return { session, end: move.type };
    const tried = move.type === 'undo' ? undone(session, past.pop()) : attempt(catalog, session, move, inventory?.readings());
    changes = tried.changes;
    if (tried.session === session) continue;
    if (move.type !== 'undo' && !sameJson(valuesIn(tried.session), valuesIn(session))) past.push(session);
    session = tried.session;
    await save(session);
  }
}

function undone(session: Session, earlier: Session | undefined): Attempt {
  return { session: earlier ?? session, refused: [], changes: [] };
}

function isWish(move: Move): move is Extract<Move, { type: Wish }> {
  return move.type === 'write' || move.type === 'rehearse' || move.type === 'run';
}

/** One turn while it waits for its move: what comes from Azure meanwhile is shown. */
class Waiting {
  private readonly catalog: Catalog;
  private readonly name: string;
  private readonly changes: readonly Change[];
  private readonly undoes: boolean;
  private readonly inventory: LiveInventory | undefined;
  session: Session;

  constructor(
    catalog: Catalog,
    session: Session,
    name: string,
    changes: readonly Change[],
    undoes: boolean,
    inventory: LiveInventory | undefined,
  ) {
    this.catalog = catalog;
    this.session = session;
    this.name = name;
    this.changes = changes;
    this.undoes = undoes;
    this.inventory = inventory;
  }

  turn(): Turn {
    const { catalog, session, name, changes, undoes, inventory } = this;
    const given = valuesIn(session);
    const live = inventory && {
      sample: inventory.sample ?? false,
      refresh: (most: number) => this.refresh(most),
      later: (most: number) => this.later(most),
      settled: (most: number) => atMost(most, inventory.want(this.wanted(false))),
    };
    return {
      name,
      view: viewOf(catalog, session, inventory?.readings()),
      attempt: (move) => attempt(catalog, session, move, inventory?.readings()),
      changes,
      undoes,
      // What writes YAML is loaded only when somebody wants it.
      file: async () =>
        (await import('../core/render/answers.ts')).answersFile(catalog, { ...situationOf(catalog, given).answers, ...given }),
      now: new Date(),
      ...(live ? { live } : {}),
    };
  }

  async moveBy(ui: Ui): Promise<Move> {
    const asking = ui.ask(this.turn());
    const off = this.inventory?.changed(() => {
      this.stamp();
      ui.update?.(this.turn());
    });
    let made = false;
    // Nobody waits for Azure, neither for the screen nor for the first key.
    void Promise.resolve(ui.ready?.()).then(() => (made ? undefined : this.inventory?.want(this.wanted(false))));
    try {
      return await asking;
    } finally {
      made = true;
      off?.();
    }
  }

  private async refresh(most: number): Promise<Turn> {
    const came = this.inventory?.want(this.wanted(true), { fresh: true });
    await atMost(most, came ?? Promise.resolve());
    this.stamp();
    return this.turn();
  }

  /** The lists for the question that is asked and for those after it; for a refresh those that answers came from. */
  private wanted(fresh: boolean): Wanted[] {
    const situation = situationOf(this.catalog, valuesIn(this.session));
    const current = currentOf(situation, this.session);
    const open = situation.asked.filter(({ key }) => situation.answers[key] === undefined);
    const read = situation.asked.filter(({ key }) => this.session.answers[key]?.from === 'azure');
    return wantedFor(situation, [...(current ? [current] : []), ...(fresh ? read : open)]);
  }

  /** Answers that Azure confirms get the time of the last look. */
  private stamp(): void {
    const { inventory, session } = this;
    if (!inventory) return;
    const { same } = freshOf(situationOf(this.catalog, valuesIn(session)), session, inventory.readings());
    if (Object.keys(same).length > 0) this.session = { ...session, answers: { ...session.answers, ...same } };
  }

  private async later(most: number): Promise<Turn> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const arrived = () => this.turn().view.ask?.live?.state !== 'waiting' && resolve();
    const off = this.inventory?.changed(arrived);
    arrived();
    await atMost(most, promise);
    off?.();
    return this.turn();
  }
}

/** Waits for something, but not longer than some milliseconds. */
async function atMost(most: number, something: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, most);
  });
  await Promise.race([something, over]).finally(() => clearTimeout(timer));
}
