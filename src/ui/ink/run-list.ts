import { isActive, type StepView, timeOf } from '../../core/run/progress.ts';
import { howWords, spellOf } from '../run-words.ts';
import type { RunScene } from './run-scene.ts';
import { type Sight, sightOf } from './run-sight.ts';
import { listedSteps, stepAt } from './run-steps.ts';
import { cut, fill, type Line, type Span, type Tone, widthOf } from './text.ts';
import { signs } from './theme.ts';

const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
/** How long a picture of the spinner stays. */
export const frameTime = 100;

/** The picture of the spinner at a time in milliseconds. */
export function spinnerAt(now: number): string {
  return frames[Math.floor(now / frameTime) % frames.length] ?? '▸';
}

/** Whether a spinner turns for a step: not while it only waits for its turn. */
export function turnsFor(step: StepView): boolean {
  return isActive(step) && step.status !== 'queued' && step.status !== 'retrying';
}

/** What the rows of a list have in common. */
interface Look {
  readonly scene: RunScene;
  readonly width: number;
  /** How wide the names are, and the times at the right end. */
  readonly names: number;
  readonly times: number;
  readonly byKey: ReadonlyMap<string, StepView>;
}

/** The list of a run in so many rows. */
export function runRows(scene: RunScene, width: number, room: number): Line[] {
  const steps = listedSteps(scene);
  const here = stepAt(scene);
  return sightRows(scene, sightOf(steps, room, scene.top, here && steps.indexOf(here)), width);
}

/** What runs at the moment, for screens that ask about something else. */
export function activeRows(scene: RunScene, width: number): Line[] {
  return sightRows(
    scene,
    scene.view.steps.filter(isActive).map((step) => ({ step })),
    width,
  );
}

function sightRows(scene: RunScene, sights: readonly Sight[], width: number): Line[] {
  const { steps } = scene.view;
  const shown = sights.flatMap((one) => ('step' in one ? [one.step] : []));
  // Names of steps that come into sight later must not move all columns.
  const widest = Math.max(0, ...steps.map(({ what }) => widthOf(what)));
  const look: Look = {
    scene,
    width,
    names: Math.min(widest, Math.floor(width * (width < 78 ? 0.55 : 0.5))),
    times: Math.max(5, ...shown.map((step) => widthOf(timeText(step, scene.now)))),
    byKey: new Map(steps.map((step) => [step.key, step])),
  };
  const here = stepAt(scene);
  if (!here) return sights.map((one) => ('step' in one ? stepRow(one.step, look) : foldRow(one, width)));
  const narrow = { ...look, width: width - 2 };
  return sights.map((one) => [
    { text: 'step' in one && one.step === here ? '❯ ' : '  ', tone: 'chosen' },
    ...('step' in one ? stepRow(one.step, narrow) : foldRow(one, width - 2)),
  ]);
}

function timeText(step: StepView, now: number): string {
  const time = timeOf(step, now);
  return time === undefined || (step.status === 'done' && time < 1000) ? '' : spellOf(time);
}

function stepRow(step: StepView, look: Look): Line {
  const { sign, tone } = signOf(step, look.scene);
  const time = timeText(step, look.scene.now);
  const room = look.width - (time === '' ? 0 : look.times + 1);
  const row: Line = [
    { text: `${sign} `, tone },
    ...fill([{ text: step.what, tone: nameTone(step) }], look.names),
    { text: '  ' },
    ...stateSpans(step, look),
  ];
  if (time === '') return cut(row, look.width);
  return [...fill(row, room), { text: ` ${time.padStart(look.times)}`, tone: 'dim' }];
}

function nameTone(step: StepView): Tone {
  if (step.status === 'failed') return 'bad';
  if (isActive(step)) return step.status === 'queued' ? 'plain' : 'strong';
  return step.status === 'done' || step.status === 'left' ? 'plain' : 'dim';
}

