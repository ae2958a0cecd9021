import { builtinModules } from 'node:module';

/**
 * Lets bundled CommonJS libraries `require` Node's own modules: an ES module has no `require`, and making one costs time.
 * @returns {import('esbuild').Plugin}
 */
export function builtinRequire() {
  const filter = new RegExp(`^(node:.+|${builtinModules.map((name) => name.replaceAll(/\W/g, '\\$&')).join('|')})$`);
  return {
    name: 'amlguide-builtin-require',
    setup(builder) {
      builder.onResolve({ filter }, ({ path, kind }) => (kind === 'require-call' ? { path, namespace: 'builtin' } : undefined));
      builder.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
        contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
        loader: 'js',
      }));
    },
  };
}
