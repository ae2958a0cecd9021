import { describe, expect, it } from 'vitest';
import type { Plan, Step } from '../../src/core/plan.ts';
import { plan } from '../../src/core/plan.ts';
import { readWords, restoreWords } from '../../src/core/undo.ts';
import { type Word, wordText } from '../../src/core/words.ts';
import { problemLine, readCatalog } from '../../src/io/read-catalog.ts';
import { writeCatalog } from '../write-catalog.ts';
import { smallFiles } from './small-catalog.ts';

const kinds = `resource_group:
  {type: Microsoft.Resources/resourceGroups, api: "2024-03-01", label: group, id: "/subscriptions/\${subscription}/resourceGroups/\${name}", read: [],
   undo: "az group delete --name \${name} --yes", empty: {run: "az resource list --resource-group \${name} --output tsv", is: "", say: "\${name} is not empty."}}
vnet: {type: Microsoft.Network/virtualNetworks, api: "2024-05-01", label: network, serial: vnet, read: []}
subnet: {type: Microsoft.Network/virtualNetworks/subnets, api: "2024-05-01", label: subnet, parent: vnet, serial: vnet, whole: "2024-06-01", read: [],
  undo: "az network vnet subnet delete --name \${name} --vnet-name \${parent.name} --resource-group \${parent.group}"}
vault: {type: Microsoft.KeyVault/vaults, api: "2023-07-01", label: vault, soft_deleted: true, read: [],
  undo: "az keyvault delete --name \${name}", purge: "az keyvault delete --name \${name}\\naz keyvault purge --name \${name}", softly: "\${name} of \${group} stays for \${vnet.name}."}
role: {type: Microsoft.Authorization/roleAssignments, api: "2022-04-01", label: role, extension: true, serial: vnet, read: []}
pool: {type: Microsoft.Batch/pools, api: "2024-01-01", label: pool, read: [], kept: "A pool is never taken back; not even \${name}."}
`;
const group = '  - {id: rg, kind: resource_group, what: group, name: rg-1, create: make.az, facts: [known]}\n';
const network = '  - {id: vnet, kind: vnet, parent: rg, what: network, name: "${vnet.name}", create: make.az, facts: [known]}\n';
const templates = { 'make.az': 'az network vnet create --name x' };

async function planned(resources: string, more: Readonly<Record<string, string>> = {}): Promise<Plan> {
  const files = { ...smallFiles(`resources:\n${resources}`, { ...templates, ...more }), 'checklists/kinds.yaml': kinds };
  const { catalog, problems } = await readCatalog(await writeCatalog(files));
  if (!catalog || problems.length > 0) throw new Error(problems.map(problemLine).join('\n'));
  const made = plan(catalog, { subscription: 'sub-1', 'vnet.name': 'vnet-1' });
  if ('problems' in made) throw new Error(JSON.stringify(made.problems));
  return made;
}

const lines = (commands: readonly (readonly Word[])[] | undefined) => commands?.map((words) => words.map(wordText).join(' '));
const stepOf = ({ steps }: Plan, key: string) => steps.find((step) => step.key === key) as Step;
const root = '/subscriptions/sub-1/resourceGroups/rg-1';
const networkId = `${root}/providers/Microsoft.Network/virtualNetworks/vnet-1`;

