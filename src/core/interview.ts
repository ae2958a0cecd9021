import { answerLabel, answerText } from './answer-text.ts';
import { extraOf } from './answers.ts';
import type { Catalog } from './catalog.ts';
import { defaultOf } from './defaults.ts';
import { isTrue } from './expression.ts';
import { type Inventory, offerOf, onlyFit, answerOf as readAnswer } from './inventory.ts';
import { type Json, sameJson } from './json.ts';
import { acceptWithId } from './pasted-id.ts';
import { type Problem, problemsOf, refusals } from './rules.ts';
import { type Answer, type Session, valuesIn } from './session.ts';
import { type Asked, type Situation, say } from './situation.ts';
import { situationOf } from './walk.ts';

/** What a person does next. `undo`, `leave`, `write`, `rehearse` and `run` are for the loop, which knows what was before. */
export type Move =
  | {
      readonly type: 'answer';
      readonly key: string;
      readonly value: Json;
      readonly from?: Answer['from'];
      /** What was read from Azure with it, and when. */
      readonly fills?: Readonly<Record<string, Json>>;
      readonly at?: string;
    }
  /** Takes over answers as Azure has them now. */
  | { readonly type: 'take'; readonly answers: Readonly<Record<string, Answer>> }
  /** Puts what is written in a file in place of all answers; what it does not name is asked again. */
  | { readonly type: 'replace'; readonly values: Readonly<Record<string, Json>> }
  /** Takes back the last answer, or all that were given by one key. */
  | { readonly type: 'undo' }
  | { readonly type: 'back' }
  | { readonly type: 'jump'; readonly key: string }
  /** Takes what is proposed for the rest of a section; `all` of everything that remains, up to the question `until`. */
  | { readonly type: 'defaults'; readonly all?: true; readonly until?: string }
  | { readonly type: 'leave' }
  | { readonly type: 'write' }
  | { readonly type: 'rehearse' }
  | { readonly type: 'run' };

/** One answer that a move changes besides the one it gives. */
export interface Change {
  readonly key: string;
  /** What a person calls the answer. */
  readonly label: string;
  readonly what: 'set aside' | 'brought back' | 'follows' | 'no longer valid';
  readonly before?: Json;
  readonly after?: Json;
  /** The old and the new value in words; what follows for the first time has no old one. */
  readonly beforeText?: string;
  readonly afterText?: string;
  readonly say?: string;
}

/** What a move would do: the session after it, why it is refused, and what else it changes. */
export interface Attempt {
  readonly session: Session;
  readonly refused: readonly Problem[];
  readonly changes: readonly Change[];
  /** What `defaults` answers, in the order of the questions. */
  readonly taken?: readonly Taken[];
  /** The question that `defaults` comes to, as nothing is proposed there; absent when every one is answered. */
  readonly stops?: { readonly key: string; readonly ask: string };
}

/** An answer that was proposed and taken. */
export interface Taken {
  readonly key: string;
  /** The title of its section. */
  readonly title: string;
  readonly label: string;
  readonly text: string;
  readonly from: Answer['from'];
}

/** Tries a move without making it; with what was read of Azure, that is proposed too where it alone fits. */
export function attempt(catalog: Catalog, session: Session, move: Move, inventory?: Inventory): Attempt {
  if (move.type === 'answer') return attemptAnswer(catalog, session, move);
  if (move.type === 'back') return { ...nothing(session), session: { ...session, cursor: before(catalog, session) } };
  if (move.type === 'jump') return jump(catalog, session, move.key);
  if (move.type === 'defaults') return takeDefaults(catalog, session, move, inventory);
  if (move.type === 'take') return take(catalog, session, { ...session.answers, ...move.answers });
  if (move.type === 'replace') return replace(catalog, session, move.values);
  return nothing(session);
}

/** The session after a move; the same session when the move is refused. */
export function advance(catalog: Catalog, session: Session, move: Move): Session {
  return attempt(catalog, session, move).session;
}

