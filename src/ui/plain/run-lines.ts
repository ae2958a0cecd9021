import type { Progress, RunEvent } from '../../core/run/events.ts';
import { countsOf, elapsedOf, type How, isActive, type RunView, type StepView, timeOf } from '../../core/run/progress.ts';
import { type PlanPart, spokenId } from '../review-words.ts';
import type { RunEnding, RunOverview, RunTrouble } from '../run-ui.ts';
import { endingParts, finishedText, outcomeText, overviewParts, rehearsalWords, spellOf, titleOf } from '../run-words.ts';

/** What a run will do, as lines. */
export function overviewLines(overview: RunOverview): string[] {
  const parts = overviewParts(overview, spokenId);
  const nothing = parts.length === 0 ? ['There is nothing to do but to look.'] : [];
  return [...rehearsalLines(overview), titleOf(overview), ...finishedText(overview), ...nothing, ...parts.flatMap(partLines)];
}

/** The line that everything of a rehearsal begins with. */
export function rehearsalLines({ rehearsal }: Pick<RunOverview, 'rehearsal'>): string[] {
  return rehearsal ? [`REHEARSAL: ${rehearsalWords}.`] : [];
}

function partLines({ heading, lines }: PlanPart): string[] {
  return [`${heading}:`, ...lines.map(({ text, note }) => `  ${text}${note === undefined ? '' : `, ${note}`}`)];
}

/** What an event is worth saying; nothing for most. `before` is the run as it was before the event. */
export function eventLines(event: RunEvent | Progress, before: RunView, view: RunView): string[] {
  if (event.type === 'run' || event.type === 'end') return [];
  const find = ({ steps }: RunView): StepView | undefined => steps.find(({ key }) => key === event.step);
  const [was, step] = [find(before), find(view)];
  if (!was || !step) return [];
  switch (event.type) {
    case 'change':
      return event.call === 0 ? [beginLine(event.what, step.what)] : [];
    case 'retry':
      return [`${step.what} is tried again in ${spellOf(event.after)}, because: ${event.message}`];
    case 'done':
      return [`${doneLine(event.how, step)} ${countsOf(view).done} of ${view.steps.length}.`];
    case 'failed':
      return [`${step.what} failed: ${event.message}`];
    case 'skipped':
      return [was.status === 'failed' ? `${step.what} is skipped.` : `${step.what} is skipped: it needs ${event.because}.`];
    case 'left':
      return [`${step.what} goes on by itself; nobody waits for it here.`];
    case 'progress':
      return progressLines(was, step, view.now);
    case 'start':
    case 'child':
    case 'ended':
    case 'seen':
      return [];
  }
}

const begins = {
  create: (what: string) => `begins to make ${what}`,
  update: (what: string) => `begins to change ${what}`,
  act: (what: string) => `begins: ${what}`,
  remove: (what: string) => `begins to remove ${what}`,
  restore: (what: string) => `begins to put back ${what}`,
} as const;

function beginLine(how: keyof typeof begins, what: string): string {
  return `${begins[how](what)}.`;
}

const ends: Readonly<Record<How, (what: string) => string>> = {
  there: (what) => `${what} is there`,
  made: (what) => `${what} is made`,
  changed: (what) => `${what} is changed`,
  acted: (what) => `done: ${what}`,
  removed: (what) => `${what} is removed`,
  gone: (what) => `${what} was gone already`,
  restored: (what) => `${what} is put back`,
  kept: (what) => `${what} is kept`,
};
/** What took time because something was done. */
const work: ReadonlySet<How> = new Set<How>(['made', 'changed', 'acted', 'removed', 'restored']);

function doneLine(how: How, { what, took }: StepView): string {
  return `${ends[how](what)}${took === undefined || !work.has(how) ? '' : `, ${spellOf(took)}`}.`;
}

function progressLines(was: StepView, step: StepView, now: number): string[] {
  const { status, note, what } = step;
  if (status === 'waiting') {
    const still = was.status === 'waiting' ? ` still, after ${spellOf(timeOf(step, now) ?? 0)}` : '';
    return [`${what} waits for Azure${note === undefined ? '' : ` (${note})`}${still}.`];
  }
  if (was.status === status) return [];
  if (status === 'surviving') return [`${what}: a program of the last run is still at work on it, and is waited for.`];
  return status === 'retrying' ? [`${what} is looked at again soon, because: ${note ?? 'it failed'}`] : [];
}

/** What a long silence is broken with: what runs, and how long already. */
export function stillLine(view: RunView, now: number): string[] {
  const running = view.steps.filter(isActive).map((step) => {
    const time = timeOf(step, now);
    const doing = step.status === 'waiting' && step.note !== undefined ? ` (${step.note})` : '';
    return `${step.what}${doing}${time === undefined ? '' : `, ${spellOf(time)}`}`;
  });
  return running.length === 0 ? [] : [`Still at work after ${spellOf(elapsedOf(view, now))}: ${running.join('; ')}.`];
}

/** What is known about a failure: what it usually means, what mends it, and where that stands. */
export function troubleLines({ what, known }: RunTrouble): string[] {
  if (!known) return [`About ${what}: nothing more is known about this error.`];
  return [
    `About ${what}: what it usually means: ${known.cause}`,
    `What mends it: ${known.fix}`,
    `Source: ${known.source}${known.link === undefined ? '' : `, ${known.link}`}`,
  ];
}

/** How a run ended: what needs a look in full, everything else in numbers, and what to do next. */
export function endingLines(ending: RunEnding, view: RunView): string[] {
  const parts = endingParts(view);
  const tally = parts.filter(({ trouble }) => !trouble).map(({ heading, count }) => `${heading}: ${count}`);
  return [
    ...rehearsalLines(view),
    `${outcomeText(ending, view)} It took ${spellOf(elapsedOf(view, view.now))}.`,
    ...parts.filter(({ trouble }) => trouble).flatMap(partLines),
    ...(tally.length > 0 ? [`${tally.join(', ')}.`] : []),
    ...(ending.next.length > 0 ? ['Next:', ...ending.next.map((line) => `  ${line}`)] : []),
  ];
}
