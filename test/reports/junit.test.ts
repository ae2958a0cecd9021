import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { junitReport } from '../../src/core/reports/junit.ts';
import { visible } from '../../src/core/reports/report.ts';
import { countsOf } from '../../src/core/verify/findings.ts';
import { describeWith } from '../azure/needs.ts';
import { allTargetsReport, attacks, hostileReports } from './all-targets.ts';

const catalog = await ownCatalog();
const report = allTargetsReport(catalog);
const schema = join(import.meta.dirname, '../fixtures/junit-10.xsd');
const folder = mkdtempSync(join(tmpdir(), 'amlguide-junit-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** Holds documents against the schema of Jenkins; fails with what xmllint says. */
function mustBeValid(documents: readonly string[]): void {
  const files = documents.map((text, index) => {
    const file = join(folder, `${index}.xml`);
    writeFileSync(file, text);
    return file;
  });
  execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...files], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** What an XML parser reads at a path of a document. */
function readBy(text: string, path: string): string {
  const file = join(folder, 'one.xml');
  writeFileSync(file, text);
  return execFileSync('xmllint', ['--nonet', '--xpath', path, file], { encoding: 'utf8' }).replace(/\n$/, '');
}

describeWith(['xmllint'], 'JUnit XML', { timeout: 120_000 }, () => {
  test('of every target keeps to the schema of Jenkins, which is no empty one', () => {
    mustBeValid([junitReport(report), junitReport({ ...report, findings: [], sample: true })]);
    expect(() => mustBeValid(['<testsuites><testsuite name="a"/></testsuites>'])).toThrow(/required but missing/);
  });

  test('counts what failed and what was skipped, in all and by topic', () => {
    const text = junitReport(report);
    const counts = countsOf(report.findings);
    expect(readBy(text, 'string(/testsuites/@tests)')).toBe(String(report.findings.length));
    expect(readBy(text, 'string(/testsuites/@failures)')).toBe(String(counts.fail));
    expect(readBy(text, 'count(//failure)')).toBe(String(counts.fail));
    expect(readBy(text, 'count(//skipped)')).toBe(String(counts.unknown + counts['by hand']));
    expect(readBy(text, 'sum(//testsuite/@skipped)')).toBe(readBy(text, 'count(//skipped)'));
    expect(readBy(text, 'count(//testcase[not(failure) and not(skipped)])')).toBe(String(counts.pass));
    expect(readBy(text, 'count(//testsuite)')).toBe(String(new Set(report.findings.map(({ topic }) => topic)).size));
  });

  test('gives every case a name of its own', () => {
    const names = [...junitReport(report).matchAll(/<testcase name="([^"]*)" classname="([^"]*)"/g)].map(
      ([, name, group]) => `${group} ${name}`,
    );
    expect(names).toHaveLength(report.findings.length);
    expect(new Set(names).size).toBe(names.length);
  });

  test('tells of a failure what was found, what was expected and what mends it', () => {
    const failure = readBy(junitReport(report), 'string(//testcase[contains(@name, "(no_legacy_mode)")]/failure)');
    for (const part of ['Found: true', 'Expected: false', 'Looked at: workspace', 'Source: ']) expect(failure).toContain(part);
  });

  test('says of a sample that it is one', () => {
    expect(readBy(junitReport({ ...report, sample: true }), 'string(//property[@name="sample"]/@value)')).toContain('made up');
  });

  test.each(attacks)('is read back as it was meant with %j', (attack) => {
    const [first] = report.findings;
    const text = junitReport({ ...report, findings: [{ ...first!, verdict: 'fail', found: attack, why: attack }] });
    mustBeValid([text]);
    expect(readBy(text, 'string(//failure)')).toContain(`Why: ${visible(attack)}\nFound: ${visible(attack)}\n`);
    expect(readBy(text, 'string(//failure/@message)')).toContain(visible(attack));
  });

  test('of any texts is well-formed and keeps to the schema', () => {
    const batches = fc.array(hostileReports(), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(batches, (reports) => mustBeValid(reports.map(junitReport))),
      { numRuns: 15 },
    );
  });
});
