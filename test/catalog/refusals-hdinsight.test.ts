import { expect, it } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { attempt } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import { refusalOf, sessionOf } from './refusal.ts';

const catalog = await ownCatalog();
const example = 'hdinsight';

const existing = {
  'hdinsight.origin': 'existing',
  'hdinsight.name': 'hdi-old',
  'hdinsight.group': 'rg-old',
  'hdinsight.public_ssh': true,
  'hdinsight.attached': false,
};
const sharedNetwork = {
  'vnet.origin': 'existing',
  'names.vnet': 'vnet-old',
  'network.group': 'rg-old',
  'vnet.taken': ['10.64.0.0/27'],
  'hdinsight.prefix': '10.64.0.32/27',
};
const withMachine = {
  targets: ['virtual-machine', 'hdinsight'],
  'machine.origin': 'new',
  'machine.private_key': '/home/anna/.ssh/id_rsa',
};
const withWorkspace = {
  targets: ['compute-cluster', 'hdinsight'],
  'storage.name': 'stfabrikamml',
  'storage.group': 'rg-fabrikam-ml',
};

/** Answers besides those of the example, the wrong answer, and words of the reason. */
const wrong: [what: string, besides: Record<string, Json>, key: string, value: Json, says: RegExp][] = [
  ['a managed network', {}, 'network.model', 'managed', /HDInsight live in a network of yours/],
  ['training jobs', {}, 'hdinsight.use', 'jobs', /compute cluster/],
  ['a cluster that calls out itself, to be attached', {}, 'hdinsight.connection', 'Outbound', /no public SSH address/],
  [
    'tags of a region that nobody lists',
    { region: 'swedencentral', 'hdinsight.tags': 'global' },
    'hdinsight.tags',
    'regional',
    /does not name Sweden Central/,
  ],
  ['an old cluster without public SSH', existing, 'hdinsight.public_ssh', false, /public SSH address alone/],
  ['a cluster that is attached already', existing, 'hdinsight.attached', true, /second attachment/],
  ['a retired size', {}, 'hdinsight.size', 'Standard_A3', /retired since/],
  ['a login password that may become its path', {}, 'hdinsight.http_file', '~/secrets/login2', /path without digits/],
  ['an SSH password that may become its path', {}, 'hdinsight.ssh_file', '/home/user1/ssh', /path without digits/],
  ['one file for both passwords', {}, 'hdinsight.ssh_file', '~/secrets/hdinsight-login', /another file/],
  ['a public key as password', {}, 'hdinsight.ssh_file', '~/.ssh/key.pub', /public key/],
  ['the account admin for SSH', {}, 'hdinsight.ssh_user', 'admin', /cluster login is called admin/],
  ['the storage account of the workspace', withWorkspace, 'hdinsight.storage', 'stfabrikamml', /storage account of the workspace/],
  ['a block outside of the network', {}, 'hdinsight.prefix', '10.99.0.0/27', /lie in the network/],
  ['a block of another subnet', sharedNetwork, 'hdinsight.prefix', '10.64.0.0/27', /Another subnet/],
  ['a block that is too small', {}, 'hdinsight.prefix', '10.64.0.0/29', /addresses for nodes/],
  ['the subnet of the machine', withMachine, 'hdinsight.subnet', 'snet-machine', /subnet of its own/],
  ['the name of the attached machine', withMachine, 'hdinsight.compute', 'fabrikamspark-vm', /that name/],
];

it.each(wrong)('%s is refused while answering, with reason and source', (_what, besides, key, value, says) => {
  const refusal = refusalOf(catalog, sessionOf(catalog, example, besides), key, value);
  expect(refusal.says).toMatch(says);
  const pages = refusal.facts.flatMap((id) => catalog.facts[id]?.sources ?? []);
  expect(pages.filter(({ page }) => page !== '')).not.toEqual([]);
});

it('and the answers of the example itself are refused nowhere', () => {
  for (const [, besides, key] of wrong) {
    const session = sessionOf(catalog, example, besides);
    const answer = session.answers[key];
    if (answer) expect(attempt(catalog, session, { type: 'answer', key, value: answer.value }).refused).toEqual([]);
  }
});
