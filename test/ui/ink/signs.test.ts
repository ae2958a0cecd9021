import { expect, test } from 'vitest';
import type { StepStatus, StepView } from '../../../src/core/run/progress.ts';
import { runRows } from '../../../src/ui/ink/run-list.ts';
import { blankRun } from '../../../src/ui/ink/run-scene.ts';
import { signs } from '../../../src/ui/ink/theme.ts';
import { verdicts } from '../../../src/ui/ink/verify-scene.ts';

const allDifferent = (texts: readonly string[]) => expect(new Set(texts).size, texts.join(' ')).toBe(texts.length);

test('the states of the checklist and the verdicts have signs of their own, so that colour is never needed', () => {
  allDifferent((['met', 'contradicted', 'verify', 'by hand', 'open'] as const).map((state) => signs[state].sign));
  allDifferent((['done', 'current', 'open', 'problem'] as const).map((state) => signs[state].sign));
  allDifferent(Object.values(verdicts).map(({ sign }) => sign));
});

test.each([true, false])('each state of a step is told by a sign and words, with or without something that turns: %s', (spins) => {
  const all: readonly StepStatus[] = [
    'open',
    'queued',
    'looking',
    'changing',
    'waiting',
    'retrying',
    'surviving',
    'done',
    'failed',
    'skipped',
    'left',
  ];
  const texts = all.map((status) => {
    const step: StepView = { key: 'a', what: 'a', after: [], status, since: 0, begun: 0, ...(status === 'done' ? { how: 'made' } : {}) };
    const scene = { ...blankRun(spins), stage: 'running' as const, view: { ...blankRun(spins).view, steps: [step] } };
    return (runRows(scene, 80, 5)[0] ?? []).map(({ text }) => text).join('');
  });
  allDifferent(texts);
});
