import { afterAll, expect, test } from 'vitest';
import type { Step } from '../../src/core/plan.ts';
import { differingCases, missingCases, networkSteps, shortestExample } from './acceptance/cases.ts';
import { someOf } from './acceptance/chosen.ts';
import { clearStages, type Stage, snapshot, stageFor } from './acceptance/journey.ts';
import { idOf, planOfExample, settled } from './acceptance/planned.ts';
import { azCalls, runScript } from './acceptance/run.ts';
import { worldBefore, worldWithoutComputes } from './acceptance/seed.ts';
import { placeOf, put, textOfWant, typedValue, unmet } from './acceptance/wants.ts';
import type { Json, JsonObject } from './emulator/json.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

describeWith(['az', 'reference'], 'run.sh where the world is not as planned', { timeout: 200_000, concurrent: true }, () => {
  test.each(someOf(missingCases()))('a $kind that has to exist is missing: it says what to do and stops', async ({ example, step }) => {
    const plan = planOfExample(example);
    const stage = await stageFor(plan, worldBefore(plan));
    stage.emulator.plant(idOf(step), undefined);
    const ran = await runScript(stage.folder, stage.environment);
    expect(ran.exitCode, ran.stderr).toBe(1);
    expect(ran.stderr.trimEnd().endsWith(step.say ?? 'It does not exist.'), ran.stderr).toBe(true);
    expectLastCallLooksAt(stage, step);
  });

  test.each(someOf(differingCases()))(
    'a $kind differs in what cannot be changed: it says what and stops, and changes nothing',
    async ({ example, step }) => {
      const plan = planOfExample(example);
      const stage = await stageFor(plan, worldWithoutComputes(plan));
      stage.emulator.plant(idOf(step), spoiled(step, stage.emulator.resource(idOf(step)) ?? { properties: {} }));
      const before = snapshot(stage.emulator).find(({ id }) => id === idOf(step));
      const ran = await runScript(stage.folder, stage.environment);
      expect(ran.exitCode, ran.stderr).toBe(1);
      expect(ran.stderr).toContain('It differs (wanted ');
      expect(ran.stderr.trimEnd().endsWith(step.say ?? ').'), ran.stderr).toBe(true);
      expectLastCallLooksAt(stage, step);
      expect(snapshot(stage.emulator).find(({ id }) => id === idOf(step))).toEqual(before);
    },
  );
});

describeWith(['az', 'reference'], 'run.sh where az fails', { timeout: 200_000, concurrent: true }, () => {
  test('a refused change stops it at that step; the next run completes the work, whatever hiccup there is', async () => {
    const plan = planOfExample(shortestExample());
    const [, refused, later] = networkSteps(shortestExample());
    const stage = await stageFor(plan, worldBefore(plan));
    stage.emulator.failNext('PUT', pathOf(refused), 403, 'AuthorizationFailed', 'You may not do this.');
    const first = await runScript(stage.folder, stage.environment);
    expect(first.exitCode, first.stderr).not.toBe(0);
    expect(first.stderr).toContain('You may not do this.');
    expect(stage.emulator.changes().at(-1)).toMatchObject({ method: 'PUT', status: 403 });
    expect(first.stderr).not.toContain('Done.');

    stage.emulator.failNext('PUT', pathOf(later), 503, 'ServiceUnavailable', 'Come back in a moment.');
    const second = await runScript(stage.folder, stage.environment);
    expect(second.exitCode, second.stderr).toBe(0);
    expect(stage.emulator.log.filter(({ status }) => status === 503)).toHaveLength(1);
    expect(plan.steps.flatMap((step) => unmet(step, stage.emulator.resource(idOf(step))))).toEqual([]);
  });

  test.each(['storage', 'registry'])('a %s name that somebody else has stops it before anything is made', async (what) => {
    const plan = planOfExample('private-from-nothing');
    const type = what === 'storage' ? 'Microsoft.Storage/storageAccounts' : 'Microsoft.ContainerRegistry/registries';
    const stage = await stageFor(plan, { ...worldBefore(plan), taken: [`${type}/${String(settled(plan, `${what}.name`))}`] });
    const ran = await runScript(stage.folder, stage.environment);
    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toContain(`${what}.name needs another answer`);
    expect(stage.emulator.changes()).toEqual([]);
  });

  test.each([401, 403])('a look-up that is answered with %i creates nothing', async (status) => {
    const plan = planOfExample(shortestExample());
    const [step] = networkSteps(shortestExample());
    const stage = await stageFor(plan, worldBefore(plan));
    stage.emulator.failNext('GET', pathOf(step), status, 'AuthorizationFailed', 'You may not look.');
    const ran = await runScript(stage.folder, stage.environment);
    expect(ran.exitCode, ran.stderr).toBe(1);
    expect(ran.stderr).toContain('You may not look.');
    expect(ran.stderr).toContain(`az could not look up ${step === undefined ? '' : idOf(step)}`);
    expect(stage.emulator.changes()).toEqual([]);
  });
});

function expectLastCallLooksAt({ folder, emulator }: Stage, step: Step): void {
  expect(azCalls(folder).at(-1)).toEqual(expect.arrayContaining(['resource', 'show', idOf(step)]));
  const last = emulator.log.findLastIndex(({ method }) => method === 'GET');
  expect(emulator.log.slice(last + 1)).toEqual([]);
}

/** The resource as it is planned, but for one property that cannot be changed. */
function spoiled(step: Step, resource: JsonObject): JsonObject {
  const wants = step.wants.filter((want) => want.how === 'is' && placeOf(want) !== undefined);
  const [last] = wants.slice(-1);
  let made = resource;
  for (const want of wants)
    made = put(made, placeOf(want) ?? [], want === last ? other(typedValue(textOfWant(want))) : typedValue(textOfWant(want)));
  return made;
}

function other(value: Json): Json {
  if (typeof value === 'boolean') return !value;
  return typeof value === 'number' ? value + 1 : `${String(value)}-other`;
}

function pathOf(step: Step | undefined): RegExp {
  if (step === undefined) throw new Error('the shortest example makes too little in the network');
  return new RegExp(`^${idOf(step).replace(/[.()]/g, '\\$&')}$`, 'i');
}
