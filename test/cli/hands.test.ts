import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Context } from '../../src/commands/context.ts';
import { handsOf } from '../../src/commands/hands.ts';
import { UserError } from '../../src/core/errors.ts';
import type { Finding } from '../../src/core/verify/findings.ts';
import { room } from './run.ts';

const finding = (id: string, verdict: Finding['verdict'] = 'by hand'): Finding => ({
  id,
  topic: 'where',
  label: id,
  says: `${id} is so.`,
  severity: 'low',
  facts: [],
  by: 'hand',
  verdict,
  why: 'Look at the portal.',
});

/** As much of the world as it needs: where the state lies. */
function inNewState(): Context {
  return { environment: { AMLGUIDE_STATE_DIR: mkdtempSync(join(room, 'hands-')) } } as unknown as Context;
}

test('what a person saw is shown, kept with its day, and known the next time', async () => {
  const context = inNewState();
  const hands = await handsOf(context, 'contoso');
  hands.saw('one', 'fail');
  hands.saw('two', 'fail');
  hands.saw('one', 'pass');
  await hands.kept();
  const again = await handsOf(context, 'contoso');
  for (const one of [hands, again]) {
    const shown = one.shown(finding('one'));
    expect(shown).toMatchObject({
      verdict: 'pass',
      why: expect.stringMatching(/^Looked at by hand on \d{4}-\d\d-\d\d\. Look at the portal\.$/),
    });
    expect(one.shown(finding('two')).verdict).toBe('fail');
  }
  expect(again.shown(finding('one', 'unknown')).verdict).toBe('unknown');
  expect((await handsOf(context, 'other')).shown(finding('one')).verdict).toBe('by hand');
});

test('--seen counts once, and what a person says afterwards goes before it', async () => {
  const hands = await handsOf(inNewState(), 'contoso');
  hands.take(['one=pass'], [finding('one')]);
  hands.saw('one', 'fail');
  hands.take(['one=pass'], [finding('one')]);
  expect(hands.shown(finding('one')).verdict).toBe('fail');
});

test('--seen names an item that is looked at by hand, and what was seen', async () => {
  const hands = await handsOf(inNewState(), 'contoso');
  const error = () => {
    try {
      hands.take(['proven_by_jop=pass'], [finding('proven_by_job'), finding('zones', 'pass')]);
    } catch (thrown) {
      return thrown instanceof UserError ? thrown.complaints : thrown;
    }
    return undefined;
  };
  expect(JSON.stringify(error())).toContain('Did you mean proven_by_job?');
  expect(() => hands.take(['one=maybe'], [finding('one')])).toThrow(UserError);
  expect(() => hands.take(['zones=pass'], [finding('zones', 'pass')])).toThrow(UserError);
});

test('without a name that a file can have, it counts this time alone', async () => {
  const context = inNewState();
  const hands = await handsOf(context, '../x');
  hands.saw('one', 'pass');
  await hands.kept();
  expect([hands.keeps, hands.shown(finding('one')).verdict]).toEqual([false, 'pass']);
  expect((await handsOf(context, '../x')).shown(finding('one')).verdict).toBe('by hand');
});
