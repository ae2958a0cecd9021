import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { visible } from '../../src/core/reports/report.ts';
import { sarifReport } from '../../src/core/reports/sarif.ts';
import { allTargetsReport, hostileReports } from './all-targets.ts';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
    readonly logicalLocations?: readonly { readonly fullyQualifiedName: string; readonly kind: string }[];
  }[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
}

interface Rule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
  readonly results: readonly Result[];
  readonly invocations: readonly unknown[];
}

const catalog = await ownCatalog();
const report = allTargetsReport(catalog);
const validate = validator();

/** The schema of the approved errata. It is of draft 4, but uses no keyword whose meaning has changed since except the spelling of `id`. */
function validator(): ValidateFunction {
  const { id, $schema: _, ...schema } = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/sarif-schema-2.1.0.json'), 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  return ajv.compile({ ...schema, $id: id });
}

function runOf(text: string): Run {
  return JSON.parse(text).runs[0];
}

describe('SARIF of every target', () => {
  const run = runOf(sarifReport(report));

  test('keeps to the schema, which is no empty one', () => {
    validate(JSON.parse(sarifReport(report)));
    expect(validate.errors).toBe(null);
    expect(validate({ version: '2.1.0', runs: [{ tool: {}, results: [{ kind: 'perhaps' }] }] })).toBe(false);
    expect(
      validate({
        version: '2.1.0',
        runs: [{ tool: { driver: { name: 'a' } }, invocations: [{ executionSuccessful: true, endTimeUtc: 'noon' }] }],
      }),
    ).toBe(false);
  });

  test('has a result for every finding, and a rule for every item that each result names', () => {
    expect(run.results).toHaveLength(report.findings.length);
    const rules = run.tool.driver.rules.map(({ id }) => id);
    expect(new Set(rules).size).toBe(rules.length);
    expect(run.results.map(({ ruleId, ruleIndex }) => rules[ruleIndex] === ruleId)).not.toContain(false);
    expect(rules.length).toBeLessThan(report.findings.length);
  });

  test('gives each verdict its kind, and a level to failures alone', () => {
    const pairs = new Set(run.results.map(({ kind, level }) => `${kind} ${level}`));
    expect([...pairs].filter((pair) => !pair.startsWith('fail ')).sort()).toEqual(['open none', 'pass none', 'review none']);
    expect([...pairs].filter((pair) => pair.startsWith('fail '))).toContain('fail error');
    expect(pairs).not.toContain('fail none');
  });

  test('has what code scanning refuses to be without', () => {
    for (const { message, locations } of run.results) {
      expect(message.text).not.toBe('');
      expect(locations[0]?.physicalLocation.artifactLocation.uri).toBe('answers.yaml');
    }
    for (const { shortDescription, help, properties } of run.tool.driver.rules) {
      expect([shortDescription.text, help.text].every((text) => text !== '' && !text.includes('${'))).toBe(true);
      expect(Number(properties['security-severity'])).toBeGreaterThan(0);
      expect(properties.tags).toContain('security');
    }
  });

  test('names the resource, what was found and what mends it', () => {
    const result = run.results.find(({ ruleId }) => ruleId === 'where/no_legacy_mode');
    expect(result).toMatchObject({ kind: 'fail', level: 'error' });
    expect(result?.locations[0]?.logicalLocations).toMatchObject([
      { kind: 'resource', fullyQualifiedName: expect.stringContaining('/subscriptions/') },
    ]);
    expect(result?.message.text).toMatch(/^Workspace takes CLI v2 and SDK v2: found true, expected false\n/);
    expect(run.tool.driver.rules.find(({ id }) => id === result?.ruleId)?.help.markdown).toContain('](<https://github.com/');
  });

  test('gives fingerprints that differ between results and not between runs', () => {
    const prints = run.results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    expect(new Set(prints).size).toBe(prints.length);
    const later = {
      ...report,
      at: '2027-01-01T00:00:00Z',
      version: '9.0.0',
      findings: report.findings.map((one) => ({ ...one, found: 'else' })),
    };
    const again = runOf(sarifReport(later)).results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    expect(again).toEqual(prints);
  });

  test('shows only the verdicts that are asked for, with the rules as they were', () => {
    const failures = runOf(sarifReport(report, ['fail']));
    expect(new Set(failures.results.map(({ kind }) => kind))).toEqual(new Set(['fail']));
    expect(failures.tool).toEqual(run.tool);
  });
});

test('SARIF of hostile texts keeps to the schema and changes no text but what is unseen, braces and links', () => {
  fc.assert(
    fc.property(hostileReports(), (hostile) => {
      const text = sarifReport(hostile);
      validate(JSON.parse(text));
      expect(validate.errors).toBe(null);
      const { results } = runOf(text);
      expect(text).not.toMatch(/\\u0000|\\ud[89a-f]|\u202e/);
      results.forEach(({ message }, index) => {
        expect(message.text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]|\]\(/);
        const { found } = hostile.findings[index]!;
        const spelled = visible(found ?? '')
          .replace(/[{}]/g, '$&$&')
          .replaceAll('](', '] (');
        expect(message.text).toContain(spelled);
      });
    }),
    { numRuns: 200 },
  );
});
