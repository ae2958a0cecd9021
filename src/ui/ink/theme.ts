import type { Line, Tone } from './text.ts';

/** Select Graphic Rendition: what begins a look, and what ends it. */
const codes = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  bold: [1, 22],
  dim: [2, 22],
  underline: [4, 24],
  inverse: [7, 27],
} as const;

type Code = keyof typeof codes;

// Only colours that can be read on dark and on light ground; what they say is always said by a sign or a word too.
const looks: Readonly<Record<Tone, { readonly color?: Code; readonly weight: readonly Code[] }>> = {
  plain: { weight: [] },
  strong: { weight: ['bold'] },
  dim: { weight: ['dim'] },
  accent: { color: 'cyan', weight: [] },
  good: { color: 'green', weight: [] },
  warn: { color: 'yellow', weight: [] },
  bad: { color: 'red', weight: [] },
  chosen: { color: 'cyan', weight: ['bold'] },
  changed: { color: 'green', weight: ['bold', 'underline'] },
  missing: { color: 'yellow', weight: [] },
  button: { weight: ['bold', 'inverse'] },
};

/** A line with the escape sequences of its tones; without colour their weight remains. */
export function paint(spans: Line, colour: boolean): string {
  return spans.map(({ text, tone = 'plain' }) => (tone === 'plain' || text === '' ? text : painted(text, tone, colour))).join('');
}

function painted(text: string, tone: Tone, colour: boolean): string {
  const { color, weight } = looks[tone];
  const used = colour && color !== undefined ? [...weight, color] : weight;
  return used.reduce((inner, code) => `\u001B[${codes[code][0]}m${inner}\u001B[${codes[code][1]}m`, text);
}

/** Signs for states: each is told apart without colour. */
export const signs = {
  met: { sign: '✔', tone: 'good' },
  contradicted: { sign: '✖', tone: 'bad' },
  verify: { sign: '◌', tone: 'accent' },
  'by hand': { sign: '✎', tone: 'accent' },
  open: { sign: '○', tone: 'dim' },
  done: { sign: '✔', tone: 'good' },
  current: { sign: '▸', tone: 'chosen' },
  problem: { sign: '✖', tone: 'bad' },
} as const satisfies Record<string, { sign: string; tone: Tone }>;