/** The question to ask now: the one gone back to, else the first that is unanswered or has a wrong answer; undefined when all is answered. */
export function currentOf(situation: Situation, session: Session, problems: readonly Problem[] = problemsOf(situation)): Asked | undefined {
  const wrong = new Set(refusals(problems).map((problem) => problem.key));
  return (
    situation.asked.find((asked) => asked.key === session.cursor) ??
    situation.asked.find((asked) => situation.answers[asked.key] === undefined || wrong.has(asked.key))
  );
}

/** The questions that a person meets: not those that are quiet, unless a rule refuses the default or the person is at one of them. */
export function metOf(situation: Situation, current?: Asked): Asked[] {
  const wrong = new Set(refusals(problemsOf(situation)).map(({ key }) => key));
  return situation.asked.filter((asked) => !asked.quiet || wrong.has(asked.key) || asked === current);
}

/** How many of these questions a person, a file or Azure has answered. */
export function answeredOf(situation: Situation, met: readonly Asked[]): number {
  return met.filter(({ key, quiet }) => !quiet && situation.answers[key] !== undefined).length;
}

function nothing(session: Session): Attempt {
  return { session, refused: [], changes: [] };
}

function refuse(session: Session, key: string, text: string): Attempt {
  return { session, refused: [{ key, say: text, level: 'refuse', facts: [] }], changes: [] };
}

function jump(catalog: Catalog, session: Session, key: string): Attempt {
  const known = situationOf(catalog, valuesIn(session)).asked.some((asked) => asked.key === key);
  return known ? { ...nothing(session), session: { ...session, cursor: key } } : refuse(session, key, `There is no question ${key} now.`);
}

function before(catalog: Catalog, session: Session): string | undefined {
  const situation = situationOf(catalog, valuesIn(session));
  const current = currentOf(situation, session);
  const met = metOf(situation, current);
  return met[(current ? met.indexOf(current) : met.length) - 1]?.key ?? session.cursor;
}

function attemptAnswer(catalog: Catalog, session: Session, move: Extract<Move, { type: 'answer' }>): Attempt {
  const situation = situationOf(catalog, valuesIn(session));
  const asked = situation.asked.find((one) => one.key === move.key);
  if (!asked) return refuse(session, move.key, `There is no question ${move.key} now.`);
  const accepted = acceptWithId(situation, asked, move.value, move.fills);
  if ('problem' in accepted) return refuse(session, move.key, accepted.problem);
  const read = move.at === undefined ? {} : { at: move.at };
  const others = Object.entries(accepted.others).map(([key, value]) => [key, { value, from: move.from ?? 'typed', ...read }]);
  const answer = { ...answerOf(situation, asked, accepted.value, session.answers[move.key], move.from), ...read };
  const given = { ...session, cursor: undefined, answers: { ...session.answers, ...Object.fromEntries(others), [move.key]: answer } };
  const settled = settleDown(catalog, withoutQuieted(situation, given));
  const after = situationOf(catalog, valuesIn(settled));
  const refused = refusals(problemsOf(after), move.key);
  if (refused.length > 0) return { session, refused, changes: [] };
  return { session: settled, refused: [], changes: changesBetween(situation, after, move.key, session.aside) };
}

/** Puts answers in place of those of before; what they make wrong is asked again. */
function take(catalog: Catalog, session: Session, answers: Session['answers']): Attempt {
  const before = situationOf(catalog, valuesIn(session));
  const settled = settleDown(catalog, { ...session, answers });
  return { session: settled, refused: [], changes: changesBetween(before, situationOf(catalog, valuesIn(settled)), '', session.aside) };
}

/** Puts the answers of a file in place of all; those that say the same keep where they came from. */
function replace(catalog: Catalog, session: Session, values: Readonly<Record<string, Json>>): Attempt {
  const before = situationOf(catalog, valuesIn(session)).answers;
  const kept = Object.entries(session.answers).filter(([key]) => key in values);
  const told = Object.entries(values).filter(([key, value]) => before[key] === undefined || !sameJson(before[key], value));
  if (told.length === 0 && kept.length === Object.keys(session.answers).length) return nothing(session);
  const answers = Object.fromEntries([...kept, ...told.map(([key, value]): [string, Answer] => [key, { value, from: 'file' }])]);
  return take(catalog, { ...session, cursor: undefined }, answers);
}

