import { afterAll, expect, test } from 'vitest';
import { wordText } from '../../src/core/words.ts';
import { wantsAll } from './acceptance/chosen.ts';
import { clearStages, type Stage } from './acceptance/journey.ts';
import { idOf } from './acceptance/planned.ts';
import { amlguide, answersOf } from './acceptance/program.ts';
import { azCalls } from './acceptance/run.ts';
import { settledStage } from './acceptance/stages.ts';
import { unmet } from './acceptance/wants.ts';
import type { Fate } from './emulator/conduct.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

const example = 'existing-subnet';

/** How Resource Manager refuses once, and what the run says; undefined where it tries again, as rights and groups take their time. */
const refusals: readonly (readonly [string, number, string, string, RegExp | undefined])[] = [
  ['429', 429, 'TooManyRequests', 'Too many requests. Retry after 2 seconds.', undefined],
  ['500', 500, 'InternalServerError', 'Something went wrong.', undefined],
  ['503', 503, 'ServiceUnavailable', 'Come back in a moment.', undefined],
  ['403', 403, 'AuthorizationFailed', "The client does not have authorization to perform action 'x/write'.", undefined],
  ['409', 409, 'ResourceGroupBeingDeleted', 'The resource group is deprovisioning.', undefined],
  ['quota', 409, 'OperationNotAllowed', 'exceeding approved Total Regional Cores quota', /What mends it: .*quota/s],
  ['policy', 403, 'RequestDisallowedByPolicy', 'disallowed by policy', /What mends it: .*policy/is],
  ['lock', 409, 'ScopeLocked', 'cannot perform write operation because following scope(s) are locked', /What mends it: .*lock/is],
];

/** The calls of az that could change something, as they were made. */
function changingCalls({ folder, plan }: Stage): string[] {
  const commands = plan.steps
    .flatMap(({ create, update }) => [...create, ...update])
    .map((words) =>
      words
        .map((word) => wordText(word) ?? '')
        .slice(1, 4)
        .join(' '),
    );
  return azCalls(folder)
    .filter((words) => commands.some((command) => words.join(' ').startsWith(command)))
    .map((words) => words.join(' '));
}

const fates: readonly Fate[] = ['dropped before', 'dropped after', 'late failure'];

async function disturbed(plant: (stage: Stage, id: RegExp) => void) {
  const stage = await settledStage(example);
  const step = stage.plan.steps.find(({ type, create, kind }) => type === 'ensure' && create.length > 0 && kind !== 'resource_group');
  if (!step) throw new Error('the example makes nothing');
  plant(stage, new RegExp(`^${idOf(step).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'i'));
  const first = await amlguide(stage, 'run', ...answersOf(stage), '--yes', '--no-input');
  const again = first.exitCode === 0 ? first : await amlguide(stage, 'run', ...answersOf(stage), '--yes', '--no-input');
  const wrong = stage.plan.steps.filter(({ id }) => id).flatMap((one) => unmet(one, stage.emulator.resource(idOf(one))));
  return { first, again, wrong, changes: changingCalls(stage) };
}

describeWith(['az', 'reference'], 'amlguide run through the real az, where Azure refuses', { timeout: 600_000, concurrent: true }, () => {
  const some = wantsAll ? refusals : refusals.filter(([name]) => name === 'policy');
  test.each(some)('%s: it gets over it, or says what mends it and goes on the next time', async (_name, status, code, message, says) => {
    const { first, again, wrong } = await disturbed(({ emulator }, id) => emulator.failNext('PUT', id, status, code, message));
    expect(first.exitCode, first.stderr).toBe(says ? 3 : 0);
    if (says) expect(first.stderr).toMatch(says);
    expect(again.exitCode, again.stderr).toBe(0);
    expect(wrong).toEqual([]);
  });

  test.each(wantsAll ? fates : fates.slice(1, 2))('%s: what was made is found, and nothing is made twice', async (fate) => {
    const { again, wrong, changes } = await disturbed(({ emulator }, id) => emulator.meetNext('PUT', id, fate));
    expect(again.exitCode, again.stderr).toBe(0);
    expect(wrong).toEqual([]);
    // az itself asks again over a new connection; what a run does is call az once. What failed late is made again on purpose.
    if (fate === 'dropped after') expect(changes).toEqual([...new Set(changes)]);
  });

  test.runIf(wantsAll)('no answer at all: the step ends at its limit of time, and the next run goes on', async () => {
    const stage = await settledStage(example);
    stage.emulator.meetNext('PUT', /virtualNetworks|computes|networkSecurityGroups/i, 'no answer');
    const first = await amlguide(stage, 'run', ...answersOf(stage), '--yes', '--no-input', '--timeout', '1');
    expect(first.exitCode, first.stderr).toBe(3);
    expect(first.stderr).toMatch(/did not come to its end within 1 min/);
    const again = await amlguide(stage, 'run', ...answersOf(stage), '--yes', '--no-input');
    expect(again.exitCode, again.stderr).toBe(0);
  });
});
