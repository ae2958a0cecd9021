import { describe, expect, it } from 'vitest';
import { catalog, planOfExample } from '../azure/acceptance/planned.ts';
import { apply, failuresOf, stageOf, undo } from './rehearsing.ts';

describe('a rehearsal of every example', () => {
  it.each(Object.keys(catalog.examples))('%s is complete, the second time without a change, and is taken back', async (name) => {
    const stage = stageOf(planOfExample(name));
    const before = stage.cloud.snapshot();
    const outcome = await apply(stage);
    expect(failuresOf(stage)).toEqual([]);
    expect(outcome).toBe('complete');
    const after = stage.cloud.snapshot();
    const changes = stage.cloud.applied.length;
    expect(changes).toBeGreaterThan(0);
    expect(await apply(stage)).toBe('complete');
    expect(stage.cloud.applied.length).toBe(changes);
    expect(stage.cloud.snapshot()).toEqual(after);
    const undone = await undo(stage);
    expect(failuresOf(stage)).toEqual([]);
    expect(undone).toBe('complete');
    expect(stage.cloud.snapshot().things).toEqual(before.things);
  });
});
