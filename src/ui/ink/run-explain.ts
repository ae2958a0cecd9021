import type { RunView, StepView } from '../../core/run/progress.ts';
import type { Fact } from '../../core/schema.ts';
import { howWords, spellOf } from '../run-words.ts';
import { factPages } from './facts.ts';
import type { RunLayer } from './run-scene.ts';
import type { Paragraph } from './state.ts';

/** Everything about a step: how it stands, what it waits for, what it did so far, and what it rests on, with the history of that. */
export function stepLayer(view: RunView, step: StepView, facts: readonly Fact[], log: readonly string[]): RunLayer {
  const own = log.filter((line) => line.slice(21).startsWith(`${step.key}: `));
  const names = (steps: readonly StepView[]): string => steps.map(({ what }) => what).join(', ');
  const before = view.steps.filter(({ key, status }) => step.after.includes(key) && status !== 'done');
  const behind = view.steps.filter(({ after }) => after.includes(step.key));
  const text: Paragraph[] = [
    { text: [{ text: step.what, tone: 'strong' }] },
    { text: [] },
    ...named('State', stateText(step)),
    ...named('Usually', step.takes),
    ...named('Waits for', names(before)),
    ...named('Before', names(behind)),
    { text: [] },
    ...part(
      'What it did',
      own.map(
        (line): Paragraph => ({
          begin: [{ text: `  ${line.slice(11, 19)}  `, tone: 'dim' }],
          text: [{ text: line.slice(23 + step.key.length) }],
        }),
      ),
    ),
    ...part('What it rests on', facts.flatMap(factPages)),
    { begin: [{ text: 'Step      ', tone: 'dim' }], text: [{ text: step.key }] },
  ];
  return { at: 'pages', what: 'step', title: 'Step', text, top: 0 };
}

function named(name: string, text: string | undefined): Paragraph[] {
  return text === undefined || text === '' ? [] : [{ begin: [{ text: name.padEnd(10), tone: 'dim' }], text: [{ text }] }];
}

function part(heading: string, text: readonly Paragraph[]): Paragraph[] {
  return text.length === 0 ? [] : [{ text: [{ text: heading, tone: 'accent' }] }, ...text, { text: [] }];
}

const stateWords: Readonly<Record<StepView['status'], string>> = {
  open: 'waits for other steps',
  queued: 'waits for its place; only so many run at once',
  looking: 'looks whether it is done already',
  changing: 'at work',
  waiting: 'Azure is at work',
  retrying: 'is tried again by itself',
  surviving: 'a program of the last run goes on',
  done: 'finished',
  failed: 'failed',
  skipped: 'skipped',
  left: 'goes on by itself',
};

function stateText({ status, how, took, note, failure, earlier }: StepView): string {
  const end = status !== 'done' ? [] : [earlier ? 'by an earlier run' : how === undefined ? '' : howWords[how]];
  const time = took === undefined || took < 1000 ? [] : [spellOf(took)];
  const words = [stateWords[status], ...end, ...time].filter((word) => word !== '').join(', ');
  const why = failure ?? (status === 'done' ? undefined : note);
  return why === undefined || why === '' ? words : `${words}: ${why}`;
}
