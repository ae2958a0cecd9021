import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { plan, type Step } from '../../src/core/plan.ts';
import { formats, render } from '../../src/core/render.ts';
import { wordText } from '../../src/core/words.ts';
import { smallCatalog, smallPlan } from './small-catalog.ts';

const group = (id: string, name: string, more = '') =>
  `  - {id: ${id}, kind: resource_group, what: group ${id}, name: "${name}", facts: [known]${more}}\n`;
const network = (id: string, parent: string, name: string, more = '') =>
  `  - {id: ${id}, kind: vnet, parent: ${parent}, what: network ${id}, name: "${name}", facts: [known]${more}}\n`;
const looked = ', make: "`false`"';
const makeGroup = { 'group.az': 'az group create --name x', 'vnet.az': 'az network vnet create --name ${vnet.name}' };
const makeNetwork = { 'vnet.az': 'az network vnet create --name x' };
const shown = (steps: readonly Step[]) => steps.map(({ key, type }) => `${type} ${key}`);
const files = (of: Parameters<typeof render>[0]) => Object.fromEntries(render(of, formats, '0').map(({ path, text }) => [path, text]));

describe('look-ups of one resource', () => {
  it('become one with the step that makes it', async () => {
    const resources = `resources:\n${group('seen', 'rg', looked)}${group('made', 'rg', ', create: group.az')}${network('vnet', 'seen', '${vnet.name}', ', create: vnet.az')}`;
    const { steps } = smallPlan(await smallCatalog(resources, makeGroup));
    expect(shown(steps)).toEqual(['ensure made', 'ensure vnet']);
    expect(steps[1]?.after).toEqual(['made']);
  });

  it('keep a step of their own for their outputs', async () => {
    const read = 'az network vnet create --name ${vnet.name} --tags ${seen.place}';
    const outputs = `${looked}, outputs: {place: location}`;
    const resources = `resources:\n${group('seen', 'rg', outputs)}${group('other', 'rg', looked)}${network('vnet', 'other', '${vnet.name}', ', create: vnet.az')}`;
    const made = smallPlan(await smallCatalog(resources, { 'vnet.az': read }));
    expect(shown(made.steps)).toEqual(['require seen', 'ensure vnet']);
    expect(files(made)['run.sh']).toMatch(/^SEEN_PLACE=\$\(/m);
  });

  it('stay look-ups when something that must exist lives in the group', async () => {
    const resources = `resources:\n${group('made', 'rg', ', create: group.az')}${group('seen', 'rg', looked)}${network('old', 'seen', 'old-1', looked)}${network('vnet', 'made', '${vnet.name}', ', create: vnet.az')}`;
    const made = smallPlan(await smallCatalog(resources, makeGroup));
    expect(shown(made.steps)).toEqual(['require made', 'require old', 'ensure vnet']);
    expect(made.steps[0]?.create).toEqual([]);
  });

  it('do not hold a group fast when the plan makes what lives in it', async () => {
    const again = network('again', 'seen', '${vnet.name}', `${looked}, after: [vnet], same: {location: here}`);
    const resources = `resources:\n${group('made', 'rg', ', create: group.az')}${group('seen', 'rg', looked)}${network('vnet', 'seen', '${vnet.name}', ', create: vnet.az')}${again}`;
    expect(shown(smallPlan(await smallCatalog(resources, makeGroup)).steps)).toEqual(['ensure made', 'ensure vnet', 'require again']);
  });
});

describe('what a step waits for', () => {
  it('is also what a list must hold, and what the path of a wanted value names', async () => {
    const same = ', same: {"tags.${second.name}": x, properties.ids: {includes: "${third.id}"}}';
    const resources = `resources:\n${group('rg', 'rg', looked)}${network('vnet', 'rg', '${vnet.name}', `, create: vnet.az${same}`)}${network('second', 'rg', 'v-2', ', create: vnet.az')}${network('third', 'rg', 'v-3', ', create: vnet.az')}`;
    const { steps } = smallPlan(await smallCatalog(resources, makeNetwork));
    expect(shown(steps)).toEqual(['require rg', 'ensure second', 'ensure third', 'ensure vnet']);
  });

  const action = `actions:
  - {id: provider, what: the provider, probe: probe.az, done: Registered, run: run.az, kept: Nothing was made., facts: [known]}
`;
  const templates = { ...makeGroup, 'probe.az': 'az provider show --query state --output tsv', 'run.az': 'az provider register' };

  it('may be an action, which the guide shows with its probe', async () => {
    const resources = `resources:\n${group('rg', 'rg', ', create: group.az, after: [provider]')}${network('vnet', 'rg', '${vnet.name}', ', create: vnet.az')}${action}`;
    const made = smallPlan(await smallCatalog(resources, templates));
    expect(shown(made.steps)).toEqual(['action provider', 'ensure rg', 'ensure vnet']);
    expect(files(made)['guide.md']).toMatch(
      /Done when this prints `Registered`:\n\n```bash\naz provider show [^`]*```\n\nElse:\n\n```bash\naz provider register/,
    );
  });
});

