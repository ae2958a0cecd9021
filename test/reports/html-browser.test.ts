import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { htmlReport } from '../../src/core/reports/html.ts';
import { allTargetsReport, attacks } from './all-targets.ts';
import { chromiumPath, inChromium, type Page } from './chromium.ts';

const folder = mkdtempSync(join(tmpdir(), 'amlguide-html-'));
const report = allTargetsReport(await ownCatalog());
const longest = 'x'.repeat(400);
const findings = attacks.flatMap((attack) =>
  (['fail', 'unknown', 'by hand', 'pass'] as const).map((verdict) => ({
    ...report.findings[0]!,
    verdict,
    label: attack,
    found: attack + longest,
    why: attack,
  })),
);
const usual = { ...report, findings: report.findings.map((one, index) => (index === 1 ? { ...one, label: 'Zanzibar, made up' } : one)) };
const pages = { usual: htmlReport(usual), hostile: htmlReport({ ...report, name: longest, findings }) };
// Chromium takes too long to install for every run, so these tests run where somebody has it.
const without = chromiumPath() === undefined;

afterAll(() => rmSync(folder, { recursive: true }));

/** Opens one of the pages from a file, as a person does. */
function open<T>(name: keyof typeof pages, width: number, work: (page: Page, address: string) => Promise<T>): Promise<T> {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, pages[name]);
  const address = pathToFileURL(file).href;
  return inChromium(address, width, width > 1000, (page) => work(page, address));
}

describe.skipIf(without)(
  `HTML in Chromium${without ? ' (skipped, as there is no chromium: apt-get install chromium)' : ''}`,
  { timeout: 120_000 },
  () => {
    const cases = (['usual', 'hostile'] as const).flatMap((name) => [360, 768, 1280].map((width) => [name, width] as const));

    test.each(cases)('the %s report fits %i pixels, complains of nothing and asks for nothing else', async (name, width) => {
      await open(name, width, async (page, address) => {
        await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
        expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
        expect(page.complaints).toEqual([]);
        expect(page.requests).toEqual([address]);
      });
    });

    test('a search shows only what holds the words, and all when it is empty', async () => {
      await open('usual', 1280, async (page) => {
        const search = (words: string) =>
          page.evaluate(`search.value = ${JSON.stringify(words)}; search.dispatchEvent(new Event('input'));
          document.querySelectorAll('[data-finding]:not([hidden])').length`);
        expect(await search('up ZANZIBAR,')).toBe(1);
        expect(await page.evaluate('document.getElementById("shown").textContent')).toBe(`1 of ${report.findings.length} shown`);
        expect(await search('')).toBe(report.findings.length);
      });
    });

    test('every command has a button that copies or selects it', async () => {
      await open('usual', 1280, async (page) => {
        expect(
          await page.evaluate(
            'document.querySelectorAll("pre.command + button").length === document.querySelectorAll("pre.command").length',
          ),
        ).toBe(true);
        const pressed = `(async () => { document.querySelector("pre.command + button").click(); await new Promise((done) => setTimeout(done, 300));
        return document.querySelector("pre.command + button").textContent; })()`;
        expect(await page.evaluate(pressed)).toMatch(/^(Copied|Selected)/);
        expect(page.complaints).toEqual([]);
      });
    });

    test('a script that somebody puts in does not run', async () => {
      pages.usual = pages.usual.replace('</main>', '<script>document.title = "taken"</script></main>');
      await open('usual', 1280, async (page) => {
        expect(await page.evaluate('document.title')).toBe('Verification of northwind');
        expect(page.complaints.join()).toContain('Content Security Policy');
      });
    });
  },
);
