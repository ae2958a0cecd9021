import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Options of az ml commands that the emulator's own tests call, for a reference that does not hold them yet. */
const commands = {
  'ml workspace create': command(
    ['--name', '--resource-group'],
    ['--location', '--storage-account', '--key-vault', '--container-registry', '--application-insights', '--public-network-access'],
    ['--managed-network', '--image-build-compute', '--description', '--display-name'],
    ['--provision-network-now'],
  ),
  'ml workspace provision-network': command(['--name', '--resource-group'], [], [], ['--include-spark']),
  'ml workspace outbound-rule set': command(
    ['--rule', '--type', '--workspace-name', '--resource-group'],
    ['--destination', '--service-tag', '--protocol', '--port-ranges'],
    ['--service-resource-id', '--subresource-target', '--spark-enabled'],
    [],
  ),
  'ml workspace outbound-rule list': command(['--workspace-name', '--resource-group'], [], [], []),
};

/** Writes a reference with these commands beside those of test/azure/az-reference.json, which win; gives its path. */
export function writeReference(folder: string): string {
  const usual = join(import.meta.dirname, 'az-reference.json');
  const held = existsSync(usual) ? (JSON.parse(readFileSync(usual, 'utf8')) as { commands: object }) : { commands: {} };
  const file = join(folder, 'az-reference.json');
  writeFileSync(file, JSON.stringify({ ...held, commands: { ...commands, ...held.commands } }));
  return file;
}

function command(required: string[], one: string[], more: string[], switches: string[]): object {
  const takes = (names: string[], parameter: object) => names.map((name) => [name, parameter]);
  const parameters = [
    ...takes(required, { takes_value: true, required: true }),
    ...takes([...one, ...more], { takes_value: true }),
    ...takes([...switches, '--no-wait'], { takes_value: false }),
    ...takes(['--tags'], { takes_value: 'many' }),
  ];
  return { parameters: Object.fromEntries(parameters) };
}
