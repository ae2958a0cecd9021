import styles from 'ansi-styles';
import type { Line, Tone } from './text.ts';

type Code = 'red' | 'green' | 'yellow' | 'cyan' | 'bold' | 'dim' | 'underline' | 'inverse';

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
  return spans.map(({ text, tone = 'plain' }) => (hasLook(text, tone) ? painted(text, tone, colour) : text)).join('');
}

/** Of spaces only the ground and the line below can be seen. */
function hasLook(text: string, tone: Tone): boolean {
  return tone !== 'plain' && (tone === 'button' || tone === 'changed' ? text !== '' : text.trim() !== '');
}

function painted(text: string, tone: Tone, colour: boolean): string {
  const { color, weight } = looks[tone];
  const used = colour && color !== undefined ? [...weight, color] : weight;
  return used.reduce((inner, code) => `${styles[code].open}${inner}${styles[code].close}`, text);
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
