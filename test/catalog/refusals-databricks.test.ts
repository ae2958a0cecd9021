import { expect, it } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { offeredOf } from '../../src/core/answers.ts';
import { answersGiven } from '../../src/core/given.ts';
import { attempt } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import type { Session } from '../../src/core/session.ts';
import { situationOf } from '../../src/core/walk.ts';

const catalog = await ownCatalog();
const example = 'databricks';

/** The answers of the example with some others, as a person would have given them. */
function sessionOf(changes: Readonly<Record<string, Json>>): Session {
  const given = { ...(catalog.examples[example]?.answers as Record<string, Json>), ...changes };
  const { answers, problems } = answersGiven(catalog, given);
  expect(problems).toEqual([]);
  return {
    answers: Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value, from: 'typed' as const }])),
    aside: {},
  };
}

/** What a wizard says when a person gives an answer: the reasons, and the facts that they rest on. */
function refusalOf(session: Session, key: string, value: Json): { says: string; facts: readonly string[] } {
  const { refused } = attempt(catalog, session, { type: 'answer', key, value });
  const situation = situationOf(catalog, Object.fromEntries(Object.entries(session.answers).map(([name, answer]) => [name, answer.value])));
  const asked = situation.asked.find((one) => one.key === key);
  const choice = asked ? offeredOf(situation, asked).find((one) => one.value === value && one.refused !== undefined) : undefined;
  return { says: refused.map(({ say }) => say).join(' '), facts: [...refused.flatMap(({ facts }) => facts), ...(choice?.facts ?? [])] };
}

const there = {
  'vnet.origin': 'existing',
  'names.vnet': 'vnet-shared',
  'network.group': 'rg-shared',
  'vnet.taken': ['10.72.1.0/24'],
  'endpoints.subnet_origin': 'new',
  'endpoints.prefix': '10.72.0.0/27',
  'dns.zones': 'here',
  'dns.own_servers': false,
  'databricks.subnet_origin': 'new',
  'databricks.private_prefix': '10.72.0.64/26',
};
const existing = { ...there, 'databricks.subnet_origin': 'existing', 'subnet.origin': 'new', 'subnet.prefix': '10.72.0.128/27' };
const firewall = { 'databricks.way_out': 'appliance' };
const cluster = { targets: ['compute-cluster', 'databricks'], clusters: [{ size: 'Standard_D4ds_v4' }], 'nodes.most': 4 };
const open = { 'endpoints.origin': 'none', 'subnet.prefix': '10.72.0.0/27', 'storage.access': 'service_endpoint' };

/** Answers besides, the wrong answer, and words of the reason. */
const wrong: [what: string, besides: Record<string, Json>, key: string, value: Json, says: RegExp][] = [
  ['a managed network for Databricks', {}, 'network.model', 'managed', /network of yours/],
  ['no network for Databricks', {}, 'network.model', 'none', /Kubernetes cluster/],
  ['command jobs on Databricks', {}, 'databricks.use', 'jobs', /only steps of pipelines/],
  ['an existing workspace in a new network', {}, 'databricks.origin', 'existing', /does not exist yet/],
  ['the Standard tier', {}, 'databricks.tier', 'standard', /2026-04-01/],
  ['a trial', {}, 'databricks.tier', 'trial', /Premium/],
  ['Private Link with public IPs', { 'databricks.no_public_ip': false }, 'databricks.private_link', true, /no public IPs/],
  ['a network that is too small', {}, 'vnet.prefixes', ['10.72.0.0/25'], /between \/16 and \/24/],
  ['a network that is too large', {}, 'vnet.prefixes', ['10.128.0.0/15'], /between \/16 and \/24/],
  ['more nodes than the network holds', {}, 'databricks.nodes', 4000, /no room for them/],
  ['a private subnet smaller than a /26', {}, 'databricks.private_prefix', '10.72.0.64/27', /\/26 at least/],
  ['a public subnet smaller than a /26', {}, 'databricks.public_prefix', '10.72.0.128/27', /\/26 at least/],
  ['a private subnet outside the network', {}, 'databricks.private_prefix', '10.99.0.0/26', /lie in the network/],
  ['a public subnet outside the network', {}, 'databricks.public_prefix', '10.99.0.0/26', /lie in the network/],
  ['Databricks in the subnet of the endpoints', {}, 'databricks.private_prefix', '10.72.0.0/26', /shares none/],
  ['Databricks in the training subnet', { ...cluster, ...open }, 'databricks.private_prefix', '10.72.0.0/26', /shares none/],
  ['Databricks in a subnet of others', there, 'databricks.public_prefix', '10.72.1.0/26', /shares none/],
  ['one block for both subnets', {}, 'databricks.public_prefix', '10.72.0.64/26', /block of its own/],
  ['fewer addresses than nodes', { 'databricks.nodes': 100 }, 'databricks.private_prefix', '10.72.2.0/26', /you plan 100/],
  ['fewer addresses than nodes in the other', { 'databricks.nodes': 100 }, 'databricks.public_prefix', '10.72.2.0/26', /you plan 100/],
  ['one name for both subnets', {}, 'databricks.public_name', 'databricks-private', /two subnets/],
  ['the name of the endpoint subnet', {}, 'databricks.private_name', 'snet-endpoints', /holds nothing else/],
  ['the training subnet for Databricks', { ...cluster, ...existing }, 'databricks.public_name', 'snet-training', /holds nothing else/],
  ['the NAT gateway of no training subnet', {}, 'databricks.way_out', 'nat_shared', /no NAT gateway/],
  ['default outbound access in a new network', {}, 'databricks.way_out', 'direct', /none any more/],
  ['the public address of a firewall', firewall, 'databricks.appliance', '203.0.113.4', /private address/],
  ['a firewall in a Databricks subnet', firewall, 'databricks.appliance', '10.72.0.70', /holds nothing else/],
  ['the name of another compute', cluster, 'databricks.compute_name', 'litwareml-cluster', /Another compute/],
];

it.each(wrong)('%s is refused while answering, with reason and source', (_what, besides, key, value, says) => {
  const refusal = refusalOf(sessionOf(besides), key, value);
  expect(refusal.says).toMatch(says);
  const pages = refusal.facts.flatMap((id) => catalog.facts[id]?.sources ?? []);
  expect(pages.filter(({ page }) => page !== '')).not.toEqual([]);
});

it('and the answers of the example itself are refused nowhere', () => {
  const session = sessionOf({});
  for (const [, , key] of wrong) {
    const answer = session.answers[key];
    if (answer) expect(attempt(catalog, session, { type: 'answer', key, value: answer.value }).refused).toEqual([]);
  }
});
