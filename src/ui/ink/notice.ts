import type { Move } from '../../core/interview.ts';
import { takenBack } from '../review-words.ts';
import type { Turn } from '../ui.ts';
import { changeText } from './confirm.ts';

/** What the last move did besides what was seen: answers that moved, defaults that were taken, warnings. */
export function noticeOf(before: Turn, move: Move, now: Turn): string[] {
  const changed = now.changes.map((change) => `${change.label} ${changeText(change)}`);
  if (move.type === 'defaults') return [...changed, ...defaultsTaken(before, now)];
  if (move.type === 'undo') return backWords(before, now);
  if (move.type !== 'answer') return changed;
  const warnings = now.view.problems.filter(({ key, level }) => key === move.key && level === 'warn');
  const labelOf = (key: string) => now.view.answers.find((one) => one.key === key)?.label ?? key;
  return [...changed, ...warnings.map(({ key, say }) => `! ${labelOf(key)}: ${say}`)];
}

function defaultsTaken(before: Turn, now: Turn): string[] {
  const old = new Set(before.view.answers.map(({ key }) => key));
  const taken = now.view.answers.filter(({ key, from }) => !old.has(key) && from !== 'quiet');
  if (taken.length === 0) return ['No default could be taken here.'];
  return [`Taken as proposed: ${taken.map(({ label, text }) => `${label} ${text}`).join(', ')}. Review shows and changes them.`];
}

function backWords(before: Turn, now: Turn): string[] {
  const names = takenBack(before.view.answers, now.view.answers).map(({ label, text }) => `${label} ${text}`);
  const most = 6;
  const rest = names.length > most ? `, and ${names.length - most} more` : '';
  return names.length === 0 ? ['Taken back.'] : [`Taken back: ${names.slice(0, most).join(', ')}${rest}.`];
}
