import type { Cloud } from './clouds.ts';
import { type JsonObject, objectOf, propertiesOf, textOf } from './json.ts';
import { guidFor } from './surroundings.ts';

/** One address that a private endpoint needs, with the host names that lead to it. */
export interface Member {
  readonly name: string;
  readonly fqdns: readonly string[];
}

/** Where a host name stands in private DNS. */
export interface PrivateName {
  readonly zone: string;
  readonly record: string;
}

const storageParts = ['blob', 'file', 'queue', 'table', 'dfs', 'web'];

/** The group ids that a resource offers; undefined for a type of which the emulator knows nothing. */
export function groupIdsOf(target: JsonObject): readonly string[] | undefined {
  return groups[textOf(target.type).toLowerCase()];
}

/** The addresses that a private endpoint to a group of a resource gets; the group must be one that the resource offers. */
export function membersOf(target: JsonObject, group: string, cloud: Cloud): Member[] {
  const name = textOf(target.name).toLowerCase();
  const region = textOf(target.location).toLowerCase().replaceAll(' ', '');
  if (group === 'amlworkspace') return workspaceMembers(target, region, cloud);
  if (group === 'vault') return [{ name: 'default', fqdns: [`${name}.${cloud.vault}`] }];
  if (group === 'registry') {
    return [
      { name: `registry_data_${region}`, fqdns: [`${name}.${region}.data.${cloud.registry}`] },
      { name: 'registry', fqdns: [`${name}.${cloud.registry}`] },
    ];
  }
  if (storageParts.includes(group)) return [{ name: group, fqdns: [`${name}.${group}.${cloud.storage}`] }];
  return [{ name: 'default', fqdns: [] }];
}

/** The private zone and the record of a host name; undefined for a name that has no private zone. */
export function privateNameOf(fqdn: string, cloud: Cloud): PrivateName | undefined {
  for (const [suffix, zone] of suffixes(cloud)) {
    if (fqdn.endsWith(`.${suffix}`)) return { zone: `privatelink.${zone}`, record: fqdn.slice(0, -suffix.length - 1) };
  }
  return undefined;
}

const groups: Record<string, readonly string[]> = {
  'microsoft.storage/storageaccounts': storageParts,
  'microsoft.keyvault/vaults': ['vault'],
  'microsoft.containerregistry/registries': ['registry'],
  'microsoft.machinelearningservices/workspaces': ['amlworkspace'],
};

function workspaceMembers(workspace: JsonObject, region: string, cloud: Cloud): Member[] {
  const guid = workspaceGuid(workspace);
  const notebook = textOf(objectOf(propertiesOf(workspace).notebookInfo).fqdn) || notebookHost(workspace, cloud);
  return [
    { name: 'default', fqdns: [`${guid}.workspace.${region}.${cloud.workspace}`, `${guid}.workspace.${region}.cert.${cloud.workspace}`] },
    { name: 'notebook', fqdns: [notebook] },
    { name: 'inference', fqdns: [`*.${guid}.inference.${region}.${cloud.workspace}`] },
  ];
}

/** The GUID that stands in the host names of a workspace. */
export function workspaceGuid(workspace: JsonObject): string {
  return textOf(propertiesOf(workspace).workspaceId) || guidFor(`workspace ${textOf(workspace.id)}`);
}

/** The host of a workspace's notebooks; its first part is cut to 63 characters. */
export function notebookHost(workspace: JsonObject, cloud: Cloud): string {
  const region = textOf(workspace.location).toLowerCase().replaceAll(' ', '');
  const label = `ml-${textOf(workspace.name).toLowerCase()}-${region}-${workspaceGuid(workspace)}`;
  return `${label.slice(0, 63)}.${region}.${cloud.notebooks}`;
}

function suffixes(cloud: Cloud): [string, string][] {
  const same = [...storageParts.map((part) => `${part}.${cloud.storage}`), cloud.registry, cloud.workspace, cloud.notebooks];
  return [[cloud.vault, cloud.vaultZone], ...same.map((suffix): [string, string] => [suffix, suffix])];
}