describe('what takes a resource back', () => {
  it('is the words of its kind, which see the resource before answers of the same name, and what is looked at first', async () => {
    const subnet = '  - {id: inner, kind: subnet, parent: vnet, what: inner, name: inner-1, create: make.az, facts: [known]}\n';
    const made = await planned(group + network + subnet);
    expect(lines(stepOf(made, 'inner').undo?.words)).toEqual([
      'az network vnet subnet delete --name inner-1 --vnet-name vnet-1 --resource-group rg-1 --subscription sub-1',
    ]);
    const { undo } = stepOf(made, 'rg');
    expect(lines(undo?.words)).toEqual(['az group delete --name rg-1 --yes --subscription sub-1']);
    expect(lines(undo?.empty && [undo.empty.words])).toEqual(['az resource list --resource-group rg-1 --output tsv --subscription sub-1']);
    expect([undo?.empty?.is, undo?.empty?.say]).toEqual(['', 'rg-1 is not empty.']);
  });

  it('is the remove command of the catalog when the kind has none', async () => {
    const { undo } = stepOf(await planned(group + network), 'vnet');
    expect(undo?.purge).toEqual([]);
    expect(lines(undo?.words)).toEqual([`az resource delete --ids ${networkId} --api-version 2024-05-01 --subscription sub-1`]);
  });

  it('has other words for good, and a sentence about what stays without them', async () => {
    const vault = '  - {id: vault, kind: vault, parent: rg, what: vault, name: kv-1, create: make.az, facts: [known]}\n';
    const { undo } = stepOf(await planned(group + vault), 'vault');
    expect(lines(undo?.words)).toEqual(['az keyvault delete --name kv-1 --subscription sub-1']);
    expect(lines(undo?.purge)).toEqual([
      'az keyvault delete --name kv-1 --subscription sub-1',
      'az keyvault purge --name kv-1 --subscription sub-1',
    ]);
    expect(undo?.softly).toBe('kv-1 of rg-1 stays for vnet-1.');
  });

  it('is nothing for what is kept, with the reason', async () => {
    const own = ', kept: "Stays at ${vnet.name}."';
    const resources = `  - {id: one, kind: pool, parent: rg, what: pool, name: pool-1, create: make.az, facts: [known]}\n  - {id: two, kind: vnet, parent: rg, what: net, name: net-2, create: make.az, facts: [known]${own}}\n`;
    const made = await planned(group + resources);
    expect(stepOf(made, 'one').undo).toEqual({ words: [], purge: [], kept: 'A pool is never taken back; not even pool-1.' });
    expect(stepOf(made, 'two').undo).toEqual({ words: [], purge: [], kept: 'Stays at vnet-1.' });
    expect(stepOf(made, 'two').restorable).toBeUndefined();
  });

  it('is absent where nothing is made', async () => {
    const seen = '  - {id: seen, kind: vnet, parent: rg, what: net, name: net-2, make: "`false`", facts: [known]}\n';
    expect(stepOf(await planned(group + seen), 'seen').undo).toBeUndefined();
  });
});

describe('what writes a change back', () => {
  const changed = (more = '') =>
    `${group}${network}  - {id: inner, kind: subnet, parent: vnet, what: inner, name: inner-1, make: "\`false\`", update: make.az, facts: [known]${more}}\n`;

  it('reads and writes the whole resource, with the version that shows all of it and without what every call carries', async () => {
    const made = await planned(changed());
    const step = stepOf(made, 'inner');
    expect([step.undo, step.restorable, step.whole]).toEqual([undefined, undefined, '2024-06-01']);
    const id = `${networkId}/subnets/inner-1`;
    // The catalog of this test makes no exception for az rest.
    expect(lines([readWords(made.world, step), restoreWords(made.world, step, '/tmp/a.json')])).toEqual([
      `az rest --method get --url ${id}?api-version=2024-06-01 --subscription sub-1`,
      `az rest --method put --url ${id}?api-version=2024-06-01 --body @/tmp/a.json --subscription sub-1`,
    ]);
  });

  it('is not there for what is kept', async () => {
    const { undo, restorable } = stepOf(await planned(changed(', kept: It cannot be turned off again.')), 'inner');
    expect([undo, restorable]).toEqual([{ words: [], purge: [], kept: 'It cannot be turned off again.' }, false]);
  });
});

describe('what is written in turn', () => {
  it('has the id of the nearest of the kind that its kind names: itself, or above', async () => {
    const inside = `  - {id: inner, kind: subnet, parent: vnet, what: inner, name: Inner, create: make.az, facts: [known]}
  - {id: again, kind: subnet, parent: vnet, what: again, name: Inner, make: "\`false\`", update: make.az, after: [inner], facts: [known]}
  - {id: given, kind: role, parent: inner, what: role, name: r-1, create: make.az, facts: [known]}
`;
    const made = await planned(group + network + inside);
    expect(['rg', 'vnet', 'inner', 'again', 'given'].map((key) => stepOf(made, key).serial)).toEqual([
      undefined,
      networkId.toLowerCase(),
      networkId.toLowerCase(),
      networkId.toLowerCase(),
      networkId.toLowerCase(),
    ]);
  });

  it('is nothing that only looks, and nothing that has no such thing above it', async () => {
    const resources = `  - {id: seen, kind: vnet, parent: rg, what: net, name: net-2, make: "\`false\`", facts: [known]}
  - {id: given, kind: role, scope: "\${rg.id}", what: role, name: r-1, create: make.az, facts: [known]}
`;
    const made = await planned(group + resources);
    expect([stepOf(made, 'seen').serial, stepOf(made, 'given').serial]).toEqual([undefined, undefined]);
  });
});

