import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import fc from 'fast-check';
import plainStringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleOptions } from '../../scripts/bundle.mjs';
import { inkPatches, patchSource } from '../../scripts/ink-patches.mjs';
import { cacheFolder, root } from '../../scripts/places.mjs';
import { isPlainColoured, quickSegmenter } from '../../scripts/quick-text.mjs';
import { Terminal } from '../../scripts/terminal.mjs';

// Written without JSX, so that Node can also run it from the unchanged libraries.
const app = `
import { createElement as h, useState } from 'react';
import { Box, Text, render, useApp, useInput } from 'ink';
const texts = ['plain words', '❯ chosen … ✓ ● ▸ ─│╭ — “quoted”', 'emoji 👩‍👩‍👧 🇩🇪 1️⃣ ⌚ ✔️ ❤ ❤️', '日本語 ｶﾞ 한국어 각', 'e\\u0301 ก็ नि',
  'a very long line that has to be wrapped because it does not fit into its box — not even nearly, is it … no'];
function App() {
  const { exit } = useApp();
  const [count, setCount] = useState(0);
  useInput((input) => (input === 'q' ? exit() : setCount(count + 1)));
  return h(Box, { borderStyle: 'round', flexDirection: 'column', width: 60, paddingX: 2 },
    ...texts.map((text, index) => h(Text, { key: index, color: index === count ? 'cyan' : undefined, bold: index === count }, text)),
    h(Box, { justifyContent: 'space-between' }, h(Text, { wrap: 'truncate' }, 'truncated … '.repeat(9)), h(Text, null, String(count))),
    h(Box, { width: '50%', marginLeft: 3, borderStyle: 'double' }, h(Text, { inverse: true }, 'half ' + '✓'.repeat(count))));
}
render(h(App), { alternateScreen: true, incrementalRendering: true, maxFps: 60 }).waitUntilExit().then(() => process.exit());
`;

/** The same texts as a screen of rows, which the build paints without a grid of cells. */
const rowsApp = app.replace(
  /return h\(Box[\s\S]*?\n\}\nrender/,
  () => `return h(Box, { flexDirection: 'column' },
    ...texts.map((text, index) => h(Text, { key: index, wrap: 'truncate' }, '│ ', h(Text, { color: index === count ? 'cyan' : 'green', bold: index === count }, text), '  ')),
    h(Text, { wrap: 'truncate' }, 'truncated … '.repeat(9)), h(Text, { inverse: true }, String(count), '  '), h(Text, null, ' ')); }
render`,
);

let folder = '';

