import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const quickText = fileURLToPath(new URL('quick-text.mjs', import.meta.url));
const importQuickText = `import { isPlainColoured, isPlainSymbol, quickSegmenter } from ${JSON.stringify(quickText)};\n`;

/**
 * One replacement in a file of a library; it must be found exactly `times` times, or the build fails.
 * @typedef {{find: string | RegExp, times: number, put: string | ((...groups: string[]) => string)}} Replacement
 */

const devBranches = (/** @type {number} */ times) => ({ find: `process.env['DEV'] === 'true'`, times, put: 'false' });
const segmenters = { find: /new Intl\.Segmenter\([^)]*\)/g, times: 1, put: 'quickSegmenter' };

/**
 * A regular expression literal that is compiled at import becomes one that is compiled when it is first used.
 * @param {string} name
 * @returns {Replacement}
 */
const lateRegex = (name) => ({
  find: new RegExp(`const ${name} = /(.+)/([a-z]+);`, 'g'),
  times: 1,
  put: (_all, source = '', flags = '') =>
    `let ${name}$made; const ${name} = () => ${name}$made ??= new RegExp(${JSON.stringify(source)}, '${flags}');`,
});

/**
 * @param {string} name
 * @param {number} times
 * @returns {Replacement}
 */
const callLateRegex = (name, times) => ({ find: new RegExp(`(?<!const )\\b${name}\\b(?! = |\\$)`, 'g'), times, put: `${name}()` });

/**
 * What the build changes in Ink 8 and its libraries, by the end of the file's path, and why.
 * @type {Record<string, Replacement[]>}
 */
export const inkPatches = {
  // React's developer tools are not installed, and their branches wait at the top level of the module.
  'ink/build/reconciler.js': [devBranches(2)],
  'ink/build/ink.js': [
    devBranches(1),
    // Who leaves the other screen sees nothing of a last frame.
    {
      find: 'const shouldRenderFinalFrame = !this.throttledOnRender ||',
      times: 1,
      put: 'const shouldRenderFinalFrame = !this.alternateScreen && (!this.throttledOnRender ||',
    },
    {
      find: '(!this.hasPendingThrottledRender && !this.hasRenderedStaticOutput);',
      times: 1,
      put: (all) => `${all.slice(0, -1)});`,
    },
  ],
  // Yoga fetches its WebAssembly from a data: address, which loads all of undici: make it at once from bytes.
  'yoga-layout/dist/binaries/yoga-wasm-base64-esm.js': [
    {
      find: /H="data:application\/octet-stream;base64,([A-Za-z0-9+/=]{1000,})"/g,
      times: 1,
      put: 'H="data:application/octet-stream;base64,"',
    },
    { find: 'h.instantiateWasm(d,\na)', times: 1, put: 'h.instantiateWasm(d,a,yogaBytes)' },
  ],
  'yoga-layout/dist/src/index.js': [
    {
      find: 'const Yoga = wrapAssembly(await loadYoga());',
      times: 1,
      put: `const assembly = { instantiateWasm(imports, receive, base64) {
        const instance = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(base64, 'base64')), imports);
        receive(instance);
        return instance.exports;
      } };
      loadYoga(assembly);
      const Yoga = wrapAssembly(assembly);`,
    },
  ],
  // Rows that stay as they are are passed over in one step: over a slow line every byte of a key counts.
  'ink/build/log-update.js': [
    {
      find: "stream.write(buffer.join(''));",
      times: 1,
      put: `stream.write(buffer.join('').replace(/(?:\\u001B\\[E){2,}/g, run => '\\u001B[' + run.length / 3 + 'E'));`,
    },
  ],
  // A screen of nothing but whole rows, each of which ends its own colours, needs no grid of cells, and a row that was painted before is not taken apart again.
  'ink/build/output.js': [
    {
      find: '    get() {\n',
      times: 1,
      put: (all) => `${all}        const quick = quickRows(this);\n        if (quick !== undefined) return quick;\n`,
    },
    {
      find: 'class OutputCaches {\n',
      times: 1,
      put: (all) => `const rowTexts = new Map();
const styledRow = (text) => {
    const characters = styledCharsFromTokens(tokenize(text)).filter(character => !/^\\p{Default_Ignorable_Code_Point}+$/u.test(character.value));
    return styledCharsToString(characters).trimEnd();
};
const rowText = (text) => {
    let row = rowTexts.get(text);
    if (row === undefined) {
        row = isPlainColoured(text) && !text.includes('\\u001B') ? text.trimEnd() : styledRow(text);
        if (rowTexts.size > 4000) rowTexts.clear();
        rowTexts.set(text, row);
    }
    return row;
};
const quickRows = ({ operations, height }) => {
    const rows = [];
    for (const { type, x, y, text, transformers } of operations) {
        if (type !== 'write' || x !== 0) return undefined;
        for (const [index, line] of text.split('\\n').entries()) {
            if (!(y + index >= 0 && y + index < height) || rows[y + index] !== undefined) return undefined;
            rows[y + index] = rowText(transformers.reduce((whole, transformer) => transformer(whole, index), line));
        }
    }
    return { output: Array.from({ length: height }, (_, y) => rows[y] ?? '').join('\\n'), height };
};
${all}`,
    },
  ],
  // Whole screens of our own rows are taken apart twice to find nothing in them.
  'ink/build/sanitize-ansi.js': [
    { find: 'const sanitizeAnsi = (text) => {\n', times: 1, put: (all) => `${all}    if (isPlainColoured(text)) return text;\n` },
  ],
  // Segmenters and emoji tables are made when the first text needs them.
  'string-width/index.js': [
    segmenters,
    ...['visibleCharacterRegex', 'spacingMarkRegex', 'rgiEmojiRegex', 'extendedPictographicRegex'].map(lateRegex),
    callLateRegex('visibleCharacterRegex', 2),
    callLateRegex('spacingMarkRegex', 1),
    callLateRegex('rgiEmojiRegex', 1),
    callLateRegex('extendedPictographicRegex', 1),
    {
      find: 'for (const {segment} of segmenter.segment(string)) {\n',
      times: 1,
      put: (all) =>
        `${all}\t\tif (isPlainSymbol(segment)) { width += eastAsianWidth(segment.codePointAt(0), eastAsianWidthOptions); continue; }\n`,
    },
  ],
  'wrap-ansi/index.js': [segmenters],
  'slice-ansi/tokenize-ansi.js': [segmenters],
  'cli-truncate/index.js': [segmenters],
  '@alcalzone/ansi-tokenize/build/tokenize.js': [segmenters],
  'ink/build/line-update.js': [segmenters],
};

