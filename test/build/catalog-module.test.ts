import { catalog } from 'amlguide:catalog';
import { describe, expect, it } from 'vitest';
import { catalogModuleText } from '../../scripts/catalog-module.mjs';

describe('the catalog module', () => {
  it('is there for tests as for the bundle', () => {
    expect(catalog).toBeTypeOf('object');
  });

  it('gives back what went in, whatever the texts hold', async () => {
    const odd = { text: `'"\`\${x}\\ \u2028\n</script> \u{1F600}`, list: [1, null, true] };
    const url = `data:text/javascript,${encodeURIComponent(catalogModuleText(odd))}`;
    const loaded: { catalog: unknown } = await import(/* @vite-ignore */ url);
    expect(loaded.catalog).toEqual(odd);
  });
});
