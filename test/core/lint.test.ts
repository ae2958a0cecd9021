import { getRegisteredFunctions } from '@jmespath-community/jmespath';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/core/expression.ts';
import { factUses } from '../../src/core/fact-uses.ts';
import { knownFunctions } from '../../src/core/shape-functions.ts';
import { problemLine, readCatalog } from '../../src/io/read-catalog.ts';
import { goodCatalog, planted, writeCatalog } from '../write-catalog.ts';

const topic = 'checklists/network.yaml';
const command = 'templates/network/subnet.az';

/** The line and column of a text in a file, as the linter has to report it. */
function placeOf(files: Readonly<Record<string, string>>, path: string, text: string): string {
  const before = (files[path] ?? '').split(text)[0]?.split('\n') ?? [];
  return `${path}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

async function problems(files: Readonly<Record<string, string>>): Promise<string[]> {
  return (await readCatalog(await writeCatalog(files))).problems.map(problemLine);
}

/** Plants one mistake and expects one message, at the place of `at`. */
async function expectOne(path: string, from: string, to: string, at: string, message: string, file = path): Promise<void> {
  const files = planted(path, from, to);
  expect(await problems(files)).toEqual([`${placeOf(files, file, at)} ${message}`]);
}

describe('a good catalog', () => {
  it('has no problems', async () => {
    expect(await problems(goodCatalog)).toEqual([]);
  });

  it('lists every fact with its uses', async () => {
    const { catalog } = await readCatalog(await writeCatalog(goodCatalog));
    const uses = catalog ? factUses(catalog) : [];
    expect(uses.map(({ fact }) => fact)).toEqual(['subnet-inside', 'subnet-size']);
    expect(uses[1]?.uses).toEqual([
      { topic: 'network', kind: 'rule', id: 'clusters.max_nodes' },
      { topic: 'network', kind: 'item', id: 'room' },
      { topic: 'network', kind: 'item', id: 'prefix' },
      { topic: 'network', kind: 'file', id: '${row.name}.yml' },
    ]);
  });
});

describe('names in expressions', () => {
  it.each([
    [
      'must',
      'must: "inside(subnet.prefix, vnet.prefixes)"',
      'must: "inside(subnet.prefx, vnet.prefixes)"',
      '"inside(subnet.prefx',
      '«subnet.prefx» is not known (did you mean subnet.prefix?)',
    ],
    [
      'when',
      `when: "subnet.origin == 'new'"\n    default`,
      `when: "subnt.origin == 'new'"\n    default`,
      '"subnt',
      '«subnt» is not known (did you mean subnet?)',
    ],
    ['a text', '${vnet.prefixes};', '${vnet.prefixs};', '"Choose a block', '«vnet.prefixs» is not known (did you mean vnet.prefixes?)'],
    [
      'a row of a group',
      'say: "${row.name} is',
      'say: "${row.nam} is',
      '"${row.nam}',
      '«clusters[].nam» is not known (did you mean clusters[].name?)',
    ],
    [
      'a column',
      'sum(clusters[].max_nodes)',
      'sum(clusters[].max_node)',
      '"usable(subnet.prefix) >=',
      '«clusters[].max_node» is not known (did you mean clusters[].max_nodes?)',
    ],
    [
      'a filter',
      'contains(regions[].id, region)',
      'contains(regions[?nam == $.region].id, region)',
      '"!contains',
      '«regions[].nam» is not known (did you mean regions[].name?)',
    ],
    [
      'the column of a row that a value finds',
      ').pair"',
      ').par"',
      `"first_row(`,
      '«regions[].par» is not known (did you mean regions[].pair?)',
    ],
    [
      'a column in quotes',
      "first_row(regions, 'id'",
      "first_row(regions, 'idd'",
      `"first_row(`,
      'the table has no column «idd» (did you mean id?)',
    ],
    [
      'a property of a resource',
      'subnet: "${subnet.id}"',
      'subnet: "${subnet.idd}"',
      '"${subnet.idd}"',
      '«subnet.idd» is not known (did you mean subnet.id?)',
    ],
    [
      'a resource where none is in sight',
      '"${row.name} is too big."',
      '"${group.name} is too big."',
      '"${group.name} is',
      '«group» is not known',
    ],
    ['null without backticks', "== 'big'", '== null', `"row.name == null`, '«null» is read as a name (write `null` in backticks)'],
  ])('%s', (_name, from, to, at, message) => expectOne(topic, from, to, at, message));

  it('in a file of commands, at its own line', async () => {
    await expectOne(command, '${vnet.group}', '${vnet.grup}', '${vnet.grup}', '«vnet.grup» is not known (did you mean vnet.group?)');
  });

  it('! before a path', async () => {
    await expectOne(
      topic,
      '"!contains(regions[].id, region)"',
      '"!regions[].id"',
      '"!regions',
      '! binds closer than what follows it: !a.b means (!a).b (write !(a.b))',
    );
  });
});

