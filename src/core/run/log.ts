import type { JournalEntry } from './events.ts';

/** One event of a journal as one line for people. */
export function logLine({ at, event }: JournalEntry): string {
  return `${at.slice(0, 19).replace('T', ' ')}  ${textOf(event)}`;
}

function textOf(event: JournalEntry['event']): string {
  switch (event.type) {
    case 'run':
      return `${event.rehearsal ? 'rehearsal of ' : ''}${event.kind === 'undo' ? 'undo' : 'run'} with ${event.steps.length} steps, amlguide ${event.program}, checklists ${event.catalog}`;
    case 'start':
      return `${event.step}: looks`;
    case 'change':
      return `${event.step}: ${event.words.map(shown).join(' ')}`;
    case 'child':
      return `${event.step}: process ${event.child.pid}`;
    case 'ended':
      return `${event.step}: ended with ${event.code ?? 'no exit code'}${event.message ? `: ${event.message}` : ''}`;
    case 'seen':
      return `${event.step}: ${event.ours ? 'what is there was made here' : 'nothing was made'}`;
    case 'retry':
      return `${event.step}: again in ${Math.round(event.after / 1000)} s: ${event.message}`;
    case 'done':
      return `${event.step}: ${event.how}`;
    case 'failed':
      return `${event.step}: failed: ${event.message}${event.error ? ` [${event.error}]` : ''}`;
    case 'skipped':
      return `${event.step}: skipped, because of ${event.because}`;
    case 'left':
      return `${event.step}: left running`;
    case 'end':
      return `ended: ${event.outcome}`;
  }
}

/** A word as it could be typed; this is for reading, and nothing runs it. */
function shown(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
