import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import type { Reading } from '../../src/core/asks.ts';
import { answersGiven } from '../../src/core/given.ts';
import { checklistOf } from '../../src/core/items.ts';
import type { Json } from '../../src/core/json.ts';
import { type World, worldOf } from '../../src/core/resources.ts';
import { diagnosesOf, exitCodeOfFindings, itemsOfComputer, refsOfItems } from '../../src/core/verify/doctor.ts';
import type { Finding, Verdict } from '../../src/core/verify/findings.ts';
import { situationOf } from '../../src/core/walk.ts';
import { smallCatalog } from './small-catalog.ts';

const catalog = await ownCatalog();
const worldWith = (answers: Readonly<Record<string, Json>>): World => worldOf(situationOf(catalog, answersGiven(catalog, answers).answers));
const examples = Object.entries(catalog.examples);
const ids = (world: World) => itemsOfComputer(world).map(({ line }) => line.id);

describe('what this computer decides', () => {
  test('needs no answer for what every plan needs, and waits for none', () => {
    const without = ids(worldWith({}));
    expect(without).toEqual(expect.arrayContaining(['az_found', 'signed_in', 'node_version', 'proxy_address']));
    for (const [name, { answers }] of examples) {
      const planned = ids(worldWith(answers as Record<string, Json>));
      expect(planned, name).toEqual(expect.arrayContaining(without));
      expect(planned.length, name).toBeGreaterThan(without.length);
    }
  });

  test('says nothing with an open answer in it, however few are given', () => {
    const all = Object.entries(examples[0]?.[1].answers ?? {}) as [string, Json][];
    for (let count = 0; count <= all.length; count++) {
      const world = worldWith(Object.fromEntries(all.slice(0, count)));
      const texts = diagnosesOf(world, itemsOfComputer(world), new Map()).map(
        ({ label, says, expected }) => `${label} ${says} ${expected}`,
      );
      expect(texts.filter((text) => text.includes('…'))).toEqual([]);
    }
  });

  test('asks no cluster and no Resource Manager, and each thing once', () => {
    for (const [name, { answers }] of examples) {
      const refs = refsOfItems(itemsOfComputer(worldWith(answers as Record<string, Json>)));
      expect(
        refs.filter(({ source }) => source.type !== 'computer' && (source.type !== 'command' || source.cluster)),
        name,
      ).toEqual([]);
      expect(new Set(refs.map(({ key }) => key)).size, name).toBe(refs.length);
    }
  });

  test('runs nothing that signs in, chooses, adds or writes', () => {
    const changes = /\b(login|logout|set|add|remove|update|upgrade|create|delete|register|use-context|install)\b/;
    const all = examples.flatMap(([, { answers }]) => refsOfItems(itemsOfComputer(worldWith(answers as Record<string, Json>))));
    const lines = all.flatMap(({ source }) => (source.type === 'command' ? [source.words.join(' ')] : []));
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => changes.test(line) && !line.includes('--help'))).toEqual([]);
  });

  test('stands on no checklist where it is about this computer alone', () => {
    const situation = situationOf(catalog, {});
    const local = checklistOf(situation, { local: true }).filter(({ item }) => item.local);
    expect(local.length).toBeGreaterThan(5);
    expect(checklistOf(situation).filter(({ item }) => item.local)).toEqual([]);
  });
});

const version = fc.tuple(fc.nat(300), fc.nat(300), fc.nat(300));

describe('a small check', () => {
  const item = (check: string, more = '') => `
items:
  - {id: one, label: One, facts: [known], severity: high, check: ${check}${more}}
reads:
  - {id: tool, what: the tool, run: az tool version}
`;

  async function judge(check: string): Promise<(reading: Reading) => Finding> {
    const small = worldOf(situationOf(await smallCatalog(item(check)), {}));
    const items = itemsOfComputer(small);
    const [main] = refsOfItems(items);
    return (reading) => diagnosesOf(small, items, new Map([[main?.key ?? '', reading]]))[0] as Finding;
  }

  test('compares versions part by part, whatever follows the third', async () => {
    const found = await judge('{read: computer, path: v, at_least: 2.70.0}');
    const order = (a: readonly number[], b: readonly number[]) =>
      (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0) || (a[2] ?? 0) - (b[2] ?? 0);
    fc.assert(
      fc.property(version, fc.constantFrom('', 'b5', '-dispatcher', '+k3s1'), fc.constantFrom('', 'v'), (parts, behind, before) => {
        const verdict: Verdict = order(parts, [2, 70, 0]) >= 0 ? 'pass' : 'fail';
        expect(found({ ok: true, value: { v: `${before}${parts.join('.')}${behind}` }, at: '' }).verdict).toBe(verdict);
      }),
    );
    expect(found({ ok: true, value: {}, at: '' }).verdict).toBe('fail');
    expect(found({ ok: true, value: { v: 'new' }, at: '' }).verdict).toBe('unknown');
  });

  test('fails for the reasons that it names, and is unknown for all others', async () => {
    const found = await judge('{read: computer, path: v, unread: [signed out, timed out]}');
    const verdictOf = (why: Extract<Reading, { ok: false }>['why']) => found({ ok: false, why, message: '', at: '' }).verdict;
    expect((['signed out', 'timed out'] as const).map(verdictOf)).toEqual(['fail', 'fail']);
    expect((['not installed', 'forbidden', 'unexpected', 'unreachable'] as const).map(verdictOf)).toEqual(Array(4).fill('unknown'));
  });
});

test('the exit code is 4 for what matters, 3 for what nobody could tell, and 0 otherwise', () => {
  const finding = fc.record({
    verdict: fc.constantFrom<Verdict>('pass', 'fail', 'unknown'),
    severity: fc.constantFrom('high', 'medium', 'low'),
  });
  fc.assert(
    fc.property(fc.array(finding), (all) => {
      const failing = all.filter(({ verdict, severity }) => verdict === 'fail' && severity !== 'low').length > 0;
      const open = all.some(({ verdict }) => verdict === 'unknown');
      expect(exitCodeOfFindings(all as Finding[])).toBe(failing ? 4 : open ? 3 : 0);
    }),
  );
});
