import { guidOf } from '../functions.ts';
import type { Json, JsonObject } from '../json.ts';
import { plain } from '../render/markdown.ts';
import type { Fact } from '../schema.ts';
import type { Finding, Verdict } from '../verify/findings.ts';
import {
  commandsOf,
  factsOf,
  inAddress,
  oneLine,
  outcomeOf,
  type Report,
  ruleOf,
  sourceAddress,
  sourceLine,
  summaryOf,
  topicsOf,
  verdicts,
  visible,
  warningOf,
} from './report.ts';

// The schema that the documents of code scanning name.
const schema = 'https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json';

const levels = { high: 'error', medium: 'warning', low: 'note' } as const;
// In the middle of what code scanning calls high, medium and low.
const scores = { high: '8.0', medium: '5.5', low: '2.0' } as const;
const kinds: Readonly<Record<Verdict, string>> = { fail: 'fail', unknown: 'open', 'by hand': 'review', pass: 'pass' };

/**
 * SARIF 2.1.0. `shown` are the verdicts that become results: GitHub code scanning makes an alert of every result, whatever its kind,
 * so it wants those of `fail` alone.
 */
export function sarifReport(report: Report, shown: readonly Verdict[] = verdicts): string {
  const rules = rulesOf(report);
  const indexes = new Map([...rules.keys()].map((rule, index) => [rule, index]));
  const prints = fingerprintsOf(report);
  const results = report.findings
    .filter(({ verdict }) => shown.includes(verdict))
    .map((finding) => resultOf(report, finding, indexes.get(ruleOf(finding)) ?? 0, prints.get(finding) ?? ''));
  const log = { $schema: schema, version: '2.1.0', runs: [runOf(report, [...rules.values()], results)] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function runOf(report: Report, rules: readonly Json[], results: readonly Json[]): Json {
  const { name, at, version, catalog } = report;
  const warning = warningOf(report);
  return {
    tool: { driver: { name: 'amlguide', version: oneLine(version), rules } },
    automationDetails: { id: `amlguide/${oneLine(name).replaceAll('/', '-')}/`, description: message(`amlguide verify ${name}`) },
    invocations: [{ executionSuccessful: true, ...(dateTime(at) ? { endTimeUtc: dateTime(at) ?? '' } : {}) }],
    columnKind: 'utf16CodeUnits',
    results,
    properties: {
      summary: summaryOf(report),
      checklists: oneLine(catalog.manifest.version),
      checked: oneLine(catalog.manifest.checked),
      ...(warning === '' ? {} : { warning }),
    },
  };
}

/** The time in UTC as SARIF spells it; undefined when the text is none. */
function dateTime(text: string): string | undefined {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(text) ? text : undefined;
}

/** A rule for every item, in the order of the findings. */
function rulesOf(report: Report): ReadonlyMap<string, Json> {
  const first = new Map<string, Finding>();
  for (const finding of report.findings) if (!first.has(ruleOf(finding))) first.set(ruleOf(finding), finding);
  const titles = new Map(topicsOf(report).map(({ topic, title }) => [topic, title]));
  return new Map([...first].map(([rule, finding]) => [rule, ruleObject(report, rule, finding, titles.get(finding.topic) ?? '')]));
}

/** What holds for every row of an item: texts of the catalog rather than of a row, so that rules stay the same from run to run. */
function ruleObject(report: Report, rule: string, finding: Finding, title: string): Json {
  const { topic, severity, label, says } = finding;
  const facts = factsOf(report, finding);
  const severalRows = finding.id.includes('.');
  const short = severalRows ? (facts[0]?.says ?? label) : label;
  return {
    id: oneLine(rule),
    name: oneLine(rule.split('/')[1] ?? rule),
    shortDescription: message(cut(short)),
    fullDescription: message(cut(severalRows ? (facts[0]?.says ?? says) : says)),
    help: { ...message(helpText(facts, title)), markdown: braces(helpMarkdown(facts, title)) },
    ...helpUri(facts),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['security', 'azure', oneLine(topic)], precision: 'very-high', 'security-severity': scores[severity] },
  };
}

function helpUri(facts: readonly Fact[]): JsonObject {
  const address = facts.flatMap(({ sources }) => sources.flatMap((source) => sourceAddress(source) ?? [])).at(0);
  return address === undefined ? {} : { helpUri: address };
}

function helpText(facts: readonly Fact[], title: string): string {
  return [title, ...facts.flatMap((fact) => [currentRule(fact), ...fact.sources.map((source) => `Source: ${sourceLine(source)}`)])].join(
    '\n',
  );
}

function helpMarkdown(facts: readonly Fact[], title: string): string {
  const text = (value: string) => plain(oneLine(value)).replaceAll('&', '\\&');
  const page = (source: Fact['sources'][number]) => {
    const address = sourceAddress(source);
    return address === undefined ? text(sourceLine(source)) : `[${text(sourceLine(source))}](<${address}>)`;
  };
  const parts = facts.map((fact) => [text(currentRule(fact)), '', ...fact.sources.map((source) => `- ${page(source)}`)].join('\n'));
  return [`**${text(title)}**`, ...parts].join('\n\n');
}

/** A fact as it is today, and what was written before where that changed. */
function currentRule({ says, was, since }: Fact): string {
  return `${says}${since === undefined ? '' : ` (stated since ${since})`}${was === undefined ? '' : ` Formerly: ${was}`}`;
}

function resultOf(report: Report, finding: Finding, ruleIndex: number, print: string): Json {
  const { verdict, severity, id, what, resource, at } = finding;
  return {
    ruleId: oneLine(ruleOf(finding)),
    ruleIndex,
    kind: kinds[verdict],
    level: verdict === 'fail' ? levels[severity] : 'none',
    message: message(messageOf(report, finding)),
    locations: [locationOf(report, finding)],
    partialFingerprints: { primaryLocationLineHash: print },
    properties: {
      finding: oneLine(id),
      verdict,
      severity,
      by: finding.by,
      ...(what === undefined ? {} : { what: oneLine(what) }),
      ...(resource === undefined ? {} : { resource: oneLine(resource) }),
      ...(at === undefined ? {} : { at: oneLine(at) }),
    },
  };
}

/** The first sentence is what little space shows: the label and what came of it. */
function messageOf(report: Report, finding: Finding): string {
  const mend = report.mends.get(finding.id);
  const commands = commandsOf(mend);
  return [
    `${finding.label}: ${outcomeOf(finding)}`,
    ...(finding.verdict === 'fail' || finding.verdict === 'unknown' ? [finding.says] : []),
    ...(mend?.say === undefined ? [] : [`To mend it: ${mend.say}`]),
    ...(commands.length === 0 ? [] : ['Commands that mend it:', ...commands]),
  ].join('\n');
}

/**
 * What was looked at stands in Azure and in no file, but code scanning refuses a file with a result without one. The answers are what it was held
 * against, so the alert stands at their first line; where the repository has no such file, it shows none.
 */
function locationOf({ answersFile = 'answers.yaml' }: Report, { resource, what }: Finding): JsonObject {
  const uri = inAddress(answersFile);
  const region = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  const physicalLocation = { artifactLocation: { uri }, region };
  if (resource === undefined) return { physicalLocation };
  const name: JsonObject = what === undefined ? {} : { name: oneLine(what) };
  return { physicalLocation, logicalLocations: [{ ...name, fullyQualifiedName: oneLine(resource), kind: 'resource' }] };
}

/** A text for each finding that is the same in every run, in the form that code scanning gives its own: a hash and a number. */
function fingerprintsOf({ name, findings }: Report): ReadonlyMap<Finding, string> {
  const seen = new Map<string, number>();
  return new Map(
    findings.map((finding) => {
      const hash = guidOf([name, ruleOf(finding), finding.resource ?? '', finding.label]).replaceAll('-', '');
      const number = (seen.get(hash) ?? 0) + 1;
      seen.set(hash, number);
      return [finding, `${hash}:${number}`];
    }),
  );
}

/** A text as a message, in which braces are no placeholder and brackets no link. */
function message(text: string): { readonly text: string } {
  return { text: braces(visible(text).replaceAll('](', '] (')) };
}

function braces(text: string): string {
  return text.replace(/[{}]/g, '$&$&');
}

/** Code scanning takes 1024 characters. */
function cut(text: string): string {
  const characters = [...text];
  return characters.length > 1000 ? `${characters.slice(0, 999).join('')}…` : text;
}
