import type { Progress, RunEvent } from '../../src/core/run/events.ts';
import type { PlannedStep, RunHead } from '../../src/core/run/progress.ts';
import type { RunOverview, RunTrouble } from '../../src/ui/run-ui.ts';

/** Something that happens, and when. */
export interface Happening {
  readonly now: number;
  readonly event: RunEvent | Progress;
}

type How = Extract<RunEvent, { type: 'done' }>['how'];
type Change = Extract<RunEvent, { type: 'change' }>['what'];

export const head: RunHead = { name: 'contoso-prod', kind: 'apply', rehearsal: false };

const after: Readonly<Record<string, readonly string[]>> = {
  look: [],
  group: ['look'],
  vnet: ['group'],
  train: ['vnet'],
  endpoints: ['vnet'],
  nat: ['group'],
  attach: ['train', 'nat'],
  storage: ['group'],
  vault: ['group'],
  registry: ['group'],
  workspace: ['storage', 'vault', 'registry'],
  link: ['workspace', 'endpoints'],
  zone: ['vnet'],
  cluster: ['workspace', 'attach'],
  instance: ['workspace', 'attach'],
};

/** The steps of the recorded run. */
export const lines: readonly PlannedStep[] = [
  { key: 'look', what: 'subscription 日本 and its providers', finished: false },
  { key: 'group', what: 'resource group rg-ml-net', takes: 'a few seconds', finished: false },
  { key: 'vnet', what: 'virtual network vnet-ml', takes: 'a few seconds', finished: false },
  { key: 'train', what: 'subnet snet-train', takes: 'a few seconds', finished: false },
  { key: 'endpoints', what: 'subnet snet-endpoints', takes: 'a few seconds', finished: false },
  { key: 'nat', what: 'NAT gateway nat-ml', takes: 'half a minute', finished: false },
  { key: 'attach', what: 'NAT gateway nat-ml at subnet snet-train', takes: 'a few seconds', finished: false },
  { key: 'storage', what: 'storage account stcontosoprod', takes: 'half a minute', finished: false },
  { key: 'vault', what: 'key vault kv-contosoprod', takes: 'half a minute', finished: false },
  { key: 'registry', what: 'container registry crcontosoprod', takes: 'a minute or two', finished: false },
  { key: 'workspace', what: 'workspace mlw-contoso-prod', takes: '3 to 5 minutes', finished: false },
  { key: 'link', what: 'private endpoint pe-mlw-contoso-prod', takes: '1 to 3 minutes', finished: false },
  { key: 'zone', what: 'private DNS zone privatelink.api.azureml.ms', takes: 'a minute', finished: false },
  { key: 'cluster', what: 'compute cluster cpu-cluster', takes: '5 to 10 minutes', finished: false },
  { key: 'instance', what: 'compute instance ci-kim', takes: '5 to 10 minutes', finished: false },
];

export const overview: RunOverview = {
  ...head,
  creates: lines
    .slice(1)
    .map(({ what, takes = '' }, index) => ({ what, takes, ...(index % 4 === 3 ? { costs: 'about 33 dollars a month' } : {}) })),
  changes: ['route table rt-hub gets a route for the control plane'],
  looks: ['virtual network vnet-hub', 'subscription 日本 and its providers'],
  removes: [],
  kept: [],
  permissions: [
    {
      scope: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-ml-net',
      actions: ['Microsoft.Resources/subscriptions/resourceGroups/write', 'Microsoft.Network/virtualNetworks/write'],
    },
  ],
  finished: 0,
  changed: [],
};

export const undoOverview: RunOverview = {
  ...overview,
  kind: 'undo',
  creates: [],
  changes: [],
  looks: [],
  removes: [
    { what: 'compute cluster cpu-cluster' },
    { what: 'workspace mlw-contoso-prod', note: 'stays recoverable under its name for 14 days' },
    { what: 'resource group rg-ml-net' },
  ],
  kept: [{ what: 'virtual network vnet-hub', because: 'this session did not make it' }],
  typed: 'contoso-prod',
};