beforeAll(async () => {
  await mkdir(cacheFolder, { recursive: true });
  folder = await mkdtemp(join(cacheFolder, 'ink-patches-'));
  await writeFile(join(folder, 'app.mjs'), app);
  await writeFile(join(folder, 'rows.mjs'), rowsApp);
  await writeFile(join(folder, 'width.mjs'), `export { default as stringWidth } from 'string-width';`);
  const bundled = {
    ...bundleOptions({ app: join(folder, 'app.mjs'), rows: join(folder, 'rows.mjs'), width: join(folder, 'width.mjs') }),
    write: true as const,
  };
  await build({ ...bundled, outdir: join(folder, 'bundled') });
  await writeFile(join(folder, 'bundled/package.json'), '{"type":"module"}');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function screens(file: string): Promise<string[][]> {
  const terminal = new Terminal(process.execPath, [file], { cwd: root, env: { ...process.env, NODE_ENV: 'production' } });
  const seen: string[][] = [];
  await terminal.firstFrame();
  for (const key of ['a', 'b', 'c']) {
    await terminal.settle(400);
    seen.push(terminal.lines());
    terminal.send(key);
  }
  await terminal.settle(400);
  // One step over several rows and several steps come to the same.
  const stepped = terminal.output
    .split('\u001B[')
    .map((part) => part.replace(/^(\d+)E/, (_, count) => Array(Number(count)).fill('E').join('\u001B[')))
    .join('\u001B[');
  seen.push(terminal.lines(), [...stepped]);
  terminal.send('q');
  expect(await terminal.exited, terminal.output).toBe(0);
  return seen;
}

describe('the Ink patches of the build', () => {
  it.each(['app', 'rows'])('show the same screens of %s, byte for byte, as the libraries as they are', async (name) => {
    const plain = await screens(join(folder, `${name}.mjs`));
    const patched = await screens(join(folder, `bundled/${name}.js`));
    expect(plain[0]?.join('\n')).toContain('❯ chosen … ✓');
    expect(plain[0]).not.toEqual(plain[1]);
    expect(patched).toEqual(plain);
  });

  it('leave no fetch of WebAssembly, development branch or eager text table in the bundle', async () => {
    const bundle = await readFile(join(folder, 'bundled/app.js'), 'utf8');
    expect(bundle).not.toMatch(
      /react-devtools-core|credentials:"same-origin"\}\)\.then\(function\(a\)\{if\(!a\.ok\)throw"failed to load wasm binary file at 'data/,
    );
    expect(bundle).not.toContain('/^\\p{RGI_Emoji}$/v');
  });

  it('measure every character and emoji as string-width does', async () => {
    const { stringWidth } = (await import(pathToFileURL(join(folder, 'bundled/width.js')).href)) as {
      stringWidth: typeof plainStringWidth;
    };
    const characters = Array.from({ length: 0x3400 }, (_, code) => String.fromCodePoint(code));
    const sequences = ['👩‍👩‍👧', '🇩🇪', '1️⃣', '✔️', '❤️', 'e\u0301', '각', '\u001B[31m─\u001B[39m', '⌚─', '─\u0301', '\r\n─', '─\u200D─'];
    const marked = characters.slice(0x2000, 0x2800).map((character) => `${character}\uFE0F`);
    const emoji = Array.from({ length: 0x400 }, (_, code) => String.fromCodePoint(0x1f300 + code));
    const different = [...characters, ...emoji, ...sequences, ...marked].filter((text) => stringWidth(text) !== plainStringWidth(text));
    expect(different).toEqual([]);
    const ambiguous = { ambiguousIsNarrow: false };
    expect(characters.filter((text) => stringWidth(text, ambiguous) !== plainStringWidth(text, ambiguous))).toEqual([]);
  });

  it('cut text into the clusters of Intl.Segmenter', () => {
    const real = new Intl.Segmenter();
    const clusters = (segmenter: typeof quickSegmenter | Intl.Segmenter, text: string) => {
      const segments = segmenter.segment(text);
      const at = [-1, 0, 1, 2, 3, 99].map((index) => segments.containing(index)?.segment);
      return JSON.stringify([at, [...segments].map(({ segment, index, input }) => [index, segment, input])]);
    };
    const texts = Array.from({ length: 0x3000 }, (_, code) => `─${String.fromCharCode(code)}❤${String.fromCharCode(code)}\nx`);
    const different = texts.filter((text) => clusters(quickSegmenter, text) !== clusters(real, text));
    expect(different).toEqual([]);
  });

  it('pass over only what Ink would leave as it is', async () => {
    const { default: sanitize } = await import(pathToFileURL(join(root, 'node_modules/ink/build/sanitize-ansi.js')).href);
    const pieces = [
      'word ',
      '─✔',
      '日本',
      'e\u0301',
      '\u0301',
      '\n',
      '\t',
      '\r',
      '\u0007',
      '\u009B1m',
      '\u001B',
      '\u001B[',
      '\u001B[1m',
      '\u001B[38;5;9m',
    ];
    const more = ['\u001B[39m', '\u001B[4:3m', '\u001B[2J', '\u001B]8;;x\u0007', '\u00AD', '\u200B', '\uD800', '👩‍👧', ' '];
    const passed = fc.string({ unit: fc.constantFrom(...pieces, ...more), maxLength: 12 }).filter(isPlainColoured);
    fc.assert(fc.property(passed, (text) => sanitize(text) === text));
  });

  it.each(Object.keys(inkPatches))('refuse a changed %s', async (file) => {
    const source = await readFile(join(root, 'node_modules', file), 'utf8');
    expect(() => patchSource(file, source)).not.toThrow();
    expect(() =>
      patchSource(
        file,
        source.replaceAll(/DEV|Segmenter|sanitizeAnsi = |await loadYoga|octet-stream|class OutputCaches|buffer\.join/g, 'changed'),
      ),
    ).toThrow(/has the library changed/);
  });
});
