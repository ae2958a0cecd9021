import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, test } from 'vitest';
import { expectedFiles, ownCatalog } from '../../scripts/golden.ts';
import type { Drawn } from '../../src/core/picture.ts';
import { svgFile } from '../../src/core/picture-svg.ts';
import { describeWith } from '../azure/needs.ts';
import { attacks } from './all-targets.ts';

const folder = mkdtempSync(join(tmpdir(), 'amlguide-svg-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Lets an XML parser read documents; fails with what it says. */
function mustBeXml(documents: readonly string[]): void {
  const files = documents.map((text, index) => {
    const file = join(folder, `${index}.svg`);
    writeFileSync(file, text);
    return file;
  });
  execFileSync('xmllint', ['--nonet', '--noout', ...files], { stdio: ['ignore', 'pipe', 'pipe'] });
}

const files = [...expectedFiles(await ownCatalog())];

it('stands beside every guide, which shows it and says the same as text', () => {
  const guides = files.filter(([path]) => path.endsWith('/guide.md'));
  expect(guides.length).toBeGreaterThan(20);
  for (const [path, guide] of guides) {
    expect(guide.text).toContain('](network.svg)\n\n```text\n');
    const drawn = files.find(([other]) => other === path.replace('guide.md', 'network.svg'))?.[1].text ?? '';
    expect(drawn).toMatch(/^<!-- Written by amlguide .*-->\n<svg /);
    expect(drawn).not.toMatch(/https?:(?!\/\/www\.w3\.org\/2000\/svg)|<script|<image|href/);
  }
});

describeWith(['xmllint'], 'network.svg', { timeout: 60_000 }, () => {
  test('is XML for every example', () => {
    const pictures = files.filter(([path]) => path.endsWith('.svg')).map(([, { text }]) => text);
    mustBeXml(pictures);
    expect(() => mustBeXml([`${pictures[0]}<`])).toThrow();
  });

  test('is XML whatever names and versions hold', () => {
    const node = (text: string): Drawn => ({
      key: text,
      label: text,
      shape: 'box',
      notes: [text],
      inner: [],
      links: [],
      flows: [{ way: 'out', denied: true, who: text, ports: text, why: text }],
    });
    mustBeXml([...attacks, '-->', '--', '-', ']]>', '<!--'].map((text) => svgFile([node(text)], text, text)));
  });
});
