import fc from 'fast-check';
import type { Reading } from '../../src/core/asks.ts';
import type { Catalog } from '../../src/core/catalog.ts';
import { answersGiven } from '../../src/core/given.ts';
import type { Json } from '../../src/core/json.ts';
import { pictureOf } from '../../src/core/picture.ts';
import { type Plan, plan } from '../../src/core/plan.ts';
import type { Report } from '../../src/core/reports/report.ts';
import { type Finding, findingOf, type PlannedItem, plannedItems, refsOf } from '../../src/core/verify/findings.ts';
import type { Mend } from '../../src/core/verify/mends.ts';
import type { Ref } from '../../src/core/verify/sources.ts';
import { wordText } from '../../src/core/words.ts';

const at = '2026-11-21T09:30:00.000Z';

/** What Azure answers about some resources of the example, by their id in the catalog; partly wrong, so that findings differ. */
const properties: Readonly<Record<string, Json>> = {
  workspace: { v1LegacyMode: true, publicNetworkAccess: 'Disabled', privateEndpointConnections: [] },
  vnet: { addressSpace: { addressPrefixes: ['10.80.0.0/20'] } },
  subnet: { addressPrefix: '10.80.0.0/27', delegations: [{ properties: { serviceName: 'Microsoft.Databricks/workspaces' } }] },
  endpoint_subnet: { addressPrefix: '10.80.0.32/27' },
  storage: { publicNetworkAccess: 'Enabled', allowSharedKeyAccess: false, networkAcls: { bypass: 'None' } },
  vault: { enableRbacAuthorization: true, publicNetworkAccess: 'Disabled' },
  nsg: { securityRules: [] },
};

const gaps = ['forbidden', 'throttled', 'absent', 'unreachable'] as const;

/** A report on the example with every target, from readings that are made up. */
export function allTargetsReport(catalog: Catalog): Report {
  const given = catalog.examples['all-targets']?.answers as Record<string, Json>;
  const made = plan(catalog, answersGiven(catalog, given).answers);
  if ('problems' in made) throw new Error('the example has problems');
  const items = plannedItems(made.world, made.checklist);
  const refs = new Map(items.flatMap(refsOf).map((ref) => [ref.key, ref]));
  const readings = new Map([...refs.values()].map((ref, index) => [ref.key, readingOf(ref, index)]));
  const findings = items.map((item) => findingOf(made.world, item, readings));
  return {
    name: 'northwind',
    at,
    version: '0.2.0',
    catalog,
    findings,
    picture: pictureOf(made.world),
    mends: mendsOf(made, items, findings),
  };
}

function readingOf({ source }: Ref, index: number): Reading {
  const instance = source.type === 'resource' ? source.instance : undefined;
  const known = instance && properties[instance.resource.id];
  if (!known || source.type !== 'resource') return { ok: false, why: gaps[index % gaps.length]!, message: '', at };
  return { ok: true, value: { id: source.id, location: 'westeurope', properties: known }, at };
}

/** The commands of the step that makes or changes what a failed check reads. */
function mendsOf(made: Plan, items: readonly PlannedItem[], findings: readonly Finding[]): Map<string, Mend> {
  return new Map(
    findings.flatMap(({ id, verdict }, index) => {
      const step = verdict === 'fail' ? made.steps.find(({ key }) => key === items[index]?.self?.key) : undefined;
      if (!step) return [];
      const words = step.update.length > 0 ? step.update : step.create;
      const commands = words.map((command) => command.map((word) => wordText(word) ?? ''));
      return [[id, commands.length > 0 ? { commands } : { say: step.say ?? 'Ask whoever owns it.' }] as const];
    }),
  );
}

/** Texts that attack the formats of reports. */
export const attacks: readonly string[] = [
  '',
  ' ',
  '</script><script>alert(1)</script>',
  '<!-- ',
  '--><b>',
  ']]>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '&lt;b&gt; &amp; &#0; &quot;',
  'a\0b\u0001\u001b[31m\u0085\u009f',
  'ends \ud800 in half',
  '\udc00',
  '\ufffe\uffff\u{1ffff}',
  '\u202egpj.exe\u2066',
  'שלום עולם',
  '```\n# a heading\n```',
  '| a | b |\n| --- | --- |',
  '- [ ] task\n1. one\n> quote\n***\n===',
  '[text](javascript:alert(1)) ![i](x) <https://a.example>',
  '{0} {{1}} ${a} {%x%}',
  'a\r\nb\rc\n\n    code\ttab\u2028line\u2029',
  '`` ` ``` a `',
  '\\',
  '~~~\n~~a~~',
  '%s %n $(id) `id`',
  '</style></title></svg></pre></details><p>',
];

/** Any text, often a hostile one. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...attacks),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.constantFrom(...attacks), { minLength: 2, maxLength: 3 }).map((parts) => parts.join('')),
);

const verdict = fc.constantFrom('pass', 'fail', 'unknown', 'by hand');

const finding: fc.Arbitrary<Finding> = fc.record(
  {
    id: fc.oneof(fc.constantFrom('one', 'two.0', 'two.1'), hostile),
    topic: fc.oneof(fc.constantFrom('where', 'made_up'), hostile),
    label: hostile,
    says: hostile,
    severity: fc.constantFrom('high', 'medium', 'low'),
    facts: fc.subarray(['attacked', 'of-nowhere']),
    verdict,
    by: fc.constantFrom('azure', 'hand'),
    found: hostile,
    expected: hostile,
    why: hostile,
    what: hostile,
    resource: hostile,
    at: hostile,
  },
  { requiredKeys: ['id', 'topic', 'label', 'says', 'severity', 'facts', 'verdict', 'by'] },
);

/** Reports in which every text that comes from outside may be hostile; the shape is given by the findings alone. */
export function hostileReports(): fc.Arbitrary<Report> {
  return fc
    .record({
      name: hostile,
      version: hostile,
      findings: fc.array(finding, { maxLength: 5 }),
      words: hostile,
      say: hostile,
      sample: fc.boolean(),
    })
    .map(({ words, say, findings, ...rest }) => ({
      ...rest,
      at,
      findings,
      catalog: attackedCatalog(words, say),
      mends: new Map(findings.map(({ id }) => [id, { commands: [['az', words], [say]], say }])),
      picture: [
        {
          key: words,
          label: words,
          shape: 'box',
          notes: [say],
          inner: [{ key: say, label: say, shape: 'line', notes: [], inner: [], links: [words], flows: [] }],
          links: [],
          flows: [{ way: 'out', denied: false, who: words, ports: say, why: words }],
        },
      ],
    }));
}

/** As much of a catalog as reports read. */
function attackedCatalog(a: string, b: string): Catalog {
  const sources = [{ page: a, date: b, note: a, repo: b, path: a }, { page: b }];
  const facts = { attacked: { id: 'attacked', says: a, was: b, since: a, sources } };
  return { manifest: { version: a, checked: b }, topics: [{ topic: 'where', title: b }], facts } as unknown as Catalog;
}
