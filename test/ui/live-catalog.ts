import type { Reading } from '../../src/core/asks.ts';
import type { LiveInventory } from '../../src/core/inventory.ts';
import type { Json } from '../../src/core/json.ts';
import { readCatalog } from '../../src/io/read-catalog.ts';
import { smallFiles } from '../core/small-catalog.ts';
import { writeCatalog } from '../write-catalog.ts';

const azure = `azure:
  token: az account get-access-token --subscription \${subscription} --output json
  subscription: subscription
  endpoint: "'https://management.example'"
  graph: {path: /graph, api: "2022-10-01"}
  read_posts: [/graph]
`;

const topic = `  - id: net
    kind: text
    format: name
    ask: Which network do we take?
    label: network
    why: It holds everything.
    default: "'net-proposed'"
    because: It is the usual one.
    live:
      read: nets
      value: row.name
      hint: "\${row.room} addresses"
      unless: [{when: "row.room < \`4\`", say: "only \${row.room} addresses"}]
      fills: {room: row.room}
      nothing: There is no network.
  - {id: room, kind: number, ask: How much room has it?, label: room, why: Because.}
  - {id: sure, kind: yes_no, ask: Are you sure?, label: sure, why: Because., default: "\`true\`", because: Most are.}
reads:
  - {id: nets, what: the networks, get: "/subscriptions/\${subscription}/nets", api: "2024-01-01"}
files:
  - {path: all.json, format: json, what: all answers, facts: [known], data: {net: "\${net}", room: "\${room}", name: "\${vnet.name}", sure: "\${sure}", subscription: "\${subscription}"}}
`;

const files = smallFiles(topic);
const { catalog, problems } = await readCatalog(
  await writeCatalog({ ...files, 'checklists/catalog.yaml': `${files['checklists/catalog.yaml']}\n${azure}` }),
);
if (!catalog || problems.length > 0) throw new Error(JSON.stringify(problems));
/** A small catalog with a question that offers what exists. */
export const liveCatalog = catalog;

/** A network of the made-up answers. */
export function net(name: string, room: number): Json {
  return { name, room };
}

/** An inventory in the hands of a test: what it is asked for, and the answer that comes when the test says so. */
export class HeldInventory implements LiveInventory {
  readonly #readings = new Map<string, Reading>();
  readonly #heard = new Set<() => void>();
  readonly wanted: { readonly keys: readonly string[]; readonly fresh: boolean }[] = [];
  sample = false;
  #came = Promise.withResolvers<void>();

  readonly readings: LiveInventory['readings'] = () => this.#readings;

  readonly want: LiveInventory['want'] = (wanted, { fresh = false } = {}) => {
    this.wanted.push({ keys: wanted.map(({ key }) => key), fresh });
    return this.#came.promise;
  };

  readonly changed: LiveInventory['changed'] = (heard) => {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  };

  /** Answers everything that was wanted so far. */
  answer(reading: Reading): void {
    for (const { keys } of this.wanted) for (const key of keys) this.#readings.set(key, reading);
    for (const heard of [...this.#heard]) heard();
    this.#came.resolve();
    this.#came = Promise.withResolvers();
  }
}

/** A list that came at a time. */
export function listed(list: readonly Json[], at = new Date().toISOString()): Reading {
  return { ok: true, value: list, at };
}
