import { expect, it } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { attempt } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import { refusalOf, sessionOf } from './refusal.ts';

const catalog = await ownCatalog();
const example = 'arc-training';

const there = (...present: string[]) => ({ 'extension.present': present });
const serving = { 'arc.purpose': 'test', 'extension.inference': true, 'extension.nodes': 2, 'extension.router': 'nodePort' };
const files = { ...serving, 'extension.tls': 'files', 'extension.cname': 'ml.contoso.com', 'extension.cert_file': '/tls/cert.pem' };
const managed = { 'arc.type': 'managed', 'arc.api_access': 'open' };
const atWork = { ...serving, 'arc.purpose': 'production', 'extension.nodes': 3 };

/** Answers besides those of the example, the wrong answer, and words of the reason. */
const wrong: [what: string, besides: Record<string, Json>, key: string, value: Json, says: RegExp][] = [
  ['a second device plugin', {}, 'extension.install_nvidia', true, /on the cluster already/],
  ['GPUs without a device plugin', there(), 'extension.install_nvidia', false, /stay pending/],
  ['a device plugin without GPUs', { ...there(), 'extension.gpu': false }, 'extension.install_nvidia', true, /no job uses a GPU/],
  ['a second Volcano', there('nvidia', 'volcano'), 'extension.install_volcano', true, /on the cluster already/],
  ['no Volcano at all', {}, 'extension.install_volcano', false, /ever scheduled/],
  ['a second Prometheus operator', there('nvidia', 'prometheus'), 'extension.install_prometheus', true, /E45002/],
  ['no Prometheus operator at all', {}, 'extension.install_prometheus', false, /needs a Prometheus operator/],
  ['a second DCGM exporter', {}, 'extension.install_dcgm', true, /exporter is on the cluster already/],
  ['GPU metrics without GPUs', { ...there(), 'extension.gpu': false }, 'extension.install_dcgm', true, /no job uses one/],
  ['an internal load balancer on Azure Arc', serving, 'extension.balancer', 'azure', /E40003/],
  ['an internal load balancer with node ports', { ...serving, ...managed }, 'extension.balancer', 'azure', /router type loadBalancer/],
  ['HTTP in production', atWork, 'extension.tls', 'http', /for development and test/],
  ['three routers on two nodes', serving, 'extension.router_ha', true, /E40002/],
  ['two nodes for inference in production', atWork, 'extension.nodes', 2, /three nodes/],
  ['the certificate as its key', files, 'extension.key_file', '/tls/cert.pem', /file of the certificate/],
  ['a taint that is not tolerated', {}, 'extension.taints', ['ml.azure.com/amlarc', 'team'], /do not tolerate team/],
  ['Log Analytics as in 2021', {}, 'extension.more', ['logAnalyticsWS=True'], /logAnalyticsWS .* exists no more/],
  ['Blobfuse as in 2021', {}, 'extension.more', ['installBlobfuseSysctl=True'], /installBlobfuseSysctl .* exists no more/],
  ['FlexVolume as in 2021', {}, 'extension.more', ['installBlobfuseFlexvol=False'], /installBlobfuseFlexvol .* exists no more/],
  ['the path of FlexVolume as in 2021', {}, 'extension.more', ['volumePluginDir=/opt/plugins'], /volumePluginDir .* exists no more/],
  ['a setting that is asked', {}, 'extension.more', ['installVolcano=False'], /question of its own/],
  ['a node selector among other settings', {}, 'extension.more', ['nodeSelector.pool=training'], /question of its own/],
  ['tolerations', {}, 'extension.more', ['tolerations=team'], /no setting for tolerations/],
  ['a secret', {}, 'extension.more', ['relayserver.relayConnectionString=Endpoint'], /That is a secret/],
];

it.each(wrong)('%s is refused while answering, with reason and source', (_what, besides, key, value, says) => {
  const refusal = refusalOf(catalog, sessionOf(catalog, example, besides), key, value);
  expect(refusal.says).toMatch(says);
  const pages = refusal.facts.flatMap((id) => catalog.facts[id]?.sources ?? []);
  expect(pages.filter(({ page }) => page !== '')).not.toEqual([]);
});

it('and the answers of the example itself are refused nowhere', () => {
  for (const [, besides, key] of wrong) {
    const session = sessionOf(catalog, example, besides);
    const answer = session.answers[key];
    if (answer) expect(attempt(catalog, session, { type: 'answer', key, value: answer.value }).refused).toEqual([]);
  }
});
