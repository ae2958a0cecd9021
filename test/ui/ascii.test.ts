import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showsUnicode } from '../../src/core/unicode-terminal.ts';
import { asciiKey, asciiProse, asciiRow, asciiSigns } from '../../src/ui/ascii.ts';
import { keyBar } from '../../src/ui/ink/key-bar.ts';
import { asciiLine, lineWidth, widthOf } from '../../src/ui/ink/text.ts';

const ascii = /^[\x20-\x7E]*$/;

/** Every sign beyond ASCII in our own sources, checklists and templates. */
function ownSigns(): string[] {
  const folders = ['src', 'checklists', 'templates'];
  const texts = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name), 'utf8')),
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is ASCII ends at 7F
  return [...new Set(texts.flatMap((text) => text.match(/[^\x00-\x7F]/gu) ?? []))];
}

describe('signs in ASCII', () => {
  it('exist for every sign of our own, each in one column', () => {
    const signs = ownSigns();
    expect(signs.length).toBeGreaterThan(20);
    expect(signs.filter((sign) => !/^[\x20-\x7E]$/.test(asciiSigns(sign)))).toEqual([]);
    for (const turn of [asciiRow, asciiProse]) expect(signs.filter((sign) => !ascii.test(turn(sign)))).toEqual([]);
  });

  it('keep what people write, and the width of everything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(widthOf(asciiSigns(text))).toBe(widthOf(text));
      }),
    );
    expect(asciiSigns('한국 김치 · 東京')).toBe('한국 김치 - 東京');
  });

  it('tell states apart', () => {
    expect(new Set([...'✔✖○◌☐'].map(asciiSigns)).size).toBe(5);
  });

  it('name keys by words that take their room from the spaces behind them', () => {
    expect(asciiRow('  ⏎         accept')).toBe('  enter     accept');
    expect(asciiRow('⏎ in full')).toBe('enter in full');
    expect([asciiKey('⏎'), asciiKey('↑↓'), asciiKey('1–9')]).toEqual(['enter', 'up/down', '1-9']);
  });

  it('never make a row too wide', () => {
    expect(lineWidth(asciiLine([{ text: '⏎⏎⏎⏎⏎⏎⏎⏎' }], 8))).toBeLessThanOrEqual(8);
  });

  it('make a key bar that has room for its words', () => {
    const bindings = [
      { glyph: '⏎', does: 'accept', weight: 0 },
      { glyph: '↑↓', does: 'choose', weight: 1 },
    ];
    const text = (columns: number) => keyBar(bindings, { columns, ascii: true }, 1).map((row) => row.map((span) => span.text).join(''));
    expect(text(40)).toEqual([' enter accept  up/down choose']);
    expect(text(24)).toEqual([' enter accept']);
  });
});

describe('a terminal', () => {
  it.each([
    [{ LANG: 'en_US.UTF-8' }, 'linux', true],
    [{ LANG: 'C.utf8' }, 'linux', true],
    [{ LANG: 'ko_KR.UTF-8', LC_ALL: 'C' }, 'linux', false],
    [{ LANG: 'ko_KR.eucKR' }, 'linux', false],
    [{}, 'linux', false],
    [{}, 'darwin', true],
    [{ LANG: 'C.UTF-8', TERM: 'linux' }, 'linux', false],
    [{ LANG: 'C.UTF-8', AMLGUIDE_ASCII: '1' }, 'linux', false],
    [{ LANG: 'C', AMLGUIDE_ASCII: '0' }, 'linux', true],
    [{ WT_SESSION: '7' }, 'win32', true],
    [{ TERM_PROGRAM: 'vscode' }, 'win32', true],
    [{}, 'win32', false],
  ] as const)('with %j on %s shows our signs: %s', (environment, platform, shows) => {
    expect(showsUnicode(environment, platform)).toBe(shows);
  });
});
