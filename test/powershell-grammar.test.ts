import { describe, expect, it } from 'vitest';
import { grammarStrings, parsePowerShell, plainQuotes, powershellStrings } from './powershell-grammar.ts';

const script = [
  '#Requires -Version 7.3',
  "$ErrorActionPreference = 'Stop'",
  '$RG = "rg-train" # the group\'s name',
  'function Test-Group([string] $Name) {',
  '  az group show --name "$Name" --output none 2>$null',
  '  if ($LASTEXITCODE -eq 3) { return $false }',
  '  return $true',
  '}',
  'try {',
  '  if (-not (Test-Group $RG)) {',
  '    az group create --name $RG --tags "owner=${RG} #1" `',
  "      --location 'westeurope'",
  '  }',
  '} catch {',
  '  Write-Error "It failed: $($_.Exception.Message)"',
  '  exit 1',
  '}',
  "@'",
  "it's here",
  "'@ | Set-Content -Path 'x.json' -Encoding utf8NoBOM",
  '',
].join('\n');

describe('parsePowerShell', () => {
  it('finds no error in a script as we write them', async () => {
    expect(await parsePowerShell(script)).toEqual({ errors: [] });
    expect(await parsePowerShell(script.replaceAll('\n', '\r\n'))).toEqual({ errors: [] });
    expect(await parsePowerShell('')).toEqual({ errors: [] });
    expect(await parsePowerShell('# only a comment\n\n')).toEqual({ errors: [] });
  });

  it.each([
    ["if ($x) {\n  az 'a\n}\n", 2],
    ['az group list\naz "a\n', 2],
    ['$x = 1\n\nif ($x {\n}\n', 3],
    ["$x = @{ a = 1\naz 'x'\n", 1],
    ["az 'O’Brien'\n", 1],
    ["# fine\naz 'a' 'O’Brien'\n", 2],
    ["@'\nno end\n", 1],
  ])('finds the error in %j', async (source, line) => {
    const { errors } = await parsePowerShell(source);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.map((error) => error.line)).toContain(line);
  });
});

// The tree-sitter grammar is wrong in two places, so plainQuotes rewrites the script before the grammar sees it:
// 1. it does not know that U+2018 to U+201E are quotes; 2. in "${A} # b" it takes # for a comment.
describe('what the grammar does not know', () => {
  it.each([
    ['"${A} # b"', '"${A} x b"'],
    ["'O’’Brien'", "'OxxBrien'"],
    ['‘a’', "'a'"],
    ['“a„', '"a"'],
    ["'O’Brien'", "'O'Brien'"],
    ['"it’s"', '"itxs"'],
    ["x # it's", "x # it's"],
    ["<# ' #> 'a'", "<# ' #> 'a'"],
  ])('reads %s as %s', (source, plain) => expect(plainQuotes(source)).toBe(plain));

  it('sees two strings and code between them where typographic quotes were not doubled', async () => {
    const source = "az 'a’; id; ‘b'\n";
    expect((await grammarStrings(source)).map(({ text }) => text)).toEqual(["'a’", "‘b'"]);
  });
});

describe('powershellStrings', () => {
  it.each<[string, object[]]>([
    ["'a''b’‘c'", [{ text: "a'b‘c" }]],
    ['"a""b`"c”“d`$e"', [{ text: 'a"b"c“d$e' }]],
    ['"`n`r`t`u{1F600}`q"', [{ text: '\n\r\t😀q' }]],
    [
      '"a$b-${c d}$(f "x)" (1))e$"',
      [{ text: 'a' }, { code: '$b' }, { text: '-' }, { code: '${c d}' }, { code: '$(f "x)" (1))' }, { text: 'e$' }],
    ],
    ['"$env:X:y $? $$"', [{ code: '$env:X' }, { text: ':y ' }, { code: '$?' }, { text: ' ' }, { code: '$$' }]],
    ["''", [{ text: '' }]],
  ])('decodes %s', (source, parts) => {
    expect(powershellStrings(source)).toEqual([{ start: 0, end: source.length, closed: true, parts }]);
  });

  it('passes over comments and escaped quotes', () => {
    const source = "# it's\n<# it's #> a`'b 'c' #'d'\n";
    expect(powershellStrings(source).map(({ parts }) => parts)).toEqual([[{ text: 'c' }]]);
  });
});
