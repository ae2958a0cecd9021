import { describe, expect, it } from 'vitest';
import { bashDouble, bashLiteral, commentLine, powershellDouble, powershellLiteral } from '../../src/core/quote.ts';
import { grammarStrings, parsePowerShell, powershellStrings } from '../powershell-grammar.ts';
import { runBash, runPython } from './quote-programs.ts';

/** Values that somebody could type or that could stand in a tag of Azure, with what each of them attacks. */
const attacks: readonly (readonly [attack: string, value: string])[] = [
  // Ends a quoted text and begins a command.
  ['ends single quotes', "'; touch /tmp/owned; '"],
  ['ends double quotes', '"; touch /tmp/owned; "'],
  ['ends the usual bash spelling of a quote', "'\\''; touch /tmp/owned; '\\''"],
  ['ends an ANSI-C text after a newline forced one', "\n'; touch /tmp/owned; '"],
  ['escapes the escape in an ANSI-C text', "\n\\'; touch /tmp/owned; #"],
  ['escapes the closing quote', 'a\\'],
  ['escapes the closing quote after a newline', 'a\n\\'],
  ['leaves the escape of a double quote unescaped', '\\"; touch /tmp/owned #'],
  ['a quote alone', "'"],
  ['two quotes, which PowerShell reads as one', "''"],
  ['three quotes', "'''"],
  ['a double quote alone', '"'],
  ['two double quotes, which PowerShell reads as one', '""'],
  ['opens an ANSI-C text', "$'\\x41'"],
  ['opens a translated text of bash', '$"x"'],
  ['ends a triple-quoted text of Python', '"""\nimport os\n"""'],
  // Makes the shell run or look up something.
  ['command substitution', '$(touch /tmp/owned)'],
  ['old command substitution', '`touch /tmp/owned`'],
  ['nested substitution', '$(echo "$(id)")'],
  ['process substitution', '<(id)'],
  ['arithmetic', '$((1+1))'],
  ['old arithmetic', '$[1+1]'],
  ['variable', '$HOME'],
  ['variable in braces', '${HOME}'],
  ['variable with a command as its default', '${X:-$(id)}'],
  ['unset variable, stops a script under set -u', '$nothing_of_that_name'],
  ['process id', '$$'],
  ['dollar at the end, next to the closing quote', 'a$'],
  ['dollar before a variable that follows', 'cost: $'],
  ['brace that would close the name of a variable', '}/x'],
  ['letters that would lengthen the name of a variable', 'ZZZ'],
  ['bracket that would index a variable', '[0]'],
  ['colon that would make a PowerShell scope', ':x'],
  ['dot that would read a PowerShell property', '.Length'],
  ['escaped dollar', '\\$HOME'],
  ['PowerShell expression', '$([IO.File]::ReadAllText("/etc/passwd"))'],
  ['PowerShell environment', '$env:PATH'],
  ['PowerShell variable in braces', '${env:PATH}'],
  // Separates commands or arguments.
  ['semicolon', 'a; id'],
  ['background', 'a & id'],
  ['pipe', 'a | id'],
  ['and, or', 'a && id || id'],
  ['redirection', 'a > /tmp/owned 2>&1'],
  ['here-document', '<<EOF'],
  ['newline', 'a\nid'],
  ['Windows newline', 'a\r\nid'],
  ['carriage return, hides what stands before it', 'harmless\rid'],
  ['newline at the end, which $( ) would strip', 'a\n\n'],
  ['spaces at both ends', '  a  '],
  ['tab', 'a\tb'],
  ['empty text, which would vanish as an argument', ''],
  ['vertical tab and form feed', 'a\v\fb'],
  // Expands to other words.
  ['glob', '*'],
  ['glob of root', '/*'],
  ['one letter', '?'],
  ['set of letters', '[a-z]*'],
  ['braces', '{a,b}'],
  ['range', '{1..9}'],
  ['home', '~'],
  ['home of root', '~root/x'],
  ['home after =', 'a=~'],
  ['extended glob', '!(a)'],
  ['history', '!!'],
  ['history by text', '!?touch?'],
  ['history substitution', '^a^b'],
  ['history behind a quote that bash 3.2 counts wrongly', "'!\v"],
  ['zsh command path', '=ls'],
  // Looks like something else to the reader of arguments.
  ['option', '--query'],
  ['end of options', '--'],
  ['PowerShell stop-parsing', '--% $x'],
  ['format of printf', '%s%n%d'],
  ['comment', '# a'],
  ['comment in the middle', 'a #b'],
  ['block comment of PowerShell', '<# x #>'],
  ['splatting of PowerShell', '@args'],
  ['here-string of PowerShell', "@'\nx\n'@"],
  ['PowerShell escape at the end', 'a`'],
  ['PowerShell escapes', '`n`0`u{41}'],
  ['comma, an array of PowerShell', 'a,b'],
  ['number of PowerShell', '1kb'],
  ['assignment', 'PATH=/tmp'],
  ['reserved word', 'if'],
  // Typographic quotes: PowerShell takes them for quotes.
  ['ends single quotes with U+2019', '’; id; ‘'],
  ['all four single quotes', '‘’‚‛'],
  ['mixed with a plain quote, which reads as a pair', "'’"],
  ['mixed the other way', "‘'"],
  ['ends double quotes with U+201D', '”; id; “'],
  ['all three double quotes', '“”„'],
  ['pair of mixed double quotes', '"”'],
  ['O’Brien, no attack at all', 'O’Brien'],
  ['quotes that are none', '«»‹›‟″`´'],
  // Text that is hard to carry.
  ['emoji beyond the basic plane', '😀'],
  ['emoji joined with an invisible character', '👩‍💻'],
  ['combining mark', 'e\u0301'],
  ['combining mark at the beginning, joins the quote before it', '\u0301e'],
  ['right-to-left override, shows the text in another order', 'a\u202e"; di ;"\u202c'],
  ['zero-width space', 'a\u200bb'],
  ['no-break space, white space to PowerShell', 'a\u00a0b'],
  ['byte order mark', '\ufeffa'],
  ['line separator', 'a\u2028id'],
  ['next line', 'a\u0085id'],
  ['escape sequence of a terminal', '\x1b]0;owned\x07\x1b[2J'],
  ['the two bytes that bash uses for itself', '\x01\x7f\x01\x01'],
  ['end of file of Windows', 'a\x1ab'],
  ['invisible character before a digit, which an escape could swallow', '\x017\u00a00\x1b8'],
  ['tag character, invisible', 'a\u{e0041}b'],
  ['not a character', '\uffff\u{10ffff}'],
  ['full-width quote, which old Windows turns into a plain one', '＂; id; ＂'],
  ['10,000 quotes', "'".repeat(10_000)],
  ['10,000 mixed characters', '$(\'"`\\\n'.repeat(1_250)],
];

