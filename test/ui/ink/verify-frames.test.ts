import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/core/verify/findings.ts';
import { lineWidth } from '../../../src/ui/ink/text.ts';
import { verifyFrame } from '../../../src/ui/ink/verify-frame.ts';
import { verifyKeys } from '../../../src/ui/ink/verify-keys.ts';
import { itemAt, verifyRows } from '../../../src/ui/ink/verify-list.ts';
import type { VerifyScene } from '../../../src/ui/ink/verify-scene.ts';
import { allScreens, findings, head, pressed, readingScene, readScene, texts } from './verify-scenes.ts';

const widths = [20, 39, 40, 60, 80, 99, 100, 160, 220] as const;
const heights = [4, 6, 10, 15, 20, 30, 60] as const;

function expectFits(scene: VerifyScene, columns: number, rows: number): void {
  const frame = verifyFrame(scene, { columns, rows });
  expect(frame.lines.length).toBeLessThanOrEqual(rows);
  for (const row of frame.lines)
    expect(lineWidth(row), `${columns}x${rows}: ${row.map(({ text }) => text).join('')}`).toBeLessThanOrEqual(columns);
  if (frame.cursor) expect(frame.cursor.x < columns && frame.cursor.y < rows).toBe(true);
}

describe.each(Object.entries(allScreens()))('%s', (_name, scene) => {
  test.each(widths)('fits into %i columns and every height', (columns) => {
    for (const rows of heights) expectFits(scene, columns, rows);
  });

  test('has a bar that names only keys that work', () => {
    const { seen } = verifyFrame(scene, { columns: 100, rows: 15 });
    for (const key of verifyKeys({ scene, seen }).filter(({ weight }) => weight !== undefined)) {
      const steps = key.press.map((id) => key.run({ scene, seen }, { id, text: id }));
      const works = steps.some((step) => step.act !== undefined || step.scene !== scene);
      expect(works, `${key.glyph} ${key.does}`).toBe(true);
    }
  });
});

test('the list by topic, the worst first, with the item at the cursor beside it', () => {
  expect(texts(verifyFrame(readScene(), { columns: 100, rows: 20 }))).toMatchInlineSnapshot(`
    [
      " Verify  contoso-prod                                            ✔ 3  ✖ 2  ? 1  ☐ 2 · read in 00:04",
      "",
      " Virtual network                    ✔ 1 more │ ✖ Storage is closed to the internet, as the plan",
      " ❯ ✖ Storage is closed to the internet  high │   says.",
      "   ✖ Peering is connected                low │   failed · high severity · Virtual network",
      "   ☐ People come in by Bastion               │ Found     Enabled",
      " Where                              ✔ 1 more │ Expected  Disabled",
      "   ? Workspace takes CLI v2                  │ Mend      $ az storage account update --name",
      " DNS                                ✔ 1 more │             stcontoso --resource-group rg-contoso-ml",
      "   ☐ Names resolve to private addresses      │             --public-network-access Disabled",
      "                                             │           f mends all 2, after a yes; space marks",
      "                                             │           this one alone.",
      "                                             │ Of        storage account stcontoso",
      "                                             │           /subscriptions/‹subscription›/resourceGrou",
      "                                             │           ps/rg/providers/Microsoft.Storage/storageA",
      "                                             │           ccounts/stcontoso",
      "                                             │ Told by   Azure, 2026-11-21 09:30 UTC",
      "                                             │ … e in full",
      "",
      " ↑↓ move  e explain  space mark  f mend all 2  r read again  a all  / filter  q leave  ? help",
    ]
  `);
});