function signOf(step: StepView, scene: RunScene): { readonly sign: string; readonly tone: Tone } {
  const { status } = step;
  if (status === 'done') return signs.done;
  if (status === 'failed') return signs.problem;
  if (status === 'skipped') return { sign: step.failure === undefined ? '−' : '✖', tone: step.failure === undefined ? 'dim' : 'bad' };
  if (status === 'left') return { sign: '→', tone: 'accent' };
  if (status === 'retrying') return { sign: '!', tone: 'warn' };
  if (status === 'open' || status === 'queued') return { sign: status === 'open' ? '○' : '◌', tone: 'dim' };
  return scene.spins ? { sign: spinnerAt(scene.now), tone: 'accent' } : signs.current;
}

function stateSpans(step: StepView, { scene, byKey }: Look): Line {
  const { status, note = '', failure } = step;
  switch (status) {
    case 'open':
      return waitSpans(step, byKey);
    case 'queued':
      return dim('its turn comes');
    case 'looking':
      return [{ text: 'looking' }];
    case 'changing':
      return changeSpans(step);
    case 'waiting':
      return [{ text: note === '' ? 'Azure is at work' : `Azure: ${note}`, tone: 'accent' }, ...usually(step)];
    case 'retrying':
      return [{ text: `again${inTime(step, scene.now)}: ${note}`, tone: 'warn' }];
    case 'surviving':
      return [{ text: 'a program of the last run goes on', tone: 'accent' }];
    case 'done':
      return dim(step.earlier ? 'done before' : howWords[step.how ?? 'there']);
    case 'failed':
      return [{ text: note, tone: 'bad' }];
    case 'skipped':
      return dim(failure === undefined ? `skipped, needs ${note}` : `skipped: ${failure}`);
    case 'left':
      return [{ text: 'goes on by itself', tone: 'accent' }];
  }
}

function dim(text: string): Line {
  return [{ text, tone: 'dim' }];
}

const makes = { create: 'making it', update: 'changing it', act: 'doing it', remove: 'removing it', restore: 'putting it back' } as const;

function changeSpans(step: StepView): Line {
  const { change } = step;
  if (!change) return [{ text: 'at work' }];
  return [{ text: makes[change.what] }, ...(change.of > 1 ? dim(`, ${change.call} of ${change.of}`) : []), ...usually(step)];
}

function usually({ takes }: StepView): Span[] {
  return takes === undefined ? [] : [{ text: ` · usually ${takes}`, tone: 'dim' }];
}

function inTime({ until }: StepView, now: number): string {
  return until === undefined ? ' soon' : until <= now ? ' now' : ` in ${spellOf(until - now)}`;
}

function waitSpans({ after }: StepView, byKey: Look['byKey']): Line {
  const waits = after.flatMap((key) => byKey.get(key) ?? []).filter(({ status }) => status !== 'done');
  const [first] = waits;
  if (!first) return [];
  return dim(waits.length === 1 ? `after ${first.what}` : `after ${first.what} and ${waits.length - 1} more`);
}

function foldRow({ fold, hidden }: Extract<Sight, { fold: string }>, width: number): Line {
  if (fold === 'rule') return [{ text: '─'.repeat(Math.min(width, 24)), tone: 'dim' }];
  const count = (word: string, sign: string, of: (step: StepView) => boolean): string[] => {
    const found = hidden.filter(of).length;
    return found === 0 ? [] : [`${sign} ${found} ${word}`];
  };
  const words = [
    ...count('finished', '✔', ({ status }) => status === 'done'),
    ...count('more failed', '✖', ({ status }) => status === 'failed'),
    ...count('more run', '▸', isActive),
    ...count('more wait', '○', ({ status }) => status === 'open'),
    ...count('left to themselves', '→', ({ status }) => status === 'left'),
    ...count('skipped', '−', ({ status }) => status === 'skipped'),
  ];
  return cut(dim(words.join(' · ')), width);
}
