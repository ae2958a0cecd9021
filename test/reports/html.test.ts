import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { htmlReport } from '../../src/core/reports/html.ts';
import { script, scriptHash } from '../../src/core/reports/html-script.ts';
import { style, styleHash } from '../../src/core/reports/html-style.ts';
import { oneLine, type Report } from '../../src/core/reports/report.ts';
import { countsOf } from '../../src/core/verify/findings.ts';
import { allTargetsReport, attacks, hostileReports } from './all-targets.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const catalog = await ownCatalog();
const report = allTargetsReport(catalog);

/** The elements of a page, outermost first; fails with what a strict parser of HTML complains of. */
function elementsOf(html: string): Element[] {
  const problems: string[] = [];
  const document = parse(html, { onParseError: ({ code, startLine, startCol }) => problems.push(`${code} at ${startLine}:${startCol}`) });
  expect(problems).toEqual([]);
  const elements = (nodes: readonly Node[]): Element[] =>
    nodes.flatMap((node) => ('tagName' in node ? [node, ...elements(node.childNodes)] : []));
  return elements(document.childNodes);
}

function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

describe('HTML of every target', () => {
  const page = htmlReport(report);
  const elements = elementsOf(page);
  const named = (name: string) => elements.filter(({ tagName }) => tagName === name);

  test('lets its own style and script run and nothing else', () => {
    const policy = named('meta').find((one) => attributeOf(one, 'http-equiv') === 'Content-Security-Policy');
    expect(attributeOf(policy!, 'content')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'/,
    );
    expect([styleHash, scriptHash]).toEqual([sha256(style), sha256(script)]);
    expect([...named('style'), ...named('script')].map((one) => sha256(textOf(one)))).toEqual([styleHash, scriptHash]);
  });

  test('asks for nothing: no image, link, frame or form, no address but that of a source to follow', () => {
    expect(elements.filter(({ tagName }) => /^(img|link|iframe|object|embed|form|base|use|image|video|audio)$/.test(tagName))).toEqual([]);
    const names = new Set(elements.flatMap(({ attrs }) => attrs.map(({ name }) => name)));
    expect([...names].filter((name) => /^(src|srcset|style|action|on.*)$/.test(name))).toEqual([]);
    const addresses = named('a').map((one) => attributeOf(one, 'href') ?? '');
    expect(addresses.filter((address) => !/^(#[a-z]+$|https:\/\/github\.com\/)/.test(address))).toEqual([]);
    expect(style).not.toMatch(/url\(|@import/);
  });

  test('has every finding once, with its mark as a word', () => {
    const counts = countsOf(report.findings);
    expect(elements.filter((one) => attributeOf(one, 'data-finding') !== undefined)).toHaveLength(report.findings.length);
    const marks = named('span')
      .filter((one) => attributeOf(one, 'class')?.startsWith('mark '))
      .map(textOf);
    const expected = { Failed: counts.fail, Unknown: counts.unknown, 'By hand': counts['by hand'] };
    for (const [mark, count] of Object.entries(expected)) expect(marks.filter((one) => one === mark)).toHaveLength(count);
    expect(named('h2').map(textOf)[1]).toBe(`Failed (${counts.fail})`);
  });

  test('has headings without a gap, landmarks, ids of their own, and names for what they label', () => {
    const levels = elements.flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : []));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, index) => index > 0 && level > levels[index - 1]! + 1)).toEqual([]);
    for (const landmark of ['header', 'main', 'footer', 'h1']) expect(named(landmark)).toHaveLength(1);
    const ids = elements.flatMap((one) => attributeOf(one, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const wanted = elements.flatMap((one) =>
      [...(attributeOf(one, 'aria-labelledby')?.split(' ') ?? []), ...(attributeOf(one, 'for') ?? [])].join('').length > 0
        ? (attributeOf(one, 'aria-labelledby')?.split(' ') ?? [attributeOf(one, 'for')!])
        : [],
    );
    const anchors = named('a').flatMap((one) => (attributeOf(one, 'href')?.startsWith('#') ? [attributeOf(one, 'href')!.slice(1)] : []));
    expect([...wanted, ...anchors].filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('draws every box and thing of the network, with a title and a description', () => {
    const svg = named('svg')[0]!;
    expect(textOf(named('title')[1]!)).toBe('The network of northwind');
    const drawn = textOf(svg).replace(/\s+/g, '').toLowerCase();
    const labels = (nodes: NonNullable<Report['picture']>): string[] => nodes.flatMap(({ label, inner }) => [label, ...labels(inner)]);
    for (const label of labels(report.picture!))
      expect(drawn.split(label.replace(/\s+/g, '').toLowerCase()).length - 1).toBeGreaterThanOrEqual(2);
  });

  test('lists in each box what may talk to what, with its ports', () => {
    const texts = named('text').map((one) => textOf(one));
    const flows = (nodes: NonNullable<Report['picture']>): { who: string; ports: string }[] =>
      nodes.flatMap((node) => [...node.flows, ...flows(node.inner)]);
    const all = flows(report.picture!);
    expect(all.length).toBeGreaterThan(5);
    for (const { ports } of all) if (ports !== '') expect(texts).toContain(ports);
    expect(texts.filter((text) => /^[→←✖]$/.test(text))).toHaveLength(all.length);
  });

  test('says of a sample that it is one', () =>
    expect(htmlReport({ ...report, sample: true })).toContain('class="sample">This is a sample'));
});

describe('colours', () => {
  const themes = style
    .match(/--page:[^}]*/g)!
    .map((text) => new Map([...text.matchAll(/--(\w+): (#\w{6})/g)].map(([, name, colour]) => [name!, colour!])));
  const pairs = ['text', 'muted', 'link', 'fail', 'unknown', 'hand', 'pass'].flatMap((front) =>
    ['page', 'card'].map((back) => [front, back] as const),
  );

  test.each(['light', 'dark', 'print'].map((name, index) => [name, index] as const))('of %s have the contrast of AA', (_, index) => {
    const theme = themes[index]!;
    const low = pairs.filter(([front, back]) => contrast(theme.get(front)!, theme.get(back)!) < 4.5);
    expect(low).toEqual([]);
  });
});

/** The contrast of two colours as WCAG counts it. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test.each(attacks)('%j is text of the page and of its picture', (attack) => {
  const finding = { ...report.findings[0]!, verdict: 'fail', label: attack, found: attack } as const;
  const picture = [{ key: 'a', label: attack, shape: 'box', notes: [], inner: [], links: [], flows: [] }] as const;
  const elements = elementsOf(htmlReport({ ...report, name: attack, findings: [finding], picture }));
  const meant = oneLine(attack);
  expect(textOf(elements.find(({ tagName }) => tagName === 'bdi')!)).toBe(meant);
  // A sentence begins with a capital letter.
  expect(textOf(elements.find(({ tagName }) => tagName === 'desc')!).toLowerCase()).toBe(`${meant}.`.toLowerCase());
  expect(oneLine(textOf(elements.find(({ tagName }) => tagName === 'title')!))).toBe(oneLine(`Verification of ${attack}`));
});

test('no text of any report becomes an element, or breaks the page', () => {
  const allowed = new Set(
    elementsOf(htmlReport({ ...report, sample: true })).map(
      ({ tagName, attrs }) => `${tagName} ${attrs.map(({ name }) => name).join(' ')}`,
    ),
  );
  const known = (one: Element) => allowed.has(`${one.tagName} ${one.attrs.map(({ name }) => name).join(' ')}`);
  fc.assert(
    fc.property(hostileReports(), (hostile) => {
      const page = htmlReport(hostile);
      const elements = elementsOf(page);
      expect(elements.filter((one) => !known(one)).map(({ tagName, attrs }) => [tagName, attrs])).toEqual([]);
      expect(page).not.toMatch(/[\0\u202e\ud800-\udfff]/u);
      const found = elements.filter((one) => attributeOf(one, 'data-finding') !== undefined);
      expect(found).toHaveLength(hostile.findings.length);
    }),
    { numRuns: 100 },
  );
});