test('the same in a wide terminal, with the fact that changed', () => {
  expect(texts(verifyFrame(readScene(), { columns: 160, rows: 22 }))).toMatchInlineSnapshot(`
    [
      " Verify  contoso-prod                                                                                                        ✔ 3  ✖ 2  ? 1  ☐ 2 · read in 00:04",
      "",
      " Virtual network                                             ✔ 1 more │ ✖ Storage is closed to the internet, as the plan says.",
      " ❯ ✖ Storage is closed to the internet                           high │   failed · high severity · Virtual network",
      "   ✖ Peering is connected                                         low │ Found     Enabled",
      "   ☐ People come in by Bastion                                        │ Expected  Disabled",
      " Where                                                       ✔ 1 more │ Mend      $ az storage account update --name stcontoso --resource-group rg-contoso-ml",
      "   ? Workspace takes CLI v2                                           │             --public-network-access Disabled",
      " DNS                                                         ✔ 1 more │           f mends all 2, after a yes; space marks this one alone.",
      "   ☐ Names resolve to private addresses                               │ Of        storage account stcontoso",
      "                                                                      │           /subscriptions/‹subscription›/resourceGroups/rg/providers/Microsoft.Storage/s",
      "                                                                      │           torageAccounts/stcontoso",
      "                                                                      │ Told by   Azure, 2026-11-21 09:30 UTC",
      "                                                                      │   ! Private endpoints may lie in a peered network.",
      "                                                                      │     changed since the documents · stated since 2022-03-01",
      "                                                                      │     Was     Storage and workspace have to be in one network.",
      "                                                                      │     Source  how-to-network-security-overview · 2025-06-12",
      "                                                                      │             https://github.com/MicrosoftDocs/azure-ai-docs/blob/main/a.md",
      "                                                                      │",
      "                                                                      │",
      "",
      " ↑↓ move  e explain  space mark  f mend all 2  r read again  a all  / filter  q leave  ? help",
    ]
  `);
});

test('below each other in a narrow one, where what matters stays', () => {
  expect(texts(verifyFrame(readScene(), { columns: 60, rows: 15 }))).toMatchInlineSnapshot(`
    [
      " Verify  contoso-prod                    ✔ 3  ✖ 2  ? 1  ☐ 2",
      " Virtual network                                   ✔ 1 more",
      " ❯ ✖ Storage is closed to the internet                 high",
      "   ✖ Peering is connected                               low",
      "   ☐ People come in by Bastion",
      " Where                                             ✔ 1 more",
      "   1–5 of 8",
      " ──────────────────────────────────────────────────────────",
      " ✖ Storage is closed to the internet, as the plan says.",
      "   failed · high severity · Virtual network",
      " Found     Enabled",
      " Expected  Disabled",
      " Mend      $ az storage account update --name stcontoso",
      " … e in full",
      " ↑↓ move  e explain  f mend all 2  a all  / filter  q leave",
    ]
  `);
});

test('while it is read', () => {
  expect(texts(verifyFrame(readingScene(5, { spins: false }), { columns: 60, rows: 15 }))).toMatchInlineSnapshot(`
    [
      " Verify  contoso-prod ✔ 2  ✖ 1  ? 1  ☐ 1 · reading… · 00:04",
      " Virtual network                                   ✔ 1 more",
      " ❯ ✖ Storage is closed to the internet                 high",
      "   ☐ People come in by Bastion",
      " Where                                             ✔ 1 more",
      "   ? Workspace takes CLI v2",
      " ──────────────────────────────────────────────────────────",
      " ✖ Storage is closed to the internet, as the plan says.",
      "   failed · high severity · Virtual network",
      " Found     Enabled",
      " Expected  Disabled",
      " Of        storage account stcontoso",
      "           /subscriptions/‹subscription›/resourceGroups/rg/",
      " … e in full",
      " ↑↓ move  e explain  a all  / filter  q leave  ? help",
    ]
  `);
  expect(texts(verifyFrame(readingScene(5), { columns: 100, rows: 15 }))[0]).toMatchInlineSnapshot(
    `" Verify  contoso-prod                          ✔ 2  ✖ 1  ? 1  ☐ 1 · ⠋ reading Azure… 5 of 8 · 00:04"`,
  );
});

