import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/core/json.ts';
import {
  azInterprets,
  bashDouble,
  bashLiteral,
  commentLine,
  powershellDouble,
  powershellLiteral,
  pythonLiteral,
  type QuotePart,
  shellCannotCarry,
  survivesCmd,
} from '../../src/core/quote.ts';
import { grammarStrings, parsePowerShell, powershellStrings } from '../powershell-grammar.ts';
import { python, runBash, runProgram, runPython } from './quote-programs.ts';

const bite = [
  ...'\'"`$\\(){}[]<>|&;!?*~#%^@=-,:.+ \t\n\r\v\f\b\x01\x1b\x7f\u0085\u2028\u2029\u00a0\u200b\ufeff‘’‚‛“”„«»',
  '$(',
  '${',
  "$'",
];
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...bite) },
  { weight: 2, arbitrary: fc.constantFrom('a', 'B', '0', '7', 'é', 'e\u0301', 'ß', '中', '😀', '👩‍💻', 'Ａ', '\u202e') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((text) => text !== '\0') },
);
const hostile = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const anyText = fc.oneof(hostile, fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }));
const batch = fc.array(hostile, { minLength: 80, maxLength: 120 });
const words = fc.array(fc.array(fc.oneof(hostile, fc.constantFrom<QuotePart>({ variable: 'A' }, { variable: 'B_2' })), { maxLength: 5 }), {
  minLength: 60,
  maxLength: 80,
});

const fill = (parts: readonly QuotePart[], values: Readonly<Record<string, string>>): string =>
  parts.map((part) => (typeof part === 'string' ? part : (values[part.variable] ?? ''))).join('');

describe('bash', () => {
  it.each(['C', 'C.UTF-8'])('gives every literal back unchanged, as an argument and as a variable (locale %s)', (locale) => {
    const check = (values: string[]): void => {
      const lines = values.flatMap((value) => [`printf '%s\\0' ${bashLiteral(value)}`, `V=${bashLiteral(value)}`, `printf '%s\\0' "$V"`]);
      expect(runBash(lines, locale)).toEqual(values.flatMap((value) => [value, value]));
    };
    fc.assert(fc.property(batch, check), { numRuns: 12 });
  });

  it('expands variables and nothing else, also where a terminal would recall old commands', () => {
    const check = (all: QuotePart[][], a: string, b: string): void => {
      const lines = ['set -o history -o histexpand', `A=${bashLiteral(a)}`, `B_2=${bashLiteral(b)}`];
      for (const parts of all) lines.push(`printf '%s\\0' ${bashDouble(parts)}`);
      expect(runBash(lines)).toEqual(all.map((parts) => fill(parts, { A: a, B_2: b })));
    };
    fc.assert(fc.property(words, hostile, hostile, check), { numRuns: 12 });
  });

  it('keeps every word on one line', () => {
    fc.assert(fc.property(hostile, (text) => !/[\p{Cc}\u2028\u2029]/u.test(bashLiteral(text) + bashDouble([text, { variable: 'A' }]))));
  });

  it('carries 100,000 characters', () => {
    const value = `it's $HOME\n`.repeat(10_000);
    expect(runBash([`printf '%s\\0' ${bashLiteral(value)}`])).toEqual([value]);
  });

  it.each<[string, string]>([
    ['', "''"],
    ['rg-train_01.x/y:z=1,@%+', 'rg-train_01.x/y:z=1,@%+'],
    ['--name', '--name'],
    ['=ls', "'=ls'"],
    ['~/x', "'~/x'"],
    ['{a,b}', "'{a,b}'"],
    ['a b', "'a b'"],
    ["it's", "'it'\\''s'"],
    ["'", "\\'"],
    ['a\nb', "$'a\\nb'"],
    ["'!\n", "$'\\'\\041\\n'"],
    ['é', "'é'"],
    ['\u00a01', "$'\\302\\2401'"],
  ])('spells %j as %s', (text, spelled) => expect(bashLiteral(text)).toBe(spelled));

  it.each<[QuotePart[], string]>([
    [[{ variable: 'RG' }], '"$RG"'],
    [[{ variable: 'RG' }, '/x'], '"${RG}/x"'],
    [['a', { variable: 'RG' }, { variable: 'B' }], '"a${RG}${B}"'],
    [['', { variable: 'RG' }, ''], '"$RG"'],
    [['plain', '-text'], 'plain-text'],
    [[], "''"],
    [['$(x) ', { variable: 'RG' }], '"\\$(x) ${RG}"'],
    [['Done!', { variable: 'RG' }], '"Done"\'!\'"${RG}"'],
    [[{ variable: 'RG' }, '\n'], '"${RG}"$\'\\n\''],
  ])('spells %j as %s', (parts, spelled) => expect(bashDouble(parts)).toBe(spelled));
});

