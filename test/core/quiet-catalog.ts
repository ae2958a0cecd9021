import type { Catalog } from '../../src/core/catalog.ts';
import { problemLine, readCatalog } from '../../src/io/read-catalog.ts';
import { writeCatalog } from '../write-catalog.ts';
import { smallFiles } from './small-catalog.ts';

const small = `  - {id: how, kind: choice, ask: How much is asked?, label: how much, choices: [{value: short, label: little}, {value: long, label: all}]}
  - {id: subnet.name, kind: text, format: name, ask: Which subnet?, label: subnet name, quiet: "how == 'short'", default: "join('-', [vnet.name, 'train'])", because: It holds the name.}
  - {id: size, kind: number, min: 1, ask: How large?, label: size, quiet: "how == 'short'", default: "subnet.name == 'big' && \`64\` || \`8\`"}
rules:
  - {on: size, must: "size <= \`32\` || vnet.name != 'tight'", say: "\${size} is too large for tight.", facts: [known]}
  - {on: subnet.name, must: "subnet.name != 'none-train'", say: No subnet is called so., facts: [known]}
files:
  - {path: all.json, format: json, what: all answers, facts: [known], data: {name: "\${subnet.name}", size: "\${size}", kept: "\${keep}", hosts: "\${hosts...}", machines: "\${machines}", owner: "\${owner}", sure: "\${sure}"}}
`;

const silent = `topic: silent
title: Silent
order: 20
questions:
  - {id: keep, kind: yes_no, ask: Keep it?, label: keep, quiet: "\`true\`", default: "size > \`4\`"}
  - {id: hosts, kind: texts, format: name, ask: Which hosts?, label: hosts, quiet: "\`true\`", optional: true}
`;

const machines = `topic: rows
title: Machines
order: 30
questions:
  - id: machines
    kind: group
    noun: machine
    max: 3
    ask: Which machines?
    label: machines
    fields:
      - {id: kind, kind: choice, ask: Which kind?, label: kind, choices: [{value: cpu, label: cpu}, {value: gpu, label: gpu}]}
      - {id: name, kind: text, format: name, ask: What name?, label: name, quiet: "row.kind == 'cpu'", default: "join('-', [row.kind, to_string(index)])"}
      - {id: nodes, kind: number, min: 0, max: 70, ask: How many?, label: nodes, quiet: "index == \`0\`", default: "row.name == 'many' && \`99\` || size"}
`;

const closing = `topic: closing
title: Closing
order: 40
questions:
  - {id: owner, kind: text, format: name, ask: Whose is it?, label: owner, quiet: "how == 'short' && keep", optional: true, default: "keep && 'kim' || \`null\`"}
  - {id: sure, kind: yes_no, ask: Sure?, label: sure, default: "\`true\`"}
`;

/** The files of a catalog in which questions are quiet: some of a section, a whole section, fields of rows, and one without a default. */
export const quietFiles: Readonly<Record<string, string>> = {
  ...smallFiles(small),
  'checklists/silent.yaml': silent,
  'checklists/rows.yaml': machines,
  'checklists/closing.yaml': closing,
};

/** That catalog, read. */
export async function quietCatalog(files: Readonly<Record<string, string>> = quietFiles): Promise<Catalog> {
  const { catalog, problems } = await readCatalog(await writeCatalog(files));
  if (!catalog || problems.length > 0) throw new Error(problems.map(problemLine).join('\n'));
  return catalog;
}

/** What the linter says of the catalog with one text replaced. */
export async function quietProblems(path: string, from: string, to: string): Promise<string[]> {
  const text = quietFiles[path] ?? '';
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  return (await readCatalog(await writeCatalog({ ...quietFiles, [path]: text.replace(from, () => to) }))).problems.map(problemLine);
}

/** What a person answers who is asked little. */
export const short = { subscription: 'sub-1', 'vnet.name': 'net', how: 'short' };
/** The rest of it, with two machines. */
export const shortRest = {
  'machines.0.kind': 'cpu',
  'machines.0.more': true,
  'machines.1.kind': 'gpu',
  'machines.1.name': 'big-one',
  'machines.1.nodes': 2,
  'machines.1.more': false,
  sure: true,
};
