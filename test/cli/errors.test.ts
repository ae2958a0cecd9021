import { describe, expect, test } from 'vitest';
import { amlguide, expectRefusal } from './run.ts';

const printed =
  "WARNING: retrying\nERROR: (SubscriptionRequestsThrottled) Number of requests exceeded. Please try again after '77' seconds.\nCode: SubscriptionRequestsThrottled\n";

describe('errors', () => {
  test('without a text lists every id and where it happens', async () => {
    const [table, json] = await Promise.all([amlguide(['errors']), amlguide(['errors', '--output', 'json'])]);
    const all: { id: string; where: string; cause: string }[] = JSON.parse(json.stdout);
    expect(all.length).toBeGreaterThan(100);
    const lines = table.stdout.trimEnd().split('\n');
    expect(lines.length).toBe(all.length + 1);
    for (const [index, { id, where }] of all.entries()) expect(lines[index + 1]?.split(/ {2,}/)).toEqual([id, where]);
  });

  test('with a text says what it means, what mends it, whether it is tried again and who says so', async () => {
    const [ofText, ofId, spread] = await Promise.all([
      amlguide(['errors', 'ERROR: (RequestDisallowedByPolicy) Resource x was disallowed by policy.']),
      amlguide(['errors', 'policy-denied']),
      amlguide(['errors', 'ERROR:', '(RequestDisallowedByPolicy)', 'no']),
    ]);
    expect(ofText).toMatchObject({ code: 0, stderr: '' });
    expect(ofText.stdout).toMatch(
      /^policy-denied: .+\n\nMeans: .+\nMend: .+\nAgain: not by itself\nRead: https:\/\/learn\.microsoft\.com\/.+\nSource: common-deployment-errors, 2024-06-20\n/,
    );
    expect(ofId.stdout).toBe(ofText.stdout);
    expect(spread.stdout).toBe(ofText.stdout);
  });

  test('reads what az printed from standard input', async () => {
    const [table, json] = await Promise.all([
      amlguide(['errors', '-'], { input: printed }),
      amlguide(['errors', '-', '--output', 'json'], { input: printed }),
    ]);
    expect(table.stdout).toMatch(/^throttled: [\s\S]*\nAgain: after 77 s or more\n/);
    expect(JSON.parse(json.stdout)).toMatchObject({
      id: 'throttled',
      asks_to_wait: 77,
      retry: expect.any(Number),
      sources: expect.any(Array),
    });
  });

  test.each([
    [['errors', 'ERROR: (FooBar) no'], /Nothing is known about FooBar/],
    [['errors', 'it is broken'], /Nothing is known about this text/],
    [['errors', 'policy-denid'], /Did you mean policy-denied\?/],
    [['errors', '-'], /There is no text to look up/],
    [['errors', ''], /There is no text to look up/],
  ])('%j is refused', async (words, says) => expectRefusal(await amlguide(words), says));

  test('never repeats a secret of the text', async () => {
    const secret = `dapi${'0123456789abcdef'.repeat(2)}`;
    const { code, stdout, stderr } = await amlguide(['errors', '-'], { input: `ERROR: (${secret}) password=${secret}` });
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain(secret);
  });
});