/** Sets aside answers to questions that an answer has made quiet: what was typed for a thing that exists is no name for a new one. */
function withoutQuieted(before: Situation, session: Session): Session {
  const after = situationOf(before.catalog, valuesIn(session));
  const gone = after.asked.filter((asked) => {
    const from = session.answers[asked.key]?.from;
    return from !== undefined && from !== 'file' && isGiven(before, asked) && !isQuiet(before, asked) && isQuiet(after, asked);
  });
  return gone.length === 0
    ? session
    : swap(
        session,
        gone.map(({ key }) => key),
        [],
      );
}

function isQuiet(situation: Situation, asked: Asked): boolean {
  const { quiet } = asked.question;
  return quiet !== undefined && isTrue(situation.settle(quiet, extraOf(situation, asked)) ?? null);
}

/** The answer that a value makes; the same value again leaves the answer as it is, with where it came from. */
function answerOf(situation: Situation, asked: Asked, value: Json, earlier: Answer | undefined, from: Answer['from'] | undefined): Answer {
  if (earlier && from === undefined && sameJson(earlier.value, value)) return earlier;
  return { value, from: from ?? fromDefault(situation, asked, value) };
}

/** An answer equal to the default counts as the default, so that it follows when the default moves. */
function fromDefault(situation: Situation, asked: Asked, value: Json): Answer['from'] {
  const proposed = asked.question.default === undefined ? undefined : defaultOf(situation, asked);
  return proposed !== undefined && sameJson(proposed, value) ? 'default' : 'typed';
}

/** Sets aside what no longer applies, brings back what applies again, and lets defaults follow, until nothing moves. */
export function settleDown(catalog: Catalog, session: Session): Session {
  let current = session;
  // One change a round: a short name may be in more than a hundred defaults.
  for (let round = 0; round < 1000; round++) {
    const next = settleOnce(catalog, current);
    if (next === current) break;
    current = next;
  }
  return current;
}

function settleOnce(catalog: Catalog, session: Session): Session {
  const situation = situationOf(catalog, valuesIn(session));
  const visible = new Map(situation.asked.map((asked) => [asked.key, asked]));
  const gone = Object.keys(session.answers).filter((key) => !visible.has(key));
  const back = Object.keys(session.aside).filter((key) => visible.has(key) && !visible.get(key)?.quiet && !(key in session.answers));
  if (gone.length + back.length > 0) return swap(session, gone, back);
  for (const asked of situation.asked) {
    const answer = session.answers[asked.key];
    if (answer?.from !== 'default' || asked.question.default === undefined) continue;
    const value = defaultOf(situation, asked);
    if (value !== undefined && !sameJson(value, answer.value)) {
      return { ...session, answers: { ...session.answers, [asked.key]: { value, from: 'default' } } };
    }
  }
  return session;
}

function swap(session: Session, gone: readonly string[], back: readonly string[]): Session {
  const answers = { ...session.answers };
  const aside = { ...session.aside };
  for (const key of gone) {
    const answer = answers[key];
    if (answer) aside[key] = answer;
    delete answers[key];
  }
  for (const key of back) {
    const answer = aside[key];
    if (answer) answers[key] = answer;
    delete aside[key];
  }
  return { ...session, answers, aside };
}

function changesBetween(before: Situation, after: Situation, given: string, aside: Session['aside']): Change[] {
  const askedBefore = new Map(before.asked.map((asked) => [asked.key, asked]));
  const askedAfter = new Map(after.asked.map((asked) => [asked.key, asked]));
  const keys = [...new Set([...askedBefore.keys(), ...askedAfter.keys()])].filter((key) => key !== given);
  const moved = keys.flatMap((key) => {
    const [one, other] = [askedBefore.get(key), askedAfter.get(key)];
    // What nobody answered follows without a word, and comes and goes without one.
    return (other?.quiet && !isGiven(before, one)) || (one?.quiet && !isGiven(after, other))
      ? []
      : changeOf(key, textsOf(before, one), textsOf(after, other), key in aside);
  });
  const known = new Set(refusals(problemsOf(before)).map(({ key }) => key));
  const wrong = refusals(problemsOf(after)).filter(({ key }) => !known.has(key));
  return [
    ...moved,
    ...wrong.map(
      ({ key, say }): Change => ({ key, label: textsOf(after, askedAfter.get(key))?.label ?? key, what: 'no longer valid', say }),
    ),
  ];
}

