import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/core/expression.ts';

const seconds = (duration: string) => evaluate('seconds(@)', duration);

describe('the seconds of a duration', () => {
  test('are the same however Azure spells it', () => {
    const part = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(part, part, part, part, (days, hours, minutes, rest) => {
        const total = ((days * 24 + hours) * 60 + minutes) * 60 + rest;
        expect(seconds(`P${days}DT${hours}H${minutes}M${rest}S`)).toBe(total);
        expect(seconds(`PT${total}S`)).toBe(total);
      }),
    );
    expect([seconds('PT2M'), seconds('P3D'), seconds('PT1H30M'), seconds('PT60.000S')]).toEqual([120, 259200, 5400, 60]);
  });

  test.each(['', 'P', 'PT', '120', 'P1Y', 'PT1.5S', 'two minutes'])('of %j are not known', (duration) => {
    expect(seconds(duration)).toBeNull();
  });
});
