import { catalog } from 'amlguide:catalog';
import { describe, expect, it } from 'vitest';
import { catalogModuleText } from '../../scripts/catalog-module.mjs';
import { lateOf, lateText, lazily } from '../../src/io/late.ts';

describe('the catalog module', () => {
  it('is there for tests as for the bundle', () => {
    expect(catalog).toBeTypeOf('object');
  });

  it('gives back what went in, whatever the texts hold', async () => {
    const odd = { text: `'"\`\${x}\\ \u2028\n</script> \u{1F600}`, list: [1, null, true] };
    const late = lateText({ expressions: {}, facts: { odd }, errors: {}, glossary: {} });
    const url = `data:text/javascript,${encodeURIComponent(catalogModuleText(odd, late))}`;
    const loaded: { catalog: unknown; late: string } = await import(/* @vite-ignore */ url);
    expect(loaded.catalog).toEqual(odd);
    expect(lazily(lateOf(loaded.late).facts)).toEqual({ odd });
  });
});
