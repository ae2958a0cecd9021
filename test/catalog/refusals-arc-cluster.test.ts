import { expect, it } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { attempt } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import { refusalOf, sessionOf } from './refusal.ts';

const catalog = await ownCatalog();
const example = 'arc-training';

const managed = { 'arc.type': 'managed', 'arc.subscription': '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7', 'arc.api_access': 'open' };
const behindProxy = {
  'arc.origin': 'new',
  'arc.proxy': true,
  'arc.proxy_https': 'http://proxy.contoso.com:3128',
  'arc.service_cidr': '10.96.0.0/12',
};
const skipped = ['10.96.0.0/12', 'kubernetes.default.svc', '.svc.cluster.local', '.svc', '127.0.0.1', 'localhost'];
const government = { ...managed, region: 'usgovvirginia', 'arc.region': 'usgovvirginia' };
const other = 'a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d';

/** Answers besides those of the example, the wrong answer, and words of the reason. */
const wrong: [what: string, besides: Record<string, Json>, key: string, value: Json, says: RegExp][] = [
  ['a managed network around a cluster', {}, 'network.model', 'managed', /not supported/],
  ['an AKS cluster of another subscription', managed, 'arc.subscription', other, /attached only within one.*Azure Arc/s],
  ['a connected cluster of another subscription', {}, 'arc.subscription', other, /attached only within one/],
  ['a region of another cloud', {}, 'arc.region', 'usgovvirginia', /another cloud/],
  ['a closed API server', managed, 'arc.api_access', 'closed', /Trusted Access first/],
  ['Trusted Access in a sovereign cloud', government, 'arc.api_access', 'trusted', /public cloud/],
  ['a private workspace out of reach', { 'endpoints.origin': 'existing' }, 'arc.path', 'none', /Every job would fail/],
  ['services through the proxy', behindProxy, 'arc.proxy_skip', skipped.slice(1), /10\.96\.0\.0\/12/],
  [
    'the loop back through the proxy',
    behindProxy,
    'arc.proxy_skip',
    skipped.filter((one) => one !== '127.0.0.1'),
    /past the proxy too: 127/,
  ],
  [
    'names of services through the proxy',
    behindProxy,
    'arc.proxy_skip',
    skipped.filter((one) => one !== '.svc'),
    /past the proxy too: \.svc/,
  ],
];

it.each(wrong)('%s is refused while answering, with reason and source', (_what, besides, key, value, says) => {
  const refusal = refusalOf(catalog, sessionOf(catalog, example, besides), key, value);
  expect(refusal.says).toMatch(says);
  const pages = refusal.facts.flatMap((id) => catalog.facts[id]?.sources ?? []);
  expect(pages.filter(({ page }) => page !== '')).not.toEqual([]);
});

it.each([
  ['arc.proxy_https', 'http://me:secret@proxy.contoso.com:3128', /without a user name or password/],
  ['arc.proxy_cert', '~/proxy.pem', /whole path/],
  ['arc.context', 'my cluster', /no spaces/],
])('the form of %s is held', (key, value, says) => {
  expect(refusalOf(catalog, sessionOf(catalog, example, behindProxy), key, value).says).toMatch(says);
});

it('and the answers of the example itself are refused nowhere', () => {
  for (const [, besides, key] of wrong) {
    const session = sessionOf(catalog, example, besides);
    const answer = session.answers[key];
    if (answer) expect(attempt(catalog, session, { type: 'answer', key, value: answer.value }).refused).toEqual([]);
  }
});
