import type { Change } from '../../core/interview.ts';
import type { WizardKey } from './question-keys.ts';
import { closed, type Layer } from './state.ts';
import { hang, type Line, type Tone, wrap } from './text.ts';

type Confirm = Extract<Layer, { at: 'confirm' }>;

/** The keys while a person decides whether an edit with consequences is made. */
export function confirmKeys(confirm: Confirm): WizardKey[] {
  return [
    {
      press: ['y'],
      glyph: 'y',
      does: 'yes, change it',
      weight: 0,
      run: ({ state }) => ({ state: closed(state), move: confirm.move }),
    },
    { press: ['n', 'esc'], glyph: 'n', does: 'no, keep it as it was', weight: 0, run: ({ state }) => ({ state: closed(state) }) },
    { press: ['ctrl+c'], glyph: 'ctrl+c', does: 'save and leave', weight: 1, run: ({ state }) => ({ state, move: { type: 'leave' } }) },
  ];
}

const looks: Readonly<Record<Change['what'], { sign: string; tone: Tone }>> = {
  'set aside': { sign: '−', tone: 'warn' },
  'brought back': { sign: '+', tone: 'good' },
  follows: { sign: '→', tone: 'accent' },
  'no longer valid': { sign: '✖', tone: 'bad' },
};

/** What an edit changes besides, one change a row; where the height is short the question stays and the last changes go. */
export function changeRows(changes: readonly Change[], width: number, height: number): Line[] {
  const { length } = changes;
  const begin = wrap([{ text: `This changes ${length === 1 ? 'another answer' : `${length} other answers`}:`, tone: 'strong' }], width);
  const rows = changes.flatMap((change) => {
    const { sign, tone } = looks[change.what];
    return hang([{ text: `  ${sign} `, tone }], [{ text: `${change.label} `, tone: 'strong' }, { text: changeText(change) }], width);
  });
  const end: Line[] = [...(height > 8 ? [[]] : []), [{ text: 'Change it?', tone: 'strong' }]];
  const room = Math.max(1, height - begin.length - end.length);
  return rows.length <= room
    ? [...begin, ...rows, ...end]
    : [...begin, ...rows.slice(0, room - 1), [{ text: '  … and more', tone: 'dim' }], ...end];
}

/** A change in words. */
export function changeText({ what, beforeText, afterText, say }: Change): string {
  if (what === 'follows') return beforeText === undefined ? `follows: ${afterText}` : `follows: ${beforeText} becomes ${afterText}`;
  if (what === 'set aside') return `is set aside: ${beforeText}`;
  if (what === 'brought back') return `is brought back: ${afterText}`;
  return `is no longer valid: ${say ?? ''}`;
}