describe('PowerShell', () => {
  it('takes every literal for one string with that value', async () => {
    const check = async (values: string[]): Promise<void> => {
      const literals = values.map(powershellLiteral);
      await expectStrings(
        literals,
        values.map((value) => [{ text: value }]),
      );
    };
    await fc.assert(fc.asyncProperty(batch, check), { numRuns: 10 });
  });

  it('expands variables and nothing else', async () => {
    const check = async (all: QuotePart[][]): Promise<void> => {
      const wanted = all.map((parts) => parts.map((part) => (typeof part === 'string' ? { text: part } : { variable: part.variable })));
      await expectStrings(all.map(powershellDouble), wanted);
    };
    await fc.assert(fc.asyncProperty(words, check), { numRuns: 10 });
  });

  it.each<[QuotePart[], string]>([
    [[''], "''"],
    [['a b'], "'a b'"],
    [["it's"], "'it''s'"],
    [['O’Brien'], "'O’’Brien'"],
    [['a\nb\u0007'], '"a`nb`u{7}"'],
    [['$HOME "x" `'], '\'$HOME "x" `\''],
    [[{ variable: 'RG' }], '"$RG"'],
    [[{ variable: 'env:RG' }, '/x'], '"${env:RG}/x"'],
    [[{ variable: 'RG' }, '“$x`'], '"${RG}`“`$x``"'],
  ])('spells %j as %s', (parts, spelled) => expect(powershellDouble(parts)).toBe(spelled));
});

type Wanted = { readonly text: string } | { readonly variable: string };

async function expectStrings(literals: readonly string[], wanted: readonly (readonly Wanted[])[]): Promise<void> {
  const source = literals.map((literal) => `az tag --value ${literal} --end\n`).join('');
  expect(source.split('\n')).toHaveLength(literals.length + 1);
  expect((await parsePowerShell(source)).errors).toEqual([]);
  const seen = await grammarStrings(source);
  expect(seen.map(({ text }) => text)).toEqual(literals);
  const variables = wanted.map((parts) => parts.filter((part) => 'variable' in part).length);
  expect(seen.map(({ expressions }) => expressions)).toEqual(variables);
  const read = powershellStrings(source).map(({ parts }) =>
    parts.map((part) => ('code' in part ? `<${part.code.replace(/[${}]/g, '')}>` : part.text)),
  );
  expect(read.map((parts) => parts.join(''))).toEqual(
    wanted.map((parts) => parts.map((part) => ('text' in part ? part.text : `<${part.variable}>`)).join('')),
  );
}

describe('what no shell can carry', () => {
  it.each(['a\0b', '\ud83d', '\ude00x', 'a\udfff'])('refuses %j', (text) => {
    expect(shellCannotCarry(text)).toBeTypeOf('string');
    for (const spell of [bashLiteral, powershellLiteral]) expect(() => spell(text)).toThrow(RangeError);
    for (const spell of [bashDouble, powershellDouble]) expect(() => spell([{ variable: 'A' }, text])).toThrow(RangeError);
  });

  it.each(['', '1A', 'A-B', 'A}x', 'A\n', '$(x)', 'é', 'A:b', '?'])('refuses the variable name %j', (variable) => {
    for (const spell of [bashDouble, powershellDouble]) expect(() => spell([{ variable }])).toThrow(RangeError);
  });

  it('names a reason exactly when the literals throw', () => {
    const throws = (spell: (text: string) => string, text: string): boolean => {
      try {
        return spell(text) === '';
      } catch {
        return true;
      }
    };
    fc.assert(
      fc.property(anyText, (text) =>
        [bashLiteral, powershellLiteral].every((spell) => throws(spell, text) === (shellCannotCarry(text) !== undefined)),
      ),
    );
  });
});

describe('Python', () => {
  const json = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      anyText,
      fc.constantFrom(null, true, false, 0, -0, 1, 2 ** 53, 2 ** 70, 1e21, 1e-7),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(anyText, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).value;

  it('reads every literal as the same JSON value, half characters and NUL too', () => {
    const check = (values: Json[]): void => {
      const read = runPython(values).map((line) => JSON.stringify(JSON.parse(line)));
      expect(read).toEqual(values.map((value) => JSON.stringify(value)));
    };
    fc.assert(fc.property(fc.array(json, { minLength: 80, maxLength: 100 }), check), { numRuns: 10 });
  });

  it('shows only what can be seen', () => {
    fc.assert(fc.property(json, (value) => !/[[\p{C}\p{Z}]--[\p{Cn} ]]/v.test(pythonLiteral(value))));
  });

  it.each<[Json, string]>([
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['Größe 😀', '"Größe 😀"'],
    ['\0\u2028\ud800\u{e0001}', '"\\x00\\u2028\\ud800\\U000e0001"'],
    [[1, 1.5, null, true, false, -0], '[1, 1.5, None, True, False, -0.0]'],
    [{ b: 1, a: { c: [] } }, '{"b": 1, "a": {"c": []}}'],
  ])('spells %j as %s', (value, spelled) => expect(pythonLiteral(value)).toBe(spelled));

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (value) => expect(() => pythonLiteral(value)).toThrow(RangeError));
});

