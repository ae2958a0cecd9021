import { describe, expect, test } from 'vitest';
import { advance, attempt, type Move } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import { emptySession, type Session } from '../../src/core/session.ts';
import { viewOf } from '../../src/core/view.ts';
import { quietCatalog, short, shortRest } from '../core/quiet-catalog.ts';
import { type Drive, driveHeadless, drivePlain, expected, ink } from './drivers.ts';
import { wizard } from './ink/screens.ts';
import { talk } from './plain-talk.ts';

const catalog = await quietCatalog();
const answer = (key: string, value: Json): Move => ({ type: 'answer', key, value });
const jump = (key: string): Move => ({ type: 'jump', key });
const [back, defaults]: readonly Move[] = [{ type: 'back' }, { type: 'defaults' }];
const answers = (list: Readonly<Record<string, Json>>): Move[] => Object.entries(list).map(([key, value]) => answer(key, value));
const { how: _, ...begun } = short;
const complete: Session = expected(catalog, answers({ ...short, ...shortRest }));

const scenarios: Readonly<Record<string, readonly Move[]>> = {
  'quiet questions are passed over': answers({ ...short, ...shortRest }),
  'all are asked': [
    ...answers({ ...begun, how: 'long', 'subnet.name': 'mine', size: 9 }),
    ...answers({ 'machines.0.kind': 'cpu', 'machines.0.more': false, owner: null, sure: true }),
  ],
  'back over quiet questions': [
    ...answers({ ...short, 'machines.0.kind': 'gpu' }),
    back!,
    back!,
    ...answers({ how: 'short', 'machines.0.name': 'one', 'machines.0.more': false, sure: true }),
  ],
  'defaults of a section': [
    ...answers({ ...begun, how: 'long' }),
    defaults!,
    ...answers({ 'machines.0.kind': 'cpu' }),
    defaults!,
    defaults!,
  ],
  'a quiet one is answered out of the review': [
    ...answers({ ...short, ...shortRest }),
    jump('subnet.name'),
    answer('subnet.name', 'big'),
    jump('vnet.name'),
    answer('vnet.name', 'lan'),
  ],
  'a quiet field of a row is answered': [
    ...answers({ ...short, ...shortRest }),
    jump('machines.0.name'),
    answer('machines.0.name', 'first'),
    jump('subnet.name'),
    answer('subnet.name', 'net-train'),
    jump('vnet.name'),
    answer('vnet.name', 'lan'),
  ],
  'a default that a rule refuses is asked': [
    ...answers({ subscription: 'sub-1', 'vnet.name': 'none', how: 'short', 'subnet.name': 'fine', ...shortRest }),
  ],
  'an edit of a quiet one that makes another wrong takes consent': [
    ...answers({ subscription: 'sub-1', 'vnet.name': 'tight', how: 'short', ...shortRest }),
    jump('subnet.name'),
    answer('subnet.name', 'big'),
    answer('size', 5),
  ],
};

const drivers: Readonly<Record<string, Drive>> = { plain: drivePlain, ...(ink ? { ink } : {}) };

describe.each(Object.entries(scenarios))('%s', (_name, moves) => {
  const wanted = expected(catalog, moves);

  test('answers every question', () => {
    expect(viewOf(catalog, wanted).ask?.key).toBeUndefined();
    for (const [index, move] of moves.entries()) {
      const session = expected(catalog, moves.slice(0, index));
      expect(attempt(catalog, session, move).refused).toEqual([]);
    }
  });

  test.each(Object.entries(drivers))('%s gives the same session', async (_driver, drive) => {
    expect(await drive(catalog, moves)).toEqual(wanted);
  });

  test('headless gives the same answers', async () => {
    const session = await driveHeadless(catalog, moves);
    const listed = (one: Session) => viewOf(catalog, one).answers.map(({ key, value }) => [key, value]);
    expect(listed(session)).toEqual(listed(wanted));
    for (const [key, { from }] of Object.entries(session.answers)) expect(['file', 'default'], key).toContain(from);
  });
});

describe('plain mode', () => {
  test('marks what was not asked, and edits it by number', async () => {
    const { text, session } = await talk(['review', 'edit 4', 'other', 'leave'], complete, catalog);
    expect(text).toContain('You were not asked about 7 of these: the default counts, and the line says so.');
    expect(text).toContain('  4) subnet name: net-train, the default, not asked. Key: subnet.name');
    expect(text).toContain('Question 4: Which subnet?');
    expect(text).toContain('Press Enter for the default: net-train. Reason: It holds the name.');
    expect(session.answers['subnet.name']).toEqual({ value: 'other', from: 'typed' });
    expect(text).toContain('You were not asked about 6 of these');
  });

  test('says nothing of quiet questions on the way', async () => {
    const { text } = await talk(['sub-1', 'net', 'short', 'cpu', 'defaults', 'defaults'], emptySession, catalog);
    expect(text).toContain('Section 3 of 4: Machines\n\nQuestion 4: For machine 1: Which kind?');
    expect(text).toContain('Defaults taken:\n  machine 1: another machine: no');
    expect(text).not.toContain('machine 1: name: cpu-0\n');
    expect(text).not.toContain('This changed too');
  });

  test('says that the default is what is not valid', async () => {
    const { text } = await talk(['sub-1', 'none', 'short', ''], emptySession, catalog);
    expect(text).toContain('The default is not valid now: No subnet is called so.');
    expect(text).not.toContain('Press Enter for the default: none-train');
    expect(text).toContain('An answer is needed.');
  });
});

describe('the wizard', () => {
  test('marks what was not asked, goes there by n, and edits it', async () => {
    const screen = wizard(catalog, complete, 120, 60);
    const text = await screen.see('every question is answered · 7 not asked');
    expect(text).toMatch(/subnet name +net-train \(proposed, not asked\)/);
    expect(text).toMatch(/machine 1: name +cpu-0 \(proposed, not asked\)/);
    expect(text).toMatch(/next not asked/);
    screen.press('n');
    await screen.see('❯ subnet name');
    screen.press('n', 'enter');
    await screen.see('How large?');
    screen.press('1', '6', 'enter');
    expect(await screen.see('every question is answered · 6 not asked')).toMatch(/size +16\n|size +16 /);
  });

  test('shows a quiet section as done, without a stop and without a count', async () => {
    const screen = wizard(catalog, emptySession, 120, 40);
    for (const [see, keys] of [
      ['Which subscription?', ['s', 'enter']],
      ['Which network?', ['n', 'enter']],
      ['How much is asked?', ['1', 'enter']],
    ] as const) {
      await screen.see(see);
      screen.press(...keys);
    }
    const text = await screen.see('Which kind?');
    expect(text).toMatch(/✔ Silent +│/);
    expect(text).toMatch(/▸ Machines +0\/1 │/);
    expect(text).toContain('question 4 · section 3 of 4');
  });

  test('asks before an edit of a quiet answer changes a given one', async () => {
    const now = advance(catalog, advance(catalog, complete, answer('size', 8)), answer('keep', true));
    const screen = wizard(catalog, { ...now, cursor: 'subnet.name' }, 120, 40);
    await screen.see('Which subnet?');
    screen.press('b', 'i', 'g', 'enter');
    await screen.see('Change it?');
    screen.press('n');
    await screen.gone('Change it?');
  });
});
