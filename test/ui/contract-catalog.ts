import type { Catalog } from '../../src/core/catalog.ts';
import type { Fact, Topic } from '../../src/core/schema.ts';

/** A made-up catalog with every kind of question and every device of the language, for the laws that all front ends and the core keep. */
export const contractCatalog: Catalog = catalogOf([start(), network(), cluster(), instance(), closing()]);

/** A catalog of any topics with the manifest, formats, tables and facts of the contract. */
export function catalogOf(topics: readonly Topic[]): Catalog {
  return {
    manifest: {
      version: 'contract-1',
      checked: '2026-01-15',
      programs: ['az'],
      every_call: { words: '--only-show-errors', except: [] },
      probe: 'az resource show --ids ${id} --api-version ${api}',
      remove: 'az resource delete --ids ${id} --api-version ${api}',
      read: 'az rest --method get --url ${id}?api-version=${api}',
      restore: 'az rest --method put --url ${id}?api-version=${api} --body @${file}',
      name_from: 'project',
      heading: '${project} in ${region}',
      before: ['Sign in with az login.'],
      checks_not: ['Nothing here is real.'],
    },
    kinds: {
      resource_group: {
        type: 'Microsoft.Resources/resourceGroups',
        api: '2024-03-01',
        label: 'resource group',
        id: '/subscriptions/0000/resourceGroups/${name}',
        read: ['Microsoft.Resources/subscriptions/resourceGroups/read'],
      },
      vnet: {
        type: 'Microsoft.Network/virtualNetworks',
        api: '2024-05-01',
        label: 'virtual network',
        read: ['Microsoft.Network/virtualNetworks/read'],
        write: ['Microsoft.Network/virtualNetworks/write'],
      },
    },
    formats: {
      short_name: {
        pattern: '[a-z][a-z0-9-]{1,14}[a-z0-9]',
        max: 16,
        say: 'Use 3 to 16 lower-case letters, digits and hyphens, and begin with a letter.',
        example: 'contoso-ml',
      },
      vnet_name: {
        pattern: '[A-Za-z0-9][A-Za-z0-9_.-]{0,62}[A-Za-z0-9_]',
        max: 64,
        say: 'Use 2 to 64 letters, digits, points, hyphens and underscores.',
        example: 'vnet-ml',
      },
      free: { pattern: '[^\\p{Cc}]+', max: 200, say: 'Use up to 200 characters on one line.', example: 'Ask Kim before you change this' },
      tag_name: { pattern: '[^<>%&\\\\?/\\p{Cc}]+', max: 512, say: 'A tag name must not hold < > % & \\ ? /.', example: 'cost-center' },
      tag_value: { pattern: '[^\\p{Cc}]*', max: 256, say: 'A tag value has up to 256 characters.', example: '4711' },
    },
    facts: facts(),
    tables: {
      regions: [
        { name: 'koreacentral', display: 'Korea Central', zones: 'three zones' },
        { name: 'koreasouth', display: 'Korea South', zones: 'no zones' },
        { name: 'westeurope', display: 'West Europe', zones: 'three zones' },
      ],
    },
    topics,
    templates: {
      'network/vnet.az':
        'az network vnet create --name ${vnet.name} --resource-group ${vnet.group} --address-prefixes ${vnet.prefixes...}\n',
    },
    examples: {},
    ...{ answers: {}, samples: {}, glossary: [] },
    errors: [],
  };
}

function facts(): Catalog['facts'] {
  const source = { page: 'how-to-secure-training-vnet', date: '2025-06-12' };
  const fact = (id: string, one: Pick<Fact, 'status' | 'says'> & Partial<Fact>): Catalog['facts'] => ({
    [id]: { id, kind: 'requirement', sources: [source], applies_to: ['all'], verify_by: 'resource', subject: 'contract', ...one },
  });
  return {
    ...fact('subnet-enough-addresses', { status: 'valid', says: 'Every node takes one address, and Azure keeps five of each subnet.' }),
    ...fact('subnet-inside-vnet', { status: 'valid', says: 'A subnet lies inside its virtual network.' }),
    ...fact('public-ip-needs-link', {
      status: 'changed',
      says: 'Nodes without a public IP need a way out of your own.',
      was: 'Nodes without a public IP reach the internet through the service.',
      since: '2025-09-30',
    }),
    ...fact('sdk-v1-snippet', { status: 'retired', says: 'The SDK v1 is retired.', was: 'Use the SDK v1.', since: '2025-03-31' }),
  };
}

