import { expect, test } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { plannedItems } from '../../src/core/verify/findings.ts';
import { examplePlans } from './answers.ts';

test('an item that takes some rows of a list reads what belongs to each of them', async () => {
  const one = examplePlans(await ownCatalog()).get('instance-settings');
  if (!one) throw new Error('the example is gone');
  const read = plannedItems(one.world, one.checklist)
    .filter(({ line }) => line.item.each === 'instances[?for_other]' && line.item.check)
    .map(({ main }) => (main?.source.type === 'resource' ? main.source.id.split('/').at(-1) : undefined));
  expect(read).toEqual(['tailspin-lab-gpu']);
});
