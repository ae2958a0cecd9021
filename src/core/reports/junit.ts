import type { Finding } from '../verify/findings.ts';
import { attribute, markup } from './markup.ts';
import { commandsOf, factsOf, outcomeOf, type Report, ruleOf, sourceLine, summaryOf, topicsOf, warningOf } from './report.ts';

/** JUnit XML as Jenkins and Surefire know it: a suite for every topic, a case for every finding. What is unknown or by hand is skipped, never passed. */
export function junitReport(report: Report): string {
  const { findings } = report;
  const suites = topicsOf(report).flatMap(({ topic, title, findings: own }) => [
    `  <testsuite${attributes({ name: title, package: topic, ...totals(own), skipped: skippedIn(own), time: 0, timestamp: report.at })}>`,
    ...propertiesOf(report),
    ...own.flatMap((finding) => testCase(report, finding)),
    '  </testsuite>',
  ]);
  const name = `amlguide verify ${report.name}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name, ...totals(findings), time: 0 })}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function totals(findings: readonly Finding[]): Readonly<Record<string, number>> {
  return { tests: findings.length, failures: findings.filter(({ verdict }) => verdict === 'fail').length, errors: 0 };
}

function skippedIn(findings: readonly Finding[]): number {
  return findings.filter(({ verdict }) => verdict === 'unknown' || verdict === 'by hand').length;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${attribute(String(value))}"`)
    .join('');
}

function propertiesOf(report: Report): string[] {
  const { name, version, catalog } = report;
  const warning = warningOf(report);
  const values = {
    name,
    summary: summaryOf(report),
    amlguide: version,
    checklists: `${catalog.manifest.version}, checked ${catalog.manifest.checked}`,
    ...(warning === '' ? {} : { sample: warning }),
  };
  const lines = Object.entries(values).map(([key, value]) => `      <property${attributes({ name: key, value })}/>`);
  return ['    <properties>', ...lines, '    </properties>'];
}

/** The name ends in the id, so that a case keeps its history and two rows with one label stay apart. */
function testCase(report: Report, finding: Finding): string[] {
  const { label, id, topic, verdict, severity } = finding;
  const open = `    <testcase${attributes({ name: `${label} (${id})`, classname: `amlguide.${topic}`, time: 0 })}>`;
  const text = markup(detailsOf(report, finding).join('\n'));
  const message = outcomeOf(finding);
  if (verdict === 'pass') return [open, `      <system-out>${text}</system-out>`, '    </testcase>'];
  if (verdict === 'fail') {
    return [open, `      <failure${attributes({ type: severity, message })}>${text}</failure>`, '    </testcase>'];
  }
  return [open, `      <skipped${attributes({ type: verdict, message: `${verdict}: ${message}` })}>${text}</skipped>`, '    </testcase>'];
}

function detailsOf(report: Report, finding: Finding): string[] {
  const { says, why, found, expected, what, resource, at, severity } = finding;
  const mend = report.mends.get(finding.id);
  const named = { Why: why, Found: found, Expected: expected, 'Looked at': what, Resource: resource, At: at, Severity: severity };
  const commands = commandsOf(mend);
  const pages = factsOf(report, finding).flatMap(({ sources }) => sources.map(sourceLine));
  return [
    says,
    ...Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`])),
    `Rule: ${ruleOf(finding)}`,
    ...(mend?.say === undefined ? [] : [`To mend it: ${mend.say}`]),
    ...(commands.length === 0 ? [] : ['Commands that mend it:', ...commands]),
    ...[...new Set(pages)].map((page) => `Source: ${page}`),
  ];
}
