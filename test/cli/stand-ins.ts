// Programs that say what a test wants, in a folder that is the whole PATH of a run.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { room } from './run.ts';

/** What a stand-in does when its words begin with a text. */
export interface Said {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly code?: number;
}

/** By program, what it says by the beginning of its words; the first that fits counts, and whatever else it is asked is an error. */
export type StandIns = Readonly<Record<string, Readonly<Record<string, Said>>>>;

/** Writes the stand-ins into a new folder and gives its path. */
export function standIns(programs: StandIns): string {
  const folder = mkdtempSync(join(room, 'path-'));
  for (const [name, says] of Object.entries(programs)) writeFileSync(join(folder, name), scriptOf(name, says), { mode: 0o755 });
  return folder;
}

function scriptOf(name: string, says: StandIns[string]): string {
  const cases = Object.entries(says).map(
    ([words, { stdout = '', stderr = '', code = 0 }]) =>
      `  ${quoted(words)}*) printf %s ${quoted(stdout)}; printf %s ${quoted(stderr)} >&2; exit ${code} ;;`,
  );
  return `#!/bin/sh\ncase "$*" in\n${cases.join('\n')}\nesac\necho "ERROR: the stand-in for ${name} was asked: $*" >&2\nexit 2\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Resource providers as az lists them. */
export function registered(names: readonly string[]): unknown {
  return names.map((name) => ({ namespace: `Microsoft.${name}`, registrationState: 'Registered' }));
}

const tenant = '8f2e1c00-0000-4000-8000-000000000001';

/** az of a computer where everything is right for the examples, with other answers in place of its own. */
export function goodAz(subscription: string, more: StandIns[string] = {}): StandIns[string] {
  const json = (value: unknown): Said => ({ stdout: JSON.stringify(value) });
  const account = { id: subscription, name: 'Contoso', state: 'Enabled', isDefault: true, tenantId: tenant, homeTenantId: tenant };
  const extensions = { ml: '2.37.0', 'k8s-extension': '1.6.4', connectedk8s: '1.10.6' };
  const own = {
    'version ': json({ 'azure-cli': '2.89.1', extensions }),
    'account list ': json([account]),
    'cloud show ': json({ name: 'AzureCloud' }),
    'configure --list-defaults ': json([]),
    'rest --method get --url /subscriptions?': json({ value: [{ subscriptionId: subscription }] }),
    'rest --method get --url /subscriptions/': json({ value: [{ actions: ['*'], notActions: [] }] }),
    'provider list ': json(registered(['Kubernetes', 'KubernetesConfiguration', 'ExtendedLocation', 'Relay', 'Network'])),
    'group show ': json({ id: `/subscriptions/${subscription}/resourceGroups/rg-contoso-ml`, name: 'rg-contoso-ml' }),
    'k8s-extension create --help': { stdout: '  --config --configuration-settings\n  --config-file\n  --config-protected\n' },
  };
  // What comes first counts.
  return { ...more, ...Object.fromEntries(Object.entries(own).filter(([words]) => !(words in more))) };
}

/** kubectl with the context of the example, and Python with SDK v2. */
export const goodOthers: StandIns = {
  kubectl: {
    'version --client ': { stdout: '{"clientVersion": {"gitVersion": "v1.32.4"}}' },
    'config get-contexts ': { stdout: 'kind-kind\ncontoso-edge-admin\n' },
  },
  python3: { '-c ': { stdout: '{"azure-ai-ml": "1.27.1", "azure-identity": "1.21.0"}' } },
};