describe('comments', () => {
  it('stay one visible line', () => {
    fc.assert(fc.property(anyText, (text) => /^#(?: [^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*[^\\`\s])?$/u.test(commentLine(text))));
  });

  it('are comments to bash', () => {
    const check = (texts: string[]): void => {
      expect(runBash(texts.flatMap((text) => [commentLine(text), `printf 'next\\0'`]))).toEqual(texts.map(() => 'next'));
    };
    fc.assert(fc.property(batch, check), { numRuns: 5 });
  });

  it('are comments to PowerShell', async () => {
    const check = async (texts: string[]): Promise<void> => {
      const source = texts.map((text) => `${commentLine(text)}\naz next\n`).join('');
      expect((await parsePowerShell(source)).errors).toEqual([]);
      expect(powershellStrings(source)).toEqual([]);
    };
    await fc.assert(fc.asyncProperty(batch, check), { numRuns: 5 });
  });

  it('are comments to Python, also in the first line of a file', () => {
    const program =
      'import json,sys\nfor c in json.load(sys.stdin):\n  d={}\n  exec(compile((c+"\\nx=1\\n").encode(),"c","exec"),d)\n  d.pop("__builtins__")\n  print(d)';
    const seeds = ['coding: utf-7 +AAo-y+AD0-2', '-*- coding=utf-7 -*- +AAo-y+AD0-2', 'coding: no-such-codec', 'codingcoding::utf-7'];
    const check = (texts: string[]): void => {
      const comments = [...texts, ...seeds].map((text) => commentLine(text));
      const out = runProgram(python, ['-I', '-c', program], JSON.stringify(comments), {});
      expect(out.trimEnd().split('\n')).toEqual(comments.map(() => "{'x': 1}"));
    };
    fc.assert(fc.property(batch, check), { numRuns: 5 });
  });

  it.each<[string, string]>([
    ['', '#'],
    ['a\r\nb\n\nrm -rf /', '# a b rm -rf /'],
    ['C:\\data\\', '# C:\\data\\ (end)'],
    ['x\u0007\u202ey', '# x<U+0007><U+202E>y'],
    ['SIG # Begin signature block', '# SIG # Begin signature block (a comment, not the signature of a script)'],
    ['Create the resource group', '# Create the resource group'],
  ])('spells %j as %s', (text, line) => expect(commentLine(text)).toBe(line));

  it('take the marker of the language', () => expect(commentLine('a\nb', '//')).toBe('// a b'));
});

describe('cmd on Windows', () => {
  it.each(['rg-train', 'a b', 'C:\\data', '10.0.0.0/24', "it's", 'Größe 😀', 'Azure ML (test)', 'a=b,c;d', '~*?', '`$HOME'])(
    'lets %j through',
    (text) => expect(survivesCmd(text)).toBe(true),
  );

  it.each([
    '',
    '"',
    '%PATH%',
    '100%',
    'a^b',
    'a&b',
    'a|b',
    '<a',
    'a>b',
    'Done!',
    'a\nb',
    'a\rb',
    'a\tb',
    'f(x)',
    'a)',
    'C:\\data\\',
    '\x1a',
    '\0',
  ])('stops %j', (text) => expect(survivesCmd(text)).toBe(false));

  it('stops what is longer than a line of cmd may be', () => expect(survivesCmd('x'.repeat(9000))).toBe(false));
});

describe('values that az interprets', () => {
  it.each([
    '@file',
    '@-',
    'key=@file',
    '=@x',
    '??',
    'a=??',
    '[1,2]',
    '[',
    '{a:b}',
    'null',
    'a.b=null',
    'a=[1]',
    '-x',
    '--yes',
    '-',
    "'quoted'",
  ])('explains %j', (text) => expect(azInterprets(text)).toMatch(/^az .+\.$/));

  it.each(['', 'rg', 'a@b.example', 'x@', 'nullable', 'a=b', 'why??', "it's", 'a[0]', 'https://x.example/?a={b}', '10.0.0.0/24', 'NULL'])(
    'leaves %j alone',
    (text) => expect(azInterprets(text)).toBeUndefined(),
  );
});
