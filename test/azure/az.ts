import { accessSync, constants, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Emulator } from './emulator/emulator.ts';

const here = import.meta.dirname;

/** Folder with the stand-in for az; first on PATH in every environment that is made here. */
export const standInFolder = join(here, 'bin');

/** The real az, or undefined where it is not installed. */
export function realAz(): string | undefined {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)].filter((folder) => folder !== '' && folder !== standInFolder);
  return folders.map((folder) => join(folder, 'az')).find(isExecutable);
}

/** Tells whether the real az is installed; tests that need it say that they were skipped elsewhere. */
export function hasAz(): boolean {
  return realAz() !== undefined && isExecutable('/usr/bin/python3') && existsSync('/usr/lib/python3/dist-packages/azure/cli/core');
}

/** Tells whether the real azure-ai-ml is installed. */
export function hasSdk(): boolean {
  return isExecutable('/usr/bin/python3') && existsSync('/usr/lib/python3/dist-packages/azure/ai/ml');
}

/** Environment for anything that calls az: it reaches the emulator and nothing else. */
export function azEnvironment(emulator: Emulator, dir: string): Record<string, string> {
  const config = join(dir, 'azure');
  writeConfig(config, emulator);
  return {
    ...common(emulator, dir),
    PATH: [standInFolder, ...systemPath()].join(delimiter),
    AZURE_CONFIG_DIR: config,
    AZURE_EXTENSION_DIR: join(config, 'extensions'),
    AZURE_CORE_COLLECT_TELEMETRY: 'no',
    AZURE_CORE_NO_COLOR: 'yes',
    MSI_ENDPOINT: `http://127.0.0.1:${emulator.plainPort}/msi/token`,
    AMLGUIDE_REAL_AZ: realAz() ?? '/usr/bin/az',
    AMLGUIDE_AZ_REFERENCE: process.env.AMLGUIDE_AZ_REFERENCE ?? join(here, 'az-reference.json'),
  };
}

/** Environment for programs of the Python SDK: management.azure.com is the emulator. */
export function sdkEnvironment(emulator: Emulator, dir: string): Record<string, string> {
  return {
    ...common(emulator, dir),
    PATH: [standInFolder, ...systemPath()].join(delimiter),
    IDENTITY_ENDPOINT: `http://127.0.0.1:${emulator.plainPort}/identity/token`,
    IDENTITY_HEADER: 'test',
    AZURE_SUBSCRIPTION_ID: emulator.subscription,
  };
}

/** The public SSH key that lies in the home folder of every environment, at ~/.ssh/id_rsa.pub. */
export const publicKey = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDNotARealKey== anna@tailspin';

/** The Python that the SDK is installed for. */
export const python = '/usr/bin/python3';

/** Keeps az's index of commands for the next environment: it takes az seconds to build. */
export function keepCommandIndex(environment: Record<string, string>): void {
  const index = join(environment.AZURE_CONFIG_DIR ?? '', 'commandIndex.json');
  if (existsSync(index)) copyFileSync(index, keptIndex());
}

function common(emulator: Emulator, dir: string): Record<string, string> {
  const proxy = `http://127.0.0.1:${emulator.plainPort}`;
  const home = join(dir, 'home');
  mkdirSync(join(home, '.ssh'), { recursive: true });
  writeFileSync(join(home, '.ssh/id_rsa.pub'), `${publicKey}\n`);
  return {
    HOME: home,
    LANG: 'C.UTF-8',
    TMPDIR: tmpdir(),
    PYTHONPATH: join(here, 'python'),
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONWARNINGS: 'ignore',
    AZURE_TEST_MEND: '1',
    REQUESTS_CA_BUNDLE: emulator.authority,
    SSL_CERT_FILE: emulator.authority,
    HTTPS_PROXY: proxy,
    HTTP_PROXY: proxy,
    NO_PROXY: '127.0.0.1,localhost',
    AMLGUIDE_AZ_LOG: join(dir, 'az.log'),
    AMLGUIDE_FILES: home,
  };
}

function systemPath(): string[] {
  return ['/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin'];
}

function writeConfig(config: string, emulator: Emulator): void {
  mkdirSync(join(config, 'extensions'), { recursive: true });
  writeFileSync(join(config, 'config'), configText());
  writeFileSync(join(config, 'clouds.config'), cloudText(emulator));
  writeFileSync(join(config, 'azureProfile.json'), JSON.stringify(profile(emulator)));
  writeFileSync(join(config, 'versionCheck.json'), JSON.stringify(versions));
  if (existsSync(keptIndex())) copyFileSync(keptIndex(), join(config, 'commandIndex.json'));
}

/** As if az had just looked for a newer version: it asks a public host otherwise. */
const versions = {
  versions: { 'azure-cli': { local: '2.45.0' }, core: { local: '2.45.0' }, telemetry: { local: '1.0.8' } },
  update_time: '2099-01-01 00:00:00.000000',
};

function configText(): string {
  return ini({
    core: { collect_telemetry: 'no', survey_message: 'no', first_run: 'no', no_color: 'yes' },
    cloud: { name: 'loopback' },
    extension: { use_dynamic_install: 'no' },
    'auto-upgrade': { enable: 'no' },
  });
}

function cloudText(emulator: Emulator): string {
  const { cloud } = emulator.surroundings;
  const audience = 'https://management.azure.com/';
  return ini({
    loopback: {
      profile: 'latest',
      endpoint_management: audience,
      endpoint_resource_manager: emulator.url,
      endpoint_active_directory: `${emulator.url}/adfs`,
      endpoint_active_directory_resource_id: audience,
      endpoint_active_directory_graph_resource_id: emulator.url,
      endpoint_microsoft_graph_resource_id: emulator.url,
      endpoint_gallery: emulator.url,
      suffix_storage_endpoint: cloud.storage,
      suffix_keyvault_dns: `.${cloud.vault}`,
      suffix_acr_login_server_endpoint: `.${cloud.registry}`,
    },
  });
}

function profile({ subscriptions, tenant }: Emulator): object {
  const accounts = subscriptions.map((id, index) => ({
    id,
    name: index === 0 ? 'Test subscription' : `Test subscription ${index + 1}`,
    state: 'Enabled',
    isDefault: index === 0,
    tenantId: tenant,
    homeTenantId: tenant,
    environmentName: 'loopback',
    managedByTenants: [],
    user: { name: 'systemAssignedIdentity', type: 'servicePrincipal', assignedIdentityInfo: 'MSI' },
  }));
  return { installationId: '33333333-3333-4333-8333-333333333333', subscriptions: accounts };
}

function ini(sections: Record<string, Record<string, string>>): string {
  return Object.entries(sections)
    .map(
      ([name, values]) =>
        `[${name}]\n${Object.entries(values)
          .map(([key, value]) => `${key} = ${value}\n`)
          .join('')}`,
    )
    .join('\n');
}

function keptIndex(): string {
  return join(tmpdir(), `az-command-index-${process.getuid?.() ?? 0}.json`);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