const values = attacks.map(([, value]) => value);
const titled = attacks.map(([attack], index) => [attack, index] as const);

// One process for all: the single tests below only look at their own piece of the answer.
const asArgument = runBash(values.map((value) => `printf '%s\\0' ${bashLiteral(value)}`));
const asVariable = runBash(values.flatMap((value) => [`V=${bashLiteral(value)}`, `printf '%s\\0' "$V"`]));
const aroundVariable = runBash([
  'set -o history -o histexpand',
  'A=middle',
  ...values.map((value) => `printf '%s\\0' ${bashDouble([value, { variable: 'A' }, value])}`),
]);
const inPython = runPython(values);

describe('the table', () => {
  it('holds at least 60 attacks, each once', () => {
    expect(new Set(values).size).toBe(values.length);
    expect(values.length).toBeGreaterThanOrEqual(60);
  });

  it('would notice: old commands are recalled in this bash, and variables do expand', () => {
    const lines = ['set -o history -o histexpand', "printf '%s\\0' first", 'printf \'%s\\0\' "!!"', 'A=1', 'printf \'%s\\0\' "${A}"'];
    const printed = runBash(lines);
    expect(printed.join(' ')).toContain("printf '%s\\0' first");
    expect(printed.at(-1)).toBe('1');
  });
});

describe.each(titled)('%s', (_attack, index) => {
  const value = values[index] ?? '';

  it('stays a value in bash', () => {
    expect(asArgument[index]).toBe(value);
    expect(asVariable[index]).toBe(value);
    expect(aroundVariable[index]).toBe(`${value}middle${value}`);
  });

  it('stays a value in Python', () => expect(JSON.parse(inPython[index] ?? '')).toBe(value));

  it('stays a value in PowerShell', async () => {
    const literal = powershellLiteral(value);
    const double = powershellDouble([value, { variable: 'A' }, value]);
    const source = `az tag --a ${literal} --b ${double} --end\n`;
    expect((await parsePowerShell(source)).errors).toEqual([]);
    expect(await grammarStrings(source)).toEqual([
      { text: literal, expressions: 0 },
      { text: double, expressions: 1 },
    ]);
    const text = value === '' ? [] : [{ text: value }];
    const [first, second] = powershellStrings(source).map(({ parts }) => parts);
    expect(first).toEqual([{ text: value }]);
    expect(second).toEqual(value === '' ? [{ code: '$A' }] : [...text, { code: '${A}' }, ...text]);
  });

  it('stays a comment', async () => {
    const line = commentLine(value);
    expect(line).toMatch(/^#(?: [^\p{Cc}\p{Zl}\p{Zp}]+)?$/u);
    const source = `${line}\naz next 'x'\n`;
    expect((await parsePowerShell(source)).errors).toEqual([]);
    expect(powershellStrings(source)).toHaveLength(1);
  });
});
