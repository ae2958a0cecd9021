import { countsOf, type How, isActive, type RunView, type StepView } from '../core/run/progress.ts';
import type { Span } from '../core/run/rest.ts';
import { type PlanPart, permissionCount } from './review-words.ts';
import type { RunChoice, RunEnding, RunOverview, RunTrouble } from './run-ui.ts';

/** A stretch of time as a person says it: 4 s, 1 min 42 s, 1 h 2 min. */
export function spellOf(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The rest of a run in words. */
export function restText({ least, most }: Span): string {
  const [from, to] = [Math.round(least / 60_000), Math.max(1, Math.ceil(most / 60_000))];
  if (to === 1) return 'about a minute left';
  return from >= to ? `about ${to} min left` : from < 1 ? `at most about ${to} min left` : `about ${from} to ${to} min left`;
}

/** How a step came to be right. */
export const howWords: Readonly<Record<How, string>> = {
  there: 'was there',
  made: 'made',
  changed: 'changed',
  acted: 'done',
  removed: 'removed',
  gone: 'was gone',
  restored: 'put back',
  kept: 'kept',
};

/** What a run does and to what, such as Run contoso-prod. */
export function titleOf({ kind, name }: Pick<RunOverview, 'kind' | 'name'>): string {
  return kind === 'undo' ? `Undo ${name}` : `Run ${name}`;
}

/** What every screen of a rehearsal says. */
export const rehearsalWords = 'nothing reaches Azure';

/** What a run will do, part by part; parts without lines are left out. `scope` says ids of resources. */
export function overviewParts(overview: RunOverview, scope: (id: string) => string): PlanPart[] {
  const plain = (texts: readonly string[]) => texts.map((text) => ({ text }));
  const parts: PlanPart[] = [
    { heading: 'Finished, but changed by an edited answer', lines: plain(overview.changed) },
    {
      heading: 'Made if it is not there',
      lines: overview.creates.map(({ what, takes }) => ({ text: what, ...(takes === undefined ? {} : { note: takes }) })),
    },
    {
      heading: 'Costs money',
      lines: overview.creates.flatMap(({ what, costs }) => (costs === undefined ? [] : [{ text: what, note: costs }])),
    },
    { heading: 'Changed where it differs', lines: plain(overview.changes) },
    { heading: 'Only looked at; it has to be there', lines: plain(overview.looks) },
    {
      heading: 'Removed or put back, in this order',
      lines: overview.removes.map(({ what, note }) => ({ text: what, ...(note === undefined ? {} : { note }) })),
    },
    { heading: 'Stays', lines: overview.kept.map(({ what, because }) => ({ text: what, note: because })) },
    {
      heading: 'Permissions that you need',
      lines: overview.permissions.map((one) => ({ text: scope(one.scope), note: permissionCount(one) })),
    },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** Where a run begins that an earlier one did not finish. */
export function finishedText({ finished }: Pick<RunOverview, 'finished'>): string[] {
  if (finished === 0) return [];
  return [`${finished === 1 ? '1 step is' : `${finished} steps are`} finished already and not done again.`];
}

/** What can be done about a failure, the likeliest first. */
export function choicesFor({ signIn, editable, waiting }: RunTrouble): readonly { readonly choice: RunChoice; readonly says: string }[] {
  const waits = waiting === 0 ? '' : waiting === 1 ? ', and the step that waits for it' : `, and the ${waiting} steps that wait for it`;
  return [
    ...(signIn ? [{ choice: 'sign in' as const, says: 'sign in again, and go on' }] : []),
    { choice: 'again', says: 'try again' },
    ...(editable ? [{ choice: 'edit' as const, says: 'back to the answers, and go on' }] : []),
    { choice: 'skip', says: `skip it${waits}` },
    { choice: 'stop', says: 'stop; amlguide resume goes on from here' },
  ];
}

/** What to choose from when a person wants out. */
export type Interruption = 'stop' | 'leave' | 'end' | 'keep';

/** The ways out of a run; the first one is gone once it was taken. */
export function interruptions(
  stopping: boolean,
): readonly { readonly choice: Interruption; readonly says: string; readonly note: string }[] {
  return [
    ...(stopping ? [] : [{ choice: 'stop' as const, says: 'let it finish', note: 'nothing new begins, what runs comes to its end' }]),
    { choice: 'leave', says: 'leave now', note: 'what was begun goes on in Azure; amlguide resume looks how it ended' },
    { choice: 'end', says: 'end the programs now', note: 'Azure may still finish what it was told; amlguide resume looks' },
    { choice: 'keep', says: stopping ? 'keep waiting' : 'keep going', note: '' },
  ];
}

/** How a run ended, in a sentence. */
export function outcomeText({ outcome }: RunEnding, view: RunView): string {
  const { open, left, done } = countsOf(view);
  const failed = view.steps.filter(hasFailed).length;
  const skipped = view.steps.filter((step) => step.status === 'skipped' && !hasFailed(step)).length;
  const steps = (count: number): string => (count === 1 ? '1 step' : `${count} steps`);
  const undo = view.kind === 'undo';
  if (outcome === 'complete') {
    if (undo) return 'What this session made is taken back.';
    return view.rehearsal ? `The rehearsal is complete: ${steps(done)}.` : 'Everything is there and as it should be.';
  }
  const rest = [
    ...(failed > 0 ? [`${steps(failed)} failed`] : []),
    ...(skipped > 0 ? [`${steps(skipped)} skipped`] : []),
    ...(left > 0 ? [`${steps(left)} left to itself`] : []),
    ...(open > 0 ? [`${steps(open)} not done`] : []),
  ];
  const begin = { failed: 'Not everything worked', stopped: 'Stopped', interrupted: 'Left before the end' }[outcome];
  return `${begin}: ${[`${done} of ${view.steps.length} done`, ...rest].join(', ')}.`;
}

/** A part of the end; `count` is how many steps it stands for, which may have no lines of their own. */
export interface EndingPart extends PlanPart {
  readonly count: number;
  /** It needs a look. */
  readonly trouble: boolean;
}

/** What became of the steps, part by part: first what needs a look; what was there already is only counted. */
export function endingParts({ steps }: RunView): EndingPart[] {
  const by = (how: How): readonly StepView[] => steps.filter((step) => step.status === 'done' && step.how === how);
  const part = (heading: string, of: readonly StepView[], trouble = false): EndingPart => ({
    heading,
    lines: of.map(({ what, took }) => ({ text: what, ...(took === undefined ? {} : { note: spellOf(took) }) })),
    count: of.length,
    trouble,
  });
  const counted = (heading: string, of: readonly StepView[]): EndingPart => ({ heading, lines: [], count: of.length, trouble: false });
  const bad = (heading: string, of: readonly StepView[]): EndingPart => ({ ...part(heading, of, true), lines: of.map(troubled) });
  const parts: EndingPart[] = [
    bad('Failed', steps.filter(hasFailed)),
    bad(
      'Skipped',
      steps.filter((step) => step.status === 'skipped' && !hasFailed(step)),
    ),
    part(
      'Left to itself',
      steps.filter(({ status }) => status === 'left'),
      true,
    ),
    part('Made', by('made')),
    part('Changed', by('changed')),
    part('Done', by('acted')),
    part('Removed', by('removed')),
    part('Put back', by('restored')),
    part('Kept', by('kept')),
    counted('Gone already', by('gone')),
    counted('There already', by('there')),
    counted(
      'Done by an earlier run',
      steps.filter(({ earlier }) => earlier),
    ),
  ];
  return parts.filter(({ count }) => count > 0);
}

/** Whether a step came to nothing by itself; one that was skipped afterwards has failed all the same. */
export function hasFailed(step: StepView): boolean {
  return step.failure !== undefined && !isActive(step);
}

function troubled({ what, failure, note = '' }: StepView): PlanPart['lines'][number] {
  return { text: what, note: failure ?? `it needs ${note}` };
}
