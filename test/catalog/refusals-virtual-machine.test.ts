import { expect, it } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { attempt } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import { refusalOf, sessionOf } from './refusal.ts';

const catalog = await ownCatalog();
const example = 'virtual-machine';

const existing = {
  'machine.origin': 'existing',
  'machine.name': 'vm-old',
  'machine.group': 'rg-old',
  'machine.ubuntu': true,
  'machine.public_ip': true,
  'machine.user': 'anna',
  'machine.attached': false,
};
const sharedNetwork = {
  'vnet.origin': 'existing',
  'names.vnet': 'vnet-old',
  'vnet.taken': ['10.64.0.0/28'],
  'machine.prefix': '10.64.0.16/28',
};
const withCluster = { targets: ['compute-cluster', 'virtual-machine'] };

/** Answers besides those of the example, the wrong answer, and words of the reason. */
const wrong: [what: string, besides: Record<string, Json>, key: string, value: Json, says: RegExp][] = [
  ['a managed network', {}, 'network.model', 'managed', /Attached machines .* not supported/],
  ['a workspace with a managed network', {}, 'workspace.managed', true, /attached machines/],
  ['a new machine without public IP', {}, 'machine.public_ip', false, /public address/],
  ['an old machine without public IP', existing, 'machine.public_ip', false, /compute instance/],
  ['a machine without Ubuntu', existing, 'machine.ubuntu', false, /Ubuntu alone/],
  ['a machine that is attached already', existing, 'machine.attached', true, /second attachment/],
  ['a password instead of a key', {}, 'machine.sign_in', 'password', /recommends keys/],
  ['a retired size with K80', {}, 'machine.size', 'Standard_NC6', /retired since/],
  ['a retired size with V100', {}, 'machine.size', 'standard_nc6s_v3', /retired since/],
  ['the account root', {}, 'machine.user', 'root', /Azure refuses root/],
  ['the account admin', {}, 'machine.user', 'admin', /Azure refuses admin/],
  ['a private key as the public one', {}, 'machine.public_key', '~/.ssh/id_rsa', /ends in \.pub/],
  ['a public key as the private one', {}, 'machine.private_key', '/home/anna/.ssh/id_rsa.pub', /public key/],
  ['a block outside of the network', sharedNetwork, 'machine.prefix', '10.99.0.0/28', /lie in the network/],
  ['a block of another subnet', sharedNetwork, 'machine.prefix', '10.64.0.0/28', /Another subnet/],
  ['a block that is too small', sharedNetwork, 'machine.prefix', '10.64.0.16/30', /\/29 at the smallest/],
  ['the subnet of the clusters', withCluster, 'machine.subnet', 'snet-training', /subnet of its own/],
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

it('a path of a private key has to be absolute, as the extension does not know ~', () => {
  expect(catalog.formats['key_file']?.say).toMatch(/~ is not enough/);
  expect('~/.ssh/id_rsa').not.toMatch(new RegExp(`^(?:${catalog.formats['key_file']?.pattern})$`, 'v'));
  expect('~/.ssh/id_rsa.pub').toMatch(new RegExp(`^(?:${catalog.formats['secret_file']?.pattern})$`, 'v'));
  expect('C:\\keys\\id_rsa').toMatch(new RegExp(`^(?:${catalog.formats['key_file']?.pattern})$`, 'v'));
});
