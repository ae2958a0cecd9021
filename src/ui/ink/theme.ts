import type { TextProps } from 'ink';
import type { Tone } from './text.ts';

type Look = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'underline' | 'inverse'>;

// Only colours that can be read on dark and on light ground; what they say is always said by a sign or a word too.
const looks: Readonly<Record<Tone, Look>> = {
  plain: {},
  strong: { bold: true },
  dim: { dimColor: true },
  accent: { color: 'cyan' },
  good: { color: 'green' },
  warn: { color: 'yellow' },
  bad: { color: 'red' },
  chosen: { color: 'cyan', bold: true },
  changed: { color: 'green', bold: true, underline: true },
  missing: { color: 'yellow' },
  button: { bold: true, inverse: true },
};

/** How a tone looks; without colour its weight remains. */
export function lookOf(tone: Tone, colour: boolean): Look {
  const { color, ...weight } = looks[tone];
  return colour && color !== undefined ? { ...weight, color } : weight;
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
