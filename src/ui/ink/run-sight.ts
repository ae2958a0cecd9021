import { isActive, type StepStatus, type StepView } from '../../core/run/progress.ts';
import { windowTop } from './list.ts';

/** A row of the list of a run: a step, or a word about steps that have no room. */
export type Sight = { readonly step: StepView } | { readonly fold: 'above' | 'below' | 'rule'; readonly hidden: readonly StepView[] };

/** Whether a person has to see a step all the time. */
export function mustShow(step: StepView): boolean {
  return isActive(step) || step.status === 'failed';
}

/** The steps that are in sight: all where there is room, otherwise what matters now; finished ones fold away first. */
export function sightOf(steps: readonly StepView[], room: number, top?: number, at?: number): readonly Sight[] {
  if (steps.length <= room) return steps.map((step) => ({ step }));
  return top === undefined ? folded(steps, room) : scrolled(steps, room, top, at);
}

function folded(steps: readonly StepView[], room: number): readonly Sight[] {
  const shown = new Set<StepView>();
  const place = Math.max(1, room - 2);
  const take = (most: number, wanted: readonly StepView[]): void => {
    for (const step of wanted.slice(0, Math.max(0, most))) if (shown.size < place) shown.add(step);
  };
  const by = (status: StepStatus): readonly StepView[] => steps.filter((step) => step.status === status);
  const lately = [...by('done')].sort((a, b) => b.since - a.since);
  take(place, by('failed'));
  take(place, steps.filter(isActive));
  // What was finished just now stays for a moment, so that it is seen to be finished.
  take(place - shown.size > 4 ? 2 : 0, lately);
  take(place, by('open'));
  take(place, by('left'));
  take(place, by('skipped'));
  take(place, lately);
  const hidden = steps.filter((step) => !shown.has(step));
  const above = hidden.filter(({ status }) => status === 'done');
  const below = hidden.filter(({ status }) => status !== 'done');
  return [
    ...(above.length > 0 ? [{ fold: 'above' as const, hidden: above }] : []),
    ...steps.filter((step) => shown.has(step)).map((step) => ({ step })),
    ...(below.length > 0 ? [{ fold: 'below' as const, hidden: below }] : []),
  ].slice(0, room);
}

/** A window into the whole list; what runs or failed outside of it stands below it. */
function scrolled(steps: readonly StepView[], room: number, wanted: number, at?: number): readonly Sight[] {
  for (let size = room; ; size--) {
    const top = at === undefined ? topOf(wanted, steps.length, size) : windowTop(at, wanted, steps.length, size);
    const inside = steps.slice(top, top + size);
    const pinned = steps.filter((step) => mustShow(step) && !inside.includes(step));
    const taken = pinned.length === 0 ? 0 : pinned.length + 1;
    if (size + taken > room && size > 1) continue;
    const rule = pinned.length === 0 ? [] : [{ fold: 'rule' as const, hidden: pinned }];
    return [...inside.map((step) => ({ step })), ...rule, ...pinned.map((step) => ({ step }))].slice(0, room);
  }
}

function topOf(wanted: number, count: number, size: number): number {
  return Math.max(0, Math.min(wanted, count - size));
}

/** The row from which a person begins to scroll: a little above what happens. */
export function scrollStart(steps: readonly StepView[]): number {
  const first = steps.findIndex((step) => mustShow(step) || step.status === 'open');
  return Math.max(0, (first < 0 ? steps.length : first) - 2);
}