describe('resources that repeat', () => {
  const rows = `  - id: nets
    kind: group
    ask: Which?
    label: nets
    noun: net
    max: 3
    fields: [{id: name, kind: text, format: name, ask: Name?, label: name}]
`;

  it('give each child the parent of its own row', async () => {
    const vnet = network('net', 'rg', '${row.name}', ', each: nets, create: net.az');
    const subnet = '  - {id: inner, kind: subnet, parent: net, what: inner, name: default, each: nets, create: net.az, facts: [known]}\n';
    const catalog = await smallCatalog(`${rows}resources:\n${group('rg', '${vnet.name}', looked)}${vnet}${subnet}`, {
      'net.az': 'az network vnet create --name ${row.name}',
    });
    const made = smallPlan(catalog, { 'nets.0.name': 'a', 'nets.0.more': true, 'nets.1.name': 'b', 'nets.1.more': false });
    const inner = made.steps.filter(({ key }) => key.startsWith('inner/'));
    expect(inner.map(({ key, id }) => [key, wordText(id ?? [])?.replace(/.*virtualNetworks/, '')])).toEqual([
      ['inner/default', '/a/subnets/default'],
      ['inner/1', '/b/subnets/default'],
    ]);
  });
});

describe('files', () => {
  const file = (path: string) =>
    `  - {path: ${path}, format: yml, data: {flag: "off", date: "2024-01-01"}, what: file ${path}, facts: [known]}\n`;
  const resources = `resources:\n${group('rg', '${vnet.name}', looked)}`;

  it('must not have one path, in whatever case', async () => {
    const catalog = await smallCatalog(`${resources}files:\n${file('Train.yml')}${file('train.yml')}`);
    expect(plan(catalog, { subscription: 'sub-1', 'vnet.name': 'vnet-1' })).toMatchObject({
      problems: [{ say: '«file Train.yml» and «file train.yml» would be written to one file, train.yml. Choose different names.' }],
    });
  });

  it('are YAML that readers of 1.1 read right too', async () => {
    const text = files(smallPlan(await smallCatalog(`${resources}files:\n${file('a.yml')}`)))['a.yml'] ?? '';
    expect(text).toBe('flag: "off"\ndate: "2024-01-01"\n');
    expect(parse(text, { version: '1.1' })).toEqual({ flag: 'off', date: '2024-01-01' });
  });
});

describe('scripts', () => {
  it('use one variable for one id', async () => {
    const resources = `resources:\n${group('first', 'rg', looked)}${group('second', 'rg', looked)}${network('vnet', 'second', '${vnet.name}', ', create: vnet.az')}`;
    const script = files(smallPlan(await smallCatalog(resources, makeNetwork)))['run.sh'] ?? '';
    expect(script).toContain('FIRST_ID=');
    expect(script).not.toContain('SECOND_ID');
  });

  it('are not written when two values would share a variable', async () => {
    const made = smallPlan(await smallCatalog(`resources:\n${group('rg', '${vnet.name}', looked)}`));
    const words = [[{ name: 'a.b', value: '1' }], [{ name: 'a_b', value: '2' }]];
    const steps = made.steps.map((step) => ({ ...step, create: [words] }));
    expect(() => files({ ...made, steps })).toThrow('the variable A_B of a script would hold 1 and 2');
  });

  it('say what is missing: as the catalog says it, or that it does not exist and what to do', async () => {
    const texts = [', missing: Make it first., say: Mend it.', ', say: Mend it.', ''];
    const steps = texts.map((text, index) => group(`g_${index}`, `rg-${index}`, looked + text)).join('');
    const made = smallPlan(await smallCatalog(`resources:\n${steps}${network('vnet', 'g_0', '${vnet.name}', looked)}`));
    const stops = ["stop 'Make it first.'", "stop 'It does not exist. Mend it.'", "stop 'It does not exist.'"];
    for (const stop of stops) expect(files(made)['run.sh']).toContain(stop);
    expect(files(made)['run.ps1']).toContain("Stop-Run 'It does not exist. Mend it.'");
  });
});
