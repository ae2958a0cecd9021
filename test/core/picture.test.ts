import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { answersGiven } from '../../src/core/given.ts';
import type { Json } from '../../src/core/json.ts';
import { type Drawn, type Flow, pictureOf } from '../../src/core/picture.ts';
import { drawMermaid } from '../../src/core/picture-mermaid.ts';
import { drawRows, drawText, type PictureRow } from '../../src/core/picture-text.ts';
import { pictureSentences } from '../../src/core/picture-words.ts';
import { plan } from '../../src/core/plan.ts';
import { worldOf } from '../../src/core/resources.ts';
import { shown } from '../../src/core/text-width.ts';
import { situationOf } from '../../src/core/walk.ts';
import { loadCatalog } from '../../src/io/catalog.ts';

const catalog = await loadCatalog();

function answersOf(example: string): Readonly<Record<string, Json>> {
  return answersGiven(catalog, catalog.examples[example]?.answers as Record<string, Json>).answers;
}

function pictureFor(example: string): Drawn[] {
  const made = plan(catalog, answersOf(example));
  if ('problems' in made) throw new Error(`${example} has problems`);
  return pictureOf(made.world);
}

function textOf({ spans }: PictureRow): string {
  return spans.map(({ text }) => text).join('');
}

/** Every thing of a picture, each before what stands in it. */
function everything(nodes: readonly Drawn[]): Drawn[] {
  return nodes.flatMap((node) => [node, ...everything(node.inner)]);
}

/** A Mermaid chart without what only screen readers get. */
function chartOf(lines: readonly string[]): string[] {
  return lines.toSpliced(1, lines.indexOf('  }'));
}

// Each file is read by a person when it changes: it is what people see.
test.each(['no-public-ip', 'managed-approved-only', 'databricks-firewall'])('the picture of %s', async (example) => {
  const nodes = pictureFor(example);
  const drawn = [40, 60, 100, 160].map((width) =>
    [`${width} columns`, ...drawRows(nodes, { width, flows: true, beside: true }).map(textOf)].join('\n'),
  );
  const words = ['In sentences', ...pictureSentences(nodes)].join('\n');
  await expect(`${[...drawn, words].join('\n\n')}\n`).toMatchFileSnapshot(`pictures/${example}.txt`);
});

