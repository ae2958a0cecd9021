import type { Drawn } from '../picture.ts';
import { drawMermaid } from '../picture-mermaid.ts';
import { drawText } from '../picture-text.ts';
import { plain } from '../render/markdown.ts';
import { countsOf, type Finding } from '../verify/findings.ts';
import {
  commandsOf,
  factsOf,
  findingsOf,
  oneLine,
  oneLineLabels,
  type Report,
  sourceAddress,
  sourceLine,
  summaryOf,
  topicsOf,
  verdicts,
  warningOf,
} from './report.ts';

/** The report as Markdown: counts, a table by topic, then failures, what is unknown, what is to look at by hand as a task list, and what passed. */
export function markdownReport(report: Report): string {
  const { name, at, version, catalog, picture } = report;
  const { manifest } = catalog;
  const warning = warningOf(report);
  const sections = [
    [`# Verification of ${text(name)}`],
    ...(warning === '' ? [] : [[`> **${warning}**`]]),
    [`**${summaryOf(report)}**, ${text(at)}`],
    table(report),
    ...section('Failed', findingsOf(report, 'fail'), (finding) => failure(report, finding)),
    ...section('Unknown', findingsOf(report, 'unknown'), (finding) => unknown(report, finding)),
    ...section('To look at by hand', findingsOf(report, 'by hand'), (finding) => [task(report, finding)]),
    ...section('Passed', findingsOf(report, 'pass'), (finding) => [passed(finding)]),
    ...(picture ? [network(oneLineLabels(picture))] : []),
    [`Made by amlguide ${text(version)} with the checklists ${text(manifest.version)}, last checked ${text(manifest.checked)}.`],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function network(picture: readonly Drawn[]): string[] {
  return ['## The network', '', ...fence('text', drawText(picture)), '', ...fence('mermaid', drawMermaid(picture))];
}

function section(title: string, findings: readonly Finding[], lines: (finding: Finding) => readonly string[]): string[][] {
  return findings.length === 0 ? [] : [[`## ${title}`, '', ...findings.flatMap(lines)]];
}

function table(report: Report): string[] {
  const rows = topicsOf(report).map(({ title, findings }) => {
    const counts = countsOf(findings);
    return `| ${[text(title), ...verdicts.map((verdict) => counts[verdict])].join(' | ')} |`;
  });
  return ['| topic | failed | unknown | by hand | passed |', '| --- | ---: | ---: | ---: | ---: |', ...rows];
}

function heading({ label, severity }: Finding): string[] {
  return [`### ${text(label)} (${severity})`, ''];
}

function failure(report: Report, finding: Finding): string[] {
  return [
    ...heading(finding),
    ...paragraph(finding.says),
    ...listed({
      Found: finding.found,
      Expected: finding.expected,
      Why: finding.why,
      'Looked at': finding.what,
      Resource: finding.resource,
    }),
    ...mend(report, finding),
    ...sources(report, finding),
  ];
}

function unknown(report: Report, finding: Finding): string[] {
  return [
    ...heading(finding),
    ...paragraph(finding.says),
    ...listed({ Why: finding.why, Expected: finding.expected, 'Looked at': finding.what, Resource: finding.resource }),
    ...sources(report, finding),
  ];
}

function mend(report: Report, { id }: Finding): string[] {
  const one = report.mends.get(id);
  const commands = commandsOf(one);
  return [
    ...(one?.say === undefined ? [] : paragraph(`To mend it: ${one.say}`)),
    ...(commands.length === 0 ? [] : ['Commands that mend it:', '', ...fence('bash', commands), '']),
  ];
}

function task(report: Report, finding: Finding): string {
  const pages = factsOf(report, finding).flatMap((fact) => fact.sources.map(page));
  const from = pages.length === 0 ? '' : ` (${[...new Set(pages)].join('; ')})`;
  return `- [ ] **${text(finding.label)}** (${finding.severity}): ${text(finding.why ?? finding.says)}${from}`;
}

function passed({ label, found }: Finding): string {
  return `- ${text(label)}${found === undefined ? '' : `: ${code(found)}`}`;
}

/** What rests on which page: the rule of today, and the one before where it changed. */
function sources(report: Report, finding: Finding): string[] {
  const lines = factsOf(report, finding).flatMap(({ says, was, since, sources: pages }) => [
    `- ${text(says)}${since === undefined ? '' : ` (stated since ${text(since)})`} ${pages.map(page).join('; ')}`,
    ...(was === undefined ? [] : [`  - formerly: ${text(was)}`]),
  ]);
  return lines.length === 0 ? [] : ['Sources:', '', ...lines, ''];
}

function page(source: Parameters<typeof sourceLine>[0]): string {
  const address = sourceAddress(source);
  return address === undefined ? text(sourceLine(source)) : `[${text(sourceLine(source))}](<${address}>)`;
}

function paragraph(says: string): string[] {
  return text(says) === '' ? [] : [text(says), ''];
}

function listed(values: Readonly<Record<string, string | undefined>>): string[] {
  const lines = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`- ${name}: ${code(value)}`]));
  return lines.length === 0 ? [] : [...lines, ''];
}

/** A value as text on one line: nothing in it is markup, wherever it stands. */
function text(value: string): string {
  return plain(oneLine(value))
    .replace(/[&~!]/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^[-+=:]/, '\\$&');
}

/** A value as code, between more backticks than it holds. */
function code(value: string): string {
  const line = oneLine(value);
  if (line === '') return 'nothing';
  const ticks = '`'.repeat(longestRun(line) + 1);
  return /^`|`$/.test(line) ? `${ticks} ${line} ${ticks}` : `${ticks}${line}${ticks}`;
}

function fence(language: string, lines: readonly string[]): string[] {
  const ticks = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${ticks}${language}`, ...lines, ticks];
}

function longestRun(value: string): number {
  return Math.max(0, ...[...value.matchAll(/`+/g)].map(([run]) => run.length));
}
