import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

/** A small catalog in which nothing is wrong. */
export const goodCatalog: Readonly<Record<string, string>> = {
  'checklists/catalog.yaml': `version: "1"
checked: "2026-01-01"
programs: [az]
every_call: {words: "--subscription \${subscription}", except: []}
probe: az resource show --ids \${id} --api-version \${api} --query \${query}
remove: az resource delete --ids \${id} --api-version \${api}
read: az rest --method get --url \${id}?api-version=\${api}
restore: az rest --method put --url \${id}?api-version=\${api} --body @\${file}
name_from: vnet.name
heading: "Training in \${vnet.name}"
before: [Sign in first.]
checks_not: []
`,
  'checklists/kinds.yaml': `resource_group:
  {type: Microsoft.Resources/resourceGroups, api: "2024-03-01", label: group, id: "/subscriptions/\${subscription}/resourceGroups/\${name}", read: []}
vnet: {type: Microsoft.Network/virtualNetworks, api: "2024-05-01", label: network, read: []}
subnet: {type: Microsoft.Network/virtualNetworks/subnets, api: "2024-05-01", label: subnet, parent: vnet, read: [], join: [join/action]}
`,
  'checklists/formats.yaml': `name: {pattern: "[a-z0-9-]+", say: lower case, example: vnet-1}
`,
  'checklists/facts/network.yaml': `- id: subnet-inside
  kind: requirement
  status: valid
  says: The subnet lies in the network.
  sources: [{page: p}]
  applies_to: [all]
  verify_by: answers
- id: subnet-size
  kind: limit
  status: changed
  says: Five addresses are reserved.
  was: Three addresses were reserved.
  sources: [{page: p}]
  applies_to: [all]
  verify_by: answers
`,
  'checklists/tables/regions.yaml': `regions:
  - {id: westeurope, name: West Europe}
  - {id: northeurope, name: North Europe, pair: westeurope}
`,
  'checklists/network.yaml': `topic: network
title: Network
order: 10
questions:
  - {id: subscription, kind: text, format: name, ask: Which subscription?, label: subscription}
  - {id: region, kind: choice, ask: Where?, label: region, choices: {table: regions, value: id, label: name}}
  - {id: vnet.name, kind: text, format: name, ask: Which network?, label: network, default: "join('-', ['vnet', region])"}
  - {id: vnet.prefixes, kind: cidrs, ask: Which blocks?, label: blocks}
  - id: subnet.origin
    kind: choice
    ask: New or existing?
    label: subnet
    choices:
      - {value: existing, label: existing}
      - {value: new, label: new, unless: {when: "!contains(regions[].id, region)", say: "\${region} is unknown.", facts: [subnet-inside]}}
  - id: subnet.prefix
    kind: cidr
    ask: Which block?
    label: block
    when: "subnet.origin == 'new'"
    default: "next_free(vnet.prefixes, \`null\`, \`27\`)"
    because: "\${usable(subnet_default)} usable addresses."
  - id: clusters
    kind: group
    ask: Which clusters?
    label: clusters
    noun: cluster
    max: 3
    fields:
      - {id: name, kind: text, format: name, ask: What name?, label: name}
      - {id: max_nodes, kind: number, ask: How many?, label: nodes, default: "row.name == 'big' ? \`8\` : \`4\`"}
values:
  subnet_default: "next_free(vnet.prefixes, \`null\`, \`27\`)"
  pair: "first_row(regions, 'id', region).pair"
rules:
  - on: subnet.prefix
    must: "inside(subnet.prefix, vnet.prefixes)"
    say: "Choose a block inside \${vnet.prefixes}; \${pair} is the pair."
    facts: [subnet-inside]
  - on: clusters.max_nodes
    must: "row.max_nodes <= usable(subnet.prefix) && index < \`3\`"
    say: "\${row.name} is too big."
    facts: [subnet-size]
items:
  - {id: room, label: room, facts: [subnet-size], severity: high, must: "usable(subnet.prefix) >= sum(clusters[].max_nodes)"}
  - {id: prefix, label: prefix, facts: [subnet-size], severity: low, check: {read: subnet, path: properties.addressPrefix, equals: "\${subnet.prefix}"}}
resources:
  - {id: group, kind: resource_group, what: group, name: "rg-\${region}", make: "\`false\`", facts: [subnet-inside]}
  - {id: vnet, kind: vnet, parent: group, what: network, name: "\${vnet.name}", make: "\`false\`", outputs: {guid: properties.resourceGuid}, facts: [subnet-inside]}
  - id: subnet
    kind: subnet
    parent: vnet
    what: subnet
    name: training
    make: "subnet.origin == 'new'"
    same: {properties.addressPrefix: "\${subnet.prefix}"}
    create: subnet.az
    facts: [subnet-inside]
files:
  - {path: "\${row.name}.yml", format: yml, each: clusters, data: {subnet: "\${subnet.id}", name: "\${row.name}"}, what: a cluster, facts: [subnet-size]}
`,
  'checklists/examples/first.yaml': `about: A first example.
answers:
  vnet.name: vnet-1
  clusters: [{name: cpu, max_nodes: 2}]
`,
  'templates/network/subnet.az': `# Makes the subnet.
az network vnet subnet create --name \${subnet.name} --vnet-name \${vnet.name}
  --resource-group \${vnet.group} --address-prefixes \${subnet.prefix}
`,
};

const written: string[] = [];

afterAll(() => Promise.all(written.splice(0).map((root) => rm(root, { recursive: true, force: true }))));

/** Writes a catalog into an empty folder of its own, which goes with the test file; gives the folder. */
export async function writeCatalog(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'amlguide-catalog-'));
  written.push(root);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

/** The good catalog with one text of a file replaced; the text has to stand there. */
export function planted(path: string, from: string, to: string): Record<string, string> {
  const text = goodCatalog[path];
  if (text === undefined || !text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  return { ...goodCatalog, [path]: text.replace(from, () => to) };
}
