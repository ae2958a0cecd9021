import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { node } from '../cli/run.ts';

const file = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

test('the moving picture shows what the program shows: every scene comes, and the picture is the same', { timeout: 180_000 }, async () => {
  const { stdout } = await promisify(execFile)(node, [file('scripts/demo.mjs'), '--check']);
  const [, seconds] = /^\d+ screens, (\d+(?:\.\d+)?) s/.exec(stdout) ?? [];
  expect(Number(seconds)).toBeGreaterThanOrEqual(40);
  expect(Number(seconds)).toBeLessThanOrEqual(60);
});

test('it is small, has its words with it, stands still for who wants that, and loads nothing', () => {
  const svg = readFileSync(file('docs/demo.svg'), 'utf8');
  expect(statSync(file('docs/demo.svg')).size).toBeLessThan(500_000);
  expect(svg).toMatch(/@media \(prefers-reduced-motion:no-preference\)\{[\s\S]*animation/u);
  expect(svg.slice(0, svg.indexOf('@media'))).not.toContain('animation');
  expect(svg).not.toMatch(/<script|<image|@import|url\(|href="(?!#)/);
  const captions = [...readFileSync(file('docs/demo.md'), 'utf8').matchAll(/^\d+\. (.*)$/gm)].map(([, caption]) => caption ?? '');
  expect(captions.length).toBeGreaterThan(6);
  for (const caption of captions) expect(svg).toContain(`${caption} `.trim());
});
