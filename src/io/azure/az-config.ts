import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Resource Manager is of the cloud that az is set to, as far as az's own files say it: a cloud that somebody registered. Undefined for those that az knows by itself. */
export async function configuredEndpoint(environment: Readonly<Record<string, string | undefined>>): Promise<string | undefined> {
  const folder = environment.AZURE_CONFIG_DIR || join(environment.HOME || environment.USERPROFILE || homedir(), '.azure');
  const [config, clouds] = await Promise.all(['config', 'clouds.config'].map((name) => sections(join(folder, name))));
  const cloud = environment.AZURE_CLOUD_NAME || config?.get('cloud')?.get('name');
  return cloud === undefined ? undefined : clouds?.get(cloud)?.get('endpoint_resource_manager')?.replace(/\/$/, '');
}

/** The sections of a file in the form that az writes: [name], then key = value. A file that is not there has none. */
async function sections(path: string): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const found = new Map<string, Map<string, string>>();
  let current = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const name = /^\s*\[(.+)\]\s*$/.exec(line)?.[1];
    if (name !== undefined) {
      current = found.get(name) ?? new Map<string, string>();
      found.set(name, current);
    }
    const [, key, value] = /^\s*([^#;=[\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) current.set(key, value);
  }
  return found;
}