function start(): Topic {
  return {
    topic: 'start',
    title: 'What and where',
    order: 1,
    questions: [
      {
        id: 'project',
        kind: 'text',
        format: 'short_name',
        ask: 'What is the short name of this setup?',
        label: 'short name',
        why: 'All other names are proposed from it.',
      },
      {
        id: 'region',
        kind: 'choice',
        choices: { table: 'regions', value: 'name', label: 'display', hint: 'zones' },
        ask: 'In which region is the workspace?',
        label: 'region',
        default: "'koreacentral'",
        because: 'Most workspaces of this test are there.',
      },
      {
        id: 'targets',
        kind: 'choices',
        choices: { table: 'targets_offered', value: 'id', label: 'label', hint: 'hint' },
        ask: 'What should run here?',
        label: 'targets',
        facts: ['sdk-v1-snippet'],
      },
    ],
    values: { 'names.base': 'slug(project, `10`)' },
  };
}

function network(): Topic {
  return {
    topic: 'network',
    title: 'Virtual network',
    order: 2,
    questions: [
      {
        id: 'vnet.origin',
        kind: 'choice',
        ask: 'Does the virtual network exist already?',
        label: 'network',
        default: "'new'",
        choices: [
          { value: 'new', label: 'a new network', hint: 'in ${region}' },
          {
            value: 'existing',
            label: 'one that exists',
            unless: { when: "region == 'koreasouth'", say: 'Korea South has no networks yet.', facts: ['subnet-inside-vnet'] },
          },
        ],
      },
      {
        id: 'vnet.name',
        kind: 'resource',
        of: 'vnet',
        format: 'vnet_name',
        id_fills: { 'vnet.group': 'group' },
        ask: 'What is the network called?',
        label: 'network name',
        default: "vnet.origin == 'new' && join('-', ['vnet', names.base]) || null",
        because: 'It holds the short name ${project}.',
      },
      {
        id: 'vnet.group',
        kind: 'text',
        format: 'vnet_name',
        ask: 'Which resource group holds it?',
        label: 'network group',
        default: "join('-', ['rg', names.base])",
      },
      {
        id: 'vnet.prefixes',
        kind: 'cidrs',
        ask: 'Which address space does it have?',
        label: 'address space',
        default: "vnet.origin == 'new' && ['10.1.0.0/16'] || null",
      },
      { id: 'vnet.avoid', kind: 'cidrs', optional: true, ask: 'Which ranges must not be used?', label: 'ranges to avoid' },
      {
        id: 'subnet.prefix',
        kind: 'cidr',
        ask: 'Which block does the training subnet get?',
        label: 'training subnet',
        default: 'next_free(vnet.prefixes, vnet.avoid, `27`)',
        because: "The first free block with ${usable('10.1.0.0/27')} addresses.",
        facts: ['subnet-enough-addresses', 'subnet-inside-vnet'],
      },
      {
        id: 'public_ip',
        kind: 'yes_no',
        ask: 'Do nodes get a public IP?',
        label: 'public IP',
        default: '`false`',
        facts: ['public-ip-needs-link'],
      },
      {
        id: 'way_out',
        kind: 'choice',
        when: '!public_ip',
        ask: 'Which way out do nodes have?',
        label: 'way out',
        choices: [
          { value: 'nat', label: 'NAT gateway' },
          { value: 'firewall', label: 'firewall' },
        ],
      },
    ],
    rules: [
      {
        on: 'subnet.prefix',
        must: 'inside(subnet.prefix, vnet.prefixes)',
        say: 'Choose a block inside ${vnet.prefixes}.',
        facts: ['subnet-inside-vnet'],
      },
      {
        on: 'subnet.prefix',
        when: 'vnet.avoid',
        must: '!overlaps(subnet.prefix, vnet.avoid)',
        say: 'Choose a block outside ${vnet.avoid}.',
        facts: ['subnet-inside-vnet'],
      },
      {
        on: 'subnet.prefix',
        must: 'usable(subnet.prefix) >= sum(clusters[].nodes || `[]`)',
        say: 'The nodes need ${sum(clusters[].nodes || `[]`)} addresses, and ${subnet.prefix} has ${usable(subnet.prefix)}.',
        facts: ['subnet-enough-addresses'],
      },
      {
        on: 'subnet.prefix',
        level: 'warn',
        must: 'prefix_length(subnet.prefix) >= `20`',
        say: '${subnet.prefix} is larger than needed.',
        facts: ['subnet-enough-addresses'],
      },
    ],
    items: [
      {
        id: 'subnet_inside',
        label: 'subnet inside the network',
        facts: ['subnet-inside-vnet'],
        severity: 'high',
        must: 'inside(subnet.prefix, vnet.prefixes)',
      },
      { id: 'no_public_ip', label: 'nodes without public IP', facts: ['public-ip-needs-link'], severity: 'medium', must: '!public_ip' },
      {
        id: 'vnet_there',
        label: 'network is there',
        facts: ['subnet-inside-vnet'],
        severity: 'low',
        check: { read: 'net', path: 'location', equals: '${region}' },
      },
    ],
    resources: [
      {
        id: 'group',
        kind: 'resource_group',
        what: 'resource group ${vnet.group}',
        name: '${vnet.group}',
        make: '`false`',
        facts: ['subnet-inside-vnet'],
      },
      {
        id: 'net',
        kind: 'vnet',
        what: 'network ${vnet.name}',
        parent: 'group',
        name: '${vnet.name}',
        create: 'vnet.az',
        facts: ['subnet-inside-vnet'],
      },
    ],
  };
}