/**
 * Applies one file's replacements, and throws when the file is no longer what they were written for.
 * @param {string} file
 * @param {string} source
 */
export function patchSource(file, source) {
  let text = file.endsWith('yoga-wasm-base64-esm.js') ? liftYogaBytes(source) : source;
  for (const { find, times, put } of inkPatches[file] ?? []) {
    const found = typeof find === 'string' ? text.split(find).length - 1 : [...text.matchAll(find)].length;
    if (found !== times) throw new Error(`${file}: ${found} places match ${find} instead of ${times}; has the library changed?`);
    text = typeof put === 'string' ? text.replaceAll(find, () => put) : text.replaceAll(find, put);
  }
  return /quickSegmenter|isPlainSymbol|isPlainColoured/.test(text) ? importQuickText + text : text;
}

/** @param {string} source */
function liftYogaBytes(source) {
  const bytes = /H="data:application\/octet-stream;base64,([A-Za-z0-9+/=]{1000,})"/.exec(source)?.[1] ?? '';
  return `const yogaBytes = '${bytes}';\n${source}`;
}

/**
 * Makes Ink start fast and bundle at all; the build fails when a patch finds no target or a new costly place appears.
 * @returns {import('esbuild').Plugin}
 */
export function patchInk() {
  return {
    name: 'amlguide-ink-patches',
    setup(builder) {
      /** @type {Set<string>} */
      const patched = new Set();
      builder.onStart(() => patched.clear());
      builder.onLoad({ namespace: 'file', filter: /node_modules.*\.js$/ }, async ({ path }) => {
        const file = patchedFile(path);
        if (file === undefined) return undefined;
        patched.add(file);
        const source = await readFile(path, 'utf8');
        try {
          return { contents: patchSource(file, source), loader: 'js' };
        } catch (error) {
          return { errors: [{ text: String(error instanceof Error ? error.message : error) }] };
        }
      });
      builder.onEnd(async (result) => ({ errors: (await leftOver(result.metafile, patched)).map((text) => ({ text })) }));
    },
  };
}

/** @param {string} path */
function patchedFile(path) {
  const inside = path.replaceAll('\\', '/').split('node_modules/').at(-1) ?? '';
  return inside in inkPatches ? inside : undefined;
}

/**
 * @param {import('esbuild').Metafile | undefined} metafile
 * @param {Set<string>} patched
 */
async function leftOver(metafile, patched) {
  const inputs = Object.keys(metafile?.inputs ?? {}).filter((path) => path.includes('node_modules/') && !path.startsWith('builtin'));
  if (!inputs.some((path) => path.endsWith('node_modules/ink/build/ink.js'))) return [];
  const problems = Object.keys(inkPatches)
    .filter((file) => !patched.has(file))
    .map((file) => `${file} is patched for Ink, but Ink no longer loads it`);
  for (const path of inputs.filter((path) => patchedFile(path) === undefined)) {
    if (/new Intl\.Segmenter|\\p\{RGI_Emoji/.test(await readFile(path, 'utf8')))
      problems.push(`${path} builds text tables and has no patch yet`);
  }
  return problems;
}