test('everything about an item, its command in full and the rule that changed', () => {
  const { scene } = pressed(readScene(), { columns: 60, rows: 60 }, 'enter');
  expect(texts(verifyFrame(scene, { columns: 60, rows: 40 }))).toMatchInlineSnapshot(`
    [
      " Verify  contoso-prod                    ✔ 3  ✖ 2  ? 1  ☐ 2",
      "",
      " ✖ Storage is closed to the internet",
      "",
      " ✖ Storage is closed to the internet, as the plan says.",
      "   failed · high severity · Virtual network",
      "",
      " Found     Enabled",
      " Expected  Disabled",
      "",
      " Mend      $ az storage account update --name stcontoso",
      "             --resource-group rg-contoso-ml",
      "             --public-network-access Disabled",
      "           f mends all 2, after a yes; space marks this one",
      "           alone.",
      "",
      " Of        storage account stcontoso",
      "           /subscriptions/‹subscription›/resourceGroups/rg/",
      "           providers/Microsoft.Storage/storageAccounts/stco",
      "           ntoso",
      " Told by   Azure, 2026-11-21 09:30 UTC",
      "",
      "   ! Private endpoints may lie in a peered network.",
      "     changed since the documents · stated since 2022-03-01",
      "     Was     Storage and workspace have to be in one",
      "             network.",
      "     Source  how-to-network-security-overview · 2025-06-12",
      "             https://github.com/MicrosoftDocs/azure-ai-docs",
      "             /blob/main/a.md",
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      " / filter  esc back  ctrl+c leave",
    ]
  `);
});

describe('the keys', () => {
  const size = { columns: 100, rows: 20 };
  const here = (scene: VerifyScene) => itemAt(scene, verifyRows(scene))?.id;
  const listed = (scene: VerifyScene) => verifyRows(scene).map((row) => ('heading' in row ? row.heading : row.finding.id));

  test('move over items alone, and stay within', () => {
    expect(here(pressed(readScene(), size, 'down', 'j', 'down').scene)).toBe('legacy');
    expect(here(pressed(readScene(), size, 'up', 'k').scene)).toBe('storage_open');
    expect(here(pressed(readScene(), size, 'end', 'down').scene)).toBe('resolves');
    expect(here(pressed(readScene(), size, 'G', 'g').scene)).toBe('storage_open');
  });

  test('a lists all in the order of the checklist, and back', () => {
    expect(listed(readScene())).toEqual(['Virtual network', 'storage_open', 'peering', 'by_bastion', 'Where', 'legacy', 'DNS', 'resolves']);
    const all = pressed(readScene(), size, 'a').scene;
    expect(listed(all).filter((one) => !['Where', 'Virtual network', 'DNS'].includes(one))).toEqual(head.ids);
    expect(listed(pressed(all, size, 'a').scene)).toEqual(listed(readScene()));
  });

  test('/ finds by words, also what passed, and esc shows the list again before it leaves', () => {
    const typing = pressed(readScene(), size, '/', ...'ne Network q').scene;
    expect(listed(typing)).toEqual([]);
    const found = pressed(typing, size, 'backspace', 'backspace', 'enter').scene;
    expect(listed(found)).toEqual(['Virtual network', 'storage_open', 'peering', 'by_bastion', 'vnet']);
    const cleared = pressed(found, size, 'esc');
    expect([cleared.act, listed(cleared.scene)]).toEqual([undefined, listed(readScene())]);
    expect(pressed(cleared.scene, size, 'esc').act).toEqual({ type: 'leave' });
    expect(pressed(typing, size, 'q').act).toBeUndefined();
    expect(pressed(typing, size, 'ctrl+c').act).toEqual({ type: 'leave' });
  });

  test('f mends all that commands can mend, or what was marked', () => {
    expect(pressed(readScene(), size, 'f').act).toEqual({ type: 'fix', ids: ['storage_open', 'peering'] });
    expect(pressed(readScene(), size, 'down', 'space', 'f').act).toEqual({ type: 'fix', ids: ['peering'] });
    expect(pressed(readScene(), size, 'space', 'up', 'space', 'f').act).toEqual({ type: 'fix', ids: ['storage_open', 'peering'] });
    expect(pressed(readScene(), size, 'end', 'space').scene.marked.size).toBe(0);
    expect(pressed(readScene({ mendable: new Set() }), size, 'f').act).toBeUndefined();
  });

  test('y and n say what a person saw, of items that no machine can look at, and go to the next of them', () => {
    const hand = pressed(readScene(), size, 'down', 'down');
    expect(here(hand.scene)).toBe('by_bastion');
    const said = pressed(hand.scene, size, 'n');
    expect(said.act).toEqual({ type: 'saw', id: 'by_bastion', verdict: 'fail' });
    expect(here(said.scene)).toBe('resolves');
    expect(pressed(readScene(), size, 'end', 'y').act).toEqual({ type: 'saw', id: 'resolves', verdict: 'pass' });
    expect(pressed(readScene(), size, 'y').act).toBeUndefined();
    expect(pressed(readScene({ takesHands: false }), size, 'end', 'y').act).toBeUndefined();
  });

  test('r reads again, but not while it reads; nothing is mended before all is known', () => {
    expect(pressed(readScene(), size, 'r').act).toEqual({ type: 'again' });
    expect(pressed(readingScene(5), size, 'r').act).toBeUndefined();
    expect(pressed(readingScene(5), size, 'f').act).toBeUndefined();
  });

  test.each(['q', 'esc', 'ctrl+c'])('%s leaves, also while it reads', (key) => {
    expect(pressed(readScene(), size, key).act).toEqual({ type: 'leave' });
    expect(pressed(readingScene(2), size, key).act).toEqual({ type: 'leave' });
  });

  test('esc closes what was opened first', () => {
    for (const key of ['enter', 'e', '?']) {
      const open = pressed(readScene(), size, key).scene;
      expect(open.pages).toBeDefined();
      const closed = pressed(open, size, 'esc');
      expect([closed.scene.pages, closed.act]).toEqual([undefined, undefined]);
    }
  });
});