describe('functions', () => {
  it('are those that JMESPath has', () => {
    evaluate('`1`', null);
    expect([...knownFunctions.keys()].sort()).toEqual(getRegisteredFunctions().sort());
  });

  it.each([
    ['a wrong name', 'inside(subnet.prefix', 'insid(subnet.prefix', '"insid(', 'there is no function insid() (did you mean inside()?)'],
    ['too few arguments', 'inside(subnet.prefix, vnet.prefixes)', 'inside(subnet.prefix)', '"inside(', 'inside() takes 2 arguments, not 1'],
  ])('%s', (_name, from, to, at, message) => expectOne(topic, from, to, at, message));

  it('what cannot be parsed', async () => {
    const [line] = await problems(planted(topic, 'inside(subnet.prefix,', 'inside((subnet.prefix,'));
    expect(line).toMatch(/^checklists\/network\.yaml:37:11 «inside\(\(subnet\.prefix, vnet\.prefixes\)» is no expression: /);
  });

  it('a look-up that only the community edition understands', async () => {
    await expectOne(
      topic,
      'guid: properties.resourceGuid',
      'guid: upper(properties.resourceGuid)',
      'upper(',
      '«upper(properties.resourceGuid)» runs as az --query, and az knows no function upper()',
    );
  });
});

describe('order', () => {
  it.each([
    [
      'a later question',
      "\"join('-', ['vnet', region])\"",
      '"join(vnet.prefixes, region)"',
      '"join(vnet.prefixes',
      '«default» refers to «vnet.prefixes», which is asked later',
    ],
    [
      'through a value',
      "\"join('-', ['vnet', region])\"",
      '"to_string(subnet_default)"',
      '"to_string(',
      '«default» refers to «vnet.prefixes» (through the value «subnet_default»), which is asked later',
    ],
    [
      'its own question',
      '"next_free(vnet.prefixes, `null`, `27`)"\n    because',
      '"subnet.prefix"\n    because',
      '"subnet.prefix"\n',
      '«default» refers to its own question «subnet.prefix»',
    ],
    [
      'a field of its own row',
      '"row.name == \'big\' ? `8` : `4`"',
      '"row.max_nodes"',
      '"row.max_nodes"',
      '«default» refers to «row.max_nodes», which is this very question',
    ],
  ])('%s', (_name, from, to, at, message) => expectOne(topic, from, to, at, message));

  it('a value that needs itself', async () => {
    const found = await problems(planted(topic, 'pair: "first_row(regions, \'id\', region).pair"', 'pair: "not_null(pair, region)"'));
    expect(found).toEqual(['checklists/network.yaml:34:9 the value needs itself: pair → pair']);
  });
});

describe('choices', () => {
  it('a default that is none of them', () =>
    expectOne(
      topic,
      '    label: subnet\n',
      '    label: subnet\n    default: "\'exsting\'"\n',
      `"'exsting'"`,
      'there is no choice «exsting» (did you mean existing?)',
    ));
});

describe('what nothing uses', () => {
  it('a question', async () => {
    const extra = '  - {id: spare, kind: yes_no, ask: Spare?, label: spare}\nvalues:';
    await expectOne(topic, 'values:', extra, 'spare,', 'nothing uses this question («spare»)');
  });

  it('a field of a group', async () => {
    const extra = '      - {id: size, kind: text, format: name, ask: Size?, label: size}\nvalues:';
    await expectOne(topic, 'values:', extra, 'size,', 'nothing uses this question («clusters.size»)');
  });

  it('a value, a format, a table and a file', async () => {
    const files = {
      ...planted(topic, 'values:', 'values:\n  spare: region'),
      'checklists/formats.yaml': `${goodCatalog['checklists/formats.yaml']}spare: {pattern: a, say: a, example: a}\n`,
      'checklists/tables/spare.yaml': 'spare_rows: [{id: a}]\n',
      'templates/network/spare.az': 'az version\n',
    };
    expect(await problems(files)).toEqual([
      'checklists/formats.yaml:2:1 nothing uses this format («spare»)',
      'checklists/network.yaml:33:3 nothing uses this value («spare»)',
      'checklists/tables/spare.yaml:1:1 nothing uses this table («spare_rows»)',
      'templates/network/spare.az:1:1 nothing names this file',
    ]);
  });
});

describe('ids', () => {
  it('given twice', async () => {
    const extra = '  - {id: region, kind: yes_no, ask: Spare?, label: spare}\nvalues:';
    await expectOne(topic, 'values:', extra, 'region, kind: yes_no', 'there is already a question «region» (topic network)');
  });

  it('that are the beginning of another', async () => {
    const found = await problems(planted(topic, '  subnet_default:', '  region.pair: "subscription"\n  subnet_default:'));
    expect(found).toContain(
      'checklists/network.yaml:33:3 the question «region» is the beginning of «region.pair»; one of them needs another id',
    );
  });

  it('of a question that a resource gives', async () => {
    const files = planted(topic, 'values:', '  - {id: subnet.id, kind: yes_no, ask: Spare?, label: spare}\nvalues:');
    expect(await problems(files)).toContain(
      `${placeOf(files, topic, 'subnet.id, kind')} «subnet.id» is what the resource «subnet» gives; the question needs another id`,
    );
  });

  it('of a name that differs from the name of the resource', async () => {
    await expectOne(
      topic,
      'what: network, name: "${vnet.name}"',
      'what: network, name: "x-${vnet.name}"',
      'vnet.name, kind',
      '«vnet.name» is the name of the resource «vnet», whose name is «x-${vnet.name}»; they have to be the same',
    );
  });

  it('that a shell has taken', async () => {
    const found = await problems(planted(topic, 'values:', 'values:\n  path: region'));
    expect(found).toContain(
      'checklists/network.yaml:33:3 in a script «path» would be the variable PATH, which belongs to the shell, to az or to the script',
    );
  });
});

describe('resources and commands', () => {
  it('a missing file', async () => {
    const found = await problems(planted(topic, 'create: subnet.az', 'create: subnets.az'));
    expect(found).toEqual([
      'checklists/network.yaml:57:13 there is no file templates/network/subnets.az (did you mean subnet.az?)',
      'templates/network/subnet.az:1:1 nothing names this file',
    ]);
  });

  it('an unknown kind', () =>
    expectOne(topic, 'kind: subnet\n', 'kind: subnett\n', 'subnett', 'there is no kind of resource «subnett» (did you mean subnet?)'));

  it('a parent of another kind', () =>
    expectOne(
      topic,
      '    parent: vnet\n',
      '    parent: group\n',
      'group\n    what: subnet',
      'the parent of a subnet is a vnet, but «group» is a resource_group',
    ));

  it('a command that is not az, and one with --subscription', async () => {
    const found = await problems(planted(command, '# Makes the subnet.', 'rm -r x\naz version --subscription x'));
    expect(found).toEqual([
      `${command}:1:1 a command starts with az; what continues one is indented`,
      `${command}:2:1 --subscription is added by catalog.yaml; take it away`,
    ]);
  });

  it('a token that is no command of az, a query of Resource Graph that is no read, and a read listed twice', async () => {
    const azure = `azure:
  token: rm \${subscription} \${group}
  endpoint: region
  subscription: subscription
  graph: {path: /providers/A.B/resources, api: "2022-10-01"}
  read_posts: [/listNodes, /LISTNODES]
name_from`;
    const found = await problems(planted('checklists/catalog.yaml', 'name_from', azure));
    expect(found.map((line) => line.replace(/^\S+ /, ''))).toEqual([
      '«group» is not known',
      '«token» is one command of az',
      'Resource Graph is asked by a POST; list it in read_posts',
      '«/LISTNODES» is listed already',
    ]);
  });

  it('an expression that is not closed', async () => {
    const found = await problems(planted(command, '--name ${subnet.name}', '--name ${subnet.name'));
    expect(found.filter((line) => line.startsWith(command))).toEqual([expect.stringMatching(/subnet\.az:2:1 .* is not closed$/)]);
  });
});

describe('facts', () => {
  it('that do not exist', () =>
    expectOne(
      topic,
      'facts: [subnet-inside]}}\n',
      'facts: [subnet-insde]}}\n',
      'subnet-insde',
      'there is no fact «subnet-insde» (did you mean subnet-inside?)',
    ));

  it('that changed without a word about before', () =>
    expectOne(
      'checklists/facts/network.yaml',
      '  was: Three addresses were reserved.\n',
      '',
      'changed',
      'the fact «subnet-size» is changed, so it needs was: what the documents said before',
    ));

  it('that nothing uses, or that are used in spite of a reason', async () => {
    const path = 'checklists/facts/network.yaml';
    const spare = (goodCatalog[path] ?? '').replace(
      '- id: subnet-size',
      '- id: spare\n  kind: tip\n  status: valid\n  says: Spare.\n  sources: [{page: p}]\n  applies_to: [all]\n  verify_by: reading\n- id: subnet-size',
    );
    expect(await problems({ ...goodCatalog, [path]: spare })).toEqual([
      `${path}:8:7 nothing uses the fact «spare» (use it, or say why not in unused:)`,
    ]);
    expect(
      await problems({ ...goodCatalog, [path]: spare.replace('  says: Spare.', '  says: Spare.\n  unused: Only an example.') }),
    ).toEqual([]);
    await expectOne(
      path,
      '  was: Three',
      '  unused: because\n  was: Three',
      'because',
      '«subnet-size» is used after all (rule clusters.max_nodes of network); take unused: away',
    );
  });

  it('that an item does not have', () =>
    expectOne(
      topic,
      '{id: room, label: room, facts: [subnet-size],',
      '{id: room, label: room, facts: [],',
      '[],',
      'unsourced: name at least one fact under facts: (the ids stand in facts/*.yaml)',
    ));
});

describe('examples', () => {
  it('with an unknown key', () =>
    expectOne(
      'checklists/examples/first.yaml',
      'vnet.name: vnet-1',
      'vnet.nam: vnet-1',
      'vnet.nam',
      'there is no question «vnet.nam» (did you mean vnet.name?)',
    ));

  it('with an unknown key in a row', () =>
    expectOne(
      'checklists/examples/first.yaml',
      'max_nodes: 2',
      'max_node: 2',
      'max_node',
      'there is no field of clusters «max_node» (did you mean max_nodes?)',
    ));
});
