import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import type { Move } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import { emptySession, valuesIn } from '../../src/core/session.ts';
import { viewOf } from '../../src/core/view.ts';
import { headlessUi } from '../../src/ui/headless.ts';
import { converse } from '../../src/ui/loop.ts';
import { contractCatalog } from './contract-catalog.ts';
import { type Drive, driveHeadless, drivePlain, expected, ink } from './drivers.ts';

const answer = (key: string, value: Json): Move => ({ type: 'answer', key, value });
const jump = (key: string): Move => ({ type: 'jump', key });
const [back, defaults]: readonly Move[] = [{ type: 'back' }, { type: 'defaults' }];

const start = [
  answer('project', 'contoso-ml'),
  answer('region', 'koreacentral'),
  answer('targets', ['compute-cluster', 'compute-instance']),
];
const network = [
  answer('vnet.origin', 'existing'),
  answer('vnet.name', 'vnet-hub'),
  answer('vnet.group', 'rg-hub'),
  answer('vnet.prefixes', ['10.1.0.0/16', '10.9.0.0/20']),
  answer('vnet.avoid', ['10.1.0.0/24']),
  answer('subnet.prefix', '10.1.1.0/27'),
  answer('public_ip', false),
  answer('way_out', 'firewall'),
];
const clusters = [
  answer('clusters.0.name', 'cpu'),
  answer('clusters.0.size', 'large'),
  answer('clusters.0.nodes', 3),
  answer('clusters.0.spot', true),
  answer('clusters.0.more', true),
  answer('clusters.1.name', 'gpu'),
  answer('clusters.1.size', 'gpu'),
  answer('clusters.1.nodes', 2),
  answer('clusters.1.more', false),
];
const rest = [
  answer('instance.owner', 'Kim Sørensen'),
  answer('instance.idle', 30),
  answer('tags', { team: 'ml', 'cost center': '47=11' }),
  answer('hosts', ['pypi.org', 'conda.io']),
  answer('remark', null),
];

const scenarios: Readonly<Record<string, readonly Move[]>> = {
  'every kind of answer': [...start, ...network, ...clusters, ...rest],
  'defaults, section by section': [
    start[0]!,
    defaults!,
    start[2]!,
    defaults!,
    answer('way_out', 'nat'),
    defaults!,
    answer('instance.owner', 'kim'),
    defaults!,
    defaults!,
  ],
  'back, and another answer': [
    start[0]!,
    back!,
    answer('project', 'other-ml'),
    start[1]!,
    back!,
    back!,
    answer('project', 'third-ml'),
    start[2]!,
    ...network,
    ...clusters,
    ...rest,
  ],
  'back, and the same answer': [...start, back!, start[2]!, ...network, back!, network.at(-1)!, ...clusters, ...rest],
  'a jump that makes defaults follow': [
    ...start,
    answer('vnet.origin', 'new'),
    answer('vnet.name', 'vnet-contosoml'),
    jump('project'),
    answer('project', 'fabrikam'),
    answer('vnet.group', 'rg-hub'),
    answer('vnet.prefixes', ['10.1.0.0/16']),
    answer('vnet.avoid', []),
    answer('subnet.prefix', '10.1.0.0/27'),
    ...network.slice(6),
    ...clusters,
    ...rest,
  ],
  'refused values change nothing': [
    answer('project', 'Not A Name'),
    answer('project', '😀'),
    start[0]!,
    answer('region', 'atlantis'),
    answer('region', 'koreacentral'),
    start[2]!,
    ...network.slice(0, 3),
    answer('vnet.prefixes', ['10.1.0.0/33']),
    answer('vnet.prefixes', ['10.1.0.0/16', '10.9.0.0/20']),
    network[4]!,
    answer('subnet.prefix', '10.1.0.0/27'),
    answer('subnet.prefix', '10.2.0.0/27'),
    network[5]!,
    answer('public_ip', 'maybe'),
    ...network.slice(6),
    answer('clusters.0.name', '@file'),
    ...clusters,
    ...rest,
  ],
  'a row is taken back': [...start, ...network, ...clusters, jump('clusters.0.more'), answer('clusters.0.more', false), ...rest],
  'a topic is set aside and comes back': [
    ...start,
    ...network,
    ...clusters,
    rest[0]!,
    jump('targets'),
    answer('targets', ['compute-cluster']),
    jump('targets'),
    answer('targets', ['compute-cluster', 'compute-instance']),
    ...rest.slice(1),
  ],
  'a pasted id answers two questions': [
    ...start,
    network[0]!,
    answer(
      'vnet.name',
      '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-pasted/providers/Microsoft.Network/virtualNetworks/vnet-pasted',
    ),
    ...network.slice(3),
    ...clusters,
    ...rest,
  ],
  'an answer that a later one makes wrong is asked again': [
    ...start,
    ...network.slice(0, 5),
    answer('subnet.prefix', '10.1.1.0/29'),
    ...network.slice(6),
    ...clusters.slice(0, 2),
    answer('clusters.0.nodes', 10),
    answer('clusters.0.spot', false),
    answer('clusters.0.more', false),
    answer('subnet.prefix', '10.1.2.0/26'),
    ...rest,
  ],
};

const drivers: Readonly<Record<string, Drive>> = { plain: drivePlain, ...(ink ? { ink } : {}) };

describe.each(Object.entries(scenarios))('%s', (_name, moves) => {
  const wanted = expected(contractCatalog, moves);

  test('answers every question', () => {
    expect(viewOf(contractCatalog, wanted).ask?.key).toBeUndefined();
  });

  test.each(Object.entries(drivers))('%s gives the same session', async (_driver, drive) => {
    expect(await drive(contractCatalog, moves)).toEqual(wanted);
  });

  // Headless never asks what does not apply, so it sets nothing aside; answers come from `file` where a person typed them.
  test('headless gives the same answers', async () => {
    const session = await driveHeadless(contractCatalog, moves);
    expect(valuesIn(session)).toEqual(valuesIn(wanted));
    for (const [key, { from }] of Object.entries(session.answers)) expect(['file', 'default'], key).toContain(from);
  });
});

test.runIf(ink)('the Ink wizard takes part', () => expect(drivers).toHaveProperty('ink'));

test.each([
  ['project', 'Not A Name'],
  ['region', 'atlantis'],
  ['targets', ['compute-car']],
  ['vnet.prefixes', ['10.1.0.0/33']],
  ['subnet.prefix', '10.2.0.0/27'],
  ['public_ip', 'maybe'],
  ['clusters.0.nodes', 101],
  ['clusters.0.name', 'x'.repeat(10_000)],
] as const)('headless refuses a wrong %s and says where it stands', async (key, wrong) => {
  const given = { ...valuesIn(expected(contractCatalog, scenarios['every kind of answer']!)), [key]: wrong };
  const ui = headlessUi(given, () => 'answers.yaml:7:1', false);
  const failure = await converse(
    contractCatalog,
    emptySession,
    ui,
    () => 'contract',
    async () => undefined,
  ).catch((cause: unknown) => cause);
  expect(failure).toBeInstanceOf(UserError);
  expect((failure as UserError).complaints[0]?.where).toBe(`answers.yaml:7:1: ${key}`);
});