test('an item that a person went to stays at the cursor while others come in', () => {
  const early = pressed(readingScene(4), { columns: 100, rows: 20 }, 'end').scene;
  const late = { ...early, findings: readScene().findings };
  expect(itemAt(late, verifyRows(late))?.id).toBe(itemAt(early, verifyRows(early))?.id);
  const unmoved = { ...readingScene(4), findings: readScene().findings };
  expect(itemAt(unmoved, verifyRows(unmoved))?.id).toBe('storage_open');
});

const hostile = fc.string({ unit: 'grapheme', maxLength: 60 });
const many: fc.Arbitrary<Finding[]> = fc.array(
  fc
    .record({
      topic: fc.constantFrom('where', 'network', 'dns', 'else'),
      verdict: fc.constantFrom<Finding['verdict']>('pass', 'fail', 'unknown', 'by hand'),
      severity: fc.constantFrom<Finding['severity']>('high', 'medium', 'low'),
      label: hostile,
      says: hostile,
      why: hostile,
      found: hostile,
    })
    .map((one): Finding => ({ ...one, id: '', facts: [], by: one.verdict === 'by hand' ? 'hand' : 'azure' })),
  { maxLength: 60 },
);
const ids = [
  'up',
  'down',
  'pageup',
  'pagedown',
  'home',
  'end',
  'enter',
  'esc',
  'space',
  'a',
  '/',
  '?',
  'y',
  'n',
  'r',
  'f',
  '日',
  'backspace',
];

test('whatever was found and whatever is pressed, nothing overflows, and the item at the cursor is in sight', () => {
  fc.assert(
    fc.property(
      many,
      fc.array(fc.constantFrom(...ids), { maxLength: 14 }),
      fc.constantFrom(...widths),
      fc.constantFrom(...heights),
      fc.boolean(),
      (found, keys, columns, rows, all) => {
        const named = found.map((one, index) => ({ ...one, id: `item-${index}` }));
        const byId = new Map(named.map((one) => [one.id, one]));
        const failed = named.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
        const first = readScene({
          head: { ...head, ids: [...byId.keys()] },
          findings: byId,
          mends: new Map(failed.map((id) => [id, { commands: [['az', '日本'.repeat(40)]] }])),
          mendable: new Set(failed),
          all,
        });
        const { scene } = pressed(first, { columns, rows }, ...keys);
        expectFits(scene, columns, rows);
        const shown = texts(verifyFrame(scene, { columns, rows })).join('\n');
        if (itemAt(scene, verifyRows(scene)) && !scene.pages && rows >= 10) expect(shown).toMatch(/^ ?❯ /m);
      },
    ),
    { numRuns: 300 },
  );
}, 120_000);

test('the made-up findings have every verdict', () => {
  expect(new Set(findings.map(({ verdict }) => verdict)).size).toBe(4);
});
