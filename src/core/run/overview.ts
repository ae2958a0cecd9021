import type { Plan, Step } from '../plan.ts';
import type { RunState } from './fold.ts';
import type { Job } from './job.ts';

/** What a plan would make, change and only look at; what an earlier run has finished, and what an edited answer has changed since. */
export function planSummary(plan: Plan, jobs: readonly Job[], { steps }: RunState) {
  const digests = new Map(jobs.map(({ key, digest }) => [key, digest]));
  const isDone = (step: Step) => steps.get(step.key)?.status === 'done' && steps.get(step.key)?.digest === digests.get(step.key);
  const open = plan.steps.filter((step) => !isDone(step));
  const changed = plan.steps.filter((step) => steps.get(step.key)?.status === 'done' && !isDone(step));
  return {
    creates: open
      .filter(({ type, create }) => type === 'ensure' && create.length > 0)
      .map(({ what, takes, costs }) => ({ what, ...(takes === undefined ? {} : { takes }), ...(costs === undefined ? {} : { costs }) })),
    changes: open.filter(({ type, update }) => type === 'action' || (type === 'require' && update.length > 0)).map(({ what }) => what),
    looks: open.filter(({ type, update }) => type === 'require' && update.length === 0).map(({ what }) => what),
    permissions: plan.permissions,
    finished: plan.steps.length - open.length,
    changed: changed.map(({ what }) => what),
  };
}

/** What mending would make and change: of the plan's steps those that the jobs carry out, and the jobs that are no steps. */
export function mendSummary(plan: Plan, jobs: readonly Job[]): ReturnType<typeof planSummary> {
  const keys = new Set(jobs.map(({ key }) => key));
  const summary = planSummary({ ...plan, steps: plan.steps.filter(({ key }) => keys.has(key)) }, jobs, { steps: new Map() });
  const steps = new Set(plan.steps.map(({ key }) => key));
  return {
    ...summary,
    changes: [...summary.changes, ...jobs.filter(({ key, removes }) => !steps.has(key) && !removes).map(({ what }) => what)],
  };
}

/** The answers that a step is made of, in the order of its words: where to look when it is refused. */
export function answersIn(plan: Plan, key: string): string[] {
  const step = plan.steps.find((one) => one.key === key);
  const { answers, asked } = plan.situation;
  const words = [...(step?.create ?? []), ...(step?.update ?? []), ...(step?.id ? [[step.id]] : [])].flat();
  const names = words.flatMap((word) =>
    word.flatMap((part) => ('name' in part ? [part.name, ...(part.made ?? []).flatMap((one) => ('name' in one ? [one.name] : []))] : [])),
  );
  const keys = new Set(asked.map((one) => one.key));
  return [...new Set(names)].filter((name) => answers[name] !== undefined && keys.has(name));
}