describe('what takes an action back', () => {
  const action = (more: string) =>
    `${group}actions:\n  - {id: act, what: act, probe: probe.az, done: x, run: make.az, facts: [known], ${more}}\n`;
  const probe = { 'probe.az': 'az group exists --output tsv' };

  it('is the commands of its file, looked at first', async () => {
    const empty = 'empty: {run: "az vm list --resource-group ${rg.name} --output tsv", is: none, say: "In use by ${vnet.name}."}';
    const { undo } = stepOf(
      await planned(action(`undo: back.az, ${empty}`), { ...probe, 'back.az': 'az vm delete --name ${vnet.name}' }),
      'act',
    );
    expect(lines(undo?.words)).toEqual(['az vm delete --name vnet-1 --subscription sub-1']);
    expect([lines(undo?.empty && [undo.empty.words]), undo?.empty?.say]).toEqual([
      ['az vm list --resource-group rg-1 --output tsv --subscription sub-1'],
      'In use by vnet-1.',
    ]);
  });

  it('is nothing, with the reason, for what is kept', async () => {
    const { undo } = stepOf(await planned(action('kept: "Nothing was made for ${vnet.name}."'), probe), 'act');
    expect(undo).toEqual({ words: [], purge: [], kept: 'Nothing was made for vnet-1.' });
  });
});

describe('the linter', () => {
  const says = async (resources: string, own = kinds) => {
    const files = {
      ...smallFiles(resources, { ...templates, ...(resources.includes('probe.az') ? { 'probe.az': 'az group exists --output tsv' } : {}) }),
      'checklists/kinds.yaml': own,
    };
    return (await readCatalog(await writeCatalog(files))).problems.map((problem) => problemLine(problem).replace(/^\S+ /, ''));
  };
  const used = `resources:\n${group}${network}`;
  const action = (more: string) =>
    `${used}actions:\n  - {id: act, what: act, probe: probe.az, done: x, run: make.az, facts: [known]${more}}\n`;
  const kind = (more: string) => kinds.replace('label: network,', `label: network, ${more},`);

  it('finds nothing in what these tests use', async () => {
    expect(await says(used)).toEqual([]);
  });

  it.each([
    ['neither undo nor kept', action(''), 'say of «act» how it is taken back (undo:) or why it is not (kept:) (kept: Nothing was made.)'],
    ['both of them', action(', undo: make.az, kept: no'), 'give undo or kept, not both'],
    ['a file that is missing', action(', undo: bakc.az'), 'there is no file templates/small/bakc.az (did you mean make.az?)'],
    [
      'empty without undo',
      action(', kept: no, empty: {run: az vm list --output tsv, is: x, say: y}'),
      'empty is looked at before undo, and there is none',
    ],
    [
      'a look that prints nothing',
      action(', undo: make.az, empty: {run: az vm list, is: x, say: y}'),
      'az is kept quiet, so a look needs --output tsv',
    ],
    [
      'kept of what is only looked at',
      `${used}  - {id: seen, kind: vnet, parent: rg, what: net, name: n, make: "\`false\`", kept: no, facts: [known]}\n`,
      'nothing is made and nothing changed here, so there is nothing to take back',
    ],
  ])('%s', async (_name, resources, message) => {
    expect(await says(resources)).toEqual([message]);
  });

  it.each([
    ['a name that nothing has', kind('undo: "az vm delete --name ${nmae}"'), /«nmae»/],
    ['another part of the parent', kind('undo: "az vm delete --name ${parent.id}"'), /parent/],
    ['no command', kind('undo: vm delete'), /a command starts with az/],
    ['a subscription of its own', kind('purge: az vm delete --subscription x'), /--subscription is added by catalog.yaml/],
    ['words of what is kept', kind('kept: no, undo: az vm delete'), /what is kept has no «undo»/],
    ['soft deletion without a way out', kind('soft_deleted: true'), /what Azure only soft-deletes needs purge: and softly:/],
    ['an unknown fact', kind('undo_facts: [nothing-known]'), /there is no fact «nothing-known»/],
  ])('in a kind: %s', async (_name, own, message) => {
    const found = await says(used, own);
    expect(
      found.some((line) => message.test(line)),
      found.join('\n'),
    ).toBe(true);
  });
});