function cluster(): Topic {
  return {
    topic: 'cluster',
    title: 'Compute cluster',
    order: 3,
    target: { id: 'compute-cluster', label: 'compute cluster', hint: 'nodes that come and go' },
    questions: [
      {
        id: 'clusters',
        kind: 'group',
        noun: 'cluster',
        max: 3,
        ask: 'Which clusters?',
        label: 'clusters',
        fields: [
          {
            id: 'name',
            kind: 'text',
            format: 'short_name',
            ask: 'What is the cluster called?',
            label: 'name',
            default: "join('-', ['cpu', names.base])",
          },
          {
            id: 'size',
            kind: 'choice',
            ask: 'Which size do its nodes have?',
            label: 'size',
            default: "'small'",
            choices: [
              { value: 'small', label: 'small' },
              { value: 'large', label: 'large', hint: 'in ${region}' },
              { value: 'gpu', label: 'with a GPU', unless: { when: "region != 'koreacentral'", say: '${region} has no GPUs.' } },
            ],
          },
          {
            id: 'nodes',
            kind: 'number',
            min: 1,
            max: 100,
            unit: 'nodes',
            ask: 'How many nodes at most?',
            label: 'most nodes',
            default: "row.size == 'small' && `4` || `2`",
            because: 'Size ${row.size} is enough so.',
          },
          {
            id: 'spot',
            kind: 'yes_no',
            ask: 'May nodes be taken away at any time?',
            label: 'spot',
            when: "row.size != 'gpu'",
            default: '`false`',
          },
        ],
      },
    ],
    rules: [
      {
        on: 'clusters.nodes',
        when: 'row.spot',
        must: 'row.nodes <= `50`',
        say: 'Spot clusters have at most 50 nodes, not ${row.nodes}.',
        facts: ['subnet-enough-addresses'],
      },
      {
        on: 'clusters.name',
        must: 'length(clusters) == length(unique(clusters[].name))',
        say: 'Two clusters have the same name.',
        facts: ['subnet-enough-addresses'],
      },
    ],
    items: [
      {
        id: 'cluster_small',
        each: 'clusters',
        label: 'cluster ${row.name} is small',
        facts: ['subnet-enough-addresses'],
        severity: 'low',
        manual: 'Look at ${row.name}.',
      },
    ],
  };
}

function instance(): Topic {
  return {
    topic: 'instance',
    title: 'Compute instance',
    order: 4,
    target: { id: 'compute-instance', label: 'compute instance', hint: 'one computer for one person' },
    questions: [
      { id: 'instance.owner', kind: 'text', format: 'free', ask: 'Who uses the instance?', label: 'owner' },
      {
        id: 'instance.idle',
        kind: 'number',
        optional: true,
        min: 5,
        ask: 'After how many idle minutes does it stop?',
        label: 'idle stop',
        unit: 'minutes',
      },
    ],
  };
}

function closing(): Topic {
  return {
    topic: 'closing',
    title: 'Tags and words',
    order: 5,
    questions: [
      { id: 'tags', kind: 'tags', optional: true, ask: 'Which tags does everything carry?', label: 'tags', example: 'team=ml' },
      { id: 'hosts', kind: 'texts', format: 'free', optional: true, ask: 'Which hosts may nodes reach?', label: 'hosts' },
      {
        id: 'remark',
        kind: 'text',
        format: 'free',
        optional: true,
        when: 'region',
        ask: 'Anything to tell the reviewer?',
        label: 'remark',
        default: "join(' ', ['for', project])",
      },
    ],
  };
}