describe.each(Object.keys(catalog.examples))('%s', (example) => {
  const nodes = pictureFor(example);

  test('shows each resource that is put into something once', () => {
    const keys = everything(nodes).flatMap(({ key, shape }) => (shape === 'line' ? [] : [key]));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    expect(keys.length).toBeGreaterThan(0);
  });

  test('leaves nothing open, and leads only to what is drawn', () => {
    const all = everything(nodes);
    const texts = all.flatMap(({ label, notes, flows }) => [label, ...notes, ...flows.flatMap(({ who, ports, why }) => [who, ports, why])]);
    expect(texts.filter((text) => /…|null|\$\{|^\s|\s$/.test(text))).toEqual([]);
    expect(all.flatMap(({ links }) => links).filter((key) => !all.some((one) => one.key === key))).toEqual([]);
  });

  test('is drawn from any part of the answers', () => {
    const answers = Object.entries(answersOf(example));
    for (let count = 0; count <= answers.length; count += 5) {
      const some = pictureOf(worldOf(situationOf(catalog, Object.fromEntries(answers.slice(0, count)))));
      for (const row of drawText(some, 80)) expect(stringWidth(row)).toBeLessThanOrEqual(80);
      const keys = everything(some).flatMap(({ key, shape }) => (shape === 'line' ? [] : [key]));
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  test('is a Mermaid chart whose boxes end and whose arrows lead somewhere', () => {
    const lines = chartOf(drawMermaid(nodes));
    const ends = lines.filter((line) => /^ *end$/.test(line));
    expect(lines.filter((line) => /^ *subgraph /.test(line))).toHaveLength(ends.length);
    const declared = new Set(lines.flatMap((line) => /^ *(?:subgraph )?([ne]\d+)[[(]/.exec(line)?.[1] ?? []));
    const arrows = lines.flatMap((line) => {
      const found = /^ {2}([ne]\d+) (?:-->|--x|-\.->)(?:\|"[^"]*"\|)? ([ne]\d+)$/.exec(line);
      return found ? [found[1], found[2]] : [];
    });
    expect(arrows.filter((id) => !declared.has(id ?? ''))).toEqual([]);
    const box = /^ *(?:flowchart LR|end|subgraph n\d+\["[^"]*"\]|n\d+\["[^"]*"\]|e\d+\(\["[^"]*"\]\))$/;
    expect(lines.filter((line) => !box.test(line) && !/^ {2}[ne]\d+ -/.test(line))).toEqual([]);
  });
});

test('rules about one end are one flow, and what is denied comes last', () => {
  const [network] = pictureFor('no-public-ip').filter(({ inner }) => inner.length > 0);
  const flows = network?.inner[0]?.flows ?? [];
  expect(flows.filter(({ who }) => who === 'AzureMachineLearning').map(({ ports }) => ports)).toEqual(['443, 18881, UDP 5831']);
  expect(flows.findIndex(({ denied }) => denied)).toBe(flows.length - 1);
});

test('a gateway that two subnets share is drawn in both', () => {
  const all = everything(pictureFor('all-targets'));
  const holders = all.filter(({ inner }) => inner.some(({ label }) => label === 'NAT gateway nat-northwind'));
  expect(holders.length).toBeGreaterThan(1);
});

test('computes of a managed network stand in it, with what its rules open', () => {
  const all = everything(pictureFor('managed-approved-only'));
  const managed = all.find(({ label }) => label.startsWith('managed network of'));
  expect(managed?.inner.map(({ label }) => label)).toEqual(['compute cluster contosolock-cluster', 'compute instance contosolock-ci']);
  expect(managed?.flows.map(({ who }) => who)).toContain('pypi.org');
});

const word = fc.oneof(
  fc.constantFrom('서브넷', '가상 네트워크', '👩🏽‍💻', '🇰🇷', 'e\u0301', '日本語', 'a'.repeat(90), '→', '\u200B', 'tab\there', '\u202E', ''),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const label = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const flow: fc.Arbitrary<Flow> = fc.record({
  way: fc.constantFrom('out', 'in'),
  denied: fc.boolean(),
  who: label,
  ports: label,
  why: label,
});

function treeOf(depth: number): fc.Arbitrary<Drawn> {
  return fc.record({
    key: fc.uuid(),
    label,
    shape: fc.constantFrom('box', 'box', 'inside', 'line'),
    notes: fc.array(label, { maxLength: 2 }),
    inner: depth === 0 ? fc.constant([]) : fc.array(treeOf(depth - 1), { maxLength: 3 }),
    links: fc.constant([]),
    flows: fc.array(flow, { maxLength: 3 }),
  });
}

const trees = fc.array(treeOf(3), { minLength: 1, maxLength: 3 });

test('no row is wider than asked, whatever stands in it', () => {
  fc.assert(
    fc.property(trees, fc.integer({ min: 16, max: 180 }), fc.boolean(), fc.boolean(), (nodes, width, flows, beside) => {
      for (const row of drawRows(nodes, { width, flows, beside }).map(textOf)) {
        expect(stringWidth(row)).toBeLessThanOrEqual(width);
        expect(row).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
      }
    }),
    { numRuns: 300 },
  );
});

test('no name is cut, and each thing begins once', () => {
  const bare = (text: string) => shown(text.replace(/\s+/g, ' ')).replace(/\s+/g, '');
  fc.assert(
    fc.property(trees, fc.integer({ min: 16, max: 120 }), (nodes, width) => {
      const rows = drawRows(nodes, { width, flows: true, beside: false });
      expect(rows.flatMap(({ begins }) => begins ?? [])).toEqual(everything(nodes).map(({ key }) => key));
      const shown = bare(rows.flatMap(({ spans }) => spans.flatMap(({ text, part }) => (part === 'frame' ? [] : [text]))).join(''));
      for (const node of everything(nodes)) expect(shown).toContain(bare(node.label));
    }),
    { numRuns: 200 },
  );
});

test('sentences hold every name, and no characters that only draw', () => {
  fc.assert(
    fc.property(trees, (nodes) => {
      const told = pictureSentences(nodes).join('\n').toLowerCase();
      for (const node of everything(nodes)) expect(told).toContain(node.label.toLowerCase());
    }),
    { numRuns: 100 },
  );
  expect(pictureSentences(pictureFor('all-targets')).join('')).not.toMatch(/[─-╿•→←✖]/);
});

test.each(['"quoted"', 'a`b`', 'x["y"]', 'end', '<br>', '#35;', 'a\nb', '%% no', '}', '%%{init}%%'])(
  '%j is text of a Mermaid chart',
  (hostile) => {
    const lines = drawMermaid([
      {
        key: 'a',
        label: hostile,
        shape: 'box',
        notes: [hostile],
        inner: [],
        links: [],
        flows: [{ way: 'out', denied: false, who: hostile, ports: hostile, why: '' }],
      },
    ]);
    expect(lines.indexOf('  }')).toBe(lines.findLastIndex((line) => /[{}]/.test(line.replace(/"[^"]*"/g, ''))));
    expect(chartOf(lines)).toHaveLength(4);
    for (const line of chartOf(lines).slice(1))
      expect(line.replace(/"[^"`<>]*(<br>[^"`<>]*)?"/g, 'T')).toMatch(/^ {2}(n0\[T\]|e0\(\[T\]\)|n0 -->\|T\| e0)$/);
  },
);
