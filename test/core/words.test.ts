import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/core/json.ts';
import { parseTemplate } from '../../src/core/template.ts';
import { fillWords, parseCommands, type Resolved, textOf, wordText } from '../../src/core/words.ts';

/** The arguments of the first command, with values by expression. */
function filled(text: string, values: Readonly<Record<string, Json>> = {}): (string | undefined)[] {
  const [command] = parseCommands(text);
  if (!command) return [];
  return fillWords(command, (expression): Resolved => ({ value: values[expression] ?? null })).map(wordText);
}

describe('reading a .az file', () => {
  test('a command starts at the margin, indented lines continue it, # is a comment', () => {
    const commands = parseCommands('# first\naz a b\n  --c d\n\n\t--e f\n# second\naz g\n');
    expect(commands.map(({ line }) => line)).toEqual([2, 7]);
    expect(commands.map((command) => fillWords(command, () => ({ value: null })).map(wordText))).toEqual([
      ['az', 'a', 'b', '--c', 'd', '--e', 'f'],
      ['az', 'g'],
    ]);
  });

  test('Windows line ends change nothing', () => {
    expect(filled('az a b\r\n  --c d\r\n')).toEqual(['az', 'a', 'b', '--c', 'd']);
  });

  test('quotes hold a word with spaces, braces and quotes inside an expression do not end it', () => {
    expect(filled('az a "two words" ${x[?a == \'}\'] | {b: `"}"`}} c', { 'x[?a == \'}\'] | {b: `"}"`}': 'value' })).toEqual([
      'az',
      'a',
      'two words',
      'value',
      'c',
    ]);
  });

  test('an expression inside quotes stays inside its word', () => {
    expect(filled('az a "x ${y} z"', { y: 'a b' })).toEqual(['az', 'a', 'x a b z']);
  });

  test('what is not closed is an error', () => {
    expect(() => parseCommands('az "a b')).toThrow('a quote is not closed');
    expect(() => parseCommands('az ${a')).toThrow('not closed');
    expect(() => parseTemplate("${a'b}")).toThrow('quote');
  });
});

describe('filling words', () => {
  test('a list spreads to words, a map to key=value words without its nulls', () => {
    expect(filled('az a --b ${l...} --c ${m...}', { l: ['x', 'y z', 3], m: { k: 'v', n: null, t: true } })).toEqual([
      'az',
      'a',
      '--b',
      'x',
      'y z',
      '3',
      '--c',
      'k=v',
      't=true',
    ]);
  });

  test('an absent value takes its flag along, and only its flag', () => {
    expect(filled('az a --b ${x} --c d')).toEqual(['az', 'a', '--c', 'd']);
    expect(filled('az a --b ${x...} --c d', { x: [] })).toEqual(['az', 'a', '--c', 'd']);
    expect(filled('az a --b ${x...} --c d', { x: {} })).toEqual(['az', 'a', '--c', 'd']);
    expect(filled('az a --b one ${x} --c d')).toEqual(['az', 'a', '--b', 'one', '--c', 'd']);
  });

  test('a value may be first absent and then present after one flag', () => {
    expect(filled('az a --b ${x...} ${y...}', { x: ['one'], y: [] })).toEqual(['az', 'a', '--b', 'one']);
    expect(filled('az a ${x} b')).toEqual(['az', 'a', 'b']);
  });

  test('a switch keeps its flag only when it is true', () => {
    for (const [value, words] of [
      [true, ['az', '--s', '--c']],
      [false, ['az', '--c']],
      [null, ['az', '--c']],
      ['true', ['az', '--c']],
    ] as const)
      expect(filled('az --s ${x?} --c', { x: value })).toEqual(words);
  });

  test('an empty text vanishes like null', () => {
    expect(filled('az --a ${x} --b ${y}', { x: '', y: 'y' })).toEqual(['az', '--b', 'y']);
  });

  test('false and 0 are values, not absent', () => {
    expect(filled('az --a ${x} --b ${y}', { x: false, y: 0 })).toEqual(['az', '--a', 'false', '--b', '0']);
  });

  test('a missing part leaves the word open', () => {
    const [command] = parseCommands('az --a x${y}');
    expect(fillWords(command!, () => ({ missing: 'the name' })).map(wordText)).toEqual(['az', '--a', undefined]);
  });

  test('a value is one word, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom('a b', '"', "'", '$(rm)', '\n', '--x', '${y}', '`')),
        fc.constantFrom('${x}', 'p=${x}', '"p ${x} q"'),
        (value, shape) => {
          const words = filled(`az --a ${shape} --z`, { x: value, y: 'never' });
          expect(words).toEqual(['az', '--a', shape.replaceAll('"', '').replace('${x}', () => value), '--z']);
        },
      ),
    );
  });

  test('a list of n texts is n words', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (list) => {
        expect(filled('az --a ${x...} z', { x: list })).toEqual(['az', '--a', ...list, 'z']);
      }),
    );
  });

  test('a map of n entries is n words', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean()), { minKeys: 1 }), (map) => {
        expect(filled('az --a ${x...} z', { x: map })).toEqual([
          'az',
          '--a',
          ...Object.entries(map).map(([key, value]) => `${key}=${value}`),
          'z',
        ]);
      }),
    );
  });
});

test('textOf writes JSON for what is no scalar', () => {
  expect([textOf('a'), textOf(1), textOf(false), textOf(['a']), textOf({ a: 1 })]).toEqual(['a', '1', 'false', '["a"]', '{"a":1}']);
});
