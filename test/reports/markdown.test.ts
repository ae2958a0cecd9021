import fc from 'fast-check';
import markdownIt, { type Token } from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { markdownReport } from '../../src/core/reports/markdown.ts';
import type { Report } from '../../src/core/reports/report.ts';
import { oneLine } from '../../src/core/reports/report.ts';
import type { Finding } from '../../src/core/verify/findings.ts';
import type { Mend } from '../../src/core/verify/mends.ts';
import { allTargetsReport, attacks, hostileReports } from './all-targets.ts';

const catalog = await ownCatalog();
const report = allTargetsReport(catalog);
const reader = markdownIt({ html: true });

/** Every token of a document, with those inside of lines. */
function tokensOf(document: string): Token[] {
  return reader.parse(document, {}).flatMap((token) => [token, ...(token.children ?? [])]);
}

/** What a document is made of, without the texts. */
function shapeOf(document: string): string[] {
  return tokensOf(document)
    .filter(({ type }) => !/^(text|text_special|inline|softbreak)$/.test(type))
    .map(({ type, tag }) => `${type} ${tag}`);
}

/** The same report with a word in place of every text that is not empty. */
function tamed(hostile: Report): Report {
  const word = <T extends string | undefined>(text: T): T => (text === undefined || oneLine(text) === '' ? text : 'word') as T;
  const finding = (one: Finding): Finding => ({
    ...one,
    label: word(one.label),
    says: word(one.says),
    ...Object.fromEntries(
      (['found', 'expected', 'why', 'what', 'resource'] as const).flatMap((key) => (one[key] === undefined ? [] : [[key, word(one[key])]])),
    ),
  });
  const mends = new Map<string, Mend>([...hostile.mends].map(([id, { say }]) => [id, { commands: [['word']], say: word(say ?? '') }]));
  const topics = [...new Set(hostile.findings.map(({ topic }) => topic))];
  const findings = hostile.findings.map((one) => ({ ...finding(one), topic: word(one.topic) && `topic${topics.indexOf(one.topic)}` }));
  const catalog = {
    ...hostile.catalog,
    manifest: { ...hostile.catalog.manifest, version: word(hostile.catalog.manifest.version) },
    topics: [],
  };
  const picture = [{ key: '', label: 'word', shape: 'box', notes: [], inner: [], links: [], flows: [] }] as const;
  return { ...hostile, catalog, picture, name: word(hostile.name), version: word(hostile.version), findings, mends };
}

describe('Markdown of every target', () => {
  const document = markdownReport(report);

  test('begins with the counts and then tells failures first', () => {
    expect(document).toMatch(/^# Verification of northwind\n\n\*\*\d+ failed, \d+ unknown, \d+ to look at by hand, \d+ passed\*\*, 2026/);
    const headings = [...document.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(headings).toEqual(['Failed', 'Unknown', 'To look at by hand', 'Passed', 'The network']);
  });

  test('has every finding once, the severe failures first', () => {
    const entries = [...document.matchAll(/^(### |- \[ \] )/gm)].length;
    const passed = document.split('\n## Passed\n')[1]!.split('\n## ')[0]!.match(/^- /gm) ?? [];
    expect(entries + passed.length).toBe(report.findings.length);
    const severities = [...document.split('## Unknown')[0]!.matchAll(/^### .*\((high|medium|low)\)$/gm)].map(([, one]) => one!);
    expect(severities).toEqual(severities.toSorted((a, b) => ['high', 'medium', 'low'].indexOf(a) - ['high', 'medium', 'low'].indexOf(b)));
    expect(new Set(severities).size).toBeGreaterThan(1);
  });

  test('tells what was found, what was expected and what mends it', () => {
    const entry = document.split('### Workspace takes CLI v2 and SDK v2')[1]!.split('### ')[0]!;
    expect(entry).toContain('- Found: `true`\n- Expected: `false`\n');
    expect(entry).toMatch(/```bash\naz ml workspace /);
    expect(entry).toContain('](<https://github.com/');
  });

  test('is read as what it is: tables, fences and task lists', () => {
    const fences = tokensOf(document)
      .filter(({ type }) => type === 'fence')
      .map(({ info }) => info);
    expect(new Set(fences)).toEqual(new Set(['bash', 'text', 'mermaid']));
    expect(tokensOf(document).filter(({ type }) => type === 'tr_open')).toHaveLength(
      new Set(report.findings.map(({ topic }) => topic)).size + 1,
    );
  });

  test('says of a sample that it is one', () => expect(markdownReport({ ...report, sample: true })).toContain('> **This is a sample'));
});

test.each(attacks.filter((attack) => oneLine(attack) !== ''))('%j stays text and code, read back as it was meant', (attack) => {
  const finding: Finding = { ...report.findings[0]!, verdict: 'fail', facts: [], label: attack, says: attack, found: attack, why: attack };
  const tokens = tokensOf(markdownReport({ ...report, name: attack, findings: [finding, { ...finding, verdict: 'by hand' }] }));
  const lines = tokens
    .filter(({ type }) => type === 'inline')
    .map(({ children }) => (children ?? []).map(({ content }) => content).join(''));
  const meant = oneLine(attack);
  expect(lines).toContain(`Verification of ${meant}`);
  expect(lines).toContain(`${meant} (high)`);
  expect(lines).toContain(meant);
  expect(lines).toContain(`[ ] ${meant} (high): ${meant}`);
  expect(tokens.filter(({ type }) => type === 'code_inline').map(({ content }) => content)).toContain(meant);
});

test('no text of any report changes the shape of the document', () => {
  fc.assert(
    fc.property(hostileReports(), (hostile) => {
      const one = { ...hostile, catalog: { ...hostile.catalog, facts: {} } };
      expect(shapeOf(markdownReport(one))).toEqual(shapeOf(markdownReport(tamed(one))));
      expect(shapeOf(markdownReport(hostile)).join()).not.toContain('html');
    }),
    { numRuns: 500 },
  );
});
