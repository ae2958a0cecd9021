import { dirname, join } from 'node:path';
import { root } from './places.mjs';

const yaml = join(root, 'node_modules/yaml/browser/dist');
const ipv4 = join(root, 'node_modules/ip-address/dist/ipv4.js');
const renderers = join(root, 'src/core/render');

const equal = 'exports.equal = (found, wanted, message) => { if (found !== wanted) throw new TypeError(message); };';

/**
 * Takes the part of a library that is used: of yaml the ES modules, and for the renderers the document alone, since esbuild gives chunks whole
 * files and the parser is most of them; of ip-address the IPv4 half; of debug nothing, as it writes addresses of proxies with
 * their passwords; for signal-exit one comparison in place of the module assert, which loads a tenth of Node.
 * @returns {import('esbuild').Plugin}
 */
export function leanLibraries() {
  return {
    name: 'amlguide-lean-libraries',
    setup(builder) {
      builder.onResolve({ filter: /^yaml$/ }, ({ importer }) => ({
        path: join(yaml, importer.startsWith(renderers) ? 'doc/Document.js' : 'index.js'),
        sideEffects: false,
      }));
      builder.onResolve({ filter: /^\.\.?\// }, ({ path, importer }) =>
        importer.startsWith(yaml) ? { path: join(dirname(importer), path), sideEffects: false } : undefined,
      );
      builder.onResolve({ filter: /^ip-address$/ }, () => ({ path: ipv4 }));
      builder.onResolve({ filter: /^assert$/ }, ({ importer }) =>
        importer.includes('signal-exit') ? { path: 'assert', namespace: 'equal' } : undefined,
      );
      builder.onLoad({ filter: /.*/, namespace: 'equal' }, () => ({ contents: equal, loader: 'js' }));
      builder.onResolve({ filter: /^debug$/ }, () => ({ path: 'debug', namespace: 'silent' }));
      builder.onLoad({ filter: /.*/, namespace: 'silent' }, () => ({ contents: 'module.exports = () => () => undefined;', loader: 'js' }));
    },
  };
}
