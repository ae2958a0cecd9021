import type { Complaint } from '../../core/errors.ts';
import type { Move } from '../../core/interview.ts';
import type { Edited } from '../ui.ts';
import type { Scene } from './scene.ts';
import { type Layer, opened, type Paragraph, type Step } from './state.ts';

/** What comes of an edited answers file: its mistakes on a page, what it changes to say yes to, or a word that nothing came of it. */
export function editedStep({ turn, state }: Extract<Scene, { at: 'turn' }>, edited: Edited): Step & { readonly say?: string } {
  if (edited.type === 'none') return { state, say: edited.say };
  if (edited.type === 'wrong') return { state: opened(state, mistakes(edited.complaints, edited.text)) };
  const move: Move = { type: 'replace', values: edited.values };
  const { session, changes } = turn.attempt(move);
  // A move that changes nothing gives the session as it is.
  if (session === turn.attempt({ type: 'leave' }).session) return { state, say: 'Nothing was changed.' };
  return changes.length === 0 ? { state, move } : { state: opened(state, { at: 'confirm', move, changes }) };
}

function mistakes(complaints: readonly Complaint[], again: string): Layer {
  const text = complaints.flatMap(({ what, where, hint }): Paragraph[] => [
    { begin: [{ text: '✖ ', tone: 'bad' }], text: [...(where ? [{ text: `${where}: `, tone: 'strong' as const }] : []), { text: what }] },
    ...(hint ? [{ begin: [{ text: '  ' }], text: [{ text: hint, tone: 'dim' as const }] }] : []),
    { text: [] },
  ]);
  return { at: 'pages', what: 'edited', title: 'The file cannot be taken like this', text, top: 0, again };
}
