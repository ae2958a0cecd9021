import type { StepView } from '../../core/run/progress.ts';
import { filterKeys, hasWords, wordsOf } from './filter.ts';
import { windowTop } from './list.ts';
import type { RunContext, RunScene, RunStep } from './run-scene.ts';
import type { RunKey } from './run-scrolling.ts';
import { mustShow, scrollStart } from './run-sight.ts';

const states: Readonly<Record<StepView['status'], string>> = {
  open: 'waits',
  queued: 'waits',
  looking: 'running looking',
  changing: 'running changing',
  waiting: 'running',
  retrying: 'running again',
  surviving: 'running',
  done: 'finished done',
  failed: 'failed',
  skipped: 'skipped',
  left: 'left',
};

/** The steps that are listed: all, or those with the words that filter. */
export function listedSteps({ view, filter }: RunScene): readonly StepView[] {
  const words = wordsOf(filter);
  if (words.length === 0) return view.steps;
  return view.steps.filter(({ what, key, status, note = '' }) => hasWords([what, key, states[status], note].join(' '), words));
}

/** The step at the cursor; undefined while nobody moved it. */
export function stepAt(scene: RunScene): StepView | undefined {
  return scene.at === undefined ? undefined : listedSteps(scene).find(({ key }) => key === scene.at);
}

/** The step that a person wants to know about: the one at the cursor, otherwise what happens now. */
export function stepMeant(scene: RunScene): StepView | undefined {
  const steps = listedSteps(scene);
  return stepAt(scene) ?? steps.find(mustShow) ?? steps.find(({ status }) => status === 'open') ?? steps[0];
}

/** The list follows what happens again. */
export function following({ top: _top, at: _at, ...scene }: RunScene): RunScene {
  return scene;
}

/** The keys that move the cursor through the steps. */
export function movingKeys(scene: RunScene): RunKey[] {
  const steps = listedSteps(scene);
  if (steps.length < 2) return [];
  const letters = scene.filter?.typing !== true;
  const key = (press: readonly string[], glyph: string, does: string, run: RunKey['run'], weight?: number): RunKey => ({
    press: letters ? press : press.filter((id) => id.length > 1 && !['home', 'end', 'space'].includes(id)),
    glyph,
    does,
    ...(weight === undefined ? {} : { weight }),
    run,
  });
  return [
    key(['up', 'k'], '↑', 'up', by(-1, 0)),
    key(['down', 'j'], '↑↓', 'move', by(1, 0), 1),
    key(['pagedown', 'space'], 'space', 'a page down', by(0, 1)),
    key(['pageup', 'b'], 'b', 'a page up', by(0, -1)),
    key(['home', 'g'], 'home', 'first', (context) => movedTo(context, 0)),
    key(['end', 'G'], 'end', 'last', (context) => movedTo(context, Number.MAX_SAFE_INTEGER)),
  ];
}

/** Moves by some steps and pages; the first key only shows where the cursor is. */
function by(steps: number, pages: number): RunKey['run'] {
  return (context) => {
    const { scene, seen } = context;
    const here = stepAt(scene);
    const meant = stepMeant(scene);
    const at = meant ? listedSteps(scene).indexOf(meant) : 0;
    return movedTo(context, at + (here ? steps + pages * Math.max(1, seen.page - 2) : 0));
  };
}

function movedTo({ scene, seen }: RunContext, to: number): RunStep {
  const steps = listedSteps(scene);
  const at = Math.max(0, Math.min(to, steps.length - 1));
  const { key } = steps[at] ?? {};
  if (key === undefined) return { scene };
  const top = windowTop(at, scene.top ?? scrollStart(steps), steps.length, Math.max(1, seen.page));
  return { scene: { ...scene, at: key, top } };
}

/** The keys that filter the steps. */
export function stepFilterKeys(scene: RunScene): RunKey[] {
  return filterKeys<RunContext, RunStep>(scene.filter, ({ scene: now }, filter) => {
    const { filter: _, ...rest } = following(now);
    return { scene: filter ? { ...rest, filter } : rest };
  });
}
