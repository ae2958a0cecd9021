import { builtinModules } from 'node:module';

const identifier = /^[A-Za-z_$][\w$]*$/;
// Modules of which a start uses nothing, though libraries import them: their functions load them when they are called.
const late = new Set(['child_process', 'fs/promises', 'v8']);
const reserved = new Set(['default', 'module.exports']);

/**
 * Gives bundled code Node's own modules through `process.getBuiltinModule`. CommonJS libraries need it because an ES module has no `require`;
 * imports are led the same way because an import reads every export of `node:process` and `node:fs` at start, and with them a third of Node.
 * @returns {import('esbuild').Plugin}
 */
export function builtinRequire() {
  const filter = new RegExp(`^(node:.+|${builtinModules.map((name) => name.replaceAll(/\W/g, '\\$&')).join('|')})$`);
  return {
    name: 'amlguide-builtin-require',
    setup(builder) {
      builder.onResolve({ filter }, ({ path, kind, importer }) => {
        if (kind === 'require-call') return { path, namespace: 'builtin' };
        if (kind !== 'import-statement') return undefined;
        // One copy for each importer, so that nobody reads what only somebody else uses.
        return { path, suffix: `?${importer}`, namespace: 'builtin-import', sideEffects: false };
      });
      builder.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
        contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
        loader: 'js',
      }));
      builder.onLoad({ filter: /.*/, namespace: 'builtin-import' }, ({ path }) => ({
        contents: importedModule(path),
        loader: 'js',
      }));
    },
  };
}

/**
 * A module whose exports are read one by one, only those that are used; the default export is read when one of its members is, and a function of a late module when it is called.
 * @param {string} path
 */
function importedModule(path) {
  const isLate = late.has(path.replace('node:', ''));
  const builtin = /** @type {Record<string, unknown>} */ (process.getBuiltinModule(path) ?? {});
  const names = Object.keys(builtin).filter((name) => identifier.test(name) && !reserved.has(name));
  return [
    `const load = () => process.getBuiltinModule(${JSON.stringify(path)});`,
    "const lazy = { get: (_, name) => { const value = load()[name]; return typeof value === 'function' && !value.prototype ? value.bind(load()) : value; },",
    '  set: (_, name, value) => { load()[name] = value; return true; }, has: (_, name) => name in load() };',
    `export default ${path.endsWith('process') ? 'globalThis.process' : '/* @__PURE__ */ new Proxy({}, lazy)'};`,
    ...names.map((name) => {
      // A class is asked what it is without being called, so it cannot wait.
      const waits = isLate && typeof builtin[name] === 'function' && !/^[A-Z]/.test(name);
      const value = waits ? `(...words) => load().${name}(...words)` : `/* @__PURE__ */ (() => load().${name})()`;
      return `const $${name} = ${value}; export { $${name} as ${name} };`;
    }),
  ].join('\n');
}
