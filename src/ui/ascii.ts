/** What stands for our own signs where only ASCII comes out right, each in as many columns; signs that mean different things stay apart. */
const signs: Readonly<Record<string, string>> = {
  '✔': 'v',
  '✖': 'x',
  '○': '.',
  '◌': 'o',
  '☐': '#',
  '✎': '#',
  '▸': '>',
  '❯': '>',
  '·': '-',
  '•': '*',
  '«': '"',
  '»': '"',
  '‹': '<',
  '›': '>',
  '–': '-',
  '−': '-',
  '…': '~',
  '←': '<',
  '→': '>',
  '↑': '^',
  '↓': 'v',
  '⏎': '^',
  '⌫': '<',
  '─': '-',
  '│': '|',
  ã: 'a',
  ç: 'c',
  '\uFFFD': '?',
};

const spinner = '|/-\\';

/** Keys and signs that are words where there is room for them. */
const words: Readonly<Record<string, string>> = { '↑↓': 'up/down', '⏎': 'enter', '⌫': 'backspace', '↑': 'up', '↓': 'down' };

function signFor(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  if (code >= 0x2800 && code <= 0x28ff) return spinner[code % spinner.length] ?? '|';
  if (code >= 0x2500 && code <= 0x257f) return signs[sign] ?? '+';
  return signs[sign] ?? sign;
}

/** A text in ASCII signs of the same width; what a person wrote in letters stays. */
export function asciiSigns(text: string): string {
  return text.replace(/[\u00AB-\u00E7\u2013-\u203A\u2190-\u23CE\u2500-\u28FF\u232B\uFFFD]/g, signFor);
}

/** What a key is called in ASCII, such as enter; longer than its sign. */
export function asciiKey(glyph: string): string {
  return words[glyph] ?? asciiSigns(glyph);
}

/** A text on a row of its own in ASCII: keys become words, and take their room from the spaces behind them where there are enough. */
export function asciiRow(text: string): string {
  const named = text.replace(/(↑↓|⏎|⌫)( *)/g, (_, glyph: string, spaces: string) => {
    const name = asciiKey(glyph);
    const more = name.length - glyph.length;
    return name + (spaces.length > more ? spaces.slice(more) : spaces);
  });
  return asciiSigns(named);
}

/** A text that is printed in ASCII, where nothing depends on its width. */
export function asciiProse(text: string): string {
  return asciiRow(text.replaceAll('…', '...').replaceAll('−', '-'));
}
