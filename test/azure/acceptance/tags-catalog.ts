/** A catalog with one group, one security group and free texts: what az is given arrives byte for byte, or the test says so. */
export const tagsCatalog: Readonly<Record<string, string>> = {
  'checklists/catalog.yaml': `version: "1"
checked: "2026-01-01"
programs: [az]
every_call: {words: "--subscription \${subscription}", except: []}
probe: az resource show --ids \${id} --api-version \${api} --query \${query} --output \${output}
remove: az resource delete --ids \${id} --api-version \${api}
read: az rest --method get --url \${id}?api-version=\${api}
restore: az rest --method put --url \${id}?api-version=\${api} --body @\${file}
name_from: note
heading: "Tags: \${note}"
before: [Sign in first.]
checks_not: []
`,
  'checklists/kinds.yaml': `resource_group:
  {type: Microsoft.Resources/resourceGroups, api: "2021-04-01", label: group, id: "/subscriptions/\${subscription}/resourceGroups/\${name}", read: []}
nsg: {type: Microsoft.Network/networkSecurityGroups, api: "2024-05-01", label: security group, read: []}
`,
  'checklists/formats.yaml': `any: {pattern: "[^\\\\u0000]*", say: anything, example: x}
tag_name: {pattern: "[^\\\\u0000]*", say: anything, example: x}
tag_value: {pattern: "[^\\\\u0000]*", say: anything, example: x}
`,
  'checklists/facts/tags.yaml': `- id: tags
  kind: setting
  status: valid
  says: Tags are kept.
  sources: [{page: p}]
  applies_to: [all]
  verify_by: resource
`,
  'checklists/tags.yaml': `topic: tags
title: Tags
order: 10
questions:
  - {id: subscription, kind: text, format: any, ask: Which subscription?, label: subscription}
  - {id: group, kind: text, format: any, ask: Which group?, label: group}
  - {id: note, kind: text, format: any, ask: Which note?, label: note}
  - {id: plain_tags, kind: tags, ask: Which tags?, label: tags}
  - {id: odd_tags, kind: tags, ask: Which tags with odd names?, label: odd tags}
values:
  all_tags: "merge(plain_tags, {note: note})"
resources:
  - id: made_group
    kind: resource_group
    what: group
    name: \${group}
    create: group.az
    same: {tags.note: "\${note}"}
    facts: [tags]
  - id: nsg
    kind: nsg
    parent: made_group
    what: security group
    name: nsg
    create: nsg.az
    same: {tags.note: "\${note}"}
    facts: [tags]
`,
  'templates/tags/group.az': `az group create --name \${group} --location westeurope --tags \${all_tags...} \${odd_tags...}
`,
  'templates/tags/nsg.az': `az network nsg create --name nsg --resource-group \${nsg.group} --location westeurope --tags \${all_tags...}
`,
};
