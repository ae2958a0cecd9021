import { onlyReads } from './asks.ts';
import type { Catalog } from './catalog.ts';
import { commandsIn } from './lint-commands.ts';
import type { Finding } from './lint-finding.ts';

/** What is wrong with how Azure is read. */
export function lintAzure({ manifest }: Catalog): Finding[] {
  const { azure, programs } = manifest;
  if (!azure) return [];
  const { token, graph, read_posts: posts } = azure;
  const at = ['manifest', 'azure'];
  return [
    ...(commandsIn(token).length === 1 && token.startsWith(`${programs[0]} `)
      ? []
      : [{ path: [...at, 'token'], message: `«token» is one command of ${programs[0]}` }]),
    ...(onlyReads(graph.path, posts)
      ? []
      : [{ path: [...at, 'graph', 'path'], message: 'Resource Graph is asked by a POST; list it in read_posts' }]),
    ...posts.flatMap((post, index) =>
      posts.findIndex((one) => one.toLowerCase() === post.toLowerCase()) < index
        ? [{ path: [...at, 'read_posts', index], message: `«${post}» is listed already` }]
        : [],
    ),
  ];
}
