import type { Finding } from '../../../src/core/verify/findings.ts';
import type { Frame, Size } from '../../../src/ui/ink/frame.ts';
import { bindingFor } from '../../../src/ui/ink/keys.ts';
import { verifyFrame } from '../../../src/ui/ink/verify-frame.ts';
import { verifyKeys } from '../../../src/ui/ink/verify-keys.ts';
import { blankVerify, type VerifyAct, type VerifyScene } from '../../../src/ui/ink/verify-scene.ts';
import type { VerifyHead, VerifyResult } from '../../../src/ui/verify-ui.ts';
import { presses } from './run-scenes.ts';

const topics = [
  { topic: 'where', title: 'Where' },
  { topic: 'network', title: 'Virtual network' },
  { topic: 'dns', title: 'DNS' },
];

const facts = {
  'storage-same-network': {
    id: 'storage-same-network',
    subject: 'storage',
    status: 'changed',
    says: 'Private endpoints may lie in a peered network.',
    was: 'Storage and workspace have to be in one network.',
    since: '2022-03-01',
    sources: [{ page: 'how-to-network-security-overview', date: '2025-06-12', repo: 'MicrosoftDocs/azure-ai-docs', path: 'a.md' }],
  },
} as unknown as VerifyHead['facts'];

const at = '2026-11-21T09:30:00.000Z';
const item = (id: string, topic: string, verdict: Finding['verdict'], label: string, more: Partial<Finding> = {}): Finding => ({
  id,
  topic,
  label,
  says: `${label}, as the plan says.`,
  severity: 'medium',
  facts: [],
  by: verdict === 'by hand' ? 'hand' : 'azure',
  verdict,
  ...(verdict === 'by hand' ? {} : { at }),
  ...more,
});

/** Made-up findings of every verdict, in the order of the checklist. */
export const findings: readonly Finding[] = [
  item('region', 'where', 'pass', 'Workspace in the region'),
  item('legacy', 'where', 'unknown', 'Workspace takes CLI v2', { why: 'workspace mlw: You may not read it.', expected: 'false' }),
  item('vnet', 'network', 'pass', 'Network is there'),
  item('by_bastion', 'network', 'by hand', 'People come in by Bastion', { why: 'Open the studio from a machine behind the Bastion 日本.' }),
  item('storage_open', 'network', 'fail', 'Storage is closed to the internet', {
    severity: 'high',
    found: 'Enabled',
    expected: 'Disabled',
    what: 'storage account stcontoso',
    resource: '/subscriptions/‹subscription›/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stcontoso',
    facts: ['storage-same-network'],
  }),
  item('peering', 'network', 'fail', 'Peering is connected', { severity: 'low', found: 'Initiated', expected: 'Connected' }),
  item('zones', 'dns', 'pass', 'Zones are linked'),
  item('resolves', 'dns', 'by hand', 'Names resolve to private addresses', { why: 'Ask the DNS server of your company.' }),
];

/** What Azure names in it is long, so that it wraps. */
export const command = [
  'az',
  'storage',
  'account',
  'update',
  '--name',
  'stcontoso',
  '--resource-group',
  'rg-contoso-ml',
  '--public-network-access',
  'Disabled',
];

/** What is going to be looked at. */
export const head: VerifyHead = {
  name: 'contoso-prod',
  kind: 'verify',
  sample: false,
  ids: findings.map(({ id }) => id),
  topics,
  facts,
  all: false,
  keeps: true,
};

/** Everything that was found. */
export const result: VerifyResult = {
  findings,
  mends: new Map([
    ['storage_open', { commands: [command] }],
    ['peering', { commands: [['az', 'network', 'vnet', 'peering', 'sync']], say: 'Ask who owns the other network.' }],
  ]),
  mendable: new Set(['storage_open', 'peering']),
};

/** The screen when everything is read. */
export function readScene(more: Partial<VerifyScene> = {}): VerifyScene {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const { mends, mendable } = result;
  return { ...blankVerify(true), stage: 'read', head, takesHands: true, findings: byId, mends, mendable, elapsed: 4_000, ...more };
}

/** The screen when so many are read. */
export function readingScene(count: number, more: Partial<VerifyScene> = {}): VerifyScene {
  const some = new Map(findings.slice(0, count).map((finding) => [finding.id, finding]));
  return { ...readScene(more), stage: 'reading', findings: some, mends: new Map(), mendable: new Set(), ...more };
}

/** The text of each row of a screen, without the spaces at their ends. */
export function texts(frame: Frame): string[] {
  return frame.lines.map((row) =>
    row
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );
}

/** A scene after keys on a screen of some size, and what the last key asked for. */
export function pressed(
  scene: VerifyScene,
  size: Size,
  ...ids: readonly string[]
): { readonly scene: VerifyScene; readonly act?: VerifyAct | undefined } {
  let now = scene;
  let act: VerifyAct | undefined;
  for (const press of presses(...ids)) {
    const { seen } = verifyFrame(now, size);
    const step = bindingFor(verifyKeys({ scene: now, seen }), press)?.run({ scene: now, seen }, press);
    now = step?.scene ?? now;
    act = step?.act;
  }
  return { scene: now, act };
}

const size = { columns: 100, rows: 30 };

/** Every screen of a verification, by name. */
export function allScreens(): Readonly<Record<string, VerifyScene>> {
  return {
    nothing: readingScene(0),
    reading: readingScene(5),
    read: readScene(),
    all: readScene({ all: true }),
    'by hand': pressed(readScene(), size, 'end').scene,
    marked: pressed(readScene(), size, 'space').scene,
    typing: pressed(readScene(), size, '/', 'd', 'n', '日').scene,
    filtered: pressed(readScene(), size, '/', 'd', 'n', 's', 'enter').scene,
    'no hits': pressed(readScene(), size, '/', 'x', 'x', 'enter').scene,
    'in full': pressed(readScene(), size, 'enter').scene,
    help: pressed(readScene(), size, '?').scene,
    fine: readScene({ findings: new Map([['vnet', findings[2]!]]), mends: new Map(), mendable: new Set() }),
    'nothing at all': readScene({ findings: new Map(), mends: new Map(), mendable: new Set() }),
    sample: readScene({ head: { ...head, sample: true } }),
    preflight: readScene({ head: { ...head, kind: 'preflight', name: '日本'.repeat(30) }, takesHands: false, mendable: new Set() }),
  };
}
