/** The parts of a Resource Manager id of something in a resource group. */
export interface ResourceId {
  readonly subscription: string;
  readonly group: string;
  /** Such as Microsoft.Network/virtualNetworks/subnets. */
  readonly type: string;
  readonly name: string;
  /** The name of what it is a child of; empty for a resource of its own. */
  readonly parent: string;
}

/** Reads a Resource Manager id; undefined when the text is none. */
export function parseResourceId(text: string): ResourceId | undefined {
  const match = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+)\/(.+)$/i.exec(text.trim());
  const [, subscription, group, provider, rest] = match ?? [];
  const segments = rest?.split('/') ?? [];
  if (!subscription || !group || !provider || segments.length % 2 !== 0 || segments.includes('')) return undefined;
  const types = segments.filter((_, index) => index % 2 === 0);
  const names = segments.filter((_, index) => index % 2 === 1);
  return { subscription, group, type: [provider, ...types].join('/'), name: names.at(-1) ?? '', parent: names.at(-2) ?? '' };
}