function isGiven(situation: Situation, asked: Asked | undefined): boolean {
  return asked !== undefined && !asked.quiet && situation.answers[asked.key] !== undefined;
}

interface Told {
  readonly label: string;
  readonly value: Json;
  readonly text: string;
}

/** An answer in words; undefined while there is none. */
function textsOf(situation: Situation, asked: Asked | undefined): Told | undefined {
  const value = asked && situation.answers[asked.key];
  return asked && value !== undefined ? { label: answerLabel(asked), value, text: answerText(situation, asked, value) } : undefined;
}

function changeOf(key: string, old: Told | undefined, now: Told | undefined, wasAside: boolean): Change[] {
  if (!old)
    return now ? [{ key, label: now.label, what: wasAside ? 'brought back' : 'follows', after: now.value, afterText: now.text }] : [];
  if (!now) return [{ key, label: old.label, what: 'set aside', before: old.value, beforeText: old.text }];
  if (sameJson(old.value, now.value)) return [];
  return [{ key, label: now.label, what: 'follows', before: old.value, after: now.value, beforeText: old.text, afterText: now.text }];
}

/** Answers what remains of the section, or of everything, as proposed, up to the first question that has no proposal. */
function takeDefaults(catalog: Catalog, session: Session, move: Extract<Move, { type: 'defaults' }>, inventory?: Inventory): Attempt {
  let now: Session = { ...session, cursor: undefined };
  const first = situationOf(catalog, valuesIn(session));
  const topic = currentOf(first, session)?.topic.topic;
  for (;;) {
    const situation = situationOf(catalog, valuesIn(now));
    const asked = currentOf(situation, now);
    const here = asked !== undefined && asked.key !== move.until && (move.all || asked.topic.topic === topic);
    const proposal = here ? proposedMove(situation, asked, inventory) : undefined;
    // What a person typed is never replaced, even where it no longer holds.
    if (!asked || !proposal || typed(now.answers[asked.key])) break;
    const tried = attemptAnswer(catalog, now, proposal);
    if (tried.refused.length > 0 || sameAnswer(now, tried.session, asked.key)) break;
    now = tried.session;
  }
  const end = situationOf(catalog, valuesIn(now));
  const stop = currentOf(end, now);
  const stops = stop ? { stops: { key: stop.key, ask: say(end, stop.question.ask, extraOf(end, stop)) } } : {};
  return { session: now, refused: [], changes: [], taken: takenIn(end, now, session), ...stops };
}

/** The move that answers a question as it is proposed: by its default, or by what alone fits of what exists. */
function proposedMove(situation: Situation, asked: Asked, inventory: Inventory | undefined): Extract<Move, { type: 'answer' }> | undefined {
  const value = defaultOf(situation, asked);
  if (value !== undefined) return { type: 'answer', key: asked.key, value, from: 'default' };
  const live = offerOf(situation, asked, inventory);
  const only = onlyFit(situation, asked, live);
  return only && live && readAnswer({ key: asked.key, live }, only);
}

function takenIn(situation: Situation, now: Session, before: Session): Taken[] {
  return situation.asked.flatMap((asked) => {
    const answer = now.answers[asked.key];
    if (!answer || before.answers[asked.key]) return [];
    const text = answerText(situation, asked, answer.value);
    return [{ key: asked.key, title: asked.topic.title, label: answerLabel(asked), text, from: answer.from }];
  });
}

function typed(answer: Answer | undefined): boolean {
  return answer !== undefined && answer.from !== 'default';
}

function sameAnswer(old: Session, now: Session, key: string): boolean {
  const [before, after] = [old.answers[key], now.answers[key]];
  return before !== undefined && after !== undefined && sameJson(before.value, after.value);
}
