import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ownCatalog } from '../../scripts/golden.ts';
import { knownErrorOf, messageOf } from '../../src/core/known-errors.ts';

const { errors } = await ownCatalog();
const idOf = (text: string) => knownErrorOf(errors, text)?.id;

/** A message of az, the class of its fault, and the known error that is meant. */
interface Message {
  readonly about: string;
  readonly id: string;
  readonly text: string;
}
const messages = parse(readFileSync(join(import.meta.dirname, 'fixtures/reported-errors.yaml'), 'utf8')) as readonly Message[];

/** What helps against a class of faults. */
const cures: Readonly<Record<string, 'wait' | 'sign in' | 'change'>> = {
  '429': 'wait',
  '500': 'wait',
  '502': 'wait',
  '503': 'wait',
  '504': 'wait',
  busy: 'wait',
  dropped: 'wait',
  dns: 'wait',
  network: 'wait',
  expired: 'sign in',
  '409': 'change',
  quota: 'change',
  policy: 'change',
  lock: 'change',
  late: 'change',
  proxy: 'change',
  tls: 'change',
};

function cureOf(id: string): string {
  const known = errors.find((one) => one.id === id);
  if (!known) return 'unknown';
  return known.sign_in ? 'sign in' : known.retry === undefined ? 'change' : 'wait';
}

describe('a message that was reported', () => {
  it.each(messages)('$about: $id', ({ about, id, text }) => {
    expect(idOf(text)).toBe(id);
    // What is shown and kept of a message has to lead to the same entry as the whole.
    expect(idOf(messageOf(text))).toBe(id);
    const cure = cures[about];
    if (cure !== undefined) expect(cureOf(id)).toBe(cure);
  });

  it('is there for every class of fault', () => {
    const there = new Set(messages.map(({ about }) => about));
    expect([...Object.keys(cures), '403', 'sign-in'].filter((about) => !there.has(about))).toEqual([]);
  });

  it('asks for waiting or for a sign-in, never for both', () => {
    expect(errors.filter(({ retry, sign_in }) => retry !== undefined && sign_in).map(({ id }) => id)).toEqual([]);
  });
});
