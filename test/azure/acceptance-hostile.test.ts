import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { azInterprets } from '../../src/core/quote.ts';
import { readCatalog } from '../../src/io/read-catalog.ts';
import { writeCatalog } from '../write-catalog.ts';
import { examplesWithSubnet, shortestExample } from './acceptance/cases.ts';
import { someOf } from './acceptance/chosen.ts';
import { stretched } from './acceptance/hostile.ts';
import { clearStages, stageFor, travel } from './acceptance/journey.ts';
import { catalog, idOf, planOfAnswers, planOfExample } from './acceptance/planned.ts';
import { runScript } from './acceptance/run.ts';
import { bareWorldBefore } from './acceptance/seed.ts';
import { tagsCatalog } from './acceptance/tags-catalog.ts';
import { unmet } from './acceptance/wants.ts';
import { defaults } from './emulator/emulator.ts';
import type { Json } from './emulator/json.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

const tags = {
  company: 'Müller & Söhne',
  'place-1_a': '東京 🚂 naïve',
  quotes: `it's "quoted" and \`ticked\``,
  dollar: '$HOME $(id) ${x} !!',
  backslash: 'C:\\temp\\n',
  equals: 'a=b=c',
  inner: '  two  spaces  inside',
  tab: 'one\ttwo',
  long: 'x'.repeat(256),
};

/** Newer commands of az take such a name for a path, and refuse an empty value and a line break; older ones take all as it is. */
const oddTags = { 'cost centre': 'x', Straße: 'y', 'a.b': 'z', "it's": '1', empty: '', lines: 'first\nsecond' };

const frames = Object.fromEntries(['frames/run.sh', 'frames/run.ps1'].map((path) => [`templates/${path}`, catalog.templates[path] ?? '']));

describeWith(['az', 'reference'], 'odd but allowed answers and worlds through the real az', { timeout: 200_000, concurrent: true }, () => {
  test('the longest and oddest names arrive as they are, and are found again', async () => {
    const answers = catalog.examples[shortestExample()]?.answers as Record<string, Json>;
    const plan = planOfAnswers(catalog, stretched(answers));
    const { emulator, first, second, changed } = await travel(plan);
    expect(first.exitCode, first.stderr).toBe(0);
    expect(plan.steps.filter(({ id }) => id !== undefined).flatMap((step) => unmet(step, emulator.resource(idOf(step))))).toEqual([]);
    const names = new Set([...emulator.resources().values()].map(({ id }) => id));
    const tops = plan.steps.map(idOf).filter((id) => !/\/(subnets|securityRules)\//.test(id));
    expect(tops.filter((id) => !names.has(id))).toEqual([]);
    expect(second.exitCode, second.stderr).toBe(0);
    expect(changed).toEqual([]);
  });

  test.each(someOf(examplesWithSubnet()))('%s: what exists may be bare, without any rule and endpoint', async (example) => {
    const plan = planOfExample(example);
    const { emulator, first, second, changed } = await travel(plan, bareWorldBefore(plan));
    expect(first.exitCode, first.stderr).toBe(0);
    expect(plan.steps.filter(({ id }) => id !== undefined).flatMap((step) => unmet(step, emulator.resource(idOf(step))))).toEqual([]);
    expect(second.exitCode, second.stderr).toBe(0);
    expect(changed).toEqual([]);
  });

  test('texts of every kind arrive byte for byte, and are found again', async () => {
    expect(Object.entries(tags).flatMap(([key, value]) => azInterprets(`${key}=${value}`) ?? [])).toEqual([]);
    const folder = await writeCatalog({ ...tagsCatalog, ...frames });
    const { catalog: read, problems } = await readCatalog(folder);
    rmSync(folder, { recursive: true, force: true });
    expect(problems).toEqual([]);
    const note = `ça coûte 5 € & "it's" $(id) \\ 🚂`;
    const plan = planOfAnswers(read ?? catalog, {
      subscription: defaults.subscription,
      group: 'rg',
      note,
      plain_tags: tags,
      odd_tags: oddTags,
    });
    const stage = await stageFor(plan, {});
    const first = await runScript(stage.folder, stage.environment);
    expect(first.exitCode, first.stderr).toBe(0);
    const held = plan.steps.map((step) => stage.emulator.resource(idOf(step))?.tags);
    expect(held).toEqual([
      { ...tags, note, ...oddTags },
      { ...tags, note },
    ]);
    const done = stage.emulator.changes().length;
    const second = await runScript(stage.folder, stage.environment);
    expect(second.exitCode, second.stderr).toBe(0);
    expect(stage.emulator.changes().slice(done)).toEqual([]);
  });
});
