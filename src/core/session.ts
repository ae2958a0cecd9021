import type { Json } from './json.ts';

/** One answer: its value, and where it came from. `at` is set for what was read from Azure. */
export interface Answer {
  readonly value: Json;
  readonly from: 'typed' | 'default' | 'file' | 'azure';
  readonly at?: string | undefined;
}

/** A person's progress: answers, those set aside, and the question gone back to. */
export interface Session {
  readonly answers: Readonly<Record<string, Answer>>;
  readonly aside: Readonly<Record<string, Answer>>;
  readonly cursor?: string | undefined;
}

/** A session in which nothing is answered. */
export const emptySession: Session = { answers: {}, aside: {} };

const values = new WeakMap<Session['answers'], Readonly<Record<string, Json>>>();

/** The plain values of a session's answers; the same object for the same answers, so that what is derived from it is derived once. */
export function valuesIn(session: Session): Readonly<Record<string, Json>> {
  const known = values.get(session.answers) ?? Object.fromEntries(Object.entries(session.answers).map(([key, { value }]) => [key, value]));
  values.set(session.answers, known);
  return known;
}