export const trouble: RunTrouble = {
  step: 'registry',
  what: 'container registry crcontosoprod',
  message:
    "(RequestDisallowedByPolicy) Resource 'crcontosoprod' was disallowed by policy. Policy identifiers: " +
    '\'[{"policyAssignment":{"name":"Container registries should not allow unrestricted network access"}}]\'.',
  known: {
    id: 'policy-refused',
    cause: 'A policy of your company refuses this setting. It is no fault of the plan, and trying again does not help.',
    fix: 'Choose another answer, such as no public access, or ask whoever owns the policy for an exemption of this resource group.',
    source: 'Azure Policy, error RequestDisallowedByPolicy (2025-03-11)',
    link: 'https://github.com/MicrosoftDocs/azure-docs/blob/main/articles/governance/policy/troubleshoot/general.md',
  },
  waiting: 4,
  editable: true,
};

export const events: readonly Happening[] = recorded();

/** A run in which a call is tried again, Azure works on, a registry is refused, is skipped, and all that needs it too. */
function recorded(): Happening[] {
  const all: Happening[] = [];
  const at = (seconds: number, event: RunEvent | Progress): void => void all.push({ now: 1_700_000_000_000 + seconds * 1000, event });
  const start = (seconds: number, step: string): void => {
    at(seconds, { type: 'start', step, digest: step });
    at(seconds, { type: 'progress', step, doing: 'looking' });
  };
  const change = (seconds: number, step: string, what: Change = 'create', call = 0, of = 1): void => {
    at(seconds, { type: 'change', step, what, call, of, words: ['az', 'x'] });
    at(seconds, { type: 'progress', step, doing: 'changing' });
    at(seconds, { type: 'child', step, child: { pid: 4711, started: '1' } });
  };
  const done = (seconds: number, step: string, how: How = 'made'): void => at(seconds, { type: 'done', step, how });
  at(0, {
    type: 'run',
    kind: 'apply',
    rehearsal: false,
    program: '0.1.0',
    catalog: '2026.1',
    steps: lines.map(({ key, what }) => ({ key, what, digest: key, after: [...(after[key] ?? [])] })),
  });
  start(0, 'look');
  done(2, 'look', 'there');
  start(2, 'group');
  change(3, 'group');
  at(6, { type: 'ended', step: 'group', code: 0 });
  done(7, 'group');
  for (const step of ['vnet', 'nat', 'storage', 'vault']) start(7, step);
  at(7, { type: 'start', step: 'registry', digest: 'registry' });
  at(7, { type: 'progress', step: 'registry', doing: 'queued' });
  done(9, 'vault', 'there');
  at(9, { type: 'progress', step: 'registry', doing: 'looking' });
  for (const step of ['vnet', 'nat', 'storage', 'registry']) change(10, step);
  at(15, { type: 'ended', step: 'vnet', code: 0 });
  done(16, 'vnet');
  start(16, 'train');
  start(16, 'endpoints');
  start(16, 'zone');
  change(18, 'train', 'update');
  done(22, 'train', 'changed');
  change(22, 'endpoints');
  at(26, { type: 'ended', step: 'endpoints', code: 1, message: 'Another operation on this network is in progress.' });
  at(26, {
    type: 'retry',
    step: 'endpoints',
    after: 17_000,
    message: 'Another operation on this network is in progress (AnotherOperationInProgress).',
  });
  at(26, { type: 'progress', step: 'endpoints', doing: 'retrying', note: 'Another operation on this network is in progress.' });
  at(30, { type: 'ended', step: 'nat', code: 0 });
  for (const seconds of [31, 34, 39, 46, 55, 66]) at(seconds, { type: 'progress', step: 'nat', doing: 'waiting', note: 'Updating' });
  at(58, { type: 'failed', step: 'registry', message: trouble.message, error: 'policy-refused' });
  change(60, 'endpoints');
  done(70, 'endpoints');
  done(72, 'nat');
  start(72, 'attach');
  change(73, 'attach', 'act', 0, 2);
  change(75, 'attach', 'act', 1, 2);
  done(80, 'attach', 'acted');
  done(81, 'storage');
  change(82, 'zone');
  at(90, { type: 'skipped', step: 'registry', because: 'container registry crcontosoprod' });
  for (const step of ['workspace', 'link', 'cluster', 'instance'])
    at(90, { type: 'skipped', step, because: 'container registry crcontosoprod' });
  at(95, { type: 'left', step: 'zone' });
  at(95, { type: 'end', outcome: 'failed' });
  return all.sort((a, b) => a.now - b.now);
}
