import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planOfExample, settled } from './acceptance/planned.ts';
import { type Emulator, startEmulator } from './emulator/emulator.ts';
import { type JsonObject, listOf, propertiesOf, textOf } from './emulator/json.ts';

/** What the emulator holds after run.sh of all-targets, as a run of acceptance found it. */
export const heldAfterRun = JSON.parse(readFileSync(join(import.meta.dirname, 'all-targets-state.json'), 'utf8')) as JsonObject[];

/** The plan of the example with every target. */
export const allTargets = planOfExample('all-targets');

/** The emulator as the run of all-targets left it, with what people and the service itself add: a gateway, the attached clusters, and what Azure says about images. */
export async function verifiedWorld(): Promise<Emulator> {
  const emulator = await startEmulator({ subscription: String(settled(allTargets, 'subscription')) });
  furnish(emulator);
  return emulator;
}

/** Puts into an emulator what a run and people made. */
export function furnish(emulator: Emulator): void {
  for (const resource of heldAfterRun) emulator.plant(textOf(resource.id), structuredClone(resource));
  for (const [id, resource] of byPeople()) emulator.plant(id, resource);
}

/** The id of the resource whose id ends so. */
export function idEnding(end: string): string {
  const found = heldAfterRun.map(({ id }) => textOf(id)).filter((id) => id.toLowerCase().endsWith(end.toLowerCase()));
  if (found.length !== 1) throw new Error(`${found.length} ids end in ${end}`);
  return found[0] ?? '';
}

/** What was held after the run under an id. */
export function heldAt(id: string): JsonObject {
  const found = heldAfterRun.find((resource) => textOf(resource.id).toLowerCase() === id.toLowerCase());
  if (!found) throw new Error(`nothing was held at ${id}`);
  return structuredClone(found);
}

function byPeople(): [string, JsonObject][] {
  const network = idEnding('/virtualNetworks/vnet-northwind');
  const gateway = {
    id: `${network}/subnets/GatewaySubnet`,
    name: 'GatewaySubnet',
    properties: { addressPrefix: '10.80.15.0/27', provisioningState: 'Succeeded' },
  };
  const held = heldAt(network);
  const subnets = [...listOf(propertiesOf(held).subnets), gateway];
  const instance = heldAt(idEnding('/computes/northwind-ci'));
  const settings = { ...propertiesOf(instance), properties: { ...propertiesOf(propertiesOf(instance)), ...imageOf() } };
  return [
    [network, { ...held, properties: { ...propertiesOf(held), subnets } }],
    [textOf(instance.id), { ...instance, properties: settings }],
    attached('databricks.compute_name', 'Databricks', idEnding('/workspaces/dbw-northwind')),
    attached('hdinsight.compute', 'HDInsight', idEnding('/clusters/hdi-northwind-6c32')),
  ];
}

function imageOf(): JsonObject {
  return { osImageMetadata: { currentImageVersion: '26.11.01', latestImageVersion: '26.11.01', isLatestOsImageVersion: true } };
}

function attached(answer: string, computeType: string, resourceId: string): [string, JsonObject] {
  const id = `${idEnding('/workspaces/mlw-northwind')}/computes/${String(settled(allTargets, answer))}`;
  return [id, { id, location: 'westeurope', properties: { computeType, resourceId, provisioningState: 'Succeeded', properties: {} } }];
}
