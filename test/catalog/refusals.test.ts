import { expect, it } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { offeredOf } from '../../src/core/answers.ts';
import { answersGiven } from '../../src/core/given.ts';
import { attempt } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import type { Session } from '../../src/core/session.ts';
import { situationOf } from '../../src/core/walk.ts';

const catalog = await ownCatalog();

/** The answers of an example with some others, as a person would have given them. */
function sessionOf(example: string, changes: Readonly<Record<string, Json>>): Session {
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

const nothing = 'private-from-nothing';
const shared = { 'dependencies.origin': 'existing', 'vault.origin': 'new', 'logs.origin': 'new' };
const ownRegistry = { ...shared, 'registry.origin': 'existing', 'registry.name': 'crshared', 'registry.tier': 'Premium' };
const ownStorage = { ...shared, 'registry.origin': 'new', 'storage.origin': 'existing', 'storage.name': 'stshared' };
const lake =
  '/subscriptions/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdata';
const open = { 'managed.mode': 'allow_internet_outbound', 'managed.rules': [{ type: 'private_endpoint', target: lake, part: 'dfs' }] };

/** Example, answers besides, the wrong answer, and words of the reason. */
const wrong: [what: string, example: string, besides: Record<string, Json>, key: string, value: Json, says: RegExp][] = [
  ['own subnet, workspace with a managed network', 'no-public-ip', {}, 'workspace.managed', true, /subnet of yours/],
  ['no public IP, no endpoint', 'compute-instance', {}, 'nodes.public_ip', false, /no private endpoint/],
  ['no public IP, out by public IP', nothing, {}, 'way_out.kind', 'direct', /no public IP/],
  ['a new subnet that has a way out', nothing, {}, 'way_out.kind', 'subnet_has', /A new subnet has none/],
  ['a NAT gateway into a subnet of others', 'existing-subnet', {}, 'way_out.kind', 'nat_new', /everything in the subnet/],
  ['an appliance for a subnet of others', 'existing-subnet', {}, 'way_out.kind', 'appliance', /routes of everything/],
  ['an NSG for a subnet of others', 'existing-subnet', {}, 'nsg.origin', 'new', /rules for everything/],
  ['Basic registry with endpoint', 'existing-hub-dns', {}, 'registry.tier', 'Basic', /no private endpoint/],
  ['Standard registry with endpoint', 'existing-hub-dns', {}, 'registry.tier', 'Standard', /no private endpoint/],
  ['registry without admin user', nothing, ownRegistry, 'registry.admin', false, /admin user/],
  ['Data Lake as default storage', nothing, ownStorage, 'storage.hns', true, /refuses it as the default/],
  ['Premium default storage', nothing, ownStorage, 'storage.premium', true, /Premium account/],
  ['service endpoint beside private endpoints', nothing, {}, 'storage.access', 'service_endpoint', /one kind/],
  ['public storage beside private endpoints', nothing, {}, 'storage.access', 'public', /closes the storage account/],
  ['a new workspace that has an endpoint', nothing, {}, 'endpoints.origin', 'existing', /new workspace has none/],
  ['endpoints in the training subnet', nothing, {}, 'endpoints.prefix', '10.64.0.0/27', /Another subnet/],
  ['endpoints outside the network', nothing, {}, 'endpoints.prefix', '10.99.0.0/27', /lie in the network/],
  ['too few addresses for the endpoints', nothing, {}, 'endpoints.prefix', '10.64.0.32/29', /endpoints take/],
  ['a training subnet without room for endpoints', nothing, {}, 'subnet.prefix', '10.64.0.0/20', /for the private endpoints/],
  ['a subnet that is too small', nothing, {}, 'subnet.prefix', '10.64.0.0/29', /Take a/],
  ['a subnet outside the network', nothing, {}, 'subnet.prefix', '10.200.0.0/27', /lie in the network/],
  ['a network over on-premises blocks', nothing, {}, 'vnet.prefixes', ['10.1.0.0/16'], /used elsewhere/],
  ["a network over Docker's block", nothing, {}, 'vnet.prefixes', ['172.17.0.0/20'], /Docker/],
  ['a network of reserved addresses', nothing, {}, 'vnet.prefixes', ['169.254.0.0/20'], /for itself/],
  ['more nodes than the network holds', nothing, {}, 'nodes.most', 60000, /no free block/],
  ['subnets outside of their network', 'forced-tunnel-nat', {}, 'vnet.taken', ['10.9.0.0/26'], /lie in their network/],
  ['the public address of a firewall', 'forced-tunnel-routes', {}, 'appliance.address', '203.0.113.4', /private address/],
  ['a firewall in the training subnet', 'forced-tunnel-routes', {}, 'appliance.address', '10.120.0.70', /training subnet/],
  ['a hub that is the group of the network', 'existing-hub-dns', {}, 'dns.hub_group', groupOf('existing-hub-dns'), /group of the network/],
  [
    'private addresses on the public list',
    nothing,
    { 'people.access': 'allow_list' },
    'people.addresses',
    ['10.0.0.0/24'],
    /private addresses/,
  ],
  ['half the internet on the public list', nothing, { 'people.access': 'allow_list' }, 'people.addresses', ['128.0.0.0/2'], /large block/],
  ['a managed network just to try', 'managed-approved-only', {}, 'managed.sure', false, /network of your own/],
  ['a host rule where the internet is open', 'managed-approved-only', open, 'managed.rules.0.type', 'fqdn', /internet is open/],
  ['a tag rule where the internet is open', 'managed-approved-only', open, 'managed.rules.0.type', 'service_tag', /internet is open/],
  ['a host rule to storage', 'managed-approved-only', {}, 'managed.rules.0.host', 'st.blob.core.windows.net', /Host names of storage/],
  ['image builds on GPU nodes alone', nothing, { clusters: [{ size: 'Standard_NC4as_T4_v3' }] }, 'builds.here', true, /CPU/],
  ['a retired VM size', nothing, {}, 'clusters.0.size', 'Standard_NC6', /retired/],
  ['more nodes than addresses', nothing, {}, 'clusters.0.max_nodes', 200, /addresses for nodes/],
  ['a delegated subnet', 'existing-subnet', {}, 'subnet.delegated', true, /delegated/],
];

function groupOf(example: string): string {
  const answers = catalog.examples[example]?.answers ?? {};
  return `/subscriptions/${String(answers['subscription'])}/resourceGroups/${String(answers['network.group'])}`;
}

it.each(wrong)('%s is refused while answering, with reason and source', (_what, example, besides, key, value, says) => {
  const refusal = refusalOf(sessionOf(example, besides), key, value);
  expect(refusal.says).toMatch(says);
  const pages = refusal.facts.flatMap((id) => catalog.facts[id]?.sources ?? []);
  expect(pages.filter(({ page }) => page !== '')).not.toEqual([]);
});

it('and the answers of the examples themselves are refused nowhere', () => {
  for (const [, example, , key] of wrong) {
    const session = sessionOf(example, {});
    const answer = session.answers[key];
    if (answer) expect(attempt(catalog, session, { type: 'answer', key, value: answer.value }).refused).toEqual([]);
  }
});
