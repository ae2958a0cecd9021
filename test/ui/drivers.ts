import { existsSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import type { Catalog } from '../../src/core/catalog.ts';
import { advance, attempt, type Move } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import { emptySession, type Session } from '../../src/core/session.ts';
import { viewOf } from '../../src/core/view.ts';
import { headlessUi } from '../../src/ui/headless.ts';
import { converse } from '../../src/ui/loop.ts';
import { plainUi } from '../../src/ui/plain.ts';

/** Makes moves through a front end, from an empty session, and gives the session at the end. */
export type Drive = (catalog: Catalog, moves: readonly Move[]) => Promise<Session>;

/** The slot for the Ink wizard: `driveInk(catalog, moves)` of test/ui/ink/driver.tsx takes part as soon as that file is there. */
const inkDriver = new URL('./ink/driver.tsx', import.meta.url);
export const ink: Drive | undefined = existsSync(inkDriver)
  ? ((await import(/* @vite-ignore */ inkDriver.href)) as { readonly driveInk: Drive }).driveInk
  : undefined;

/** What the moves come to without any front end. */
export function expected(catalog: Catalog, moves: readonly Move[]): Session {
  return moves.reduce((session, move) => advance(catalog, session, move), emptySession);
}

/** Plain mode, as lines that a person would type. */
export const drivePlain: Drive = async (catalog, moves) => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  output.resume();
  input.end(
    typedLines(catalog, moves)
      .map((line) => `${line}\n`)
      .join(''),
  );
  const { session } = await converse(
    catalog,
    emptySession,
    plainUi({ input, output }),
    () => 'contract',
    async () => undefined,
  );
  return session;
};

function typedLines(catalog: Catalog, moves: readonly Move[]): string[] {
  let session: Session = emptySession;
  return moves.flatMap((move) => {
    const tried = attempt(catalog, session, move);
    const lines = linesOf(catalog, session, move);
    const { ask } = viewOf(catalog, session);
    const edit = move.type === 'answer' && (ask?.value !== undefined || ask?.quiet) && tried.changes.length > 0;
    session = tried.session;
    return edit ? [...lines, 'yes'] : lines;
  });
}

function linesOf(catalog: Catalog, session: Session, move: Move): string[] {
  if (move.type === 'jump') return [`edit ${move.key}`];
  if (move.type !== 'answer') return [move.type];
  const { ask } = viewOf(catalog, session);
  if (ask?.key !== move.key) throw new Error(`The contract answers ${move.key} while ${ask?.key ?? 'nothing'} is asked: jump there first.`);
  const number = ask.choices.filter(({ refused }) => refused === undefined).findIndex(({ value }) => value === move.value);
  return [number < 0 ? typedValue(move.value) : String(number + 1)];
}

function typedValue(value: Json): string {
  if (value === null) return '=';
  if (Array.isArray(value)) return `=${value.join(',')}`;
  if (typeof value === 'object')
    return `=${Object.entries(value)
      .map(([name, one]) => `${name}=${String(one)}`)
      .join(',')}`;
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : `=${String(value)}`;
}

/** An answers file: the last accepted answer to each question, without those that are the default in the end; defaults are taken. */
export const driveHeadless: Drive = async (catalog, moves) => {
  const given: Record<string, Json> = {};
  let session: Session = emptySession;
  for (const move of moves) {
    const tried = attempt(catalog, session, move);
    if (move.type === 'answer' && tried.refused.length === 0) given[move.key] = move.value;
    session = tried.session;
  }
  const told = Object.entries(given).filter(([key]) => session.answers[key]?.from !== 'default');
  const ui = headlessUi(Object.fromEntries(told), () => 'answers.yaml', true);
  return (
    await converse(
      catalog,
      emptySession,
      ui,
      () => 'contract',
      async () => undefined,
    )
  ).session;
};
